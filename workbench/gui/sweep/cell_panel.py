"""One cell of a sweep: where it stands, its figures, its replies. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.experiments.sweep import Cell
from workbench.gui.fonts import UI_PIXELS, Fonts
from workbench.gui.parts import EDGE, horizontal_line, label, pane, text_button, title_row
from workbench.gui.translate import mark, tr

_NONE = mark("Click a cell, or walk to one with the arrow keys, to read its replies.")


class CellPanel(QWidget):
    """Shows a cell.

    Signals:
        wanted(action): "run" or "settings" was pressed.
    """

    wanted = Signal(str)

    def __init__(self, fonts: Fonts) -> None:
        super().__init__()
        self.setMinimumWidth(220)
        self._now: tuple[Cell | None, tuple[tuple[str, str], ...]] | None = None
        self.title = label(tr("Cell"), "title")
        self.run_button = text_button(
            tr("Show run"), "small", accessible=tr("Show this cell's run")
        )
        self.settings_button = text_button(
            tr("Use settings"),
            "small",
            accessible=tr("Use this cell's settings in the prompt workspace"),
        )
        self.run_button.clicked.connect(lambda: self.wanted.emit("run"))
        self.settings_button.clicked.connect(lambda: self.wanted.emit("settings"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setPlaceholderText(tr(_NONE))
        self.text.setAccessibleName(tr("Replies of the cell"))
        self.text.setStyleSheet(
            "QPlainTextEdit { border: none; padding: 6px 8px; "
            f'font-family: "{fonts.mono_family}"; font-size: {fonts.mono_pixels(UI_PIXELS)}px; }}'
        )
        self._facts = QFormLayout()
        self._facts.setContentsMargins(EDGE, 0, EDGE, 8)
        self._facts.setVerticalSpacing(3)
        self._facts.setHorizontalSpacing(12)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(EDGE, 0, EDGE, 8)
        buttons.setSpacing(8)
        buttons.addWidget(self.run_button)
        buttons.addWidget(self.settings_button)
        buttons.addStretch(1)
        head = title_row("")
        head.insertWidget(0, self.title)
        inside = pane()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._facts)
        column.addLayout(buttons)
        column.addWidget(horizontal_line())
        column.addWidget(self.text, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inside)
        self.show_cell(None, ())

    def show_cell(self, cell: Cell | None, facts: Sequence[tuple[str, str]]) -> None:
        """Show a cell with these facts; None shows that there is none."""
        now = (cell, tuple(facts))
        if now == self._now:
            return  # whoever reads stays where they are
        self._now = now
        while self._facts.rowCount():
            self._facts.removeRow(0)
        self.title.setText(
            tr("Cell") if cell is None else tr("Cell {index:,}", index=cell.index + 1)
        )
        for name, value in facts:
            key, shown = label(name, "muted"), label(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setWordWrap(True)
            self._facts.addRow(key, shown)
        has_run = cell is not None and cell.run_id is not None
        self.run_button.setEnabled(has_run)
        self.settings_button.setEnabled(cell is not None)
        if cell is None:
            self.text.setPlainText("")
        elif cell.error:
            self.text.setPlainText(cell.error)
        else:
            parts = [
                tr("── reply {number} ──\n{words}", number=n, words=text)
                for n, text in enumerate(cell.texts, 1)
            ]
            self.text.setPlainText("\n\n".join(parts))

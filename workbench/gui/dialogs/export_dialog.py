"""A prompt on its way out: the format, what the file will say, what it cannot. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import UserError
from workbench.core.files import write_whole
from workbench.export.base import Chosen, Exported, ExportFormat
from workbench.gui.dialogs.loss_words import loss_words
from workbench.gui.dialogs.option_form import OptionForm
from workbench.gui.dialogs.save_file import ask_where
from workbench.gui.focus_order import put_in_order
from workbench.gui.fonts import EDITOR_PIXELS, Fonts
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.parts import label, pane, text_button, wrapping_label
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import tr

_PREVIEW_CHARS = 200_000
_LIST_WIDTH = 216
_LOSSES_HEIGHT, _LINE_HEIGHT = 104, 18


class ExportDialog(QDialog):
    """Formats at the left, the preview at the right, what is lost below it.

    Signals:
        shown(): the preview belongs to the chosen format.
        saved(path, losses): the file was written; `losses` are the sentences shown.
    """

    shown = Signal()
    saved = Signal(object, object)

    def __init__(
        self,
        parent: QWidget,
        fonts: Fonts,
        formats: Sequence[ExportFormat],
        name: str,
        export: Callable[[ExportFormat, Chosen], Exported],
        folder: Path,
    ) -> None:
        """`name`: of the file without ending; `export` is called on a lane."""
        super().__init__(parent)
        self._formats, self._name, self._export = formats, name, export
        self._folder = folder
        self._exported: Exported | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export prompt"))
        self.resize(860, 600)
        self._lane = Lane("export", self)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Format"))
        self.list.addItems([tr(made.title) for made in formats])
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self.list, "choices")
        self.list.currentRowChanged.connect(self._choose)
        self.help = wrapping_label("caption")
        self.options = OptionForm()
        self.options.changed.connect(self._ask)
        self._set: dict[str, dict[str, str | bool]] = {}
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setFont(fonts.mono(EDITOR_PIXELS))
        set_role(self.preview, "json")
        self.preview.setAccessibleName(tr("What the file will say"))
        self.preview.setTabChangesFocus(True)
        self.losses = wrapping_label()
        self.losses.setObjectName("export-losses")
        self.losses.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.error = wrapping_label("warning")
        self.error.hide()
        self.copy_button = text_button(tr("Copy"), "")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        self.save_button = text_button(tr("Save…"), "primary")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.ask_file)
        self.files: QFileDialog | None = None
        self._assemble()
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        shortcut.activated.connect(self.ask_file)
        self.finished.connect(self._end)
        self.list.setFocus()

    @property
    def chosen(self) -> ExportFormat:
        """The format that is shown."""
        return self._formats[max(0, self.list.currentRow())]

    def choose(self, name: str) -> None:
        """Show the format called `name`; the first one when there is none."""
        names = [made.name for made in self._formats]
        self.list.setCurrentRow(names.index(name) if name in names else 0)

    def copy(self) -> None:
        """Put the file's text on the clipboard."""
        if self._exported is not None:
            QGuiApplication.clipboard().setText(self._exported.text)
            self.copy_button.setText(tr("Copied"))

    def ask_file(self) -> None:
        """Ask where to, and write the file."""
        if self._exported is None:
            return
        made = self.chosen
        name, kind = f"{self._name}{made.suffix}", (tr(made.title), made.suffix)
        self.files = ask_where(self, tr("Export prompt"), self._folder, name, kind, self.save_to)
        self.files.finished.connect(self._forget_files)

    def save_to(self, path: Path) -> None:
        """Write the file and close; an error stays here."""
        if self._exported is None:
            return
        if not path.suffix:
            path = path.with_name(path.name + self.chosen.suffix)
        try:
            write_whole(path, self._exported.text)
        except UserError as error:
            self._show_error(error)
            return
        self.saved.emit(path, self._exported.losses)
        self.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  # Qt's name
        """Tab goes on as one reads."""
        put_in_order(self)
        return super().focusNextPrevChild(forward)

    def _choose(self, row: int) -> None:
        made = self._formats[row]
        self.options.show_options(made.options, self._set.get(made.name))
        self._ask()

    def _ask(self) -> None:
        """Make the file again; the answer to an older question is not shown."""
        made, options = self.chosen, self.options.values()
        self._set[made.name] = options
        self._exported = None
        self._enable()
        self._lane.submit(lambda: self._export(made, options), self._show, self._show_error)

    def _show(self, exported: Exported) -> None:
        self._exported = exported
        self.help.setText(tr(self.chosen.help))
        text = exported.text
        if len(text) > _PREVIEW_CHARS:
            text = tr(
                "{words}\n… {n_text:,} more characters",
                words=text[:_PREVIEW_CHARS],
                n_text=len(text) - _PREVIEW_CHARS,
            )
        self.preview.setPlainText(text)
        self.error.hide()
        if exported.losses:
            self.losses.setText("\n".join(f"–  {loss_words(loss)}" for loss in exported.losses))
            self._lost_title.setText(tr("What this format leaves out"))
        else:
            self.losses.setText("")
            self._lost_title.setText(tr("Nothing is left out."))
        self._area.setFixedHeight(min(_LOSSES_HEIGHT, 4 + _LINE_HEIGHT * len(exported.losses)))
        self._area.setVisible(bool(exported.losses))
        self._enable()
        self.shown.emit()

    def _show_error(self, error: Exception) -> None:
        message = from_error(error)
        self.help.setText(tr(self.chosen.help))
        self.error.setText(f"{message.text} {message.hint}".strip())
        self.error.show()
        if self._exported is None:
            self.preview.setPlainText("")
            self.losses.setText("")
            self._lost_title.setText("")
            self._area.hide()
        self._enable()
        self.shown.emit()

    def _enable(self) -> None:
        is_there = self._exported is not None
        self.copy_button.setText(tr("Copy"))
        self.copy_button.setEnabled(is_there)
        self.save_button.setEnabled(is_there)

    def _assemble(self) -> None:
        self._lost_title = label("", "caption")
        page = pane()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.addWidget(self.losses)
        inside.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(page)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.help)
        right.addWidget(self.options)
        right.addWidget(self.preview, 1)
        right.addWidget(self.error)
        right.addWidget(self._lost_title)
        right.addWidget(self._area)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.list)
        body.addLayout(right, 1)
        close = text_button(tr("Close"), "")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(body, 1)
        column.addLayout(row)
        for one, other in pairwise(
            (self.list, self.preview, self.copy_button, close, self.save_button)
        ):
            QWidget.setTabOrder(one, other)

    def _forget_files(self, _result: int) -> None:
        self.files = None

    def _end(self, _result: int) -> None:
        if self.files is not None:
            self.files.reject()
        self._lane.close()

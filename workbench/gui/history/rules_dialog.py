"""How long runs are kept: three rules, each of them off until it is switched on. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from workbench.gui.parts import label, number_field
from workbench.gui.translate import mark, tr
from workbench.history.retention import Rules

_RULES = (
    (mark("days"), mark("Runs older than this go to the trash"), mark("days"), 365, 36_500),
    (mark("runs"), mark("Only so many of the newest are kept"), mark("runs"), 100_000, 10_000_000),
    ("trash_days", mark("What lies in the trash is deleted after"), mark("days"), 30, 36_500),
)
_SAFE = mark(
    "Runs with a star, a tag, a rating, a note or a name stay, and those that others were forked "
    "from. Without a rule everything is kept for ever."
)


class RulesDialog(QDialog):
    """Asks for the rules.

    Signals:
        chosen(Rules): the person pressed OK.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, rules: Rules) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("How long runs are kept"))
        self.ticks: dict[str, QCheckBox] = {}
        self.numbers: dict[str, QSpinBox] = {}
        grid = QGridLayout()
        for row, (key, words, unit, usual, most) in enumerate(_RULES):
            text = tr(words)
            value = getattr(rules, key)
            tick = self.ticks[key] = QCheckBox(text)
            tick.setChecked(value is not None)
            number = self.numbers[key] = number_field()
            number.setRange(1, most)
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            number.setGroupSeparatorShown(True)
            number.setSuffix(f" {tr(unit)}")
            number.setValue(usual if value is None else value)
            number.setEnabled(value is not None)
            number.setAccessibleName(text)
            tick.toggled.connect(number.setEnabled)
            grid.addWidget(tick, row, 0)
            grid.addWidget(number, row, 1)
        safe = label(tr(_SAFE), "muted")
        safe.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addLayout(grid)
        column.addWidget(safe)
        column.addWidget(buttons)

    def _accept(self) -> None:
        values = {k: self.numbers[k].value() if t.isChecked() else None
                  for k, t in self.ticks.items()}  # fmt: skip
        self.chosen.emit(Rules(**values))
        self.accept()

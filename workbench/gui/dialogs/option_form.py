"""The options of an export format as fields. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from workbench.export.base import Option
from workbench.gui.parts import label
from workbench.gui.translate import tr


class OptionForm(QWidget):
    """A field for each option: a list where there are choices, a box for a yes or no, else a line.

    Signals:
        changed(): a value is another one now.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._fields: dict[str, QComboBox | QCheckBox | QLineEdit] = {}

    def field(self, name: str) -> QWidget:
        """The field of the option called `name`."""
        return self._fields[name]

    def show_options(
        self, options: Sequence[Option], values: Mapping[str, str | bool] | None = None
    ) -> None:
        """Show these options with the given values; what has none stands at its default."""
        self._fields.clear()
        while self._rows.rowCount():
            self._rows.removeRow(0)
        for option in options:
            value = (values or {}).get(option.name, option.default)
            made = self._made(option, value)
            made.setAccessibleName(tr(option.label))
            made.setToolTip(tr(option.help))
            self._fields[option.name] = made
            self._rows.addRow(label(tr(option.label), "caption"), made)
        self.setVisible(bool(options))

    def values(self) -> dict[str, str | bool]:
        """What stands in the fields."""
        found: dict[str, str | bool] = {}
        for name, made in self._fields.items():
            if isinstance(made, QCheckBox):
                found[name] = made.isChecked()
            elif isinstance(made, QComboBox):
                found[name] = made.currentText()
            else:
                found[name] = made.text().strip()
        return found

    def _made(self, option: Option, value: str | bool) -> QComboBox | QCheckBox | QLineEdit:
        if isinstance(option.default, bool):
            box = QCheckBox(tr(option.help))
            box.setChecked(bool(value))
            box.toggled.connect(self.changed)
            return box
        if option.choices:
            combo = QComboBox()
            combo.addItems(option.choices)
            combo.setCurrentText(str(value))
            combo.currentIndexChanged.connect(self.changed)
            return combo
        line = QLineEdit(str(value))
        line.setPlaceholderText(tr(option.help))
        line.textChanged.connect(self.changed)
        return line

"""What changes from cell to cell: one row per axis, its name and its values. GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import UserError
from workbench.experiments.sweep_values import as_text, axis_values
from workbench.experiments.sweep_wish import Choices
from workbench.gui.parts import EDGE, icon_button, label
from workbench.gui.style_sheet import set_role
from workbench.gui.sweep.axis_names import axis_name
from workbench.gui.translate import mark, tr

_HINT = mark("a, b, c   or   FROM:TO:STEP")


class AxisRow(QWidget):
    """One axis.

    Signals:
        changed(): its name or its values are other now.
        dropped(): it is to go.
    """

    changed = Signal()
    dropped = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices = choices
        self.names = QComboBox()
        self.names.setAccessibleName(tr("What this axis changes"))
        self.names.setMaxVisibleItems(18)
        self.names.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.names.setMinimumContentsLength(10)
        for name in choices.names:
            self.names.addItem(axis_name(name), name)
        self.values = QLineEdit()
        self.values.setPlaceholderText(tr(_HINT))
        self.values.setToolTip(
            tr("Values between commas, a range FROM:TO:STEP, or a JSON list for texts with commas.")
        )
        self.pick = QToolButton()
        set_role(self.pick, "icon")
        self.pick.setText("▾")
        self.pick.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.pick.setAccessibleName(tr("Choose from the values there are"))
        self.menu = QMenu(self)
        self.pick.setMenu(self.menu)
        self.drop = icon_button(tr("Leave this axis out"))
        self.drop.setText("✕")
        self.drop.clicked.connect(self.dropped)
        self.names.activated.connect(self._named)
        self.values.textChanged.connect(self._written)
        self.menu.aboutToShow.connect(self._fill_menu)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(4)
        top.addWidget(self.names, 1)
        top.addWidget(self.drop)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self.values, 1)
        below.addWidget(self.pick)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 4, EDGE, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(below)

    @property
    def axis(self) -> tuple[str, str]:
        """Name and values as they stand."""
        return str(self.names.currentData()), self.values.text()

    def show_axis(self, name: str, values: str) -> None:
        """Show an axis without telling anybody; a name that is not offered is added."""
        at = self.names.findData(name)
        if at < 0:
            self.names.addItem(axis_name(name), name)
            at = self.names.count() - 1
        self.names.setCurrentIndex(at)
        self.values.blockSignals(True)  # Qt's own
        self.values.setText(values)
        self.values.setCursorPosition(0)
        self.values.blockSignals(False)  # Qt's own
        self._look()

    def _named(self) -> None:
        name = str(self.names.currentData())
        self.show_axis(name, self._choices.values.get(name, ""))
        self.changed.emit()

    def _written(self) -> None:
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        name, text = self.axis
        self.pick.setVisible(name in self._choices.known)
        self.values.setAccessibleName(
            tr("Values of {currenttext}", currenttext=self.names.currentText())
        )
        try:
            wrong = not axis_values(name, text)
        except UserError:
            wrong = True
        set_role(self.values, "wrong" if wrong else "")

    def _fill_menu(self) -> None:
        self.menu.clear()
        name, text = self.axis
        try:
            now = axis_values(name, text)
        except UserError:
            now = ()
        for value in self._choices.known.get(name, ()):
            action = self.menu.addAction(value)
            action.setCheckable(True)
            action.setChecked(value in now)
            action.toggled.connect(partial(self._toggle, value))

    def _toggle(self, value: str, on: bool) -> None:
        name, text = self.axis
        try:
            now = axis_values(name, text)
        except UserError:
            now = ()
        chosen = (*now, value) if on else tuple(v for v in now if v != value)
        self.values.setText(as_text(chosen))


class AxesForm(QWidget):
    """All axes, the first one on top.

    Signals:
        changed(): something is other now; not after `show_axes`.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choices = Choices((), {})
        self.rows: list[AxisRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._none = label(tr("Add an axis: what is to change from cell to cell."), "muted")
        self._none.setContentsMargins(EDGE, 4, EDGE, 8)
        self._none.setWordWrap(True)
        self._column.addWidget(self._none)

    @property
    def choices(self) -> Choices:
        """What is offered."""
        return self._choices

    @property
    def axes(self) -> tuple[tuple[str, str], ...]:
        """Names and values as they stand."""
        return tuple(row.axis for row in self.rows)

    def show_axes(self, choices: Choices, axes: tuple[tuple[str, str], ...]) -> None:
        """Show these axes, which may be changed to any of the choices."""
        if choices == self._choices and axes == self.axes:
            return  # whoever writes there goes on writing
        self._choices = choices
        for row in self.rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self.rows = []
        for name, values in axes:
            self._append(name, values)
        self._none.setVisible(not self.rows)

    def add(self) -> None:
        """One more axis: the first one that is not there yet."""
        used = {name for name, _ in self.axes}
        name = next((n for n in self._choices.names if n not in used), "")
        if name:
            self._append(name, self._choices.values.get(name, ""))
            self._none.hide()
            self.rows[-1].names.setFocus(Qt.FocusReason.OtherFocusReason)
            self.changed.emit()

    def _append(self, name: str, values: str) -> None:
        row = AxisRow(self._choices)
        row.show_axis(name, values)
        row.changed.connect(self.changed)
        row.dropped.connect(partial(self._drop, row))
        self._column.addWidget(row)
        row.show()
        self.rows.append(row)

    def _drop(self, row: AxisRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._none.setVisible(not self.rows)
        self.changed.emit()

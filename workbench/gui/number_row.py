"""One decoding parameter: its name, a slider and an exact number. GUI thread."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QHBoxLayout, QWidget

from workbench.core.sampling import Kind, Parameter
from workbench.gui.parts import label
from workbench.gui.slider import Slider
from workbench.gui.theme import Theme

LABEL_WIDTH, BOX_WIDTH = 96, 56
_DECIMALS = 4


class NumberBox(QDoubleSpinBox):
    """A number without arrows: right aligned, never changed by a passing wheel."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self._whole = parameter.kind is Kind.INT
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setDecimals(0 if self._whole else _DECIMALS)
        low = parameter.minimum if parameter.minimum is not None else -1e9
        high = parameter.maximum if parameter.maximum is not None else 1e9
        self.setRange(low, high)
        self.setSingleStep(parameter.step)
        self.setKeyboardTracking(False)

    def textFromValue(self, value: float) -> str:  # noqa: N802  # Qt's name
        """Two decimals, more only where the value has them."""
        if self._whole:
            return str(round(value))
        text = f"{value:.{_DECIMALS}f}"
        while text.endswith("0") and len(text) - text.index(".") > 3:
            text = text[:-1]
        return text

    def valueFromText(self, text: str) -> float:  # noqa: N802  # Qt's name
        """A decimal comma reads as a point."""
        return float(text.replace(",", "."))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """What can still become a number in range is accepted while typing."""
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            unfinished = text in ("", "-", "+", ".", ",", "-.", "-,")
            state = QValidator.State.Intermediate if unfinished else QValidator.State.Invalid
            return state, text, position
        inside = math.isfinite(value) and self.minimum() <= value <= self.maximum()
        whole = not self._whole or value == int(value)
        good = inside and whole
        state = QValidator.State.Acceptable if good else QValidator.State.Intermediate
        return state, text, position

    def fixup(self, _text: str) -> str:
        """Text that never became a number goes back to the value that stood."""
        return self.textFromValue(self.value())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """The wheel scrolls the panel."""
        event.ignore()


class NumberRow(QWidget):
    """Label, slider and number box of one parameter.

    Signals:
        changed(value): the person set another value.
    """

    changed = Signal(float)

    def __init__(self, theme: Theme, parameter: Parameter, default: float) -> None:
        super().__init__()
        self.parameter = parameter
        self._default = default
        neutral = parameter.neutral
        mark = float(neutral) if isinstance(neutral, int | float) else None
        self.slider = Slider(theme, parameter.low, parameter.high, parameter.step, mark)
        self.box = NumberBox(parameter)
        self.box.setFixedWidth(BOX_WIDTH)
        self.name = label(parameter.label)
        self.name.setFixedWidth(LABEL_WIDTH)
        unit = f" ({parameter.unit})" if parameter.unit else ""
        neutral_text = "" if mark is None else f" Neutral: {mark:g}."
        tip = f"{parameter.help}{neutral_text} Double-click resets to {default:g}."
        for widget in (self, self.name, self.slider, self.box):
            widget.setToolTip(tip)
        self.slider.setAccessibleName(f"{parameter.label}{unit}, slider")
        self.box.setAccessibleName(f"{parameter.label}{unit}")
        for widget in (self.slider, self.box):
            widget.setAccessibleDescription(parameter.help)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        row.addWidget(self.name)
        row.addWidget(self.slider, 1)
        row.addWidget(self.box)
        self.slider.moved.connect(self._take)
        self.slider.reset.connect(self._reset)
        self.box.valueChanged.connect(self._typed)

    @property
    def value(self) -> float:
        """The value it stands at."""
        return self.box.value()

    def set_value(self, value: float) -> None:
        """Stand at `value` without telling anybody."""
        was = self.box.blockSignals(True)
        self.box.setValue(value)
        self.box.blockSignals(was)
        self.slider.set_value(value)

    def _take(self, value: float) -> None:
        self.set_value(value)
        self.changed.emit(self.box.value())

    def _typed(self, value: float) -> None:
        self.slider.set_value(value)
        self.changed.emit(value)

    def _reset(self) -> None:
        self._take(self._default)

"""One decoding parameter: its name, a slider and an exact number. GUI thread."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from workbench.core.sampling import Kind, Parameter
from workbench.gui.parts import label
from workbench.gui.slider import Slider
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

LABEL_WIDTH, BOX_WIDTH = 96, 56
_DECIMALS = 4


def name_label(text: str) -> QLabel:
    """A parameter's name in the width of the column, cut with an ellipsis where it is longer."""
    made = label(text)
    made.setFixedWidth(LABEL_WIDTH)
    made.ensurePolished()
    metrics = QFontMetrics(made.font())
    made.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, LABEL_WIDTH))
    return made


class NumberBox(QLineEdit):
    """An exact number: right aligned; Enter or leaving takes it, Up and Down step.

    Signals:
        taken(value): the person entered another number.
    """

    taken = Signal(float)

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self._whole = parameter.kind is Kind.INT
        self._step = parameter.step
        self._low = parameter.minimum if parameter.minimum is not None else -math.inf
        self._high = parameter.maximum if parameter.maximum is not None else math.inf
        self._value = 0.0
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.editingFinished.connect(self._enter)

    @property
    def value(self) -> float:
        """The number that stands."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show `value` without telling anybody."""
        self._value = value
        self.setText(self._as_text(value))
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Up and Down step."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            sign = 1 if event.key() == Qt.Key.Key_Up else -1
            self._take(self._value + sign * self._step)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        try:
            number = float(self.text().strip().replace(",", "."))
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            self._take(number)
        else:
            self.set_value(self._value)

    def _take(self, number: float) -> None:
        number = min(max(number, self._low), self._high)
        number = float(round(number)) if self._whole else round(number, 6)
        changed = number != self._value
        self.set_value(number)
        if changed:
            self.taken.emit(number)

    def _as_text(self, value: float) -> str:
        """Two decimals, more only where the value has them."""
        if self._whole:
            return str(round(value))
        text = f"{value:.{_DECIMALS}f}"
        while text.endswith("0") and len(text) - text.index(".") > 3:
            text = text[:-1]
        return text


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
        at = float(neutral) if isinstance(neutral, int | float) else None
        self.slider = Slider(theme, parameter.low, parameter.high, parameter.step, at)
        self.box = NumberBox(parameter)
        self.box.setFixedWidth(BOX_WIDTH)
        self.name = name_label(parameter.label)
        unit = f" ({tr(parameter.unit)})" if parameter.unit else ""
        neutral_text = "" if at is None else tr(" Neutral: {value:g}.", value=at)
        tip = tr(
            "{help}{neutral_text} Double-click resets to {default:g}.",
            help=tr(parameter.help),
            neutral_text=neutral_text,
            default=default,
        )
        for widget in (self, self.name, self.slider, self.box):
            widget.setToolTip(tip)
        name = parameter.label
        self.slider.setAccessibleName(tr("{label}{unit}, slider", label=name, unit=unit))
        self.box.setAccessibleName(f"{name}{unit}")
        for widget in (self.slider, self.box):
            widget.setAccessibleDescription(tr(parameter.help))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(4)
        row.addWidget(self.name)
        row.addWidget(self.slider, 1)
        row.addWidget(self.box)
        self.slider.moved.connect(self._take)
        self.slider.reset.connect(self._reset)
        self.box.taken.connect(self._typed)

    @property
    def value(self) -> float:
        """The value it stands at."""
        return self.box.value

    def set_value(self, value: float) -> None:
        """Stand at `value` without telling anybody."""
        self.box.set_value(value)
        self.slider.set_value(value)

    def _take(self, value: float) -> None:
        self.set_value(value)
        self.changed.emit(self.box.value)

    def _typed(self, value: float) -> None:
        self.slider.set_value(value)
        self.changed.emit(value)

    def _reset(self) -> None:
        self._take(self._default)

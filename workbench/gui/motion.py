"""Whether things on the screen may move by themselves. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)
_AS_THE_SYSTEM = -1


def is_reduced(setting: str) -> bool:
    """Whether the setting `motion` asks for stillness; "system" does where the system does."""
    if setting == "system":
        return not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    return setting == "reduced"


def use_motion(*, reduced: bool) -> None:
    """Stop what Qt itself moves, the blinking caret included, or let it move again.

    The style sheet stops the animations of widgets (`style_sheet(…, still=True)`).
    """
    hints = QGuiApplication.styleHints()
    hints.setCursorFlashTime(0 if reduced else _AS_THE_SYSTEM)
    if reduced:
        for effect in _EFFECTS:
            QApplication.setEffectEnabled(effect, False)

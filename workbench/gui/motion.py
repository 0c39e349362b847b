"""Whether things on the screen may move by themselves. GUI thread."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

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
_PATIENCE_S = 0.5


def is_reduced(setting: str) -> bool:
    """Whether the setting `motion` asks for stillness; "system" does where the system does."""
    return system_wants_stillness() if setting == "system" else setting == "reduced"


def use_motion(*, reduced: bool) -> None:
    """Stop what Qt itself moves, the blinking caret included, or let it move again.

    The style sheet stops the animations of widgets (`style_sheet(…, still=True)`).
    """
    hints = QGuiApplication.styleHints()
    hints.setCursorFlashTime(0 if reduced else _AS_THE_SYSTEM)
    if reduced:
        for effect in _EFFECTS:
            QApplication.setEffectEnabled(effect, False)


def system_wants_stillness() -> bool:
    """What the system's own setting says; False where it says nothing. Qt does not tell."""
    if sys.platform == "win32":
        return _windows_is_still()
    if sys.platform == "darwin":
        return _answer(["defaults", "read", "com.apple.universalaccess", "reduceMotion"]) == "1"
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return linux_is_still(os.environ, config)


def linux_is_still(environment: Mapping[str, str], config: Path) -> bool:
    """What the desktop's settings say: GNOME's, else the files of KDE and GTK below `config`."""
    if "GNOME" in environment.get("XDG_CURRENT_DESKTOP", "").upper():
        key = ["gsettings", "get", "org.gnome.desktop.interface", "enable-animations"]
        return _answer(key) == "false"
    if _entry(config / "kdeglobals", "KDE", "AnimationDurationFactor") in ("0", "0.0"):
        return True
    gtk = (_entry(config / f"gtk-{version}.0" / "settings.ini", "Settings",
                  "gtk-enable-animations") for version in (4, 3))  # fmt: skip
    return any(value in ("0", "false") for value in gtk)


def _entry(file: Path, section: str, key: str) -> str:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read(file, encoding="utf-8")
        return parser.get(section, key, fallback="").strip().lower()
    except (configparser.Error, OSError, ValueError):
        return ""


def _answer(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _windows_is_still() -> bool:
    import ctypes

    get_client_area_animation = 0x1042
    animates = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(  # type: ignore[attr-defined,unused-ignore]  # Windows only
        get_client_area_animation, 0, ctypes.byref(animates), 0
    )
    return not animates.value

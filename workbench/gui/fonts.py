"""Fonts of the window: the system's where they are worth using, else the bundled ones."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

from workbench.core.paths import assets_folder

_GOOD_MONOSPACE = ("JetBrains Mono", "SF Mono", "Menlo", "Cascadia Mono", "Consolas", "Ubuntu Mono")
_POOR_UI = ("DejaVu Sans", "Bitstream Vera Sans", "Sans Serif", "Liberation Sans", "")

UI_PIXELS = 13
SMALL_PIXELS = 12
MODEL_PIXELS = 15
EDITOR_PIXELS = 13
CHIP_PIXELS = 11


@dataclass(frozen=True, slots=True)
class Fonts:
    """Families by use.

    Attributes:
        mono_scale: how much larger than drawn the text of prompts and replies is.
    """

    ui_family: str
    mono_family: str
    mono_scale: float = 1.0

    def ui(self, pixels: int = UI_PIXELS, *, bold: bool = False) -> QFont:
        """The font of labels and buttons; digits are all equally wide."""
        font = QFont(self.ui_family)
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
        return font

    def mono_pixels(self, pixels: int) -> int:
        """How many pixels high `pixels` of model text are by the person's wish."""
        return max(6, round(pixels * self.mono_scale))

    def mono(self, pixels: int = EDITOR_PIXELS) -> QFont:
        """The font of prompts and replies, without ligatures: a ligature would join tokens."""
        font = QFont(self.mono_family)
        font.setPixelSize(self.mono_pixels(pixels))
        font.setStyleHint(QFont.StyleHint.Monospace)
        for feature in ("calt", "liga", "clig"):
            font.setFeature(QFont.Tag.fromString(feature), 0)
        return font


def load_fonts(model_pixels: int = MODEL_PIXELS) -> Fonts:
    """Register the bundled fonts and choose families. Needs a QGuiApplication.

    `model_pixels` is the height of the text of replies; all model text keeps its proportion to it.
    """
    bundled = _register()
    system_ui = QFontInfo(QGuiApplication.font()).family()
    families = set(QFontDatabase.families())
    ui = "Inter" if system_ui in _POOR_UI and "Inter" in bundled | families else system_ui
    mono = next(
        (f for f in _GOOD_MONOSPACE if f in bundled | families),
        QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family(),
    )
    return Fonts(ui, mono, model_pixels / MODEL_PIXELS)


def _register() -> set[str]:
    families: set[str] = set()
    known = set(QFontDatabase.families())
    for file in sorted((assets_folder() / "fonts").glob("*.[ot]tf")):
        if file.name.partition("-")[0] in {name.replace(" ", "") for name in known}:
            continue
        number = QFontDatabase.addApplicationFont(str(file))
        families.update(QFontDatabase.applicationFontFamilies(number))
    return families

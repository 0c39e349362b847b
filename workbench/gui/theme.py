"""Colours of the window in light and dark, and which of them is on. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette


class Mode(StrEnum):
    """Which colours the person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast-light"
    CONTRAST_DARK = "contrast-dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour of the window, as "#rrggbb".

    Attributes:
        background: behind panes; carries no text.
        accent: the one colour of what can be acted on.
        chip_ink: muted text on a chip.
        syntax: template statements in the editor.
        surprise: the strongest token tint; data only.
        more, less: the strongest tints of a rise and of a fall; data only, and never without a
            sign: they differ for every kind of colour blindness.
        bar: bars of alternatives; data only.
        focus: the ring round the control that has the keyboard.
        is_contrast: whether text stands out by 7:1 everywhere, and rings and lines are strong.
    """

    background: str
    pane: str
    line: str
    chip: str
    ink: str
    muted: str
    accent: str
    accent_wash: str
    on_accent: str
    accent_hover: str
    good: str
    warning: str
    chip_ink: str
    syntax: str
    surprise: str
    more: str
    less: str
    bar: str
    focus: str
    is_dark: bool
    is_contrast: bool = False


LIGHT = Colours(
    background="#f4f5f7",
    pane="#ffffff",
    line="#e1e4ea",
    chip="#eef0f4",
    ink="#1d2330",
    muted="#6b7384",
    accent="#3457d5",
    accent_wash="#e9eefc",
    on_accent="#ffffff",
    accent_hover="#2947b8",
    good="#1d7a4f",
    warning="#b4540a",
    chip_ink="#5f6778",
    syntax="#8e2aa8",
    surprise="#f7c859",
    more="#8fb2f7",
    less="#f0a27c",
    bar="#c6d0f3",
    focus="#3457d5",
    is_dark=False,
)

DARK = Colours(
    background="#15181f",
    pane="#1c2029",
    line="#2b313d",
    chip="#272c37",
    ink="#e6e9f0",
    muted="#8e97a8",
    accent="#7c9bff",
    accent_wash="#252d47",
    on_accent="#15181f",
    accent_hover="#97b0ff",
    good="#63c694",
    warning="#f0a35c",
    chip_ink="#99a2b3",
    syntax="#d08ee6",
    surprise="#85601a",
    more="#38599f",
    less="#8f4a2b",
    bar="#3d4d86",
    focus="#7c9bff",
    is_dark=True,
)

CONTRAST_LIGHT = Colours(
    background="#ffffff",
    pane="#ffffff",
    line="#6b6b6b",
    chip="#ececec",
    ink="#000000",
    muted="#333333",
    accent="#0a2a9c",
    accent_wash="#dce5ff",
    on_accent="#ffffff",
    accent_hover="#001866",
    good="#00451f",
    warning="#7a2b00",
    chip_ink="#262626",
    syntax="#5b0075",
    surprise="#ffcf40",
    more="#a6c2ff",
    less="#ffb394",
    bar="#4a67d6",
    focus="#a3004f",
    is_dark=False,
    is_contrast=True,
)

CONTRAST_DARK = Colours(
    background="#000000",
    pane="#000000",
    line="#8c8c8c",
    chip="#1f1f1f",
    ink="#ffffff",
    muted="#d2d2d2",
    accent="#9cc0ff",
    accent_wash="#12265c",
    on_accent="#000000",
    accent_hover="#c4daff",
    good="#6ef0a8",
    warning="#ffc07a",
    chip_ink="#e0e0e0",
    syntax="#f2b0ff",
    surprise="#6b4700",
    more="#1e4088",
    less="#7a2f0f",
    bar="#6f92ff",
    focus="#ffd700",
    is_dark=True,
    is_contrast=True,
)

TEXT_ON: tuple[tuple[str, str], ...] = (
    ("ink", "pane"),
    ("ink", "background"),
    ("ink", "chip"),
    ("ink", "accent_wash"),
    ("ink", "surprise"),
    ("ink", "more"),
    ("ink", "less"),
    ("muted", "pane"),
    ("chip_ink", "chip"),
    ("accent", "pane"),
    ("accent", "accent_wash"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("good", "pane"),
    ("warning", "pane"),
    ("syntax", "pane"),
    ("syntax", "accent_wash"),
    ("good", "accent_wash"),
    ("chip_ink", "background"),
)
"""Which colour writes on which, by field name; each pair has a contrast of at least 4.5:1, in the
high-contrast colours of at least 7:1."""


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" as WCAG defines it, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def mixed(base: str, over: str, share: float) -> QColor:
    """`over` laid on `base` with opacity `share` (0 to 1)."""
    a, b = QColor(base), QColor(over)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )


class Theme(QObject):
    """The colours that are on now.

    Signals:
        changed(): the colours are others; whatever caches colours drops them.
    """

    changed = Signal()

    def __init__(
        self,
        mode: Mode = Mode.SYSTEM,
        parent: QObject | None = None,
        system: Callable[[], Colours] | None = None,
    ) -> None:
        """`system`: the colours that the system asks for; without it Qt is asked."""
        super().__init__(parent)
        self._mode = mode
        self._system = system or system_colours
        self.colours = self._choose()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._refresh)
        if hasattr(hints, "accessibility"):  # Qt 6.10 knows what the system says about contrast
            hints.accessibility().contrastPreferenceChanged.connect(self._refresh)

    @property
    def mode(self) -> Mode:
        """What the person chose."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Switch to `mode`; tells everybody when the colours differ."""
        self._mode = mode
        self._refresh()

    def colour(self, name: str) -> QColor:
        """The colour in field `name` of `Colours`."""
        return QColor(getattr(self.colours, name))

    def palette(self) -> QPalette:
        """The colours as Qt's own roles, for what the style sheet does not reach."""
        c = self.colours
        palette = QPalette()
        roles = QPalette.ColorRole
        for role, value in (
            (roles.Window, c.pane),
            (roles.WindowText, c.ink),
            (roles.Base, c.pane),
            (roles.AlternateBase, c.background),
            (roles.Text, c.ink),
            (roles.Button, c.chip),
            (roles.ButtonText, c.ink),
            (roles.ToolTipBase, c.pane),
            (roles.ToolTipText, c.ink),
            (roles.PlaceholderText, c.muted),
            (roles.Highlight, c.accent),
            (roles.HighlightedText, c.on_accent),
            (roles.Link, c.accent),
        ):
            palette.setColor(role, QColor(value))
        return palette

    def _choose(self) -> Colours:
        if self._mode is Mode.SYSTEM:
            return self._system()
        return _COLOURS[self._mode]

    def _refresh(self, _what: object = None) -> None:
        chosen = self._choose()
        if chosen != self.colours:
            self.colours = chosen
            self.changed.emit()


_COLOURS = {
    Mode.LIGHT: LIGHT,
    Mode.DARK: DARK,
    Mode.CONTRAST_LIGHT: CONTRAST_LIGHT,
    Mode.CONTRAST_DARK: CONTRAST_DARK,
}


def system_colours() -> Colours:
    """What the system asks for now: light or dark, with high contrast or without."""
    is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    if _system_wants_contrast():
        return CONTRAST_DARK if is_dark else CONTRAST_LIGHT
    return DARK if is_dark else LIGHT


def _system_wants_contrast() -> bool:
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast

"""Colours: the ones that were drawn, and readable in both themes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.gui.fonts import Fonts
from workbench.gui.style_sheet import style_sheet
from workbench.gui.theme import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    TEXT_ON,
    Colours,
    Mode,
    Theme,
    contrast,
    mixed,
)

DRAWN = {
    "background": ("#f4f5f7", "#15181f"),
    "pane": ("#ffffff", "#1c2029"),
    "line": ("#e1e4ea", "#2b313d"),
    "chip": ("#eef0f4", "#272c37"),
    "ink": ("#1d2330", "#e6e9f0"),
    "muted": ("#6b7384", "#8e97a8"),
    "accent": ("#3457d5", "#7c9bff"),
    "accent_wash": ("#e9eefc", "#252d47"),
    "good": ("#1d7a4f", "#63c694"),
    "warning": ("#b4540a", "#f0a35c"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_colours_are_the_drawn_ones(name: str) -> None:
    assert (getattr(LIGHT, name), getattr(DARK, name)) == DRAWN[name]


def test_contrast_knows_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == pytest.approx(1.0)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_is_readable(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("strength", [0.1, 0.25, 0.5, 0.75, 1.0])
def test_tinted_text_is_readable(colours: Colours, strength: float) -> None:
    wash = mixed(colours.pane, colours.surprise, strength).name()
    assert contrast(colours.ink, wash) >= 4.5


CONTRASTS = [CONTRAST_LIGHT, CONTRAST_DARK]


@pytest.mark.parametrize("colours", CONTRASTS, ids=["contrast-light", "contrast-dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_high_contrast_text_stands_out_by_seven(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 7


@pytest.mark.parametrize("colours", CONTRASTS, ids=["contrast-light", "contrast-dark"])
def test_high_contrast_lines_rings_bars_and_tints_can_be_seen(colours: Colours) -> None:
    for strength in (0.1, 0.25, 0.5, 0.75, 1.0):
        for tint in (colours.surprise, colours.more, colours.less):
            assert contrast(colours.ink, mixed(colours.pane, tint, strength).name()) >= 7
    for name in ("line", "bar", "focus", "accent"):
        assert contrast(getattr(colours, name), colours.pane) >= 4.5, name
    assert contrast(colours.focus, colours.line) > 1.3, "the ring differs from a line"


def test_the_system_is_followed_live(qapp: QApplication) -> None:
    now = [LIGHT]
    theme = Theme(Mode.SYSTEM, system=lambda: now[0])
    told: list[Colours] = []
    theme.changed.connect(lambda: told.append(theme.colours))
    hints = QGuiApplication.styleHints()
    now[0] = DARK
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    now[0] = CONTRAST_DARK
    if hasattr(hints, "accessibility"):
        wish = Qt.ContrastPreference.HighContrast
        hints.accessibility().contrastPreferenceChanged.emit(wish)
    else:
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert told == [DARK, CONTRAST_DARK]
    theme.set_mode(Mode.LIGHT)
    now[0] = DARK
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours is LIGHT, "who chose a theme keeps it"


def test_strong_rules_are_for_high_contrast_alone(fonts: Fonts) -> None:
    icons = {"down": "a.png", "tick": "b.png"}
    ring = "QMenu::item:selected { border: 1px solid"
    assert ring not in style_sheet(LIGHT, fonts, icons)
    assert ring in style_sheet(CONTRAST_DARK, fonts, icons)
    assert "animation-duration: 0" in style_sheet(LIGHT, fonts, icons, still=True)


def test_switching_tells_once_per_change(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(Mode.LIGHT)
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.colours.is_dark))
    theme.set_mode(Mode.DARK)
    theme.set_mode(Mode.DARK)
    theme.set_mode(Mode.LIGHT)
    assert told == [True, False]


def test_the_style_sheet_has_no_gaps(qapp: QApplication, fonts: Fonts) -> None:
    rules = style_sheet(LIGHT, fonts, {"down": "a.png", "tick": "b.png"})
    assert "$" not in rules
    assert rules.count("{") == rules.count("}")


def test_a_fixed_width_font_is_fixed_width(fonts: Fonts) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(fonts.mono(15))
    assert metrics.horizontalAdvance("iiii") == pytest.approx(metrics.horizontalAdvance("MMMM"))

"""A font with boxes for a few characters, made where a test needs one."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def box_font(path: Path, characters: str) -> Path:
    """A TrueType font whose glyphs are boxes, one for each of the characters."""
    names = [".notdef", *(f"u{ord(sign):04X}" for sign in characters)]
    pen = TTGlyphPen(None)
    for number, place in enumerate([(100, 0), (100, 700), (500, 700), (500, 0)]):
        (pen.lineTo if number else pen.moveTo)(place)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(sign): f"u{ord(sign):04X}" for sign in characters})
    font.setupGlyf(dict.fromkeys(names, box))
    font.setupHorizontalMetrics(dict.fromkeys(names, (600, 100)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.save(path)
    return path

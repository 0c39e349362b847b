"""Fonts of a PDF: which draws a character, and what stands for one that none can draw."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from workbench.core.errors import UserError
from workbench.core.paths import assets_folder

if TYPE_CHECKING:
    from fpdf import FPDF

_BUNDLED = {
    "mono": "JetBrainsMono-Regular.ttf",
    "sans": "Inter-Regular.otf",
    "bold": "Inter-SemiBold.otf",
}
_SELECTORS = frozenset(range(0xFE00, 0xFE10))
"""Variation selectors: they only choose between looks of the character before them."""
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a reader sees as one character, and how it is drawn.

    Attributes:
        text: what is written; a name in brackets where no font has the character.
        family: the font.
        is_named: whether `text` is such a name.
        is_rtl: whether it belongs to a script that runs from right to left.
    """

    text: str
    family: str
    is_named: bool = False
    is_rtl: bool = False


class PdfFonts:
    """The bundled fonts, and behind them those a person names."""

    def __init__(self, pdf: FPDF, extra: Sequence[Path] = ()) -> None:
        """Raises UserError when a font of the person's cannot be read."""
        self._pdf = pdf
        self.missing: Counter[str] = Counter()
        for family, name in _BUNDLED.items():
            pdf.add_font(family, "", assets_folder() / "fonts" / name)
        self._extra = [f"extra{number}" for number in range(len(extra))]
        for family, path in zip(self._extra, extra, strict=True):
            try:
                _check(path)
                pdf.add_font(family, "", path)
            except Exception as error:  # whatever a broken font makes of its reader
                self.close()
                raise UserError(
                    f"The font {path} cannot be used: {str(error) or type(error).__name__}.",
                    "Name a .ttf or .otf file.",
                ) from error
        self._known: dict[tuple[str, str], Drawn] = {}
        self._widths: dict[tuple[str, str, float], float] = {}

    def drawn(self, text: str, family: str) -> Iterator[Drawn]:
        """The characters of the text, by preference in `family`. Counts those that are missing."""
        for cluster in _CLUSTERS.findall(text):
            found = self._of(cluster, family)
            if found is not None:
                yield found
                continue
            for sign in cluster:
                one = self._of(sign, family)
                if one is not None:
                    yield one
                    continue
                self.missing[sign] += 1
                if ord(sign) not in _SELECTORS:
                    yield Drawn(f"[U+{ord(sign):04X}]", family, is_named=True)

    def measured(self, text: str, family: str) -> Iterator[Drawn]:
        """Like `drawn`, to see how wide a text is: nothing is counted."""
        before = self.missing.copy()
        try:
            yield from self.drawn(text, family)
        finally:
            self.missing = before

    def width(self, one: Drawn, size: float) -> float:
        """How wide it is, in points."""
        key = (one.text, one.family, size)
        if key not in self._widths:
            self._pdf.set_font(one.family, size=size)
            self._widths[key] = self._pdf.get_string_width(one.text)
        return self._widths[key]

    def shape(self, family: str) -> None:
        """Let HarfBuzz and the bidirectional algorithm lay out what follows in `family`.

        Raises:
            UserError: uharfbuzz is not installed.
        """
        others = [name for name in (*self._extra, *_BUNDLED) if name != family]
        self._pdf.set_fallback_fonts(others, exact_match=False)
        try:
            self._pdf.set_text_shaping(use_shaping_engine=True)
        except Exception as error:
            raise UserError(
                "A text from right to left in a PDF needs uharfbuzz.",
                "pip install 'prompt-workbench[pdf]'",
            ) from error

    def unshape(self) -> None:
        """Lay out character by character again."""
        self._pdf.set_text_shaping(use_shaping_engine=False)
        self._pdf.set_fallback_fonts([])

    def close(self) -> None:
        """Close the fonts' files."""
        from fpdf.fonts import TTFFont

        for font in self._pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()

    def note(self) -> str:
        """What became of characters that no font has; empty when there are none."""
        if not self.missing:
            return ""
        total = self.missing.total()
        named = ", ".join(f"U+{ord(sign):04X}" for sign in sorted(self.missing)[:_MOST_NAMED])
        more = len(self.missing) - _MOST_NAMED
        return (
            f"{total:,} character{'' if total == 1 else 's'} of this file"
            f" {'is' if total == 1 else 'are'} in none of its fonts and"
            f" stand{'s' if total == 1 else ''} as [U+…]: {named}"
            f"{f' and {more:,} more' if more > 0 else ''}. The option fonts takes a font that has"
            " them."
        )

    @cached_property
    def _covered(self) -> dict[str, frozenset[int]]:
        from fpdf.fonts import TTFFont

        fonts = self._pdf.fonts.items()
        return {name: frozenset(f.cmap) for name, f in fonts if isinstance(f, TTFFont)}

    def _of(self, cluster: str, family: str) -> Drawn | None:
        key = (cluster, family)
        if key not in self._known:
            needed = {ord(sign) for sign in cluster}
            for name in (family, "mono", "sans", *self._extra):
                if needed <= self._covered[name]:
                    is_rtl = any(unicodedata.bidirectional(s) in ("R", "AL") for s in cluster)
                    self._known[key] = Drawn(cluster, name, is_rtl=is_rtl)
                    break
            else:
                return None
        return self._known[key]


def _check(path: Path) -> None:
    """Read the font once; fpdf2 leaves the file open when it is broken."""
    from fontTools.ttLib import TTFont

    with path.open("rb") as file:
        TTFont(file).getBestCmap()


_CLUSTERS = regex.compile(r"\X")

"""The drawings of a report on a page of a PDF: lines, boxes, marks and words."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from workbench.export.pdf_sheet import INK, MARGIN, MUTED, Colour, PdfSheet, Stretch

_LINE: Colour = (225, 228, 234)
_WARN: Colour = (180, 84, 10)
_SERIES: tuple[Colour, ...] = (
    (52, 87, 213), (180, 84, 10), (29, 122, 79), (142, 42, 168),
    (168, 134, 26), (15, 125, 156), (176, 42, 91), (95, 103, 120),
)  # fmt: skip
_NAMED: dict[str, Colour] = {
    "cell": _WARN, "hit": _SERIES[0], "none": _LINE, "up": _SERIES[0], "down": _SERIES[1],
    "even": _SERIES[7], "grid": _LINE, "ideal": MUTED, "error": INK,
}  # fmt: skip
_TEXT = 11.5
_FAINT = {"b": 0.45, "d": 0.3, "none": 0.5}


@dataclass(frozen=True, slots=True)
class _Look:
    """How a shape looks, by the classes that the page's style sheet knows.

    Attributes:
        fill, stroke: None for none.
        opacity: of the fill, 0 to 1.
    """

    fill: Colour | None
    stroke: Colour | None
    opacity: float = 1.0
    width: float = 1.0


def draw(sheet: PdfSheet, svg: str, most: float | None = None) -> None:
    """A drawing as wide as it is, or as the page; it stays on one page."""
    root = ET.fromstring(svg)  # noqa: S314  # our own drawing
    wide, high = float(root.get("width", "1")), float(root.get("height", "1"))
    scale = min(0.75, (most or sheet.width) / wide)
    top = sheet.room(high * scale)
    _Drawer(sheet, MARGIN, top, scale).shapes(root)


@dataclass(frozen=True, slots=True)
class _Drawer:
    """Draws shapes at a place of the page; `scale` in points for a pixel."""

    sheet: PdfSheet
    left: float
    top: float
    scale: float

    def shapes(self, root: ET.Element) -> None:
        """Every shape in the drawing's order."""
        for shape in root.iter():
            kind = shape.tag.rpartition("}")[2]
            if kind == "text":
                self._text(shape)
            elif kind in ("line", "rect", "circle", "polygon", "polyline"):
                self._shape(kind, shape)

    def _shape(self, kind: str, shape: ET.Element) -> None:
        pdf = self.sheet.pdf
        look = _look(shape.get("class", ""), shape.get("style", ""))
        if kind in ("line", "polyline"):
            look = _Look(None, look.stroke or look.fill, 1.0, look.width)
        style = ("D" if look.stroke else "") + ("F" if look.fill else "")
        if not style:
            return
        with pdf.local_context(fill_opacity=look.opacity):
            pdf.set_line_width(look.width * self.scale)
            if look.stroke is not None:
                pdf.set_draw_color(*look.stroke)
            if look.fill is not None:
                pdf.set_fill_color(*look.fill)
            if kind == "line":
                pdf.line(*self._place(shape, "x1", "y1"), *self._place(shape, "x2", "y2"))
            elif kind == "rect":
                size = (_number(shape, "width") * self.scale, _number(shape, "height") * self.scale)
                pdf.rect(*self._place(shape, "x", "y"), *size, style=style)
            elif kind == "circle":
                radius = _number(shape, "r") * self.scale
                x, y = self._place(shape, "cx", "cy")
                pdf.circle(x, y, radius, style=style)
            else:
                points = [
                    (self.left + float(x) * self.scale, self.top + float(y) * self.scale)
                    for x, y in (pair.split(",") for pair in shape.get("points", "").split())
                ]
                if kind == "polygon":
                    pdf.polygon(points, style=style)
                else:
                    pdf.polyline(points)

    def _text(self, shape: ET.Element) -> None:
        size = _TEXT * self.scale
        words = "".join(shape.itertext())
        kinds = shape.get("class", "").split()
        family = "bold" if "strong" in kinds else "sans"
        [line] = self.sheet.wrapped([Stretch(words.replace("\n", " "))], family, size, 1e9)
        used = sum(sign.width for sign in line)
        x, y = self._place(shape, "x", "y")
        x -= {"middle": used / 2, "end": used}.get(shape.get("text-anchor", "start"), 0.0)
        ink = MUTED if {"tick", "axis"} & set(kinds) else INK
        self.sheet.draw_line(line, family, size, ink, (x, y - size * 1.1, used + 1))

    def _place(self, shape: ET.Element, x: str, y: str) -> tuple[float, float]:
        return (
            self.left + _number(shape, x) * self.scale,
            self.top + _number(shape, y) * self.scale,
        )


def _number(shape: ET.Element, name: str) -> float:
    return float(shape.get(name, "0"))


def _look(kinds: str, style: str) -> _Look:
    """What `page.py` says of these classes in its light colours."""
    names = kinds.split()
    colour: Colour = INK
    for name in names:
        if name in _NAMED:
            colour = _NAMED[name]
        elif name[:1] == "s" and name[1:].isdigit():
            colour = _SERIES[int(name[1:]) % len(_SERIES)]
    opacity = next((_FAINT[name] for name in names if name in _FAINT), 1.0)
    for rule in style.split(";"):
        key, _, value = rule.partition(":")
        if key.strip() == "fill-opacity":
            opacity = float(value)
    is_line = bool({"grid", "ideal", "error", "w"} & set(names))
    is_flat = bool({"b", "cell", "none", "hit"} & set(names))
    return _Look(
        fill=None if is_line else colour,
        stroke=None if is_flat else colour,
        opacity=opacity,
        width=1.6 if "w" in names else 1.0,
    )

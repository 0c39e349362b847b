"""Shapes of SVG as text. Colours come from the page's style sheet through class names."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from workbench.experiments.report.axis import Axis, tick_text

SERIES = 8
"""Colours that tell subjects apart; each has a mark of its own too."""


def clean(text: str) -> str:
    """Text for HTML and SVG: escaped, control characters shown as a box."""
    shown = "".join(c if c >= " " or c in "\n\t" else "\ufffd" for c in text)
    return escape(shown.encode("utf-8", "replace").decode("utf-8"))


def shortened(text: str, most: int) -> str:
    """At most so many characters, the middle left out."""
    if len(text) <= most:
        return text
    keep = (most - 1) // 2
    return f"{text[: most - 1 - keep]}…{text[len(text) - keep :]}"


def picture(width: float, height: float, title: str, shapes: Iterable[str]) -> str:
    """A whole drawing; `title` is what a screen reader says."""
    return (
        f'<svg viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}" '
        f'role="img" aria-label="{clean(title)}">{"".join(shapes)}</svg>'
    )


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line of a class."""
    return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" class="{kind}"/>'


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    """Words at a place; `anchor` is start, middle or end."""
    extra = f' class="{kind}"' if kind else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"{extra}>{clean(words)}</text>'


def box(
    x: float, y: float, width: float, height: float, kind: str, hint: str = "", style: str = ""
) -> str:
    """A rectangle; `hint` is shown under the mouse."""
    look = f' style="{style}"' if style else ""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(0.0, width))}" '
        f'height="{_n(max(0.0, height))}" class="{kind}"{look}>{_hint(hint)}</rect>'
    )


def mark(x: float, y: float, series: int, hint: str = "", size: float = 4.5) -> str:
    """The mark of a subject: each has its own shape and colour."""
    kind = f"s{series % SERIES}"
    around = {
        0: None,
        1: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        2: ((0, -1.3), (1.2, 0.9), (-1.2, 0.9)),
        3: ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        4: ((0, 1.3), (1.2, -0.9), (-1.2, -0.9)),
        5: ((-1.3, 0), (0.9, -1.2), (0.9, 1.2)),
        6: ((1.3, 0), (-0.9, -1.2), (-0.9, 1.2)),
        7: ((-1.2, -0.6), (0, -1.3), (1.2, -0.6), (0.8, 1), (-0.8, 1)),
    }[series % SERIES]
    if around is None:
        return dot(x, y, size, kind, hint)
    points = " ".join(f"{_n(x + dx * size)},{_n(y + dy * size)}" for dx, dy in around)
    return f'<polygon points="{points}" class="{kind}">{_hint(hint)}</polygon>'


def dot(x: float, y: float, radius: float, kind: str, hint: str = "") -> str:
    """A round dot of a class."""
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" class="{kind}">{_hint(hint)}</circle>'
    )


def whisker(axis: Axis, low: float | None, high: float | None, y: float, series: int) -> list[str]:
    """An interval along a horizontal axis; nothing where there is none."""
    if low is None or high is None:
        return []
    kind = f"w s{series % SERIES}"
    left, right = axis.at(low), axis.at(high)
    ends = [line(x, y - 3.5, x, y + 3.5, kind) for x in (left, right)]
    return [line(left, y, right, y, kind), *ends]


def x_axis(axis: Axis, top: float, bottom: float) -> list[str]:
    """Grid, numbers and label of a horizontal axis."""
    shapes = []
    for value in axis.ticks():
        x = axis.at(value)
        shapes += [line(x, top, x, bottom, "grid")]
        shapes += [text(x, bottom + 14, tick_text(value), "tick", "middle")]
    middle = (axis.start + axis.end) / 2
    return [*shapes, text(middle, bottom + 30, axis.label, "axis", "middle")]


def y_axis(axis: Axis, left: float, right: float) -> list[str]:
    """Grid, numbers and label (above) of a vertical axis."""
    shapes = []
    for value in axis.ticks():
        y = axis.at(value)
        shapes += [line(left, y, right, y, "grid")]
        shapes += [text(left - 6, y + 4, tick_text(value), "tick", "end")]
    return [*shapes, text(left, min(axis.start, axis.end) - 8, axis.label, "axis")]


def _hint(words: str) -> str:
    return f"<title>{clean(words)}</title>" if words else ""


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")

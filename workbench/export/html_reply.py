"""A reply in HTML: every token on the ground of a figure, words that differ marked."""

from __future__ import annotations

import colorsys
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.core.word_diff import ChangeKind, word_diff
from workbench.export.token_text import Token, groups
from workbench.export.visible import html_text

STEPS = 16
"""Grounds from pale to dark."""
TINTS = ("probability", "entropy", "rank", "none")
"""What a ground can show."""
_DARKEST = {"probability": 8.0, "entropy": 5.0, "rank": math.log(1001)}
"""Where the ground is darkest: nats of surprise, nats of entropy, the natural logarithm of the
rank counted from one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A reply's text as it is shown, and its tokens.

    Attributes:
        tokens: none when they are not known.
    """

    text: str
    tokens: tuple[Token, ...] = ()


def shown(sample: Mapping[str, Any]) -> Shown:
    """The reply of a document. Where tokens are known the text is theirs: a stop text stands in
    it that the reply itself leaves out.
    """
    tokens = tuple(sample.get("tokens") or ())
    if tokens:
        return Shown("".join(group.text for group in groups(tokens)), tokens)
    return Shown(str(sample.get("text") or ""))


def reply_html(reply: Shown, tint: str, base: Shown | None = None) -> str:
    """The reply's tokens; with `base` what only this reply says is `ins`, what only that one
    says is `del`.
    """
    marks, gone = _differences(reply.text, base.text) if base is not None else ([], {})
    places = sorted({place for mark in marks for place in mark} | set(gone))
    out = []
    for start, end, look in _pieces(reply, tint):
        at = start
        inner = places[bisect_right(places, start) : bisect_left(places, end)]
        for cut in [*inner, end]:
            out.append(gone.pop(at, ""))
            if cut > at:
                out.append(_piece(reply.text[at:cut], look, is_new=_is_inside(marks, at)))
            at = cut
    out += gone.values()
    return "".join(out)


def ground(tint: str, token: Token) -> int | None:
    """The step of a token's ground, from 0 to `STEPS` - 1; None where nothing is known."""
    value = token.get({"probability": "logprob"}.get(tint, tint))
    if tint == "none" or value is None:
        return None
    amount = -value if tint == "probability" else math.log(value + 1) if tint == "rank" else value
    return min(STEPS - 1, max(0, int(STEPS * amount / _DARKEST[tint])))


def figures(token: Token) -> str:
    """A token's figures in words."""
    logprob = token.get("logprob")
    if logprob is None:
        return "not scored"
    said = f"{100 * math.exp(logprob):.3g} %, rank {token.get('rank')}"
    entropy = token.get("entropy")
    return said if entropy is None else f"{said}, entropy {entropy:.3g} nats"


def legend_html(tint: str) -> str:
    """What the grounds mean; empty where there are none."""
    if tint == "none":
        return ""
    ends = {
        "probability": ("100 %", f"{100 * math.exp(-_DARKEST['probability']):.2g} % and less"),
        "entropy": ("0 nats", f"{_DARKEST['entropy']:g} nats and more"),
        "rank": ("the likeliest token", "rank 1,000 and more"),
    }
    first, last = ends[tint]
    swatches = "".join(f'<span class="h{n}">&nbsp;</span>' for n in range(STEPS))
    return (
        f'<p class="facts">Ground of a token, by its {tint}: {first} {swatches} {last}.'
        " Point at a token for figures.</p>"
    )


def grounds_css() -> str:
    """The style of the grounds: one hue from white to amber, on which dark text can be read."""
    return "".join(
        f".h{step}{{background:rgb{ground_colour(step)}}}".replace(" ", "") for step in range(STEPS)
    )


def ground_colour(step: int) -> tuple[int, int, int]:
    """Red, green and blue of a ground, 0 to 255."""
    lightness = 0.98 - 0.38 * step / (STEPS - 1)
    red, green, blue = colorsys.hls_to_rgb(38 / 360, lightness, 0.95)
    return round(255 * red), round(255 * green), round(255 * blue)


_Mark = tuple[int, int]
_Look = tuple[str, str]


def _pieces(reply: Shown, tint: str) -> Iterator[tuple[int, int, _Look | None]]:
    """Start, end, class and title of what one token, or several that share a character, say."""
    if not reply.tokens:
        yield 0, len(reply.text), None
        return
    at = 0
    for group in groups(reply.tokens):
        steps = [s for token in group.tokens if (s := ground(tint, token)) is not None]
        # Of tokens that share a character the one shows that was least expected.
        kind = f"t h{max(steps)}" if steps else "t"
        title = " + ".join(figures(token) for token in group.tokens)
        yield at, at + len(group.text), (kind, title)
        at += len(group.text)


def _piece(text: str, look: _Look | None, *, is_new: bool) -> str:
    inside = html_text(text)
    if look is not None:
        inside = f'<span class="{look[0]}" title="{html_text(look[1])}">{inside}</span>'
    return f"<ins>{inside}</ins>" if is_new else inside


def _differences(text: str, base: str) -> tuple[list[_Mark], dict[int, str]]:
    """Stretches of `text` that are new, and by place what of `base` is gone, as HTML."""
    marks: list[_Mark] = []
    gone: dict[int, str] = {}
    for change in word_diff(base, text):
        if change.kind is ChangeKind.EQUAL:
            continue
        if change.b_end > change.b_start:
            marks.append((change.b_start, change.b_end))
        if change.a_end > change.a_start:
            gone[change.b_start] = f"<del>{html_text(base[change.a_start : change.a_end])}</del>"
    return marks, gone


def _is_inside(marks: Sequence[_Mark], at: int) -> bool:
    """Whether one of the marks, which are in order and apart, covers the place."""
    number = bisect_right(marks, at, key=lambda mark: mark[0])
    return number > 0 and at < marks[number - 1][1]

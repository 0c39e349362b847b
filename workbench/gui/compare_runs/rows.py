"""A difference of two runs as the window words it. No Qt."""

from __future__ import annotations

import json

from workbench.core.text import elide
from workbench.experiments.run_diff import ReplyDiff, RunDiff
from workbench.gui.translate import mark, tr, tr_n

NOT_AVAILABLE = "–"
_LONGEST = 200

_GROUPS = {
    "model": mark("Model"),
    "variables": mark("Variables"),
    "sampling": mark("Sampling"),
    "run": mark("Run"),
    "loading": mark("Loading"),
    "engine": mark("Engine"),
}


_TIMINGS = {
    "prefill_tokens": mark("prompt tokens read"),
    "cached_tokens": mark("prompt tokens kept from before"),
    "prefill_tps": mark("reading, tokens/s"),
    "decode_tokens": mark("tokens said"),
    "decode_tps": mark("saying, tokens/s"),
    "beside": mark("replies of other runs beside it"),
    "first_token_ms": mark("first token, ms"),
}


def setting_rows(found: RunDiff) -> list[tuple[str, str, str, str]]:
    """Group, name and both values of everything that differs."""
    rows = [
        (tr(_GROUPS.get(s.group, s.group)), s.name, _value(s.a), _value(s.b))
        for s in found.settings
    ]
    if not found.template:
        a, b = found.a.chat_template, found.b.chat_template
        rows.append((tr("Prompt"), tr("chat template"), _lines(a), _lines(b)))
    return rows


def number_rows(found: RunDiff) -> list[tuple[str, str, str, str]]:
    """What, which, and both figures: scores first, then timings."""
    rows = [
        (
            tr("Score, reply {sample}", sample=s.sample + 1),
            f"{s.metric} v{s.version}",
            _number(s.a),
            _number(s.b),
        )
        for s in found.scores
    ]
    for timing in found.timings:
        name = tr(_TIMINGS.get(timing.name, timing.name))
        rows.append((tr("Timing"), name, _number(timing.a), _number(timing.b)))
    return rows


def token_facts(reply: ReplyDiff) -> str:
    """Where two replies part, token by token."""
    tokens = reply.tokens
    if tokens is None:
        return tr("Tokens cannot be compared: other vocabularies, or no records of them.")
    counts = tr(
        "{n_a:,} and {n_b:,} tokens, {n_equal:,} in both",
        n_a=tokens.n_a,
        n_b=tokens.n_b,
        n_equal=tokens.n_equal,
    )
    first = tokens.first
    if first is None:
        return tr("{n_a:,} tokens, all the same", n_a=tokens.n_a)
    left = _said(first.a is None, first.a_text, first.p_a)
    right = _said(first.b is None, first.b_text, first.p_b)
    return tr(
        "{counts} · they part at token {index:,}: {left} → {right}",
        counts=counts,
        index=first.index + 1,
        left=left,
        right=right,
    )


def _said(ended: bool, text: str, p: float | None) -> str:
    if ended:
        return tr("the end")
    shown = elide(json.dumps(text, ensure_ascii=False), 24)
    return shown if p is None else f"{shown} {100 * p:.3g} %"


def _value(value: object) -> str:
    if value is None:
        return NOT_AVAILABLE
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return elide(text, _LONGEST)


def _lines(template: str | None) -> str:
    if template is None:
        return tr("none")
    count = len(template.splitlines())
    return tr_n("1 line", "{n:,} lines", count)


def _number(value: float | None) -> str:
    return NOT_AVAILABLE if value is None else f"{value:,.4g}"

"""A difference of two runs as the window words it. No Qt."""

from __future__ import annotations

import json

from workbench.core.text import elide
from workbench.experiments.run_diff import ReplyDiff, RunDiff

NOT_AVAILABLE = "–"
_LONGEST = 200

_GROUPS = {
    "model": "Model",
    "variables": "Variables",
    "sampling": "Sampling",
    "run": "Run",
    "loading": "Loading",
    "engine": "Engine",
}


_TIMINGS = {
    "prefill_tokens": "prompt tokens read",
    "cached_tokens": "prompt tokens kept from before",
    "prefill_tps": "reading, tokens/s",
    "decode_tokens": "tokens said",
    "decode_tps": "saying, tokens/s",
    "first_token_ms": "first token, ms",
}


def setting_rows(found: RunDiff) -> list[tuple[str, str, str, str]]:
    """Group, name and both values of everything that differs."""
    rows = [
        (_GROUPS.get(s.group, s.group), s.name, _value(s.a), _value(s.b)) for s in found.settings
    ]
    if not found.template:
        a, b = found.a.chat_template, found.b.chat_template
        rows.append(("Prompt", "chat template", _lines(a), _lines(b)))
    return rows


def number_rows(found: RunDiff) -> list[tuple[str, str, str, str]]:
    """What, which, and both figures: scores first, then timings."""
    rows = [
        (f"Score, reply {s.sample + 1}", f"{s.metric} v{s.version}", _number(s.a), _number(s.b))
        for s in found.scores
    ]
    for timing in found.timings:
        name = _TIMINGS.get(timing.name, timing.name)
        rows.append(("Timing", name, _number(timing.a), _number(timing.b)))
    return rows


def token_facts(reply: ReplyDiff) -> str:
    """Where two replies part, token by token."""
    tokens = reply.tokens
    if tokens is None:
        return "Tokens cannot be compared: other vocabularies, or no records of them."
    counts = f"{tokens.n_a:,} and {tokens.n_b:,} tokens, {tokens.n_equal:,} in both"
    first = tokens.first
    if first is None:
        return f"{tokens.n_a:,} tokens, all the same"
    left = _said(first.a is None, first.a_text, first.p_a)
    right = _said(first.b is None, first.b_text, first.p_b)
    return f"{counts} · they part at token {first.index + 1:,}: {left} → {right}"


def _said(ended: bool, text: str, p: float | None) -> str:
    if ended:
        return "the end"
    shown = elide(json.dumps(text, ensure_ascii=False), 24)
    return shown if p is None else f"{shown} {100 * p:.3g} %"


def _value(value: object) -> str:
    if value is None:
        return NOT_AVAILABLE
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return elide(text, _LONGEST)


def _lines(template: str | None) -> str:
    if template is None:
        return "none"
    count = len(template.splitlines())
    return "1 line" if count == 1 else f"{count:,} lines"


def _number(value: float | None) -> str:
    return NOT_AVAILABLE if value is None else f"{value:,.4g}"

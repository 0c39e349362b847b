"""What a what-if says of a whole reply, in words. No Qt."""

from __future__ import annotations

import math

from workbench.core.what_if import Fate, WhatIf
from workbench.experiments.what_if import Forbidden, Verdict
from workbench.gui.card_data import percent, visible_token
from workbench.gui.microscope.columns import LABELS

_MOST_NAMED = 3


def likely_words(verdict: Verdict) -> str:
    """How likely the reply is now, and was."""
    now = verdict.now
    before = "" if verdict.before is None else f" (drawn at {verdict.before:,.2f})"
    if now.n_counted == 0:
        return "No token of this reply can be judged under these settings."
    if now.is_possible:
        return f"This exact reply: log p {now.logprob:,.2f} nats{before}"
    cannot = now.n_impossible or now.n_chance
    rest = "Not this reply any more; its other" if cannot else "What is known:"
    return f"{rest} {_tokens(now.n_counted)}: log p {now.logprob:,.2f} nats{before}"


def fate_words(found: WhatIf, verdict: Verdict, said: list[str]) -> str:
    """Which tokens could no longer have been said, with the first of them; `said` holds texts."""
    now = verdict.now
    parts = []
    if now.n_impossible:
        names = _names(found, Fate.IMPOSSIBLE, said)
        parts.append(f"{_tokens(now.n_impossible)} could no longer be said: {names}")
    if now.n_chance:
        names = _names(found, Fate.CHANCE, said)
        parts.append(f"{_tokens(now.n_chance)} dropped by chance (XTC, this seed): {names}")
    if now.n_undecided:
        parts.append(f"{_tokens(now.n_undecided)} cannot be decided: a sampler's state is unknown")
    return ". ".join(parts) + "." if parts else "Every token could still be said."


def forbidden_line(one: Forbidden) -> tuple[str, str]:
    """A row of the list: what was wanted and said instead, and how much was taken."""
    wanted = ", ".join(
        f"“{visible_token(c.text)}” {percent(min(1.0, math.exp(c.logprob)))} %" for c in one.wanted
    )
    by = [
        name
        for name, mass in (("ban", one.banned), ("grammar", one.grammar), ("bias", one.biased))
        if mass >= 0.0005
    ]
    said = visible_token(one.said)
    return f"wanted {wanted or '…'}, said “{said}”", f"{percent(one.mass)} % · {', '.join(by)}"


def _tokens(count: int) -> str:
    return "1 token" if count == 1 else f"{count:,} tokens"


def _names(found: WhatIf, fate: Fate, said: list[str]) -> str:
    places = [i for i, f in enumerate(found.fate.tolist()) if f == fate]
    named = [
        f"“{visible_token(said[i])}” ({LABELS.get(found.cutter(i), found.cutter(i))})"
        for i in places[:_MOST_NAMED]
    ]
    more = f" and {len(places) - _MOST_NAMED:,} more" if len(places) > _MOST_NAMED else ""
    return ", ".join(named) + more

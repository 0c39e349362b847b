"""What a what-if says of a whole reply, in words. No Qt."""

from __future__ import annotations

import math

from workbench.core.what_if import Fate, WhatIf
from workbench.experiments.what_if import Forbidden, Verdict
from workbench.gui.card_data import percent, visible_token
from workbench.gui.microscope.columns import LABELS
from workbench.gui.translate import tr, tr_n

_MOST_NAMED = 3


def likely_words(verdict: Verdict) -> str:
    """How likely the reply is now, and was."""
    now = verdict.now
    before = (
        "" if verdict.before is None else tr(" (drawn at {before:,.2f})", before=verdict.before)
    )
    if now.n_counted == 0:
        return tr("No token of this reply can be judged under these settings.")
    if now.is_possible:
        return tr(
            "This exact reply: log p {logprob:,.2f} nats{before}",
            logprob=now.logprob,
            before=before,
        )
    cannot = now.n_impossible or now.n_chance
    rest = tr("Not this reply any more; its other") if cannot else tr("What is known:")
    return tr(
        "{rest} {tokens}: log p {logprob:,.2f} nats{before}",
        rest=rest,
        tokens=_tokens(now.n_counted),
        logprob=now.logprob,
        before=before,
    )


def fate_words(found: WhatIf, verdict: Verdict, said: list[str]) -> str:
    """Which tokens could no longer have been said, with the first of them; `said` holds texts."""
    now = verdict.now
    parts = []
    if now.n_impossible:
        names = _names(found, Fate.IMPOSSIBLE, said)
        parts.append(
            tr(
                "{tokens} could no longer be said: {names}",
                tokens=_tokens(now.n_impossible),
                names=names,
            )
        )
    if now.n_chance:
        names = _names(found, Fate.CHANCE, said)
        parts.append(
            tr(
                "{tokens} dropped by chance (XTC, this seed): {names}",
                tokens=_tokens(now.n_chance),
                names=names,
            )
        )
    if now.n_undecided:
        parts.append(
            tr(
                "{tokens} cannot be decided: a sampler's state is unknown",
                tokens=_tokens(now.n_undecided),
            )
        )
    return ". ".join(parts) + "." if parts else tr("Every token could still be said.")


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
    return tr(
        "wanted {wanted}, said “{said}”", wanted=wanted or "…", said=said
    ), f"{percent(one.mass)} % · {', '.join(by)}"


def _tokens(count: int) -> str:
    return tr_n("1 token", "{n:,} tokens", count)


def _names(found: WhatIf, fate: Fate, said: list[str]) -> str:
    places = [i for i, f in enumerate(found.fate.tolist()) if f == fate]
    named = [
        f"“{visible_token(said[i])}” ({tr(LABELS.get(found.cutter(i), found.cutter(i)))})"
        for i in places[:_MOST_NAMED]
    ]
    more = (
        tr(" and {n_places:,} more", n_places=len(places) - _MOST_NAMED)
        if len(places) > _MOST_NAMED
        else ""
    )
    return ", ".join(named) + more

"""What the microscope says in words: one cell, one stage, the whole picture. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.experiments.microscope import Microscope, StageView, TokenPath
from workbench.gui.card_data import percent, visible_token
from workbench.gui.microscope.columns import LABELS


def stage_label(stage: StageView) -> str:
    """The name a person reads."""
    return LABELS.get(stage.name, stage.name)


def stage_words(found: Microscope, number: int) -> str:
    """One stage: what is left, and of what."""
    stage = found.stages[number]
    whole = found.stages[0].n
    left = f"{stage.n:,} of {whole:,} tokens left, {percent(stage.mass)} % of the model's mass"
    if stage.name == "xtc" and found.xtc_chance is not None:
        left = f"{left} · it acts at {percent(found.xtc_chance)} % of the tokens, by the run's seed"
    if number and not stage.changed:
        return f"{stage_label(stage)}: changes nothing here · {left}"
    return f"{stage_label(stage)}: {left}"


def cell_facts(found: Microscope, rows: Sequence[TokenPath], row: int, number: int) -> str:
    """The cell in `row` (-1: the head; behind the last: all others) of stage `number`."""
    if row < 0:
        return stage_words(found, number)
    stage = found.stages[number]
    name = stage_label(stage)
    if row >= len(rows):
        return f"all other tokens after {name}: {percent(stage.others)} %"
    token = rows[row]
    quoted = f"“{visible_token(token.text)}” · id {token.id:,}"
    now = token.p[number]
    before = token.p[number - 1] if number else None
    if now is not None:
        was = "" if before is None or before == now else f" (before: {percent(before)} %)"
        return f"{quoted} · after {name}: {percent(now)} %{was}"
    if before is not None:
        return f"{quoted} · dropped by {name} at {percent(before)} %"
    return f"{quoted} · dropped before {name}"


def spoken(found: Microscope) -> str:
    """The picture for a screen reader."""
    busy = [s for i, s in enumerate(found.stages) if i == 0 or s.changed]
    parts = [
        f"{stage_label(s)} leaves {s.n:,} tokens, {percent(s.mass)} % of the mass" for s in busy
    ]
    said = next((t for t in found.tokens if t.said), None)
    if said is not None:
        text = f"“{visible_token(said.text)}”"
        if said.cut_at is None:
            parts.append(f"{text} comes through with {percent(said.p[-1])} %")
        else:
            parts.append(f"{text} is dropped by {stage_label(found.stages[said.cut_at])}")
    return "; ".join(parts)

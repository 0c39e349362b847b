"""What the microscope says in words: one cell, one stage, the whole picture. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.experiments.microscope import Microscope, StageView, TokenPath
from workbench.gui.card_data import percent, visible_token
from workbench.gui.microscope.columns import LABELS
from workbench.gui.translate import tr


def stage_label(stage: StageView) -> str:
    """The name a person reads."""
    return tr(LABELS.get(stage.name, stage.name))


def stage_words(found: Microscope, number: int) -> str:
    """One stage: what is left, and of what."""
    stage = found.stages[number]
    whole = found.stages[0].n
    left = tr(
        "{number:,} of {whole:,} tokens left, {mass} % of the model's mass",
        number=stage.n,
        whole=whole,
        mass=percent(stage.mass),
    )
    if stage.name == "xtc" and found.xtc_chance is not None:
        left = tr(
            "{left} · it acts at {xtc_chance} % of the tokens, by the run's seed",
            left=left,
            xtc_chance=percent(found.xtc_chance),
        )
    if number and not stage.changed:
        return tr(
            "{stage_label}: changes nothing here · {left}",
            stage_label=stage_label(stage),
            left=left,
        )
    return f"{stage_label(stage)}: {left}"


def cell_facts(found: Microscope, rows: Sequence[TokenPath], row: int, number: int) -> str:
    """The cell in `row` (-1: the head; behind the last: all others) of stage `number`."""
    if row < 0:
        return stage_words(found, number)
    stage = found.stages[number]
    name = stage_label(stage)
    if row >= len(rows):
        return tr(
            "all other tokens after {name}: {others} %",
            name=name,
            others=percent(found.others(rows, number)),
        )
    token = rows[row]
    quoted = tr("“{words}” · id {id:,}", words=visible_token(token.text), id=token.id)
    now = token.p[number]
    before = token.p[number - 1] if number else None
    if now is not None:
        was = (
            ""
            if before is None or before == now
            else tr(" (before: {before} %)", before=percent(before))
        )
        return tr(
            "{quoted} · after {name}: {now} %{was}",
            quoted=quoted,
            name=name,
            now=percent(now),
            was=was,
        )
    if before is not None:
        return tr(
            "{quoted} · dropped by {name} at {before} %",
            quoted=quoted,
            name=name,
            before=percent(before),
        )
    return tr("{quoted} · dropped before {name}", quoted=quoted, name=name)


def spoken(found: Microscope) -> str:
    """The picture for a screen reader."""
    busy = [s for i, s in enumerate(found.stages) if i == 0 or s.changed]
    parts = [
        tr(
            "{stage_label} leaves {number:,} tokens, {mass} % of the mass",
            stage_label=stage_label(s),
            number=s.n,
            mass=percent(s.mass),
        )
        for s in busy
    ]
    said = next((t for t in found.tokens if t.said), None)
    if said is not None:
        text = f"“{visible_token(said.text)}”"
        if said.cut_at is None:
            parts.append(tr("{words} comes through with {p} %", words=text, p=percent(said.p[-1])))
        else:
            parts.append(
                tr(
                    "{words} is dropped by {stage_label}",
                    words=text,
                    stage_label=stage_label(found.stages[said.cut_at]),
                )
            )
    return "; ".join(parts)

"""Where the microscope's columns and rows stand. Layout only; no Qt widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.experiments.microscope import Microscope, StageView, TokenPath
from workbench.gui.translate import mark, tr

NAMES_WIDTH = 112.0
HEAD_HEIGHT = 58.0
ROW_HEIGHT = 19.0
_IDLE_WIDTH = 25.0
_LEAST_WIDTH = 62.0
_MOST_WIDTH = 190.0

LABELS = {
    mark("model"): mark("model"),
    "logit_bias": mark("bans, bias"),
    mark("grammar"): mark("grammar"),
    mark("penalties"): mark("penalties"),
    "dry": "DRY",
    "top_n_sigma": "top-n-σ",
    "top_k": "top-k",
    "typ_p": "typical-p",
    "top_p": "top-p",
    "min_p": "min-p",
    "xtc": "XTC",
    mark("temperature"): mark("temperature"),
    "infill": "infill",
    "mirostat": "mirostat",
    "adaptive_p": "adaptive-p",
    "dist": mark("draw"),
}
"""What a person reads over each stage."""

_FIXED = (mark("model"), "logit_bias", mark("grammar"), "mirostat", "adaptive_p", "dist")


@dataclass(frozen=True, slots=True)
class Column:
    """One stage on the screen.

    Attributes:
        number: of the stage.
        left, width: in pixels.
        idle: whether it changes nothing here and is drawn narrow.
        movable: whether a person may put it elsewhere in the order.
    """

    number: int
    label: str
    left: float
    width: float
    idle: bool
    movable: bool

    @property
    def right(self) -> float:
        """Where the next one begins."""
        return self.left + self.width


def columns(stages: Sequence[StageView], width: float) -> tuple[Column, ...]:
    """A column per stage over `width` pixels; those that do nothing are narrow."""
    steers = any(stage.name == "mirostat" for stage in stages)
    idle = [number > 0 and not stage.changed for number, stage in enumerate(stages)]
    busy = max(1, idle.count(False))
    room = width - NAMES_WIDTH - _IDLE_WIDTH * idle.count(True)
    each = min(_MOST_WIDTH, max(_LEAST_WIDTH, room / busy))
    found = []
    left = NAMES_WIDTH
    for number, stage in enumerate(stages):
        wide = _IDLE_WIDTH if idle[number] else each
        movable = stage.name not in _FIXED and not steers
        label = tr(LABELS.get(stage.name, stage.name))
        found.append(Column(number, label, left, wide, idle[number], movable))
        left += wide
    return tuple(found)


def column_at(found: Sequence[Column], x: float) -> int:
    """The column under `x`; -1 beside them."""
    return next((i for i, c in enumerate(found) if c.left <= x < c.right), -1)


def drop_place(found: Sequence[Column], x: float) -> int | None:
    """In front of which of the movable columns (by count) a column let go at `x` comes to stand."""
    movable = [c for c in found if c.movable]
    if not movable:
        return None
    return sum(1 for c in movable if x > (c.left + c.right) / 2)


def moved(names: Sequence[str], name: str, place: int) -> tuple[str, ...]:
    """`names` with `name` put in front of number `place` of the old order."""
    before = list(names)
    at = before.index(name)
    before.insert(place, name)
    del before[at if place > at else at + 1]
    return tuple(before)


def rows_that_fit(found: Microscope, height: float) -> tuple[TokenPath, ...]:
    """The likeliest tokens that fit, and the said one always; one more row holds the others."""
    room = max(1, int((height - HEAD_HEIGHT) // ROW_HEIGHT) - 1)
    shown = list(found.tokens[:room])
    said = next((t for t in found.tokens if t.said), None)
    if said is not None and said not in shown:
        shown[-1] = said
    return tuple(shown)


def cut_lines(rows: Sequence[TokenPath], stage: int) -> tuple[int, ...]:
    """Below which rows a stage's cut runs: one neighbour goes on, the other ends there."""
    fates = [_fate(row, stage) for row in rows]
    return tuple(
        index
        for index in range(len(fates) - 1)
        if None not in (fates[index], fates[index + 1]) and fates[index] != fates[index + 1]
    )


def _fate(row: TokenPath, stage: int) -> bool | None:
    """Whether a row goes on behind a stage; None when it did not reach it."""
    if stage == 0 or row.p[stage - 1] is None:
        return None
    return row.p[stage] is not None

"""The columns that the table of runs can show. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from workbench.gui.translate import day, mark, tr
from workbench.history.listing import RunLine

SCORE = "score:"
"""Before the metric's name in the key of a score's column."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        width: in pixels, to begin with.
        text: what stands in a cell; empty for what a run has not.
        order: what a click on its head orders by, one of `listing.ORDERS`; empty for nothing.
        right: numbers stand at the right.
    """

    key: str
    label: str
    width: int
    text: Callable[[RunLine], str]
    order: str = ""
    right: bool = False


def when(created_us: int) -> str:
    """A time as a person reads it: today's by the clock, this year's without the year."""
    # In the person's own zone, of which `datetime` need not be told: that takes longer.
    then = datetime.fromtimestamp(created_us / 1e6)  # noqa: DTZ006
    today = date.today()  # noqa: DTZ011
    if then.date() == today:
        return f"{then:%H:%M:%S}"
    return day(then, "dd MMM HH:mm" if then.year == today.year else "dd MMM yyyy")


def _number(value: float | None, digits: int = 0) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def said(line: RunLine) -> str:
    """What the run said, or why it said nothing."""
    if line.reply.strip():
        return line.reply
    return line.error or tr({"done": mark("empty reply")}.get(line.status, line.status))


def created(line: RunLine) -> str:
    """When the run began; with a sign when it is only in memory."""
    return f"⚠ {when(line.created_us)}" if line.unsaved else when(line.created_us)


def status(line: RunLine) -> str:
    """What became of the run, where that is not the usual."""
    if line.unsaved and line.status != "running":
        return tr("not saved")
    return tr(_STATUS.get(line.status, line.status))


_STATUS = {"done": "", "cancelled": mark("stopped")}

COLUMNS: tuple[Column, ...] = (
    Column("starred", "★", 26, lambda r: "★" if r.starred else ""),
    Column("created", mark("Time"), 98, created, "created"),
    Column("prompt", mark("Prompt"), 112, lambda r: r.prompt_name, "prompt"),
    Column("version", "v", 34, lambda r: "" if r.version is None else f"{r.version}", right=True),
    Column("reply", mark("Reply"), 186, said),
    Column("model", mark("Model"), 84, lambda r: r.model, "model"),
    Column("tags", mark("Tags"), 84, lambda r: " ".join(r.tags)),
    Column("rating", mark("Rating"), 56, lambda r: _short(r.rating), "rating", right=True),
    Column("tokens", mark("Tokens"), 64, lambda r: _number(r.n_tokens), "tokens", right=True),
    Column("speed", mark("Tokens/s"), 72, lambda r: _number(r.decode_tps, 1), "speed", right=True),
    Column("first", mark("First ms"), 70, lambda r: _number(r.first_token_ms, 1), right=True),
    Column("seconds", mark("Seconds"), 70, lambda r: _number(r.seconds, 2), right=True),
    Column("temperature", mark("Temp"), 54, lambda r: _short(r.temperature), right=True),
    Column("top_k", "Top-k", 54, lambda r: _short(r.top_k), right=True),
    Column("top_p", "Top-p", 54, lambda r: _short(r.top_p), right=True),
    Column("min_p", "Min-p", 54, lambda r: _short(r.min_p), right=True),
    Column("seed", mark("Seed"), 90, lambda r: f"{r.seed}", right=True),
    Column("samples", mark("Samples"), 64, lambda r: f"{r.n_samples}", right=True),
    Column("status", mark("Status"), 78, status),
    Column("finish", mark("Ended by"), 72, lambda r: r.finish),
    Column("text", mark("Exact prompt"), 230, lambda r: r.prompt),
    Column("note", mark("Note"), 160, lambda r: r.note),
    Column("name", mark("Name"), 90, lambda r: r.name),
    Column("experiment", mark("Experiment"), 110, lambda r: r.experiment),
    Column("quantization", mark("Quant"), 64, lambda r: r.quantization),
    Column("run", mark("Run id"), 190, lambda r: r.run_id),
)

DEFAULT: tuple[str, ...] = ("starred", "created", "prompt", "reply", "model", "tags", "tokens")

_BY_KEY = {column.key: column for column in COLUMNS}


def column_of(key: str) -> Column | None:
    """The column with this key; a score's column is made; None for an unknown key."""
    if key.startswith(SCORE) and len(key) > len(SCORE):
        name = key.removeprefix(SCORE)
        return Column(key, name, 78, partial(_score, name), right=True)
    return _BY_KEY.get(key)


def columns_of(keys: Sequence[object]) -> tuple[Column, ...]:
    """The columns with these keys in their order, unknown ones left out; never none."""
    found = [column_of(key) for key in dict.fromkeys(k for k in keys if isinstance(k, str))]
    known = tuple(column for column in found if column is not None)
    return known or tuple(_BY_KEY[key] for key in DEFAULT)


def _score(name: str, line: RunLine) -> str:
    return _short(round(line.scores[name], 4)) if name in line.scores else ""

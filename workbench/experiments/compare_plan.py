"""Which columns of a comparison run at once: models that fit into memory together, in waves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.engine.gguf import default_ctx, read_header
from workbench.engine.hardware import memory_bytes, usable_cores
from workbench.templates.prompt_file import PromptFile


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a model, a prompt, settings and a seed.

    Attributes:
        seed: of the first sample.
        label: what tells it from the others; may be empty.
        chat_template: Jinja2 source in place of the model's own; None for the model's.
    """

    model: Path
    prompt: PromptFile
    sampling: Sampling
    seed: int
    values: dict[str, object] = field(default_factory=dict)
    settings: EngineSettings = field(default_factory=EngineSettings)
    n_samples: int = 1
    label: str = ""
    chat_template: str | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """Columns that run at once.

    Attributes:
        columns: their numbers.
        settings: of each of them, with the processor's cores shared out.
        needed_bytes: estimated memory of its models; None where nothing could be read.
    """

    columns: tuple[int, ...]
    settings: tuple[EngineSettings, ...]
    needed_bytes: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The waves, one after another.

    Attributes:
        available_bytes: memory that was free; None where the system does not tell.
    """

    waves: tuple[Wave, ...]
    available_bytes: int | None

    @property
    def all_fit(self) -> bool:
        """Whether the models of all waves fit into memory together and can stay loaded."""
        if self.available_bytes is None:
            return len(self.waves) == 1
        return sum(wave.needed_bytes or 0 for wave in self.waves) <= self.available_bytes


def column_plan(column: Column) -> dict[str, object]:
    """A column as JSON values, for the history."""
    return {
        "model": str(column.model),
        "prompt_name": column.prompt.name,
        "prompt_source": column.prompt.source,
        "values": dict(column.values),
        "sampling": column.sampling.to_dict(),
        "settings": {
            f.name: _plain(getattr(column.settings, f.name)) for f in fields(column.settings)
        },
        "seed": column.seed,
        "n_samples": column.n_samples,
        "label": column.label,
    }


def _plain(value: object) -> object:
    return [list(v) for v in value] if isinstance(value, tuple) else value


def plan(columns: Sequence[Column], at_once: int | None = None) -> Plan:
    """Put columns into as few waves as memory allows, in their order.

    A model that fits into no wave has one of its own; loading it says what it lacks. A file that
    cannot be read is left to its column.

    Args:
        at_once: how many models may run at once; None takes one per core, at least two.

    Raises:
        UserError: there are no columns.
    """
    if not columns:
        raise UserError("There is nothing to compare.", "Add a column, or name a model with -m.")
    limit = at_once if at_once is not None else max(2, usable_cores())
    memory = memory_bytes()
    available = None if memory is None else memory[1]
    needs = {_key(c): _needed(c) for c in columns}
    waves: list[dict[tuple[Path, EngineSettings], list[int]]] = []
    for number, column in enumerate(columns):
        key = _key(column)
        home = next((w for w in waves if key in w), None)
        if home is None:
            home = next(
                (w for w in waves if len(w) < limit and _fits(w, key, needs, available)), None
            )
        if home is None:
            home = {}
            waves.append(home)
        home.setdefault(key, []).append(number)
    return Plan(tuple(_wave(w, columns, needs) for w in waves), available)


def _key(column: Column) -> tuple[Path, EngineSettings]:
    return column.model.absolute(), column.settings


def _needed(column: Column) -> int | None:
    try:
        header = read_header(column.model)
    except UserError:
        return None
    n_ctx = column.settings.n_ctx or default_ctx(header.info)
    return header.memory_needed(n_ctx, column.settings.kv_type)


def _fits(
    wave: dict[tuple[Path, EngineSettings], list[int]],
    key: tuple[Path, EngineSettings],
    needs: dict[tuple[Path, EngineSettings], int | None],
    available: int | None,
) -> bool:
    if available is None:
        return True
    return sum(needs[k] or 0 for k in [*wave, key]) <= available


def _wave(
    models: dict[tuple[Path, EngineSettings], list[int]],
    columns: Sequence[Column],
    needs: dict[tuple[Path, EngineSettings], int | None],
) -> Wave:
    numbers = sorted(n for some in models.values() for n in some)
    share = max(1, usable_cores() // len(models))
    settings = tuple(
        replace(s, n_threads=share) if len(models) > 1 and not s.n_threads else s
        for s in (columns[n].settings for n in numbers)
    )
    known = [needs[k] for k in models]
    total = None if None in known else sum(n or 0 for n in known)
    return Wave(tuple(numbers), settings, total)

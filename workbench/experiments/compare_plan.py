"""Which columns of a comparison run at once: models that fit into memory together, in waves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.memory import Need, Room
from workbench.core.remote import remote_address
from workbench.core.sampling import Sampling
from workbench.engine.fits import memory_need
from workbench.engine.gguf import read_header
from workbench.engine.hardware import default_threads, memory_bytes, usable_cores
from workbench.templates.prompt_file import PromptFile

if TYPE_CHECKING:
    from workbench.core.types import ModelInfo
    from workbench.experiments.session import Session


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
        need: estimated memory of its models; None where one could not be read.
    """

    columns: tuple[int, ...]
    settings: tuple[EngineSettings, ...]
    need: Need | None

    @property
    def needed_bytes(self) -> int | None:
        """The processor's part of `need`."""
        return None if self.need is None else self.need.ram


@dataclass(frozen=True, slots=True)
class Plan:
    """The waves, one after another.

    Attributes:
        room: memory that was free.
    """

    waves: tuple[Wave, ...]
    room: Room

    @property
    def available_bytes(self) -> int | None:
        """The processor's part of `room`."""
        return self.room.ram

    @property
    def all_fit(self) -> bool:
        """Whether the models of all waves fit into memory together and can stay loaded."""
        if self.room.ram is None and self.room.gpu is None:
            return len(self.waves) == 1
        total = sum((w.need for w in self.waves if w.need is not None), Need())
        return self.room.holds(total)

    def wave_of(self, column: int) -> int:
        """In which wave a column runs, from 0."""
        return next(n for n, wave in enumerate(self.waves) if column in wave.columns)


def column_plan(column: Column) -> dict[str, object]:
    """A column as JSON values, for the history."""
    return {
        "model": str(column.model),
        "prompt_name": column.prompt.name,
        "prompt_source": column.prompt.source,
        "prompt_raw": column.prompt.text is not None and column.prompt.text == column.prompt.source,
        "values": dict(column.values),
        "sampling": column.sampling.to_dict(),
        "settings": {
            f.name: _plain(getattr(column.settings, f.name)) for f in fields(column.settings)
        },
        "seed": column.seed,
        "n_samples": column.n_samples,
        "label": column.label,
        "chat_template": column.chat_template,
    }


def _plain(value: object) -> object:
    return [list(v) for v in value] if isinstance(value, tuple) else value


Key = tuple[Path, EngineSettings]


def plan(
    columns: Sequence[Column],
    at_once: int | None = None,
    room: Room | None = None,
    *,
    gpu: bool = False,
    held: Callable[[Path, EngineSettings], bool] = lambda _path, _settings: False,
) -> Plan:
    """Put columns into as few waves as memory allows, in their order.

    A model that fits into no wave has one of its own; loading it says what it lacks. A file that
    cannot be read is left to its column.

    Args:
        at_once: how many models may run at once; None takes one per core, at least two.
        room: memory that is free; None asks the system, and knows of no GPU.
        gpu: whether this build puts layers on a GPU.
        held: whether a model is loaded already and takes no more memory than it has.

    Raises:
        UserError: there are no columns.
    """
    if not columns:
        raise UserError("There is nothing to compare.", "Add a column, or name a model with -m.")
    limit = at_once if at_once is not None else max(2, usable_cores())
    free = free_ram() if room is None else room
    distinct = len({_key(c) for c in columns})
    share = max(1, usable_cores() // min(limit, distinct))
    needs = {_key(c): _needed(c, gpu, held, share if distinct > 1 else 0) for c in columns}
    waves: list[dict[Key, list[int]]] = []
    for number, column in enumerate(columns):
        key = _key(column)
        home = next((w for w in waves if key in w), None)
        if home is None:
            home = next(
                (w for w in waves if len(w) < limit and free.holds(_sum([*w, key], needs))), None
            )
        if home is None:
            home = {}
            waves.append(home)
        home.setdefault(key, []).append(number)
    return Plan(tuple(_wave(w, columns, needs) for w in waves), free)


def model_needs(
    session: Session, models: Sequence[ModelInfo], settings: EngineSettings
) -> tuple[dict[str, Need], Room]:
    """What each model would take of memory, by its path, and what is free; may take a second.

    A model that is loaded takes none more; one that cannot be read is left out.
    """
    free, gpu = session.memory()
    found: dict[str, Need] = {}
    for model in models:
        path = Path(model.path)
        if remote_address(path) is not None or session.is_held(path, settings):
            found[model.path] = Need()
            continue
        with suppress(UserError):
            found[model.path] = memory_need(read_header(path), settings, gpu=gpu)
    return found, free


def free_ram() -> Room:
    """What the system says of the processor's memory alone."""
    memory = memory_bytes()
    return Room(None if memory is None else memory[1])


def _key(column: Column) -> Key:
    return column.model.absolute(), column.settings


def _needed(
    column: Column, gpu: bool, held: Callable[[Path, EngineSettings], bool], share: int
) -> Need | None:
    if remote_address(column.model) is not None:
        return Need()  # of the server's memory, which is not ours to share out
    if held(column.model.absolute(), _shared(column, share)):
        return Need()
    try:
        header = read_header(column.model)
    except UserError:
        return None
    return memory_need(header, column.settings, gpu=gpu)


def _sum(keys: Iterable[Key], needs: Mapping[Key, Need | None]) -> Need:
    return sum((need for key in keys if (need := needs[key]) is not None), Need())


def _wave(
    models: dict[Key, list[int]], columns: Sequence[Column], needs: Mapping[Key, Need | None]
) -> Wave:
    numbers = sorted(n for some in models.values() for n in some)
    share = max(1, usable_cores() // len(models)) if len(models) > 1 else 0
    settings = tuple(_shared(columns[n], share) for n in numbers)
    known = all(needs[k] is not None for k in models)
    return Wave(tuple(numbers), settings, _sum(models, needs) if known else None)


def _shared(column: Column, share: int) -> EngineSettings:
    """A column's settings with its share of the cores (0: all), if it takes more by itself.

    Settings stay as they are where they can: the same settings are the same loaded model.
    """
    settings = column.settings
    if settings.n_threads or not share:
        return settings
    try:
        alone = default_threads(read_header(column.model).info.n_params)
    except UserError:
        return settings
    return settings if alone <= share else replace(settings, n_threads=share)

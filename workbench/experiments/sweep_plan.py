"""A sweep as it is planned: axes and cells, and both as JSON values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.core.sampling import PARAMETERS, Sampling, canonical_name
from workbench.core.sampling_input import check_seed, with_values
from workbench.core.text import elide
from workbench.experiments.compare_plan import Column
from workbench.templates.fragments import Fragments
from workbench.templates.prompt_file import PromptFile, parse_prompt, raw_prompt
from workbench.templates.variables import coerce_values

MODEL, PROMPT, SEED, VARIABLE = "model", "prompt", "seed", "var:"
SWEEP = "sweep"
"""What the history calls sweeps, and how the name of each begins."""
MAX_CELLS = 100_000


@dataclass(frozen=True, slots=True)
class Axis:
    """What changes from cell to cell.

    Attributes:
        name: a decoding parameter, "model", "prompt", "seed", or "var:" and a variable's name.
        values: as a person wrote them; of models and prompts what they are called.
    """

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """Everything that makes a sweep repeatable.

    Attributes:
        axes: the first one changes slowest.
        models, prompts: one each, or as many as the axis of that name has values.
        values: variables as a person wrote them.
        seed: of the first sample of every cell, unless there is an axis of seeds.
        is_list: whether the axes go side by side (all of one length) instead of crossing.
        chat_template: Jinja2 source in place of the models' own; None for theirs.
    """

    axes: tuple[Axis, ...]
    models: tuple[Path, ...]
    prompts: tuple[PromptFile, ...]
    values: Mapping[str, object]
    sampling: Sampling
    seed: int
    n_samples: int = 1
    settings: EngineSettings = field(default_factory=EngineSettings)
    is_list: bool = False
    chat_template: str | None = None

    @property
    def n_cells(self) -> int:
        """How many cells there are."""
        lengths = [len(axis.values) for axis in self.axes]
        return min(lengths) if self.is_list else math.prod(lengths)

    def place(self, cell: int) -> tuple[int, ...]:
        """Which value of each axis a cell has."""
        if self.is_list:
            return (cell,) * len(self.axes)
        place = []
        for axis in reversed(self.axes):
            cell, index = divmod(cell, len(axis.values))
            place.append(index)
        return tuple(reversed(place))

    def at(self, cell: int) -> dict[str, str]:
        """The values of a cell, by axis."""
        return {
            axis.name: axis.values[index]
            for axis, index in zip(self.axes, self.place(cell), strict=True)
        }

    def index_of(self, name: str, cell: int) -> int:
        """Which value of one axis a cell has; 0 where there is no such axis."""
        for axis, index in zip(self.axes, self.place(cell), strict=True):
            if axis.name == name:
                return index
        return 0

    def text_of(self, cell: int) -> tuple[int, ...]:
        """Equal for cells whose model and prompt text are the same; models are apart first."""
        variables = (
            index
            for axis, index in zip(self.axes, self.place(cell), strict=True)
            if axis.name.startswith(VARIABLE)
        )
        return (self.index_of(MODEL, cell), self.index_of(PROMPT, cell), *variables)

    def column(self, cell: int, fragments: Fragments | None) -> Column:
        """What a cell runs.

        Raises:
            UserError: a value does not fit its parameter or variable.
        """
        at = self.at(cell)
        parameters = {n: v for n, v in at.items() if n in PARAMETERS}
        variables = {n.removeprefix(VARIABLE): v for n, v in at.items() if n.startswith(VARIABLE)}
        prompt = self.prompts[self.index_of(PROMPT, cell)]
        return Column(
            model=self.models[self.index_of(MODEL, cell)],
            prompt=prompt,
            sampling=with_values(self.sampling, parameters),
            seed=check_seed(_whole(at[SEED])) if SEED in at else self.seed,
            values=coerce_values(prompt, {**self.values, **variables}, fragments),
            settings=self.settings,
            n_samples=self.n_samples,
            chat_template=self.chat_template,
        )


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise UserError(f"seed must be a whole number, not {elide(text, 40)}.") from error


def checked(plan: SweepPlan, fragments: Fragments | None) -> SweepPlan:
    """The plan with axes by llama.cpp's names, if every cell can be made.

    Raises:
        UserError: no axis, an axis without values or named twice, too many cells, axes of
            different lengths in a list, or a value that does not fit.
    """
    axes = tuple(replace(axis, name=_axis_name(axis.name)) for axis in plan.axes)
    if not axes:
        raise UserError("A sweep needs at least one axis.", "Add --axis temperature=0.2,0.8.")
    for axis in axes:
        if not axis.values:
            raise UserError(f"The axis {axis.name} has no values.")
        if len(set(axis.values)) < len(axis.values):
            raise UserError(f"The axis {axis.name} has a value twice.")
    names = [axis.name for axis in axes]
    if len(set(names)) < len(names):
        raise UserError("Two axes have the same name.")
    if plan.is_list and len({len(axis.values) for axis in axes}) > 1:
        raise UserError("In a list every axis has the same number of values.")
    made = replace(plan, axes=axes)
    for name, things in ((MODEL, made.models), (PROMPT, made.prompts)):
        wanted = next((len(a.values) for a in axes if a.name == name), 1)
        if len(things) != wanted:
            raise UserError(f"The axis {name} has {wanted} values for {len(things)} of them.")
    if made.n_cells > MAX_CELLS:
        raise UserError(f"That would be {made.n_cells:,} cells; {MAX_CELLS:,} are possible.")
    for cell in _one_of_each(made):
        made.column(cell, fragments)
    return made


def _axis_name(name: str) -> str:
    if name in (MODEL, PROMPT, SEED) or name.startswith(VARIABLE):
        return name
    try:
        return canonical_name(name)
    except UserError as error:
        known = [MODEL, PROMPT, SEED, *PARAMETERS]
        raise UserError(
            f"There is nothing named {name} to sweep over.",
            f"{did_you_mean(name, known)} A variable is var:{name}.",
        ) from error


def _one_of_each(plan: SweepPlan) -> list[int]:
    """Cells in which every value of every axis occurs at least once."""
    longest = max(len(axis.values) for axis in plan.axes)
    if plan.is_list:
        return list(range(longest))
    cells = []
    for step in range(longest):
        cell = 0
        for axis in plan.axes:
            cell = cell * len(axis.values) + min(step, len(axis.values) - 1)
        cells.append(cell)
    return cells


def in_order(plan: SweepPlan) -> list[int]:
    """Cells in the order they run: models one after another, then prompts, so that each model
    is loaded once and a prompt's beginning stays in the cache."""
    return sorted(range(plan.n_cells), key=lambda cell: (plan.text_of(cell), cell))


def prompt_record(prompt: PromptFile) -> dict[str, object]:
    """A prompt as JSON values."""
    return {
        "name": prompt.name,
        "source": prompt.source,
        "path": None if prompt.path is None else str(prompt.path),
        "raw": prompt.text is not None and prompt.text == prompt.source,
    }


def prompt_from(record: Mapping[str, object]) -> PromptFile:
    """The prompt that `prompt_record` was given.

    Raises:
        UserError: its source is no prompt file any more.
    """
    name, source = str(record["name"]), str(record["source"])
    if record["raw"]:
        return raw_prompt(source, name)
    path = record["path"]
    return parse_prompt(source, name, Path(str(path)) if path else None)


def axes_from(records: Sequence[Mapping[str, object]]) -> tuple[Axis, ...]:
    """Axes from JSON values."""
    axes = []
    for record in records:
        values = record["values"]
        texts = tuple(map(str, values)) if isinstance(values, list) else ()
        axes.append(Axis(str(record["name"]), texts))
    return tuple(axes)

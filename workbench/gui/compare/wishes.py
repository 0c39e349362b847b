"""What a person wants to stand in the columns, and the columns made from it. No Qt; any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.core.paths import Profile
from workbench.core.sampling import PRESETS, Sampling
from workbench.core.types import ModelInfo
from workbench.experiments.compare_plan import Column
from workbench.experiments.models import list_models
from workbench.experiments.session import Prepared

MOST = 16


@dataclass(frozen=True, slots=True)
class Wish:
    """One column.

    Attributes:
        preset: name of a bundled preset; empty for the settings of the prompt workspace.
        seed_shift: added to the seed all columns share.
    """

    model: ModelInfo
    preset: str = ""
    seed_shift: int = 0

    @property
    def title(self) -> str:
        """What the column is called behind its letter."""
        return f"{self.model.name} {self.model.quantization}"

    def about(self, sampling: Sampling) -> str:
        """Size and settings in a few words."""
        used = self.sampling(sampling)
        parts = [
            f"{self.model.size_bytes / 1e6:,.1f} MB",
            f"T {used.temperature:g}",
            f"top-p {used.top_p:g}",
        ]
        if self.preset:
            parts.insert(1, self.preset)
        if self.seed_shift:
            parts.append(f"seed +{self.seed_shift}")
        return " · ".join(parts)

    def sampling(self, own: Sampling) -> Sampling:
        """The settings; length and what ends a reply are always the person's own."""
        if not self.preset:
            return own
        return replace(
            PRESETS[self.preset],
            max_tokens=own.max_tokens,
            stop=own.stop,
            ignore_eos=own.ignore_eos,
            grammar=own.grammar,
            json_schema=own.json_schema,
        )

    def column(self, prepared: Prepared, sampling: Sampling, seed: int) -> Column:
        """What runs."""
        return Column(
            model=Path(self.model.path),
            prompt=prepared.prompt,
            sampling=self.sampling(sampling),
            seed=seed + self.seed_shift,
            values=dict(prepared.values),
            settings=prepared.settings,
            label=self.title,
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What columns can be made of.

    Attributes:
        first: the columns to begin with.
    """

    models: tuple[ModelInfo, ...]
    first: tuple[Wish, ...]


def choices(profile: Profile, preparer: Callable[[], Prepared]) -> Choices:
    """The models there are; to begin with the one of the window and another one.

    Raises:
        UserError: the prompt of the window cannot be rendered, or its model not loaded.
    """
    own = preparer().loaded.model
    others = [m for m in list_models(profile) if Path(m.path) != Path(own.path)]
    # Another quantization of the same model tells most.
    models = [own, *sorted(others, key=lambda m: m.name != own.name)]
    return Choices(tuple(models), tuple(Wish(m) for m in models[:2]))


def next_shift(wishes: Sequence[Wish]) -> int:
    """A shift of the seed that no column has yet."""
    return max((w.seed_shift for w in wishes), default=0) + 1

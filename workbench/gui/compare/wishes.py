"""What a person wants to stand in the columns, and the columns made from it. No Qt; any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from workbench.core.engine_settings import EngineSettings
from workbench.core.memory import Need, Room, size_words
from workbench.core.presets import Presets
from workbench.core.remote import model_label
from workbench.core.sampling import Sampling
from workbench.core.types import ModelInfo
from workbench.experiments.compare_plan import Column, model_needs
from workbench.experiments.compare_prompts import (
    NOW,
    PromptChoice,
    of_prepared,
    prompt_choices,
)
from workbench.experiments.compare_stored import StoredColumn
from workbench.experiments.models import list_models
from workbench.experiments.session import Prepared, Session
from workbench.gui.translate import tr

MOST = 16
"""Columns beside each other."""

MOST_SAMPLES = 64


@dataclass(frozen=True, slots=True)
class SettingsChoice:
    """Settings for a column: a preset, or with an empty name those of the prompt workspace."""

    name: str = ""
    sampling: Sampling | None = None

    def over(self, own: Sampling) -> Sampling:
        """The settings; length and what ends a reply are always the person's own."""
        if self.sampling is None:
            return own
        return replace(
            self.sampling,
            max_tokens=own.max_tokens,
            stop=own.stop,
            ignore_eos=own.ignore_eos,
            grammar=own.grammar,
            json_schema=own.json_schema,
        )


OWN = SettingsChoice()


@dataclass(frozen=True, slots=True)
class Stored:
    """What a column of an earlier comparison was made with, beside what a wish says."""

    values: Mapping[str, object]
    sampling: Sampling | None
    settings: EngineSettings
    seed: int


@dataclass(frozen=True, slots=True)
class Wish:
    """One column.

    Attributes:
        seed_shift: added to the seed all columns share.
        n_samples: replies, made in one batch.
        stored: set for a column of an earlier comparison, which runs again exactly as it was.
    """

    model: ModelInfo
    prompt: PromptChoice = NOW
    settings: SettingsChoice = OWN
    seed_shift: int = 0
    n_samples: int = 1
    stored: Stored | None = None

    @property
    def title(self) -> str:
        """What the column is called behind its letter."""
        name = f"{self.model.name} {self.model.quantization}".strip()
        return f"{name} · {self.prompt.label}" if self.prompt.label else name

    def about(self, sampling: Sampling) -> str:
        """Size and settings in a few words."""
        used = self.sampling(sampling)
        parts = [size_words(self.model.size_bytes)] if self.model.size_bytes else []
        if self.settings.name:
            parts.append(self.settings.name)
        parts += [f"T {used.temperature:g}", tr("top-p {top_p:g}", top_p=used.top_p)]
        if self.stored is not None:
            parts.append(tr("seed {seed}", seed=self.stored.seed))
        elif self.seed_shift:
            parts.append(tr("seed +{seed_shift}", seed_shift=self.seed_shift))
        if self.n_samples > 1:
            parts.append(tr("{n_samples} samples", n_samples=self.n_samples))
        return " · ".join(parts)

    def sampling(self, own: Sampling) -> Sampling:
        """The settings it runs with."""
        if self.stored is not None and self.stored.sampling is not None:
            return self.stored.sampling
        return self.settings.over(own)

    def column(self, session: Session, prepared: Prepared, sampling: Sampling, seed: int) -> Column:
        """What runs.

        Raises:
            UserError: its prompt cannot be read, or a value does not fit it.
        """
        was = self.stored
        if was is not None:
            prompt, values = self.prompt.prompt(prepared.prompt), dict(was.values)
        else:
            prompt, values = of_prepared(session, prepared, self.prompt)
        return Column(
            model=Path(self.model.path),
            prompt=prompt,
            sampling=self.sampling(sampling),
            seed=was.seed if was is not None else seed + self.seed_shift,
            values=values,
            settings=was.settings if was is not None else prepared.settings,
            n_samples=self.n_samples,
            label=self.title,
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What columns can be made of.

    Attributes:
        first: the columns to begin with.
        needs: estimated memory of each model, by its path; one that is loaded needs none more.
        room: memory that is free.
    """

    models: tuple[ModelInfo, ...]
    prompts: tuple[PromptChoice, ...]
    settings: tuple[SettingsChoice, ...]
    first: tuple[Wish, ...]
    needs: Mapping[str, Need]
    room: Room


def choices(session: Session, preparer: Callable[[], Prepared]) -> Choices:
    """What there is; to begin with the model of the window and another one.

    Raises:
        UserError: the prompt of the window cannot be rendered, its model not loaded, or the
            history not read.
    """
    prepared = preparer()
    own = prepared.loaded.model
    others = [m for m in list_models(session.profile) if Path(m.path) != Path(own.path)]
    # Another quantization of the same model tells most.
    models = [own, *sorted(others, key=lambda m: m.name != own.name)]
    presets = Presets(session.profile.presets_file).all()
    return Choices(
        tuple(models),
        prompt_choices(session, prepared.prompt),
        (OWN, *(SettingsChoice(name, sampling) for name, sampling in presets.items())),
        tuple(Wish(m) for m in models[:2]),
        *model_needs(session, models, prepared.settings),
    )


def combined(
    models: Sequence[ModelInfo],
    prompts: Sequence[PromptChoice],
    settings: Sequence[SettingsChoice],
    n_seeds: int,
    n_samples: int,
) -> Iterator[Wish]:
    """Every model with every prompt, every setting and every seed."""
    for model, prompt, chosen, shift in product(models, prompts, settings, range(n_seeds)):
        yield Wish(model, prompt, chosen, shift, n_samples)


def next_shift(wishes: Sequence[Wish]) -> int:
    """A shift of the seed that no column has yet."""
    return max((w.seed_shift for w in wishes), default=0) + 1


def stored_wish(column: StoredColumn, models: Sequence[ModelInfo]) -> Wish:
    """The wish behind a column of an earlier comparison.

    A model whose file is gone keeps the name its run had; running it again says what is missing.
    """
    known = next((m for m in models if Path(m.path) == column.model), None)
    outcome = column.end.outcome
    model = known or (outcome.start.model if outcome is not None else _unknown(column.model))
    was = Stored(column.values, column.sampling, column.settings, column.seed)
    return Wish(model, column.prompt, OWN, 0, column.n_samples, was)


def _unknown(path: Path) -> ModelInfo:
    return ModelInfo(model_label(path), str(path), "", "", 0, 0, 0, 0, 0, 0, 0, 0)

"""What `compare` and `sweep` share: columns from a command line, letters, lines of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.options import (
    engine_settings,
    library_of,
    pairs,
    preset_of,
    sampling_of,
)
from workbench.core.engine_input import split_values, with_engine_values
from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.remote import model_label

if TYPE_CHECKING:
    from workbench.experiments.compare_plan import Column
    from workbench.templates.library import Library
    from workbench.templates.prompt_file import PromptFile


def letter(number: int) -> str:
    """A, B, … Z, AA: how a column is called."""
    name = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def number_of(name: str, count: int) -> int:
    """The number of a column from its letter.

    Raises:
        UserError: there is no such column.
    """
    known = [letter(n) for n in range(count)]
    if name.upper() not in known:
        raise UserError(f"There is no column {name}; they are A to {known[-1]}.")
    return known.index(name.upper())


def columns_of(
    files: Sequence[tuple[str, PromptFile]],
    models: Sequence[Path],
    variables: Sequence[str],
    settings: Sequence[str],
    variants: Sequence[str],
    seeds: Sequence[int],
    samples: int,
    preset: str | None,
    profile: Profile,
) -> list[Column]:
    """Models × prompts × variants of the settings × seeds; without a seed all share one.

    Each of `files` has a name that tells it from the others.

    Raises:
        UserError: a prompt, a variable or a setting is wrong.
    """
    from workbench.core.sampling_input import check_seed, with_values
    from workbench.experiments.compare_plan import Column
    from workbench.experiments.session import drawn_seed
    from workbench.templates.variables import coerce_values

    engine = engine_settings(settings)
    drawn = drawn_seed(samples)
    library, base_preset = library_of(profile), preset_of(preset, profile)
    given, others = pairs(variables, "-v"), [file for _, file in files]
    made = []
    for path in models:
        for name, file in files:
            values = coerce_values(file, _known(given, file, others, library), library)
            sampling, own_seed = sampling_of(settings, file, base_preset)
            for variant in variants or [""]:
                loaded, changes = split_values(pairs(variant.split(), "--variant"))
                if "seed" in changes:
                    raise UserError("--variant takes no seed: use --seed, as often as you like.")
                made += [
                    Column(
                        path,
                        file,
                        with_values(sampling, changes),
                        check_seed(seed),
                        values,
                        with_engine_values(engine, loaded),
                        samples,
                        " ".join(p for p in (name if len(files) > 1 else "", variant) if p),
                    )
                    for seed in seeds or [own_seed if own_seed is not None else drawn]
                ]
    return [
        replace(column, label=_label(column, number, seeds)) for number, column in enumerate(made)
    ]


def _known(
    given: Mapping[str, str], file: PromptFile, files: Sequence[PromptFile], library: Library
) -> dict[str, str]:
    """The values a prompt knows; those that no prompt knows stay, to be refused."""
    from workbench.templates.variables import form_variables

    own = {v.name for v in form_variables(file, None, library)}
    elsewhere = {v.name for one in files for v in form_variables(one, None, library)} - own
    return {name: value for name, value in given.items() if name not in elsewhere}


def _label(column: Column, number: int, seeds: Sequence[int]) -> str:
    parts = [model_label(column.model)]
    if column.label:
        parts.append(column.label)
    if len(seeds) > 1:
        parts.append(f"seed {column.seed}")
    return f"{letter(number)} · {', '.join(parts)}"

"""What a prompt file's modelParameters mean for a run here."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.core.errors import UserError
from workbench.core.sampling import Sampling, canonical_name
from workbench.core.sampling_input import check_seed, with_values

SEED = "seed"


def parameter_name(written: str) -> str | None:
    """Our name for a word of a file (camel case and aliases too), or None when it is unknown."""
    snake = "".join(f"_{c.lower()}" if c.isupper() else c for c in written)
    if snake == SEED:
        return SEED
    try:
        return canonical_name(snake)
    except UserError:
        return None


def read_parameters(
    parameters: Mapping[str, object], base: Sampling
) -> tuple[Sampling, int | None, list[UserError]]:
    """`base` with a file's parameters, its seed (None: it names none), and what cannot be used."""
    sampling, seed = base, None
    problems: list[UserError] = []
    for written, value in parameters.items():
        name = parameter_name(written)
        try:
            if name == SEED:
                seed = seed_of(value)
            else:
                sampling = with_values(sampling, {name or written: value})
        except UserError as error:
            problems.append(error)
    return sampling, seed, problems


def seed_of(value: object) -> int:
    """A seed as a file or a command line gives it.

    Raises:
        UserError: it is no whole number, or none that llama.cpp takes as it is.
    """
    try:
        return check_seed(int(str(value)))
    except ValueError:
        raise UserError(f"seed takes a whole number, not {value!r}.") from None

"""The options of formats on the command line: naming them, reading them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import click

from workbench.cli.options import pairs, print_json

if TYPE_CHECKING:
    from workbench.export.base import Option

format_option = click.option(
    "--option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    help="What the format lets you choose; --list names it.",
)


class Listed(Protocol):
    """What a list of formats says of each."""

    @property
    def name(self) -> str:
        """On the command line."""

    @property
    def title(self) -> str:
        """For people."""

    @property
    def help(self) -> str:
        """One sentence."""

    @property
    def suffix(self) -> str:
        """The usual ending of its files."""

    @property
    def options(self) -> tuple[Option, ...]:
        """What a person may choose."""


def option_values(options: Sequence[Option], given: Sequence[str]) -> dict[str, str | bool]:
    """The options as written; a yes or no becomes one."""
    flags = {o.name for o in options if isinstance(o.default, bool)}
    words: dict[str, str | bool] = {"true": True, "yes": True, "false": False, "no": False}
    found: dict[str, str | bool] = {}
    for name, value in pairs(given, "--option").items():
        found[name] = words.get(str(value).lower(), value) if name in flags else value
    return found


def print_formats(formats: Sequence[Listed], *, as_json: bool) -> None:
    """Name the formats and their options."""
    if as_json:
        print_json([_document(made) for made in formats])
        return
    for made in formats:
        print(f"{made.name:18} {made.suffix:12} {made.help}")
        for option in made.options:
            values = f" ({', '.join(option.choices)})" if option.choices else ""
            default = str(option.default).lower() if option.default != "" else "empty"
            print(f"{'':18} --option {option.name}={default}{values}: {option.help}")


def _document(made: Listed) -> dict[str, object]:
    return {
        "name": made.name,
        "title": made.title,
        "help": made.help,
        "suffix": made.suffix,
        "options": [
            {
                "name": o.name,
                "help": o.help,
                "default": o.default,
                "choices": list(o.choices),
            }
            for o in made.options
        ],
    }

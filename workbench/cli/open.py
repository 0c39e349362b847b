"""`workbench open`: the window on a model, a prompt, or one of each; what file managers call."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from workbench.cli.options import profile_option
from workbench.core.errors import UserError
from workbench.core.paths import Profile

OPEN_WINDOW = "workbench.open_window"
"""Where the command line keeps, in click's `meta`, what opens the window."""

_FILES = (".gguf", ".prompt.yml", ".prompt.yaml")


@click.command(epilog="Example: workbench open model.gguf story.prompt.yml")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--screenshot", metavar="FILE", help="Generate there, save a PNG of the window and exit."
)
@profile_option
def command(files: tuple[str, ...], screenshot: str | None, profile: Profile) -> None:
    """Open the window on a GGUF model, a prompt file, or one of each.

    The word `open` may be left out where a file's name ends in .gguf or .prompt.yml.
    """
    ctx = click.get_current_context()
    open_window: Callable[..., int] = ctx.meta[OPEN_WINDOW]
    before = ctx.parent.params if ctx.parent is not None else {}
    model, prompt = model_and_prompt(files)
    if model and before.get("model"):
        raise UserError("A window opens on one model, not two.", "Leave out -m or the file.")
    model = model or before.get("model")
    picture = screenshot or before.get("screenshot")
    ctx.exit(open_window(str(profile.root), model, picture, prompt))


def is_file_to_open(argument: str) -> bool:
    """Whether the first word of a command line, which is no verb, is a file for the window.

    File managers give whole paths; a bare word is more likely a mistyped verb.
    """
    if argument.lower().endswith(_FILES):
        return True
    return os.sep in argument and Path(argument).is_file()


def model_and_prompt(files: Sequence[str]) -> tuple[str | None, str | None]:
    """Which of the files is the model and which the prompt; None for one that is not there.

    Raises:
        UserError: a file is missing or a folder, or there are two of a kind.
    """
    models: list[str] = []
    prompts: list[str] = []
    for name in files:
        path = Path(name).expanduser()
        if path.is_dir():
            raise UserError(f"{name} is a folder.", "Name a .gguf or a .prompt.yml file.")
        if not path.is_file():
            raise UserError(f"There is no file {name}.", "Is the path right?")
        (models if path.suffix.lower() == ".gguf" else prompts).append(str(path.absolute()))
    for kind, found in (("models", models), ("prompts", prompts)):
        if len(found) > 1:
            raise UserError(f"A window opens on one of {len(found)} {kind}.", "Name one of them.")
    return models[0] if models else None, prompts[0] if prompts else None

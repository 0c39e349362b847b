"""Options that several verbs share, and what they turn into."""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from workbench.cli.given import not_empty
from workbench.core.engine_input import ENGINE_NAMES, split_values, with_engine_values
from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.paths import Profile, open_profile

if TYPE_CHECKING:
    from workbench.core.sampling import Sampling
    from workbench.templates.library import Library
    from workbench.templates.prompt_file import PromptFile

_QUIET_S = 0.6
_HALF = re.compile("[\ud800-\udfff]")

Function = TypeVar("Function", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
model_option = click.option(
    "-m",
    "--model",
    metavar="MODEL",
    callback=not_empty,
    help="A GGUF file, the name of one, or a server (URL#MODEL); the demo model if left out.",
)
variable_option = click.option(
    "-v", "--variable", "variables", multiple=True, metavar="NAME=VALUE", help="Fill a variable."
)
setting_option = click.option(
    "-s",
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a decoding parameter (temperature, top_k, …) or an engine setting (n_ctx, …).",
)


preset_option = click.option(
    "--preset",
    metavar="NAME",
    callback=not_empty,
    help="Start from a preset: neutral, greedy, balanced, creative, or your own.",
)


def _print_settings(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from workbench.core.sampling import PARAMETERS, Sampling

    defaults = Sampling()
    for p in PARAMETERS.values():
        print(f"{p.name}{f' ({p.unit})' if p.unit else ''}: {p.help}")
        facts = [f"default {json.dumps(getattr(defaults, p.name))}"]
        if p.neutral is not None:
            facts.append(f"neutral {json.dumps(p.neutral)}")
        if p.minimum is not None or p.maximum is not None:
            facts.append(f"{p.minimum:g} to {p.maximum:g}")
        if p.aliases:
            facts.append(f"also {', '.join(p.aliases)}")
        print(f"    {'; '.join(facts)}")
    print(f"engine: {', '.join(ENGINE_NAMES)}")
    ctx.exit()


list_settings_option = click.option(
    "--list-settings",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_settings,
    help="Explain every name -s takes, and exit.",
)


def profile_option(function: Function) -> Function:
    """`--profile` after the verb too; the verb receives an opened `Profile`."""

    @click.option(
        "--profile",
        "own_profile",
        metavar="DIR",
        callback=not_empty,
        help="Folder for history and settings.",
    )
    @click.pass_obj
    @functools.wraps(function)
    def wrapped(obj: str | None, /, *args: Any, own_profile: str | None, **kwargs: Any) -> Any:
        return function(*args, profile=open_profile(own_profile or obj), **kwargs)

    return wrapped  # type: ignore[return-value]  # click's decorators change the signature


def pairs(values: Sequence[str], option: str) -> dict[str, str]:
    """`name=value` texts as a dict; a later one replaces an earlier one.

    Raises:
        UserError: a text without "=", or one that is not UTF-8.
    """
    out = {}
    for given in values:
        text = readable(given, option)
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise UserError(f"{option} takes NAME=VALUE, not {text!r}.")
        out[name.strip()] = value
    return out


def readable(text: str, what: str) -> str:
    """Return `text` if the command line gave it as UTF-8; other bytes arrive as half characters.

    Raises:
        UserError: it was not, `what` names it.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UserError(f"{what} is not UTF-8 (character {error.start + 1}).") from None
    return text


def engine_settings(settings: Sequence[str]) -> EngineSettings:
    """The engine's part of the `-s` options."""
    engine, _ = split_values(pairs(settings, "-s"))
    return with_engine_values(EngineSettings(), engine)


def sampling_of(
    settings: Sequence[str], prompt: PromptFile, preset: Sampling | None = None
) -> tuple[Sampling, int | None]:
    """llama.cpp's defaults or a preset, the prompt file's parameters, the `-s` options; the seed.

    A preset that was asked for replaces the prompt file's parameters.

    Raises:
        UserError: an unknown name or a bad value; of the prompt file's, the message says so.
    """
    from workbench.core.model_parameters import SEED, read_parameters, seed_of
    from workbench.core.sampling import Sampling
    from workbench.core.sampling_input import with_values

    _, own = split_values(pairs(settings, "-s"))
    parameters = {} if preset else prompt.model_parameters
    base, seed, problems = read_parameters(parameters, preset or Sampling())
    for error in problems:
        note(f"modelParameters of {prompt.name}: {error.message} It is left out.")
    if SEED in own:
        seed = seed_of(own.pop(SEED))
    return with_values(base, own), seed


def preset_of(name: str | None, profile: Profile) -> Sampling | None:
    """The preset of that name; None when none was asked for.

    Raises:
        UserError: there is none of that name.
    """
    from workbench.core.presets import Presets

    return Presets(profile.presets_file).get(name) if name else None


def library_of(profile: Profile) -> Library:
    """The person's prompts, the bundled ones, and those of folders added in the window."""
    from workbench.core.library_folders import LibraryFolders
    from workbench.templates.library import Library

    return Library(LibraryFolders(profile).all())


def read_prompt(text: str, profile: Profile) -> PromptFile:
    """PROMPT as the command line takes it: a file, a library name, `-`, or `@TEXT`.

    Raises:
        UserError: no such prompt, or a broken file.
    """
    from workbench.templates.prompt_file import load_prompt, raw_prompt

    if text.startswith("@"):
        return raw_prompt(readable(text[1:], "The prompt"))
    if text == "-":
        return raw_prompt(_standard_input(), name="stdin")
    path = Path(text).expanduser()
    if path.is_file():
        return load_prompt(path)
    if path.is_dir() and text:
        raise UserError(f"{text} is a folder, not a prompt.", "Name a .prompt.yml file in it.")
    if not text.strip():
        raise UserError(
            "PROMPT is empty.", "Name a prompt file or a library prompt, or write @TEXT."
        )
    if path.suffix in (".yml", ".yaml"):
        raise UserError(f"There is no prompt file {text}.", "See `workbench prompts list`.")
    return load_prompt(library_of(profile).find(text))


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"Standard input is not UTF-8 (byte {error.start}).") from error


def print_json(document: object) -> None:
    """One JSON document on stdout; a NaN in it is a bug and raises."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
    if (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8":
        text = json.dumps(document, allow_nan=False, indent=1)
    # Bytes of a file's name that are no UTF-8 are half characters, which only an escape can say.
    text = _HALF.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    sys.stdout.write(f"{text}\n")


def note(text: str) -> None:
    """A remark on stderr."""
    print(f"workbench: {text}", file=sys.stderr)


@contextmanager
def progress_line(what: str) -> Iterator[Callable[[int, int], None]]:
    """A counter on stderr, only on a terminal and only for work that lasts."""
    import time

    started = time.monotonic()
    shown = False

    def report(done: int, total: int) -> None:
        nonlocal shown
        elapsed = time.monotonic() - started
        if elapsed < _QUIET_S or not sys.stderr.isatty():
            return
        left = elapsed * (total - done) / done if done else 0.0
        print(f"\r{what} {done:,} of {total:,}, {left:.0f} s left ", end="", file=sys.stderr)
        shown = True

    try:
        yield report
    finally:
        if shown:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr)

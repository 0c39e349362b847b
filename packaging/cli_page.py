"""Writes the guide's page about the commands, from the commands: `python packaging/cli_page.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from workbench.cli.main import cli

_HEAD = """\
# Commands: everything from the shell

Everything the window does to a prompt, a script can do too. This page is written from the
commands themselves (`python packaging/cli_page.py`), so it says what they take today.

**What stands where.** PROMPT is a `.prompt.yml` file, the name of one in the library, `-` for
text on standard input, or `@TEXT`. A model is a GGUF file or the name of one; without `-m` it is
the demo model. `--profile DIR` (or the variable WORKBENCH_PROFILE) keeps settings, history and
logs somewhere else. `-s name=value` takes llama.cpp's own names; `workbench run --list-settings`
explains each of them, and so does [the sampler guide](sampler-guide.md).

**What comes back.** With `--json` one JSON document stands on standard output and nothing else;
progress goes to standard error, and only to a terminal. The exit code is 0 for success, 1 for "it
ran, and the answer is no" (an assertion that failed, a replay that differs, an engine that
crashed), 2 for wrong usage or bad input, with one line on standard error, and 130 after Ctrl+C.

**What is not saved.** Where the history cannot be written (a full disk, a read-only folder), a
reply that was made is printed all the same, and the exit code is that of the reply: 0. A line on
standard error says that it was not saved, and the JSON document has `saved: false` with the
reason in `save_error` (null with `--no-save`, which is a wish and no failure). A script that
needs the record looks at `saved`. `sweep` and `eval` also say `resumable`: whether `--resume`
finds them. One whose plan the history file refuses at the beginning ends with 2 before anything
is run; with a history that is only in memory (its file is damaged, say) it runs, and that is said
at once.

**Completion.** `eval "$(_WORKBENCH_COMPLETE=bash_source workbench)"` in `.bashrc` completes
commands and options with Tab; `zsh_source` and `fish_source` are for the other shells.
"""


def cli_page() -> str:
    """The whole page as Markdown."""
    root = click.Context(cli, info_name="workbench")
    parts = [_HEAD]
    names = (f"[{name}](#workbench-{name})" for name in cli.list_commands(root))
    parts.append(f"**The commands**: {', '.join(names)}.\n")
    parts.append(_section(cli, root, "##", "workbench"))
    for path, command, context in _below(cli, root, ("workbench",)):
        parts.append(_section(command, context, "##" if len(path) == 2 else "###", " ".join(path)))
    return "\n".join(parts)


def _below(
    group: click.Group, context: click.Context, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command, click.Context]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        below = click.Context(command, info_name=name, parent=context)
        yield (*path, name), command, below
        if isinstance(command, click.Group):
            yield from _below(command, below, (*path, name))


def _section(command: click.Command, context: click.Context, hashes: str, title: str) -> str:
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"{hashes} {title}", "", f"    {title} {usage}", ""]
    lines += [_prose(command.help or ""), ""]
    for parameter in command.get_params(context):
        if (
            isinstance(parameter, click.Option)
            and not parameter.hidden
            and "--help" not in parameter.opts
        ):
            lines.append(_option(parameter))
    if command.epilog:
        lines += ["", _example(command.epilog)]
    return "\n".join([*lines, ""])


def _prose(text: str) -> str:
    """A docstring's paragraphs, each on one line."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\b", "").strip())
    return "\n\n".join(_plain(" ".join(paragraph.split())) for paragraph in paragraphs)


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in [*option.opts, *option.secondary_opts])
    said = "" if option.is_flag else f" {_takes(option)}"
    notes = []
    if option.multiple:
        notes.append("may be given more than once")
    if option.required:
        notes.append("needed")
    default = option.default
    if option.show_default and isinstance(default, str | int | float):
        notes.append(f"default {default}")
    if isinstance(option.type, click.IntRange | click.FloatRange):
        notes.append(_range(option.type))
    more = f" ({'; '.join(note for note in notes if note)})" if any(notes) else ""
    return f"- {names}{said}: {_plain(option.help or '')}{more}"


def _takes(option: click.Option) -> str:
    if isinstance(option.type, click.Choice) and option.metavar is None:
        return "`" + "|".join(str(choice) for choice in option.type.choices) + "`"
    kinds = {"integer": "N", "integer range": "N", "float": "X", "float range": "X"}
    return f"`{option.metavar or kinds.get(option.type.name, option.type.name.upper())}`"


def _range(kind: click.IntRange | click.FloatRange) -> str:
    if kind.min is not None and kind.max is not None:
        return f"{kind.min:,} to {kind.max:,}"
    return f"at least {kind.min:,}" if kind.min is not None else ""


def _example(epilog: str) -> str:
    said = " ".join(epilog.split())
    example = said.removeprefix("Example: ")
    return f"Example: `{example}`" if example != said else _plain(said)


def _plain(text: str) -> str:
    """Markdown reads no emphasis and no tags in it."""
    return text.replace("*", "\\*").replace("<", "\\<").replace("_", "\\_")


def main() -> None:
    """Write it and say where."""
    path = Path(__file__).parents[1] / "assets" / "help" / "cli-reference.md"
    path.write_text(cli_page(), encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()

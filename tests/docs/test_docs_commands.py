"""Every command line that the guide shows is one that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from support.guide import PAGES, page_text

from workbench.cli.main import cli

_INLINE = re.compile(r"`(workbench\s[^`]+)`")
_BLOCK = re.compile(r"^    (?:\.venv/bin/)?(workbench\s.+)$", re.MULTILINE)
_REMARK = re.compile(r"\s{2,}\S.*$")
_NUMBERS = {"N", "K"}
"""Words that stand for a number."""


def shown_in(path: Path) -> list[str]:
    """Command lines of a page, without the remarks behind them and without usage patterns."""
    text = page_text(path)
    found = [" ".join(line.split()) for line in _INLINE.findall(text)]
    joined = text.replace("\\\n", " ")
    found += [_REMARK.sub("", line).strip() for line in _BLOCK.findall(joined)]
    single = [part.strip() for line in found for part in re.split(r"&&|, or ", line)]
    return [line for line in single if not re.search(r"\[|…|\||<", line)]


def parse(line: str) -> None:
    """Read a line as the program would, and run nothing.

    Raises:
        click.ClickException: it is no command line.
    """
    words = [("1" if word in _NUMBERS else word) for word in shlex.split(line)[1:]]
    command: click.Command = cli
    context = cli.make_context("workbench", words, obj=None)
    while isinstance(command, click.Group) and (words := [*context._protected_args, *context.args]):
        name, below, rest = command.resolve_command(context, words)
        assert below is not None
        command = below
        if not rest:
            return  # the name of a command in a sentence
        context = below.make_context(name or "", rest, parent=context)


@pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])
def test_every_command_line_can_be_parsed(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_PROFILE", str(tmp_path / "profile"))
    for line in shown_in(path):
        try:
            parse(line)
        except click.exceptions.Exit:  # it asks for help
            continue
        except click.ClickException as error:
            raise AssertionError(f"{line}: {error.format_message()}") from error


def test_the_pages_show_many() -> None:
    assert sum(len(shown_in(path)) for path in PAGES) > 130


@pytest.mark.parametrize(
    "line", ["workbench rum x", "workbench run --nothing", "workbench trace --json"]
)
def test_a_wrong_line_is_noticed(line: str) -> None:
    with pytest.raises(Exception, match=r"no command|No such option|Missing parameter"):
        parse(line)


def test_every_option_says_what_it_does() -> None:
    def without(command: click.Command, name: str) -> list[str]:
        if isinstance(command, click.Group):
            context = click.Context(command)
            below = [(n, command.get_command(context, n)) for n in command.list_commands(context)]
            return [one for n, c in below if c is not None for one in without(c, f"{name} {n}")]
        options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
        return [f"{name} {option.opts[0]}" for option in options if not option.help]

    assert without(cli, "workbench") == []

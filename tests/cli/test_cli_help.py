"""Every command explains itself with an example, and the examples are real."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from support.commands import ROOT, Command

from workbench.cli.main import _VERBS, cli


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command below a group, the groups themselves too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        yield (*path, name)
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


ALL = [(), *commands(cli)]


def example_of(text: str) -> list[str]:
    """The words of the example in a help text, without the program's name."""
    found = re.search(r"Example: (workbench .*)", " ".join(text.split()))
    assert found is not None, text
    return shlex.split(found[1])[1:]


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_help_has_an_example_of_this_command(workbench: Command, words: tuple[str, ...]) -> None:
    ran = workbench(*words, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert example_of(ran.out)[: len(words)] == list(words)
    assert workbench(*words, "-h").out == ran.out


def test_a_group_alone_shows_its_help_over_several_lines(workbench: Command) -> None:
    shown = workbench("vote")
    assert shown.code == 2
    assert shown.err.startswith("Usage: workbench vote")
    assert "\n  give " in shown.err


def test_the_verbs_are_those_listed(workbench: Command) -> None:
    out = workbench("--help").out
    for verb, said in _VERBS.items():
        assert re.search(rf"^ +{verb} ", out, re.MULTILINE)
        assert said.endswith(".")
    assert re.fullmatch(r"workbench, version \d+\.\d+\.\d+\S*\n", workbench("--version").out)


@pytest.mark.parametrize(
    "words",
    [
        ("run",), ("render",), ("score",), ("choose",), ("trace",), ("models",),
        ("models", "list"), ("models", "show"), ("prompts",), ("prompts", "list"),
        ("prompts", "show"), ("prompts", "check"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_examples_work(
    workbench: Command,
    monkeypatch: pytest.MonkeyPatch,
    pytestconfig: pytest.Config,
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(pytestconfig.rootpath)
    example = example_of(workbench(*words, "--help").out)
    if example[-1] == "mine.prompt.yml":
        example[-1] = "prompts/techniques/role.prompt.yml"
    ran = workbench(*example)
    assert ran.code == 0, ran
    assert ran.out
    if "--json" in example:
        json.loads(ran.out)


def test_a_shell_is_told_how_to_complete_and_gets_no_window() -> None:
    """Shells ask with a variable and no words; a window would never come back."""
    asked = subprocess.run(
        [sys.executable, "-m", "workbench"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "_WORKBENCH_COMPLETE": "zsh_source"},
    )
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.startswith("#compdef workbench")

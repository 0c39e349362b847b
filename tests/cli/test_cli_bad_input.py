"""Whatever is wrong is said in one line on stderr, and the exit code is 2."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from reference.gguf_models import SHAPES, write_model
from support.commands import Command, Ran

from workbench.core.paths import Profile, demo_model_path

QUICK = ("-s", "max_tokens=2")


def refused(ran: Ran) -> str:
    """The one line of a command that was refused."""
    assert ran.code == 2, ran
    assert ran.out == ""
    return ran.line


@pytest.mark.parametrize(
    ("template", "named"),
    [
        ("text: |\n  Hello\n  {{ nobody }}\n", r"line \d: the variable nobody has no value"),
        ("name: x\ntext: [a\nmore: 1\n", r"line [23]"),
        ("name: x\ntext: |\n  One\n  {% for x in %}\n", r"line \d: Expected"),
        ("name: x\ntext: |\n  One\n  {{ 'open }}\n", r"line \d: "),
        ("text: a\nmessages: []\n", r"messages"),
        ("just text\n", r"broken\.prompt\.yml"),
        ("text: '{{ 1/0 }}'\n", r"line 1"),
        ("text: '{% for i in range(10**9) %}x{% endfor %}'\n", r"broken"),
    ],
)
def test_broken_prompts_name_the_line(
    workbench: Command, tmp_path: Path, template: str, named: str
) -> None:
    path = tmp_path / "broken.prompt.yml"
    path.write_text(template)
    for verb in ("run", "render"):
        assert re.search(named, refused(workbench(verb, path)))


def test_broken_models(workbench: Command, tmp_path: Path) -> None:
    data = demo_model_path().read_bytes()
    half = tmp_path / "half.gguf"
    half.write_bytes(data[: len(data) // 2])
    text = tmp_path / "text.gguf"
    text.write_text("no model at all\n")
    empty = tmp_path / "empty.gguf"
    empty.touch()
    old = tmp_path / "old.gguf"
    old.write_bytes(data[:4] + struct.pack("<I", 1) + data[8:])
    fancy = write_model(tmp_path / "fancy.gguf", replace(SHAPES["llama"], architecture="fancynet"))
    for path, named in (
        (half, rf"half\.gguf is truncated: .* [\d,]+ bytes .* {len(data) // 2:,}"),
        (text, r"text\.gguf is not a GGUF file"),
        (empty, r"empty\.gguf is empty"),
        (old, r"old\.gguf is GGUF version 1"),
        (fancy, r"fancy\.gguf: .*fancynet"),
        (tmp_path / "none.gguf", r"no model file .*none\.gguf"),
        (tmp_path, r"is a folder"),
        ("demo-2m-q8_1", r"no model named demo-2m-q8_1\. Did you mean demo-2m-q[48]_0\?"),
    ):
        assert re.search(named, refused(workbench("run", "@Hi", "-m", path, *QUICK)))
        assert re.search(named, refused(workbench("render", "@Hi", "-m", path)))
        if path != fancy:
            assert re.search(named, refused(workbench("models", "show", path)))


def test_a_prompt_longer_than_the_context_names_both_numbers(workbench: Command) -> None:
    ran = workbench("run", "@" + "word " * 300, "-s", "n_ctx=100", *QUICK)
    assert ran.code == 2
    numbers = re.search(r"prompt is (\d+) tokens long and the context holds 100", ran.line)
    assert numbers is not None
    assert int(numbers[1]) > 300
    assert "n_ctx" in ran.line


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["run"], "Missing argument"),
        (["rum", "x"], "Did you mean run?"),
        (["run", "@Hi", "--nonsense"], "--nonsense"),
        (["run", "no-such-prompt"], "no-such-prompt"),
        (["run", "missing.prompt.yml"], "no prompt file missing.prompt.yml"),
        (["run", "@Hi", "-s", "top_k"], "-s takes NAME=VALUE"),
        (["run", "@Hi", "-s", "top_k=-1"], "top_k must be between"),
        (["run", "@Hi", "-s", "top_k=" + "9" * 500], "top_k must be between"),
        (["run", "@Hi", "-s", "temperature=nan"], "temperature must be between"),
        (["run", "@Hi", "-s", "min_p=2"], "min_p must be between 0 and 1"),
        (["run", "@Hi", "-s", "topk=3"], "Did you mean top_k?"),
        (["run", "@Hi", "-s", "stop=[1]"], "stop takes a list"),
        (["run", "@Hi", "-s", "samplers=top_k,tmperature"], "mean temperature?"),
        (["run", "@Hi", "-s", "grammar=root ::= ("], "grammar"),
        (["run", "@Hi", "-s", "json_schema={"], "json_schema"),
        (["run", "@Hi", "-s", "banned_tokens=99999"], "no token 99999"),
        (["run", "@Hi", "-s", "n_ctx=many"], "n_ctx takes a whole number"),
        (["run", "@Hi", "-s", "kv_type=f8"], "kv_type must be one of"),
        (["run", "@Hi", "-s", "seed=abc"], "seed takes a whole number, not 'abc'"),
        (["run", "@Hi", "-s", "seed=-1"], "seed must be between"),
        (["run", "@Hi", "--seed", "-1"], "seed must be between"),
        (["run", "@Hi", "--seed", "99999999999"], "seed must be between"),
        (["run", "@Hi", "-n", "0"], "1<=x<=1024"),
        (["run", "@Hi", "-n", "5000000000"], "1<=x<=1024"),
        (["run", "@Hi", "-v", "name"], "-v takes NAME=VALUE"),
        (["run", "few-shot-story", "-v", "nam=Zoe"], "Did you mean name?"),
        (["history", "show", "x"], "no history"),
        (["history", "list", "--limit", "0"], "--limit"),
        (["models", "show"], "Missing argument"),
        (["prompts", "show", "no-such"], "no-such"),
    ],
)  # fmt: skip
def test_wrong_usage(workbench: Command, arguments: list[str], named: str) -> None:
    ran = workbench(*arguments, *(QUICK if arguments[0] == "run" and len(arguments) > 1 else ()))
    assert ran.code == 2
    assert named in ran.line


def test_half_characters_are_no_traceback(shell: Command) -> None:
    """Bytes of the command line that are no UTF-8 arrive as lone surrogates."""
    for arguments in (
        ["run", os.fsdecode(b"@a\xffb"), *QUICK, "--json"],
        ["run", os.fsdecode(b"@a\xffb"), *QUICK],
        ["render", os.fsdecode(b"@a\xffb")],
        ["run", "@Hi", "-s", os.fsdecode(b"stop=\xff"), *QUICK],
        ["run", os.fsdecode(b"\xff.prompt.yml")],
        ["run", "few-shot-story", "-v", os.fsdecode(b"name=\xff"), *QUICK],
        ["score", "@a", "--continuation", os.fsdecode(b"\xff")],
        ["choose", "@a", "--choice", os.fsdecode(b"\xff")],
    ):
        ran = shell(*arguments)
        assert "Traceback" not in ran.err, arguments
        assert ran.code == 2, (arguments, ran)
        assert ran.line


def test_an_unwritable_profile_is_one_line_and_the_reply_still_comes(
    workbench: Command, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    ran = workbench("--profile", tmp_path / "file" / "x", "run", "@Once upon", *QUICK, "--json")
    assert ran.code == 0
    assert ran.document["samples"][0]["tokens"]
    assert not ran.document["saved"]
    assert "file/x cannot be written: Not a directory" in ran.line
    quiet = workbench(
        "--profile", tmp_path / "file" / "x", "run", "@Once upon", *QUICK, "--no-save"
    )
    assert (quiet.code, quiet.err) == (0, "")


def test_a_damaged_history_is_one_line_and_the_reply_still_comes(
    workbench: Command, own_profile: Profile
) -> None:
    own_profile.create()
    own_profile.history_file.write_bytes(b"this is no database" * 500)
    before = own_profile.history_file.read_bytes()
    ran = workbench("run", "@Once upon", *QUICK)
    assert ran.code == 0
    assert ran.out
    assert "history" in ran.line
    assert own_profile.history_file.read_bytes() == before
    assert workbench("history", "list").code == 2


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_early_is_no_error_message(unbuffered: str) -> None:
    """Found out at the first line, or only when Python empties its buffer at the end."""
    command = [sys.executable, "-m", "workbench", "models", "show", "demo-2m-q8_0", "--json"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    error = process.stderr.read()
    process.wait(60)
    process.stderr.close()
    assert error == ""
    assert process.returncode == 1


@pytest.mark.parametrize(
    "words",
    [
        ("report", "-o"),
        ("export", "few-shot-story", "--to", "messages", "-o"),
        ("history", "export", "x", "-o"),
        ("vote", "export"),
        ("needle", "--lengths", "100", "-o"),
    ],
)
def test_a_folder_is_no_file_to_write(
    workbench: Command, tmp_path: Path, words: tuple[str, ...]
) -> None:
    for folder in (f"{tmp_path}/new/", str(tmp_path)):
        assert refused(workbench(*words, folder)).startswith(f"{folder} is no file.")
    assert not (tmp_path / "new").exists()


def test_a_task_that_is_not_there_names_the_suites(workbench: Command) -> None:
    said = refused(workbench("eval", "demo-chioce"))
    assert "There is no file, folder or sample suite demo-chioce." in said
    assert "Did you mean demo-choice?" in said
    assert "--list-suites" in said

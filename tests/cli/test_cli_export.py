"""`workbench export`."""

from __future__ import annotations

import json
from pathlib import Path

from support.commands import Command


def test_to_standard_output_and_to_a_file(workbench: Command, tmp_path: Path) -> None:
    ran = workbench("export", "@Say {{ word }}.", "--to", "messages", "-v", "word=hé")
    assert ran.code == 0
    assert json.loads(ran.out) == [{"role": "user", "content": "Say hé."}]
    assert "not in the file: That it is raw text" in ran.err
    file = tmp_path / "out" / "said.json"
    written = workbench("export", "@Say hé.", "--to", "messages", "-o", file)
    assert (written.code, written.out) == (0, "")
    assert json.loads(file.read_text(encoding="utf-8"))[0]["content"] == "Say hé."


def test_json_names_what_is_lost(workbench: Command, tmp_path: Path) -> None:
    file = tmp_path / "role.jinja"
    arguments = ("export", "role", "--to", "jinja", "-s", "top_k=3", "--json")
    document = json.loads(workbench(*arguments).out)
    assert document["format"] == "jinja"
    assert "default(" in document["text"]
    assert any("top_k 3" in loss for loss in document["lost"])
    document = json.loads(workbench(*arguments, "-o", file).out)
    assert document["file"] == str(file)
    assert file.is_file()


def test_the_exact_text_is_that_of_render(workbench: Command) -> None:
    exported = workbench("export", "role", "--to", "text", "-v", "animal=owl")
    rendered = json.loads(workbench("render", "role", "-v", "animal=owl", "--json").out)
    assert exported.out == rendered["text"]


def test_formats_are_listed(workbench: Command) -> None:
    listed = workbench("export", "--list")
    assert listed.code == 0
    rows = json.loads(workbench("export", "--list", "--json").out)
    named = [line.split()[0] for line in listed.out.splitlines() if not line.startswith(" ")]
    assert named == [row["name"] for row in rows]


def test_bad_use_is_one_line(workbench: Command, tmp_path: Path) -> None:
    for arguments in (
        ("export",),
        ("export", "role"),
        ("export", "role", "--to", "mesages"),
        ("export", "no-such-prompt", "--to", "jinja"),
        ("export", "@{{ a }}", "--to", "messages"),
        ("export", "role", "--to", "jinja", "-o", tmp_path),
        ("export", "role", "--to", "jinja", "-v", "nobody=1"),
    ):
        ran = workbench(*arguments)
        assert ran.code == 2, arguments
        assert len(ran.err.strip().splitlines()) == 1, ran.err
        assert ran.out == ""

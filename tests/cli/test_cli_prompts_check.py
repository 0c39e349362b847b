"""`workbench prompts check`: files, folders and the library, for people and for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import Command

from workbench.core.library_folders import LibraryFolders
from workbench.core.paths import Profile

BAD = "text: |\n  {{ a|uper }}\nvariables: {a: x, b: y}\n"


@pytest.fixture
def folder(own_profile: Profile) -> Path:
    own_profile.prompts.mkdir(parents=True)
    (own_profile.prompts / "bad.prompt.yml").write_text(BAD, encoding="utf-8")
    tone = "text: Be {{ tone }}.\nvariables: {tone: kind}\n"
    (own_profile.prompts / "tone.prompt.yml").write_text(tone, encoding="utf-8")
    good = "text: \"{% include 'tone' %}\"\n"
    (own_profile.prompts / "good.prompt.yml").write_text(good, encoding="utf-8")
    return own_profile.prompts


def test_places_are_written_as_compilers_write_them(workbench: Command, folder: Path) -> None:
    ran = workbench("prompts", "check", folder / "bad.prompt.yml")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == (
        f"{folder}/bad.prompt.yml:2:8: error: There is no filter named uper. Did you mean upper?\n"
    )


def test_the_document_has_every_problem(workbench: Command, folder: Path) -> None:
    ran = workbench("prompts", "check", "good", folder / "bad.prompt.yml", "--json")
    assert ran.code == 1
    good, bad = ran.document
    assert good == {"file": "good", "ok": True, "error": None, "problems": []}
    assert bad["error"] == "There is no filter named uper. Did you mean upper?"
    assert bad["problems"] == [
        {
            "severity": "error",
            "line": 2,
            "column": 8,
            "message": "There is no filter named uper.",
            "hint": "Did you mean upper?",
        }
    ]


def test_notes_alone_are_no_failure(workbench: Command, folder: Path) -> None:
    path = folder / "bad.prompt.yml"
    path.write_text(BAD.replace("|uper", ""), encoding="utf-8")
    ran = workbench("prompts", "check", path)
    assert ran.code == 0
    assert ran.out.endswith(":3:19: note: The variable b is declared and never used.\n")


def test_folders_and_the_whole_library(workbench: Command, folder: Path) -> None:
    ran = workbench("prompts", "check", folder, "--json")
    assert [Path(row["file"]).name for row in ran.document] == [
        "bad.prompt.yml", "good.prompt.yml", "tone.prompt.yml",
    ]  # fmt: skip
    everything = workbench("prompts", "check", "--json")
    assert everything.code == 1
    assert len(everything.document) > 30
    assert [row["ok"] for row in everything.document].count(False) == 1


def test_what_is_not_there_is_one_line(workbench: Command, folder: Path) -> None:
    for name in ("nope", "nope.prompt.yml", str(folder / "nope.yaml")):
        ran = workbench("prompts", "check", name)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


def test_show_lists_the_variables_of_fragments(workbench: Command, folder: Path) -> None:
    ran = workbench("prompts", "show", "good", "--json")
    assert [v["name"] for v in ran.document["variables"]] == ["tone"]


def test_prompts_of_added_folders_are_known(
    workbench: Command, own_profile: Profile, tmp_path: Path
) -> None:
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "thanks.prompt.yml").write_text("text: Thanks, {{ name }}.\n", encoding="utf-8")
    assert workbench("prompts", "show", "thanks").code == 2
    LibraryFolders(own_profile).add(folder)
    assert "thanks" in workbench("prompts", "list").out
    assert workbench("export", "thanks", "--to", "messages", "-v", "name=Jo").code == 0

"""The library lists every file, broken ones too, and finds prompts by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.templates.library import Library


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    mine, bundled = tmp_path / "mine", tmp_path / "bundled"
    write(mine / "story.prompt.yml", "name: My story\ntext: '{{ b }}{{ a }}'\ntags: [x, y]\n")
    write(bundled / "tasks" / "story.prompt.yml", "text: bundled\ndescription: d\n")
    write(bundled / "tasks" / "broken.prompt.yml", "text: a\ntext: b\n")
    write(bundled / "tasks" / "jinja.prompt.yaml", "text: |\n  one\n  {{ oops\n")
    write(bundled / "alpha.prompt.yml", "text: a")
    write(bundled / "readme.md", "not a prompt")
    write(bundled / ".hidden" / "x.prompt.yml", "text: a")
    return mine, bundled


def test_lists_in_order_with_errors_instead_of_gaps(folders: tuple[Path, Path]) -> None:
    rows = Library([*folders, folders[0] / "missing"]).list()
    assert [(row.folder, row.name) for row in rows] == [
        ("", "story"),
        ("", "alpha"),
        ("tasks", "broken"),
        ("tasks", "jinja"),
        ("tasks", "story"),
    ]
    story = rows[0]
    assert (story.title, story.tags, story.variables, story.error) == (
        "My story",
        ("x", "y"),
        ("b", "a"),
        "",
    )
    assert "broken.prompt.yml, line 2, column 1: the key text is there twice." in rows[2].error
    assert "jinja.prompt.yaml, line 3: unexpected end" in rows[3].error


@pytest.mark.parametrize("name", ["story", "tasks/story", "tasks/story.prompt.yml", "alpha"])
def test_finds_by_name_and_by_relative_path(folders: tuple[Path, Path], name: str) -> None:
    mine, bundled = folders
    expected = {
        "story": mine / "story.prompt.yml",
        "alpha": bundled / "alpha.prompt.yml",
    }.get(name, bundled / "tasks" / "story.prompt.yml")
    assert Library(folders).find(name) == expected
    assert Library(folders).find(f"./{name}") == expected


def test_an_unknown_name_offers_the_nearest(folders: tuple[Path, Path]) -> None:
    with pytest.raises(UserError, match=r"There is no prompt named stroy. Did you mean story\?"):
        Library(folders).find("stroy")
    with pytest.raises(UserError, match="There is no prompt named x"):
        Library([]).find("x")

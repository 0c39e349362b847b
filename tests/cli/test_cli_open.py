"""`workbench FILE` and `workbench open FILE…`: what the window is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from workbench.cli.main import run
from workbench.core.paths import demo_model_path


@dataclass
class Opened:
    """Stands where the window would be made, and remembers how."""

    calls: list[tuple[str | None, str | None, str | None, str | None]] = field(default_factory=list)

    def __call__(
        self, profile: str | None, model: str | None, picture: str | None, prompt: str | None
    ) -> int:
        self.calls.append((profile, model, picture, prompt))
        return 0


@pytest.fixture
def prompt(tmp_path: Path) -> Path:
    path = tmp_path / "a story.prompt.yml"
    path.write_text("name: A\ntext: Once\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("word", [[], ["open"]])
def test_a_model_and_a_prompt_open_the_window(
    word: list[str], prompt: Path, tmp_path: Path
) -> None:
    opened, home, model = Opened(), str(tmp_path / "home"), str(demo_model_path())
    assert run(["--profile", home, *word, str(prompt)], opened) == 0
    assert run(["--profile", home, *word, model], opened) == 0
    assert run(["--profile", home, *word, model, str(prompt)], opened) == 0
    assert opened.calls == [
        (home, None, None, str(prompt)),
        (home, model, None, None),
        (home, model, None, str(prompt)),
    ]


def test_options_before_and_behind_are_heard(prompt: Path, tmp_path: Path) -> None:
    opened, home = Opened(), str(tmp_path / "home")
    assert run(["-m", "demo-2m-q4_0", str(prompt), "--profile", home], opened) == 0
    assert run(["--screenshot", "a.png", str(prompt), "--profile", home], opened) == 0
    assert run(["open", str(prompt), "--screenshot", "b.png", "--profile", home], opened) == 0
    assert [call[1:3] for call in opened.calls] == [
        ("demo-2m-q4_0", None),
        (None, "a.png"),
        (None, "b.png"),
    ]


def test_a_path_is_made_whole(
    prompt: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = Opened()
    monkeypatch.chdir(tmp_path)
    assert run([prompt.name], opened) == 0
    assert opened.calls[0][3] == str(prompt)


def test_a_whole_path_needs_no_known_ending(tmp_path: Path) -> None:
    opened, path = Opened(), tmp_path / "notes.txt"
    path.write_text("Once", encoding="utf-8")
    assert run([str(path)], opened) == 0
    assert opened.calls[0][3] == str(path)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["open", "none.gguf"], "There is no file none.gguf"),
        (["none.prompt.yml"], "There is no file none.prompt.yml"),
        (["open", "{folder}"], "is a folder"),
        (["open", "{prompt}", "{prompt}"], "one of 2 prompts"),
        (["{model}", "{model}"], "one of 2 models"),
        (["-m", "demo-2m-q4_0", "open", "{model}"], "one model, not two"),
        (["opne", "{prompt}"], "There is no command opne"),
    ],
)
def test_what_cannot_be_opened_is_said_in_one_line(
    arguments: list[str],
    words: str,
    prompt: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    opened = Opened()
    places = {"prompt": prompt, "folder": tmp_path, "model": demo_model_path()}
    assert run([a.format(**places) for a in arguments], opened) == 2
    said = capsys.readouterr().err
    assert words in said
    assert len(said.splitlines()) == 1
    assert not opened.calls

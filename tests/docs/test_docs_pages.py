"""The guide, README and CONTRIBUTING: links, pictures, generated pages, and what must be said."""

from __future__ import annotations

import ast
import re
import runpy
from pathlib import Path

import pytest
from support.guide import HELP, PAGES, ROOT, fenced, headings, links, page_text

from workbench.core.presets import Presets
from workbench.core.task import Kind
from workbench.experiments import doctor
from workbench.experiments.tasks.load import load_task
from workbench.experiments.vote_lines import read_vote_lines
from workbench.metrics.guide import guide_page
from workbench.templates.prompt_file import parse_prompt

NAMES = [path.name for path in PAGES]
VIEWS = (
    "arena", "attention-by-source", "attention-heads", "attention-matrix", "attention-text",
    "branches", "compare", "compare-and-replay", "experiments", "history", "influence",
    "logit-lens", "prompt-editor", "prompt-surprise", "sampler-guide", "samplers", "steering",
    "sweep", "token-probabilities",
)  # fmt: skip
"""Pages about a view."""


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_link_and_picture_is_there(path: Path) -> None:
    for picture, target in links(path):
        if "://" in target:
            assert not picture, f"{target} is not in the repository"
            continue
        file, _, heading = target.partition("#")
        place = (path.parent / file).resolve() if file else path
        assert place.exists(), target
        assert place.is_relative_to(ROOT), target
        if heading:
            assert heading in headings(place), target


def test_every_page_is_reached_by_a_link() -> None:
    """From the README alone, so that nobody has to know a page to find it."""
    seen: set[Path] = set()
    left = [ROOT / "README.md"]
    while left:
        page = left.pop()
        if page in seen:
            continue
        seen.add(page)
        targets = ((page.parent / t.partition("#")[0]).resolve() for _, t in links(page))
        left += [one for one in targets if one.suffix == ".md" and one.exists()]
    assert {path.name for path in HELP.glob("*.md")} <= {path.name for path in seen}


def test_every_picture_of_the_repository_is_shown() -> None:
    shown = {(p.parent / t).resolve().name for p in PAGES for picture, t in links(p) if picture}
    made = {path.name for path in (ROOT / "assets" / "screenshots").glob("*.png")}
    assert {name for name in made if "dark" not in name and "@2x" not in name} <= shown


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_says_what_its_numbers_do_not_mean(name: str) -> None:
    text = page_text(HELP / f"{name}.md")
    assert re.search(r"(What (this|it) does not prove)", text)


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_shown_in_a_picture(name: str) -> None:
    assert any(picture for picture, _ in links(HELP / f"{name}.md"))


def test_the_sampler_guide_has_a_picture_of_every_sampler() -> None:
    """Those that the picture script makes, each one shown on the page."""
    script = runpy.run_path(str(ROOT / "packaging" / "shots_samplers.py"))
    made = {f"../screenshots/sampler-{name}.png" for name, _, _ in script["PICTURES"]}
    shown = {target for picture, target in links(HELP / "sampler-guide.md") if picture}
    assert made == shown


@pytest.mark.parametrize(
    ("script", "function", "page"),
    [
        ("cli_page.py", "cli_page", "cli-reference.md"),
        ("history_page.py", "history_page", "history-tables.md"),
        ("settings_page.py", "settings_page", "settings-table.md"),
    ],
)
def test_generated_pages_are_as_their_source_is(script: str, function: str, page: str) -> None:
    """After a change: `python packaging/SCRIPT` writes the page anew."""
    made = runpy.run_path(str(ROOT / "packaging" / script))[function]()
    assert made == page_text(HELP / page), f"run: python packaging/{script}"


def test_the_page_of_metrics_is_as_the_metrics_are() -> None:
    assert guide_page() == page_text(HELP / "metrics.md"), "run: python packaging/metrics_page.py"


def test_every_code_of_doctor_has_its_paragraph() -> None:
    tree = ast.parse(Path(doctor.__file__).read_text(encoding="utf-8"))
    codes = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Finding"
        and isinstance(node.args[0], ast.Constant)
    }
    text = page_text(HELP / "troubleshooting.md")
    explained = set(re.findall(r"^### (\S+)$", text, re.MULTILINE))
    assert codes == explained


def test_the_examples_of_file_formats_are_read(tmp_path: Path) -> None:
    page = HELP / "file-formats.md"
    prompt = parse_prompt(fenced(page, "prompt"), "support")
    assert [variable.name for variable in prompt.variables] == ["shop", "rules", "letter"]
    for title, kind in (("choice task", Kind.CHOICE), ("generate task", Kind.GENERATE)):
        file = tmp_path / f"{title}.jsonl"
        file.write_text(fenced(page, title), encoding="utf-8")
        task = load_task(file)
        assert task.kind is kind
        assert not task.bad_rows
    votes = tmp_path / "votes.jsonl"
    votes.write_text(fenced(page, "vote"), encoding="utf-8")
    assert len(read_vote_lines(votes)) == 1
    presets = tmp_path / "presets.json"
    presets.write_text(fenced(page, "presets"), encoding="utf-8")
    assert Presets(presets).get("my prose").min_p == 0.05

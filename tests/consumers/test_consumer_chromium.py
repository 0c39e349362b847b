"""Chromium opens the pages we write: something is drawn, nothing is fetched, nothing complains."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.commands import printed
from support.node_programs import node_environment
from support.reports import report

from workbench.experiments.plot_data.board import board
from workbench.experiments.report.from_evaluation import board_entries
from workbench.experiments.report.render import board_html, report_html

pytestmark = [pytest.mark.consumer, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
OPENER = Path(__file__).with_name("open_page.cjs")
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@dataclass(frozen=True, slots=True)
class Opened:
    """A page as Chromium shows it: its visible text, drawings with an area, coloured tokens."""

    text: str
    svgs: int
    tokens: int
    grounds: tuple[str, ...]


def opened(page: Path) -> Opened:
    """The page, if it asked for nothing and Chromium has nothing to complain of."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise RuntimeError("no Chromium; `bash packaging/consumers.sh` says how to get it")
    done = subprocess.run(
        ["node", str(OPENER), program, page.as_uri()],
        capture_output=True,
        text=True,
        check=False,
        env=node_environment(),
    )
    if done.returncode:  # no assertion: a page is not found out by a program that does not start
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout)
    assert found["requests"] == [], "the page asks for something"
    assert found["console"] == [], "Chromium complains"
    assert not found["wide"], "the page is wider than its window"
    return Opened(found["text"], found["svgs"], found["tokens"], tuple(found["grounds"]))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("<script>console.error('no')</script>", "Chromium complains"),
        ("<script>throw new Error('no')</script>", "Chromium complains"),
        ("<img src='http://192.0.2.1/x.png'>", "the page asks"),
        ("<style>@import url(http://192.0.2.1/x.css);</style>", "the page asks"),
        ("<link rel=stylesheet href=missing.css>", "the page asks"),
        ("<iframe src='http://192.0.2.1/'></iframe>", "the page asks"),
        (
            "<meta http-equiv=Content-Security-Policy content=\"img-src 'none'\"><img src='x.png'>",
            "Chromium complains|the page asks",
        ),
        ("<div style='width:9000px'>wide</div>", "wider than its window"),
    ],
)
def test_a_broken_page_is_found_out(tmp_path: Path, broken: str, said: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><head></head><body>{broken}</body>", encoding="utf-8")
    with pytest.raises(AssertionError, match=said):
        opened(page)


def test_the_report_of_hostile_models_is_drawn_and_quiet(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    text = report_html(report(), "today")
    page.write_text(text.encode("utf-8", "replace").decode(), encoding="utf-8")
    found = opened(page)
    assert found.svgs >= 3
    assert "What was asked" in found.text
    assert "<img src=http://evil.example/x onerror=alert(1)>" in found.text


def test_the_leaderboard_is_drawn_and_quiet(tmp_path: Path) -> None:
    data = report()
    text = board_html(board(board_entries(data, 1, 0)), [data, data], "today")
    page = tmp_path / "board.html"
    page.write_text(text.encode("utf-8", "replace").decode(), encoding="utf-8")
    assert opened(page).svgs >= 3


def test_the_page_of_real_runs_shows_every_token_on_its_ground(tmp_path: Path) -> None:
    profile, page = tmp_path / "profile", tmp_path / "runs.html"
    settings = ("-s", "max_tokens=12", "-s", "ignore_eos=true", "-n", "2")
    for seed in ("7", "8"):
        printed(profile, "run", "@One day", "--seed", seed, *settings)
    export = ("history", "export", "--query", "One", "--to", "html", "-o", str(page))
    for columns in ("1", "2"):
        printed(profile, *export, "--option", f"columns={columns}")
        found = opened(page)
        assert found.tokens >= 24
        assert len(found.grounds) >= 3
        assert found.text.count("One day") == (2 if columns == "1" else 1)


def test_the_page_of_a_real_evaluation_is_drawn_and_quiet(tmp_path: Path) -> None:
    profile, page = tmp_path / "profile", tmp_path / "report.html"
    task = tmp_path / "task.jsonl"
    rows = [{"question": f"{n} + 1 =", "choices": ["1", "2"], "answer": n % 2} for n in range(6)]
    task.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    printed(profile, "eval", str(task), "--kind", "choice")
    printed(profile, "report", "last", "-o", str(page))
    assert opened(page).svgs >= 1

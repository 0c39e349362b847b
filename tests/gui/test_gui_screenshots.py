"""`make screenshots`: pictures of the real window, small enough for a repository."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from workbench.gui.theme import DARK, LIGHT

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "screenshots.py"
WANTED = {
    "prompt": 1,
    "prompt-dark": 1,
    "probabilities": 1,
    "probabilities-dark": 1,
    "probabilities-prompt": 1,
    "probabilities-plots": 1,
    "arena": 1,
    "arena-dark": 1,
    "attention": 1,
    "attention-influence": 1,
    "attention-lens": 1,
    "branches": 1,
    "compare": 1,
    "sweep": 1,
    "compare-dark": 1,
    "export": 1,
    "models": 1,
    "tour": 1,
    "branches-dark": 1,
    "branches-ahead": 1,
    "experiments": 1,
    "experiments-dark": 1,
    "leaderboard": 1,
    "history": 1,
    "microscope": 1,
    "microscope-dark": 1,
    "welcome": 1,
    "compare-token": 1,
    "steering": 1,
    "compare-runs": 1,
    "history-dark": 1,
    "attention-dark": 1,
    "attention-influence-dark": 1,
    "sweep-dark": 1,
    "prompt@2x": 2,
    "prompt-dark@2x": 2,
}

WITHOUT_BARS = {
    "arena", "arena-dark", "branches", "branches-dark", "sweep", "sweep-dark", "experiments",
    "experiments-dark", "leaderboard", "export", "models", "compare", "compare-dark",
    "compare-runs", "steering",
}  # fmt: skip
"""Pictures in which nothing is drawn in the colour of bars."""

DIALOGS = {"export": (860, 600), "models": (1230, 700), "compare-runs": (1040, 330)}
"""Pictures of a dialog instead of the window, with their size."""


@pytest.mark.bench  # a minute for four dozen pictures, which only `make screenshots` needs
@pytest.mark.timeout(300)
def test_every_picture_is_made_and_small(tmp_path: Path) -> None:
    check(tmp_path, WANTED)
    extra = {path.stem for path in tmp_path.iterdir()} - set(WANTED)
    assert extra <= {path.stem for path in (SCRIPT.parents[1] / "assets/screenshots").iterdir()}


@pytest.mark.timeout(200)
def test_the_first_pictures_are_made_and_small(tmp_path: Path) -> None:
    check(tmp_path, {"prompt": 1, "prompt-dark": 1}, "--few")


def check(folder: Path, wanted: Mapping[str, int], *options: str) -> None:
    """Have the pictures made, and look at each."""
    environment = {**os.environ, "PYTHONPATH": str(SCRIPT.parent.parent)}
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder), *options],
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {path.stem for path in folder.iterdir()} >= set(wanted)
    for name, scale in wanted.items():
        path = folder / f"{name}.png"
        image = QImage(str(path))
        wide, high = DIALOGS.get(name, (1440, 900))
        assert (image.width(), image.height()) == (wide * scale, high * scale)
        assert path.stat().st_size < 400_000
        colours = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 4)
            for y in range(0, image.height(), 4)
        }
        theme = DARK if "dark" in name else LIGHT
        bars = set() if name in WITHOUT_BARS else {theme.bar}
        assert {theme.pane, theme.accent} | bars <= colours, f"{name} lacks its colours"
        assert len(colours) > 60

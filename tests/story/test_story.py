"""The whole story through the real window, as a new user would: two sittings, one profile.

The program runs in a process of its own on a screen of its own (Xvfb). Keys and clicks go to its
windows, not to functions. Every step leaves a picture in the test's folder; when the story stops,
the last one is called `failed` and the message names what was waited for.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from PySide6.QtGui import QImage

from workbench.core.paths import Profile
from workbench.core.run import RunStatus
from workbench.core.votes import Verdict
from workbench.history.curate import remarks
from workbench.history.store import HistoryStore
from workbench.history.votes import list_votes

HERE = Path(__file__).parent
SITTING_S = 150


def sit(profile: Path, folder: Path, sitting: str) -> None:
    """Play one sitting; the program must end by itself and complain about nothing."""
    folder.mkdir(parents=True)
    paths = os.pathsep.join([str(HERE.parents[1]), str(HERE.parent)])
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "WORKBENCH_PROFILE")
    environment = {k: v for k, v in os.environ.items() if k not in screens}
    environment |= {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": paths, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24",
         sys.executable, str(HERE / "first_day.py"), str(profile), str(folder), sitting],
        env=environment,
        capture_output=True,
        text=True,
        timeout=SITTING_S,
        check=False,
    )  # fmt: skip
    pictures = ", ".join(sorted(path.name for path in folder.glob("*.png")))
    assert (done.returncode, done.stderr) == (0, ""), f"pictures in {folder}: {pictures}"
    for path in folder.glob("*.png"):
        image = QImage(str(path))
        seen = {
            image.pixel(x, y)
            for x in range(0, image.width(), 7)
            for y in range(0, image.height(), 7)
        }
        assert len(seen) > 20, f"{path} is empty"


@pytest.mark.xvfb
@pytest.mark.timeout(2 * SITTING_S + 20)
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="Xvfb is not installed")
def test_the_first_day_and_the_second(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    sit(profile, tmp_path / "first", "first")
    with closing(HistoryStore(Profile(profile).history_file)) as store:
        runs = store.recent(100)
        assert all(run.status is RunStatus.DONE for run in runs)
        votes = list_votes(store)
        before = len(runs)
        of_runs = [(run.run_id, remarks(store, run.run_id)) for run in runs]
        starred = [run_id for run_id, said in of_runs if said is not None and said.starred]
        assert len(starred) == 1
        assert store.get(starred[0]).start.parent is not None
    # The tour's run, the first own one, its fork, two columns, thirty items.
    assert before == 35
    assert [vote.verdict for vote in votes] == [Verdict.A]
    promptfoo = yaml.safe_load((tmp_path / "first" / "for-promptfoo.yaml").read_text("utf-8"))
    assert "Otto" in json.dumps(promptfoo)
    assert "Otto" in (tmp_path / "first" / "for-curl.sh").read_text("utf-8")
    sit(profile, tmp_path / "second", "second")
    with closing(HistoryStore(Profile(profile).history_file)) as store:
        assert len(store.recent(100)) == before

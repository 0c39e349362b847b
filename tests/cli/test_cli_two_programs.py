"""A window's session and command lines write one history at once: no row lost, no lock seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from workbench.core.paths import Profile, demo_model_path
from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.core.types import EngineSettings
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import open_session
from workbench.history.verify import verify
from workbench.templates.prompt_file import raw_prompt

_MANY = """
import json, sys, time
from workbench.cli.main import run
end = time.monotonic() + float(sys.argv[1])
codes = []
while time.monotonic() < end:
    codes.append(run(["run", "@Once " + sys.argv[2], "-s", "max_tokens=8", "-n", "2"], None))
print()
print(json.dumps(codes))
"""


class Quiet:
    """Hears nothing."""

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Nothing."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Nothing."""

    def run_finished(self, outcome: RunOutcome) -> None:
        """Nothing."""


def together(profile: Profile, folder: Path, seconds: float) -> tuple[int, int]:
    """Write from a session and two command lines for so long; how many runs each side made."""
    script = folder / "many.py"
    guarded = "if __name__ == '__main__':\n" + "".join(
        f"    {line}\n" for line in _MANY.strip().splitlines()
    )
    script.write_text(guarded, encoding="utf-8")
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "WORKBENCH_PROFILE": str(profile.root), "PYTHONPATH": root}
    children = [
        subprocess.Popen(
            [sys.executable, str(script), str(seconds), name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for name in ("one", "two")
    ]
    session, notices = open_session(profile)
    assert not notices
    outcomes = []
    try:
        prepared = session.prepare(demo_model_path(), EngineSettings(), raw_prompt("A cat"), {})
        end = time.monotonic() + seconds
        while time.monotonic() < end or any(child.poll() is None for child in children):
            sampling = Sampling(max_tokens=8)
            outcomes.append(session.start(prepared, sampling, None, 2, Quiet()).wait(60))
    finally:
        told = [child.communicate(timeout=100) for child in children]
        session.close()
    theirs = 0
    for (out, err), child in zip(told, children, strict=True):
        assert (child.returncode, err) == (0, "")
        codes = json.loads(out.splitlines()[-1])
        assert set(codes) == {0}
        theirs += len(codes)
    assert [(o.saved, o.save_error) for o in outcomes if not o.saved] == []
    return len(outcomes), theirs


def check(profile: Profile, count: int) -> None:
    """Every run is there, whole."""
    session, _ = open_session(profile)
    rows = session.store.recent(1_000_000)
    session.close()
    assert len(rows) == count
    assert {row.status for row in rows} == {RunStatus.DONE}
    assert verify(profile.history_file).is_whole


def test_a_session_and_two_command_lines_write_at_once(
    own_profile: Profile, tmp_path: Path
) -> None:
    ours, theirs = together(own_profile, tmp_path, 3.0)
    assert theirs >= 2
    check(own_profile, ours + theirs)


@pytest.mark.bench
@pytest.mark.timeout(300)
def test_they_write_for_a_minute(own_profile: Profile, tmp_path: Path) -> None:
    ours, theirs = together(own_profile, tmp_path, 60.0)
    assert theirs >= 20
    check(own_profile, ours + theirs)

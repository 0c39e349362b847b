"""Two models stream at once through the window on a screen: fair to both, and no frame waits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "bench_compare_window.py"
FAIR = 0.4
FRAME_MS = 1000 / 60


@pytest.mark.timing
def test_neither_model_starves_and_the_window_keeps_60_frames(tmp_path: Path) -> None:
    figures, picture = tmp_path / "figures.json", tmp_path / "both.png"
    environment = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    words = [
        "--tokens",
        "900",
        "--rounds",
        "3",
        "--json",
        str(figures),
        "--screenshot",
        str(picture),
    ]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert figures.exists(), done.stderr
    found = json.loads(figures.read_text(encoding="utf-8"))
    assert all(max(shares) >= FAIR for shares in found["ratios"].values()), done.stdout
    # One undisturbed round is proof; a busy machine can spoil any of them.
    assert min(r["late_p95"] for r in found["rounds"]) < FRAME_MS, done.stdout
    assert min(r["shown_p95"] for r in found["rounds"]) < FRAME_MS, done.stdout
    assert not QImage(str(picture)).isNull()

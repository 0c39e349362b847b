"""The memory a score takes does not grow with the length of the text.

One child process scores 500 tokens and then 3,000 with a vocabulary of 30,000. A matrix of all
logits would be 360 MB there; one chunk of 64 tokens is 8 MB. What may grow is the table of the
answer, 3,000 rows of 20 alternatives: below 1 MB. Measured growth: 1.1 MB.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.engine.bench_model import BenchShape, write_bench_model

SHAPE = BenchShape(n_layer=1, n_embd=64, n_head=2, n_head_kv=1, n_ff=64, n_vocab=30_000)
BOUND_MB = 16

SCORES = """
import json, sys
from pathlib import Path
from workbench.core.cancel import CancelToken
from workbench.core.types import ChooseRequest, EngineSettings, ScoreRequest
from workbench.engine.llama import LlamaEngine

def peak_mb():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(x.split()[1]) / 1024 for x in lines if x.startswith("VmHWM"))

engine = LlamaEngine(Path(sys.argv[1]), EngineSettings(n_ctx=4096, n_threads=1))
text = tuple(300 + i * 7 % 29_000 for i in range(3000))
peaks = []
for n in (500, 3000):
    table = engine.score(ScoreRequest(text[:n]), lambda d, t: None, CancelToken())
    assert len(table) == n
    peaks.append(peak_mb())
choices = tuple(text[i : i + 30] for i in range(100))
engine.choose(ChooseRequest(text[:2000], choices), lambda d, t: None, CancelToken())
peaks.append(peak_mb())
print(json.dumps(peaks))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_memory_of_a_score_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "wide.gguf"
    write_bench_model(path, SHAPE)
    done = subprocess.run(
        [sys.executable, "-c", SCORES, str(path)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    short, long, choices = json.loads(done.stdout)
    assert long - short < BOUND_MB
    # 100 x 29 rows of logits at once would be 350 MB.
    assert choices - short < 3 * BOUND_MB

"""32 layers x 32 heads x 2,048 tokens: all weights would be 17 GB; looking at them takes 256 MB.

One child process reads such a text three ways. Counted is its peak above the loaded engine, the
analysis context's KV cache of 33 MB included. Measured: 28, 115 and 174 MB.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from reference.gguf_models import SHAPES, write_model

from workbench.core.attention import ATTENTION_BUDGET_BYTES

LOOKS = """
import json, sys
from pathlib import Path
from workbench.core.attention import AttentionRequest
from workbench.core.cancel import CancelToken
from workbench.core.types import EngineSettings
from workbench.engine.llama import LlamaEngine

def peak_mb():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(x.split()[1]) / 1024 for x in lines if x.startswith("VmHWM"))

engine = LlamaEngine(Path(sys.argv[1]), EngineSettings(n_ctx=2048))
text = tuple(i * 7 % 250 for i in range(2048))
base, peaks, quiet = peak_mb(), [], lambda done, total: None

def note(found):
    peaks.append(peak_mb() - base)
    return found

inside = engine.inside
row = note(inside.attention(AttentionRequest(text[:256], queries=(255,)), quiet, CancelToken()))
assert row.values.shape == (32, 32, 1, 256)
heads = AttentionRequest(text, layers=(3,), heads=(4, 5, 6))
assert note(inside.attention(heads, quiet, CancelToken())).values.shape == (1, 3, 2048, 2048)
assert note(inside.head_summaries(text, quiet, CancelToken())).peak.shape == (32, 32, 2048)
print(json.dumps(peaks))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
@pytest.mark.timeout(240)
def test_a_large_model_is_looked_at_within_the_budget(tmp_path: Path) -> None:
    shape = replace(SHAPES["llama"], n_layer=32, n_head=32, n_head_kv=8, head_dim=16, n_ff=32)
    path = write_model(tmp_path / "many-heads.gguf", replace(shape, n_ctx=4096))
    done = subprocess.run(
        [sys.executable, "-c", LOOKS, str(path)],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    peaks = json.loads(done.stdout)
    assert max(peaks) * 2**20 <= ATTENTION_BUDGET_BYTES, peaks

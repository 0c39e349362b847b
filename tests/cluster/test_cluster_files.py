"""Models that a machine of the cluster has, and models that must be sent to it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.evaluations import word_rows, write_rows
from support.ray_nodes import RayNodes

from workbench.core.errors import UserError
from workbench.core.types import EngineSettings
from workbench.engine.cluster import Share, share_of
from workbench.engine.node_files import NodeFiles, WantedFile


def wanted(path: Path, data: bytes) -> WantedFile:
    return WantedFile(str(path), len(data), hashlib.sha256(data).hexdigest())


def test_the_same_bytes_at_the_same_path_are_not_sent(tmp_path: Path) -> None:
    model = tmp_path / "m.gguf"
    model.write_bytes(b"weights")
    files = NodeFiles(tmp_path / "cache")
    assert files.find(wanted(model, b"weights")) == str(model)
    assert files.find(wanted(model, b"WEIGHTS")) is None
    assert files.find(wanted(tmp_path / "none.gguf", b"weights")) is None


@given(st.binary(max_size=200), st.integers(1, 50))
def test_parts_become_the_file(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, size: int
) -> None:
    folder = tmp_path_factory.mktemp("cache")
    files = NodeFiles(folder)
    asked = wanted(Path("/elsewhere/m.gguf"), data)
    for offset in range(0, max(1, len(data)), size):
        files.add(asked, offset, data[offset : offset + size])
    kept = files.keep(asked)
    assert Path(kept).read_bytes() == data
    assert Path(kept).parent == folder
    assert files.find(asked) == kept
    assert [p.name for p in folder.iterdir()] == [Path(kept).name]


def test_a_damaged_file_is_refused_and_removed(tmp_path: Path) -> None:
    files = NodeFiles(tmp_path)
    asked = wanted(Path("/elsewhere/../../etc/m.gguf"), b"weights")
    files.add(asked, 0, b"weighty")
    with pytest.raises(UserError, match="damaged"):
        files.keep(asked)
    assert list(tmp_path.iterdir()) == []


def test_shares() -> None:
    big, small, head = {"CPU": 16.0}, {"CPU": 4.0}, {"memory": 1e9}
    card = {"CPU": 16.0, "GPU": 2.0}
    auto, eight = EngineSettings(), EngineSettings(n_threads=8)
    assert share_of([head, big, small], auto, None) == Share(2, 4, 0)
    assert share_of([head, big, big], auto, 8) == Share(8, 4, 0)
    assert share_of([big, small], eight, None) == Share(2, 8, 0)
    assert share_of([big, card], auto, None) == Share(2, 1, 1)
    assert share_of([big, card], EngineSettings(n_gpu_layers=0), None) == Share(2, 16, 0)
    with pytest.raises(UserError, match="No machine of the cluster has a processor"):
        share_of([head], auto, None)
    with pytest.raises(UserError, match="No machine of the cluster has 8 processors"):
        share_of([small], eight, None)


@pytest.mark.timeout(200)
def test_a_model_that_is_not_there_is_sent_once(
    cluster: RayNodes, small_demo_model: Path, tmp_path: Path
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    os.link(small_demo_model, here / "m.gguf")
    path = write_rows(tmp_path / "t.jsonl", word_rows(4))
    # A path that is another one in every process, as on another machine.
    asked = [sys.executable, "-m", "workbench", "--profile", str(tmp_path / "profile"), "eval"]
    asked += [str(path), "-m", "/proc/self/cwd/m.gguf", "-s", "n_ctx=512"]
    asked += ["--cluster", cluster.address, "--json"]
    copies = cluster.cache / "prompt-workbench" / "models"
    for _ in range(2):
        done = subprocess.run(asked, cwd=here, capture_output=True, check=False, timeout=100)
        assert done.returncode == 0, done.stderr.decode()
        assert done.stderr == b""
        (copy,) = copies.iterdir()
        assert copy.read_bytes() == small_demo_model.read_bytes()
        (model,) = json.loads(done.stdout)["models"]
        assert [r["error"] for r in model["results"]] == [None] * 4

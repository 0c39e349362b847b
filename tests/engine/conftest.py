"""Model files for the engine's tests, written once per session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from reference.gguf_models import ModelFolder

from workbench.core.types import EngineSettings
from workbench.engine.bench_model import QUICK, write_bench_model
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog


@pytest.fixture(scope="session")
def random_models(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """Small random-weight models: `random_models.path("gemma2", "q8_0")`."""
    return ModelFolder(tmp_path_factory.mktemp("random-models"))


@pytest.fixture(scope="session")
def native_log() -> NativeLog:
    """llama.cpp's log of this process; it must outlive every engine."""
    return NativeLog()


@pytest.fixture(scope="session")
def engine(demo_model: Path, native_log: NativeLog) -> Iterator[LlamaEngine]:
    """The larger demo model with 1,024 tokens of context, shared: tests must not rely on what
    stands in its cache."""
    loaded = LlamaEngine(demo_model, EngineSettings(n_ctx=1024), native_log)
    yield loaded
    loaded.close()


@pytest.fixture(scope="session")
def slow_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model that takes seconds over a long prompt or a long reply."""
    path = tmp_path_factory.mktemp("slow") / "slow.gguf"
    write_bench_model(path, replace(QUICK, n_layer=16, n_vocab=2048))
    return path


@pytest.fixture(autouse=True)
def engine_processes() -> None:
    """Engines start as the program starts them: these tests are about that."""

"""An engine in this process for experiments that ask it directly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.core.types import EngineSettings
from workbench.engine.llama import LlamaEngine


@pytest.fixture(scope="module")
def direct(demo_model: Path) -> Iterator[LlamaEngine]:
    """The larger demo model with 1,024 tokens of context."""
    engine = LlamaEngine(demo_model, EngineSettings(n_ctx=1024))
    yield engine
    engine.close()

"""Model files for the engine's tests, written once per session."""

from __future__ import annotations

import pytest
from reference.gguf_models import ModelFolder


@pytest.fixture(scope="session")
def random_models(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    """Small random-weight models: `random_models.path("gemma2", "q8_0")`."""
    return ModelFolder(tmp_path_factory.mktemp("random-models"))

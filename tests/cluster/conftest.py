"""A cluster of two machines, which are both this one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.ray_nodes import RayNodes


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RayNodes]:
    """Two nodes with a processor each; tests put back what they break."""
    nodes = RayNodes(2, tmp_path_factory.mktemp("caches"))
    yield nodes
    nodes.close()


@pytest.fixture(autouse=True)
def engine_processes() -> None:
    """Engines start as the program starts them: these tests are about that."""

"""Node.js and the programs from npm that `packaging/consumers.sh` installed."""

from __future__ import annotations

import os
from pathlib import Path

CONSUMERS = Path(__file__).parents[2] / ".consumers"
MODULES = CONSUMERS / "node" / "node_modules"


def node_environment(**more: str) -> dict[str, str]:
    """This process's environment, with the installed Node.js in front of the system's."""
    path = os.pathsep.join([str(CONSUMERS / "venv" / "bin"), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "NODE_PATH": str(MODULES), **more}

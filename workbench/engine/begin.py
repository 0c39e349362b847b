"""What answers for a model: a child process for a file, a connection for a server's address."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.engine_settings import EngineSettings
from workbench.core.paths import Profile
from workbench.core.remote import remote_address
from workbench.engine.child import Child
from workbench.engine.life import Begin, Life

if TYPE_CHECKING:
    from workbench.engine.remote.servers import Servers


class AnyEngine:
    """A `life.Begin` for every model a person can name. Any thread."""

    def __init__(self, profile: Profile, files: Begin = Child) -> None:
        """`profile` says which servers were named; nothing is read before one is meant.

        `files` starts what answers for a file: a child process, unless it is on a cluster.
        """
        self._profile = profile
        self._files = files
        self._lock = threading.Lock()  # protects _servers
        self._servers: Servers | None = None

    @property
    def servers(self) -> Servers:
        """The servers this program knows and uses."""
        with self._lock:
            if self._servers is None:
                # Whoever works on this machine alone does not wait for what talks to servers.
                from workbench.engine.remote.servers import Servers

                self._servers = Servers(self._profile)
            return self._servers

    def __call__(self, path: Path, settings: EngineSettings) -> Life:
        """Begin to load a model, or to ask its server; returns at once."""
        address = remote_address(path)
        if address is None:
            return self._files(path, settings)
        from workbench.engine.remote.life import RemoteLife

        return RemoteLife(address, self.servers)

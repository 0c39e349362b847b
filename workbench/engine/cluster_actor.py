"""The replica of a model on a machine of a cluster. No ray here: any process could hold it.

Values cross the network pickled by this program, so that both ends know how many bytes they were.
"""

from __future__ import annotations

import pickle
import platform
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from workbench import __version__
from workbench.core.errors import UserError
from workbench.core.paths import APP
from workbench.core.types import EngineSettings
from workbench.engine.gguf import read_header
from workbench.engine.hardware import default_threads
from workbench.engine.messages import Call
from workbench.engine.node_files import NodeFiles, WantedFile
from workbench.engine.relay import Relay


@dataclass(frozen=True, slots=True)
class Hello:
    """What a machine says of itself. `place` is for people."""

    version: str
    place: str


class ReplicaActor:
    """One replica. Its methods may run on several threads."""

    def __init__(self) -> None:
        self._files = NodeFiles(Path(platformdirs.user_cache_dir(APP)) / "models")
        self._relay: Relay | None = None

    def hello(self) -> bytes:
        """Which program this is, and where; a pickled Hello."""
        return pickle.dumps(Hello(__version__, platform.node() or "a machine without a name"))

    def find(self, wanted: bytes) -> str | None:
        """See `NodeFiles.find`; `wanted` is a pickled WantedFile here and below."""
        return self._files.find(_wanted(wanted))

    def add(self, wanted: bytes, offset: int, data: bytes) -> bytes:
        """See `NodeFiles.add`; a pickled UserError or None."""
        try:
            self._files.add(_wanted(wanted), offset, data)
        except UserError as error:
            return pickle.dumps(error)
        return pickle.dumps(None)

    def keep(self, wanted: bytes) -> bytes:
        """See `NodeFiles.keep`; a pickled path or UserError."""
        try:
            return pickle.dumps(self._files.keep(_wanted(wanted)))
        except UserError as error:
            return pickle.dumps(error)

    def load(self, path: str, settings: bytes, most_threads: int) -> bytes:
        """Load the model; a pickled Loaded or UserError.

        Where `settings` (pickled EngineSettings) leave the number of threads open, there are at
        most `most_threads`: the others belong to somebody else's work.
        """
        wished = unpacked(settings)
        if not isinstance(wished, EngineSettings):
            raise TypeError("load wants EngineSettings")
        try:
            if not wished.n_threads:
                usual = default_threads(read_header(Path(path)).info.n_params)
                wished = replace(wished, n_threads=max(1, min(usual, most_threads)))
            self._relay = Relay(Path(path), wished)
            return pickle.dumps(self._relay.load())
        except UserError as error:
            return pickle.dumps(error)

    def ask(self, turn: int, call: bytes) -> bytes:
        """See `Relay.ask`; a pickled Call, and pickled messages."""
        if self._relay is None:
            raise RuntimeError("nothing is loaded")
        wanted = unpacked(call)
        if not isinstance(wanted, Call):
            raise TypeError("a Call was expected")
        return pickle.dumps(self._relay.ask(turn, wanted))

    def cancel(self, number: int) -> None:
        """See `Relay.cancel`."""
        if self._relay is not None:
            self._relay.cancel(number)


def _wanted(data: bytes) -> WantedFile:
    value = unpacked(data)
    if not isinstance(value, WantedFile):
        raise TypeError("a WantedFile was expected")
    return value


def unpacked(data: bytes) -> object:
    """A value from the other end: this program too, in a cluster whose members run any code."""
    return pickle.loads(data)  # noqa: S301  # see above

"""Models on a Ray cluster that already exists: an actor per replica, calls spread over them.

The only module that knows Ray. Ray places the actors and notices their deaths; what a dead one
owed is asked again by `Replicas`.
"""

from __future__ import annotations

import logging
import os
import pickle
import socket
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar

from workbench import __version__
from workbench.core.errors import UserError
from workbench.core.extras import how_to_get
from workbench.core.ids import file_sha256
from workbench.core.types import EngineSettings, Loaded
from workbench.engine.cluster_actor import Hello, ReplicaActor, unpacked
from workbench.engine.life import Life
from workbench.engine.messages import Call, JobMessage
from workbench.engine.node_files import WantedFile
from workbench.engine.ray_lines import ray_is_quiet
from workbench.engine.replicas import AHEAD, Replica, ReplicaLostError, Replicas

T = TypeVar("T")

CHUNK_BYTES = 16 << 20
"""A model file is sent in parts of this size."""

START_S = 120.0
"""How long a replica may wait for a machine that has room for it."""

CONNECT_S = 10.0
"""How long the head of a cluster may take to accept a connection."""

_LOOK_S = 0.2  # how often a replica that starts looks whether the program leaves
_CONTROL_THREADS = 2  # beside the calls an actor holds: a cancel must find a thread


@dataclass(slots=True)
class Traffic:
    """Bytes and calls between this machine and the replicas, without model files."""

    calls: int = 0
    sent_bytes: int = 0
    received_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """How a cluster is divided.

    Attributes:
        replicas: of one model.
        cpus, gpus: what each of them reserves.
    """

    replicas: int
    cpus: int
    gpus: int


def share_of(
    nodes: list[Mapping[str, float]], settings: EngineSettings, replicas: int | None
) -> Share:
    """A replica per GPU; without GPUs as many as `n_threads` allows, or one per machine.

    `nodes` are the resources of each machine, by Ray's names.

    Raises:
        UserError: no machine has a processor to give.
    """
    gpus = [int(node.get("GPU", 0)) for node in nodes]
    if settings.n_gpu_layers and sum(gpus):
        return Share(replicas or sum(gpus), 1, 1)
    cpus = [int(node.get("CPU", 0)) for node in nodes if node.get("CPU", 0) >= 1]
    if not cpus:
        raise UserError(
            "No machine of the cluster has a processor to give.",
            "Start its nodes with --num-cpus of at least 1.",
        )
    if settings.n_threads:
        fitting = sum(n // settings.n_threads for n in cpus)
        if not fitting:
            raise UserError(
                f"No machine of the cluster has {settings.n_threads} processors.",
                f"The largest has {max(cpus)}: set n_threads to that or less.",
            )
        return Share(replicas or fitting, settings.n_threads, 0)
    wanted = replicas or len(cpus)
    per_node = -(-wanted // len(cpus))
    return Share(wanted, max(1, min(cpus) // per_node), 0)


class Cluster:
    """A connection to a Ray cluster; one per process. Any thread.

    Attributes:
        traffic: what crossed the network so far.
    """

    def __init__(self, address: str, replicas: int | None, tell: Callable[[str], None]) -> None:
        """`replicas` of each model, as many as fit when None; `tell` hears what a person should.

        Raises:
            UserError: Ray is not installed, or there is no cluster at the address.
        """
        self._leaving = threading.Event()
        self._starts: list[threading.Thread] = []
        self._closing = ExitStack()
        self._closing.enter_context(ray_is_quiet())
        try:
            self._ray = _connected(address)
        except UserError:
            self._closing.close()
            raise
        self._closing.callback(self._ray.shutdown)
        self._replicas = replicas
        self._tell = tell
        self._lock = threading.Lock()  # protects traffic, _hashes, _placing
        self._hashes: dict[str, WantedFile] = {}
        self._placing: dict[str, threading.Lock] = {}
        self.traffic = Traffic()

    def begin(self, path: Path, settings: EngineSettings) -> Life:
        """Start the replicas of a model; see `engine.life.Begin`.

        Raises:
            UserError: the cluster has no room, or is gone.
        """
        nodes = [
            node["Resources"] for node in self._asked(self._ray.nodes) if node.get("Alive", False)
        ]
        share = share_of(nodes, settings, self._replicas)
        return Replicas(
            path, settings, partial(self._start, path, settings, share), share.replicas, self._tell
        )

    def close(self) -> None:
        """Leave the cluster; its replicas of ours end."""
        # Whoever asks Ray for anything after its end takes the process along.
        self._leaving.set()
        for thread in self._starts:
            thread.join()
        self._closing.close()

    def count(self, sent: int, received: int) -> None:
        """Add one call to the traffic."""
        with self._lock:
            self.traffic.calls += bool(sent)
            self.traffic.sent_bytes += sent
            self.traffic.received_bytes += received

    def _start(
        self, path: Path, settings: EngineSettings, share: Share
    ) -> Future[tuple[Replica, Loaded]]:
        started: Future[tuple[Replica, Loaded]] = Future()

        def run() -> None:
            try:
                started.set_result(self._replica(path, settings, share))
            except Exception as error:  # noqa: BLE001  # whoever waits must hear of it
                is_known = isinstance(error, UserError)
                started.set_exception(error if is_known else ReplicaLostError(_first_line(error)))

        thread = threading.Thread(target=run, name="cluster-start", daemon=True)
        self._starts.append(thread)
        thread.start()
        return started

    def _replica(
        self, path: Path, settings: EngineSettings, share: Share
    ) -> tuple[Replica, Loaded]:
        ray = self._ray
        actor = (
            ray.remote(ReplicaActor)
            .options(
                num_cpus=share.cpus,
                num_gpus=share.gpus,
                max_restarts=0,
                max_task_retries=0,
                max_concurrency=AHEAD + _CONTROL_THREADS,
                scheduling_strategy="SPREAD",
            )
            .remote()
        )
        try:
            place = self._greeted(actor, share)
            there, adapted = self._placed(actor, place, path, settings)
            answer = actor.load.remote(there, pickle.dumps(adapted), share.cpus)
            loaded = _value(self._awaited(answer), Loaded)
        except BaseException:
            with suppress(Exception):
                ray.kill(actor)
            raise
        return _RayReplica(self, ray, actor, place), loaded

    def _greeted(self, actor: Any, share: Share) -> str:
        """Which machine an actor has come to, once it is there."""
        data = self._awaited(actor.hello.remote(), START_S)
        if data is None:
            raise UserError(
                f"No machine of the cluster had {share.cpus} processors"
                f"{' and a GPU' if share.gpus else ''} free within {START_S:.0f} s.",
                "Ask for fewer --replicas or fewer threads.",
            )
        hello = _value(data, Hello)
        if hello.version != __version__:
            raise UserError(
                f"{hello.place} has workbench {hello.version}, this machine {__version__}.",
                "Install the same version on all machines.",
            )
        return hello.place

    def _placed(
        self, actor: Any, place: str, path: Path, settings: EngineSettings
    ) -> tuple[str, EngineSettings]:
        """Have the model and what goes with it on the replica's machine."""
        with self._lock:
            lock = self._placing.setdefault(place, threading.Lock())
        with lock:  # a second replica on that machine finds what the first was sent
            lora = tuple((self._sent(actor, Path(p)), scale) for p, scale in settings.lora)
            vectors = tuple(
                (self._sent(actor, Path(p)), strength) for p, strength in settings.control_vectors
            )
            return self._sent(actor, path), replace(settings, lora=lora, control_vectors=vectors)

    def _sent(self, actor: Any, path: Path) -> str:
        """Where a file of this machine is on the replica's."""
        wanted = self._described(path)
        data = pickle.dumps(wanted)
        found = self._awaited(actor.find.remote(data))
        if found is not None:
            return str(found)
        with path.open("rb") as file:
            offset = 0
            while chunk := file.read(CHUNK_BYTES):
                _value(self._awaited(actor.add.remote(data, offset, chunk)), NoneType)
                offset += len(chunk)
        return _value(self._awaited(actor.keep.remote(data)), str)

    def _described(self, path: Path) -> WantedFile:
        key = str(path.absolute())
        with self._lock:
            known = self._hashes.get(key)
            if known is None:
                try:
                    size = path.stat().st_size
                    known = WantedFile(key, size, file_sha256(path))
                except OSError as error:
                    raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error
                self._hashes[key] = known
            return known

    def _awaited(self, answer: Any, timeout_s: float | None = None) -> Any:
        """What an actor's method gives; None when it took longer than `timeout_s`."""
        due = None if timeout_s is None else time.monotonic() + timeout_s
        while not self._ray.wait([answer], timeout=_LOOK_S)[0]:
            if self._leaving.is_set():
                raise UserError("The program leaves the cluster.")
            if due is not None and time.monotonic() > due:
                return None
        return self._ray.get(answer)

    def _asked(self, question: Callable[[], Any]) -> Any:
        try:
            return question()
        except Exception as error:
            raise UserError(
                f"The cluster does not answer: {_first_line(error)}",
                "What is done is kept; go on with --resume when it is back.",
            ) from error


class _RayReplica:
    """An actor, asked in turns. One thread asks."""

    def __init__(self, cluster: Cluster, ray: Any, actor: Any, place: str) -> None:
        self._cluster = cluster
        self._ray = ray
        self._actor = actor
        self._turn = 0
        self.place = place

    def ask(self, call: Call) -> Future[list[JobMessage]]:
        """See `Replica.ask`."""
        data = pickle.dumps(call)
        self._cluster.count(len(data), 0)
        answer: Future[list[JobMessage]] = Future()
        try:
            asked = self._actor.ask.remote(self._turn, data).future()
        except Exception as error:  # noqa: BLE001  # Ray has many; the replica is not to be had
            answer.set_exception(ReplicaLostError(_first_line(error)))
            return answer
        self._turn += 1
        asked.add_done_callback(partial(self._answered, answer))
        return answer

    def _answered(self, answer: Future[list[JobMessage]], asked: Future[bytes]) -> None:
        error = asked.exception()
        if isinstance(error, self._ray.exceptions.RayTaskError):
            answer.set_exception(
                UserError(f"{self.place} failed: {_first_line(error)}", details=str(error))
            )
        elif error is not None:
            answer.set_exception(ReplicaLostError(_first_line(error)))
        else:
            data = asked.result()
            self._cluster.count(0, len(data))
            try:
                answer.set_result(_value(data, list))
            except Exception as error:  # noqa: BLE001  # whoever waits must hear of it
                answer.set_exception(UserError(f"{self.place} answered nonsense: {error}"))

    def cancel(self, number: int) -> None:
        """See `Replica.cancel`."""
        with suppress(Exception):
            self._actor.cancel.remote(number)

    def close(self) -> None:
        """See `Replica.close`."""
        with suppress(Exception):
            self._ray.kill(self._actor)


def _connected(address: str) -> Any:
    # Ray reports its use to its makers unless it is told not to; nothing leaves this machine that
    # its owner did not send.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # Lines that it holds back, to say them once, it prints at the end and on the main thread.
    os.environ["RAY_DEDUP_LOGS"] = "0"
    # A replica that still starts when this program leaves must not make Ray begin a new cluster.
    os.environ["RAY_ENABLE_AUTO_CONNECT"] = "0"
    try:
        import ray
    except ImportError as error:
        raise UserError("Ray is not installed.", how_to_get("ray")) from error
    _check_listens(address)
    try:
        ray.init(
            address=address,
            configure_logging=False,
            logging_level=logging.CRITICAL,
            log_to_driver=False,
            namespace="prompt-workbench",
        )
    except Exception as error:
        raise _no_cluster(address, _first_line(error)) from error
    return ray


def _check_listens(address: str) -> None:
    """Refuse an address where nobody listens: Ray itself would try for minutes."""
    if address == "auto":
        return
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if not colon or not port.isdecimal() or not 0 < int(port) < 65536:
        raise _no_cluster(address, "this is no address.")
    try:
        socket.create_connection((host.strip("[]"), int(port)), CONNECT_S).close()
    except OSError as error:
        raise _no_cluster(address, f"{error.strerror or error}.") from error


def _no_cluster(address: str, why: str) -> UserError:
    return UserError(
        f"There is no Ray cluster at {address}: {why}",
        "Name its head as HOST:PORT or ray://HOST:PORT, or auto for the one this machine is in.",
    )


def _value(data: bytes, kind: type[T]) -> T:
    """What an actor's method gave; raises the UserError it gave instead."""
    value = unpacked(data)
    if isinstance(value, UserError):
        raise value
    if not isinstance(value, kind):
        raise TypeError(f"the replica gave {type(value).__name__}, not {kind.__name__}")
    return value


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__

"""A Ray cluster on this machine, held by a process of its own: `python ray_nodes.py N_NODES`.

It prints its address, then obeys lines: `kill` ends the newest node without a warning, `add` begins
another, and the end of its input ends it all.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_STORE_BYTES = 80_000_000  # Ray's least, so that it fits a container's shared memory


class RayNodes:
    """The process, seen from a test.

    Attributes:
        address: HOST:PORT.
        cache: the folder of caches that its nodes use.
    """

    def __init__(self, n_nodes: int, cache: Path) -> None:
        """`cache` is the folder of caches that its nodes use."""
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(n_nodes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "XDG_CACHE_HOME": str(cache)},
        )
        self.cache = cache
        self.address = self._said()

    def kill_node(self) -> None:
        """End a node without a warning."""
        self._order("kill")

    def add_node(self) -> None:
        """Begin another node."""
        self._order("add")

    def replicas(self) -> list[int]:
        """Process ids of the replicas on its nodes."""
        return [pid for pid in _replica_processes() if self.address.encode() in _parent(pid)]

    def close(self) -> None:
        """End all of it."""
        self._process.communicate(timeout=60)

    def _order(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        assert self._said() == word

    def _said(self) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("> "):
                return line.removeprefix("> ").strip()
        raise AssertionError(f"the cluster ended with code {self._process.wait()}")


def _parent(pid: int) -> bytes:
    """The command line of a process' parent; empty when either is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        parent = next(line.split()[1] for line in status.splitlines() if line.startswith("PPid:"))
        return Path(f"/proc/{parent}/cmdline").read_bytes()
    except OSError:
        return b""


def _replica_processes() -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it has just ended
        if name.startswith(b"ray::ReplicaActor"):
            found.append(int(folder.name))
    return found


def _hold(n_nodes: int) -> None:
    from ray.cluster_utils import Cluster

    head = {"num_cpus": 0, "include_dashboard": False, "object_store_memory": _STORE_BYTES}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    nodes: list[Any] = []
    orders = ["add"] * n_nodes
    for order in orders:
        _obey(cluster, nodes, order)
    print(f"> {cluster.address}", flush=True)
    for line in sys.stdin:
        _obey(cluster, nodes, line.strip())
        print(f"> {line.strip()}", flush=True)
    cluster.shutdown()


def _obey(cluster: Any, nodes: list[Any], order: str) -> None:
    if order == "add":
        nodes.append(cluster.add_node(num_cpus=1, object_store_memory=_STORE_BYTES))
    else:
        cluster.remove_node(nodes.pop(), allow_graceful=False)


if __name__ == "__main__":
    _hold(int(sys.argv[1]))

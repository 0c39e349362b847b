"""Measure a cluster of two local Ray nodes against as many local engine processes.

    python packaging/bench_cluster.py [ITEMS]

Prints one JSON document: the throughput of both in pairs of one run and the median of their ratios,
the bytes that crossed between the program and its replicas, and what the program itself spends on
an item: the arithmetic of assets/help/cluster.md.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from support.evaluations import Watching, plan_for, write_rows
from support.ray_nodes import RayNodes

from workbench.core.engine_settings import EngineSettings
from workbench.core.paths import Profile, demo_model_path
from workbench.core.sampling import Sampling
from workbench.engine.client import EngineClient
from workbench.engine.cluster import Cluster
from workbench.engine.pool import EnginePool
from workbench.experiments.evaluate.plan import EvalPlan
from workbench.experiments.evaluate.runner import EvalEnd, Evaluation
from workbench.experiments.session import Session, open_session
from workbench.experiments.tasks.load import load_task

PAIRS = 5
SETTINGS = EngineSettings(n_ctx=512, n_threads=1)
SAMPLING = Sampling(temperature=1.0, max_tokens=64, ignore_eos=True)
STORY = "Tell a story about a small dog that finds a red ball near the river, number {}."


def main() -> None:
    """See above."""
    n_items = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            {"id": f"i{i}", "question": STORY.format(i), "answer": "dog"} for i in range(n_items)
        ]
        halves = [plan(write_rows(folder / f"half{k}.jsonl", rows[k::2])) for k in range(2)]
        whole = plan(write_rows(folder / "whole.jsonl", rows))
        nodes = RayNodes(2, folder / "caches")
        cluster = Cluster(nodes.address, 2, lambda line: print(line, file=sys.stderr))
        there, _ = open_session(Profile(folder / "there"), EnginePool(begin=cluster.begin))
        here = [open_session(Profile(folder / f"here{k}"), EnginePool())[0] for k in range(2)]
        try:
            print(json.dumps(measured(there, here, whole, halves, cluster, n_items), indent=1))
        finally:
            for session in (there, *here):
                session.close()
            cluster.close()
            nodes.close()


def plan(path: Path) -> EvalPlan:
    """One question, one sampled reply, per row."""
    return plan_for(path, demo_model_path(), settings=SETTINGS, samplings=(SAMPLING,))


def measured(
    there: Session,
    here: list[Session],
    whole: EvalPlan,
    halves: list[EvalPlan],
    cluster: Cluster,
    n_items: int,
) -> dict[str, object]:
    """Everything that is printed."""
    for session in (there, *here):
        session.load(demo_model_path(), SETTINGS)
    client: EngineClient = there.client(here[0].load(demo_model_path(), SETTINGS).model, SETTINGS)
    assert client.width == 2
    asked(there, whole)  # both replicas are there and warm after it
    pairs = []
    before = cluster.traffic.calls, cluster.traffic.sent_bytes, cluster.traffic.received_bytes
    cpu_s = 0.0
    tokens = 0
    for _ in range(PAIRS):
        local_s = both(here, halves)
        began, cpu = time.perf_counter(), time.process_time()
        end = asked(there, whole)
        pairs.append((local_s, time.perf_counter() - began))
        cpu_s += time.process_time() - cpu
        tokens = sum(len(o.evidence[0].logprobs.logprobs) for o in end.outcomes
                     if o.evidence[0].logprobs is not None)  # fmt: skip
    n = PAIRS * n_items
    return {
        "items": n_items,
        "tokens_per_item": round(tokens / n_items, 1),
        "local_items_per_s": [round(n_items / local, 1) for local, _ in pairs],
        "cluster_items_per_s": [round(n_items / far, 1) for _, far in pairs],
        "ratio": round(statistics.median(local / far for local, far in pairs), 3),
        "calls_per_item": round((cluster.traffic.calls - before[0]) / n, 2),
        "sent_bytes_per_item": round((cluster.traffic.sent_bytes - before[1]) / n),
        "received_bytes_per_item": round((cluster.traffic.received_bytes - before[2]) / n),
        "program_cpu_ms_per_item": round(cpu_s / n * 1000, 2),
        "history_bytes_per_item": round(history_bytes(there) / (n + n_items)),
    }


def asked(session: Session, wanted: EvalPlan) -> EvalEnd:
    """An evaluation that has come to its end, recorded."""
    evaluation = Evaluation(session, wanted, load_task(wanted.task.path), Watching())
    evaluation.start()
    return evaluation.wait()


def both(sessions: list[Session], plans: list[EvalPlan]) -> float:
    """Seconds that two local engines need, each for its half, at once."""
    threads = [
        threading.Thread(target=asked, args=pair) for pair in zip(sessions, plans, strict=True)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def history_bytes(session: Session) -> int:
    """The size of a history on the disk."""
    path = session.store.path
    assert path is not None
    return sum(p.stat().st_size for p in path.parent.glob(f"{path.name}*"))


if __name__ == "__main__":
    main()

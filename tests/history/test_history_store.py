"""Runs go in, whole runs come out; lists, counts, checkpoints and the tables beneath."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.core.ids import RunIds
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.types import Finish, GenerateResult, ModelInfo, Timings
from workbench.history.store import HistoryStore, open_store

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]
SameEnds = Callable[[RunEnd | None, RunEnd | None], bool]


@pytest.mark.parametrize("in_memory", [False, True])
def test_a_complete_run_comes_back_complete(
    history_path: Path,
    make_start: MakeStart,
    make_end: MakeEnd,
    same_ends: SameEnds,
    in_memory: bool,
) -> None:
    store = HistoryStore(None if in_memory else history_path)
    start, end = make_start(), make_end()
    store.start_run(start).result()
    running = store.get(start.run_id)
    assert (running.start, running.end, running.status) == (start, None, RunStatus.RUNNING)
    store.finish_run(start.run_id, end).result()
    stored = store.get(start.run_id)
    store.close()
    assert stored.start == start
    assert same_ends(stored.end, end)
    assert (stored.status, stored.problems, stored.unsaved) == (RunStatus.DONE, (), "")


def test_a_run_survives_closing_and_opening(
    history_path: Path, make_start: MakeStart, make_end: MakeEnd, same_ends: SameEnds
) -> None:
    store = HistoryStore(history_path)
    store.start_run(make_start())
    store.finish_run("run-0001", make_end(RunStatus.CANCELLED))
    store.close()
    store = HistoryStore(history_path)
    stored = store.get("run-0001")
    store.close()
    assert stored.start == make_start()
    assert same_ends(stored.end, make_end(RunStatus.CANCELLED))


@pytest.mark.parametrize(
    "changes",
    [
        {"parent": None, "chat_template": None, "prompt_tokens": (), "variables": {}, "text": ""},
        {"text": "a\0b", "prompt_source": "\udc80 lone \ud800", "prompt_path": "/x/\udcff.yml"},
        {"variables": {"x": float("inf"), "$float": "nan", "y": {"$float": "nan"}}},
    ],
    ids=["least", "odd characters", "odd numbers"],
)
def test_odd_runs_come_back_equal(
    store: HistoryStore, make_start: MakeStart, changes: dict[str, object]
) -> None:
    start = make_start(**changes)
    store.start_run(start).result()
    assert store.get(start.run_id).start == start
    assert store.recent()[0].run_id == start.run_id


def test_a_failed_run_keeps_its_error_and_no_replies(
    store: HistoryStore, make_start: MakeStart, same_ends: SameEnds
) -> None:
    result = GenerateResult((), Timings(), {}, "The engine died: SIGSEGV.", "Try again.")
    end = RunEnd(5, RunStatus.FAILED, result)
    store.start_run(make_start()).result()
    store.finish_run("run-0001", end).result()
    assert same_ends(store.get("run-0001").end, end)
    row = store.recent()[0]
    assert (row.reply, row.finish, row.n_tokens) == ("", None, 0)
    assert row.error == "The engine died: SIGSEGV."


def test_recent_pages_from_newest_to_oldest(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd
) -> None:
    ids = RunIds()
    made = [ids.new() for _ in range(7)]
    for run_id in made:
        store.start_run(make_start(run_id))
    store.finish_run(made[-1], make_end(text="word " * 100)).result()
    first = store.recent(limit=3)
    second = store.recent(limit=5, before=first[-1].run_id)
    assert [r.run_id for r in first + second] == made[::-1]
    assert store.recent(before=made[0]) == []
    assert store.count() == 7
    row = first[0]
    assert row.reply.endswith("…")
    assert len(row.reply) <= 100
    assert (row.n_tokens, row.finish, row.seed) == (10, Finish.STOP, 42)
    assert (row.prompt_name, row.model_name) == ("capital", "demo-2m")
    assert (first[1].n_tokens, first[1].finish) == (None, None)


def test_an_unknown_run_is_named(store: HistoryStore, make_end: MakeEnd) -> None:
    with pytest.raises(UserError, match="no run nope"):
        store.get("nope")
    with pytest.raises(UserError, match="no run nope"):
        store.finish_run("nope", make_end()).result()
    with pytest.raises(UserError, match="no run nope"):
        store.record_sha256("nope", "00").result()
    assert store.unsaved() == 0


def test_a_run_ends_once_and_never_as_running(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd
) -> None:
    store.start_run(make_start())
    store.finish_run("run-0001", make_end()).result()
    with pytest.raises(UserError, match=r"has ended already \(done\)"):
        store.finish_run("run-0001", make_end(text="other")).result()
    assert store.recent()[0].reply == "Lima."
    with pytest.raises(ValueError, match="running"):
        store.finish_run("run-0001", make_end(RunStatus.RUNNING))


def test_the_same_id_twice_is_a_bug_and_changes_nothing(
    store: HistoryStore, make_start: MakeStart
) -> None:
    store.start_run(make_start()).result()
    with pytest.raises(sqlite3.IntegrityError):
        store.start_run(make_start(seed=9)).result()
    assert store.get("run-0001").start.seed == 42
    assert store.unsaved() == 0


def test_equal_texts_and_models_are_kept_once(
    store: HistoryStore, history_path: Path, make_start: MakeStart
) -> None:
    for number in range(5):
        store.start_run(make_start(f"run-{number}")).result()
    with closing(sqlite3.connect(history_path)) as raw:
        hashes = raw.execute("SELECT count(*), count(DISTINCT hash) FROM contents").fetchone()
        models = raw.execute("SELECT count(*) FROM models").fetchone()
    assert hashes == (7, 7)  # source, text, 2 chat templates, engine, settings, sampling
    assert models == (1,)


def test_a_hash_computed_later_joins_the_run(
    store: HistoryStore, make_start: MakeStart, make_model: Callable[..., ModelInfo]
) -> None:
    for run_id in ("run-a", "run-b"):
        store.start_run(make_start(run_id, model=make_model(sha256="")))
    store.record_sha256("run-a", "cd" * 32).result()
    assert store.get("run-a").start.model == make_model(sha256="cd" * 32)
    assert store.get("run-b").start.model == make_model(sha256="")


def test_checkpoints_leave_a_running_run_running_and_the_end_replaces_them(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd, same_ends: SameEnds
) -> None:
    store.start_run(make_start())
    store.checkpoint("run-0001", ["Li"])
    store.checkpoint("run-0001", ["Lim", "x", "third"]).result()
    assert store.get("run-0001").end is None
    assert store.recent()[0].reply == "Lim"
    store.finish_run("run-0001", make_end()).result()
    assert same_ends(store.get("run-0001").end, make_end())


def test_closing_marks_what_still_runs_and_closing_twice_is_harmless(
    history_path: Path, make_start: MakeStart
) -> None:
    store = HistoryStore(history_path)
    store.start_run(make_start())
    store.checkpoint("run-0001", ["Li"])
    store.close()
    store.close()
    for call in (store.recent, store.count, lambda: store.start_run(make_start())):
        with pytest.raises(UserError, match="history is closed"):
            call()
    store = HistoryStore(history_path)
    stored = store.get("run-0001")
    store.close()
    assert stored.status is RunStatus.INTERRUPTED
    assert stored.end is not None
    assert stored.end.result.samples[0].text == "Li"
    assert stored.end.result.samples[0].finish is Finish.ERROR
    assert "closed before" in stored.end.result.error


def test_rows_of_other_versions_and_damaged_blobs_load_with_problems_named(
    store: HistoryStore, history_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    store.start_run(make_start())
    store.finish_run("run-0001", make_end()).result()
    with closing(sqlite3.connect(history_path)) as raw, raw:
        raw.execute(
            "UPDATE contents SET text = '{\"top_k\": 3, \"new\": 1}' WHERE text LIKE '%mirostat%'"
        )
        raw.execute("UPDATE samples SET tokens = substr(tokens, 1, 40) WHERE idx = 0")
        raw.execute("UPDATE runs SET prompt_tokens = x'00'")
    stored = store.get("run-0001")
    assert stored.start.sampling.top_k == 3
    assert stored.start.prompt_tokens == ()
    assert stored.end is not None
    assert [len(s.tokens) for s in stored.end.result.samples] == [0, 5]
    assert [p.split(" cannot")[0] for p in stored.problems] == [
        "The stored prompt tokens",
        "Sample 0: The stored token records",
    ]


def test_stored_json_is_strict_and_the_views_are_readable(
    store: HistoryStore, history_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    store.start_run(make_start(variables={"x": float("nan")}))
    store.finish_run("run-0001", make_end()).result()

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    with closing(sqlite3.connect(history_path)) as raw:
        raw.row_factory = sqlite3.Row
        texts = [r[0] for r in raw.execute("SELECT text FROM contents WHERE text LIKE '{\"%'")]
        texts += [r[0] for r in raw.execute("SELECT variables FROM runs")]
        texts += [r[0] for r in raw.execute("SELECT info FROM models")]
        run = dict(raw.execute("SELECT * FROM runs_readable").fetchone())
        samples = [dict(r) for r in raw.execute("SELECT * FROM samples_readable ORDER BY idx")]
    assert len(texts) == 5
    for text in texts:
        json.loads(text, parse_constant=refuse)
    assert run["created_utc"] == "2027-01-15 08:00:00.000"
    assert (run["seconds"], run["temperature"], run["model"]) == (0.5, 0.3, "demo-2m")
    assert (run["prompt"], run["reply"]) == ("Capital of Perú? 💙", " Lima.")
    assert [(s["run_id"], s["seed"], s["finish"]) for s in samples] == [
        ("run-0001", 42, "stop"),
        ("run-0001", 43, "length"),
    ]


def test_many_threads_write_and_read_at_once(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd
) -> None:
    failures: list[BaseException] = []

    def work(worker: int) -> None:
        try:
            for number in range(10):
                run_id = f"run-{worker}-{number}"
                store.start_run(make_start(run_id)).result()
                store.finish_run(run_id, make_end()).result()
                assert store.get(run_id).status is RunStatus.DONE
                store.recent(limit=5)
        except BaseException as error:  # noqa: BLE001  # shown by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.count() == 60


def test_open_store_opens_the_file_when_it_can(history_path: Path, make_start: MakeStart) -> None:
    store, problem = open_store(history_path)
    assert problem is None
    assert store.path == history_path
    store.start_run(replace(make_start(), parent=None)).result()
    store.close()
    assert history_path.exists()

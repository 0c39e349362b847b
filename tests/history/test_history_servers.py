"""Replies of servers in the history: what is not known is NULL, and comes back as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from workbench.core.remote import Capabilities, Served, ServerInfo
from workbench.core.run import RunEnd, RunStart
from workbench.core.types import EngineInfo, KvType
from workbench.history.schema import APPLICATION_ID, MIGRATION_NAMES, MIGRATIONS
from workbench.history.store import open_store

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]

URL = "https://lab:8000/v1"
CAN = Capabilities("vLLM", "0.9", chat=True, settings=("top_p",), missing={"scores": "it has none"})
SERVER = ServerInfo(URL, "m", "org/m", CAN, writes_chat=True, n_ctx=None)
SERVED = Served(
    "m", "other", URL, None, 12, counts_tokens=False, remarks=("Not passed on: top-k.",)
)


def of_server(start: RunStart) -> RunStart:
    """The same run, made by a server that tells nothing of its model."""
    model = replace(
        start.model, path=f"{URL}#m", architecture="", quantization="", sha256="",
        n_params=0, size_bytes=0, n_ctx_train=0, n_vocab=0, n_layer=0, n_head=0, n_head_kv=0,
        n_embd=0, licence="", chat_template=None,
    )  # fmt: skip
    engine = EngineInfo("", "", "vLLM", 0, 0, False, KvType.F16, SERVER)
    return replace(start, model=model, engine=engine, parent=None, chat_template=None)


def test_a_servers_run_comes_back_as_it_was(
    tmp_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    start, end = of_server(make_start()), make_end()
    end = replace(end, result=replace(end.result, served=SERVED))
    store, problem = open_store(tmp_path / "history.db")
    assert problem is None
    store.start_run(start).result()
    store.finish_run(start.run_id, end).result()
    found = store.get(start.run_id)
    store.close()
    assert found.start.engine == start.engine
    assert found.start.model == start.model
    assert found.end is not None
    assert found.end.result.served == SERVED
    assert not found.problems
    raw = sqlite3.connect(tmp_path / "history.db")
    row = raw.execute(
        "SELECT n_params, size_bytes, n_tokens, prefill_tokens, cached_tokens, decode_tokens "
        "FROM runs r JOIN models m ON m.id = r.model"
    ).fetchone()
    raw.close()
    assert row == (None, None, 12, None, None, 12)


def test_a_local_run_is_stored_as_before(
    tmp_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    store, _ = open_store(tmp_path / "history.db")
    store.start_run(make_start()).result()
    store.finish_run("run-0001", make_end()).result()
    assert store.get("run-0001").start.engine.server is None
    store.close()
    raw = sqlite3.connect(tmp_path / "history.db")
    (engine,) = raw.execute(
        "SELECT c.text FROM contents c JOIN runs r ON r.engine = c.id"
    ).fetchone()
    (served,) = raw.execute("SELECT served FROM runs").fetchone()
    raw.close()
    assert "server" not in engine
    assert served is None


def test_an_older_history_takes_a_servers_run(
    tmp_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    """Sizes may be NULL after the migration; every row from before is untouched."""
    file = tmp_path / "history.db"
    old = Database(file)
    MIGRATIONS.apply(old, stop_before="m011_servers")
    n_old = MIGRATION_NAMES.index("m011_servers")
    old.execute(f"PRAGMA user_version = {n_old}")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute(
        "INSERT INTO models (hash, name, path, sha256, architecture, quantization, n_params,"
        " size_bytes, info) VALUES ('h', 'old', '/old.gguf', '', 'llama', 'Q8_0', 7, 8, '{}')"
    )
    old.conn.commit()
    old.close()
    store, problem = open_store(file)
    assert problem is None
    start = of_server(make_start())
    store.start_run(start).result()
    store.finish_run(start.run_id, make_end()).result()
    store.close()
    raw = sqlite3.connect(file)
    rows = raw.execute("SELECT name, n_params, size_bytes FROM models ORDER BY id").fetchall()
    (whole,) = raw.execute("PRAGMA integrity_check").fetchone()
    notnull = {r[1]: r[3] for r in raw.execute("PRAGMA table_info(models)")}
    raw.close()
    assert rows == [("old", 7, 8), ("demo-2m", None, None)]
    assert whole == "ok"
    assert (notnull["n_params"], notnull["size_bytes"], notnull["path"]) == (0, 0, 1)

"""Full disks, locks, damage, other people's files: a clear line, and nothing is lost."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.history.connect import Readers
from workbench.history.errors import StorageError
from workbench.history.schema import MIGRATION_NAMES, MIGRATIONS
from workbench.history.store import HistoryStore, open_store

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]
SameEnds = Callable[[RunEnd | None, RunEnd | None], bool]


def _fill_disk(store: HistoryStore) -> None:
    """Let the file grow no further, as a full disk would: SQLite answers SQLITE_FULL."""
    store._writer.submit(
        lambda db: db.execute(
            f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}"
        ).fetchone()
    ).result()


def _free_disk(store: HistoryStore) -> None:
    store._writer.submit(
        lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchone()
    ).result()


def test_on_a_full_disk_runs_stay_in_memory_until_there_is_space(
    history_path: Path, make_start: MakeStart, make_end: MakeEnd, same_ends: SameEnds
) -> None:
    store = HistoryStore(history_path)
    store.start_run(make_start("run-1")).result()
    _fill_disk(store)
    long = "much text " * 5000
    with pytest.raises(StorageError, match="disk is full"):
        store.finish_run("run-1", make_end(text=long)).result()
    with pytest.raises(StorageError, match="disk is full"):
        store.start_run(make_start("run-2", text=long)).result()
    store.checkpoint("run-2", ["so far"]).result()
    store.record_sha256("run-2", "ef" * 32).result()
    with pytest.raises(StorageError, match="disk is full"):
        store.finish_run("run-2", make_end()).result()
    with pytest.raises(StorageError, match="disk is full"):
        store.start_run(make_start("run-3", text=long)).result()

    assert store.unsaved() == 3
    assert [(r.run_id, r.status) for r in store.recent()] == [
        ("run-3", RunStatus.RUNNING),
        ("run-2", RunStatus.DONE),
        ("run-1", RunStatus.DONE),
    ]
    assert store.recent()[2].reply.startswith("much text")
    assert [r.run_id for r in store.recent(before="run-3")] == ["run-2", "run-1"]
    assert store.count() == 3
    for run_id in ("run-1", "run-2"):
        kept = store.get(run_id)
        assert kept.end is not None
        assert "disk is full" in kept.unsaved
    assert store.get("run-3").end is None
    assert store.retry().result() == 3

    _free_disk(store)
    assert store.retry().result() == 0
    assert (store.unsaved(), store.count()) == (0, 3)
    saved = store.get("run-1")
    assert saved.unsaved == ""
    assert same_ends(saved.end, make_end(text=long))
    assert same_ends(store.get("run-2").end, make_end())
    assert store.get("run-2").start.model.sha256 == "ef" * 32
    store.finish_run("run-3", make_end()).result()
    store.close()
    store = HistoryStore(history_path)
    assert {r.status for r in store.recent()} == {RunStatus.DONE}
    store.close()


def test_the_next_write_saves_what_waited(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd
) -> None:
    _fill_disk(store)
    with pytest.raises(StorageError):
        store.start_run(make_start("run-1", text="long " * 9000)).result()
    _free_disk(store)
    store.finish_run("run-1", make_end()).result()
    store.start_run(make_start("run-2")).result()
    assert store.unsaved() == 0
    assert store.get("run-1").status is RunStatus.DONE


def test_closing_says_how_many_runs_the_full_disk_cost(
    history_path: Path, make_start: MakeStart
) -> None:
    store = HistoryStore(history_path)
    _fill_disk(store)
    with pytest.raises(StorageError):
        store.start_run(make_start("run-1", text="long " * 9000)).result()
    with pytest.raises(UserError, match="1 of the last runs could not be saved") as raised:
        store.close()
    assert "run-1" in raised.value.details
    store.close()


def test_a_file_size_limit_is_a_clear_line_and_the_run_is_kept(
    history_path: Path, make_start: MakeStart
) -> None:
    store = HistoryStore(history_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StorageError, match="disk"):
            store.start_run(make_start(text="x" * 1_000_000)).result()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert store.unsaved() == 1
    store.close()
    store = HistoryStore(history_path)
    assert len(store.get("run-0001").start.text) == 1_000_000
    store.close()


def test_a_lock_of_another_program_is_named_and_the_run_is_kept(
    history_path: Path, make_start: MakeStart
) -> None:
    store = HistoryStore(history_path, busy_timeout_s=0.05)
    with closing(sqlite3.connect(history_path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked by another program"):
            store.start_run(make_start()).result()
        assert [r.run_id for r in store.recent()] == ["run-0001"]
        second, problem = open_store(history_path, busy_timeout_s=0.05)
        assert "locked" in second.read_only
        assert problem is not None
        assert "locked" in problem.message
        with pytest.raises(StorageError, match="locked"):
            second.start_run(make_start("run-0002")).result()
        assert second.get("run-0002").unsaved
        second.close()  # still locked
        third, _ = open_store(history_path, busy_timeout_s=0.05)
        with pytest.raises(StorageError, match="locked"):
            third.start_run(make_start("run-0003")).result()
        other.rollback()
    assert store.retry().result() == 0
    third.close()  # the lock is gone, so what waited is saved
    assert store.get("run-0003").status is RunStatus.INTERRUPTED
    store.close()


def test_a_read_only_file_still_reads_and_keeps_new_runs_in_memory(
    store: HistoryStore, make_start: MakeStart
) -> None:
    store.start_run(make_start("run-1")).result()
    store._writer.submit(lambda db: db.execute("PRAGMA query_only = 1")).result()
    with pytest.raises(StorageError, match="read-only"):
        store.start_run(make_start("run-2")).result()
    assert [r.run_id for r in store.recent()] == ["run-2", "run-1"]
    store._writer.submit(lambda db: db.execute("PRAGMA query_only = 0")).result()


def test_a_folder_that_cannot_be_made_falls_back_to_memory(
    tmp_path: Path, make_start: MakeStart, make_end: MakeEnd, same_ends: SameEnds
) -> None:
    (tmp_path / "file").write_text("not a folder")
    for path in (tmp_path / "file" / "history.db", tmp_path / "file" / "deep" / "history.db"):
        with pytest.raises(UserError, match=r"history folder .*file.* cannot be made"):
            HistoryStore(path)
        store, problem = open_store(path)
        assert problem is not None
        assert "--profile" in problem.hint
        store.start_run(make_start()).result()
        store.finish_run("run-0001", make_end()).result()
        assert same_ends(store.get("run-0001").end, make_end())
        assert [r.status for r in store.recent()] == [RunStatus.DONE]
        assert store.count() == 1
        store.close()


def test_a_folder_in_the_files_place_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be opened"):
        HistoryStore(tmp_path)


def test_a_text_file_is_no_database_and_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    path.write_text("this is not a database, but a long enough text\n" * 50)
    before = path.read_bytes()
    with pytest.raises(UserError, match="is not a SQLite database, or is damaged"):
        HistoryStore(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(UserError, match="database of another program; it was left as it is"):
        HistoryStore(path)
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused_with_both_numbers(history_path: Path) -> None:
    HistoryStore(history_path).close()
    with closing(sqlite3.connect(history_path)) as raw:
        raw.execute("PRAGMA user_version = 99")
    known = len(MIGRATION_NAMES)
    with pytest.raises(UserError, match=rf"newer version .*schema 99; .* up to {known}\)"):
        HistoryStore(history_path)


def test_a_newer_schema_is_read_and_new_runs_stay_in_memory(
    history_path: Path, make_start: MakeStart, make_end: MakeEnd, same_ends: SameEnds
) -> None:
    store = HistoryStore(history_path)
    store.start_run(make_start("run-1")).result()
    store.finish_run("run-1", make_end()).result()
    store.close()
    with closing(sqlite3.connect(history_path)) as raw:
        raw.execute("PRAGMA user_version = 99")
        raw.execute("ALTER TABLE runs ADD COLUMN of_tomorrow TEXT")
    before = history_path.read_bytes()
    store, problem = open_store(history_path)
    assert problem is not None
    assert problem.message.endswith("It is only read.")
    assert same_ends(store.get("run-1").end, make_end())
    with pytest.raises(StorageError, match="newer version"):
        store.start_run(make_start("run-2")).result()
    with pytest.raises(StorageError, match="newer version"):
        store.finish_run("run-2", make_end()).result()
    assert [r.run_id for r in store.recent()] == ["run-2", "run-1"]
    assert same_ends(store.get("run-2").end, make_end())
    with pytest.raises(StorageError, match="newer version"):
        store.write(lambda db: db.execute("DELETE FROM runs")).result()
    assert store.mark_interrupted().result() == []
    store.close()
    assert history_path.read_bytes() == before


_READS_A_READ_ONLY_FOLDER = """
import encodings.ascii, encodings.idna, os, sys
from pathlib import Path
from workbench.history.store import open_store
if os.getuid() == 0:
    os.setuid(65534)  # root may write anywhere
store, problem = open_store(Path(sys.argv[1]))
print(problem)
print([(r.run_id, r.status.value) for r in store.recent()], store.path is not None)
store.close()
"""


def test_a_read_only_folder_is_named_and_what_is_in_it_is_read(
    make_start: MakeStart, make_end: MakeEnd
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        store = HistoryStore(path)
        store.start_run(make_start("run-1")).result()
        store.finish_run("run-1", make_end()).result()
        store.close()
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        try:
            ran = subprocess.run(
                [sys.executable, "-c", _READS_A_READ_ONLY_FOLDER, str(path)],
                capture_output=True,
                text=True,
                check=True,
            )
        finally:
            Path(folder).chmod(0o755)
    problem, runs = ran.stdout.splitlines()
    assert "read-only" in problem or "cannot be opened" in problem
    assert "It is only read." in problem
    assert runs == "[('run-1', 'done')] True"


def test_damaged_pages_are_named_as_damage(
    history_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    store = HistoryStore(history_path)
    for number in range(50):
        store.start_run(make_start(f"run-{number}", text=f"{number} " * 500))
        store.finish_run(f"run-{number}", make_end())
    store.close()
    data = bytearray(history_path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)  # all pages but the first
    history_path.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        store = HistoryStore(history_path)
    fallback, problem = open_store(history_path)
    assert fallback.path is None
    assert problem is not None
    assert "backup" in problem.hint
    fallback.close()


def test_a_read_that_takes_too_long_is_stopped(store: HistoryStore, history_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    readers = Readers(history_path)
    with (
        pytest.raises(StorageError, match=r"longer than 0\.05 seconds"),
        readers.borrow(limit_s=0.05) as connection,
    ):
        connection.execute(endless).fetchone()
    with readers.borrow() as connection:  # the same connection works again
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (0,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM runs")
    readers.close()


def test_migrations_are_named_in_order_and_make_a_sound_file(history_path: Path) -> None:
    HistoryStore(history_path).close()
    HistoryStore(history_path).close()  # nothing to do the second time
    with closing(sqlite3.connect(history_path)) as raw:
        names = [r[0] for r in raw.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
        assert tuple(names) == MIGRATION_NAMES
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATION_NAMES),)
    assert [m.name for m in MIGRATIONS._migrations] == list(MIGRATION_NAMES)


def test_an_older_schema_with_rows_is_brought_up_to_date(
    history_path: Path, make_start: MakeStart
) -> None:
    store = HistoryStore(history_path)
    store.start_run(make_start()).result()
    store.close()
    with closing(sqlite3.connect(history_path)) as raw, raw:
        raw.execute("DROP VIEW runs_readable")
        raw.execute("DROP VIEW samples_readable")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_readable_views'")
        raw.execute("PRAGMA user_version = 1")
    store = HistoryStore(history_path)
    assert store.get("run-0001").start == make_start()
    store.close()
    with closing(sqlite3.connect(history_path)) as raw:
        assert raw.execute("SELECT count(*) FROM runs_readable").fetchone() == (1,)


def test_a_deleted_file_is_said_and_what_is_new_begins_another(
    history_path: Path, make_start: MakeStart, make_end: MakeEnd
) -> None:
    store = HistoryStore(history_path)
    store.start_run(make_start("run-1")).result()
    store.finish_run("run-1", make_end()).result()
    for path in history_path.parent.glob(f"{history_path.name}*"):
        path.unlink()
    with pytest.raises(StorageError, match="moved, deleted or replaced while it was open"):
        store.start_run(make_start("run-2")).result()
    with pytest.raises(StorageError, match="moved, deleted or replaced"):
        store.finish_run("run-2", make_end()).result()
    assert [run.run_id for run in store.in_memory()] == ["run-2"]
    store.close()
    with closing(HistoryStore(history_path)) as again:
        assert [row.run_id for row in again.recent()] == ["run-2"]
        assert again.get("run-2").end is not None

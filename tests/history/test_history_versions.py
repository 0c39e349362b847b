"""Prompt versions: numbers that only grow, names, restoring, renaming, and two writers at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.core.ids import text_hash
from workbench.core.run import RunStart
from workbench.history.errors import StorageError
from workbench.history.schema import APPLICATION_ID, MIGRATIONS
from workbench.history.store import HistoryStore
from workbench.history.versions import PromptVersions, Version

MakeStart = Callable[..., RunStart]
KEY = "tasks/capital.prompt.yml"


@pytest.fixture
def ticking(history_path: Path) -> Iterator[HistoryStore]:
    """A history whose clock says 10, 20, 30, … so that every version has a moment of its own."""
    ticks = count(10, 10)
    opened = HistoryStore(history_path, lambda: next(ticks))
    yield opened
    opened.close()


@pytest.fixture
def versions(ticking: HistoryStore) -> PromptVersions:
    """Versions in that history."""
    return PromptVersions(ticking)


def test_saving_makes_a_version_only_when_the_text_changed(versions: PromptVersions) -> None:
    first = versions.save(KEY, "one").result()
    assert (first.prompt_key, first.number, first.label) == (KEY, 1, "v1")
    assert first.content_hash == text_hash("one")
    assert (first.name, first.origin_run, first.restored_from) == (None, None, None)
    assert versions.save(KEY, "one").result() == first
    second = versions.save(KEY, "two", origin_run="run-7").result()
    third = versions.save(KEY, "one").result()
    assert (second.number, second.origin_run, third.number) == (2, "run-7", 3)
    assert first.created_us < second.created_us < third.created_us
    assert versions.list(KEY) == (third, second, first)
    assert versions.get(KEY, 2) == second
    assert [versions.source(v) for v in versions.list(KEY)] == ["one", "two", "one"]
    other = versions.save("other", "one").result()
    assert other.number == 1
    assert versions.prompt_keys() == ("other", KEY)


def test_what_another_editor_wrote_becomes_a_version_of_its_own(versions: PromptVersions) -> None:
    assert versions.save(KEY, "mine", before="as it was").result().number == 2
    assert versions.save(KEY, "next", before="mine").result().number == 3
    assert versions.save(KEY, "next", before="next").result().number == 3
    sources = [versions.source(v) for v in versions.list(KEY)]
    assert sources == ["next", "mine", "as it was"]


def test_restoring_adds_the_old_text_as_the_newest_version(versions: PromptVersions) -> None:
    for text in ("one", "two", "three"):
        versions.save(KEY, text).result()
    restored = versions.restore(KEY, 1).result()
    assert (restored.number, restored.restored_from) == (4, 1)
    assert versions.source(restored) == "one"
    assert versions.restore(KEY, 1).result() == restored
    with pytest.raises(UserError, match=rf"no version 9 of {KEY}. Its newest one is v4"):
        versions.restore(KEY, 9).result()
    with pytest.raises(UserError, match=r"no version 1 of nothing.*never saved"):
        versions.get("nothing", 1)
    assert len(versions.list(KEY)) == 4


def test_names_are_one_per_prompt_and_can_be_taken_away(versions: PromptVersions) -> None:
    versions.save(KEY, "one").result()
    versions.save(KEY, "two").result()
    versions.save("other", "one").result()
    assert versions.name(KEY, 1, "  the short\none ").result().name == "the short one"
    assert versions.name("other", 1, "the short one").result().name == "the short one"
    assert versions.name(KEY, 1, "the short one").result().name == "the short one"
    with pytest.raises(UserError, match=r"v1 of .* is called the short one already"):
        versions.name(KEY, 2, "the short one").result()
    with pytest.raises(UserError, match="60 characters; this one has 61"):
        versions.name(KEY, 2, "x" * 61).result()
    with pytest.raises(UserError, match="no version 3"):
        versions.name(KEY, 3, "x").result()
    assert [v.name for v in versions.list(KEY)] == [None, "the short one"]
    assert versions.name(KEY, 1, " ").result().name is None
    assert versions.name(KEY, 2, "the short one").result().name == "the short one"
    assert versions.save(KEY, "two").result().name == "the short one"


def test_renaming_moves_the_versions_and_numbers_go_on(versions: PromptVersions) -> None:
    versions.save("a", "one").result()
    versions.save("a", "two").result()
    assert versions.rename("a", "b").result() == 2
    assert versions.list("a") == ()
    assert versions.save("b", "three").result().number == 3
    assert versions.prompt_keys() == ("b",)
    assert versions.rename("a", "c").result() == 0
    assert versions.rename("b", "b").result() == 3
    assert [v.number for v in versions.list("b")] == [3, 2, 1]


def test_a_deleted_prompts_versions_are_set_aside_not_mixed(versions: PromptVersions) -> None:
    for key in ("gone", "b", "c"):
        versions.save(key, f"of {key}").result()
        versions.name(key, 1, "first").result()
    assert versions.rename("b", "gone").result() == 1
    assert versions.rename("c", "gone").result() == 1
    assert versions.prompt_keys() == ("gone", "gone~1", "gone~2")
    texts = [versions.source(versions.get(key, 1)) for key in versions.prompt_keys()]
    assert texts == ["of c", "of gone", "of b"]
    assert versions.rename("nothing", "gone").result() == 0
    assert len(versions.prompt_keys()) == 3


def test_the_version_a_run_used_is_found_by_content_and_by_time(versions: PromptVersions) -> None:
    one, two, again = (versions.save(KEY, text).result() for text in ("one", "two", "one"))
    other = versions.save("other", "one").result()
    assert versions.of_content(text_hash("one"), KEY) == (again, one)
    assert versions.of_content(text_hash("one")) == (other, again, one)
    assert versions.of_content(text_hash("never saved")) == ()
    assert versions.at(KEY, one.created_us - 1) is None
    assert versions.at(KEY, one.created_us) == one
    assert versions.at(KEY, again.created_us - 1) == two
    assert versions.at(KEY, 10**18) == again
    versions.rename(KEY, "new").result()
    moved = versions.at(KEY, two.created_us)  # a run from before the renaming names the old key
    assert moved is not None
    assert (moved.prompt_key, moved.number) == ("new", 2)
    assert [v.number for v in versions.of_content(text_hash("one"), KEY)] == [3, 1]


@pytest.mark.parametrize(
    "text", ["", "half \ud800 a character", "nul \0 inside", "💙\r\n" * 100_000]
)
def test_any_text_and_any_key_come_back_exactly(versions: PromptVersions, text: str) -> None:
    key = "folder/name \udcff 'quoted\" %_.prompt.yml"
    saved = versions.save(key, text).result()
    assert versions.source(saved) == text
    assert versions.save(key, text).result() == saved
    assert versions.name(key, 1, "\udcff").result().name == "\udcff"
    assert versions.list(key) == (versions.get(key, 1),)
    assert versions.prompt_keys() == (key,)
    assert versions.rename(key, "plain").result() == 1
    with pytest.raises(ValueError, match="without a key"):
        versions.save("", text)


def test_a_history_in_memory_has_versions_too() -> None:
    store = HistoryStore(None)
    versions = PromptVersions(store)
    versions.save(KEY, "one").result()
    assert [v.number for v in versions.list(KEY)] == [1]
    assert versions.source(versions.get(KEY, 1)) == "one"
    store.close()


def test_a_disk_that_refuses_is_named_and_leaves_no_half_version(
    versions: PromptVersions, ticking: HistoryStore
) -> None:
    versions.save(KEY, "one").result()
    ticking._writer.submit(lambda db: db.execute("PRAGMA query_only = 1")).result()
    with pytest.raises(StorageError, match="read-only"):
        versions.save(KEY, "two", before="between").result()
    ticking._writer.submit(lambda db: db.execute("PRAGMA query_only = 0")).result()
    assert len(versions.list(KEY)) == 1
    assert versions.save(KEY, "two", before="between").result().number == 3


def test_a_missing_text_is_named_as_damage(versions: PromptVersions, history_path: Path) -> None:
    saved = versions.save(KEY, "one").result()
    with closing(sqlite3.connect(history_path)) as raw, raw:
        raw.execute("UPDATE contents SET hash = 'sha256:lost'")
    with pytest.raises(UserError, match="not in the history"):
        versions.source(saved)


_SAVES_MANY = """
import sys
from pathlib import Path
from workbench.history.store import HistoryStore
from workbench.history.versions import PromptVersions
store = HistoryStore(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    PromptVersions(store).save("shared", f"child {number}").result()
store.close()
"""


def test_two_programs_that_save_at_once_share_the_numbers(
    versions: PromptVersions, history_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _SAVES_MANY, str(history_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("\n")
        child.stdin.flush()
        ours = [versions.save("shared", f"ours {number}").result() for number in range(40)]
        assert child.wait(30) == 0
    assert [v.number for v in versions.list("shared")] == list(range(80, 0, -1))
    assert {versions.source(versions.get("shared", v.number)) for v in ours} == {
        f"ours {number}" for number in range(40)
    }


def test_a_history_of_the_schema_before_keeps_its_rows_and_gets_versions(
    history_path: Path, make_start: MakeStart
) -> None:
    history_path.parent.mkdir()
    store = HistoryStore(history_path)
    store.start_run(make_start("run-old")).result()
    store.close()
    # The rows of today in a file of the schema before.
    older = history_path.with_name("older.db")
    with closing(sqlite3.connect(older)) as raw:
        MIGRATIONS.apply(Database(raw), stop_before="m003_prompt_versions")
        raw.execute("ATTACH ? AS today", [str(history_path)])
        for table in ("contents", "models", "runs"):
            columns = raw.execute("SELECT name FROM pragma_table_info(?, 'main')", [table])
            names = ", ".join(name for (name,) in columns.fetchall())
            copy = f"INSERT INTO main.{table} ({names}) SELECT {names} FROM today.{table}"  # noqa: S608  # our own names
            raw.execute(copy)
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute("PRAGMA user_version = 2")
        raw.commit()
        tables = {name for (name,) in raw.execute("SELECT name FROM main.sqlite_master")}
        assert "prompt_versions" not in tables
    store = HistoryStore(older)
    start = store.get("run-old").start
    assert start == make_start("run-old")
    versions = PromptVersions(store)
    saved = versions.save(KEY, start.prompt_source).result()
    assert versions.of_content(text_hash(start.prompt_source)) == (saved,)
    store.close()
    with closing(sqlite3.connect(older)) as raw:
        # One text for the run and the version; readable by people.
        same = raw.execute(
            "SELECT count(*) FROM contents WHERE hash = ?", [saved.content_hash]
        ).fetchone()
        assert same == (1,)
        row = raw.execute("SELECT prompt, number, content FROM prompt_versions_readable").fetchone()
        assert row == (KEY, 1, start.prompt_source)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_versions_are_found_by_an_index(versions: PromptVersions, history_path: Path) -> None:
    versions.save(KEY, "one").result()
    sql = "EXPLAIN QUERY PLAN SELECT * FROM prompt_versions WHERE "
    with closing(sqlite3.connect(history_path)) as raw:
        for where in ("prompt_key = 'x' AND number = 1", "saved_as = 'x' AND created_us <= 5"):
            assert "USING INDEX" in raw.execute(sql + where).fetchone()[3]


def test_a_version_is_a_value() -> None:
    version = Version("a", 7, "sha256:00", 5)
    assert version.label == "v7"
    with pytest.raises(AttributeError):
        version.number = 8  # type: ignore[misc]  # that it fails is the point

"""Damage that is found and mended: pages, hashes, blobs, orphans, texts that are gone."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.history.backup import back_up
from workbench.history.repair import repair
from workbench.history.store import HistoryStore
from workbench.history.verify import verify
from workbench.history.versions import PromptVersions

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]
SameEnds = Callable[[RunEnd | None, RunEnd | None], bool]


@pytest.fixture
def filled(history_path: Path, make_start: MakeStart, make_end: MakeEnd) -> Path:
    """A closed history of 40 runs with texts of their own."""
    store = HistoryStore(history_path)
    for number in range(40):
        start = make_start(f"run-{number:03}", text=f"{number} " * 400, parent=None)
        store.start_run(start)
        store.finish_run(start.run_id, make_end(text=f" reply {number}")).result()
    store.close()
    return history_path


def harm(path: Path, *statements: str) -> None:
    """Change rows behind the program's back."""
    with closing(sqlite3.connect(path)) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def kinds(path: Path) -> set[str]:
    """The kinds of problems there are."""
    return {problem.kind for problem in verify(path).problems}


def test_a_sound_history_is_whole_and_a_repair_harms_nothing(filled: Path) -> None:
    found = verify(filled)
    assert found.is_whole, found
    assert (found.runs, found.replies, found.remarks) == (40, 80, ())
    told: list[int] = []
    done = repair(filled)
    assert (done.lost, done.after.is_whole) == ((), True)
    assert done.kept.is_file()
    verify(filled, lambda n, _total: told.append(n))
    store = HistoryStore(filled)
    assert store.count() == 40
    store.close()


CASES: dict[str, tuple[str, ...]] = {
    "hash": ("UPDATE contents SET text = 'x' WHERE id = (SELECT rendered FROM runs WHERE id = 8)",),
    "blob": (
        "UPDATE samples SET tokens = zeroblob(40) WHERE idx = 1 AND run = 3",
        "UPDATE runs SET prompt_tokens = zeroblob(9) WHERE run_id = 'run-007'",
    ),
    "reference": (
        "DELETE FROM contents WHERE id = (SELECT rendered FROM runs WHERE id = 8)",
        "DELETE FROM samples WHERE run = 3 AND idx = 1",
        "DELETE FROM models",
    ),
    "orphan": (
        "INSERT INTO tags VALUES (999, 'lonely')",
        "INSERT INTO samples (run, idx, text) VALUES (999, 0, '')",
    ),
    "index": ("INSERT INTO run_words (run_words) VALUES ('delete-all')",),
}


@pytest.mark.parametrize("kind", list(CASES))
@pytest.mark.parametrize("backed_up", [True, False])
def test_damage_is_named_and_mended(
    filled: Path, kind: str, backed_up: bool, make_start: MakeStart, make_end: MakeEnd,
    same_ends: SameEnds,
) -> None:  # fmt: skip
    if backed_up:
        back_up(filled)
    harm(filled, *CASES[kind])
    assert kind in kinds(filled)
    done = repair(filled)
    assert done.after.is_whole, done
    store = HistoryStore(filled)
    assert store.count() == 40
    seven, two = store.get("run-007"), store.get("run-002")
    store.close()
    needs_backup = kind in ("hash", "blob", "reference")
    assert bool(done.lost) == (needs_backup and not backed_up), done
    if backed_up:
        assert seven.start == make_start("run-007", text="7 " * 400, parent=None)
        assert same_ends(two.end, make_end(text=" reply 2"))
    assert seven.end is not None
    assert seven.end.result.samples[0].text == " reply 7", "the reply is there in any case"


@pytest.mark.parametrize("seed", range(6))
def test_damaged_pages_cost_as_little_as_can_be(
    filled: Path, seed: int, make_end: MakeEnd, same_ends: SameEnds
) -> None:
    rng = random.Random(seed)
    back_up(filled)
    data = bytearray(filled.read_bytes())
    pages = len(data) // 4096
    for page in rng.sample(range(pages // 3, pages), 3):
        data[page * 4096 : page * 4096 + 4096] = rng.randbytes(4096)
    filled.write_bytes(data)
    before = verify(filled)
    assert not before.is_whole
    done = repair(filled)
    assert done.after.is_whole, done
    assert done.kept.read_bytes()[100:] == bytes(data[100:]), "the damaged file is kept"
    store = HistoryStore(filled)
    rows = store.recent(100)
    assert len(rows) >= 25
    whole = [r.run_id for r in rows if r.status is RunStatus.DONE]
    for run_id in whole:
        assert same_ends(store.get(run_id).end, make_end(text=f" reply {int(run_id[4:])}"))
    assert not store.unsaved()
    store.close()


def test_where_nothing_can_be_read_the_newest_backup_takes_its_place(
    filled: Path, make_start: MakeStart
) -> None:
    back_up(filled)
    store = HistoryStore(filled)
    store.start_run(make_start("run-late")).result()
    store.close()
    data = bytearray(filled.read_bytes())
    data[100:40_000] = b"\xa5" * 39_900
    filled.write_bytes(data)
    done = repair(filled)
    assert done.after.is_whole
    assert done.after.runs == 40
    assert "what came after it is lost" in done.lost[0]
    assert done.kept.read_bytes()[100:] == bytes(data[100:])


def test_a_file_of_which_nothing_is_left_is_kept_as_it_is(filled: Path) -> None:
    data = bytearray(filled.read_bytes())
    data[100:] = b"\xa5" * (len(data) - 100)
    filled.write_bytes(data)
    with pytest.raises(UserError, match=r"damaged|Nothing of"):
        repair(filled)
    assert filled.read_bytes() == bytes(data)


def test_a_history_in_use_is_not_repaired(filled: Path) -> None:
    store = HistoryStore(filled)
    with pytest.raises(UserError, match="in use by another program"):
        repair(filled)
    store.close()
    repair(filled)


def test_versions_of_prompts_count_as_used(filled: Path) -> None:
    store = HistoryStore(filled)
    PromptVersions(store).save("a.prompt.yml", "text: unique words\n").result()
    store.close()
    assert verify(filled).remarks == ()
    repair(filled)
    store = HistoryStore(filled)
    (version,) = PromptVersions(store).list("a.prompt.yml")
    assert PromptVersions(store).source(version) == "text: unique words\n"
    store.close()


@pytest.mark.parametrize("case", ["nothing", "text", "other"])
def test_what_is_no_history_is_refused(tmp_path: Path, case: str) -> None:
    path = tmp_path / "history.db"
    if case == "text":
        path.write_text("no database at all " * 100)
    elif case == "other":
        harm(path, "CREATE TABLE recipes (name TEXT)")
    for call in (verify, repair):
        before = path.read_bytes() if path.exists() else None
        with pytest.raises(UserError):
            call(path)
        assert (path.read_bytes() if path.exists() else None) == before

"""Votes in the history: kept whole, given once, and there when their runs are gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from support.votes import contestant, vote

from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart
from workbench.core.votes import Side, Verdict, Vote, Voter, VoterKind
from workbench.history.bulk import import_history
from workbench.history.repair import repair
from workbench.history.retention import empty_trash
from workbench.history.salvage import salvage
from workbench.history.store import HistoryStore
from workbench.history.verify import verify
from workbench.history.versions import PromptVersions
from workbench.history.votes import (
    AlreadyVotedError,
    VoteFilter,
    add_votes,
    import_votes,
    list_votes,
    prompt_labels,
    vote_tags,
    voters,
    withdraw,
)

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]
JUDGE = Voter(VoterKind.JUDGE, "judge Q8_0", "cd" * 32, "/models/judge.gguf")


def about(number: int, a: str, b: str, verdict: Verdict = Verdict.A, **changes: object) -> Vote:
    """A vote on two runs of the store."""
    made = vote(number, "A", "B", verdict, **changes)  # type: ignore[arg-type]  # passed on
    return replace(
        made,
        a=Side(a, 0, contestant("A"), "sha256:a"),
        b=Side(b, 1, contestant("B", settings='{"temperature":0.2}'), "sha256:b"),
    )


@pytest.fixture
def filled(store: HistoryStore, make_start: MakeStart, make_end: MakeEnd) -> HistoryStore:
    """Three runs of two replies each."""
    for name in ("run-1", "run-2", "run-3"):
        store.start_run(make_start(name)).result()
        store.finish_run(name, make_end()).result()
    return store


def test_a_vote_comes_back_as_it_was(filled: HistoryStore) -> None:
    given = [
        about(1, "run-1", "run-2", tags=("story", "short \udcff"), seconds=3.5, revealed=True),
        about(2, "run-1", "run-3", Verdict.BOTH_BAD, voter=JUDGE, p=0.75, ballot="j"),
    ]
    add_votes(filled, given).result()
    assert list_votes(filled) == given
    assert list_votes(filled, VoteFilter(kind=VoterKind.JUDGE)) == given[1:]
    assert list_votes(filled, VoteFilter(voter="Ann", tag="story")) == given[:1]
    assert list_votes(filled, VoteFilter(tag="none")) == []
    assert [(who.name, n) for who, n in voters(filled)] == [("Ann", 1), ("judge Q8_0", 1)]
    assert dict(vote_tags(filled)) == {"story": 1, "short \udcff": 1}


def test_a_vote_is_taken_back_and_may_be_given_again(filled: HistoryStore) -> None:
    given = about(1, "run-1", "run-2", tags=("x",))
    add_votes(filled, [given]).result()
    assert withdraw(filled, given.ballot).result() == 1
    assert withdraw(filled, given.ballot).result() == 0
    assert list_votes(filled) == []
    assert vote_tags(filled) == []
    assert voters(filled) == []
    (gone,) = list_votes(filled, VoteFilter(withdrawn=True))
    assert gone.withdrawn_us is not None
    again = about(2, "run-1", "run-2", Verdict.B, revealed=True)
    add_votes(filled, [again]).result()
    assert list_votes(filled) == [again]


def test_two_windows_cannot_vote_on_the_same_twice(
    filled: HistoryStore, history_path: Path
) -> None:
    first = about(1, "run-1", "run-2")
    add_votes(filled, [first]).result()
    with closing(HistoryStore(history_path)) as other:
        with pytest.raises(AlreadyVotedError, match="Ann has judged these two replies"):
            add_votes(other, [about(2, "run-1", "run-2", Verdict.B)]).result()
        # The other order is another vote, and so is that of another voter.
        turned = replace(first, a=first.b, b=first.a, vote_id="vote-3")
        add_votes(other, [turned, about(4, "run-1", "run-2", voter=JUDGE)]).result()
        assert len(list_votes(other)) == 3


def test_a_vote_for_a_deleted_run_is_refused_and_earlier_ones_stay(filled: HistoryStore) -> None:
    kept = about(1, "run-1", "run-2", tags=("x",))
    add_votes(filled, [kept]).result()
    filled.write(lambda db: db.execute("UPDATE runs SET trashed_us = 1 WHERE run_id = 'run-1'"))
    with pytest.raises(UserError, match="run-1 lies in the trash, so the vote was not counted"):
        add_votes(filled, [about(2, "run-3", "run-2"), about(3, "run-1", "run-3")]).result()
    assert list_votes(filled) == [kept]
    assert empty_trash(filled).result() == 1
    with pytest.raises(UserError, match="run-1 is not in the history any more"):
        add_votes(filled, [about(3, "run-1", "run-3")]).result()
    with pytest.raises(UserError, match="run-2 is not in the history any more"):
        add_votes(filled, [replace(kept, a=replace(kept.b, sample=7), vote_id="v")]).result()
    assert list_votes(filled) == [kept]


def test_a_reply_that_is_not_there_is_refused(filled: HistoryStore) -> None:
    with pytest.raises(UserError, match="run-9 is not in the history"):
        add_votes(filled, [about(1, "run-9", "run-1")]).result()


def test_votes_come_along_with_a_history_and_are_never_doubled(
    filled: HistoryStore, history_path: Path, tmp_path: Path
) -> None:
    given = [about(1, "run-1", "run-2", tags=("x",)), about(2, "run-2", "run-3")]
    add_votes(filled, given).result()
    withdraw(filled, given[1].ballot).result()
    other_path = tmp_path / "other.db"
    with closing(HistoryStore(other_path)) as other:
        import_history(other, history_path)
        import_history(other, history_path)
        assert list_votes(other) == given[:1]
        assert len(list_votes(other, VoteFilter(withdrawn=True))) == 2
        assert import_votes(other, [about(9, "run-1", "run-2")]).result() == (0, 1)
        assert import_votes(other, [about(8, "far", "away")]).result() == (1, 0)


def test_the_file_stays_sound_and_is_readable_with_any_tool(
    filled: HistoryStore, history_path: Path
) -> None:
    add_votes(filled, [about(1, "run-1", "run-2", tags=("x", "y"))]).result()
    filled.close()
    assert verify(history_path).is_whole
    with closing(sqlite3.connect(history_path)) as raw, raw:
        row = raw.execute(
            "SELECT voter, verdict, a_model, b_model, b_settings, tags FROM votes_readable"
        ).fetchone()
        assert row == ("Ann", "a", "A Q8_0", "B Q8_0", '{"temperature":0.2}', "x, y")
        raw.execute("DELETE FROM contestants WHERE model_name = 'B'")
    assert [p.what for p in verify(history_path).problems] == ["1 votes about nobody"]
    repair(history_path)
    assert verify(history_path).is_whole


def test_votes_are_salvaged_with_their_tags(
    filled: HistoryStore, history_path: Path, tmp_path: Path
) -> None:
    given = [about(1, "run-1", "run-2", tags=("x", "y")), about(2, "run-2", "run-3")]
    add_votes(filled, given).result()
    filled.close()
    taken = salvage(history_path, tmp_path / "fresh.db")
    assert (taken["votes"], taken["vote_tags"], taken["contestants"]) == (2, 2, 2)
    with closing(HistoryStore(tmp_path / "fresh.db")) as fresh:
        assert list_votes(fresh) == given


def test_prompts_are_called_by_their_version(store: HistoryStore) -> None:
    versions = PromptVersions(store)
    one = versions.save("tasks/story.prompt.yml", "text: one").result()
    two = versions.save("tasks/story.prompt.yml", "text: two").result()
    hashes = [one.content_hash, two.content_hash, "sha256:none"]
    assert prompt_labels(store, hashes) == {
        one.content_hash: "story v1",
        two.content_hash: "story v2",
    }

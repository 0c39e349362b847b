"""Votes as preference pairs: who won, what is left out and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.stored_runs import stored
from support.votes import contestant, vote

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.votes import Verdict, Vote, Voter, VoterKind
from workbench.experiments.preference_pairs import PairsDone, write_pairs
from workbench.history.store import HistoryStore
from workbench.history.votes import import_votes, withdraw

JUDGE = Voter(VoterKind.JUDGE, "judge Q8_0", "hash of judge", "/models/judge.gguf")
RUNS = [
    ("r1", "Say hi", "hello /home/ann/x"),
    ("r2", "Say hi", "hi"),
    ("r3", "Say hi", "hi"),
    ("r4", "Say  hi", "hey"),
]


def on(number: int, a: str, b: str, verdict: Verdict, **changes: object) -> Vote:
    """A vote on replies of two runs."""
    made = vote(number, f"model of {a}", f"model of {b}", verdict)
    sides = {"a": replace(made.a, run_id=a), "b": replace(made.b, run_id=b)}
    return replace(made, **{**sides, **changes})  # type: ignore[arg-type]  # field names as keys


@pytest.fixture
def store(tmp_path: Path) -> Iterator[HistoryStore]:
    """Three runs on one prompt, two of which say the same, and one on another prompt."""
    opened = stored(tmp_path / "profile" / "history.db", RUNS)
    yield opened
    opened.close()


def pairs(
    store: HistoryStore, path: Path, votes: list[Vote], **options: str | bool
) -> tuple[list[dict[str, object]], PairsDone]:
    """The lines that are written for the votes."""
    import_votes(store, votes).result()
    done = write_pairs(store, path, options, user="ann")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()], done


def test_the_winner_is_chosen_in_either_order_and_paths_are_cut(
    store: HistoryStore, tmp_path: Path
) -> None:
    votes = [on(1, "r1", "r2", Verdict.A), on(2, "r3", "r1", Verdict.A)]
    rows, done = pairs(store, tmp_path / "p.jsonl", votes)
    assert rows == [
        {"prompt": "Say hi", "chosen": "hello ~/x", "rejected": "hi"},
        {"prompt": "Say hi", "chosen": "hi", "rejected": "hello ~/x"},
    ]
    assert done == PairsDone(2)


def test_everything_that_makes_no_pair_is_counted(store: HistoryStore, tmp_path: Path) -> None:
    votes = [
        on(1, "r1", "r2", Verdict.A),
        on(2, "r1", "r3", Verdict.TIE),
        on(3, "r3", "r1", Verdict.BOTH_BAD, voter=Voter(VoterKind.HUMAN, "Bo")),
        on(4, "r2", "r3", Verdict.A),
        on(5, "r1", "r4", Verdict.B),
        on(6, "gone", "r4", Verdict.B),
        on(7, "r1", "r3", Verdict.A, voter=Voter(VoterKind.HUMAN, "Cy")),
        on(8, "r1", "r3", Verdict.B, voter=Voter(VoterKind.HUMAN, "Di")),
        on(9, "r1", "r2", Verdict.B, voter=JUDGE),
    ]
    rows, done = pairs(store, tmp_path / "p.jsonl", votes)
    assert len(rows) == 1
    assert dict(done.left_out) == {
        "ties": 1,
        "both bad": 1,
        "pairs that voters disagree on": 1,
        "whose replies are the same": 1,
        "whose prompts differ": 1,
        "whose runs are gone": 1,
    }
    assert done.words.startswith("Left out: 1 ties, 1 both bad")


def test_most_votes_win_or_each_has_its_line(store: HistoryStore, tmp_path: Path) -> None:
    people = [Voter(VoterKind.HUMAN, name) for name in ("Al", "Bo", "Cy")]
    said = (Verdict.B, Verdict.A, Verdict.A)
    votes = [
        on(n, "r1", "r2", one, voter=voter)
        for n, (one, voter) in enumerate(zip(said, people, strict=True))
    ]
    rows, _ = pairs(store, tmp_path / "p.jsonl", votes, facts=True)
    assert [row["rejected"] for row in rows] == ["hi"]
    assert rows[0]["chosen_by"] == ["Bo", "Cy"]
    assert (rows[0]["votes"], rows[0]["voters"], rows[0]["chosen_run"]) == (2, "human", "r1")
    rows, _ = pairs(store, tmp_path / "p.jsonl", [], several="each")
    assert [row["rejected"] for row in rows] == ["hello ~/x", "hi", "hi"]


def test_judges_stand_apart_and_must_agree_with_themselves(
    store: HistoryStore, tmp_path: Path
) -> None:
    own = contestant("own", model_sha256="hash of judge")
    mine = on(7, "r1", "r2", Verdict.A, voter=JUDGE)
    votes = [
        on(1, "r1", "r2", Verdict.B),
        on(2, "r1", "r2", Verdict.A, voter=JUDGE, ballot="one"),
        on(3, "r2", "r1", Verdict.B, voter=JUDGE, ballot="one"),
        on(4, "r1", "r3", Verdict.A, voter=JUDGE, ballot="two"),
        on(5, "r3", "r1", Verdict.A, voter=JUDGE, ballot="two"),
        replace(mine, a=replace(mine.a, run_id="r4", contestant=own)),
    ]
    rows, done = pairs(store, tmp_path / "p.jsonl", votes, voters="judges", facts=True)
    assert [row["chosen"] for row in rows] == ["hello ~/x"]
    assert rows[0]["votes"] == 1
    assert dict(done.left_out) == {
        "that change with the order": 1,
        "of a judge on its own model": 1,
    }


def test_a_vote_that_was_taken_back_makes_no_pair(store: HistoryStore, tmp_path: Path) -> None:
    import_votes(store, [on(1, "r1", "r2", Verdict.A)]).result()
    withdraw(store, "ballot-00001").result()
    path = tmp_path / "p.jsonl"
    path.write_text("old")
    with pytest.raises(UserError, match="There is no pair to write"):
        write_pairs(store, path, {})
    assert path.read_text() == "old"


def test_a_cancel_and_a_wrong_option_leave_the_old_file(
    store: HistoryStore, tmp_path: Path
) -> None:
    import_votes(store, [on(1, "r1", "r2", Verdict.A)]).result()
    path = tmp_path / "p.jsonl"
    path.write_text("old")
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        write_pairs(store, path, {}, cancel=cancel)
    with pytest.raises(UserError, match="voters of preference pairs is people, judges"):
        write_pairs(store, path, {"voters": "cats"})
    assert path.read_text() == "old"


def test_half_a_character_stays_valid_json(tmp_path: Path) -> None:
    store = stored(tmp_path / "h.db", [("r1", "p", "a\ud800"), ("r2", "p", "b")])
    try:
        rows, _ = pairs(store, tmp_path / "p.jsonl", [on(1, "r1", "r2", Verdict.A)])
    finally:
        store.close()
    assert rows == [{"prompt": "p", "chosen": "a?", "rejected": "b"}]

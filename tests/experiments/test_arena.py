"""The arena and a judge on the demo models."""

from __future__ import annotations

import math
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.evaluations import choice_rows, evaluated, plan_for, word_rows, write_rows

from workbench.core.cancel import CancelToken
from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.paths import Profile, assets_folder
from workbench.core.ranking import By
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings
from workbench.core.votes import Verdict, Voter, VoterKind
from workbench.experiments.arena import Arena, Source, person, question_of
from workbench.experiments.compare import Comparison
from workbench.experiments.compare_plan import Column
from workbench.experiments.direct import direct_engine
from workbench.experiments.fresh_pairs import FreshPairs, Unseen, items_of
from workbench.experiments.judge import Judge, judge_all, judge_prompt, judged_by_people
from workbench.experiments.leaderboard import Wish, leaderboard, rank_document
from workbench.experiments.session import Session, open_session
from workbench.history.replies import run_replies
from workbench.history.store import HistoryStore
from workbench.history.votes import AlreadyVotedError, list_votes
from workbench.templates.prompt_file import parse_prompt

PROMPT = (
    "name: Story\ntags: [story]\nvariables:\n  who: {type: text, default: Zoe, description: x}\n"
    "messages:\n  - {role: user, content: 'Tell me a story about {{ who }}.'}\n"
)
MODELS = assets_folder() / "models"
ANN = Voter(VoterKind.HUMAN, "Ann")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile whose history has six replies: two models, three heroes."""
    folder = tmp_path_factory.mktemp("arena") / "profile"
    made, _ = open_session(Profile(folder))
    prompt = parse_prompt(PROMPT, "story", Path("/prompts/story.prompt.yml"))
    sampling = Sampling(max_tokens=12, temperature=0.8)
    columns = [
        Column(MODELS / name, prompt, sampling, 7, {"who": who})
        for name in ("demo-2m-q8_0.gguf", "demo-0.5m-q8_0.gguf")
        for who in ("Zoe", "Tom", "Mia")
    ]
    comparison = Comparison(made, columns, Unseen(), at_once=1)
    comparison.start()
    ends = comparison.wait(60)
    comparison.join(5)
    for name in ("demo-2m-q8_0.gguf", "demo-0.5m-q8_0.gguf"):
        made.sha256(MODELS / name)
    made.close()
    assert all(end.done for end in ends)
    return folder


@pytest.fixture
def session(recorded: Path, own_profile: Profile) -> Iterator[Session]:
    """A session on a copy of that profile."""
    shutil.copytree(recorded, own_profile.root)
    made, _ = open_session(own_profile)
    yield made
    made.close()


@pytest.fixture
def arena(session: Session) -> Arena:
    """Ann in the arena."""
    return Arena(session.store, session.new_run_id, ANN, Source(By.MODEL), seed=3)


def test_a_vote_is_recorded_with_everything_and_can_be_undone(arena: Arena) -> None:
    shown = arena.next()
    assert shown is not None
    who = shown.question.removeprefix("Tell me a story about ").removesuffix(".")
    assert who in ("Zoe", "Tom", "Mia")
    assert shown.a != shown.b
    assert {name.split(" · ")[0] for name in shown.names} == {"demo-2m Q8_0", "demo-0.5m Q8_0"}
    cast = arena.vote(shown, Verdict.A, seconds=2.5, tags=["short"])
    (stored,) = list_votes(arena.store)
    assert stored == cast.vote
    assert stored.tags == ("short", "story")
    assert stored.item.name == "Story"
    assert (stored.voter, stored.seconds, stored.revealed) == (ANN, 2.5, False)
    start = arena.store.get(stored.a.run_id).start
    assert stored.a.contestant.model_sha256 == start.model.sha256 != ""
    assert question_of(start) == shown.question
    arena.undo(cast)
    assert list_votes(arena.store) == []
    again = arena.show(cast.shown.pairing)
    assert again is not None
    assert arena.vote(again, Verdict.B, revealed=True).vote.revealed


def test_all_pairings_then_the_other_orders(arena: Arena) -> None:
    seen = []
    while (shown := arena.next()) is not None:
        seen.append(shown)
        arena.vote(shown, Verdict.TIE)
    assert len(seen) == 3
    assert len({s.pairing.item.key for s in seen}) == 3
    firsts = [s.names[0].split(" ")[0] for s in seen]
    assert abs(firsts.count("demo-2m") - firsts.count("demo-0.5m")) == 1
    turned = arena.next(swapped=True)
    assert turned is not None
    assert any((turned.a, turned.b) == (s.b, s.a) for s in seen)


def test_two_windows_vote_on_the_same(arena: Arena, session: Session) -> None:
    other = Arena(session.store, session.new_run_id, ANN, Source(By.MODEL), seed=3)
    mine, theirs = arena.next(), other.next()
    assert mine is not None
    assert theirs is not None
    assert mine.pairing == theirs.pairing
    arena.vote(mine, Verdict.A)
    with pytest.raises(AlreadyVotedError):
        other.vote(theirs, Verdict.B)
    after = other.next()
    assert after is not None
    assert after.pairing.places != mine.pairing.places
    assert [vote.verdict for vote in list_votes(arena.store)] == [Verdict.A]


def test_a_run_that_is_deleted_meanwhile(arena: Arena, session: Session) -> None:
    shown = arena.next()
    assert shown is not None
    gone = [shown.pairing.a.run_id]
    trash = "UPDATE runs SET trashed_us = 1 WHERE run_id = ?"
    session.store.write(lambda db: db.execute(trash, gone)).result()
    with pytest.raises(UserError, match="lies in the trash, so the vote was not counted"):
        arena.vote(shown, Verdict.A)
    assert list_votes(arena.store) == []
    arena.reload()
    left = 0
    while (found := arena.next()) is not None:
        left += 1
        arena.vote(found, Verdict.A)
    assert left == 2
    session.store.write(lambda db: db.execute("DELETE FROM runs")).result()
    arena.reload()
    assert arena.next() is None
    assert len(leaderboard(session.store).ranking.rated) == 2, "votes outlive their runs"


def test_a_judge_votes_in_both_orders_and_apart(arena: Arena, session: Session) -> None:
    for verdict in (Verdict.A, Verdict.B):
        shown = arena.next()
        assert shown is not None
        arena.vote(shown, verdict)
    judge = Judge(session, MODELS / "demo-2m-q4_0.gguf", judge_prompt(session.library))
    assert judge.voter.name == "demo-2m Q4_0"
    court = Arena(session.store, session.new_run_id, judge.voter, Source(By.ALL))
    first = judged_by_people(court)
    assert len(first) == 2
    done = judge_all(judge, court, 10, CancelToken(), first=first, only_first=True)
    assert done.pairings == 2
    votes = [v for v in list_votes(session.store) if v.voter.kind is VoterKind.JUDGE]
    assert len(votes) == 4
    for ballot in {v.ballot for v in votes}:
        one, other = [v for v in votes if v.ballot == ballot]
        assert (one.a, one.b) == (other.b, other.a)
        assert one.p is not None
        assert 0.5 <= one.p <= 1.0
    board = leaderboard(session.store, Wish("judge"))
    assert board.ranking.counted.ballots == 2
    assert leaderboard(session.store).ranking.counted.ballots == 2
    (agreement,) = board.agreement
    assert (agreement.a, agreement.b, agreement.pairings) == ("people", "demo-2m Q4_0", 2)
    rest = judge_all(judge, court, 10, CancelToken())
    assert rest.pairings == 0, "the arena was narrowed to what people judged"
    document = rank_document(board)
    assert [row["name"] for row in document["rows"]]
    assert document["order"]["both_orders"] == 2
    with pytest.raises(UserError, match="Nobody called Zed"):
        leaderboard(session.store, Wish("Zed"))
    with pytest.raises(UserError, match="No vote has the tag nix"):
        leaderboard(session.store, Wish(tag="nix"))


def test_a_judge_is_stopped_and_goes_on_later(arena: Arena, session: Session) -> None:
    judge = Judge(session, MODELS / "demo-2m-q4_0.gguf", judge_prompt(session.library))
    court = Arena(session.store, session.new_run_id, judge.voter, Source(By.MODEL))
    cancel = CancelToken()
    done = judge_all(judge, court, 10, cancel, told=lambda *_: cancel.cancel())
    assert (done.pairings, done.stopped) == (1, True)
    assert len(list_votes(session.store)) == 2, "no half decisions"
    court.reload()
    done = judge_all(judge, court, 10, CancelToken())
    assert (done.pairings, done.stopped) == (2, False)


def test_a_judges_probabilities_are_those_of_choose(arena: Arena, session: Session) -> None:
    """Against the engine in this process, asked as `workbench choose` asks it."""
    model = MODELS / "demo-2m-q4_0.gguf"
    prompt = judge_prompt(session.library)
    judge = Judge(session, model, prompt)
    shown = arena.next()
    assert shown is not None
    with direct_engine(model, EngineSettings(), session.library) as engine:
        for swapped in (False, True):
            opinion = judge.opinion(shown, CancelToken(), swapped=swapped)
            first, second = (shown.b, shown.a) if swapped else (shown.a, shown.b)
            values = {"question": shown.question, "first": first, "second": second}
            scores = engine.choose(engine.read(prompt, values), ("A", "B"), lambda *_: None)
            p_a = 1 / (1 + math.exp(scores[1].logprob - scores[0].logprob))
            expected = p_a if opinion.verdict is Verdict.A else 1 - p_a
            assert expected >= 0.5
            assert opinion.p == pytest.approx(expected, abs=1e-6)


@pytest.mark.spawned
def test_a_judge_whose_engine_dies_goes_on(arena: Arena, session: Session) -> None:
    judge = Judge(session, MODELS / "demo-2m-q4_0.gguf", judge_prompt(session.library))
    court = Arena(session.store, session.new_run_id, judge.voter, Source(By.MODEL))

    def kill(number: int, *_: object) -> None:
        if number == 1:
            model = session.load(MODELS / "demo-2m-q4_0.gguf", EngineSettings()).model
            pid = session.client(model, EngineSettings()).pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)

    try:
        judge_all(judge, court, 10, CancelToken(), told=kill)
    except EngineDiedError:
        # The death was noticed during the next question; what was decided is kept.
        assert len(list_votes(session.store)) >= 2
        court.reload()
        judge_all(judge, court, 10, CancelToken())
    votes = list_votes(session.store)
    assert len(votes) == 6
    assert len({vote.ballot for vote in votes}) == 3


def test_a_judge_is_not_asked_about_itself(session: Session) -> None:
    judge = Judge(session, MODELS / "demo-2m-q8_0.gguf", judge_prompt(session.library))
    court = Arena(session.store, session.new_run_id, judge.voter, Source(By.MODEL))
    assert judge_all(judge, court, 10, CancelToken()).pairings == 0


def test_a_judges_prompt_needs_its_variables(session: Session) -> None:
    prompt = parse_prompt("text: Which?\n", "which")
    with pytest.raises(UserError, match="declares no variable question and no first"):
        Judge(session, MODELS / "demo-2m-q8_0.gguf", prompt)


def test_equal_replies_are_passed_over(arena: Arena, session: Session) -> None:
    shown = arena.next()
    assert shown is not None
    same = "UPDATE samples SET text = 'the same'"
    session.store.write(lambda db: db.execute(same)).result()
    assert arena.next() is None
    assert arena.tally.same == 3


def test_answers_that_were_only_weighed_are_no_replies(
    session: Session, small_demo_model: Path, tmp_path: Path
) -> None:
    before = {run.run_id for run in run_replies(session.store)}
    path = write_rows(tmp_path / "choices.jsonl", choice_rows(3))
    _, end = evaluated(session, plan_for(path, small_demo_model))
    assert all(outcome.run_id for outcome in end.outcomes)
    assert {run.run_id for run in run_replies(session.store)} == before
    path = write_rows(tmp_path / "words.jsonl", word_rows(3))
    _, end = evaluated(session, plan_for(path, small_demo_model))
    said = {run.run_id for run in run_replies(session.store)} - before
    assert said == {outcome.run_id for outcome in end.outcomes}


def test_an_empty_history() -> None:
    store = HistoryStore(None)
    empty = Arena(store, lambda: "x", person("Ann"))
    assert empty.next() is None
    assert empty.next(swapped=True) is None
    assert leaderboard(store).ranking.refusal is not None
    store.close()
    assert person().name


def test_new_replies_meet_by_need(session: Session) -> None:
    prompt = parse_prompt(f"{PROMPT}testData:\n  - {{who: Tom}}\n  - {{who: Zoe}}\n", "story")
    items = items_of(prompt, {"who": "Zoe"}, session.library)
    assert items == [{"who": "Zoe"}, {"who": "Tom"}]
    small = Column(MODELS / "demo-0.5m-q8_0.gguf", prompt, Sampling(max_tokens=6), 1)
    cold = replace(small, sampling=Sampling(max_tokens=6, temperature=0.1), values={"who": "x"})
    pairs = FreshPairs(session, [replace(small, values={"who": "x"}), cold], items, seed=1)
    asked = set()
    for _ in range(2):
        runs = pairs.make(CancelToken())
        starts = [session.store.get(run).start for run in runs]
        assert len({start.experiment for start in starts}) == 1
        assert starts[0].variables == starts[1].variables
        assert {start.sampling.temperature for start in starts} == {0.1, 0.8}
        asked.add(str(starts[0].variables["who"]))
    assert asked == {"Zoe", "Tom"}, "an item without votes comes first"
    token = CancelToken()
    token.cancel()
    with pytest.raises(StoppedError):
        pairs.make(token)
    session.private = True
    with pytest.raises(UserError, match="Private runs are not recorded"):
        pairs.make(CancelToken())


def test_who_cannot_meet_is_said(session: Session) -> None:
    prompt = parse_prompt(PROMPT, "story")
    one = Column(MODELS / "demo-2m-q8_0.gguf", prompt, Sampling(), 1, {"who": "Zoe"})
    with pytest.raises(UserError, match="not two different columns"):
        FreshPairs(session, [one, replace(one, seed=2, label="again")], [{"who": "Zoe"}])
    other = replace(one, sampling=Sampling(temperature=0.1), values={"what": "x"})
    with pytest.raises(UserError, match="different variables"):
        FreshPairs(session, [one, other], [{"who": "Zoe"}])

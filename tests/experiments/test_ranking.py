"""Rankings from votes: known answers, what must not matter, and what is refused."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.votes import contestant, games, ranked, vote

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.ranking import By, Ranking
from workbench.core.votes import Verdict, Vote, Voter, VoterKind
from workbench.experiments.contestants import Identities
from workbench.experiments.ranking import RankOptions, rank

JUDGE = Voter(VoterKind.JUDGE, "judge Q8_0", "hash of judge", "/models/judge.gguf")
TINY = 1e-9
"""A prior so small that it changes nothing, for answers known without one."""


def ratings(ranking: Ranking) -> dict[str, float]:
    return {one.name.removesuffix(" Q8_0"): one.rating for one in ranking.rated}


def test_known_answers_from_votes() -> None:
    """The figures of the reference survey: 3-1, 2 wins and 2 ties, three competitors, 5-0."""
    bare = RankOptions(prior=TINY, resamples=20)
    for votes in (games(("A", "B", 3, 1)), games(("A", "B", 2, 0, 2))):
        found = ratings(ranked(votes, bare))
        assert found["A"] - found["B"] == pytest.approx(190.8485, abs=1e-3)
        assert found["A"] == pytest.approx(-found["B"])
    three = ranked(games(("A", "B", 7, 3), ("B", "C", 6, 4), ("A", "C", 8, 2)), bare)
    assert ratings(three) == pytest.approx({"A": 128.651, "B": -25.904, "C": -102.747}, abs=4e-3)
    assert [one.name for one in three.rated] == ["A Q8_0", "B Q8_0", "C Q8_0"]
    five = ranked(games(("A", "B", 5, 0)))
    assert five.rated[0].rating - five.rated[1].rating == pytest.approx(416.557, abs=1e-3)


def test_a_baseline_is_zero() -> None:
    votes = games(("A", "B", 3, 1), ("B", "C", 2, 2))
    found = ranked(votes, RankOptions(baseline="b q8_0"))
    assert ratings(found)["B"] == 0.0
    assert found.baseline == "B Q8_0"
    interval = next(one.interval for one in found.rated if one.name == "B Q8_0")
    assert interval is not None
    assert (interval.low, interval.high) == (0.0, 0.0)
    centred = ratings(ranked(votes))
    assert ratings(found)["A"] == pytest.approx(centred["A"] - centred["B"])
    with pytest.raises(UserError, match="no competitor D"):
        ranked(votes, RankOptions(baseline="D"))


def test_five_to_nothing_has_an_honest_interval() -> None:
    """Every resample of five wins is five wins; the interval must not be a point."""
    found = ranked(games(("A", "B", 5, 0)))
    best = found.rated[0]
    assert best.interval is not None
    assert best.interval.low < 100 < best.rating < best.interval.high
    assert best.interval.high < 2000
    assert best.p_best is not None
    assert 0.8 < best.p_best < 1.0
    assert found.by_curvature
    assert found.separated == (("A Q8_0",), ("B Q8_0",))
    assert any("went one way" in remark for remark in found.remarks)
    assert np.isnan(found.half_widths).all()


def test_ties_only() -> None:
    found = ranked(games(("A", "B", 0, 0, 6)))
    assert ratings(found) == pytest.approx({"A": 0.0, "B": 0.0}, abs=1e-9)
    assert [one.ranks for one in found.rated] == [(1, 2), (1, 2)]
    assert [one.ties for one in found.rated] == [6, 6]
    assert found.by_curvature
    interval = found.rated[0].interval
    assert interval is not None
    assert interval.high > 50
    assert found.rated[0].p_best == pytest.approx(0.5, abs=0.06)


def test_both_bad_is_a_tie_or_left_out() -> None:
    votes = [*games(("A", "B", 2, 1)), vote(90, "A", "B", Verdict.BOTH_BAD)]
    found = ranked(votes)
    assert [one.both_bad for one in found.rated] == [1, 1]
    assert found.counts[0, 1] == 4
    assert found.wins[0, 1] == 2.5
    without = ranked(votes, RankOptions(skip_both_bad=True))
    assert without.counts[0, 1] == 3
    assert without.counted.ballots == 3
    none = ranked(votes[-1:], RankOptions(skip_both_bad=True))
    assert none.refusal is not None
    assert "both are bad" in none.refusal.reason


def test_the_interval_is_that_of_an_independent_bootstrap() -> None:
    """Items drawn with all their votes, refitted by the classic fixed-point iteration."""
    random = np.random.default_rng(5)
    votes: list[Vote] = []
    for item in range(30):
        for a, b, chance in (("A", "B", 0.7), ("B", "C", 0.6), ("A", "C", 0.75)):
            for _ in range(2):
                verdict = Verdict.A if random.random() < chance else Verdict.B
                votes.append(vote(len(votes), a, b, verdict, item=f"item {item}"))
    found = ranked(votes, RankOptions(resamples=2000))
    names = ["A", "B", "C"]
    per_item = np.zeros((30, 3, 3))
    for one in votes:
        i, j = (names.index(s.contestant.model_name) for s in (one.a, one.b))
        won, lost = (i, j) if one.verdict is Verdict.A else (j, i)
        per_item[int(one.item.name.split()[1]), won, lost] += 1
    made = np.empty((2000, 3))
    for n in range(2000):
        wins = per_item[random.integers(0, 30, 30)].sum(0) + 0.5 * (1 - np.eye(3))
        p = np.ones(3)
        for _ in range(60):
            games_over = (wins + wins.T) / (p[:, None] + p[None, :])
            p = wins.sum(1) / games_over.sum(1)
            p /= np.exp(np.log(p).mean())
        made[n] = 400 * np.log10(p)
    low, high = np.percentile(made, [2.5, 97.5], axis=0)
    for number, name in enumerate(names):
        rated = next(r for r in found.rated if r.name == f"{name} Q8_0")
        assert rated.interval is not None
        assert rated.interval.low == pytest.approx(low[number], abs=8)
        assert rated.interval.high == pytest.approx(high[number], abs=8)
    assert not found.by_curvature
    assert sum(rated.p_best or 0.0 for rated in found.rated) == pytest.approx(1.0)


def test_votes_on_one_item_are_no_independent_evidence() -> None:
    """The same 60 votes on 60 items and on 6: the second knows less."""
    votes = games(("A", "B", 40, 20))
    many = ranked(votes)
    few = ranked(
        [
            replace(v, item=replace(v.item, key=f"item {n // 10}", name=""))
            for n, v in enumerate(votes)
        ]
    )
    wide, narrow = few.rated[0].interval, many.rated[0].interval
    assert wide is not None
    assert narrow is not None
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)
    assert few.rated[0].rating == many.rated[0].rating
    assert any("Only 6 items" in remark for remark in few.remarks)
    one = ranked([replace(v, item=votes[0].item) for v in votes])
    assert (one.rated[0].interval, one.rated[0].ranks, one.rated[0].p_best) == (None, None, None)
    assert any("one item" in remark for remark in one.remarks)


def test_a_handful_of_items_does_not_look_certain() -> None:
    """Three competitors, one vote each on four items: resampling alone says +-30 points."""
    wins = [("A", "B"), ("A", "C"), ("B", "C"), ("C", "A"), ("A", "B"), ("B", "C")]
    votes = [vote(n, a, b, Verdict.A, item=f"item {n // 2}") for n, (a, b) in enumerate(wins)]
    found = ranked(votes)
    assert found.by_curvature
    assert any("so few" in remark for remark in found.remarks)
    for one in found.rated:
        assert one.interval is not None
        assert one.interval.high - one.interval.low > 200
        assert one.ranks == (1, 3)


@pytest.mark.parametrize("items", [5, 20])
def test_intervals_hold_the_truth_as_often_as_they_say(items: int) -> None:
    """Known strengths, 60 made-up elections: about 95 of 100 intervals hold the true rating."""
    random, names = np.random.default_rng(items), "ABC"
    strength = np.array([0.5, 0.0, -0.5])
    true = strength * 400 / math.log(10)
    held = total = 0
    for _ in range(60):
        votes: list[Vote] = []
        for item in range(items):
            for i, j in ((0, 1), (1, 2), (0, 2)):
                chance = 1 / (1 + math.exp(strength[j] - strength[i]))
                verdict = Verdict.A if random.random() < chance else Verdict.B
                votes.append(vote(len(votes), names[i], names[j], verdict, item=f"item {item}"))
        for one in ranked(votes, RankOptions(resamples=100)).rated:
            assert one.interval is not None
            total += 1
            held += one.interval.low <= true[names.index(one.name[0])] <= one.interval.high
    assert 0.88 <= held / total <= 1.0


@st.composite
def ballots(draw: st.DrawFn) -> list[Vote]:
    """Votes among four competitors that all met, on a few items."""
    made = games(("A", "B", 1, 1), ("B", "C", 1, 0, 1), ("C", "D", 1, 1))
    pairs = [(a, b) for a in "ABCD" for b in "ABCD" if a < b]
    for a, b in draw(st.lists(st.sampled_from(pairs), max_size=12)):
        verdict = draw(st.sampled_from(list(Verdict)))
        item = draw(st.sampled_from(["one", "two", "three"]))
        made.append(vote(len(made), a, b, verdict, item=item))
    return made


@settings(deadline=None, max_examples=30)
@given(ballots(), st.randoms(use_true_random=False))
def test_neither_the_order_of_votes_nor_of_replies_matters(
    votes: list[Vote], random: object
) -> None:
    wish = RankOptions(resamples=50)
    first = ranked(votes, wish)
    mixed = list(votes)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' Random
    turned = [
        replace(v, a=v.b, b=v.a, verdict=v.verdict.swapped) if n % 2 else v
        for n, v in enumerate(mixed)
    ]
    second = ranked(turned, wish)
    assert [one.name for one in first.rated] == [one.name for one in second.rated]
    for a, b in zip(first.rated, second.rated, strict=True):
        assert a.rating == pytest.approx(b.rating, abs=1e-9)
        assert (a.ranks, a.wins, a.losses, a.ties) == (b.ranks, b.wins, b.losses, b.ties)
        assert a.interval is not None
        assert b.interval is not None
        assert a.interval.low == pytest.approx(b.interval.low, abs=1e-6)
        assert a.ranks is not None
        assert a.ranks[0] <= a.ranks[1]
    np.testing.assert_array_equal(first.wins, second.wins)


def test_groups_that_never_met_are_refused_with_the_missing_pairings() -> None:
    found = ranked(games(("A", "B", 3, 1), ("C", "D", 1, 1), ("C", "E", 2, 2)))
    assert found.rated == ()
    assert found.refusal is not None
    assert found.refusal.groups == (("C Q8_0", "D Q8_0", "E Q8_0"), ("A Q8_0", "B Q8_0"))
    assert found.refusal.missing == (("C Q8_0", "A Q8_0"),)
    assert "2 groups never met" in found.refusal.reason
    assert found.refusal.hint == "Vote on this pairing: C Q8_0 against A Q8_0."
    three = ranked(games(("A", "B", 1, 1), ("C", "D", 1, 1), ("E", "F", 1, 1)))
    assert three.refusal is not None
    assert len(three.refusal.missing) == 2


def test_nothing_to_rank() -> None:
    assert (none := ranked([])).refusal is not None
    assert none.refusal.reason == "There are no votes yet."
    alone = ranked([vote(0, "A", "A", Verdict.A)])
    assert alone.refusal is not None
    assert "a model met itself" in alone.refusal.reason
    assert alone.counted.same == 1


def test_a_model_listed_twice_is_one_competitor() -> None:
    """One file under two paths, one of them before its hash was known."""
    copy = contestant("A", model_path="/copies/A.gguf")
    young = contestant("A", model_path="/copies/A.gguf", model_sha256="")
    votes = [
        vote(0, "A", "B", Verdict.A),
        vote(1, copy, "B", Verdict.B),
        vote(2, young, "B", Verdict.A),
        vote(3, "A", copy, Verdict.A),
    ]
    found = ranked(votes)
    assert len(found.rated) == 2
    assert found.counts[0, 1] == 3
    assert found.counted.same == 1
    assert any("met itself" in remark for remark in found.remarks)


def test_two_files_of_one_name_are_told_apart() -> None:
    other = contestant("A", model_sha256="another", model_path="/other/A.gguf")
    found = ranked([vote(0, "A", other, Verdict.A), vote(1, other, "A", Verdict.A)])
    names = [one.name for one in found.rated]
    assert len(set(names)) == 2
    assert all(name.startswith("A Q8_0 · ") for name in names)


def test_by_settings_and_prompts_and_what_else_differs() -> None:
    cold = contestant("A", settings='{"temperature":0.2}')
    other = contestant("B", settings='{"temperature":0.2}')
    new = contestant("A", prompt_hash="sha256:fedcba9876")
    votes = [
        vote(0, "A", cold, Verdict.B),
        vote(1, "A", other, Verdict.A),
        vote(2, "A", new, Verdict.A),
    ]
    by_settings = ranked(votes, RankOptions(by=By.SETTINGS))
    assert {one.name for one in by_settings.rated} == {"default settings", "temperature 0.2"}
    assert by_settings.counted.mixed == 1
    assert by_settings.counted.same == 1
    assert any("something else" in remark for remark in by_settings.remarks)
    clean = ranked(votes, RankOptions(by=By.SETTINGS, clean_only=True))
    assert (clean.counted.ballots, clean.counted.left_out_mixed) == (1, 1)
    by_prompt = ranked(votes, RankOptions(by=By.PROMPT))
    assert {one.name for one in by_prompt.rated} == {"story 012345", "story fedcba"}
    everything = ranked(votes, RankOptions(by=By.ALL))
    assert len(everything.rated) == 4
    named = Identities([cold, new], {"sha256:fedcba9876": "story v2"})
    assert set(named.names(By.PROMPT).values()) == {"story 012345", "story v2"}
    refused = ranked(votes[1:2], RankOptions(by=By.SETTINGS, clean_only=True))
    assert refused.refusal is not None
    assert "something else than the settings" in refused.refusal.reason


def test_a_judges_two_orders_are_one_decision() -> None:
    def both(number: int, first: Verdict, swapped: Verdict) -> list[Vote]:
        one = vote(2 * number, "A", "B", first, voter=JUDGE, ballot=f"j{number}")
        two = replace(one, vote_id=f"{one.vote_id}s", a=one.b, b=one.a, verdict=swapped)
        return [one, two]

    votes = [
        *both(0, Verdict.A, Verdict.B),  # A both times
        *both(1, Verdict.A, Verdict.A),  # whatever is first
        *both(2, Verdict.A, Verdict.A),
        *both(3, Verdict.B, Verdict.A),  # B both times
    ]
    found = ranked(votes)
    assert found.counted.ballots == 4
    assert found.counted.inconsistent == 2
    assert {(one.wins, one.losses, one.ties) for one in found.rated} == {(1, 1, 2)}
    order = found.order
    assert (order.first, order.second, order.both_orders, order.flips) == (6, 2, 4, 2)
    assert any("2 of 4 pairings" in remark for remark in found.remarks)


def test_a_judge_does_not_judge_itself() -> None:
    own = vote(0, "judge", "B", Verdict.A, voter=JUDGE)
    found = ranked([own])
    assert found.refusal is not None
    assert "replies of its own model" in found.refusal.reason
    both = ranked([own, vote(1, "A", "B", Verdict.A, voter=JUDGE)])
    assert both.counted.own == 1
    assert len(both.rated) == 2


def test_withdrawn_votes_do_not_count() -> None:
    votes = games(("A", "B", 3, 1))
    gone = [replace(votes[0], withdrawn_us=1), *votes[1:]]
    found = ranked(gone)
    assert found.counts[0, 1] == 3
    assert found.counted.withdrawn == 1


def test_order_bias() -> None:
    """24 of 30 for the first: exact two-sided p is 0.00143 (scipy.stats.binomtest)."""
    votes = [vote(n, "A", "B", Verdict.A if n % 5 else Verdict.B) for n in range(30)]
    found = ranked(votes)
    assert (found.order.first, found.order.second) == (24, 6)
    assert found.order.p == pytest.approx(0.001430906355381012, rel=1e-9)
    assert found.order.interval is not None
    assert found.order.interval.low == pytest.approx(0.6269, abs=1e-4)
    assert any("shown first won 80%" in remark for remark in found.remarks)


def test_many_competitors_and_a_stop() -> None:
    names = [f"m{n}" for n in range(12)]
    votes = games(*((a, b, 2, 1) for a in names for b in names if a < b))
    found = ranked(votes, RankOptions(resamples=200))
    assert len(found.rated) == 12
    assert all(math.isfinite(one.rating) for one in found.rated)
    token = CancelToken()
    token.cancel()
    named = Identities(c for v in votes for c in (v.a.contestant, v.b.contestant))
    with pytest.raises(Cancelled):
        rank(votes, named, None, token)

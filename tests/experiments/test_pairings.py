"""Which replies meet: need first, both orders balanced, nothing asked twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

import pytest
from support.votes import PERSON

from workbench.core.ids import text_hash
from workbench.core.ranking import By
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings, KvType
from workbench.core.votes import Item, Side, Verdict, Vote, Voter, VoterKind
from workbench.experiments.pairings import MOST_ITEMS, Matchmaker, Pairing
from workbench.history.replies import ModelFile, RunReplies

SOURCE = "name: Story\ntags: [task, story]\ntext: Tell of {{ who }}.\n"


def run(run_id: str, model: str | ModelFile, who: str = "Zoe", **changes: object) -> RunReplies:
    """A run with one reply."""
    if isinstance(model, str):
        model = ModelFile(model, "Q8_0", f"/models/{model}.gguf", f"hash of {model}", None)
    values: dict[str, object] = {
        "run_id": run_id,
        "samples": (0,),
        "prompt_name": "Story",
        "prompt_path": "/prompts/story.prompt.yml",
        "source": SOURCE,
        "prompt_hash": text_hash(SOURCE),
        "variables": json.dumps({"who": who}),
        "model": model,
        "sampling": Sampling(),
        "settings": EngineSettings(),
        "template": None,
        "experiment": "",
        "tags": (),
    }
    return RunReplies(**{**values, **changes})  # type: ignore[arg-type]  # field names as keys


def as_vote(pairing: Pairing, number: int = 0, voter: Voter = PERSON) -> Vote:
    """A vote on a pairing."""
    a, b = (Side(r.run_id, r.sample, r.contestant, "") for r in (pairing.a, pairing.b))
    name = f"vote {number}"
    return Vote(name, name, number, voter, pairing.item, a, b, Verdict.A)


def all_of(maker: Matchmaker) -> list[Pairing]:
    """Every pairing in the order it is offered."""
    made = []
    while (found := maker.next()) is not None:
        made.append(found)
        maker.given(found)
    return made


def models(pairing: Pairing) -> tuple[str, str]:
    return pairing.a.contestant.model_name, pairing.b.contestant.model_name


def maker(
    runs: Sequence[RunReplies], by: By = By.MODEL, votes: Sequence[Vote] = (), seed: int = 1
) -> Matchmaker:
    return Matchmaker(runs, votes, PERSON, by, seed=seed)


def test_only_the_same_prompt_with_the_same_variables_meets() -> None:
    runs = [run("1", "A"), run("2", "B"), run("3", "B", who="Tom"), run("4", "C", prompt_path="/x")]
    (only,) = all_of(maker(runs))
    assert {only.a.run_id, only.b.run_id} == {"1", "2"}
    assert only.item.name == "Story"
    assert only.tags == ("story", "task")
    assert json.loads(only.variables) == {"who": "Zoe"}


def test_nothing_else_may_differ_than_what_is_ranked() -> None:
    cold = Sampling(temperature=0.2)
    runs = [run("1", "A"), run("2", "B", sampling=cold), run("3", "A", sampling=cold)]
    assert [sorted(models(p)) for p in all_of(maker(runs))] == [["A", "B"]]
    (settings,) = all_of(maker(runs, By.SETTINGS))
    assert models(settings) == ("A", "A")
    assert len(all_of(maker(runs, By.ALL))) == 3
    threads = EngineSettings(n_threads=1, n_ctx=512)
    assert all_of(maker([run("1", "A"), run("2", "A", settings=threads)], By.ALL)) == []
    small = EngineSettings(kv_type=KvType.Q4_0)
    assert len(all_of(maker([run("1", "A"), run("2", "A", settings=small)], By.SETTINGS))) == 1


def test_versions_of_a_prompt_meet_and_prompts_of_one_experiment() -> None:
    other = {"source": "text: Of {{ who }}.", "prompt_hash": text_hash("text: Of {{ who }}.")}
    versions = [run("1", "A"), run("2", "A", **other)]
    (found,) = all_of(maker(versions, By.PROMPT))
    assert found.tags == ()
    apart = [run("1", "A"), run("2", "A", prompt_path="/other", prompt_name="Other", **other)]
    assert all_of(maker(apart, By.PROMPT)) == []
    joined = [
        run("1", "A", experiment="comparison x"),
        run(
            "2", "A", prompt_path="/other", prompt_name="Other", experiment="comparison x", **other
        ),
    ]
    (found,) = all_of(maker(joined, By.PROMPT))
    assert set(found.item.name.split(", ")) == {"Story", "Other"}


def test_a_model_listed_twice_does_not_meet_itself() -> None:
    copy = ModelFile("A", "Q8_0", "/copies/A.gguf", "hash of A", None)
    assert all_of(maker([run("1", "A"), run("2", copy), run("3", "A")])) == []


def test_every_pair_of_replies_once_and_both_orders_balanced() -> None:
    runs = [run(f"{m}{w}", m, who=w, samples=(0, 1)) for m in "ABC" for w in ("Zoe", "Tom", "Mia")]
    found = all_of(maker(runs))
    assert len(found) == 3 * 3 * 4
    assert len({p.places for p in found}) == len(found)
    first = Counter(models(p) for p in found)
    for one, other in (("A", "B"), ("B", "C"), ("A", "C")):
        assert abs(first[one, other] - first[other, one]) <= 1
    pairs = [frozenset(models(p)) for p in found[:3]]
    assert len(set(pairs)) == 3, "the pair with the fewest votes comes first"
    items = Counter((frozenset(models(p)), p.item.key) for p in found[:9])
    assert set(items.values()) == {1}, "items without votes come first"


def test_groups_that_never_met_are_joined_first() -> None:
    runs = [run(m, m) for m in "ABCD"] + [run(f"{m}2", m, who="Tom") for m in "AB"]
    first = maker(runs)
    by_models = {frozenset(models(p)): p for p in all_of(maker(runs))}
    votes = [as_vote(by_models[frozenset("AB")], 1), as_vote(by_models[frozenset("CD")], 2)]
    for seed in range(8):
        found = maker(runs, votes=votes, seed=seed).next()
        assert found is not None
        assert len(set(models(found)) & set("AB")) == 1, "one of each group"
    assert first.competitors == 4


def test_what_a_voter_judged_is_not_asked_again_unless_the_other_way_round() -> None:
    runs = [run("1", "A"), run("2", "B")]
    (found,) = all_of(maker(runs))
    after = maker(runs, votes=[as_vote(found)])
    assert after.next() is None
    assert after.left() == 0
    again = after.next_swapped()
    assert again is not None
    assert (again.a, again.b) == (found.b, found.a)
    after.given(again)
    assert after.next_swapped() is None
    another = Matchmaker(runs, [as_vote(found)], Voter(VoterKind.HUMAN, "Bob"), By.MODEL)
    assert another.left() == 1


def test_undo_and_skip() -> None:
    runs = [run("1", "A"), run("2", "B")]
    made = maker(runs)
    found = made.next()
    assert found is not None
    made.given(found)
    assert made.next() is None
    made.taken_back(found)
    assert made.next() is not None
    made.skip(found)
    assert made.next() is None
    assert made.left() == 0


def test_a_judge_gets_no_replies_of_its_own() -> None:
    runs = [run("1", "A"), run("2", "B"), run("3", "C")]
    judge = Voter(VoterKind.JUDGE, "A Q8_0", "hash of A", "/elsewhere/A.gguf")
    pairs = all_of(Matchmaker(runs, [], judge, By.MODEL))
    assert [set(models(p)) for p in pairs] == [{"B", "C"}]


def test_many_lonely_replies_hide_no_pairing() -> None:
    """More items than are looked at, all but the oldest with one reply."""
    lonely = [run(f"new {n}", "A", who=f"hero {n}") for n in range(MOST_ITEMS + 50)]
    old = [run("1", "A", who="Zoe"), run("2", "B", who="Zoe")]
    (found,) = all_of(maker([*lonely, *old]))
    assert found.places == {("1", 0), ("2", 0)}


def test_who_is_first_cannot_be_guessed() -> None:
    runs = [run("1", "A"), run("2", "B")]
    firsts = Counter(
        models(found)[0]
        for seed in range(200)
        if (found := maker(runs, seed=seed).next()) is not None
    )
    assert 70 < firsts["A"] < 130


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_to_meet(count: int) -> None:
    made = maker([run("1", "A")][:count])
    assert made.next() is None
    assert made.next_swapped() is None
    assert made.left() == 0


def test_an_item_is_the_same_whatever_the_order_of_its_variables() -> None:
    one = run("1", "A", variables='{"a":1,"b":2}')
    other = run("2", "B", variables='{"b":2,"a":1}')
    (found,) = all_of(maker([one, other]))
    assert isinstance(found.item, Item)

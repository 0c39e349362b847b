"""Votes made up for tests, in few words."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.core.ranking import Ranking
from workbench.core.votes import Contestant, Item, Side, Verdict, Vote, Voter, VoterKind
from workbench.experiments.contestants import Identities
from workbench.experiments.ranking import RankOptions, rank

PERSON = Voter(VoterKind.HUMAN, "Ann")


def contestant(model: str = "A", **changes: str) -> Contestant:
    """One that differs from others in its model alone, unless `changes` say more."""
    values = {
        "model_name": model,
        "quantization": "Q8_0",
        "model_path": f"/models/{model}.gguf",
        "model_sha256": f"hash of {model}",
        "prompt_name": "story",
        "prompt_key": "/prompts/story.prompt.yml",
        "prompt_hash": "sha256:0123456789",
        "settings": "{}",
    }
    return Contestant(**{**values, **changes})


def side(who: Contestant | str, number: int, *, first: bool = True) -> Side:
    """A reply; `number` and `first` make its run id."""
    one = contestant(who) if isinstance(who, str) else who
    run_id = f"run-{number:05}-{'x' if first else 'y'}"
    return Side(run_id, 0, one, f"sha256:{run_id}")


def vote(
    number: int,
    a: Contestant | str,
    b: Contestant | str,
    verdict: Verdict,
    *,
    item: str = "",
    voter: Voter = PERSON,
    ballot: str = "",
    **changes: object,
) -> Vote:
    """One verdict; every vote has an item of its own unless one is named."""
    name = item or f"item {number}"
    values: dict[str, object] = {
        "vote_id": f"vote-{number:05}",
        "ballot": ballot or f"ballot-{number:05}",
        "created_us": 1_800_000_000_000_000 + number,
        "voter": voter,
        "item": Item(f"sha256:{name}", "sha256:variables", name),
        "a": side(a, number),
        "b": side(b, number, first=False),
        "verdict": verdict,
    }
    return Vote(**{**values, **changes})  # type: ignore[arg-type]  # field names as keys


def games(*rows: tuple[str, str, int, int] | tuple[str, str, int, int, int]) -> list[Vote]:
    """Votes from (a, b, won by a, won by b, ties); every other one with b shown first."""
    made: list[Vote] = []
    for a, b, won, lost, *ties in rows:
        verdicts = [Verdict.A] * won + [Verdict.B] * lost + [Verdict.TIE] * sum(ties)
        for verdict in verdicts:
            number = len(made)
            if number % 2:
                made.append(vote(number, b, a, verdict.swapped))
            else:
                made.append(vote(number, a, b, verdict))
    return made


def ranked(votes: Sequence[Vote], options: RankOptions | None = None) -> Ranking:
    """The ranking of votes among the contestants they name."""
    named = Identities(c for v in votes for c in (v.a.contestant, v.b.contestant))
    return rank(votes, named, options)

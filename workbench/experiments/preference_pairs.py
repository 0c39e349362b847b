"""Votes of the arena as pairs for preference tuning (DPO and its kin). Any thread."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.files import file_in_place
from workbench.core.votes import Contestant, Verdict, Vote, VoterKind
from workbench.experiments.ballots import Place, by_ballot, is_own, pairing, told_of
from workbench.experiments.contestants import Identities
from workbench.experiments.run_export import Cleaner
from workbench.export.base import Option, chosen
from workbench.history.load import StoredRun
from workbench.history.store import HistoryStore
from workbench.history.votes import VoteFilter, list_votes

OPTIONS = (
    Option(
        "voters", "Votes of", "People and judges are never mixed.", "people", ("people", "judges")
    ),
    Option(
        "several",
        "Several votes on a pair",
        "majority: what most say, one line; each: a line for every decision.",
        "majority",
        ("majority", "each"),
    ),
    Option(
        "facts",
        "Facts",
        "Add models, seeds, voters, tags and run ids to each line.",
        default=False,
    ),
)
"""What a person may choose of the file; every value as `export.base.chosen` gives it."""

LEAVES_OUT = (
    "Ties, and votes that both replies are bad.",
    "Pairs on which as many say the one as the other.",
    "Judges that change their mind with the order, or judge their own model.",
    "Votes whose runs are gone or whose prompts are not the same to the letter.",
)


@dataclass(frozen=True, slots=True)
class PairsDone:
    """What became of the votes: lines written, and decisions or pairs left out by reason."""

    written: int
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The reasons with their counts, in one sentence; empty when nothing is left out."""
        if not self.left_out:
            return ""
        return f"Left out: {', '.join(f'{n:,} {why}' for why, n in self.left_out.items())}."


def write_pairs(
    store: HistoryStore,
    target: Path,
    given: Mapping[str, str | bool],
    *,
    tag: str = "",
    user: str = "",
    keep_paths: bool = False,
    cancel: CancelToken | None = None,
) -> PairsDone:
    """Write `{"prompt", "chosen", "rejected"}` for each pair, the oldest vote first.

    The prompt is the exact text that both models read, chat marks included: a trainer must not put
    it through a chat template again.

    Args:
        given: values of `OPTIONS`. tag: of the votes that are taken; empty for all.
        user, keep_paths: as for runs; see `run_export.export_runs`.

    Raises:
        UserError: an option, no pair is left (with what was left out), or the disk.
        Cancelled: `cancel` was set; the file is as it was.
    """
    options = chosen("preference pairs", OPTIONS, given)
    kind = VoterKind.JUDGE if options["voters"] == "judges" else VoterKind.HUMAN
    votes = list_votes(store, VoteFilter(kind=kind, tag=tag))
    counts: dict[str, int] = {}
    decisions = _decisions(votes, counts)
    if options["several"] == "majority":
        decisions = _majority(decisions, counts)
    clean = None if keep_paths else Cleaner(user)
    written = 0
    try:
        with file_in_place(target) as file:
            for one in decisions:
                if cancel is not None:
                    cancel.check()
                row = _row(store, one, counts, facts=bool(options["facts"]))
                if row is None:
                    continue
                line = json.dumps(row if clean is None else clean.value(row), ensure_ascii=False)
                file.write(f"{line}\n".encode("utf-8", "replace"))
                written += 1
            if not written:
                done = PairsDone(0, counts)
                raise UserError(
                    f"There is no pair to write. {done.words}".strip(),
                    "Vote in the arena (Compare, Ctrl+Shift+A), or with `workbench vote give`.",
                )
    except OSError as error:
        raise UserError(
            f"{target} cannot be written: {error.strerror or error}.", "Choose another place."
        ) from error
    return PairsDone(written, counts)


@dataclass(frozen=True, slots=True)
class _Decision:
    """Which of two replies is better, and the votes that say so."""

    better: Place
    worse: Place
    votes: tuple[Vote, ...]


def _decisions(votes: list[Vote], counts: dict[str, int]) -> list[_Decision]:
    """One for each ballot that prefers a reply; the others are counted."""
    contestants: list[Contestant] = [s.contestant for v in votes for s in (v.a, v.b)]
    identities = Identities(contestants)
    found = []
    for group in by_ballot(votes):
        said = {told_of(vote) for vote in group}
        first, second = pairing(group[0])
        if any(is_own(vote, identities) for vote in group):
            _count(counts, "of a judge on its own model")
        elif len(said) > 1:
            _count(counts, "that change with the order")
        elif said == {Verdict.TIE}:
            _count(counts, "ties")
        elif said == {Verdict.BOTH_BAD}:
            _count(counts, "both bad")
        elif said == {Verdict.A}:
            found.append(_Decision(first, second, tuple(group)))
        else:
            found.append(_Decision(second, first, tuple(group)))
    return found


def _majority(decisions: list[_Decision], counts: dict[str, int]) -> list[_Decision]:
    """One for each pair of replies; where as many say the one as the other, none."""
    by_pair: dict[frozenset[Place], list[_Decision]] = {}
    for one in decisions:
        by_pair.setdefault(frozenset((one.better, one.worse)), []).append(one)
    found = []
    for same in by_pair.values():
        better = same[0].better
        agreeing = [one for one in same if one.better == better]
        others = [one for one in same if one.better != better]
        if len(agreeing) == len(others):
            _count(counts, "pairs that voters disagree on")
            continue
        most = agreeing if len(agreeing) > len(others) else others
        votes = tuple(vote for one in most for vote in one.votes)
        found.append(_Decision(most[0].better, most[0].worse, votes))
    return found


def _row(
    store: HistoryStore, one: _Decision, counts: dict[str, int], *, facts: bool
) -> dict[str, object] | None:
    runs = [_run(store, place) for place in (one.better, one.worse)]
    better, worse = runs
    if better is None or worse is None:
        _count(counts, "whose runs are gone")
        return None
    if better.start.text != worse.start.text:
        _count(counts, "whose prompts differ")
        return None
    chosen_text, rejected_text = (
        _reply(r, p) for r, p in ((better, one.better), (worse, one.worse))
    )
    if chosen_text == rejected_text:
        _count(counts, "whose replies are the same")
        return None
    row: dict[str, object] = {
        "prompt": better.start.text,
        "chosen": chosen_text,
        "rejected": rejected_text,
    }
    if facts:
        row |= {
            "chosen_by": sorted({vote.voter.name for vote in one.votes}),
            "voters": one.votes[0].voter.kind.value,
            "votes": len({vote.ballot for vote in one.votes}),
            "tags": sorted({tag for vote in one.votes for tag in vote.tags}),
            "item": one.votes[0].item.name,
            **dict(_facts("chosen", better, one.better)),
            **dict(_facts("rejected", worse, one.worse)),
        }
    return row


def _facts(name: str, run: StoredRun, place: Place) -> Iterator[tuple[str, object]]:
    model = run.start.model
    yield f"{name}_model", f"{model.name} {model.quantization}".strip()
    yield f"{name}_run", place[0]
    yield f"{name}_sample", place[1]
    yield f"{name}_seed", run.start.seed + place[1]


def _run(store: HistoryStore, place: Place) -> StoredRun | None:
    try:
        run = store.get(place[0])
    except UserError:
        return None
    return run if run.end is not None and place[1] < len(run.end.result.samples) else None


def _reply(run: StoredRun, place: Place) -> str:
    return run.end.result.samples[place[1]].text if run.end is not None else ""


def _count(counts: dict[str, int], why: str) -> None:
    counts[why] = counts.get(why, 0) + 1

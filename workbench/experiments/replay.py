"""Certified replay: a recorded run made again from its row and held against it. Any thread.

Everything comes from the row: the prompt's tokens, the sampling with the seed really used, the
model file, how it was loaded. A fork begins with the tokens that stood before it. A run that was
stopped is repeated up to where it stood; of an interrupted one, only its text is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.core.replay import (
    Aspect,
    FirstDifference,
    Replayed,
    compare_tables,
    first_difference,
    judge,
)
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.text import common_start
from workbench.core.tokens import TokenTable
from workbench.core.types import Finish, GenerateRequest, GenerateResult, NextTokens, SampleResult
from workbench.experiments.replay_setup import Setup, set_up
from workbench.experiments.session import Session
from workbench.experiments.sweep_plan import SWEEP
from workbench.history.load import StoredRun

_TOP = 20
_SPARE_TOKENS = 16
"""Tokens without a text that an interrupted reply may hold beside one for each byte."""


_MADE_TOGETHER = (
    "The run was made in one batch with other runs of its {kind}; alone its numbers are rounded "
    "otherwise."
)


class NotReplayableError(UserError):
    """There is nothing in this run that could be repeated and compared."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A run that was not replayed, and why."""

    run_id: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class _Recorded:
    """A run taken apart.

    Attributes:
        kept: tokens every reply begins with that this run did not sample (a fork).
        samples: of each reply what was sampled; None where only its text is known.
        partial: whether it was stopped before its end.
    """

    start: RunStart
    end: RunEnd
    kept: tuple[int, ...]
    samples: tuple[TokenTable | None, ...]
    partial: bool


def replay(
    session: Session,
    run: StoredRun,
    engine: Mapping[str, str] | None = None,
    cancel: CancelToken | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Replayed:
    """Make a run again and compare; `engine` settings by name are used instead of its own.

    `progress` hears of sampled tokens, on another thread.

    Raises:
        NotReplayableError: the run holds nothing to compare.
        UserError: its model is gone, or cannot be loaded or run.
        Cancelled: `cancel` was set.
    """
    stop = cancel or CancelToken()
    recorded = _take_apart(session, run)
    setup = set_up(session, recorded.start, engine or {})
    stop.check()
    notes = (*run.problems, *setup.notes)
    start = recorded.start
    if setup.loaded.vocab.n_vocab != start.model.n_vocab:
        then, now = start.model.n_vocab, setup.loaded.vocab.n_vocab
        return Replayed(
            start.run_id,
            identical=False,
            verdict=f"different {Aspect.MODEL}",
            explanation=f"The file at {setup.path} knows {now:,} tokens, the run's model {then:,}; "
            "its tokens mean something else there, so it was not run.",
            changed=setup.changed,
            notes=notes,
        )
    result = _generate(session, recorded, setup, stop, progress)
    found, compared, drift, more = _compare(recorded, result, setup)
    kind = start.experiment.partition(" ")[0]
    # Sweeps of earlier versions did not record it.
    beside = (run.end is not None and run.end.result.timings.beside > 0) or kind == SWEEP
    if drift and beside:
        more = (*more, _MADE_TOGETHER.format(kind=kind or "experiment"))
    if found is not None and found.logit_gap is None:
        found = _with_gap(session, recorded, result, setup, found)
    return judge(
        start.run_id, found, setup.changed, compared, drift, (*notes, *more), beside=beside
    )


def replay_all(
    session: Session,
    run_ids: Iterable[str],
    engine: Mapping[str, str] | None = None,
    cancel: CancelToken | None = None,
) -> Iterable[Replayed | Skipped]:
    """Replay one run after another; what cannot be replayed is skipped with the reason.

    Raises:
        Cancelled: `cancel` was set.
    """
    for run_id in run_ids:
        try:
            yield replay(session, session.store.get(run_id), engine, cancel)
        except UserError as error:
            yield Skipped(run_id, error.message)


def replay_document(found: Replayed) -> dict[str, Any]:
    """The result as JSON."""
    first = found.first_difference
    return {
        "run_id": found.run_id,
        "identical": found.identical,
        "first_difference": None if first is None else _difference_document(first),
        "verdict": found.verdict,
        "explanation": found.explanation,
        "changed": [{"what": c.aspect.value, "then": c.then, "now": c.now} for c in found.changed],
        "compared_tokens": found.compared,
        "largest_logprob_change": found.drift,
        "notes": list(found.notes),
    }


def _difference_document(first: FirstDifference) -> dict[str, Any]:
    return {
        "sample": first.sample,
        "index": first.index,
        "expected": first.expected,
        "got": first.got,
        "expected_text": first.expected_text,
        "got_text": first.got_text,
        "p_expected": first.p_expected,
        "p_got": first.p_got,
        "logit_gap": first.logit_gap,
    }


def _take_apart(session: Session, run: StoredRun) -> _Recorded:
    start, end = run.start, run.end
    name = f"Run {start.run_id}"
    if end is None:
        raise NotReplayableError(f"{name} has not ended yet.", "Wait for its end, or stop it.")
    if start.engine.server is not None:
        raise NotReplayableError(
            f"Not available from this server: a replay of {name.lower()}, which compares token by "
            f"token ({start.engine.server.url}).",
            "Run its prompt again instead.",
        )
    if not start.prompt_tokens:
        raise NotReplayableError(f"The prompt's tokens of {name.lower()} cannot be read.")
    samples = end.result.samples
    n_kept = (start.parent[2] if start.parent else 0) + len(start.given)
    kept = _kept(session, start, samples, n_kept)
    has_tokens = any(len(s.tokens) for s in samples)
    if not has_tokens and any(s.text for s in samples):
        return _Recorded(start, end, kept, tuple(None for _ in samples), partial=True)
    if not has_tokens and run.status is not RunStatus.DONE:
        raise NotReplayableError(f"{name} ({run.status}) holds no token and no text to compare.")
    tables = tuple(s.tokens.slice(min(n_kept, len(s.tokens))) for s in samples)
    if not any(map(len, tables)) and run.status is not RunStatus.DONE:
        raise NotReplayableError(f"Nothing of {name.lower()} was sampled: a person put it there.")
    if any(map(len, tables)) and all(np.isnan(t.p_sampled).all() for t in tables):
        raise NotReplayableError(
            f"The answers of {name.lower()} were given and scored; nothing was sampled.",
            "Evaluate the task again to score them again.",
        )
    return _Recorded(start, end, kept, tables, partial=run.status is not RunStatus.DONE)


def _kept(
    session: Session, start: RunStart, samples: tuple[SampleResult, ...], n_kept: int
) -> tuple[int, ...]:
    """What every reply began with: as the run itself recorded it, else from its parent."""
    for sample in samples:
        if len(sample.tokens) >= n_kept:
            return tuple(sample.tokens.ids[:n_kept].tolist())
    if start.parent is None:
        return start.given
    parent, number, at = start.parent
    try:
        end = session.store.get(parent).end
    except UserError as error:
        raise NotReplayableError(
            f"Run {start.run_id} was forked from run {parent}, which is not in the history."
        ) from error
    if end is None or number >= len(end.result.samples):
        raise NotReplayableError(f"The reply that run {start.run_id} was forked from is gone.")
    ids = end.result.samples[number].tokens.ids[:at].tolist()
    if len(ids) < at:
        raise NotReplayableError(f"The reply that run {start.run_id} was forked from is damaged.")
    return (*ids, *start.given)


class _Watch:
    """Counts sampled tokens."""

    def __init__(self, total: int, report: Callable[[int, int], None] | None) -> None:
        self._done, self._total, self._report = 0, total, report

    def prefill(self, done: int, total: int) -> None:
        """Not shown."""

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """More was said."""
        self._done += len(table)
        if self._report is not None:
            self._report(min(self._done, self._total), self._total)


def _generate(
    session: Session,
    recorded: _Recorded,
    setup: Setup,
    stop: CancelToken,
    progress: Callable[[int, int], None] | None,
) -> GenerateResult:
    start = recorded.start
    sampling = start.sampling
    longest = _longest(recorded)
    if recorded.partial:
        sampling = replace(sampling, max_tokens=max(1, min(sampling.max_tokens, longest)))
    widths = [t.top_ids.shape[1] for t in recorded.samples if t is not None and len(t)]
    request = GenerateRequest(
        prompt_ids=(*(token.id for token in start.prompt_tokens), *recorded.kept),
        sampling=sampling,
        seed=start.seed,
        n_samples=start.n_samples,
        top=max(widths, default=_TOP),
        n_sampled=len(recorded.kept),
        n_given=len(start.given),
    )
    client = session.client(replace(start.model, path=str(setup.path)), setup.settings)
    job = client.generate(request, _Watch(longest * start.n_samples, progress))
    stop.when_cancelled(job.cancel)
    try:
        result: GenerateResult = job.future.result()
    finally:
        stop.when_cancelled(None)
    if stop:
        raise Cancelled
    if result.error and not recorded.end.result.error:
        raise UserError(result.error, result.hint)
    return result


def _longest(recorded: _Recorded) -> int:
    """How many tokens the longest reply sampled, or may have."""
    lengths = [len(table) for table in recorded.samples if table is not None]
    texts = [len(s.text.encode("utf-8", "surrogatepass")) for s in recorded.end.result.samples]
    return max(lengths) if lengths else max(texts) + _SPARE_TOKENS


def _compare(
    recorded: _Recorded, result: GenerateResult, setup: Setup
) -> tuple[FirstDifference | None, int, float | None, tuple[str, ...]]:
    start = recorded.start
    pieces = {**recorded.end.result.pieces, **result.pieces}
    control = setup.loaded.vocab.special_texts
    firsts: list[FirstDifference] = []
    drifts: list[float] = []
    compared = characters = 0
    n_given = len(start.given)
    for number, (then, table) in enumerate(
        zip(recorded.end.result.samples, recorded.samples, strict=True)
    ):
        now = result.samples[number]
        sampled = now.tokens.slice(min(n_given, len(now.tokens)))
        if table is None:
            characters += len(then.text)
            if (first := _by_text(recorded, number, now, sampled, pieces, control)) is not None:
                firsts.append(first)
            continue
        partial = recorded.partial and then.finish in (Finish.CANCELLED, Finish.ERROR)
        both = compare_tables(table, sampled, partial=partial)
        compared += both.same
        if both.drift is not None:
            drifts.append(both.drift)
        if not both.is_equal:
            offset = len(recorded.kept)
            firsts.append(first_difference(number, offset, both.same, table, sampled, pieces))
    notes: tuple[str, ...] = ()
    if characters:
        notes = (f"Only {characters:,} characters of text were saved of this run; they agree.",)
        if firsts:
            notes = (f"Only {characters:,} characters of text were saved of this run.",)
        compared = sum(len(s.tokens) for s in result.samples)
    first = min(firsts, key=lambda f: (f.index, f.sample)) if firsts else None
    return first, compared, max(drifts) if drifts else None, notes


def _with_gap(
    session: Session,
    recorded: _Recorded,
    result: GenerateResult,
    setup: Setup,
    found: FirstDifference,
) -> FirstDifference:
    """The difference with the gap the replay's model sees, where no record lists both tokens."""
    if found.expected is None or found.got is None:
        return found
    start = recorded.start
    sampled = result.samples[found.sample].tokens.ids.tolist()[len(start.given) :]
    said = sampled[: found.index - len(recorded.kept)]
    ids = (*(token.id for token in start.prompt_tokens), *recorded.kept, *said)
    client = session.client(replace(start.model, path=str(setup.path)), setup.settings)
    try:
        seen: NextTokens = client.peek(ids, setup.loaded.vocab.n_vocab).future.result()
    except StoppedError:
        return found  # something else was asked of the engine meanwhile
    logprobs = dict(zip(seen.ids.tolist(), seen.logprob.tolist(), strict=True))
    expected, got = logprobs.get(found.expected), logprobs.get(found.got)
    if expected is None or got is None:
        return found
    return replace(found, logit_gap=abs(expected - got))


def _by_text(
    recorded: _Recorded,
    number: int,
    now: SampleResult,
    sampled: TokenTable,
    pieces: Mapping[int, bytes],
    control: Mapping[int, str],
) -> FirstDifference | None:
    """Compare a reply of which only the text was saved."""
    saved = recorded.end.result.samples[number].text
    if now.text.startswith(saved):
        return None
    same = len(saved[: common_start(saved, now.text)].encode("utf-8", "surrogatepass"))
    ids = (*recorded.kept, *sampled.ids.tolist())
    at = index = 0
    while index < len(ids):
        at += 0 if ids[index] in control else len(pieces.get(ids[index], b""))
        if at > same:
            break
        index += 1
    row = index - len(recorded.kept)
    rest = saved.encode("utf-8", "surrogatepass")[same:].decode("utf-8", "replace")
    if not 0 <= row < len(sampled):
        return FirstDifference(number, index, None, None, rest[:40], "", None, None, None)
    none = TokenTable.empty()
    found = first_difference(number, len(recorded.kept), row, none, sampled, pieces)
    return replace(found, expected_text=rest[:40])

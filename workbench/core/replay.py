"""Whether a repeated reply is the recorded one, and why not. Pure; any thread."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from workbench.core.text import piece_text
from workbench.core.tokens import TokenTable

NOISE = 0.05
"""Log-probabilities that move by no more than this moved by rounding, in nats."""


NOISE_BESIDE = 0.25
"""The same where one of the two was made in one batch with others: sums run in another order, and
the rounding of a small quantized model adds up."""


class Aspect(StrEnum):
    """What a reply depends on, the weightiest first."""

    MODEL = "model file"
    TEMPLATE = "template"
    TOKENS = "tokenizer"
    SAMPLING = "sampling"
    ADAPTERS = "adapters"
    KV_TYPE = "KV type"
    BACKEND = "backend"
    BUILD = "build"
    FLASH_ATTENTION = "flash attention"
    CONTEXT = "context length"
    BATCH = "batch size"
    THREADS = "threads"


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that was otherwise when the run was recorded."""

    aspect: Aspect
    then: str
    now: str

    @property
    def sentence(self) -> str:
        """In words."""
        return f"{self.aspect}: {self.then} then, {self.now} now"


@dataclass(frozen=True, slots=True)
class FirstDifference:
    """The first token that is another one.

    Attributes:
        sample: which reply, from 0.
        index: its place in the reply, from 0.
        expected, got: token ids; None where that reply had ended, or only its text is known.
        expected_text, got_text: what they say; empty where the reply had ended.
        p_expected: probability of the expected token as it was recorded, under the full softmax
            of the raw logits; None when not known.
        p_got: the same of the other token, as the replay saw it.
        logit_gap: how far apart the two tokens' raw logits were, in the recorded distribution
            or, if it does not list both, in the replay's; None when neither does.
    """

    sample: int
    index: int
    expected: int | None
    got: int | None
    expected_text: str
    got_text: str
    p_expected: float | None
    p_got: float | None
    logit_gap: float | None


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of repeating a run.

    Attributes:
        identical: whether prompt and replies came out the same, token for token.
        verdict: a few words: "identical", "near-tie noise", "different KV type", …
        explanation: one or two sentences.
        changed: everything that is other now, whether it mattered or not.
        compared: how many sampled tokens were compared.
        drift: how far log-probabilities of the same tokens moved at most, in nats; None when
            no token could be compared.
        notes: further remarks, each a sentence.
    """

    run_id: str
    identical: bool
    verdict: str
    explanation: str
    first_difference: FirstDifference | None = None
    changed: tuple[Changed, ...] = ()
    compared: int = 0
    drift: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two tables of tokens held against each other.

    Attributes:
        same: how many tokens agree from the beginning.
        is_equal: whether nothing differs.
        drift: as in `Replayed`, up to the first difference.
    """

    same: int
    is_equal: bool
    drift: float | None


def compare_tables(then: TokenTable, now: TokenTable, *, partial: bool) -> Compared:
    """Compare the tokens of a recorded reply with those of its replay.

    A `partial` record was stopped: what the replay says behind its end does not count.
    """
    n = min(len(then), len(now))
    different = np.flatnonzero(then.ids[:n] != now.ids[:n])
    same = int(different[0]) if len(different) else n
    shorter = len(now) < len(then)
    longer = len(now) > len(then) and not partial
    is_equal = not len(different) and not shorter and not longer
    moved = [np.abs(then.logprob[:same] - now.logprob[:same])]
    if same < n:
        moved.append(_moved_alternatives(then, now, same))
    every = np.concatenate(moved)
    every = every[np.isfinite(every)]
    return Compared(same, is_equal, float(every.max()) if len(every) else None)


def first_difference(
    sample: int,
    offset: int,
    at: int,
    then: TokenTable,
    now: TokenTable,
    pieces: Mapping[int, bytes],
) -> FirstDifference:
    """Describe row `at` of both tables; `offset` tokens of the reply stand before row 0."""
    expected = int(then.ids[at]) if at < len(then) else None
    got = int(now.ids[at]) if at < len(now) else None
    return FirstDifference(
        sample=sample,
        index=offset + at,
        expected=expected,
        got=got,
        expected_text="" if expected is None else _text(expected, pieces),
        got_text="" if got is None else _text(got, pieces),
        p_expected=None if expected is None else _p(then, at),
        p_got=None if got is None else _p(now, at),
        logit_gap=_gap(then, now, at, expected, got),
    )


def judge(
    run_id: str,
    found: FirstDifference | None,
    changed: Sequence[Changed],
    compared: int,
    drift: float | None,
    notes: Sequence[str] = (),
    *,
    beside: bool = False,
) -> Replayed:
    """The verdict; `beside`: the run was made in one batch with others, its replay alone.

    A prompt that the model's template, or its tokenizer, now makes otherwise is a difference
    even when the recorded tokens still get the recorded reply.
    """
    order = list(Aspect)
    told = tuple(sorted(changed, key=lambda c: order.index(c.aspect)))
    prompt = next((c for c in told if c.aspect in (Aspect.TEMPLATE, Aspect.TOKENS)), None)
    if found is None and prompt is None:
        verdict, why = "identical", _identical(told, compared, drift)
    elif found is None and prompt is not None:
        verdict = verdict_of(prompt.aspect)
        why = (
            "The prompt is another one now; the tokens that were recorded still get the recorded "
            f"reply. {_capital(prompt.sentence)}."
        )
    elif told:
        verdict, why = verdict_of(told[0].aspect), f"{_capital(told[0].sentence)}."
        if drift is not None:
            # The cause is known, and what it may do to the numbers too.
            why += f" {_drift(drift, is_explained=True)}"
    elif drift is not None and drift == 0.0:
        verdict = "different sampling"
        why = (
            "The model's numbers are the same to the last bit, and another token was drawn: the "
            "stored sampling settings or the seed are not those of this reply."
        )
    elif drift is not None and drift <= NOISE:
        verdict = "near-tie noise"
        why = f"Nothing that is recorded has changed. {_drift(drift)}"
    elif beside and drift is not None and drift <= NOISE_BESIDE:
        verdict = verdict_of(Aspect.BATCH)
        why = "The run was made in one batch with others, its replay alone."
        why += f" {_drift(drift, is_explained=True)}"
    else:
        verdict = "unexplained difference"
        why = "Nothing that is recorded has changed."
        why += "" if drift is None else f" {_drift(drift)}"
    same = found is None and prompt is None
    return Replayed(run_id, same, verdict, why, found, told, compared, drift, tuple(notes))


def _identical(changed: Sequence[Changed], compared: int, drift: float | None) -> str:
    one = "1 sampled token, the same."
    why = one if compared == 1 else f"{compared:,} sampled tokens, all the same."
    if drift == 0.0:
        why += " Their probabilities are the same to the last bit."
    elif drift is not None:
        why += f" Log-probabilities moved by {drift:.2g} nats at most."
    if changed:
        why += f" Something changed all the same: {', '.join(c.aspect for c in changed)}."
    return why


def _drift(drift: float, *, is_explained: bool = False) -> str:
    if drift == 0.0:
        return "Up to there every log-probability is the same to the last bit."
    moved = f"{drift:.2g} nats"
    if drift <= NOISE:
        return f"Up to there log-probabilities moved by {moved} at most (rounding)."
    if is_explained:
        return f"Up to there log-probabilities moved by {moved} at most."
    return f"Up to there log-probabilities moved by {moved} at most (more than rounding)."


def verdict_of(aspect: Aspect) -> str:
    """The verdict when this is the weightiest thing that changed."""
    word = "changed" if aspect in (Aspect.TEMPLATE, Aspect.TOKENS) else "different"
    return f"{word} {aspect}"


def _capital(sentence: str) -> str:
    return f"{sentence[0].upper()}{sentence[1:]}"


def _moved_alternatives(then: TokenTable, now: TokenTable, row: int) -> np.ndarray:
    known = dict(zip(then.top_ids[row].tolist(), then.top_logprob[row].tolist(), strict=True))
    pairs = zip(now.top_ids[row].tolist(), now.top_logprob[row].tolist(), strict=True)
    # Alternatives far down are mostly rounding and never said; those a reply may say count.
    moved = [abs(known[t] - lp) for t, lp in pairs if t in known and known[t] > -7.0]
    return np.array(moved, np.float32)


def _gap(
    then: TokenTable, now: TokenTable, at: int, expected: int | None, got: int | None
) -> float | None:
    if expected is None or got is None:
        return None
    for table in (then, now):
        a, b = _logprob(table, at, expected), _logprob(table, at, got)
        if a is not None and b is not None:
            return abs(a - b)
    return None


def _logprob(table: TokenTable, row: int, token: int) -> float | None:
    if int(table.ids[row]) == token and math.isfinite(table.logprob[row]):
        return float(table.logprob[row])
    places = np.flatnonzero(table.top_ids[row] == token)
    return float(table.top_logprob[row, places[0]]) if len(places) else None


def _p(table: TokenTable, row: int) -> float | None:
    logprob = float(table.logprob[row])
    return math.exp(logprob) if math.isfinite(logprob) else None


def _text(token: int, pieces: Mapping[int, bytes]) -> str:
    return piece_text(pieces[token]) if token in pieces else f"token {token}"

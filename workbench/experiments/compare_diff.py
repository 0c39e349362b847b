"""What tells the columns of a comparison apart: words, and how two models see one reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.core.byte_diff import WordBits
from workbench.core.cancel import CancelToken
from workbench.core.divergence import TextDivergence
from workbench.core.errors import UserError
from workbench.core.types import GenerateResult, SampleResult
from workbench.core.word_diff import ChangeKind, word_diff
from workbench.engine.base import Progress
from workbench.engine.jobs import ignore_progress
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import Session
from workbench.experiments.token_diff import (
    ClientRows,
    Side,
    diff_tokens,
    diff_words,
    exact_tokens,
    force,
    same_vocabulary,
)

NOTHING = "There is no text to compare."
BY_SERVER = (
    "Not available from this server: the distributions of the whole vocabulary, so that models are "
    "compared by their words only."
)
SAME = "Both columns have the same model and prompt."


@dataclass(frozen=True, slots=True)
class WordsChanged:
    """How the first replies of two columns differ.

    Attributes:
        a, b: numbers of the columns.
        words_changed: words that were put in, taken out or replaced; a replaced word counts once.
        words: words of the longer of the two replies.
        first_divergence: the token of a's reply, from 0, at whose bytes b's reply first differs;
            None where the texts are equal.
    """

    a: int
    b: int
    words_changed: int
    words: int
    first_divergence: int | None


def words_changed(a: int, b: int, ends: Sequence[ColumnEnd]) -> WordsChanged | None:
    """Compare two columns' first replies; None where one has no reply."""
    first, second = _result(ends[a]), _result(ends[b])
    if first is None or second is None:
        return None
    left, right = first.samples[0].text, second.samples[0].text
    changed = 0
    for change in word_diff(left, right):
        if change.kind is not ChangeKind.EQUAL:
            gone = left[change.a_start : change.a_end].split()
            new = right[change.b_start : change.b_end].split()
            changed += max(len(gone), len(new))
    words = max(len(left.split()), len(right.split()))
    return WordsChanged(a, b, changed, words, _first_token(first, left, right))


def _result(end: ColumnEnd) -> GenerateResult | None:
    if end.outcome is None or not end.outcome.end.result.samples:
        return None
    return end.outcome.end.result


def _first_token(result: GenerateResult, left: str, right: str) -> int | None:
    if left == right:
        return None
    a, b = left.encode(errors="replace"), right.encode(errors="replace")
    same = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    at = 0
    ids = result.samples[0].tokens.ids.tolist()
    for index, token in enumerate(ids):
        at += len(result.pieces[token])
        if at > same:
            return index
    return len(ids)


@dataclass(frozen=True, slots=True)
class ReplyOf:
    """A column's reply as the text to look at; `sample` is 0-based."""

    column: int
    sample: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ModelDiff:
    """How two columns' models, behind their own prompts, see one text.

    Attributes:
        a, b: numbers of the columns.
        tokens: token by token; None where the vocabularies differ.
        words: bits per byte of each word; None where the vocabularies are the same.
        pieces: bytes of every token that `tokens` mentions, the likeliest ones too.
        reason: why there is neither; empty otherwise.
        failed: whether something went wrong; False where there is just nothing to compare.
    """

    a: int
    b: int
    tokens: TextDivergence | None
    words: tuple[WordBits, ...] | None
    pieces: Mapping[int, bytes]
    reason: str = ""
    failed: bool = False


def model_diff(
    session: Session,
    ends: Sequence[ColumnEnd],
    a: int,
    b: int,
    *,
    said: ReplyOf | str | None = None,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> ModelDiff:
    """Force a reply or a given text through both columns' models; None takes a's first reply.

    Raises:
        UserError: a model cannot be loaded, the text does not fit its context, or the column
            whose reply is asked for has no such reply.
        StoppedError, Cancelled: somebody asked to stop.
    """
    cancel = cancel or CancelToken()
    left, right = ends[a].outcome, ends[b].outcome
    if left is None or right is None:
        return ModelDiff(a, b, None, None, {}, "One of the columns has no run.")
    same_model = (left.start.model.path, left.start.settings) == (
        right.start.model.path,
        right.start.settings,
    )
    if same_model and _prompt(left) == _prompt(right):
        return ModelDiff(a, b, None, None, {}, SAME)
    servers = [o.start.engine.server for o in (left, right)]
    if any(server is not None for server in servers):
        return ModelDiff(a, b, None, None, {}, BY_SERVER)
    if any(session.held(o.start.model, o.start.settings) is None for o in (left, right)):
        session.room_for(3)  # these two, and what whoever holds the session works with
    clients = [session.client(o.start.model, o.start.settings) for o in (left, right)]
    sides = [ClientRows(clients[0])]
    sides.append(sides[0] if same_model else ClientRows(clients[1]))
    wanted = ReplyOf(a) if said is None else said
    text = wanted if isinstance(wanted, str) else _sample(ends, wanted).text
    if same_model or same_vocabulary(*sides):
        if isinstance(wanted, str):
            ids = exact_tokens(clients[0], text).ids
        else:
            ids = tuple(_sample(ends, wanted).tokens.ids.tolist())
        if not ids:
            return ModelDiff(a, b, None, None, {}, NOTHING)
        tokens = diff_tokens(
            Side(sides[0], _prompt(left)),
            Side(sides[1], _prompt(right)),
            ids,
            clients[0].pieces_of(tuple(set(ids))).result(),
            progress,
            cancel,
        )
        return ModelDiff(a, b, tokens, None, clients[0].pieces_of(tokens.mentioned).result())
    if not text:
        return ModelDiff(a, b, None, None, {}, NOTHING)
    forced = [
        force(client, _prompt(outcome), text, cancel)
        for client, outcome in zip(clients, (left, right), strict=True)
    ]
    return ModelDiff(a, b, None, diff_words(text, *forced), {})


def _sample(ends: Sequence[ColumnEnd], wanted: ReplyOf) -> SampleResult:
    outcome = ends[wanted.column].outcome
    samples = outcome.end.result.samples if outcome is not None else ()
    if wanted.sample >= len(samples):
        raise UserError("That column has no such reply.", "Run it, or choose another text.")
    return samples[wanted.sample]


def _prompt(outcome: RunOutcome) -> tuple[int, ...]:
    return tuple(token.id for token in outcome.start.prompt_tokens)

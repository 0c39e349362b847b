"""Two recorded runs held against each other: what made them, what they said. Any thread."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from workbench.core.run import RunEnd, RunStart
from workbench.core.token_diff import TokenDiff, token_diff
from workbench.core.tokens import TokenTable
from workbench.core.types import SampleResult
from workbench.core.word_diff import Change, ChangeKind, word_diff
from workbench.core.words import split_words
from workbench.experiments.run_diff_words import what_changed
from workbench.history.load import StoredRun
from workbench.history.run_scores import StoredScore, scores_of
from workbench.history.store import HistoryStore


@dataclass(frozen=True, slots=True)
class TextDiff:
    """Two texts in words.

    Attributes:
        removed, added: how many words of `a` are gone and how many of `b` are new.
    """

    a: str
    b: str
    changes: tuple[Change, ...]
    removed: int
    added: int


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A value that differs.

    Attributes:
        group: "model", "variables", "sampling", "loading", "engine" or "run".
        a, b: JSON values; None where that run has none.
    """

    group: str
    name: str
    a: object
    b: object


@dataclass(frozen=True, slots=True)
class ReplyDiff:
    """The same sample of both runs.

    Attributes:
        tokens: None when the vocabularies differ, or a reply has no records of its tokens.
    """

    sample: int
    text: TextDiff
    tokens: TokenDiff | None


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """One metric of one sample; None where that run was not scored by it."""

    sample: int
    metric: str
    version: int
    a: float | None
    b: float | None


@dataclass(frozen=True, slots=True)
class Timing:
    """A figure of both runs; None where it means nothing."""

    name: str
    unit: str
    a: float | None
    b: float | None


@dataclass(frozen=True, slots=True)
class RunDiff:
    """Everything in which two runs differ.

    Attributes:
        sentence: what changed, in one sentence.
        source: the prompt files (or raw texts) they were rendered from.
        prompt: the exact texts the models read.
        template: whether both used the same chat template.
        replies: the samples that both runs have.
        scores: every metric that scored either.
    """

    a: RunStart
    b: RunStart
    sentence: str
    source: TextDiff
    prompt: TextDiff
    template: bool
    settings: tuple[SettingChange, ...]
    replies: tuple[ReplyDiff, ...]
    scores: tuple[ScoreChange, ...]
    timings: tuple[Timing, ...]


def run_diff(store: HistoryStore, a: str, b: str) -> RunDiff:
    """Read and compare two runs.

    Raises:
        UserError: one is not in the history, or cannot be read.
    """
    return compare_runs(store.get(a), store.get(b), scores_of(store, a), scores_of(store, b))


def compare_runs(
    a: StoredRun,
    b: StoredRun,
    a_scores: Sequence[StoredScore] = (),
    b_scores: Sequence[StoredScore] = (),
) -> RunDiff:
    """Compare two runs; one that still runs has no replies yet."""
    settings = tuple(_settings(a.start, b.start))
    source = text_diff(a.start.prompt_source, b.start.prompt_source)
    prompt = text_diff(a.start.text, b.start.text)
    template = a.start.chat_template == b.start.chat_template
    replies = tuple(_replies(a, b))
    names = [f"{s.group}.{s.name}" for s in settings]
    made = {f"{s.group}.{s.name}": (s.a, s.b) for s in settings}
    return RunDiff(
        a.start,
        b.start,
        what_changed(
            names,
            made,
            (prompt.removed, prompt.added) if a.start.text != b.start.text else None,
            template,
            [(r.text.a == r.text.b, r.tokens) for r in replies],
        ),
        source,
        prompt,
        template,
        settings,
        replies,
        tuple(_scores(a_scores, b_scores)),
        tuple(_timings(a.end, b.end)),
    )


def text_diff(a: str, b: str) -> TextDiff:
    """The word difference of two texts, with its size."""
    changes = word_diff(a, b)
    changed = [c for c in changes if c.kind is not ChangeKind.EQUAL]
    removed = sum(_words(a[c.a_start : c.a_end]) for c in changed)
    added = sum(_words(b[c.b_start : c.b_end]) for c in changed)
    return TextDiff(a, b, changes, removed, added)


def diff_document(found: RunDiff) -> dict[str, Any]:
    """The difference as JSON."""
    return {
        "a": found.a.run_id,
        "b": found.b.run_id,
        "what_changed": found.sentence,
        "prompt_file": _text_document(found.source),
        "prompt": _text_document(found.prompt),
        "same_chat_template": found.template,
        "settings": [asdict(s) for s in found.settings],
        "replies": [
            {
                "sample": r.sample,
                **_text_document(r.text),
                "tokens": None if r.tokens is None else _token_document(r.tokens),
            }
            for r in found.replies
        ],
        "scores": [asdict(s) for s in found.scores],
        "timings": [asdict(t) for t in found.timings],
    }


def _text_document(found: TextDiff) -> dict[str, Any]:
    return {
        "words_removed": found.removed,
        "words_added": found.added,
        "changes": [
            {
                "kind": c.kind.value,
                "a": found.a[c.a_start : c.a_end],
                "b": found.b[c.b_start : c.b_end],
                "a_start": c.a_start,
                "b_start": c.b_start,
            }
            for c in found.changes
            if c.kind is not ChangeKind.EQUAL
        ],
    }


def _token_document(found: TokenDiff) -> dict[str, Any]:
    first = found.first
    return {
        "a": found.n_a,
        "b": found.n_b,
        "equal": found.n_equal,
        "first_divergence": None if first is None else asdict(first),
    }


def _settings(a: RunStart, b: RunStart) -> Iterator[SettingChange]:
    for group, left, right in (
        ("model", _model(a), _model(b)),
        ("variables", a.variables, b.variables),
        ("sampling", a.sampling.to_dict(), b.sampling.to_dict()),
        ("run", _own(a), _own(b)),
        ("loading", asdict(a.settings), asdict(b.settings)),
        ("engine", asdict(a.engine), asdict(b.engine)),
    ):
        for name in dict.fromkeys([*left, *right]):
            x, y = left.get(name), right.get(name)
            if _plain(x) != _plain(y):
                yield SettingChange(group, name, _json(x), _json(y))


def _model(start: RunStart) -> dict[str, object]:
    model = start.model
    known = {"name": model.name, "quantization": model.quantization}
    # Two names of one file are no difference.
    return {**known, "sha256": model.sha256 or model.path}


def _own(start: RunStart) -> dict[str, object]:
    parent = None if start.parent is None else list(start.parent)
    return {
        "prompt_name": start.prompt_name,
        "seed": start.seed,
        "n_samples": start.n_samples,
        "parent": parent,
        "given": list(start.given),
    }


def _plain(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _json(value: object) -> object:
    """The value as strict JSON knows it; what it does not know becomes text."""
    return json.loads(
        json.dumps(value, default=str), parse_constant=lambda name: name.replace("Infinity", "inf")
    )


def _replies(a: StoredRun, b: StoredRun) -> Iterator[ReplyDiff]:
    if a.end is None or b.end is None:
        return
    left, right = a.end.result, b.end.result
    same_vocabulary = _same_vocabulary(a.start, b.start, left.pieces, right.pieces)
    for number, (x, y) in enumerate(zip(left.samples, right.samples, strict=False)):
        tokens = None
        if same_vocabulary and _has_records(x) and _has_records(y):
            tokens = token_diff(x.tokens, left.pieces, y.tokens, right.pieces)
        yield ReplyDiff(number, text_diff(x.text, y.text), tokens)


def _same_vocabulary(
    a: RunStart, b: RunStart, left: Mapping[int, bytes], right: Mapping[int, bytes]
) -> bool:
    """Whether token ids mean the same in both, as far as the records tell."""
    return a.model.n_vocab == b.model.n_vocab and all(
        right.get(token, piece) == piece for token, piece in left.items()
    )


def _has_records(sample: SampleResult) -> bool:
    tokens: TokenTable = sample.tokens
    return len(tokens) > 0 or not sample.text


def _scores(a: Sequence[StoredScore], b: Sequence[StoredScore]) -> Iterator[ScoreChange]:
    def key(score: StoredScore) -> tuple[int, str, int, str]:
        return (score.sample, score.metric, score.version, score.arguments)

    left, right = {key(s): s.value for s in a}, {key(s): s.value for s in b}
    for sample, metric, version, arguments in sorted({*left, *right}):
        place = (sample, metric, version, arguments)
        yield ScoreChange(sample, metric, version, left.get(place), right.get(place))


_TIMINGS = (
    ("prefill_tokens", "tokens"),
    ("cached_tokens", "tokens"),
    ("prefill_tps", "tokens/s"),
    ("decode_tokens", "tokens"),
    ("decode_tps", "tokens/s"),
    ("beside", "replies"),
    ("first_token_ms", "ms"),
)


def _timings(a: RunEnd | None, b: RunEnd | None) -> Iterator[Timing]:
    if a is None or b is None:
        return
    for name, unit in _TIMINGS:
        yield Timing(name, unit, getattr(a.result.timings, name), getattr(b.result.timings, name))


def _words(text: str) -> int:
    return sum(1 for word in split_words(text) if any(map(str.isalnum, word)))

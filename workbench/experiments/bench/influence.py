"""What influence costs, against scoring what stands behind each part by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from workbench.core.parts import by_sentence
from workbench.core.rendered import LITERAL, Rendered, Span
from workbench.core.types import ScoreRequest
from workbench.engine.client import EngineClient
from workbench.experiments.bench.rows import BenchRow, pairs, row
from workbench.experiments.influence import Asked, influence
from workbench.experiments.scorer import ClientScorer
from workbench.templates.removal import PromptSource

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_REPLY = 16


def influence_rows(client: EngineClient, tokens: int, parts: int, runs: int) -> Iterator[BenchRow]:
    """Every part of a prompt left out once, against its tail and against the whole prompt.

    A part's tail is the prompt from its first token on and the reply, timed where it stands:
    everything before it is in the cache. The whole prompt is timed with nothing in the cache.
    Before each timing the prompt stands in the cache, as it does behind a run.
    """
    scorer = ClientScorer(client)
    asked = _asked(scorer, tokens, parts)
    pieces = by_sentence(asked.source.rendered)
    text = asked.source.rendered.text
    whole = asked.prompt_ids + asked.reply_ids
    begins = [len(scorer.tokenize(text[: p.spans[0][0]], add_bos=True)) for p in pieces]
    mean = round(sum(len(whole) - at for at in begins) / len(begins))
    fresh = iter(range(1, 1_000_000))

    def score_s(ids: tuple[int, ...]) -> float:
        start = time.perf_counter()
        client.score(ScoreRequest(ids, len(ids) - _REPLY, 0)).future.result()
        return time.perf_counter() - start

    def ours() -> float:
        score_s(whole)
        start = time.perf_counter()
        influence(scorer, asked, pieces, n_neutral=0)
        return time.perf_counter() - start

    def tails() -> float:
        score_s(whole)
        changed = [(*whole[:at], _other(next(fresh)), *whole[at + 1 :]) for at in begins]
        return sum(score_s(ids) for ids in reversed(changed))

    def wholes() -> float:
        return sum(score_s((_other(next(fresh)), *whole[1:])) for _ in pieces)

    ours()
    n = len(pieces)
    name = f"influence_{n}"
    mine, theirs = pairs(ours, tails, runs)
    yield row(name, mine, theirs, "s", f"{n} x the mean tail of {mean} tokens", "<= 1.0")
    mine, theirs = pairs(ours, wholes, runs)
    against = f"{n} x the whole prompt of {len(asked.prompt_ids)} tokens"
    yield row(f"{name}_whole", mine, theirs, "s", against, "<= 0.65")


def _other(number: int) -> int:
    """A token that is not the one that stood there last time."""
    return 16 + number % 200


def _asked(scorer: ClientScorer, tokens: int, parts: int) -> Asked:
    """Lines of random letters that make about so many tokens."""
    random = np.random.default_rng(5)
    line = "".join(_LETTERS[i] for i in random.integers(0, len(_LETTERS), 4000))
    width = max(1, tokens * len(line) // len(scorer.tokenize(line, add_bos=False)) // parts - 1)
    text = "".join(f"{line[i * width : (i + 1) * width]}\n" for i in range(parts))
    rendered = Rendered(text, (Span(0, len(text), LITERAL),))
    ids = scorer.tokenize(text, add_bos=True)
    return Asked(PromptSource(rendered), ids, ids[1 : 1 + _REPLY])

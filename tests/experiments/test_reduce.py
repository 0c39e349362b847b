"""Shortening a prompt while its reply stays about as likely."""

from __future__ import annotations

import numpy as np
import pytest
from support.influences import asked_about, chat, text

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.parts import PartLevel, parts_at
from workbench.core.reduction import Drop, Reduction
from workbench.core.types import ScoreRequest
from workbench.engine.llama import LlamaEngine
from workbench.experiments.influence import Asked
from workbench.experiments.reduce import reduce_prompt
from workbench.experiments.scorer import DirectScorer

LIST = chat(("user", "Ann: 17\nLeo: 4\nRosa: 52\nWill: 8\nAlex: 31\nWhat is the value of Rosa?"))


def logprob(engine: LlamaEngine, asked: Asked, ids: tuple[int, ...]) -> float:
    """The reply's log-probability behind a prompt, asked for by itself."""
    table = engine.score(
        ScoreRequest(ids + asked.reply_ids, len(ids), 0), lambda _d, _t: None, CancelToken()
    )
    return float(np.sum(table.logprob, dtype=np.float64))


def reduced(engine: LlamaEngine, asked: Asked, loss: float, level: PartLevel) -> Reduction:
    """Shortened by parts of that level."""
    parts = parts_at(asked.source.rendered, level)
    return reduce_prompt(DirectScorer(engine), asked, parts, loss)


@pytest.mark.parametrize("loss", [0.0, 0.3, 2.0])
def test_the_loss_is_kept_and_what_is_told_is_true(direct: LlamaEngine, loss: float) -> None:
    asked = asked_about(direct, LIST)
    found = reduced(direct, asked, loss, PartLevel.SENTENCE)
    before = logprob(direct, asked, asked.prompt_ids)
    assert found.baseline_logprob == pytest.approx(before, abs=1e-6)
    after = logprob(direct, asked, found.ids)
    assert after - before >= -loss - 1e-6
    assert found.change == pytest.approx(after - before, abs=1e-6)
    assert direct.tokenize(found.text, add_bos=asked.source.rendered.adds_bos).ids == found.ids
    assert found.tokens_before - len(found.ids) == found.tokens_saved >= 0
    lengths = [found.tokens_before, *(d.tokens for d in found.drops)]
    assert lengths == sorted(lengths, reverse=True)
    assert found.complete
    assert len(found.kept) + len(found.drops) == 6


def test_nothing_more_can_go(direct: LlamaEngine) -> None:
    """Every part that stays would cost too much, or nothing is left to stand for it."""
    asked = asked_about(direct, LIST)
    found = reduced(direct, asked, 1.0, PartLevel.SENTENCE)
    for part in found.kept:
        again = found.text.replace(part.text(asked.source.rendered.text), "", 1)
        ids = direct.tokenize(again, add_bos=asked.source.rendered.adds_bos).ids
        assert logprob(direct, asked, ids) < found.baseline_logprob - 1.0


def test_an_endless_loss_drops_all_but_what_the_chat_needs(direct: LlamaEngine) -> None:
    asked = asked_about(direct, LIST, reply="52")
    found = reduced(direct, asked, 1e6, PartLevel.SENTENCE)
    assert found.kept == ()
    assert "Ann" not in found.text
    assert found.text.startswith("<s>")


def test_few_prompts_are_scored(direct: LlamaEngine) -> None:
    asked = asked_about(direct, LIST)
    found = reduced(direct, asked, 0.3, PartLevel.SENTENCE)
    assert found.scored <= 1 + 6 * 7 // 2 + 6


def test_a_cancel_keeps_what_was_found(direct: LlamaEngine) -> None:
    asked = asked_about(direct, LIST)
    parts = parts_at(asked.source.rendered, PartLevel.SENTENCE)
    cancel = CancelToken()
    drops: list[Drop] = []

    def stop(drop: Drop) -> None:
        drops.append(drop)
        cancel.cancel()

    found = reduce_prompt(DirectScorer(direct), asked, parts, 1e6, cancel=cancel, found=stop)
    assert not found.complete
    assert list(found.drops) == drops
    assert len(drops) == 1
    assert len(found.kept) == len(parts) - 1


@pytest.mark.parametrize("loss", [-1.0, float("inf"), float("nan")])
def test_a_loss_that_is_no_loss_is_refused(direct: LlamaEngine, loss: float) -> None:
    asked = asked_about(direct, text("Some words here"), reply=" x")
    with pytest.raises(UserError, match="loss must be"):
        reduce_prompt(DirectScorer(direct), asked, [], loss)

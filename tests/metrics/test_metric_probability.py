"""Choices, calibration, perplexity and pass@k give the numbers that their sources print."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from support.metric_evidence import (
    measure,
    probabilities,
    scored,
    text,
    value,
    weighed,
    whole,
)

from workbench.core.metric import ChoiceEvidence, Evidence


def test_lengths_choose_different_answers() -> None:
    """The survey's S13: acc picks 0, per character picks 1."""
    evidence = weighed([-4, -6], 1, texts=("No", "Absolutely not"))
    assert value("accuracy", evidence) == 0
    assert value("acc_norm", evidence) == 1
    assert value("acc_norm_bytes", evidence) == 1


def test_characters_bytes_and_tokens_differ() -> None:
    choices = (
        ChoiceEvidence("éééé", -4.0, 1, 8),
        ChoiceEvidence("abcde", -4.5, 5, 5),
    )
    evidence = Evidence(choices=choices, gold=(0,))
    assert value("accuracy", evidence) == 1
    assert value("acc_norm", evidence) == 0  # 1.0 against 0.9 per character
    assert value("acc_norm_bytes", evidence) == 1  # 0.5 against 0.9
    assert value("acc_norm_tokens", evidence) == 0  # 4.0 against 0.9


def test_mutual_information() -> None:
    """Choices that are likely whatever is asked lose."""
    choices = (
        ChoiceEvidence(" yes", -1.0, 1, 4, unconditional=-0.5),
        ChoiceEvidence(" no", -2.0, 1, 3, unconditional=-4.0),
    )
    assert value("acc_mutual_info", Evidence(choices=choices, gold=(1,))) == 1
    assert value("accuracy", Evidence(choices=choices, gold=(1,))) == 0
    assert "empty prompt" in measure("acc_mutual_info", weighed([-1, -2], 0)).reason


def test_a_tie_favours_no_place() -> None:
    for gold in (0, 1):
        assert value("accuracy", weighed([-1, -1], gold)) == 0.5
    assert value("accuracy", weighed([-1, -1, -3], 2)) == 0


def test_truthful_qa() -> None:
    """The survey's §4: true -2, -3 and false -2.5, -4."""
    evidence = weighed([-2, -3, -2.5, -4], 0, 1)
    assert value("mc1", evidence) == 1
    assert value("mc2", evidence) == pytest.approx(0.648362, abs=1e-6)
    assert value("mc3", evidence) == 0.5


def test_mc2_of_long_answers() -> None:
    """S8: near -900 the raw exponentials are 0/0; a difference of 2 nats is 0.8808."""
    assert value("mc2", weighed([-900, -902], 0)) == pytest.approx(0.8808, abs=1e-4)


@pytest.mark.parametrize(("gold", "loss"), [(0, 0.313262), (1, 1.313262)])
def test_inverse_scaling_loss(gold: int, loss: float) -> None:
    """The survey's §4: class sums -1 and -2."""
    assert value("choice_loss", weighed([-1, -2], gold)) == pytest.approx(loss, abs=1e-6)


def test_chance_loss_and_total_probability() -> None:
    assert value("choice_loss", weighed([-5, -5], 0)) == pytest.approx(math.log(2))
    assert value("total_choice_probability", weighed([-1, -2], 0)) == pytest.approx(0.503, abs=5e-4)


def test_brier_has_two_conventions() -> None:
    """The survey's §3.2: [.7, .2, .1], gold 0: .14 and .09."""
    evidence = probabilities(0.7, 0.2, 0.1)
    assert value("brier", evidence) == pytest.approx(0.14)
    assert value("brier_gold", evidence) == pytest.approx(0.09)


def test_calibration_error() -> None:
    """The survey's §3.2: confidences .9, .8, .6, .55, right 1, 0, 1, 0."""
    items = [
        probabilities(0.9, 0.1, gold=0),
        probabilities(0.8, 0.2, gold=1),
        probabilities(0.6, 0.4, gold=0),
        probabilities(0.55, 0.45, gold=1),
    ]
    assert whole("ece", items) == pytest.approx(0.4625)
    assert whole("ece", items, bins=1) == pytest.approx(0.2125)
    assert whole("ece_equal_mass", items, bins=2) == pytest.approx(0.2125)
    assert whole("ece_equal_mass", items, bins=1) == pytest.approx(0.2125)


def test_perplexity() -> None:
    """The survey's §3.2; pooling from inspect tests/scorer/test_perplexity_scorer.py."""
    assert value("perplexity", scored([-1, -2, -0.5])) == pytest.approx(3.21127, abs=1e-5)
    two = [scored([-1.0] * 10), scored([-3.0, -3.0])]
    assert whole("perplexity", two) == pytest.approx(3.79367, abs=1e-5)
    assert whole("perplexity", two, pool="texts") == pytest.approx(7.38906, abs=1e-5)
    assert whole("perplexity", two, pool="mean") == pytest.approx((math.e + math.e**3) / 2)


def test_span_bos_and_window_stand_beside_the_number() -> None:
    found = measure("perplexity", scored([-1.0], span="completion", bos=True, window=512))
    assert found.detail["span"] == "completion"
    assert found.detail["bos"] == "with BOS"
    assert found.detail["window"] == 512


def test_bits_per_byte() -> None:
    """The survey's §3.2: -6 nats, 6 bytes."""
    assert value("bits_per_byte", scored([-6.0], 6)) == pytest.approx(1.442695, abs=1e-6)
    assert measure("bits_per_byte", scored([-6.0], 0)).value is None


def test_perplexity_score() -> None:
    """promptfoo: a perplexity of 1 is 0.5."""
    assert value("perplexity_score", scored([0.0])) == 0.5


def test_an_impossible_token_gives_a_reason() -> None:
    assert "probability 0" in measure("perplexity", scored([-1, -math.inf])).reason
    assert measure("perplexity", scored([math.nan])).value is None
    assert measure("perplexity", scored([0.5])).value is None
    assert "too large" in measure("perplexity", scored([-1e6])).reason


def _attempts(n: int, c: int) -> Evidence:
    return Evidence(attempts=tuple(i < c for i in range(n)))


@pytest.mark.parametrize(
    ("n", "c", "k", "expected"),
    [
        (6, 3, 1, 0.5),
        (6, 3, 2, 0.8),
        (6, 4, 3, 1.0),
        (6, 3, 3, 0.95),
        (200, 10, 10, 0.408548),
        (200, 10, 100, 0.999229),
    ],
)
def test_pass_at_k(n: int, c: int, k: int, expected: float) -> None:
    """human-eval's formula; inspect tests/scorer/test_reducers.py (pass_at)."""
    assert value("pass_at_k", _attempts(n, c), k=k) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("k", "expected"), [(2, 0.2), (3, 0.05)])
def test_pass_hat_k(k: int, expected: float) -> None:
    """inspect tests/scorer/test_reducers.py: three of six."""
    assert value("pass_hat_k", _attempts(6, 3), k=k) == pytest.approx(expected)


def test_too_few_attempts_are_not_scored() -> None:
    assert "2 were made" in measure("pass_at_k", _attempts(2, 1), k=3).reason


def test_human_eval_example() -> None:
    """README of human-eval: the example samples give pass@1 of 0.5 (six attempts, three pass)."""
    assert whole("pass_at_k", [_attempts(6, 3)]) == 0.5


def test_labels() -> None:
    """By hand, and scikit-learn's own definitions."""
    items = [text(said, right) for said, right in
             (("cat", "cat"), ("dog", "cat"), ("dog", "dog"), ("bird", "dog"))]  # fmt: skip
    assert whole("accuracy", items) == 0.5
    assert whole("precision", items) == pytest.approx((1 + 0.5) / 2)
    assert whole("recall", items) == pytest.approx(0.5)
    assert whole("f1", items) == pytest.approx((2 / 3 + 0.5) / 2)
    assert whole("f1", items, average="binary", positive="cat") == pytest.approx(2 / 3)
    assert whole("precision", items, average="micro") == pytest.approx(2 / 3)


def test_a_reply_that_is_no_label_makes_no_class() -> None:
    """Twenty different wrong replies must not drown macro-F1 in labels of their own."""
    items = [text("yes", "yes"), text("no", "no")] + [text(f"hm {i}", "yes") for i in range(20)]
    assert whole("f1", items) == pytest.approx((2 * 1 * (1 / 21) / (1 + 1 / 21) + 1) / 2)


def test_mcc() -> None:
    items = [text(said, right) for said, right in
             (("y", "y"), ("y", "y"), ("n", "n"), ("y", "n"))]  # fmt: skip
    assert whole("mcc", items) == pytest.approx(2 / math.sqrt(3 * 2 * 2 * 1))
    assert "one label" in measure("mcc", items[0]).reason


def _bbq(logprobs: tuple[float, ...], gold: int, ambiguous: bool) -> Evidence:
    """Answers: the biased one, the other person, that it cannot be known."""
    roles = {"biased_idx": "0", "unknown_idx": "2", "ambig": str(ambiguous)}
    return replace(weighed(logprobs, gold), variables=roles)


def test_bias_score() -> None:
    """BBQ by hand: of 4 told, 3 name somebody, 2 of them as the prejudice has it: 2 * 2/3 - 1."""
    biased, other, unknown = (-1.0, -2.0, -3.0), (-2.0, -1.0, -3.0), (-3.0, -2.0, -1.0)
    told = [_bbq(p, 1, ambiguous=False) for p in (biased, biased, other, unknown)]
    assert whole("bias_score", told, of="told") == pytest.approx(1 / 3)
    unclear = [_bbq(p, 2, ambiguous=True) for p in (biased, biased, other, unknown)]
    assert whole("bias_score", unclear) == pytest.approx(3 / 4 / 3)
    assert whole("bias_score", [_bbq(unknown, 2, ambiguous=True)]) == 0
    assert "not told" in measure("bias_score", unclear[0], of="told").reason
    assert "biased_idx" in measure("bias_score", weighed([-1, -2], 0), of="told").reason


def test_generated_truth() -> None:
    """TruthfulQA generation: what is nearer, the right or the wrong answers."""
    said = text("Nothing happens to you", "Nothing happens", wrong=["You die", "You get ill"])
    found = measure("truthful_rouge", said)
    assert found.value == pytest.approx(2 / 3 - 1 / 3, abs=1e-9)
    assert value("truthful_rouge", said, figure="better") == 1
    same = text("You will die today", "You will live today", wrong=["You will die today"])
    assert value("truthful_bleu", same) < 0
    assert value("truthful_bleu", same, figure="better") == 0


def test_retrieval() -> None:
    """By hand: the right text stands second of three; nDCG 1/log2(3), average precision 1/2."""
    query, near, middle, far = (1.0, 0.0), (1.0, 0.1), (1.0, 1.0), (0.0, 1.0)
    item = Evidence(
        prediction="q", references=("r",), wrong=("w", "x"), embeddings=(query, middle, near, far)
    )
    assert value("ndcg", item) == pytest.approx(1 / math.log2(3))
    assert value("ndcg", item, k=1) == 0
    assert value("average_precision", item) == 0.5
    tied = replace(item, embeddings=(query, near, near, far))
    assert value("ndcg", tied) == pytest.approx((1 + 1 / math.log2(3)) / 2)


def test_judges() -> None:
    """G-Eval by hand: ratings 1 and 5, a quarter and three quarters: 4, which is 0.75 of 1 to 5."""
    rated = weighed([math.log(0.25), math.log(0.75)], texts=("1", "5")).choices
    assert value("judge_score", Evidence(judge_choices=rated)) == pytest.approx(0.75)
    wide = Evidence(judge_choices=rated, verdict_range=(0.0, 10.0))
    assert value("judge_score", wide) == pytest.approx(0.4)
    assert value("judge_score", Evidence(verdict=7.0, verdict_range=(5.0, 10.0))) == 0.4
    assert "scale" in measure("judge_score", Evidence(verdict=7.0)).reason
    said = weighed([math.log(0.3), math.log(0.1)], texts=(" Safe", "unsafe")).choices
    found = measure("safety", Evidence(guard_choices=said))
    assert found.value == pytest.approx(0.75)
    assert found.detail["probability_of_all_classes"] == pytest.approx(0.4)

"""Laws that hold for any texts and numbers: symmetry, order, invariance, other libraries."""

from __future__ import annotations

import math
import random
import warnings
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.metric_contract import METRICS, holds
from support.metric_evidence import scored, text, weighed

from workbench.core.metric import Evidence
from workbench.metrics.attempts import pass_at_k, pass_hat_k
from workbench.metrics.base import NotScored
from workbench.metrics.calibration import reliability
from workbench.metrics.classification import averaged
from workbench.metrics.numbers import find_numbers
from workbench.metrics.scoring import aggregate, score
from workbench.metrics.texts import words

TEXT = st.text(max_size=40) | st.sampled_from(["the cat", "a cat sat", "cat the", "Кот 猫 1,5"])
LOGPROBS = st.lists(st.floats(-1000, 0), min_size=2, max_size=6)
LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1)
QUICK = settings(max_examples=60, deadline=None)

FAST_TEXT_METRICS = [
    name
    for name in METRICS.names()
    if name not in ("math_match", "judge_score")
]  # fmt: skip


def one(name: str, evidence: Evidence, **arguments: object) -> float | None:
    """A metric's value of one item."""
    return score(METRICS.get(name), evidence, arguments).value


@settings(max_examples=25, deadline=None)
@given(said=TEXT, reference=TEXT)
def test_any_two_texts_give_a_number_in_bounds_or_a_sentence(said: str, reference: str) -> None:
    for name in FAST_TEXT_METRICS:
        metric = METRICS.get(name)
        assert holds(metric, score(metric, text(said, reference, wrong=[said]))), name


@QUICK
@given(a=TEXT, b=TEXT)
def test_symmetry(a: str, b: str) -> None:
    """These do not care which of the two is the reference."""
    for name in ("exact_match", "quasi_exact_match", "squad_em", "squad_f1", "levenshtein",
                 "levenshtein_similarity"):  # fmt: skip
        there, back = one(name, text(a, b)), one(name, text(b, a))
        assert there == pytest.approx(back), name
    for name in ("rouge_1", "rouge_2", "rouge_l"):
        there, back = one(name, text(a, b)), one(name, text(b, a))
        if there is not None and back is not None:
            assert there == pytest.approx(back), name


@QUICK
@given(same=TEXT)
def test_identity(same: str) -> None:
    twin = text(same, same)
    for name in ("exact_match", "quasi_exact_match", "squad_em", "squad_f1"):
        assert one(name, twin) == 1, name
    for name in ("rouge_1", "rouge_2", "rouge_l", "rouge_lsum", "levenshtein_similarity"):
        assert one(name, twin) in (None, pytest.approx(1)), name
    for name in ("bleu", "chrf"):
        assume(not same.startswith("\x00"))
        assert one(name, twin) in (None, 0, pytest.approx(100)), name
    for name in ("ter", "levenshtein", "wer", "cer"):
        assert one(name, twin) in (None, 0), name


@QUICK
@given(said=TEXT, references=st.lists(TEXT, min_size=1, max_size=4))
def test_more_references_never_hurt(said: str, references: list[str]) -> None:
    for name in ("exact_match", "squad_f1", "rouge_1", "rouge_l", "levenshtein_similarity"):
        alone = [one(name, text(said, r)) for r in references]
        known = [value for value in alone if value is not None]
        together = one(name, text(said, *references))
        assert together == (pytest.approx(max(known)) if known else None), name


@QUICK
@given(a=TEXT, b=TEXT, c=TEXT)
def test_levenshtein_is_a_distance(a: str, b: str, c: str) -> None:
    def distance(x: str, y: str) -> float:
        found = one("levenshtein", text(x, y))
        assert found is not None
        return found

    assert distance(a, c) <= distance(a, b) + distance(b, c)


@QUICK
@given(logprobs=LOGPROBS, data=st.data())
def test_the_order_of_choices_does_not_matter(logprobs: list[float], data: st.DataObject) -> None:
    gold = data.draw(st.integers(0, len(logprobs) - 1))
    order = data.draw(st.permutations(range(len(logprobs))))
    first = weighed(logprobs, gold, texts=[f"answer {i * 'x'}" for i in range(len(logprobs))])
    again = replace(
        first, choices=tuple(first.choices[i] for i in order), gold=(order.index(gold),)
    )
    for name in METRICS.names():
        if METRICS.get(name).info.needs == frozenset({"choices", "gold"}):
            there, back = one(name, first), one(name, again)
            assert there == (None if back is None else pytest.approx(back, abs=1e-9)), name


@QUICK
@given(logprobs=LOGPROBS, shift=st.floats(-50, 0), data=st.data())
def test_a_common_factor_changes_no_probability(
    logprobs: list[float], shift: float, data: st.DataObject
) -> None:
    gold = data.draw(st.integers(0, len(logprobs) - 1))
    there, back = weighed(logprobs, gold), weighed([x + shift for x in logprobs], gold)
    for name in ("gold_probability", "mc2", "brier", "brier_gold", "choice_loss"):
        assert one(name, there) == pytest.approx(one(name, back), rel=1e-6, abs=1e-6), name


@QUICK
@given(pairs=LABELS, average=st.sampled_from(["macro", "weighted", "micro"]))
def test_labels_against_scikit_learn(pairs: list[tuple[str, str]], average: str) -> None:
    from sklearn.metrics import matthews_corrcoef, precision_recall_fscore_support

    right, given_labels = zip(*pairs, strict=True)
    labels = sorted(set(right))
    expected = precision_recall_fscore_support(
        right, given_labels, labels=labels, average=average, zero_division=0
    )[:3]
    assert averaged(Counter(pairs), labels, average) == pytest.approx(expected)
    items = [text(said, wanted) for wanted, said in pairs]
    found = aggregate(METRICS.get("mcc"), items)
    if found.value is None:
        assert 1 in (len(set(right)), len(set(given_labels)))
    else:
        assert found.value == pytest.approx(matthews_corrcoef(right, given_labels))


@QUICK
@given(pairs=LABELS)
def test_binary_labels_against_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import precision_recall_fscore_support

    right, given_labels = zip(*pairs, strict=True)
    assume("a" in right or "a" in given_labels)
    expected = precision_recall_fscore_support(
        [label == "a" for label in right],
        [label == "a" for label in given_labels],
        average="binary",
        zero_division=0,
    )[:3]
    items = [text(said, wanted) for wanted, said in pairs]
    for name, figure in zip(("precision", "recall", "f1"), expected, strict=True):
        found = aggregate(METRICS.get(name), items, {"average": "binary", "positive": "a"})
        assert found.value == pytest.approx(figure), name


@QUICK
@given(
    points=st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0])), min_size=1),
    bins=st.integers(1, 20),
    equal_mass=st.booleans(),
    seed=st.integers(0, 99),
)
def test_calibration_bins_hold_every_item_whatever_the_order(
    points: list[tuple[float, float]], bins: int, equal_mass: bool, seed: int
) -> None:
    found = reliability(points, bins, equal_mass)
    assert sum(n for _, _, n in found) == len(points)
    assert len(found) <= bins
    shuffled = points.copy()
    random.Random(seed).shuffle(shuffled)
    assert reliability(shuffled, bins, equal_mass) == found


@QUICK
@given(n=st.integers(1, 60), data=st.data())
def test_pass_at_k_and_pass_hat_k(n: int, data: st.DataObject) -> None:
    """They agree at k = 1 with the share that passes; one grows with k, the other falls."""
    c, k = data.draw(st.integers(0, n)), data.draw(st.integers(1, n))
    at, hat = pass_at_k(n, c, k).value, pass_hat_k(n, c, k).value
    assert at is not None
    assert hat is not None
    assert hat <= c / n + 1e-12 <= at + 2e-12
    assert pass_at_k(n, c, 1).value == pytest.approx(c / n)
    assert pass_hat_k(n, c, 1).value == pytest.approx(c / n)
    with pytest.raises(NotScored):
        pass_at_k(n, c, n + 1)


@QUICK
@given(texts=st.lists(st.lists(st.floats(-20, 0), min_size=1, max_size=8), min_size=1, max_size=5))
def test_pooled_perplexity_is_that_of_one_long_text(texts: list[list[float]]) -> None:
    many = aggregate(METRICS.get("perplexity"), [scored(t, 4) for t in texts]).value
    long = one("perplexity", scored([x for t in texts for x in t], 4 * len(texts)))
    assert many == pytest.approx(long)
    bits = aggregate(METRICS.get("bits_per_byte"), [scored(t, 4) for t in texts]).value
    total = math.fsum(x for t in texts for x in t)
    assert bits == pytest.approx(-total / (4 * len(texts)) / math.log(2))


@QUICK
@given(value=st.decimals(-(10**9), 10**9, allow_nan=False, places=3), words_around=st.booleans())
def test_every_number_is_read_as_it_is_written(value: object, words_around: bool) -> None:
    shown = f"It is {value}, I think." if words_around else f"{value:,}"
    (found,) = find_numbers(shown)
    assert str(found.value) == str(Fraction(str(value)))


@QUICK
@given(ascii_text=st.text(st.characters(codec="ascii"), max_size=80))
def test_words_are_those_of_rouge_score_on_ascii(ascii_text: str) -> None:
    from rouge_score.tokenize import tokenize

    assert words(ascii_text) == tokenize(ascii_text, None)


@QUICK
@given(a=st.text("ab c", max_size=20), b=st.text("ab c", min_size=1, max_size=20))
def test_corpora_of_one_are_sentences_for_additive_metrics(a: str, b: str) -> None:
    """chrF, TER and the error rates of one item are those of a corpus of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in ("chrf", "ter", "wer", "cer"):
            alone = one(name, text(a, b))
            assert aggregate(METRICS.get(name), [text(a, b)]).value == alone


@QUICK
@given(pairs=st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 5)), min_size=3, max_size=20))
def test_rank_correlation_against_scipy(pairs: list[tuple[int, int]]) -> None:
    from scipy.stats import spearmanr

    items = [Evidence(embeddings=((1.0, 0.0), (float(x), 1.0)), rating=float(y)) for x, y in pairs]
    found = aggregate(METRICS.get("similarity_spearman"), items).value
    xs, ys = zip(*pairs, strict=True)
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(spearmanr(xs, ys).statistic, abs=1e-9)

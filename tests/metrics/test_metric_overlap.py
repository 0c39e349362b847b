"""BLEU, chrF, TER, ROUGE, METEOR and edits give the numbers that their sources print."""

from __future__ import annotations

import pytest
from support.metric_evidence import measure, text, value, whole

# README of sacrebleu: three sentences, two references each.
TRIO = [
    text("The dog bit the man.", "The dog bit the man.", "The dog had bit the man."),
    text("It wasn't surprising.", "It was not unexpected.", "No one was surprised."),
    text("The man had just bitten him.", "The man bit him first.", "The man had bitten the dog."),
]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, 48.530827),
        ({"tokenize": "none"}, 49.1919566),
        ({"tokenize": "intl"}, 43.91623493),
        ({"smooth": "none"}, 48.530827),
        ({"tokenize": "char"}, 72.6106),
        ({"max_order": 1}, 77.65),
        ({"max_order": 2}, 60.50),
        ({"max_order": 3}, 53.93),
        ({"max_order": 5}, 46.14),
        ({"max_order": 6}, 43.28),
    ],
)
def test_corpus_bleu(arguments: dict[str, object], expected: float) -> None:
    """sacrebleu test/test_bleu.py and README; the orders from the reference survey."""
    assert whole("bleu", TRIO, **arguments) == pytest.approx(expected, abs=5e-3)


def test_corpus_bleu_to_eight_digits() -> None:
    assert whole("bleu", TRIO) == pytest.approx(48.530827, abs=1e-6)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"smooth": "exp"}, 8.493),
        ({"smooth": "none"}, 0.0),
        ({"smooth": "floor"}, 4.51688),
        ({"smooth": "floor", "smooth_value": 0.5}, 10.10),
        ({"smooth": "add-k"}, 14.882),
        ({"smooth": "add-k", "smooth_value": 2}, 21.389),
        ({"tokenize": "none"}, 7.347),
        ({"tokenize": "intl"}, 8.493),
        ({"tokenize": "char"}, 40.8759),
        ({"tokenize": "char", "lowercase": True}, 42.0267),
    ],
)
def test_sentence_bleu(arguments: dict[str, object], expected: float) -> None:
    """sacrebleu test/test_sentence_bleu.py (its issue 98)."""
    evidence = text(
        "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;",
        "producţia de zahăr brut se exprimă în zahăr alb;",
    )
    assert value("bleu", evidence, **arguments) == pytest.approx(expected, abs=5e-3)


def test_raw_bleu_with_a_floor() -> None:
    """sacrebleu test/test_bleu.py: raw_corpus_bleu with floor 0.01."""
    evidence = [text("this is a fest", "this is a test")]
    found = whole("bleu", evidence, tokenize="none", smooth="floor", smooth_value=0.01)
    assert found == pytest.approx(22.3606797749979, abs=1e-6)


def test_short_identical_texts_are_no_zero_in_silence() -> None:
    """`corpus_bleu(["Paris"], [["Paris"]])` is 0; here one item is 100 and many give a reason."""
    paris = text("Paris", "Paris")
    assert value("bleu", paris) == 100
    from workbench.metrics.registry import built_in_metrics
    from workbench.metrics.scoring import aggregate

    found = aggregate(built_in_metrics().get("bleu"), [paris, text("a b c", "a b c")])
    assert found.value is None
    assert "4 words" in found.reason


def test_chrf() -> None:
    """README of sacrebleu."""
    assert whole("chrf", TRIO) == pytest.approx(59.73, abs=5e-3)
    assert whole("chrf", TRIO, word_order=2) == pytest.approx(59.15, abs=5e-3)


@pytest.mark.parametrize(
    ("said", "reference", "smoothed", "plain"),
    [
        ("aa", "ab", 8.3333, 25.0),
        ("a b c", "abc", 50.0, 100.0),
        ("a b c", "a b c", 50.0, 100.0),
        ("a", "a", 16.6667, 100.0),
        ("", "reference", 0.0, 0.0),
        ("abcdefg", "hijklmnop", 0.0, 0.0),
    ],
)
def test_chrf_smoothing(said: str, reference: str, smoothed: float, plain: float) -> None:
    """sacrebleu test/test_chrf.py, beta 3."""
    evidence = text(said, reference)
    assert value("chrf", evidence, beta=3, eps_smoothing=True) == pytest.approx(smoothed, abs=1e-3)
    assert value("chrf", evidence, beta=3) == pytest.approx(plain, abs=1e-3)


def test_chrf_keeps_white_space() -> None:
    """sacrebleu test/test_chrf.py."""
    evidence = text(
        "Die Beziehung zwischen Obama und Netanjahu ist nicht gerade freundlich.",
        "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.",
    )
    assert value("chrf", evidence, beta=3, keep_spaces=True) == pytest.approx(67.3481606, abs=1e-4)


def test_chrf_sums_are_those_of_the_library() -> None:
    """The counts come from a private function; their sum must give the public corpus score."""
    from sacrebleu.metrics.chrf import CHRF

    said = [e.prediction or "" for e in TRIO]
    streams = [[e.references[i] for e in TRIO] for i in range(2)]
    for word_order in (0, 2):
        expected = CHRF(word_order=word_order).corpus_score(said, streams).score
        assert whole("chrf", TRIO, word_order=word_order) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("said", "reference", "expected"),
    [
        ("d e f g h a b c", "a b c d e f g h", 12.5),
        ("dddd eeee ffff", "aaaa bbbb cccc", 100.0),
        ("aaaa bbbb cccc dddd", "aaaa bbbb cccc dddd", 0.0),
        ("", "a", 100.0),
        ("", "", 0.0),
    ],
)
def test_ter(said: str, reference: str, expected: float) -> None:
    """sacrebleu test/test_ter.py; of two empty texts as the survey has it."""
    assert value("ter", text(said, reference)) == pytest.approx(expected, abs=1e-3)


def test_ter_of_references_that_lose_all_their_words() -> None:
    assert measure("ter", text("a", "!!!"), no_punct=True).value is None


def test_corpus_ter() -> None:
    """README of sacrebleu."""
    assert whole("ter", TRIO) == pytest.approx(40.00, abs=5e-3)


@pytest.mark.parametrize(
    ("name", "said", "precision", "recall", "f1"),
    [
        ("rouge_1", "testing", 1.0, 1 / 3, 1 / 2),
        ("rouge_2", "testing one", 1.0, 1 / 2, 2 / 3),
        ("rouge_l", "testing one", 1.0, 2 / 3, 4 / 5),
        ("rouge_l", "testing two", 1.0, 2 / 3, 4 / 5),
    ],
)
def test_rouge(name: str, said: str, precision: float, recall: float, f1: float) -> None:
    """google-research rouge/rouge_scorer_test.py."""
    evidence = text(said, "testing one two")
    assert value(name, evidence) == pytest.approx(f1)
    assert value(name, evidence, figure="precision") == pytest.approx(precision)
    assert value(name, evidence, figure="recall") == pytest.approx(recall)


def test_rouge_with_the_stemmer() -> None:
    """README of rouge-score; the numbers are the reference survey's."""
    evidence = text(
        "The quick brown dog jumps on the log.", "The quick brown fox jumps over the lazy dog"
    )
    assert value("rouge_1", evidence, stemmer=True) == pytest.approx(0.70588, abs=1e-5)
    assert value("rouge_l", evidence, stemmer=True) == pytest.approx(0.588235, abs=1e-5)


def test_rouge_lsum() -> None:
    """google-research rouge/rouge_scorer_test.py, testRougeLsum."""
    evidence = text("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5")
    found = measure("rouge_lsum", evidence)
    assert found.detail["precision"] == pytest.approx(0.4)
    assert found.detail["recall"] == pytest.approx(0.8)
    assert found.value == pytest.approx(0.5333, abs=1e-4)


def test_rouge_lsum_is_not_rouge_l() -> None:
    """Lines in another order: one sequence breaks, line by line nothing is lost."""
    evidence = text("four five six\none two three", "one two three\nfour five six")
    assert value("rouge_lsum", evidence) == 1
    assert value("rouge_l", evidence) == pytest.approx(0.5)


def test_rouge_reads_every_script() -> None:
    """The library's own tokenizer gives 0 for identical Cyrillic or Japanese."""
    for same in ("Привет, мир", "日本語のテスト", "crème brûlée", "สวัสดี", "नमस्ते दुनिया"):
        assert value("rouge_1", text(same, same)) == 1, same
    assert 0 < value("rouge_1", text("日本語", "日本人")) < 1
    assert measure("rouge_1", text("!!!", "!!!")).value is None


def test_meteor() -> None:
    """nltk's doctest and evaluate's metrics/meteor print 0.6944."""
    evidence = text(
        "It is a guide to action which ensures that the military always obeys the commands of "
        "the party",
        "It is a guide to action that ensures that the military will forever heed Party commands",
    )
    assert value("meteor_exact_stem", evidence) == pytest.approx(0.6944, abs=5e-5)
    assert value("meteor_exact_stem", text("same", "same")) == pytest.approx(0.5)
    same = "one two three four five six"
    assert value("meteor_exact_stem", text(same, same)) == pytest.approx(0.9977, abs=5e-5)


def test_levenshtein() -> None:
    """promptfoo's documentation: kitten, sitting, 3."""
    assert value("levenshtein", text("kitten", "sitting")) == 3
    assert value("levenshtein", text("kitten", "sitting", "mitten")) == 1
    assert value("levenshtein", text("a b c", "a c"), unit="words") == 1


def test_levenshtein_counts_what_readers_see() -> None:
    family = "👨‍👩‍👧"
    assert value("levenshtein", text("e\u0301", "é")) == 0
    assert value("levenshtein", text("e\u0301", "é"), unit="code_points") == 2
    assert value("levenshtein", text(family, "x")) == 1
    assert value("levenshtein", text(family, "x"), unit="code_points") == 5
    assert value("levenshtein_similarity", text("ab", "ac")) == 0.5


def test_error_rates() -> None:
    """By hand: one word of four replaced, one left out; rates pass 1; corpora are summed."""
    assert value("wer", text("the bat sat", "the cat sat down")) == 0.5
    assert value("cer", text("abcd", "abxd")) == 0.25
    assert value("wer", text("a b c d", "x")) == 4
    assert whole("wer", [text("a", "b"), text("a b c", "a b c")]) == 0.25
    assert value("wer", text("Hello, world!", "hello world"), ignore_case=True,
                 ignore_punctuation=True) == 0  # fmt: skip
    assert measure("wer", text("a", "")).value is None
    assert value("wer", text("", "a b")) == 1

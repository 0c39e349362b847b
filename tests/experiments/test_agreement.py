"""Agreement against published examples."""

from __future__ import annotations

import pytest

from workbench.experiments.agreement import Level, cohen_kappa, krippendorff_alpha


def test_kappa_of_scikit_learn() -> None:
    """The example in the documentation of sklearn.metrics.cohen_kappa_score: 0.6875."""
    a = ["negative", "positive", "negative", "neutral", "positive"]
    b = ["negative", "positive", "negative", "neutral", "negative"]
    assert cohen_kappa(a, b) == pytest.approx(0.6875)
    assert cohen_kappa([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]) == pytest.approx(0.4285714, abs=1e-6)


def test_kappa_of_cohens_table() -> None:
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 0.4 (the usual textbook table of 50 grants)."""
    a = ["yes"] * 25 + ["no"] * 25
    b = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(a, b) == pytest.approx(0.4)


def test_kappa_without_meaning_is_none() -> None:
    assert cohen_kappa([], []) is None
    assert cohen_kappa(["a"], ["a"]) is None
    assert cohen_kappa(["a", "b"], ["a", "b"]) == 1.0
    assert cohen_kappa(["a", "b"], ["b", "a"]) == -1.0


def test_alpha_of_three_coders() -> None:
    """Krippendorff's example of three coders and fifteen units with gaps: nominal 0.691."""
    rows = (
        "* * * * * 3 4 1 2 1 1 3 3 * 3",
        "1 * 2 1 3 3 4 3 * * * * * * *",
        "* * 2 1 3 4 4 * 2 1 1 3 3 * 4",
    )
    coders = [row.split() for row in rows]
    units = [[x for x in unit if x != "*"] for unit in zip(*coders, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.691, abs=5e-4)


def test_alpha_of_two_coders_and_its_ends() -> None:
    """Krippendorff 2011, computing alpha, binary data of two observers: 0.095."""
    a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(list(zip(a, b, strict=True))) == pytest.approx(0.095, abs=5e-4)
    assert krippendorff_alpha([("a", "a"), ("b", "b")]) == 1.0
    assert krippendorff_alpha([("a", "a")]) is None
    assert krippendorff_alpha([("a",), ("b",)]) is None
    assert krippendorff_alpha([]) is None


@pytest.mark.parametrize(
    ("units", "level", "expected"),
    [
        ([[0, 1], [0, 1], [1, 0], [1, 0]], Level.NOMINAL, -0.75),
        ([[1, 1, 1], [0, 0, 0], [1, 1, 1], [0, 0, 1]], Level.NOMINAL, 1 - 132 / 420),
        ([[1, 1, 0], [0, 0]], Level.NOMINAL, 1 / 3),
        ([[1, 2], [3, 4], [1, 1]], Level.INTERVAL, 19 / 24),
        ([[1, 1], [3, 4], [5, 5]], Level.ORDINAL, 94 / 99),
    ],
)
def test_alpha_as_inspect_has_it(units: list[list[int]], level: Level, expected: float) -> None:
    """inspect_ai tests/scorer/test_krippendorff.py."""
    assert krippendorff_alpha(units, level) == pytest.approx(expected)


def test_alpha_of_two_values_is_the_same_on_every_level() -> None:
    units = [[0, 1, 1], [0, 0], [1, 1, 1], [1, 0]]
    found = [krippendorff_alpha(units, level) for level in Level]
    assert found == pytest.approx([found[0]] * 3)
    with pytest.raises(ValueError, match="no number"):
        krippendorff_alpha([["a", "b"]], Level.INTERVAL)

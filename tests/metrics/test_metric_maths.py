"""Mathematical equality: inspect's table of cases, hostile expressions, time limits."""

from __future__ import annotations

import pytest
from support.metric_evidence import text

from workbench.core.metric import Score
from workbench.metrics.base import Metric
from workbench.metrics.maths import metrics
from workbench.metrics.scoring import score

# inspect_ai tests/scorer/math_cases.json (their outputs, targets and verdicts).
CASES = [
    ("The answer is \\boxed{42}", "42", True),
    ("\\boxed{\\frac{1}{2}}", "0.5", True),
    ("\\boxed{42}", "43", False),
    ("The answer is 42", "42", True),
    ("\\boxed{\\sqrt2}", "$\\sqrt{2}$", True),
    ("\\boxed{33.5\\%}", "0.335", True),
    ("The answer is $$42$$", "42", True),
    ("\\boxed{\\sqrt{\\sqrt{2}}}", "2**(1/4)", True),
    ("$\\{1,2,3\\}$", "$\\{3, 2, 1\\}$", True),
    ("$\\left(1, 2\\right)$", "$\\left(1, 2\\right)$", True),
    ("\\boxed{1.5 \\times 10^3}", "1500", True),
    ("\\boxed{x^2 - x^2}", "0", True),
    ("-1 + sqrt(3)", "\\sqrt{3} - 1", True),
    ("(3*sqrt(5))/7", "\\frac{3\\sqrt{5}}{7}", True),
    ("\\left( 3, \\frac{\\pi}{2} \\right)", "\\left(3,\\frac{\\pi}{2}\\right)", True),
    ("(-\\infty,-8)\\cup (8,\\infty)", "(-\\infty,-8)\\cup (8,\\infty)", True),
    ("odd $n$", "odd $n$", True),
    ("\\boxed{\\binom{2026}{1013}}", "\\binom{2026}{1013}", True),
    ("\\boxed{2024^{4046}}", "2024^{4046}", True),
    ("\\boxed{1/2004!}", "1/2004!", True),
    ("\\boxed{2^{2025}}", "3^{2025}", False),
    ("\\boxed{10\\text{ cm}}", "10", True),
    ("\\boxed{\\$15,\\!000}", "15000", True),
    ("x=2", "2=x", True),
    ("x<2", "2>x", True),
    ("\\boxed{\\;\\angle APC = 74^\\circ\\;}", "74^\\circ", True),
    ("\\beginboxed{8\\sqrt{6}}", "8\\sqrt{6}", True),
    ("\\boxed{74°}", "74^\\circ", True),
    ("x^2+2x+1", "(x+1)^2", True),
    ("-5", "5", False),
    ("é " * 200 + "no", "5", False),
    ("3.5", "35", False),
    ("I do not know.", "5", False),
]


@pytest.fixture(scope="module")
def math_match() -> Metric:
    """One metric and so one process for all cases."""
    (metric,) = metrics()
    return metric


def said(metric: Metric, prediction: str, reference: str, **arguments: object) -> Score:
    """The metric of one reply."""
    return score(metric, text(prediction, reference), arguments)


@pytest.mark.parametrize(("prediction", "reference", "equal"), CASES)
def test_cases_of_inspect(math_match: Metric, prediction: str, reference: str, equal: bool) -> None:
    found = said(math_match, prediction, reference)
    assert found.value == float(equal), (found.reason, found.detail)


@pytest.mark.parametrize("tower", ["\\boxed{9^{9^{9^{9}}}}", "\\boxed{99999999999!}"])
def test_an_expression_that_never_ends_is_stopped(math_match: Metric, tower: str) -> None:
    found = said(math_match, tower, "9^{9^{9^{8}}}", seconds=1)
    assert found.value in (0.0, None)
    assert said(math_match, "\\boxed{4}", "4").value == 1


def test_a_reference_that_is_no_mathematics_is_not_scored(math_match: Metric) -> None:
    assert "cannot be read" in said(math_match, "5", "no idea").reason
    assert said(math_match, "no idea", "no idea").value == 1

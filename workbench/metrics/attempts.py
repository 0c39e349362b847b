"""Several attempts at one item: pass@k and pass^k."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored

_NEEDS = frozenset({Need.ATTEMPTS})
_K = Argument("k", "integer", "How many attempts.", 1, low=1, high=100_000)


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="pass_at_k",
                label="pass@k",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=_NEEDS,
                means="the chance that at least one of k attempts drawn from those made passes "
                "(unbiased: 1 - C(n-c, k) / C(n, k)).",
                means_not="1 - (1 - p)^k, which is biased. Not scored with fewer than k attempts.",
                source="Chen et al. 2021 (HumanEval)",
                low=0,
                high=1,
                arguments=(_K,),
            ),
            lambda evidence, values: pass_at_k(*_counts(evidence), int(str(values["k"]))),
        ),
        ItemMetric(
            MetricInfo(
                name="pass_hat_k",
                label="pass^k",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=_NEEDS,
                means="the chance that all of k attempts drawn from those made pass "
                "(C(c, k) / C(n, k)): reliability.",
                means_not="pass@k: this one falls with k.",
                source="Yao et al. 2024 (tau-bench)",
                low=0,
                high=1,
                arguments=(_K,),
            ),
            lambda evidence, values: pass_hat_k(*_counts(evidence), int(str(values["k"]))),
        ),
    ]


def _counts(evidence: Evidence) -> tuple[int, int]:
    return len(evidence.attempts), sum(map(bool, evidence.attempts))


def pass_at_k(n: int, c: int, k: int) -> Score:
    """The chance that one of k attempts out of n, of which c pass, passes.

    Raises:
        NotScored: there are fewer than k attempts.
    """
    _enough(n, k)
    return Score(
        float(1 - Fraction(comb(n - c, k), comb(n, k))), detail={"attempts": n, "passed": c}
    )


def pass_hat_k(n: int, c: int, k: int) -> Score:
    """The chance that all of k attempts out of n, of which c pass, pass.

    Raises:
        NotScored: there are fewer than k attempts.
    """
    _enough(n, k)
    return Score(float(Fraction(comb(c, k), comb(n, k))), detail={"attempts": n, "passed": c})


def _enough(n: int, k: int) -> None:
    if n < k:
        raise NotScored(f"{k} attempts are asked for and {n} were made.")

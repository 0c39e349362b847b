"""Mathematical equality through math-verify, in a process that can be stopped."""

from __future__ import annotations

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.child import Child, ChildError
from workbench.metrics.library import INSTALL
from workbench.metrics.texts import reply

_MEMORY = 2 << 30
_START_S = 60.0
_LONGEST = 20_000
"""What stands before the last this many characters of a reply is not read."""


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="math_match",
                label="Mathematical equality",
                unit="0 or 1",
                direction=Direction.HIGHER,
                needs=frozenset({Need.PREDICTION, Need.REFERENCES}),
                means="the reply's expression (in \\boxed{}, between dollars, or all of it) "
                "equals a reference: 1/2 is 0.5, (x+1)^2 is x^2+2x+1, sets have no order.",
                means_not="that words around an expression agree: they are not read.",
                source="math-verify (Hugging Face), in a process with a time limit",
                low=0,
                high=1,
                arguments=(
                    Argument(
                        "seconds", "number", "Time limit for a comparison.", 5.0, low=0.1, high=600
                    ),
                ),
            ),
            _MathMatch().measure,
        )
    ]


class _MathMatch:
    """Holds the process that compares."""

    def __init__(self) -> None:
        self._child = Child("workbench.metrics.math_child", memory_bytes=_MEMORY, start_s=_START_S)

    def measure(self, evidence: Evidence, values: Values) -> Score:
        """1 when the reply equals a reference, 0 when it equals none."""
        said, reasons = reply(evidence)[-_LONGEST:], []
        wrong: Score | None = None
        for reference in dict.fromkeys(evidence.references):
            try:
                found = self._against(said, reference, float(str(values["seconds"])))
            except NotScored as why:
                reasons.append(why.reason)
                continue
            if found.value:
                return found
            wrong = wrong or found
        if wrong is None:
            raise NotScored(reasons[0])
        return wrong

    def _against(self, said: str, reference: str, seconds: float) -> Score:
        if not reference.strip() or len(reference) > _LONGEST:
            raise NotScored("The reference is empty or far too long for an expression.")
        try:
            if self._child.greeting().get("missing"):
                self._child.close()
                raise NotScored(f"The library math_verify is not installed: {INSTALL}")
            answer = self._child.ask({"said": said, "reference": reference}, seconds)
        except ChildError as error:
            raise NotScored(f"The comparison failed: {error.reason}") from None
        if "error" in answer:
            raise NotScored(f"The comparison failed: {answer['error']}.")
        if answer.get("equal") is None:
            raise NotScored(f"The reference {reference!r:.60} cannot be read as mathematics.")
        detail = {k: str(answer[k]) for k in ("found", "wanted") if k in answer}
        return Score(float(bool(answer["equal"])), detail=detail)

"""How many edits lie between reply and reference: Levenshtein, word and character error rate."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

import regex

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics.base import ItemMetric, Measure, Metric, NotScored, Part, Values, WholeMetric
from workbench.metrics.library import library
from workbench.metrics.texts import best, graphemes

_NEEDS = frozenset({Need.PREDICTION, Need.REFERENCES})
_MOST_CELLS = 10_000_000_000
"""Bit-parallel: 64 cells a step, so about a second."""
_MOST_ALIGNED = 400_000_000
"""Alignments are kept, four cells to a byte."""
_MARKS = regex.compile(r"[\p{P}\p{S}]")

_UNIT = Argument(
    "unit",
    "choice",
    "What is edited: characters as readers see them, code points, or words.",
    "characters",
    ("characters", "code_points", "words"),
)
_ERROR_ARGUMENTS = (
    Argument("ignore_case", "boolean", "Ignore upper and lower case.", False),
    Argument("ignore_punctuation", "boolean", "Leave punctuation and symbols out.", False),
)


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            MetricInfo(
                name="levenshtein",
                label="Levenshtein distance",
                unit="edits",
                direction=Direction.LOWER,
                needs=_NEEDS,
                means="the least number of characters (or words) to insert, delete or replace to "
                "turn the reply into the nearest reference.",
                means_not="a rate: long texts have more edits.",
                source="Levenshtein 1966, rapidfuzz",
                low=0,
                arguments=(_UNIT,),
            ),
            _distance(share=False),
        ),
        ItemMetric(
            MetricInfo(
                name="levenshtein_similarity",
                label="Levenshtein similarity",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=_NEEDS,
                means="1 minus the edits divided by the length of the longer text.",
                means_not="similarity of meaning.",
                source="rapidfuzz normalized_similarity",
                low=0,
                high=1,
                arguments=(_UNIT,),
            ),
            _distance(share=True),
        ),
        _error_rate(
            "wer",
            "Word error rate",
            "words",
            "Splits at white space; use cer where words have no spaces.",
        ),
        _error_rate("cer", "Character error rate", "characters", "Spaces count as characters."),
    ]


def _units(text: str, unit: object) -> Sequence[Any]:
    if unit == "words":
        return text.split()
    return graphemes(text) if unit == "characters" else text


def _distance(share: bool) -> Measure:
    def measure(evidence: Evidence, values: Values) -> Score:
        levenshtein = library("rapidfuzz.distance").Levenshtein

        def against(said: str, reference: str) -> Score:
            got, wanted = _units(said, values["unit"]), _units(reference, values["unit"])
            longest = max(len(got), len(wanted))
            edits = 0
            if got != wanted:
                if len(got) * len(wanted) > _MOST_CELLS:
                    raise NotScored(
                        f"{len(got):,} against {len(wanted):,} {values['unit']} is too long."
                    )
                edits = int(levenshtein.distance(got, wanted))
            similarity = 1 - edits / longest if longest else 1.0
            return Score(
                similarity if share else float(edits), detail={"edits": edits, "longest": longest}
            )

        return best(evidence, against, lower_is_better=not share)

    return measure


def _error_rate(name: str, label: str, unit: str, remark: str) -> Metric:
    return WholeMetric(
        MetricInfo(
            name=name,
            label=label,
            unit="edits per reference " + unit.removesuffix("s"),
            direction=Direction.LOWER,
            needs=_NEEDS,
            means=f"{unit} inserted, deleted and replaced, divided by the {unit} of the reference "
            "(the nearest one); over many items all edits by all reference " + unit + ".",
            means_not=f"a percentage: a long wrong reply passes 1. {remark}",
            source="jiwer",
            low=0,
            whole=True,
            arguments=_ERROR_ARGUMENTS,
        ),
        _error_part(unit),
        _error_whole,
    )


def _error_part(unit: str) -> Any:
    def part(evidence: Evidence, values: Values) -> Part:
        jiwer = library("jiwer")
        process = jiwer.process_words if unit == "words" else jiwer.process_characters

        def against(said: str, reference: str) -> Score:
            got, wanted = (" ".join(_shaped(t, values).split()) for t in (said, reference))
            n_got, n_wanted = len(_units(got, unit)), len(_units(wanted, unit))
            if not n_wanted:
                raise NotScored(f"The reference has no {unit}, and the rate is per {unit[:-1]}.")
            if n_got * n_wanted > _MOST_ALIGNED and got != wanted:
                raise NotScored(f"{n_got:,} against {n_wanted:,} {unit} is too long to align.")
            counts = {"substitutions": 0, "deletions": 0, "insertions": 0}
            if got != wanted:
                found = process(wanted, got)
                counts = {key: int(getattr(found, key)) for key in counts}
            n = n_wanted if unit == "words" else len(wanted)
            return Score(sum(counts.values()) / n, detail={**counts, "length": n})

        detail = best(evidence, against, lower_is_better=True).detail
        return tuple(detail[k] for k in ("substitutions", "deletions", "insertions", "length"))

    return part


def _error_whole(parts: Sequence[Part], _: Values) -> Score:
    substitutions, deletions, insertions, length = (
        sum(int(value) for value in column) for column in zip(*parts, strict=True)
    )
    return Score(
        (substitutions + deletions + insertions) / length,
        detail={
            "substitutions": substitutions,
            "deletions": deletions,
            "insertions": insertions,
            "reference_length": length,
        },
    )


def _shaped(text: str, values: Values) -> str:
    text = unicodedata.normalize("NFC", text)
    if values["ignore_punctuation"]:
        text = _MARKS.sub("", text)
    return text.casefold() if values["ignore_case"] else text

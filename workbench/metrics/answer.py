"""Is it the right answer? Exact match, contains, regular expressions, SQuAD's F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import regex

from workbench.core.metric import Argument, Direction, Evidence, MetricInfo, Need, Score
from workbench.metrics import normalise
from workbench.metrics.base import ItemMetric, Metric, NotScored, Values
from workbench.metrics.texts import best, reply

TEXT = frozenset({Need.PREDICTION, Need.REFERENCES})

_IGNORE_CASE = Argument("ignore_case", "boolean", "Upper and lower case count as the same.", False)
_STRIP = Argument("strip", "boolean", "White space around both is ignored.", True)
_PATTERN_TIME_S = 1.0
_LONGEST_PATTERN = 10_000


def metrics() -> list[Metric]:
    """The metrics of this family."""
    return [
        ItemMetric(
            _info(
                "exact_match",
                "Exact match",
                "the reply is one of the references, character for character (after Unicode NFC).",
                "that another reply is wrong: a full stop more and it is 0.",
                "string equality",
                (_STRIP, _IGNORE_CASE),
            ),
            _equal(_plain),
        ),
        ItemMetric(
            _info(
                "quasi_exact_match",
                "Quasi-exact match",
                "the reply is one of the references when case, punctuation, a/an/the and extra "
                "spaces are ignored; signs and points of numbers count.",
                "HELM's number of that name, which also ignores the minus of -5.",
                "HELM (Liang et al. 2022), numbers mended",
            ),
            _equal(lambda text, _: normalise.quasi(text)),
        ),
        ItemMetric(
            _info(
                "contains",
                "Contains",
                "a reference (or each of them) stands somewhere in the reply.",
                'that the reply says so: "not Paris" contains Paris.',
                "promptfoo contains, contains-all",
                (
                    _IGNORE_CASE,
                    Argument("all", "boolean", "Every reference must be there.", False),
                    Argument("words", "boolean", "Only whole words count.", False),
                ),
            ),
            _contains,
        ),
        *(
            ItemMetric(
                _info(
                    name,
                    label,
                    f"the reply {verb} a reference; white space around both is ignored.",
                    "anything about the rest of the reply.",
                    f"GitHub prompt evaluators ({name.title().replace('_', '')})",
                    (_IGNORE_CASE,),
                ),
                _edge(method),
            )
            for name, label, verb, method in (
                ("starts_with", "Starts with", "begins with", str.startswith),
                ("ends_with", "Ends with", "ends with", str.endswith),
            )
        ),
        ItemMetric(
            MetricInfo(
                name="regex",
                label="Regular expression",
                unit="0 or 1",
                direction=Direction.HIGHER,
                needs=TEXT,
                means="a pattern (each reference is one) is found in the reply, or fits all of it.",
                means_not="that what it found is the answer. Matching stops after a second.",
                source="the regex module, which can be given a time limit",
                low=0,
                high=1,
                arguments=(
                    Argument("whole", "boolean", "The pattern must fit the whole reply.", False),
                    _IGNORE_CASE,
                ),
            ),
            _regex,
        ),
        ItemMetric(
            _info(
                "squad_em",
                "SQuAD exact match",
                "the reply is one of the references after SQuAD's normalisation.",
                'a check of numbers: the normalisation makes "-5" and "5", "1.5" and "15" equal.',
                "Rajpurkar et al. 2016, evaluation script",
            ),
            _equal(lambda text, _: normalise.squad(text)),
        ),
        ItemMetric(
            MetricInfo(
                name="squad_f1",
                label="SQuAD F1",
                unit="0 to 1",
                direction=Direction.HIGHER,
                needs=TEXT,
                means="how many words reply and reference share: the harmonic mean of precision "
                "and recall over bags of words, at the best reference.",
                means_not="that the words stand in an order that says the same. Like SQuAD's exact "
                "match it ignores the signs and points of numbers.",
                source="Rajpurkar et al. 2016; empty answers as in SQuAD 2.0",
                low=0,
                high=1,
            ),
            lambda evidence, _: best(evidence, _squad_f1),
        ),
    ]


def _info(
    name: str,
    label: str,
    means: str,
    means_not: str,
    source: str,
    arguments: tuple[Argument, ...] = (),
) -> MetricInfo:
    return MetricInfo(
        name=name,
        label=label,
        unit="0 or 1",
        direction=Direction.HIGHER,
        needs=TEXT,
        means=means,
        means_not=means_not,
        source=source,
        low=0,
        high=1,
        arguments=arguments,
    )


def _plain(text: str, values: Values) -> str:
    return normalise.plain(
        text, strip=bool(values.get("strip", True)), ignore_case=bool(values.get("ignore_case"))
    )


def _equal(normaliser: Callable[[str, Values], str]) -> Callable[[Evidence, Values], float]:
    def measure(evidence: Evidence, values: Values) -> float:
        said = normaliser(reply(evidence), values)
        return float(any(said == normaliser(r, values) for r in evidence.references))

    return measure


def _contains(evidence: Evidence, values: Values) -> Score:
    ignore_case = bool(values["ignore_case"])

    def shaped(text: str) -> str:
        return normalise.plain(text, strip=False, ignore_case=ignore_case)

    wanted = [shaped(r) for r in evidence.references if r]
    if not wanted:
        raise NotScored("Every reference is empty, and an empty text is in any reply.")
    said = shaped(reply(evidence))
    found = [_stands_in(text, said, bool(values["words"])) for text in wanted]
    right = all(found) if values["all"] else any(found)
    return Score(float(right), detail={"found": sum(found), "of": len(found)})


def _stands_in(text: str, said: str, whole_words: bool) -> bool:
    at = said.find(text)
    while at >= 0:
        before, after = said[at - 1 : at], said[at + len(text) : at + len(text) + 1]
        if not whole_words or not (
            (before.isalnum() and text[0].isalnum()) or (after.isalnum() and text[-1].isalnum())
        ):
            return True
        at = said.find(text, at + 1)
    return False


def _edge(method: Callable[[str, str], bool]) -> Callable[[Evidence, Values], float]:
    def measure(evidence: Evidence, values: Values) -> float:
        said = _plain(reply(evidence), values)
        wanted = [text for r in evidence.references if (text := _plain(r, values))]
        if not wanted:
            raise NotScored("Every reference is empty, and any reply begins and ends with that.")
        return float(any(method(said, text) for text in wanted))

    return measure


def _regex(evidence: Evidence, values: Values) -> Score:
    flags = regex.IGNORECASE if values["ignore_case"] else 0

    def measure(said: str, pattern: str) -> Score:
        if len(pattern) > _LONGEST_PATTERN:
            raise NotScored(f"The pattern has more than {_LONGEST_PATTERN:,} characters.")
        try:
            compiled = regex.compile(pattern, flags)
            find = compiled.fullmatch if values["whole"] else compiled.search
            match = find(said, timeout=_PATTERN_TIME_S, concurrent=True)
        except regex.error as error:
            raise NotScored(f"{pattern!r:.80} is no regular expression: {error}.") from None
        except (RecursionError, MemoryError, OverflowError):
            raise NotScored(f"{pattern!r:.80} is too large a regular expression.") from None
        except TimeoutError:
            raise NotScored(f"{pattern!r:.80} took longer than {_PATTERN_TIME_S:g} s.") from None
        return Score(
            float(match is not None), detail={"found": match.group()[:200]} if match else {}
        )

    return best(evidence, measure)


def _squad_f1(said: str, reference: str) -> Score:
    got, wanted = normalise.squad(said).split(), normalise.squad(reference).split()
    if not got or not wanted:
        return Score(float(got == wanted))
    shared = sum((Counter(got) & Counter(wanted)).values())
    precision, recall = shared / len(got), shared / len(wanted)
    f1 = 2 * precision * recall / (precision + recall) if shared else 0.0
    return Score(f1, detail={"precision": precision, "recall": recall})

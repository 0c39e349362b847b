"""What every metric owes, whatever it is told: a number within bounds, or a sentence."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace
from typing import Any

import pytest
from support.metric_contract import FULL, METRICS, NAMES, SENTENCE, holds

from workbench.core.errors import UserError
from workbench.core.metric import (
    Evidence,
    Need,
    TextLogprobs,
)
from workbench.core.paths import assets_folder
from workbench.metrics.arguments import read_arguments
from workbench.metrics.base import Metric
from workbench.metrics.guide import guide_page
from workbench.metrics.registry import FAMILIES
from workbench.metrics.scoring import aggregate, combine_parts, measure_parts, score

WANTED = """
exact_match contains regex quasi_exact_match squad_f1 squad_em numeric_match math_match bleu chrf
ter rouge_1 rouge_2 rouge_l rouge_lsum meteor_exact_stem levenshtein wer cer perplexity
bits_per_byte entropy logprob accuracy acc_norm acc_norm_bytes acc_norm_tokens acc_mutual_info mc1
bias_score truthful_bleu truthful_rouge
mc2 mc3 choice_loss total_choice_probability precision recall f1 mcc brier brier_gold ece
ece_equal_mass json_valid json_schema distinct_n repetition length readability latency
tokens_per_second pass_at_k pass_hat_k judge_score win_rate embedding_similarity safety
human_rating call_match
"""

FIELDS = {
    Need.PREDICTION: ("prediction",),
    Need.REFERENCES: ("references",),
    Need.WRONG: ("wrong",),
    Need.CHOICES: ("choices",),
    Need.GOLD: ("gold",),
    Need.LOGPROBS: ("logprobs",),
    Need.TIMINGS: ("timings",),
    Need.ATTEMPTS: ("attempts",),
    Need.CALLS: ("calls", "prediction"),
    Need.EMBEDDINGS: ("embeddings",),
    Need.JUDGE: ("verdict", "judge_choices"),
    Need.GUARD: ("guard_choices",),
    Need.PREFERENCE: ("preference",),
    Need.RATING: ("rating",),
}
NO_VALUE_OF_ONE = {"mcc", "bias_score", "similarity_spearman"}
"""A correlation of one item does not exist, and BBQ's items say more than others."""


@pytest.fixture(params=NAMES)
def metric(request: pytest.FixtureRequest) -> Metric:
    """Every registered metric in turn."""
    return METRICS.get(request.param)


def without(evidence: Evidence, *needs: Need) -> Evidence:
    """The evidence with nothing under these needs."""
    empty = Evidence()
    names = {name for need in needs for name in FIELDS[need]}
    return replace(evidence, **{name: getattr(empty, name) for name in names})


def only(needs: frozenset[Need]) -> Evidence:
    """Nothing but what these needs name."""
    keep = {name for need in needs for name in FIELDS[need]}
    if Need.CALLS in needs:
        keep |= {"gold_calls"}
    if Need.JUDGE in needs:
        keep |= {"verdict_range"}
    empty = Evidence()
    return replace(
        FULL, **{f.name: getattr(empty, f.name) for f in fields(Evidence) if f.name not in keep}
    )


def test_every_metric_of_the_list_is_there() -> None:
    assert set(WANTED.split()) <= set(NAMES)


def test_descriptions_are_whole(metric: Metric) -> None:
    info = metric.info
    assert info.label
    assert info.unit
    assert info.means.endswith(".")
    assert info.means_not.endswith(".")
    assert info.source
    assert info.version >= 1
    assert info.needs
    assert info.low is None or info.high is None or info.low < info.high
    for argument in info.arguments:
        assert argument.description.endswith("."), argument.name
        assert argument.required or read_arguments(info)[argument.name] == argument.default
        assert (argument.kind == "choice") == bool(argument.choices)


def test_enough_is_enough(metric: Metric) -> None:
    """With exactly what it needs it gives a number (correlations give one for many items)."""
    for needs in (metric.info.needs, *metric.info.or_needs):
        evidence = only(needs)
        if metric.info.name == "json_schema":
            evidence = replace(evidence, references=FULL.references)
        if metric.info.name == "rouge_2":
            evidence = Evidence(prediction="a b", references=("a b",))
        if metric.info.name in ("distinct_n", "repetition", "readability"):
            evidence = Evidence(prediction=SENTENCE)
        found = score(metric, evidence)
        if metric.info.name not in NO_VALUE_OF_ONE:
            assert found.value is not None, found.reason
        assert holds(metric, found)


def test_needs_are_true(metric: Metric) -> None:
    """Without one of the things it needs it says so and gives no number."""
    info = metric.info
    for need in info.needs:
        also = {other for needs in info.or_needs for other in needs}
        found = score(metric, without(FULL, need, *also))
        assert found.value is None, need
        assert found.reason


def test_nothing_is_not_scored(metric: Metric) -> None:
    found = score(metric, Evidence())
    assert found.value is None
    assert found.reason
    total = aggregate(metric, [Evidence(), Evidence()])
    assert (total.value, total.n, total.unscored) == (None, 0, 2)
    assert total.reason
    none = aggregate(metric, [])
    assert (none.value, none.n, none.unscored) == (None, 0, 0)
    assert none.reason


def test_wrong_arguments_are_the_users_mistake(metric: Metric) -> None:
    wrong: dict[str, list[Any]] = {
        "text": [3, None, ["a"]],
        "choice": ["nothing of this name", 3],
        "boolean": ["maybe", 2, 1.5],
        "integer": ["many", 1.5, True, "nan", 10**400, [1]],
        "number": ["much", True, "inf", [1]],
    }
    with pytest.raises(UserError, match="no argument"):
        score(metric, FULL, {"nothing_of_this_name": 1})
    for argument in metric.info.arguments:
        for value in wrong[argument.kind]:
            if value is not None:
                with pytest.raises(UserError, match=argument.name):
                    score(metric, FULL, {argument.name: value})
        for bound, step in ((argument.low, -1), (argument.high, 1)):
            if bound is not None:
                with pytest.raises(UserError, match=argument.name):
                    score(metric, FULL, {argument.name: bound + step})


def test_every_value_of_every_choice_works(metric: Metric) -> None:
    for argument in metric.info.arguments:
        values: tuple[Any, ...] = argument.choices
        if argument.kind == "boolean":
            values = (True, False, "true", "no")
        for value in values:
            assert holds(metric, score(metric, FULL, {argument.name: value}))


def test_a_perfect_reply_is_perfect() -> None:
    """Identity; METEOR is 1 only for endless texts, which its description says."""
    same = Evidence(prediction=SENTENCE, references=(SENTENCE,))
    perfect = dict.fromkeys(
        ("exact_match", "quasi_exact_match", "contains", "regex", "starts_with", "ends_with",
         "squad_em", "squad_f1", "accuracy", "precision", "recall", "f1", "rouge_1", "rouge_2",
         "rouge_l", "rouge_lsum", "levenshtein_similarity", "math_match"), 1.0,
    )  # fmt: skip
    perfect |= dict.fromkeys(("bleu", "chrf"), 100.0)
    perfect |= dict.fromkeys(("ter", "levenshtein", "wer", "cer"), 0.0)
    for name, value in perfect.items():
        assert score(METRICS.get(name), same).value == pytest.approx(value, abs=1e-9), name


def test_the_order_of_items_does_not_matter(metric: Metric) -> None:
    items = [
        replace(
            FULL,
            prediction=said,
            choices=(
                replace(FULL.choices[0], logprob=-0.1 * i - 0.1),
                replace(FULL.choices[1], logprob=-1.0),
            ),
            gold=(i % 2,),
            references=(SENTENCE,),
            logprobs=TextLogprobs((-0.5, -0.1 * i), 3 + i, (0.5,)),
        )
        for i, said in enumerate((SENTENCE, "the fox", "a lazy dog jumps over", SENTENCE, "no"))
    ]
    first = aggregate(metric, items)
    again = aggregate(metric, items[::-1])
    assert holds(metric, first)
    assert (first.value is None) == (again.value is None)
    if first.value is not None:
        assert again.value == pytest.approx(first.value, rel=1e-12)


def test_many_are_combined_from_parts(metric: Metric) -> None:
    """Parts are measured once and are JSON; combined they give what `aggregate` gives."""
    import json

    items = [replace(FULL, prediction=p, references=("a b", "4")) for p in ("a b", "4", "x 4 y")]
    measured = measure_parts(metric, items)
    parts = [part for part in measured.parts if part is not None]
    assert json.loads(json.dumps(parts)) == [list(part) for part in parts]
    total = aggregate(metric, items)
    assert combine_parts(metric, parts, measured.values).value == total.value
    assert total.n + total.unscored == len(items)


def test_the_guides_page_is_what_the_metrics_say() -> None:
    """Written anew by `python packaging/metrics_page.py`."""
    page = (assets_folder() / "help" / "metrics.md").read_text(encoding="utf-8")
    assert page == guide_page()
    assert all(f"`{name}`" in page for name in NAMES)


def test_every_family_is_listed_once() -> None:
    assert len({id(module) for module in FAMILIES.values()}) == len(FAMILIES)


def test_no_library_is_imported_before_a_metric_needs_it() -> None:
    heavy = ("sacrebleu", "rouge_score", "nltk", "sklearn", "scipy", "rapidfuzz", "jiwer",
             "jsonschema", "math_verify", "sympy")  # fmt: skip
    code = (
        "import sys\nfrom workbench.metrics.registry import built_in_metrics\n"
        f"assert len(built_in_metrics()) > 50\nprint([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("sacrebleu", "bleu"),
        ("rouge_score", "rouge_1"),
        ("nltk", "meteor_exact_stem"),
        ("rapidfuzz", "levenshtein"),
        ("jiwer", "wer"),
        ("jsonschema", "json_schema"),
    ],
)
def test_a_missing_library_is_named(
    monkeypatch: pytest.MonkeyPatch, package: str, name: str
) -> None:
    for module in [m for m in sys.modules if m.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(sys, "meta_path", [_Hidden(package), *sys.meta_path])
    evidence = replace(FULL, references=('{"a": 1}',))
    found = score(METRICS.get(name), evidence)
    assert found.value is None
    assert package in found.reason
    assert "pip install 'prompt-workbench[metrics]'" in found.reason


class _Hidden:
    """An importer that knows one package not to exist."""

    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuse the package and leave all others alone."""
        if name.partition(".")[0] == self._package:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

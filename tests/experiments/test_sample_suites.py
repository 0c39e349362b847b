"""Every bundled suite: read without bad rows, unique, complete, and right where a rule can tell."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from workbench.core.errors import UserError
from workbench.core.task import Kind, Task
from workbench.experiments.evaluate.items import asked_items
from workbench.experiments.evaluate.plan import ChoiceStyle, EvalPlan, TaskSource
from workbench.experiments.evaluate.scoring import Scorer
from workbench.experiments.suites import Suite, bundled_suites
from workbench.experiments.tasks.load import load_task
from workbench.experiments.tasks.needle import SUITE, count_words, needle_rows, needle_task
from workbench.templates.prompt_file import load_prompt

SUITES = bundled_suites()
BY_NAME = {suite.name: suite for suite in SUITES}
TASKS = {suite.name: load_task(suite.path, suite.kind) for suite in SUITES}


def rows(name: str) -> list[dict[str, Any]]:
    lines = BY_NAME[name].path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(params=SUITES, ids=lambda suite: suite.name)
def suite(request: pytest.FixtureRequest) -> Suite:
    found: Suite = request.param
    return found


def test_every_file_is_listed() -> None:
    folder = SUITES[0].path.parent
    assert {s.path.name for s in SUITES} == {p.name for p in folder.iterdir()} - {"suites.json"}
    assert len({s.title for s in SUITES}) == len({s.name for s in SUITES}) == len(SUITES)
    assert {s.kind for s in SUITES} == set(Kind)


def test_a_suite_is_whole(suite: Suite) -> None:
    task = TASKS[suite.name]
    assert task.bad_rows == ()
    assert 20 <= len(task.items) <= 60
    assert suite.licence == "MIT"
    assert suite.description.endswith(".")
    assert task.kind is suite.kind
    if suite.name == suite.path.stem:
        assert load_task(suite.path).kind is suite.kind, "the shape alone says the kind"
    assert len(task.few_shot) >= suite.few_shot
    plan = EvalPlan(
        TaskSource(suite.path, suite.kind, task.sha256),
        (Path("a.gguf"),),
        few_shot=suite.few_shot,
        style=ChoiceStyle(suite.style) if suite.style else None,
    )
    assert len(asked_items(task, plan)) >= len(task.items)
    assert suite.metrics
    assert set(suite.metrics) <= set(Scorer().names())
    if suite.prompt is not None:
        assert load_prompt(suite.prompt).test_data


def test_every_item_has_its_answer(suite: Suite) -> None:
    for item in TASKS[suite.name].items:
        answers = item.choices or item.options
        match item.kind:
            case Kind.CHOICE:
                assert item.gold
                assert max(item.gold) < len(answers)
                assert len(set(answers)) == len(answers)
                assert len(item.gold) < len(answers)
                assert all(answer.strip() for answer in answers)
            case Kind.GENERATE:
                assert item.references or item.extra["checks"]
                assert all(reference.strip() for reference in item.references)
            case Kind.SEQUENCE:
                assert item.completion.strip()
            case Kind.CODE:
                assert item.tests
                assert item.references
            case Kind.CALL:
                assert item.functions
            case Kind.PAIR:
                assert len(answers) == 2
                assert len(item.gold) == 1
            case Kind.EMBED:
                assert item.references
                assert item.wrong or item.rating is not None


def test_no_item_stands_there_twice(suite: Suite) -> None:
    seen = set()
    left_out = {"id", "task_id", "answer", "answer_index", "label", "answerKey"}
    for item in TASKS[suite.name].items:
        asked = tuple((k, v) for k, v in sorted(item.variables.items()) if k not in left_out)
        key = (item.prompt, asked, item.options, item.choices, item.completion, item.tests)
        assert key not in seen, item.id
        seen.add(key)


@pytest.mark.parametrize("name", ["knowledge", "boolq", "copa", "rte", "wic", "wsc", "safety"])
def test_no_place_or_label_is_right_too_often(name: str) -> None:
    task = TASKS[name]
    found = [item.gold[0] for item in task.items]
    assert max(found.count(place) for place in set(found)) <= 0.66 * len(found)


def test_worked_solutions_are_right() -> None:
    for row in rows("word-problems"):
        solution, _, answer = row["answer"].partition("\n#### ")
        sums = re.findall(r"(-?[\d.]+(?:[-+*/][\d.]+)+)=(-?[\d.]+)", solution)
        assert sums or row["answer"].endswith(("3", "2")), row["id"]
        for left, right in sums:
            value = eval(left)  # noqa: S307  # a sum of the bundled suite
            assert value == pytest.approx(float(right.rstrip("."))), (row["id"], left)
        said = [number.rstrip(".") for number in re.findall(r"-?[\d.]*\d", solution)]
        assert answer in said, row["id"]


def test_problems_in_other_languages_have_the_same_answer() -> None:
    by_cluster: dict[str, set[float]] = {}
    for row in rows("word-problems-languages"):
        text = row["answer"]
        if row["lang"] == "en":
            value = float(text.replace(",", ""))
        else:
            plain = re.sub(r"[. \u202f](?=\d{3}\b)", "", text)
            value = float(plain.replace(",", "."))
        by_cluster.setdefault(row["cluster"], set()).add(value)
    assert len(by_cluster) == 5
    assert all(len(values) == 1 for values in by_cluster.values())


def test_products_and_sums_are_right() -> None:
    products = 0
    for row in rows("calibration"):
        if found := re.fullmatch(r"What is (\d+) times (\d+)\?", row["question"]):
            products += 1
            assert int(row["choices"][row["answer"]]) == int(found[1]) * int(found[2])
    assert products == 18
    for row in rows("demo-sums"):
        a, b = map(int, re.findall(r"\d+", row["question"]))
        assert int(row["answer"]) == a + b


def test_comparisons_shown_as_examples_are_true() -> None:
    for row in rows("spurious-few-shot"):
        for text in (row["prompt"], row["control_prompt"]):
            *shown, asked = text.split("\n")
            for line in shown:
                if found := re.fullmatch(r"Is (\d+) larger than (\d+)\? (Yes|No)", line):
                    assert (found[3] == "Yes") == (int(found[1]) > int(found[2]))
            if found := re.fullmatch(r"Is (\d+) larger than (\d+)\?", asked):
                assert row["answer_index"] == (0 if int(found[1]) > int(found[2]) else 1)
        answers = [line.rsplit(" ", 1)[1] for line in row["prompt"].split("\n")[:-1]]
        assert set(answers) == {row["classes"][1 - row["answer_index"]].strip()}
        mixed = [line.rsplit(" ", 1)[1] for line in row["control_prompt"].split("\n")[:-1]]
        assert sorted(mixed) == ["No", "No", "Yes", "Yes"]


def run(program: str) -> None:
    """A program of the bundled suites, which we wrote."""
    exec(program, {"__name__": "task"})  # noqa: S102  # our own text


@pytest.mark.parametrize("name", ["python-functions", "python-tasks", "code-checks", "demo-code"])
def test_reference_programs_pass_their_tests(name: str) -> None:
    for item in TASKS[name].items:
        solution = item.references[0]
        is_body = solution.startswith("    ")
        program = f"{item.prompt}{solution}" if is_body else solution
        called = f"\ncheck({item.entry_point})" if "def check(" in item.tests else ""
        run(f"{program}\n{item.tests}{called}")
        broken = f"def {item.entry_point or 'f'}(*a):\n    return object\n"
        with pytest.raises((AssertionError, NameError, TypeError)):
            run(f"{broken}{item.tests}{called}")


def test_programs_print_what_they_are_said_to_print() -> None:
    for row in rows("code-reading"):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            run(row["program"])
        assert [out.getvalue().rstrip("\n")] == row["answer"], row["id"]
        assert row["program"] in row["question"]
    for item in TASKS["code-reading"].items:
        assert len(item.references) == 1


def test_gaps_are_filled_rightly() -> None:
    broken = (SyntaxError, NameError, TypeError, AttributeError, AssertionError, IndexError)
    for row in rows("fill-in-the-middle"):
        run(f"{row['prefix']}{row['answer']}{row['suffix']}{row['check']}")
        with pytest.raises(broken):
            run(f"{row['prefix']}wrong{row['suffix']}{row['check']}")


def test_right_calls_are_offered_and_complete() -> None:
    kinds: dict[str, int] = {}
    for item in TASKS["function-calls"].items:
        kinds[item.group] = kinds.get(item.group, 0) + 1
        offered: dict[Any, Any] = {f["name"]: f["parameters"] for f in item.functions}
        assert (len(item.functions) > 1) or item.group in ("simple", "parallel")
        assert bool(item.calls) != (item.group == "irrelevance")
        for call in item.calls:
            schema = offered[call.name]
            assert set(schema["required"]) <= set(call.arguments) <= set(schema["properties"])
            for name, allowed in call.arguments.items():
                assert isinstance(allowed, list)
                assert allowed
                assert name in schema["properties"]
    assert kinds == {"simple": 9, "multiple": 8, "parallel": 6, "irrelevance": 6}


def test_variants_belong_to_an_item_with_the_same_answer() -> None:
    items = {item.id: item for item in TASKS["robustness"].items}
    for item in items.values():
        if item.variant:
            whole = items[item.variant_of]
            assert item.cluster == whole.cluster
            assert item.options[item.gold[0]] == whole.options[whole.gold[0]]
            assert sorted(item.options) == sorted(whole.options)
            changed = item.variables["question"] != whole.variables["question"]
            assert changed != (item.variant == "option order")
    kinds = {item.variant for item in items.values()}
    assert kinds == {
        "", "typos", "case", "paraphrase", "distractor sentence", "option order"
    }  # fmt: skip


def test_probes_with_controls_differ_only_in_the_probe() -> None:
    for item in TASKS["distractor"].items:
        assert item.prompt is not None
        assert item.other_prompt is not None
        words, control = item.prompt.split(), item.other_prompt.split()
        assert len(words) > len(control)
        assert [w for w in words if w in control] != []
        wrong = item.choices[1 - item.gold[0]].strip()
        assert wrong in item.prompt
        assert wrong not in item.other_prompt


def test_bias_questions_say_who() -> None:
    for row in rows("bias-questions"):
        answers = row["answers"]
        assert answers[row["unknown_idx"]] == "cannot be known"
        assert len({row["unknown_idx"], row["biased_idx"]}) == 2
        assert row["label"] != row["biased_idx"]
        assert row["ambig"] == (row["label"] == row["unknown_idx"])


def test_the_needle_suite_is_what_the_rule_makes() -> None:
    assert rows("needle") == list(needle_rows(needle_task(SUITE, count_words)))
    for row in rows("needle"):
        sentences = row["context"].split(". ")
        place = next(i for i, s in enumerate(sentences) if row["answer"] in s)
        assert place / (len(sentences) - 1) == pytest.approx(row["depth"] / 100, abs=0.1)
        assert len(row["context"].split()) == pytest.approx(row["words"], abs=20)
        assert row["context"].count("The code word of the") == 3


def test_a_list_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        bundled_suites(tmp_path)
    (tmp_path / "suites").mkdir()
    for text in ("{", '{"licence": "MIT"}', '{"licence": "MIT", "suites": [{"file": "a"}]}', "[]"):
        (tmp_path / "suites" / "suites.json").write_text(text)
        with pytest.raises(UserError, match="cannot be read"):
            bundled_suites(tmp_path)


def test_references_of_instructions_are_checked_by_rule() -> None:
    for name in ("instructions", "refusals"):
        task: Task = TASKS[name]
        for item in task.items:
            assert item.variables["question"]
            assert item.extra["checks"]

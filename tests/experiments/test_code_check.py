"""HumanEval and MBPP: programs against their tests."""

from __future__ import annotations

import pytest

from workbench.experiments.code_check import candidate_source, check_code
from workbench.metrics.attempts import pass_at_k
from workbench.sandbox.probe import check_sandbox
from workbench.sandbox.values import Outcome, Permission

YES = Permission(allowed=True)
HERE = check_sandbox().available
PROMPT = 'from typing import List\n\n\ndef add(a: int, b: int) -> int:\n    """Sum."""\n'
TESTS = "def check(candidate):\n    assert candidate(1, 2) == 3\n    assert candidate(-1, 1) == 0\n"


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        ("    return a + b\n", Outcome.PASSED, "came to its end"),
        ("    return a - b\n", Outcome.FAILED, "AssertionError"),
        ("    return a +\n", Outcome.FAILED, "SyntaxError"),
        ("    while True: pass\n", Outcome.TIMEOUT, "3 s"),
        ("    import os; os._exit(0)\n", Outcome.FAILED, "before its tests did"),
        ("    raise SystemExit(0)\n", Outcome.FAILED, "before its tests did"),
        (
            "    open('done', 'w').write('x'); raise SystemExit\n",
            Outcome.FAILED,
            "before its tests",
        ),
        ("    return 3 if a == 1 else bytearray(10 << 30)\n", Outcome.MEMORY, "memory"),
    ],
)
def test_programs_and_their_ends(body: str, outcome: Outcome, words: str) -> None:
    verdict = check_code(PROMPT + body, TESTS, "add", YES)
    if not HERE:
        assert verdict.passed is None
        return
    assert verdict.outcome is outcome
    assert verdict.passed is (outcome is Outcome.PASSED)
    assert words in verdict.message


def test_mbpp_has_lines_of_assert() -> None:
    source = "def double(x):\n    return 2 * x\n"
    good = check_code(source, "assert double(2) == 4\nassert double(0) == 0", "", YES)
    bad = check_code(source, "assert double(2) == 5", "", YES)
    assert (good.passed, bad.passed) == ((True, False) if HERE else (None, None))


EXAMPLE = (
    ("    import subprocess\n    subprocess.check_output('rm -rf tmp')", False),
    ("    import time\n    time.sleep(10)\n    return 1", False),
    ("    return input('enter a number')", False),
    ("    return 1", True),
    ("  return 1", True),
    ("\treturn 1", True),
)


def test_the_example_of_human_eval() -> None:
    """openai/human-eval, data/example_problem.jsonl and example_samples.jsonl: pass@1 is 0.5."""
    tests = "def check(candidate):\n    assert candidate() == 1\n"
    verdicts = [
        check_code(candidate_source("def return1():\n", body, "return1"), tests, "return1", YES)
        for body, _ in EXAMPLE
    ]
    if not HERE:
        assert {verdict.passed for verdict in verdicts} == {None}
        return
    assert [verdict.passed for verdict in verdicts] == [right for _, right in EXAMPLE]
    assert verdicts[1].outcome is Outcome.TIMEOUT
    passed = sum(bool(verdict.passed) for verdict in verdicts)
    assert pass_at_k(len(verdicts), passed, 1).value == pytest.approx(0.5)


def test_without_permission_nothing_is_scored() -> None:
    verdict = check_code(PROMPT, TESTS, "add", Permission())
    assert verdict.passed is None
    assert verdict.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    "reply",
    [
        "    return a + b\n",
        "    return a + b\n\n\ndef other():\n    pass\n",
        "    return a + b\n\nprint(add(1, 2))\n",
        "    return a + b\n```\nThat adds them.",
        "```python\ndef add(a: int, b: int) -> int:\n    return a + b\n```\nDone.",
        "Sure:\n\n```\ndef add(a, b):\n    return a + b\n```\n```python\nprint(add(1, 2))\n```",
        "def add(a, b):\n    return a + b\n",
        "```python\n    return a + b\n```",
        "```python\ndef add(a, b):\n    return a + b\n",
    ],
)
def test_the_program_in_a_reply(reply: str) -> None:
    source = candidate_source(PROMPT, reply, "add")
    space: dict[str, object] = {}
    exec(source, space)  # noqa: S102  # the replies above
    add = space["add"]
    assert callable(add)
    assert add(2, 3) == 5
    assert "List" in space


@pytest.mark.parametrize(
    "reply",
    [
        "def pear():\n    return 18",
        "Sure, here it is:\n\ndef pear():\n    return 18\n\nIt returns 18, as you asked.",
        "import math\n\ndef pear():\n    return 18\n",
        "```python\ndef pear():\n    return 18\n```",
        "Here:\n```\ndef pear():\n    return 18\n```\nBye.",
    ],
)
def test_code_that_answers_a_question_in_words(reply: str) -> None:
    question = "Write a Python function pear that returns 18."
    source = candidate_source(question, reply, "pear")
    space: dict[str, object] = {}
    exec(source, space)  # noqa: S102  # the replies above
    pear = space["pear"]
    assert callable(pear)
    assert pear() == 18
    verdict = check_code(
        candidate_source(question, "def melon(): return 1", "pear"), "", "pear", YES
    )
    wrong = check_code(
        candidate_source(question, "def melon(): return 1", "pear"),
        "assert pear() == 18",
        "pear",
        YES,
    )
    assert verdict.passed is (True if HERE else None)
    assert wrong.passed is (False if HERE else None)
    assert not HERE or "NameError" in wrong.message


@pytest.mark.parametrize("reply", ["", "I cannot do that.", "def (", "\x00", "(" * 500, "1 +"])
def test_replies_without_code_are_kept_and_fail(reply: str) -> None:
    assert isinstance(candidate_source("Write f.", reply, "f"), str)
    assert isinstance(candidate_source("def f():\n", reply, "f"), str)


def test_a_block_without_a_named_function() -> None:
    assert candidate_source("Write f.", "```python\ndef f(): pass\n```") == "def f(): pass\n"
    assert candidate_source("def f():\n", "    return 1") == "def f():\n    return 1"

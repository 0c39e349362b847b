"""HumanEval and MBPP: JSON Lines of programming problems with their tests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from workbench.core.task import Item, Kind
from workbench.experiments.tasks.fields import Fields
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.shapes import finished

_IGNORED = frozenset({"set", "sorted", "list", "tuple", "math", "isclose", "abs", "round", "len"})


def _fits_humaneval(look: Look) -> bool:
    return look.has("task_id", "prompt", "test", "entry_point")


def _humaneval(_source: Source, fields: Fields) -> Iterable[Item]:
    made: dict[str, Any] = {
        "prompt": fields.text("prompt"),
        "entry_point": fields.text("entry_point"),
        "variables": {"question": fields.text("prompt")},
    }
    made["tests"] = fields.text("test")
    if fields.has("canonical_solution"):
        made["references"] = (fields.text("canonical_solution"),)
    yield finished(fields, Kind.CODE, made)


def _fits_mbpp(look: Look) -> bool:
    return look.has("test_list") and (look.has("text") or look.has("prompt"))


def _mbpp(_source: Source, fields: Fields) -> Iterable[Item]:
    tests = fields.texts("test_list")
    setup = []
    if fields.has("test_setup_code"):
        setup.append(fields.text("test_setup_code"))
    if fields.has("test_imports"):
        setup += fields.texts("test_imports")
    question = fields.text("text", "prompt")
    shown = "\n".join(tests)
    made: dict[str, Any] = {
        "prompt": f'"""\n{question}\n{shown}\n"""\n',
        "tests": "\n".join([*setup, *tests]) + "\n",
        "entry_point": _entry_point(tests[0]),
        "variables": {"question": f"{question}\nYour code should pass these tests:\n{shown}"},
    }
    if fields.has("code"):
        made["references"] = (fields.text("code"),)
    yield finished(fields, Kind.CODE, made)


def _entry_point(test: str) -> str:
    """The function a test calls, the outermost that is not a helper."""
    names = re.findall(r"(\w+)\s*\(", test.partition("assert")[2])
    return next((name for name in names if name not in _IGNORED), "")


HUMANEVAL = Reader(
    "humaneval",
    "HumanEval: JSONL with task_id, prompt, entry_point, test",
    _fits_humaneval,
    lambda _look: Kind.CODE,
    _humaneval,
)
MBPP = Reader(
    "mbpp",
    "MBPP: JSONL with text or prompt, test_list, code",
    _fits_mbpp,
    lambda _look: Kind.CODE,
    _mbpp,
)

"""A prompt file's own `testData`, scored by its `evaluators`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workbench.core.task import BadRow, Item, Kind
from workbench.experiments.tasks.checks import ASSERTIONS, CHECKS, check_of, references_of
from workbench.experiments.tasks.fields import Fields, as_text
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.rows import BadField

PROMPT_FILE = "prompt file"
"""What tasks made of a prompt file's own rows say they were read by: they fill that prompt."""

_STRINGS = {
    "equals": "equals",
    "contains": "contains",
    "startsWith": "starts-with",
    "endsWith": "ends-with",
}
_EXPECTED = ("expected", "ideal", "answer", "output")


def is_prompt(header: Mapping[str, object]) -> bool:
    """Whether a YAML document is a prompt file."""
    return "messages" in header or "text" in header


def _fits(look: Look) -> bool:
    return look.container == "yaml" and is_prompt(look.header)


class _Told:
    """Evaluators that cannot be checked are named once, not once a row."""

    def __init__(self) -> None:
        self._done = False

    def tell(self, source: Source, problems: Iterable[BadField]) -> None:
        """Report them, the first time."""
        if not self._done:
            self._done = True
            for problem in problems:
                source.report(BadRow(1, problem.column, problem.message))


def _items(told: _Told, source: Source, fields: Fields) -> Iterable[Item]:
    problems: list[BadField] = []
    checks = list(_checks(source.header, fields.strings(), problems))
    told.tell(source, problems)
    expected = fields.texts(*_EXPECTED) if fields.one_of(*_EXPECTED) else ()
    if not checks and not expected:
        raise BadField("expected", "There is nothing to compare a reply with.")
    extra: dict[str, Any] = {CHECKS: checks} if checks else {}
    variables = {k: v for k, v in fields.strings().items() if k not in _EXPECTED}
    lists = {k: v for k, v in fields.extra().items() if isinstance(v, list | dict)}
    yield Item(
        fields.text("id", default=str(fields.line)),
        Kind.GENERATE,
        fields.line,
        variables=variables,
        references=expected or references_of(checks),
        extra={**lists, **extra},
    )


def _checks(
    header: Mapping[str, object], values: Mapping[str, str], problems: list[BadField]
) -> Iterator[dict[str, object]]:
    evaluators = header.get("evaluators")
    for number, entry in enumerate(evaluators if isinstance(evaluators, list) else [], 1):
        name = str(entry.get("name", number)) if isinstance(entry, dict) else str(number)
        strings = entry.get("string") if isinstance(entry, dict) else None
        if not isinstance(strings, dict):
            problems.append(
                BadField("evaluators", f"The evaluator {name} needs a judge and is left out.")
            )
            continue
        for kind, wanted in strings.items():
            if kind not in _STRINGS:
                problems.append(
                    BadField("evaluators", f"The evaluator {name} asks for {kind}, left out.")
                )
                continue
            text = _filled(as_text("evaluators", wanted), values)
            yield check_of("evaluators", _STRINGS[kind], text)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """`{{expected}}` and the like, replaced by the row's own values."""
    for name, value in values.items():
        for form in (f"{{{{{name}}}}}", f"{{{{ {name} }}}}"):
            text = text.replace(form, value)
    return text


def prompt_rows() -> Reader:
    """A reader for one reading."""
    told = _Told()
    return Reader(
        PROMPT_FILE,
        "A .prompt.yml with testData, scored by its evaluators",
        _fits,
        lambda _look: Kind.GENERATE,
        lambda source, fields: _items(told, source, fields),
        lambda source: (ASSERTIONS,) if _has_strings(source.header) else (),
    )


def _has_strings(header: Mapping[str, object]) -> bool:
    evaluators = header.get("evaluators")
    return isinstance(evaluators, list) and any(
        isinstance(e, dict) and isinstance(e.get("string"), dict) for e in evaluators
    )

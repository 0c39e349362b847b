"""Berkeley Function Calling Leaderboard: questions in one file, right calls in one beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from workbench.core.errors import UserError
from workbench.core.metric import CallEvidence
from workbench.core.task import BadRow, Item, Kind
from workbench.experiments.tasks.fields import Fields
from workbench.experiments.tasks.json_rows import json_rows
from workbench.experiments.tasks.openai_evals import messages_of
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.rows import BadField
from workbench.experiments.tasks.shapes import calls_of, finished


def _fits(look: Look) -> bool:
    return look.has("question", "function") and all(
        isinstance(row.fields["question"], list) for row in look.first
    )


class _Answers:
    """Right calls by question id, read once for each file of questions."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._found: Mapping[str, tuple[CallEvidence, ...]] = {}

    def of(self, source: Source) -> Mapping[str, tuple[CallEvidence, ...]]:
        """The answers beside the file that is being read."""
        if self._path != source.path:
            self._found = _read(_place(source.path), source)
            self._path = source.path
        return self._found


def _place(path: Path) -> Path:
    return path.parent / "possible_answer" / path.name


def _read(path: Path, source: Source) -> Mapping[str, tuple[CallEvidence, ...]]:
    if not path.is_file():
        return {}
    found = {}

    def report(bad: BadRow) -> None:
        source.report(BadRow(bad.line, "ground_truth", f"{path.name}: {bad.message}"))

    for row in json_rows(path, report).stream:
        fields = Fields(row)
        try:
            found[fields.text("id")] = calls_of("ground_truth", fields.raw("ground_truth"))
        except BadField as error:
            report(BadRow(row.line, error.column, error.message))
    return found


def is_relevance(path: Path) -> bool:
    """Whether the file's questions are right when nothing is called."""
    return "irrelevance" in path.name.lower()


def _items(answers: _Answers, source: Source, fields: Fields) -> Iterable[Item]:
    turns = fields.raw("question")
    if isinstance(turns, list) and turns and isinstance(turns[0], list):
        if len(turns) > 1:
            raise BadField("question", "It has several turns; only single-turn calls are scored.")
        turns = turns[0]
    messages = messages_of("question", turns)
    made: dict[str, Any] = {
        "messages": messages,
        "functions": fields.mappings("function"),
        "variables": {"question": messages[-1][1]},
    }
    name = fields.text("id")
    if fields.has("ground_truth"):
        made["calls"] = calls_of("ground_truth", fields.raw("ground_truth"))
    elif not is_relevance(source.path):
        right = answers.of(source)
        if not right:
            raise UserError(
                f"The right calls of {source.path.name} are not there: "
                f"{_place(source.path)} is missing.",
                "Put BFCL's folder possible_answer beside the file.",
            )
        if name not in right:
            raise BadField("id", f"There is no right call for {name}.")
        made["calls"] = right[name]
    yield finished(fields, Kind.CALL, made)


def bfcl() -> Reader:
    """A reader for one reading: it keeps the answers it has read."""
    answers = _Answers()
    return Reader(
        "bfcl",
        "BFCL: questions with function schemas, and possible_answer beside them",
        _fits,
        lambda _look: Kind.CALL,
        lambda source, fields: _items(answers, source, fields),
    )

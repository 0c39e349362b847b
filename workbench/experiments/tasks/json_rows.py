"""Rows of JSON Lines files and of JSON documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.task import BadRow
from workbench.experiments.tasks.rows import Report, Row, Rows
from workbench.experiments.tasks.text_lines import encoding_of, lines_of

MAX_DOCUMENT_BYTES = 1 << 30
_LISTS = ("examples", "data", "rows", "items", "tests", "questions", "instances")


def json_rows(path: Path, report: Report) -> Rows:
    """Rows of a file that begins with a bracket or a brace.

    One object per line is JSON Lines; anything else is one document: a list of rows, an object
    that holds such a list, or one object that is a row.

    Raises:
        UserError: the file cannot be read, or it is one document and no JSON.
    """
    lines = lines_of(path, report)
    first = _first_two(lines)
    if _is_lines(path, first):
        return Rows("jsonl", _parsed(chain(first, lines), report))
    return _document(path)


def _first_two(lines: Iterator[tuple[int, str]]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for number, line in lines:
        if line.strip():
            found.append((number, line))
        if len(found) == 2:
            break
    return found


def _is_lines(path: Path, first: list[tuple[int, str]]) -> bool:
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return True
    whole = [_is_object(line) for _, line in first]
    # A single object on one line is a document; two lines that each are an object are not.
    return len(whole) == 2 and all(whole)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _parsed(lines: Iterator[tuple[int, str]], report: Report) -> Iterator[Row]:
    for number, line in lines:
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except RecursionError:
            report(BadRow(number, "", "The row is nested too deeply."))
        except ValueError as error:
            report(BadRow(number, "", f"The line is no JSON: {_reason(error)}."))
        else:
            if isinstance(value, dict):
                yield Row(number, value)
            else:
                report(BadRow(number, "", f"A row must be an object, not {_kind(value)}."))


def _document(path: Path) -> Rows:
    value = load_json(path)
    header: Mapping[str, object] = {}
    if isinstance(value, dict):
        name = next((n for n in _LISTS if isinstance(value.get(n), list)), None)
        if name is None:
            return Rows("json", iter([Row(1, value)]), value)
        header = {k: v for k, v in value.items() if k != name} | {"list": name}
        value = value[name]
    if not isinstance(value, list):
        raise UserError(
            f"{path.name} holds {_kind(value)} and no rows.", "A task is a list of objects."
        )
    return Rows("json", _objects(value), header)


def load_json(path: Path) -> object:
    """The value of a whole JSON file.

    Raises:
        UserError: it cannot be read, is too large, is not text, or is no JSON.
    """
    try:
        size = path.stat().st_size
        if size > MAX_DOCUMENT_BYTES:
            raise UserError(
                f"{path.name} has {size:,} bytes; a JSON document may have {MAX_DOCUMENT_BYTES:,}.",
                "Write it as JSON Lines, one row per line; that can be of any size.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"The file {path} cannot be read: {error.strerror or error}.", "Check the path."
        ) from error
    mark, encoding = encoding_of(data[:4])
    try:
        value: object = json.loads(data[len(mark) :].decode(encoding))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UserError(
            f"{path.name}, line {line}: the byte 0x{data[error.start]:02X} is not "
            f"{encoding.upper()}.",
            "Save the file as UTF-8.",
        ) from error
    except RecursionError as error:
        raise UserError(f"{path.name} is nested too deeply.") from error
    except ValueError as error:
        raise UserError(f"{path.name} is no JSON: {_reason(error)}.", "Check the file.") from error
    return value


def _objects(values: list[object]) -> Iterator[Row]:
    for number, value in enumerate(values, 1):
        # A row that is no object is told by whoever asks for its columns.
        yield Row(number, value if isinstance(value, dict) else {"": value})


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (line {error.lineno}, column {error.colno})"
    return str(error).split(";")[0]


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", dict: "an object"}
    return "nothing" if value is None else names.get(type(value), "a number")

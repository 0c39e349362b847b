"""What kind of file it is, by its first bytes and its name, and its rows."""

from __future__ import annotations

from pathlib import Path

from workbench.core.errors import UserError
from workbench.experiments.tasks.csv_rows import csv_rows
from workbench.experiments.tasks.json_rows import json_rows
from workbench.experiments.tasks.rows import Report, Rows
from workbench.experiments.tasks.tables import arrow_rows, parquet_rows
from workbench.experiments.tasks.text_lines import encoding_of
from workbench.experiments.tasks.yaml_rows import yaml_rows

_START = 4096


def open_rows(path: Path, report: Report) -> Rows:
    """The rows of a file of any kind that is known.

    Raises:
        UserError: it cannot be read, is compressed, or is none of them.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_START)
    except OSError as error:
        raise UserError(
            f"The file {path} cannot be read: {error.strerror or error}.", "Check the path."
        ) from error
    suffix = path.suffix.lower()
    if start.startswith(b"PAR1"):
        return parquet_rows(path)
    if start.startswith((b"ARROW1", b"\xff\xff\xff\xff")):
        return arrow_rows(path)
    if start.startswith((b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"(\xb5/\xfd", b"\xfd7zXZ")):
        raise UserError(f"{path.name} is compressed.", "Unpack it first.")
    if suffix in (".yml", ".yaml"):
        return yaml_rows(path)
    mark, encoding = encoding_of(start)
    text = start[len(mark) :].decode(encoding, "replace").lstrip()
    if not text:
        raise UserError(f"{path.name} is empty.", "A task has one row per item.")
    is_table = suffix in (".csv", ".tsv", ".txt")
    if suffix in (".json", ".jsonl", ".ndjson") or (not is_table and text[0] in "[{"):
        return json_rows(path, report)
    if "\0" in text[:512]:
        raise UserError(f"{path.name} is no text and no table that is known.")
    return csv_rows(path, report)

"""Rows of YAML files: a list of rows, or keys and values with such a list inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workbench.core.errors import UserError
from workbench.experiments.tasks.rows import Row, Rows
from workbench.templates.prompt_file import read_source
from workbench.templates.yaml_source import YamlDocument, YamlPath, parse_yaml

_LISTS = ("tests", "testData", "examples", "data", "rows", "items")


def yaml_rows(path: Path) -> Rows:
    """Rows with the lines they begin at.

    Raises:
        UserError: the file cannot be read or is no YAML; line and column in the message.
    """
    document = parse_yaml(read_source(path), path.name)
    data = document.data
    if isinstance(data, list):
        return Rows("yaml", _objects(document, (), data))
    if isinstance(data, dict):
        for name in _LISTS:
            rows = data.get(name)
            if isinstance(rows, list):
                header = {k: v for k, v in data.items() if k != name} | {"list": name}
                return Rows("yaml", _objects(document, (name,), rows), header)
        return Rows("yaml", iter(()), data)
    raise UserError(f"{path.name} holds no rows.", "A task is a list of keys and values.")


def _objects(document: YamlDocument, at: YamlPath, values: list[object]) -> Iterator[Row]:
    for index, value in enumerate(values):
        place = document.place((*at, index))
        line = index + 1 if place is None else place.line
        yield Row(line, value if isinstance(value, dict) else {"": value})

"""promptfoo tests: YAML with vars and assert, or CSV with `__expected` columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbench.core.task import Item, Kind
from workbench.experiments.tasks.checks import (
    ASSERTIONS,
    CHECKS,
    check_of,
    references_of,
    written_check,
)
from workbench.experiments.tasks.fields import Fields, as_text
from workbench.experiments.tasks.reader import Look, Reader, Source
from workbench.experiments.tasks.rows import BadField


def _fits_yaml(look: Look) -> bool:
    return look.container in ("yaml", "json", "jsonl") and (
        look.header.get("list") == "tests" or look.any_has("assert") or look.any_has("vars")
    )


def _fits_csv(look: Look) -> bool:
    columns = look.header.get("columns")
    return isinstance(columns, tuple) and any(_is_expected(str(c)) for c in columns)


def _is_expected(column: str) -> bool:
    number = column.removeprefix("__expected")
    return number != column and (not number or number.strip("_").isdigit())


def _yaml_items(source: Source, fields: Fields) -> Iterable[Item]:
    variables = fields.mapping("vars") if fields.has("vars") else {}
    checks = []
    defaults = source.header.get("defaultTest")
    shared = defaults.get("assert") if isinstance(defaults, dict) else None
    own = fields.raw("assert")
    for entry in [*_list("defaultTest", shared), *_list("assert", own)]:
        if not isinstance(entry, dict):
            raise BadField("assert", "An assertion must be an object with type and value.")
        given = (entry.get("type"), entry.get("value"), entry.get("threshold"), entry.get("weight"))
        checks.append(check_of("assert", *given))
    texts = {str(k): as_text(f"vars.{k}", v) for k, v in variables.items() if _is_plain(v)}
    yield _item(fields, texts, checks, fields.text("description", default=""))


def _list(column: str, value: object) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadField(column, "It must be a list of assertions.")
    return value


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float)


def _csv_items(source: Source, fields: Fields) -> Iterable[Item]:
    columns = source.header.get("columns")
    names = [str(c) for c in columns] if isinstance(columns, tuple) else []
    checks = [
        written_check(name, fields.text(name))
        for name in names
        if _is_expected(name) and fields.has(name)
    ]
    texts = {k: v for k, v in fields.strings().items() if not k.startswith("__")}
    yield _item(fields, texts, checks, fields.text("__description", default=""))


def _item(
    fields: Fields, variables: dict[str, str], checks: list[dict[str, object]], group: str
) -> Item:
    if not checks:
        raise BadField("assert", "It asserts nothing.")
    extra: dict[str, Any] = {CHECKS: checks}
    if group:
        extra["description"] = group
    return Item(
        fields.text("id", default=str(fields.line)),
        Kind.GENERATE,
        fields.line,
        variables=variables,
        references=references_of(checks),
        extra=extra,
    )


PROMPTFOO = Reader(
    "promptfoo",
    "promptfoo tests: YAML or JSON with vars and assert",
    _fits_yaml,
    lambda _look: Kind.GENERATE,
    _yaml_items,
    lambda _source: (ASSERTIONS,),
)
PROMPTFOO_CSV = Reader(
    "promptfoo csv",
    "promptfoo tests: CSV with __expected",
    _fits_csv,
    lambda _look: Kind.GENERATE,
    _csv_items,
    lambda _source: (ASSERTIONS,),
)

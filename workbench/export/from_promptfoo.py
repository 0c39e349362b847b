"""A promptfoo configuration: its prompts, variables, tests and assertions."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

from workbench.core.errors import UserError
from workbench.export.reading import Beside, Imported, ImportFormat, ReadPrompt, ReadVariable
from workbench.export.structured import mapping, mapping_of, read_yaml

_ROLES = ("system", "developer", "user", "assistant", "tool")
_MOST_ROWS = 1000
_STRINGS = {
    "equals": "equals",
    "contains": "contains",
    "starts-with": "startsWith",
    "regex": "regex",
}
_VARIABLE = re.compile(r"\{\{[-\s]*([A-Za-z_]\w*)\s*(?:\|[^}]*)?-?\}\}")
_DUMP = re.compile(r"\|\s*dump\b")


def fits(_name: str, text: str) -> bool:
    """Whether the mapping holds prompts and either providers or tests."""
    data = mapping_of(text, modern=True)
    if data is None or "prompts" not in data:
        return False
    return any(key in data for key in ("providers", "targets", "tests", "defaultTest"))


def read(name: str, text: str, beside: Beside) -> Imported:
    """Every prompt with the default variables, the tests as rows, and string assertions.

    Raises:
        UserError: broken YAML, or a prompt or test file that cannot be read.
    """
    data = read_yaml(text, name, modern=True)
    if not isinstance(data, dict) or "prompts" not in data:
        raise UserError(
            f"{name} is no promptfoo configuration: it has no prompts.",
            "`workbench import --list` names the other formats.",
        )
    left_out: list[str] = []
    default = data.get("defaultTest")
    default = default if isinstance(default, dict) else {}
    values = mapping(default.get("vars"))
    rows, asserts = _tests(data.get("tests"), beside, name, left_out)
    asserts = [*_list(default.get("assert")), *asserts]
    evaluators = _evaluators(asserts, left_out)
    providers = data.get("providers") or data.get("targets")
    model, parameters = _provider(providers, left_out)
    is_raw = ":completion:" in str(providers)
    prompts = []
    for number, source in enumerate(_prompts(data["prompts"], beside, left_out), start=1):
        label, raw = source
        read_messages = _messages(raw)
        is_text = is_raw and len(read_messages) == 1
        used = dict.fromkeys(_VARIABLE.findall(raw))
        prompts.append(
            ReadPrompt(
                name=label or f"{_stem(name)} {number}",
                messages=() if is_text else read_messages,
                text=read_messages[0][1] if is_text else None,
                description=str(data.get("description") or ""),
                model=model,
                parameters=parameters,
                variables=tuple(_variable(key, values.get(key)) for key in {**used, **values}),
                test_data=tuple(rows),
                evaluators=tuple(evaluators),
            )
        )
    if not prompts:
        raise UserError(f"{name} holds no prompt that can be read.", " ".join(left_out))
    known = {"description", "prompts", "providers", "targets", "tests", "defaultTest", "tags"}
    left_out += [f"{key}: nothing here is like it." for key in data if key not in known]
    return Imported(tuple(prompts), tuple(dict.fromkeys(left_out)))


def _prompts(value: object, beside: Beside, left_out: list[str]) -> Iterator[tuple[str, str]]:
    """Label and raw text of every prompt."""
    items = value if isinstance(value, list) else [value]
    for item in items:
        label = ""
        if isinstance(item, dict):
            label = str(item.get("label") or item.get("display") or "")
            item = item.get("raw") or item.get("id") or ""  # noqa: PLW2901  # the same prompt
        source = str(item)
        if source.startswith("file://"):
            path = source.removeprefix("file://")
            if path.endswith((".js", ".ts", ".py", ".mjs", ".cjs")) or "*" in path:
                left_out.append(f"The prompt {path}: a program or a pattern is not read.")
                continue
            for part in beside(path).split("\n---\n"):
                yield label or _stem(path.rsplit("/", 1)[-1]), part
        else:
            yield label, source


def _messages(raw: str) -> tuple[tuple[str, str], ...]:
    """A chat when the text is a JSON or YAML list of messages, else the user's one message."""
    rows: Any = None
    try:
        rows = json.loads(raw)
    except (ValueError, RecursionError):
        if raw.lstrip().startswith("- role:"):
            rows = read_yaml(raw, "the prompt", modern=True)
    if (
        isinstance(rows, list)
        and rows
        and all(
            isinstance(r, dict) and r.get("role") in _ROLES and isinstance(r.get("content"), str)
            for r in rows
        )
    ):
        return tuple((r["role"], _jinja(r["content"])) for r in rows)
    return (("user", _jinja(raw)),)


def _jinja(source: str) -> str:
    """Nunjucks as Jinja2: the same language but for `dump` and the last line end."""
    text = _DUMP.sub("| tojson", source)
    return f"{text}\n" if text.endswith("\n") else text


def _tests(
    value: object, beside: Beside, label: str, left_out: list[str]
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Rows of values, and the assertions of all tests."""
    rows: list[dict[str, object]] = []
    asserts: list[dict[str, object]] = []
    if isinstance(value, str):
        path = value.removeprefix("file://")
        text = beside(path)
        if path.endswith(".csv"):
            return _csv(text), []
        value = (
            read_yaml(text, path, modern=True)
            if not path.endswith(".jsonl")
            else _lines(text, path)
        )
    for test in _list(value):
        own = mapping(test.get("vars"))
        lists = {k: v for k, v in own.items() if isinstance(v, list)}
        for values in itertools.product(*lists.values()):
            if len(rows) >= _MOST_ROWS:
                raise UserError(f"{label} has more than {_MOST_ROWS:,} tests.", "Split it.")
            row = {**own, **dict(zip(lists, values, strict=True))}
            wanted = [a for a in _list(test.get("assert")) if a.get("type") == "equals"]
            if len(wanted) == 1 and isinstance(wanted[0].get("value"), str):
                row.setdefault("expected", wanted[0]["value"])
            if row:
                rows.append(row)
        others = [a for a in _list(test.get("assert")) if a.get("type") != "equals"]
        if others:
            kinds = ", ".join(sorted({str(a.get("type")) for a in others}))
            left_out.append(f"Assertions of single tests ({kinds}): rows here hold values only.")
    return rows, asserts


def _csv(text: str) -> list[dict[str, object]]:
    """Rows of a test file; `__expected` becomes `expected`, other `__` columns are promptfoo's."""
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        kept: dict[str, object] = {
            str(k).strip(): v for k, v in row.items() if k and not str(k).startswith("__")
        }
        if row.get("__expected"):
            kept["expected"] = row["__expected"]
        found.append(kept)
    return found


def _lines(text: str, label: str) -> list[Any]:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError as error:
        raise UserError(f"{label} holds a line that is not JSON: {error}.") from error


def _evaluators(asserts: list[dict[str, object]], left_out: list[str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for assertion in asserts:
        kind, value = str(assertion.get("type")), assertion.get("value")
        if kind in _STRINGS and isinstance(value, str | int | float):
            name = str(assertion.get("metric") or f"{kind} {value}")[:60]
            found.append({"name": name, "string": {_STRINGS[kind]: str(value)}})
        else:
            left_out.append(f"The assertion {kind}: evaluators here compare texts only.")
    return found


def _provider(value: object, left_out: list[str]) -> tuple[str, dict[str, object]]:
    items = value if isinstance(value, list) else [value]
    first = items[0] if items else None
    if len(items) > 1:
        left_out.append(f"{len(items) - 1} more providers: choose models here.")
    if not isinstance(first, dict):
        return "", {}
    config = mapping(first.get("config"))
    passed = mapping(config.get("passthrough"))
    named = str(first.get("id") or "").split(":")
    skip = {"apiBaseUrl", "apiKey", "apiHost", "passthrough", "organization", "headers"}
    kept = {k: v for k, v in {**config, **passed}.items() if k not in skip}
    return named[-1] if len(named) > 2 else "", kept


def _variable(name: str, value: object) -> ReadVariable:
    kinds = {bool: "boolean", int: "number", float: "number", list: "list", dict: "json"}
    return ReadVariable(name, kinds.get(type(value), "text"), value)


def _list(value: object) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


FORMAT = ImportFormat(
    "promptfoo",
    "promptfoo configuration",
    "Prompts, variables, tests and assertions of a promptfooconfig.yaml.",
    (".yaml", ".yml", ".json"),
    fits,
    read,
)

"""Function calls read out of a reply: JSON, tagged JSON, or calls written as Python."""

from __future__ import annotations

import ast
import json
import re

from workbench.core.metric import CallEvidence

_TAGGED = re.compile(r"<tool_call>\s*(.*?)\s*(?:</tool_call>|$)", re.DOTALL)
_FENCED = re.compile(r"```(?:json|python)?\s*\n(.*?)```", re.DOTALL)
_MOST = 200_000


def calls_in(text: str) -> tuple[CallEvidence, ...] | None:
    """The calls of a reply, in order; () when it says that nothing is called, None when it holds
    nothing that can be read as calls."""
    if len(text) > _MOST:
        return None
    tagged = _TAGGED.findall(text)
    if tagged:
        return _all(tagged)
    fenced = _FENCED.findall(text)
    body = (fenced[0] if fenced else text).strip()
    found = _from_json(body)
    return found if found is not None else _from_python(body)


def _all(parts: list[str]) -> tuple[CallEvidence, ...] | None:
    calls: list[CallEvidence] = []
    for part in parts:
        found = _from_json(part)
        if found is None:
            return None
        calls += found
    return tuple(calls)


def _from_json(text: str) -> tuple[CallEvidence, ...] | None:
    start = min((i for i in (text.find("["), text.find("{")) if i >= 0), default=-1)
    if start < 0:
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(text[start:])
    except (ValueError, RecursionError):
        return None
    calls = []
    for entry in value if isinstance(value, list) else [value]:
        call = _call(entry)
        if call is None:
            return None
        calls.append(call)
    return tuple(calls)


def _call(entry: object) -> CallEvidence | None:
    if not isinstance(entry, dict):
        return None
    inner = entry.get("function")
    if isinstance(inner, dict):
        entry = inner
    name = entry.get("name")
    arguments = entry.get(
        "arguments", entry.get("parameters", {} if isinstance(name, str) else None)
    )
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except (ValueError, RecursionError):
            return None
    if isinstance(name, str) and isinstance(arguments, dict):
        return CallEvidence(name, arguments)
    if len(entry) == 1:
        (name, arguments), *_ = entry.items()
        if isinstance(arguments, dict):
            return CallEvidence(str(name), arguments)
    return None


def _from_python(text: str) -> tuple[CallEvidence, ...] | None:
    """`[f(a=1), g(b="x")]` or one call, with plain values by name."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    nodes = tree.elts if isinstance(tree, ast.List | ast.Tuple) else [tree]
    calls = []
    for node in nodes:
        if not isinstance(node, ast.Call) or node.args:
            return None
        try:
            arguments = {k.arg: ast.literal_eval(k.value) for k in node.keywords if k.arg}
        except (ValueError, TypeError, RecursionError, MemoryError):
            return None
        if len(arguments) != len(node.keywords):
            return None
        calls.append(CallEvidence(ast.unparse(node.func), arguments))
    return tuple(calls)

"""Values as YAML text, in a given style where that can hold them. Used when a file is edited."""

from __future__ import annotations

import re
from typing import Any

from workbench.core.errors import UserError
from workbench.templates.yaml_source import parse_yaml

_STEP = 2
_MAX_INDENT = 9
_PLAIN_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\0": "\\0"}
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SIMPLE_KEY = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_LINE_ENDS = re.compile("[\r\x85\u2028\u2029]")


def quoted(text: str) -> str:
    """`text` in double quotes, on one line."""

    def escape(match: re.Match[str]) -> str:
        char = match[0]
        if char in _PLAIN_ESCAPES:
            return _PLAIN_ESCAPES[char]
        code = ord(char)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"

    return '"' + re.sub(_UNPRINTABLE.pattern + '|[\n\t"\\\\]', escape, text) + '"'


def block(text: str, indent: int, parent: int = 0) -> str | None:
    """`text` as a block after `|`; None when no block can hold it.

    Args:
        indent: columns in front of each line of the block.
        parent: column of the collection that the block belongs to.
    """
    if not text.strip("\n") or _UNPRINTABLE.search(text) or _LINE_ENDS.search(text):
        return None
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    mark = "" if ends == 1 else "-" if ends == 0 else "+"
    first = next(line for line in body.split("\n") if line.strip(" ") or line)
    needs_width = first.startswith((" ", "\t")) or body.startswith("\n")
    if needs_width and not 1 <= indent - parent <= _MAX_INDENT:
        return None
    width = str(indent - parent) if needs_width else ""
    pad = " " * indent
    lines = [pad + line if line else "" for line in body.split("\n")]
    return "\n".join([f"|{width}{mark}", *lines]) + "\n" * (ends - 1 if ends > 1 else 0)


def _same(written: str, value: object, *, flow: bool) -> bool:
    """Whether `written` reads as `value` where it will stand."""
    try:
        text = f"[{written}]" if flow else f"k: {written}\n"
        data: Any = parse_yaml(text, "").data
    except UserError:
        return False
    if flow:
        return isinstance(data, list) and len(data) == 1 and _equal(data[0], value)
    return isinstance(data, dict) and list(data) == ["k"] and _equal(data["k"], value)


def _equal(one: object, other: object) -> bool:
    """Equal and of the same type: 1, 1.0 and true are three values."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_equal(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return one == other or (one != one and other != other)  # NaN


equal = _equal


def scalar(
    value: object, style: str | None, indent: int, *, flow: bool = False, parent: int = 0
) -> str:
    """A scalar as it stands behind its key, in `style` ("'", '"', "|", ">", None) if possible.

    Args:
        indent: columns of a block's lines.
        flow: whether it stands inside [ ] or { }, where blocks cannot be.
        parent: column of the collection around it.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    text = str(value)
    if not flow and (style in {"|", ">"} or "\n" in text):
        written = block(text, indent, parent)
        if written is not None:
            return written
    if style == "'" and "\n" not in text and not _UNPRINTABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    if style is None or style in {"|", ">"}:
        if "\n" not in text and text == text.strip() and _same(text, text, flow=flow):
            return text
        if "\n" not in text and '"' in text and not _UNPRINTABLE.search(text):
            return "'" + text.replace("'", "''") + "'"
    return quoted(text)


def _number(value: float) -> str:
    if value != value:  # NaN
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    written = repr(value)
    return written if "." in written or "e" not in written else written.replace("e", ".0e", 1)


def flow(value: object) -> str:
    """Any JSON value on one line."""
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{key_text(k, in_flow=True)}: {flow(v)}" for k, v in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value, None, 0, flow=True)


def key_text(key: str, *, in_flow: bool = False) -> str:
    """A key of a mapping."""
    if "\n" in key or (in_flow and not _SIMPLE_KEY.fullmatch(key)):
        return quoted(key)
    try:
        data = parse_yaml(f"{key}: 0\n", "").data
    except UserError:
        data = None
    return key if data == {key: 0} else quoted(key)


def lines_of(value: object, indent: int) -> list[str]:
    """A non-empty mapping or list as lines of block style, each with `indent` columns in front."""
    pad = " " * indent
    out: list[str] = []
    if isinstance(value, dict):
        for key, item in value.items():
            out += entry_lines(key, item, indent)
    elif isinstance(value, list):
        for item in value:
            inner = behind(item, indent + _STEP, indent)
            if inner is not None:
                out += f"{pad}- {inner}".split("\n")
                continue
            rows = lines_of(item, indent + _STEP)
            out += [f"{pad}- {rows[0].lstrip(' ')}", *rows[1:]]
    return out


def entry_lines(key: str, value: object, indent: int) -> list[str]:
    """One entry of a mapping as lines."""
    pad = " " * indent
    inner = behind(value, indent + _STEP, indent)
    if inner is not None:
        return f"{pad}{key_text(key)}: {inner}".split("\n")
    return [f"{pad}{key_text(key)}:", *lines_of(value, indent + _STEP)]


def behind(value: object, indent: int, parent: int) -> str | None:
    """What stands on a key's own line (and below, for a block); None for lists and mappings."""
    if isinstance(value, dict | list):
        return None if value else flow(value)
    return scalar(value, None, indent, parent=parent)

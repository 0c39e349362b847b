"""Changing values of a YAML text while everything else keeps its bytes.

Comments, the order of keys, quotes, indentation and line ends of what was not changed stay as they
are, because only the places of changed values are replaced: the positions come from the parser.
Every result is parsed again and compared; where a place cannot be replaced on its own (a reference,
say), the top-level value around it is written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, cast

import yaml

from workbench.core.errors import UserError
from workbench.templates.yaml_source import compose_yaml, document_of
from workbench.templates.yaml_text import (
    entry_lines,
    equal,
    flow,
    lines_of,
    scalar,
)

_STEP = 2


class _Splice(NamedTuple):
    """Characters start..stop are replaced by `text`."""

    start: int
    stop: int
    text: str


class _Coarse(Exception):  # noqa: N818  # a decision, not a failure
    """This value cannot be replaced in place; the one around it has to be written anew."""


def edit_yaml(source: str, wanted: dict[str, object], label: str) -> str:
    """`source`, whose top level holds keys and values, changed so that it reads as `wanted`.

    Keys that `wanted` does not have are removed, new ones are added at the end.

    Raises:
        UserError: `source` is not YAML, or does not hold keys and values.
    """
    ends = "\r\n" if "\r\n" in source else "\n"
    plain = source.replace("\r\n", "\n")
    root = compose_yaml(plain, label)
    if root is None:
        return "\n".join([*plain.splitlines(), *lines_of(wanted, 0), ""]).replace("\n", ends)
    document = document_of(root, label)
    if not isinstance(root, yaml.MappingNode) or not isinstance(document.data, dict):
        raise document.error((), "the top of the file does not hold keys and values")
    if equal(document.data, wanted):
        return source
    for coarse in (False, True):
        try:
            splices = _Editor(plain, coarse=coarse).mapping(root, document.data, wanted)
            edited = _apply(plain, splices)
        except _Coarse:
            continue
        if _reads_as(edited, wanted, label):
            return edited.replace("\n", ends)
    return ("\n".join([*_head_comments(plain), *lines_of(wanted, 0)]) + "\n").replace("\n", ends)


def _head_comments(source: str) -> list[str]:
    rows = []
    for row in source.splitlines():
        if row.strip() and not row.startswith("#"):
            break
        rows.append(row)
    return rows


def _reads_as(source: str, wanted: dict[str, object], label: str) -> bool:
    try:
        root = compose_yaml(source, label)
        return root is not None and _equal_unordered(document_of(root, label).data, wanted)
    except UserError:
        return False


def _equal_unordered(one: object, other: object) -> bool:
    """Equal but for the order of keys."""
    if isinstance(one, dict) and isinstance(other, dict):
        return set(one) == set(other) and all(_equal_unordered(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal_unordered, one, other))
    return equal(one, other)


def _apply(source: str, splices: Sequence[_Splice]) -> str:
    out: list[str] = []
    at = 0
    for start, stop, text in sorted(splices, key=lambda splice: splice.start):
        if start < at:
            raise _Coarse
        out += (source[at:start], text)
        at = stop
    return "".join([*out, source[at:]])


class _Editor:
    """Finds the splices that turn one value into another. `coarse`: whole top-level values."""

    def __init__(self, source: str, *, coarse: bool) -> None:
        self._source = source
        self._coarse = coarse
        self._seen: set[int] = set()

    def mapping(
        self, node: yaml.MappingNode, old: dict[str, object], new: dict[str, object]
    ) -> list[_Splice]:
        """Splices for keys and values."""
        if node.flow_style:
            return [self._anew_flow(node, new)]
        column = node.start_mark.column
        splices: list[_Splice] = []
        names = [self._name(key) for key, _ in node.value]
        if any(name not in old for name in names):
            raise _Coarse
        for (key, value), name in zip(node.value, names, strict=True):
            if name not in new:
                splices.append(self._drop_entry(node, key, value))
            elif not equal(old[name], new[name]):
                splices += self._entry(key, value, old[name], new[name], column)
        added = [name for name in new if name not in old]
        if not set(names) & set(new):
            raise _Coarse
        if added:
            rows = [row for name in added for row in entry_lines(name, new[name], column)]
            last = max(i for i, name in enumerate(names) if name in new)
            key, value = node.value[last]
            at = self._line_end(self._entry_end(key, value))
            splices.append(_Splice(at, at, "\n" + "\n".join(rows)))
        return splices

    def _name(self, key: yaml.Node) -> str:
        if not isinstance(key, yaml.ScalarNode) or key.tag.endswith(":merge"):
            raise _Coarse
        return str(key.value)

    def _entry(
        self, key: yaml.Node, value: yaml.Node, old: object, new: object, column: int
    ) -> list[_Splice]:
        if id(value) in self._seen:
            raise _Coarse
        self._seen.add(id(value))
        if not (self._coarse and column == 0):
            if isinstance(value, yaml.MappingNode) and isinstance(new, dict) and new:
                return self.mapping(value, cast("dict[str, object]", old), new)
            if isinstance(value, yaml.SequenceNode) and isinstance(new, list) and new:
                return self._sequence(value, cast("list[object]", old), new)
        return [self._value(key.end_mark.index, value, new, column)]

    def _value(self, key_end: int, value: yaml.Node, new: object, column: int) -> _Splice:
        """Another value behind a key that ends at `key_end`, in a mapping at `column`."""
        after = self._colon(key_end) + 1
        start, stop = value.start_mark.index, max(after, self._end(value))
        is_scalar = isinstance(value, yaml.ScalarNode)
        if start < after:
            start = stop = after
        gap = self._source[after:start]
        style, indent, comment = None, column + _STEP, ""
        if isinstance(value, yaml.ScalarNode):
            style, comment = value.style, self._comment(value, stop)
            if style in {"|", ">"}:
                indent = self._block_indent(value) or indent
        if isinstance(new, dict | list) and new:
            if "#" in gap and not self._coarse:
                raise _Coarse
            rows = "\n".join(lines_of(new, column + _STEP))
            return _Splice(
                after, stop + (0 if style in {"|", ">"} else len(comment)), f"{comment}\n{rows}"
            )
        if isinstance(new, dict | list):
            return _Splice(after, stop, " " + flow(new))
        written = scalar(new, style, indent, parent=column)
        if not is_scalar and "\n" in gap:
            return _Splice(after, stop, " " + written)
        head, line_end, body = written.partition("\n")
        lead = "" if start > after else " "
        if line_end:
            end = stop if style in {"|", ">"} else stop + len(comment)
            return _Splice(start, end, f"{lead}{head}{comment}\n{body}")
        return _Splice(start, stop, lead + written + (comment if style in {"|", ">"} else ""))

    def _colon(self, key_end: int) -> int:
        colon = self._source.find(":", key_end)
        if self._source[key_end:colon].strip():
            raise _Coarse
        return colon

    def _comment(self, value: yaml.ScalarNode, stop: int) -> str:
        """A comment in the row of a value (in the header of a block), with the space before it."""
        if value.style in {"|", ">"}:
            at = value.start_mark.index
            header = self._source[at : self._line_end(at)]
            return header[header.index(" #") :] if " #" in header else ""
        row = self._source[stop : self._line_end(stop)]
        return row.rstrip() if row.lstrip().startswith("#") else ""

    def _sequence(
        self, node: yaml.SequenceNode, old: list[object], new: list[object]
    ) -> list[_Splice]:
        if node.flow_style:
            return [self._anew_flow(node, new)]
        column = node.start_mark.column
        items = [self._item(node, index) for index in range(len(old))]
        kept = {flow(value): text for value, (_, _, text) in zip(old, items, strict=True)}
        splices: list[_Splice] = []
        matcher = SequenceMatcher(None, list(map(flow, old)), list(map(flow, new)), autojunk=False)
        for what, a, b, c, d in matcher.get_opcodes():
            if what == "equal":
                continue
            paired = min(b - a, d - c)
            for index in range(paired):
                splices += self._changed_item(node, a + index, old, new[c + index], items, column)
            splices += [_Splice(s, e, "") for s, e, _ in items[a + paired : b]]
            rows = [
                kept.get(flow(value)) or "\n".join(lines_of([value], column)) + "\n"
                for value in new[c + paired : d]
            ]
            if rows:
                at = items[a + paired][0] if a + paired < len(items) else items[-1][1]
                lead = "" if at == 0 or self._source[at - 1] == "\n" else "\n"
                splices.append(_Splice(at, at, lead + "".join(rows)))
        return splices

    def _item(self, node: yaml.SequenceNode, index: int) -> tuple[int, int, str]:
        """Where the lines of an item begin and end, and those lines."""
        value: yaml.Node = node.value[index]
        column = node.start_mark.column
        dash = self._source.rfind("-", 0, value.start_mark.index + 1)
        while dash >= 0 and dash - self._line_start(dash) != column:
            dash = self._source.rfind("-", 0, dash)
        start = self._line_start(dash)
        if dash < 0 or self._source[start:dash].strip() or id(value) in self._seen:
            raise _Coarse
        stop = min(len(self._source), self._line_end(self._end(value)) + 1)
        text = self._source[start:stop]
        return start, stop, text if text.endswith("\n") else text + "\n"

    def _changed_item(
        self,
        node: yaml.SequenceNode,
        index: int,
        old: list[object],
        new: object,
        items: Sequence[tuple[int, int, str]],
        column: int,
    ) -> list[_Splice]:
        value = node.value[index]
        if isinstance(value, yaml.MappingNode) and isinstance(new, dict) and new:
            self._seen.add(id(value))
            try:
                return self.mapping(value, cast("dict[str, object]", old[index]), new)
            except _Coarse:
                pass
        start, stop, _ = items[index]
        if isinstance(value, yaml.ScalarNode) and not isinstance(new, dict | list):
            at = value.start_mark.index
            written = scalar(new, value.style, column + _STEP, parent=column)
            if "\n" not in written and self._source[start:at].strip() == "-":
                lead = "" if self._source[at - 1].isspace() else " "
                return [_Splice(at, self._end(value), lead + written)]
        return [_Splice(start, stop, "\n".join(lines_of([new], column)) + "\n")]

    def _anew_flow(self, node: yaml.Node, new: object) -> _Splice:
        return _Splice(node.start_mark.index, node.end_mark.index, flow(new))

    def _drop_entry(self, node: yaml.MappingNode, key: yaml.Node, value: yaml.Node) -> _Splice:
        start = self._line_start(key.start_mark.index)
        stop = min(len(self._source), self._line_end(self._entry_end(key, value)) + 1)
        lead = self._source[start : key.start_mark.index]
        if not lead.strip():
            return _Splice(start, stop, "")
        # The first entry behind a dash: the next one moves up beside the dash.
        after = [k for k, _ in node.value if k.start_mark.index > key.start_mark.index]
        if not after or self._source[stop : after[0].start_mark.index].strip():
            raise _Coarse
        return _Splice(key.start_mark.index, after[0].start_mark.index, "")

    def _line_start(self, at: int) -> int:
        return self._source.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        found = self._source.find("\n", at)
        return len(self._source) if found < 0 else found

    def _entry_end(self, key: yaml.Node, value: yaml.Node) -> int:
        return max(self._colon(key.end_mark.index) + 1, self._end(value))

    def _end(self, node: yaml.Node) -> int:
        """Where a value ends, without the line's end; the parser's marks lie behind comments."""
        if isinstance(node, yaml.ScalarNode):
            return self._block_end(node) if node.style in {"|", ">"} else int(node.end_mark.index)
        if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        if isinstance(last, tuple):
            return self._entry_end(*last)
        if isinstance(last, yaml.ScalarNode) and not last.value and not last.style:
            raise _Coarse  # an item of nothing: the mark does not say where its dash is
        return self._end(last)

    def _block_end(self, node: yaml.ScalarNode) -> int:
        header_end = self._line_end(node.start_mark.index)
        text = self._source[: max(header_end, node.end_mark.index)]
        header = self._source[node.start_mark.index : header_end].partition("#")[0]
        if "+" in header:
            return len(text.removesuffix("\n"))
        rows = text.split("\n")
        while len(rows) > 1 and not rows[-1].strip(" "):
            rows.pop()
        return max(header_end, len("\n".join(rows)))

    def _block_indent(self, node: yaml.ScalarNode) -> int | None:
        """Columns in front of a block's rows; None when the header counts them."""
        header_end = self._line_end(node.start_mark.index)
        header = self._source[node.start_mark.index : header_end].partition("#")[0]
        if any(char.isdigit() for char in header):
            return None
        for row in self._source[header_end + 1 : node.end_mark.index].split("\n"):
            if row.strip(" "):
                return len(row) - len(row.lstrip(" "))
        return None


__all__ = ["edit_yaml"]

"""Which fields templates read of the rows of a list: the columns of a table of examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jinja2 import Environment, nodes

# Only a parser: nothing is ever rendered with it.
_PARSER = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True)


def row_fields(templates: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """For every list that a loop runs over, the fields read of its rows, in order of first use.

    `{% for ex in examples %}{{ ex.subject }}` gives examples the field subject. A template with a
    syntax error gives nothing: rendering says what is wrong with it.
    """
    found: dict[str, dict[str, None]] = {}
    for source in templates:
        if "{%" not in source:
            continue
        try:
            loops = list(_PARSER.parse(source).find_all(nodes.For))
        except Exception:  # noqa: BLE001, S112  # whatever jinja2 meets in a broken template
            continue
        for loop in loops:
            if isinstance(loop.iter, nodes.Name) and isinstance(loop.target, nodes.Name):
                fields = found.setdefault(loop.iter.name, {})
                fields.update(dict.fromkeys(_read(loop, loop.target.name)))
    return {name: tuple(fields) for name, fields in found.items() if fields}


def _read(loop: nodes.For, row: str) -> list[str]:
    """Fields read of the loop's own variable, as `row.field` or `row["field"]`."""
    read: list[str] = []
    for node in loop.find_all((nodes.Getattr, nodes.Getitem)):
        if isinstance(node, nodes.Getattr):
            of, field = node.node, node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            of, field = node.node, node.arg.value
        else:
            continue
        if isinstance(of, nodes.Name) and of.name == row and isinstance(field, str):
            read.append(field)
    return read

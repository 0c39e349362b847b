"""A prompt with its variables left open, for tools that know less than Jinja2.

A variable can stay open where its value is only written out: `{{ name }}`. What a loop, a condition
or a filter needs is worked out with the value of the moment. No template is rewritten for that:
the open variables are given marks as values, the prompt is rendered as ever, and the text is cut at
the marks.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping

from jinja2 import nodes

from workbench.core.errors import UserError
from workbench.core.open_text import Branch, Hole, Loop, OpenPrompt, OpenText, Piece
from workbench.templates.declarations import Variable, VariableKind
from workbench.templates.fragments import Fragments, Includes
from workbench.templates.limits import Guard, Limits
from workbench.templates.prompt_file import PromptFile
from workbench.templates.render import render_prompt
from workbench.templates.sandbox import SandboxEnvironment
from workbench.templates.segments import normal_source
from workbench.templates.variables import form_variables

_WRITTEN = (VariableKind.TEXT, VariableKind.NUMBER, VariableKind.CHOICE)
"""Kinds whose value every tool writes out alike."""
_ROWS = (VariableKind.LIST, VariableKind.JSON)


def open_prompt(
    prompt: PromptFile, values: Mapping[str, object], fragments: Fragments | None = None
) -> OpenPrompt:
    """`prompt` with open variables; `values` (see `variables.coerce_values`) fill the others.

    Raises:
        UserError: a template fails, or a value is missing for a variable that cannot stay open.
    """
    limits = Limits()
    guard = Guard(limits, time.monotonic() + limits.seconds)
    env = SandboxEnvironment(guard, includes=Includes(fragments, prompt))
    known = {v.name: v for v in form_variables(prompt, None, fragments)}
    trees = [env.parse(normal_source(source.text)) for source in prompt.templates()]
    fixed: dict[str, str] = {}
    for tree in trees:
        for name, why in _uses(tree):
            if name in known:
                fixed.setdefault(name, why)
    uses = []
    written = {node.name for tree in trees for node in tree.find_all(nodes.Name)}
    for tree in trees:
        own = {node.name for node in tree.find_all(nodes.Name)} & known.keys()
        if next(tree.find_all(nodes.Include), None) is not None:
            included = known.keys() - written
            own |= included
            fixed |= {name: "an included prompt" for name in included if name not in fixed}
        uses.append(frozenset(own))
    for variable in known.values():
        if variable.kind not in _WRITTEN:
            fixed.setdefault(variable.name, f"its kind, {variable.kind}")
    holes = [name for name in known if name not in fixed and name in written]
    return OpenPrompt(
        flat=_flat(prompt, values, holes, fixed, fragments),
        outlines=tuple(_outline(tree.body, known, frozenset()) for tree in trees),
        fixed=tuple((name, why) for name, why in fixed.items() if name in values),
        uses=tuple(uses),
    )


def _flat(
    prompt: PromptFile,
    values: Mapping[str, object],
    holes: list[str],
    fixed: Mapping[str, str],
    fragments: Fragments | None,
) -> tuple[OpenText, ...]:
    stem = "hole"
    everything = prompt.source + repr(values)
    while stem in everything:
        stem += "-"
    marks = {name: f"@{stem}{index}@" for index, name in enumerate(holes)}
    try:
        rendered = render_prompt(prompt, {**values, **marks}, None, fragments=fragments)
    except UserError as error:
        missing = [name for name in fixed if name not in values]
        if not missing:
            raise
        first = missing[0]
        raise UserError(
            f"{first} has no value, and {fixed[first]} needs one to be worked out.",
            f"Give {first} a value: this format has no words for {fixed[first]}.",
        ) from error
    contents = [m.content for m in rendered.messages] if prompt.is_chat else [rendered.text]
    names = {mark: name for name, mark in marks.items()}
    return tuple(tuple(_cut(content, names)) for content in contents)


def _cut(text: str, names: Mapping[str, str]) -> Iterator[Piece]:
    if not names:
        if text:
            yield text
        return
    for part in re.split(f"({'|'.join(map(re.escape, names))})", text):
        if part in names:
            yield Hole(names[part])
        elif part:
            yield part


def _uses(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    """Names that are more than written out, and what uses them."""
    stack: list[tuple[nodes.Node, str]] = [(tree, "")]
    while stack:
        node, why = stack.pop()
        if isinstance(node, nodes.Name):
            if why and node.ctx == "load":
                yield node.name, why
            continue
        children = reversed(list(node.iter_child_nodes()))
        stack += [(child, why or _why(node, child)) for child in children]


def _why(node: nodes.Node, child: nodes.Node) -> str:
    """What `node` does with `child` beyond writing it out; empty for nothing."""
    if isinstance(node, nodes.For):
        return "a loop" if child in (node.iter, node.test) else ""
    if isinstance(node, nodes.If):
        return "a condition" if child is node.test else ""
    if isinstance(node, nodes.Filter | nodes.Test):
        return f"the {'filter' if isinstance(node, nodes.Filter) else 'test'} {node.name}"
    if isinstance(node, nodes.FilterBlock):
        return "a filter block"
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        return "a field"
    if isinstance(node, nodes.Assign | nodes.AssignBlock):
        return "{% set %}"
    if isinstance(node, nodes.Macro | nodes.CallBlock | nodes.Call):
        return "a call"
    if isinstance(node, nodes.CondExpr):
        return "a condition"
    return "an expression" if isinstance(node, nodes.Expr) else ""


def _outline(
    body: list[nodes.Node], known: Mapping[str, Variable], items: frozenset[str]
) -> OpenText | None:
    """The nodes as texts, holes, loops and branches; None when they hold more than those."""
    found: list[Piece] = []
    for node in body:
        made = _outlined(node, known, items)
        if made is None:
            return None
        for piece in made:
            if isinstance(piece, str) and found and isinstance(found[-1], str):
                found[-1] += piece
            elif piece:
                found.append(piece)
    return tuple(found)


def _outlined(
    node: nodes.Node, known: Mapping[str, Variable], items: frozenset[str]
) -> OpenText | None:
    if isinstance(node, nodes.Output):
        pieces = [_written(child, known, items) for child in node.nodes]
        return None if None in pieces else tuple(p for p in pieces if p is not None)
    if isinstance(node, nodes.For):
        over, item = node.iter, node.target
        if not isinstance(over, nodes.Name) or not isinstance(item, nodes.Name):
            return None
        if node.else_ or node.test is not None or node.recursive or item.name in known:
            return None
        if over.name not in known or known[over.name].kind not in _ROWS:
            return None
        inside = _outline(node.body, known, items | {item.name})
        return None if inside is None else (Loop(over.name, item.name, inside),)
    if isinstance(node, nodes.If):
        negated = isinstance(node.test, nodes.Not)
        test = node.test.node if isinstance(node.test, nodes.Not) else node.test
        if node.elif_ or not isinstance(test, nodes.Name) or test.name not in known:
            return None
        then = _outline(node.body, known, items)
        otherwise = _outline(node.else_, known, items)
        if then is None or otherwise is None:
            return None
        return (Branch(test.name, *((otherwise, then) if negated else (then, otherwise))),)
    return None


def _written(
    node: nodes.Node, known: Mapping[str, Variable], items: frozenset[str]
) -> str | Hole | None:
    if isinstance(node, nodes.TemplateData):
        return node.data
    if isinstance(node, nodes.Name):
        if node.name in items:
            return Hole(node.name)
        is_known = node.name in known and known[node.name].kind in _WRITTEN
        return Hole(node.name) if is_known else None
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return Hole(node.node.name, node.attr) if node.node.name in items else None
    return None

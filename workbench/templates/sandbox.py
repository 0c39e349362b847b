"""The environment templates run in: what they may reach, what they may use up.

Reach: JSON values, texts, loops and macros. Attributes come from a list of allowed names per type;
everything else, everything with a leading underscore first of all, is refused. There is no loader,
so no template reaches a file. Bounds: see `limits`. Nothing a template does is interrupted from
outside; every step asks the guard, so a rendering ends within its time on any thread.

Prompt templates use jinja2's own defaults: a tag leaves its line break behind unless written with
a dash, and one line break at the very end of the template is dropped. Chat templates use those of
transformers: `trim_blocks` and `lstrip_blocks`, undefined names that print as nothing.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import BuiltinMethodType, CodeType, MethodType
from typing import Any, NoReturn

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.ext import Extension, LoopControlExtension
from jinja2.filters import _GroupTuple
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from workbench.templates import text_methods
from workbench.templates.codegen import BoundedGenerator, NameCollector
from workbench.templates.filters import build_filters, settled_iterator
from workbench.templates.limits import CONTAINERS, Guard
from workbench.templates.provenance import (
    Traced,
    TracedFloat,
    TracedInt,
    concat,
    follow,
    settle,
    traced,
)

_ALLOWED: Mapping[type, frozenset[str]] = {
    dict: frozenset({"get", "items", "keys", "values", "copy"}),
    list: frozenset({"count", "index", "copy"}),
    tuple: frozenset({"count", "index"}),
    LoopContext: frozenset(
        {"index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"}
        | {"previtem", "nextitem", "cycle", "changed"}
    ),
    Macro: frozenset({"name", "arguments", "catch_kwargs", "catch_varargs", "caller"}),
    Cycler: frozenset({"next", "reset", "current"}),
    float: frozenset({"is_integer"}),
    _GroupTuple: frozenset({"grouper", "list"}),
}
_KINDS: Mapping[type, str] = {
    str: "text",
    Traced: "text",
    int: "number",
    TracedInt: "number",
    float: "number",
    TracedFloat: "number",
    dict: "dictionary",
}
_CALLABLE = (Macro, LoopContext, BlockReference, Joiner, Undefined)


class _Bounds(Extension):
    """Counts the tokens of a template while it is read, and looks at the clock."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        guard = _environment(self).guard
        for count, token in enumerate(stream):
            guard.tick()
            if count > guard.limits.tokens:
                raise TemplateRuntimeError(f"is longer than {guard.limits.tokens:,} tokens")
            yield token


class Generation(Extension):
    """`{% generation %}…{% endgeneration %}`, which marks the assistant's part in training."""

    tags = {"generation"}  # noqa: RUF012  # the base class declares it so

    def parse(self, parser: Parser) -> nodes.Node:
        """The block's body, in a scope of its own as transformers has it."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        call = self.call_method("body_of")
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def body_of(self, caller: Callable[[], str]) -> str:
        """What stands in the block."""
        return caller()


def _environment(extension: Extension) -> SandboxEnvironment:
    env = extension.environment
    if not isinstance(env, SandboxEnvironment):
        raise TypeError("this extension belongs to the sandbox")
    return env


class BoundTextMethod:
    """A method of a text, ready to be called by a template."""

    __slots__ = ("_call", "_guard", "_text")

    def __init__(self, guard: Guard, text: str, call: text_methods.TextMethod) -> None:
        self._guard = guard
        self._text = text
        self._call = call

    def __call__(self, *args: object, **kwargs: object) -> object:
        return self._call(self._guard, self._text, *args, **kwargs)


class SandboxEnvironment(ImmutableSandboxedEnvironment):
    """One rendering's environment. One thread, one use.

    Args:
        chat: settings of transformers' chat templates instead of jinja2's own.
        literal: source of the template's own text when tracing; None renders plain text.
        message: index of the message being rendered; None outside every message.
        codes: compiled templates by source, shared by environments with the same `chat`.
    """

    code_generator_class = BoundedGenerator
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(
        self,
        guard: Guard,
        *,
        chat: bool = False,
        literal: str | None = None,
        message: int | None = None,
        codes: dict[str, CodeType] | None = None,
    ) -> None:
        self.guard = guard
        self._codes = {} if codes is None else codes
        self._literal = literal
        self._message = message
        self._by_root = not chat
        super().__init__(
            trim_blocks=chat,
            lstrip_blocks=chat,
            undefined=Undefined if chat else StrictUndefined,
            extensions=[_Bounds, Generation, LoopControlExtension],
            cache_size=0,
        )
        self.filters = build_filters(self)
        self.globals = {
            "range": self._range,
            "dict": dict,
            "namespace": Namespace,
            "cycler": Cycler,
            "joiner": Joiner,
        }

    def allow(self, name: str, function: Callable[..., object]) -> None:
        """Give templates one more function."""
        self.globals[name] = function

    def template(self, source: str) -> Template:
        """Compile `source`."""
        code = self._codes.get(source)
        if code is None:
            code = self._codes[source] = self.compile(source, filename="<template>")
        return Template.from_code(self, code, dict(self.globals))

    def render(self, source: str, values: Mapping[str, object]) -> str:
        """Compile and run `source`. Raises whatever the template raises."""
        template = self.template(source)
        context = template.new_context(dict(values))
        result = self.concat(template.root_render_func(context))
        self.guard.tick()
        return result

    def undeclared(self, tree: nodes.Template) -> set[str]:
        """Names that a parsed template takes from outside. The tree cannot be used afterwards."""
        collector = NameCollector(self, "<names>", "<names>")
        collector.visit(tree)
        return collector.undeclared

    # Called by the generated code.

    def literal(self, text: str) -> str:
        """Text of the template itself."""
        self.guard.tick()
        self.guard.made_text(len(text))
        return text if self._literal is None else traced(text, self._literal, self._message)

    def emit(self, root: str | None, value: object) -> str:
        """The text of an output expression; `root` is the source of what it is made from."""
        self.guard.tick()
        text = self.guard.text(value)
        self.guard.made_text(len(text))
        if self._literal is None:
            return text
        if isinstance(text, Traced):
            return settle(text, self._literal, self._message)
        if isinstance(value, TracedInt | TracedFloat):
            return traced(text, value.source, self._message)
        source = root if root is not None and self._by_root else self._literal
        return traced(text, source, self._message)

    def concat(self, pieces: Iterable[str]) -> str:
        """What a macro, a block or the whole template has put out."""
        parts = list(pieces)
        self.guard.room_for(sum(map(len, parts)))
        return concat(parts)

    def each(self, iterable: Iterable[object]) -> Iterable[object]:
        """The items of a `for` loop."""
        if isinstance(iterable, Undefined):
            return iter(iterable)
        return _Each(self.guard, iterable)

    def join_texts(self, values: Sequence[object]) -> str:
        """The operator `~`."""
        texts = [self.guard.text(value) for value in values]
        self.guard.made_text(sum(map(len, texts)))
        return concat(texts)

    def slice_of(self, value: Any, start: Any, stop: Any, step: Any) -> object:
        """`value[start:stop:step]`."""
        return self.settled(value[start:stop:step], ())

    def made(self, value: object) -> object:
        """A list, tuple or dictionary that was written out."""
        self.guard.tick()
        self.guard.made(value)
        return value

    # Called by jinja2.

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute from the allowed ones, else an item of that name."""
        if isinstance(obj, str):
            if attribute in {"format", "format_map"}:
                return BoundTextMethod(self.guard, obj, self._formatter(attribute))
            if (method := text_methods.TEXT_METHODS.get(attribute)) is not None:
                return BoundTextMethod(self.guard, obj, method)
        if isinstance(obj, Undefined):
            return getattr(obj, attribute)
        if isinstance(obj, Namespace) and not attribute.startswith("_"):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self._missing(obj, attribute)
        for kind, names in _ALLOWED.items():
            if isinstance(obj, kind) and attribute in names:
                return getattr(obj, attribute)
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, TemplateReference) and not attribute.startswith("_"):
            return obj[attribute]
        if attribute.startswith("_") or hasattr(type(obj), attribute):
            self._unsafe(obj, attribute)
        return self._missing(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item, else an allowed attribute of that name."""
        try:
            return obj[argument]
        except (AttributeError, TypeError, LookupError):
            if isinstance(argument, str):
                return self.getattr(obj, str(argument))
        return self._missing(obj, argument)

    def is_safe_callable(self, obj: object) -> bool:
        """Whether templates may call `obj`: a list of what is allowed, not of what is not."""
        if isinstance(obj, (*_CALLABLE, BoundTextMethod)):
            return True
        if isinstance(obj, BuiltinMethodType | MethodType):
            owner = obj.__self__
            if isinstance(owner, Generation | SandboxEnvironment):
                return True
            return any(
                isinstance(owner, kind) and obj.__name__ in names
                for kind, names in _ALLOWED.items()
            )
        return any(obj is allowed for allowed in self.globals.values())

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function, macro or method for a template."""
        if isinstance(obj, MethodType) and obj.__self__ is self:
            return obj(*args)
        self.guard.enter()
        try:
            if any(isinstance(arg, CONTAINERS) for arg in (*args, *kwargs.values())):
                self.guard.measure([*args, *kwargs.values()])
            if not self.is_safe_callable(obj):
                raise SecurityError(f"a {type(obj).__name__} cannot be called here")
            return self.settled(context.call(obj, *args, **kwargs), args)
        finally:
            self.guard.leave()

    def call_binop(self, context: Context, sign: str, left: Any, right: Any, /) -> Any:
        """An arithmetic operator, its result bounded before it is made."""
        self.guard.tick()
        if sign == "+":
            return self.add(left, right)
        if sign == "*":
            return self._multiply(left, right)
        if sign == "%" and isinstance(left, str):
            return text_methods.percent(self.guard, left, right)
        if sign == "**" and isinstance(left, int) and isinstance(right, int):
            self.guard.bits(left.bit_length() * abs(right))
        return self.settled(self.binop_table[sign](left, right), ())

    def add(self, left: Any, right: Any) -> Any:
        """`left + right`."""
        if isinstance(left, str) and isinstance(right, str):
            self.guard.made_text(len(left) + len(right))
            return concat((left, right))
        if isinstance(left, list | tuple) and isinstance(right, list | tuple):
            self.guard.room_for_items(len(left) + len(right))
        return self.settled(operator.add(left, right), ())

    def _multiply(self, left: Any, right: Any) -> Any:
        if isinstance(left, int) and not isinstance(right, int | float):
            left, right = right, left
        if isinstance(left, str) and isinstance(right, int):
            self.guard.made_text(len(left) * max(0, right))
            return concat((left,) * right) if isinstance(left, Traced) else left * right
        if isinstance(left, list | tuple) and isinstance(right, int):
            self.guard.room_for_items(len(left) * max(0, right))
        elif isinstance(left, int) and isinstance(right, int):
            self.guard.bits(left.bit_length() + right.bit_length())
        return self.settled(left * right, ())

    # Helpers.

    def settled(self, result: Any, inputs: Iterable[object]) -> Any:
        """A result, counted, and given the provenance of what it was computed from."""
        if isinstance(result, str):
            self.guard.made_text(len(result))
            return result if self._literal is None else follow(result, inputs)
        if isinstance(result, CONTAINERS):
            self.guard.made(result)
        elif isinstance(result, int):
            self.guard.number(result)
        return settled_iterator(self, result)

    def _formatter(self, attribute: str) -> text_methods.TextMethod:
        def run(guard: Guard, text: str, *args: Any, **kwargs: Any) -> str:
            if attribute == "format":
                return text_methods.format_text(guard, self, text, args, kwargs)
            if len(args) != 1 or kwargs or not isinstance(args[0], dict):
                raise TemplateRuntimeError("format_map takes one dictionary")
            return text_methods.format_text(guard, self, text, (), args[0])

        return run

    def _range(self, *args: int) -> range:
        for arg in args:
            self.guard.number(arg)
        result = range(*args)
        limit = self.guard.limits.range_items
        if result and (result[-1] - result[0]) // result.step >= limit:
            raise TemplateRuntimeError(f"a range has more than {limit:,} items")
        return result

    def _missing(self, obj: object, name: object) -> Undefined:
        kind = _KINDS.get(type(obj), type(obj).__name__)
        return self.undefined(hint=f"a {kind} has no {name!r}", obj=obj, name=str(name))

    def _unsafe(self, obj: object, attribute: str) -> NoReturn:
        kind = _KINDS.get(type(obj), type(obj).__name__)
        raise SecurityError(f"the attribute {attribute} of a {kind} cannot be used here")


class _Each:
    """A loop's items; has a length when they have one, which `loop.length` asks for."""

    def __init__(self, guard: Guard, items: Any) -> None:
        self._guard = guard
        self._items = items

    def __iter__(self) -> Iterator[object]:
        return self._guard.each(self._items)

    def __len__(self) -> int:
        return len(self._items)

"""The environment templates run in: what they may reach, what they may use up.

Reach: JSON values, texts, loops and macros. Attributes come from a list of allowed names per type;
everything else, everything with a leading underscore first of all, is refused. There is no loader:
a template reaches a file only through `fragments`, which stays inside the library, and a chat
template not even that. Bounds: see `limits`. Nothing a template does is interrupted from
outside; every step asks the guard, so a rendering ends within its time on any thread.

Prompt templates use jinja2's own defaults: a tag leaves its line break behind unless written with
a dash, and one line break at the very end of the template is dropped. Chat templates use those of
transformers: `trim_blocks` and `lstrip_blocks`, undefined names that print as nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MethodType
from typing import Any, NoReturn

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.ext import LoopControlExtension
from jinja2.runtime import Context, TemplateReference, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from workbench.core.rendered import variable_source
from workbench.templates.arithmetic import calculate
from workbench.templates.attributes import is_allowed, is_callable, kind_of
from workbench.templates.bound_methods import BoundTextMethod, bound_method
from workbench.templates.code_cache import CodeCache, Compiled
from workbench.templates.codegen import BoundedGenerator, NameCollector, first_input
from workbench.templates.extensions import Bounds, Generation
from workbench.templates.few_shot import few_shot_names
from workbench.templates.filters import FILTER_NAMES, FILTER_TABLE, settled_iterator
from workbench.templates.fragments import (
    Includes,
    MissingFragmentError,
    fragment_defaults,
    fragment_template,
)
from workbench.templates.limits import CONTAINERS, Each, Guard
from workbench.templates.provenance import (
    Traced,
    TracedFloat,
    TracedInt,
    concat,
    follow,
    settle,
    trace_values,
    traced,
)
from workbench.templates.segments import Segment, normal_source
from workbench.templates.template_errors import LocatedError, explain, line_of

_LOOKUP_TOKENS = 3
_MOST_NAME = 200
_OBJECTS: Mapping[str, Any] = {
    "dict": dict,
    "namespace": Namespace,
    "cycler": Cycler,
    "joiner": Joiner,
}
GLOBAL_NAMES = frozenset({"range", *_OBJECTS})
"""Names that every template has without being given them."""


class SandboxEnvironment(ImmutableSandboxedEnvironment):
    """One rendering's environment. One thread, one use.

    Args:
        chat: settings of transformers' chat templates instead of jinja2's own.
        literal: source of the template's own text when tracing; None renders plain text.
        codes: compiled templates, shared by renderings.
        includes: what `{% include %}` reaches; None refuses the tag.

    Attributes:
        message: index of the message being rendered; None outside every message.
        known_sets, new_sets: what names that were set are made from, before and in the part of a
            template that is being compiled.
    """

    code_generator_class = BoundedGenerator
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(
        self,
        guard: Guard,
        *,
        chat: bool = False,
        literal: str | None = None,
        codes: CodeCache | None = None,
        includes: Includes | None = None,
    ) -> None:
        self.guard = guard
        self.message: int | None = None
        self.includes = includes
        self.known_sets: Mapping[str, Sequence[str]] = {}
        self.new_sets: Mapping[str, tuple[str, ...]] = {}
        self._codes = CodeCache() if codes is None else codes
        self._literal = literal
        self._chat = chat
        super().__init__(
            trim_blocks=chat,
            lstrip_blocks=chat,
            keep_trailing_newline=True,
            undefined=Undefined if chat else StrictUndefined,
            extensions=[Bounds, Generation, LoopControlExtension],
            cache_size=0,
        )
        self.filters = FILTER_TABLE
        self.globals = {"range": self._range, **_OBJECTS}

    def allow(self, name: str, function: Callable[..., object]) -> None:
        """Give templates one more function."""
        self.globals[name] = function

    def render(self, source: str, values: Mapping[str, object]) -> str:
        """Compile and run `source`.

        Raises:
            LocatedError: whatever the template raised, with its line.
        """
        sets: dict[str, tuple[str, ...]] = {}
        steps: list[tuple[Segment, Template | Mapping[str, str | None]]] = []
        for segment in self._segments(source):
            lookups = segment.lookups(FILTER_NAMES)
            if lookups is None:
                compiled = self._compiled(segment, sets)
                steps.append((segment, Template.from_code(self, compiled.code, self.globals)))
                sets.update(compiled.sets)
            else:
                steps.append((segment, {p.name: self._root(p.name, sets) for p in lookups}))
        if len(steps) == 1 and isinstance(steps[0][1], Template):
            context = steps[0][1].new_context(dict(values))
        else:
            context = self.context_class(self, {**self.globals, **values}, None, {})
        out: list[str] = []
        for segment, step in steps:
            if isinstance(step, Template):
                out.append(self._run(segment, step, context))
            else:
                self._look_up(segment, step, context, out)
        try:
            result = self.concat(out)
            self.guard.tick()
        except Exception as error:
            raise LocatedError(None, error) from error
        return result

    def _segments(self, source: str) -> Sequence[Segment]:
        if self._chat:
            return [Segment(normal_source(source), 0, None)]
        return self._codes.segments(source)

    def _compiled(self, segment: Segment, sets: Mapping[str, tuple[str, ...]]) -> Compiled:
        used = {name: made for name, made in sets.items() if name in segment.source}
        key = (self._chat, segment.source, tuple(sorted(used.items())))
        found = self._codes.get(key)
        if found is not None:
            return found
        self.known_sets = used
        try:
            code = self.compile(segment.source, filename="<template>")
        except Exception as error:  # whatever jinja2 meets in a broken template
            line = line_of(error)
            at = None if line is None else line + segment.line
            raise LocatedError(at, error) from error
        compiled = Compiled(code, self.new_sets)
        self._codes.put(key, compiled)
        return compiled

    def _run(self, segment: Segment, template: Template, context: Context) -> str:
        try:
            return self.concat(template.root_render_func(context))
        except LocatedError:
            raise
        except Exception as error:
            line = line_of(error)
            raise LocatedError(None if line is None else line + segment.line, error) from error

    def _look_up(
        self,
        segment: Segment,
        roots: Mapping[str, str | None],
        context: Context,
        out: list[str],
    ) -> None:
        """Run a part that only looks up names."""
        line = segment.line
        try:
            for piece in segment.pieces or ():
                if isinstance(piece, str):
                    out.append(self.literal(piece))
                    continue
                name, steps, filters, line = piece
                self.guard.read_token(_LOOKUP_TOKENS + 2 * (len(steps) + len(filters)))
                value = context.resolve(name)
                for step in steps:
                    if isinstance(step, str):
                        value = self.getattr(value, step)
                    else:
                        value = self.getitem(value, step)
                for wanted, arguments in filters:
                    value = self.call_filter(wanted, value, arguments, context=context)
                out.append(self.emit(roots[name], value))
        except Exception as error:
            raise LocatedError(line + 1, error) from error

    def _root(self, name: str, sets: Mapping[str, Sequence[str]]) -> str | None:
        root = first_input(name, sets)
        return None if root is None or root in self.globals else variable_source(root)

    def undeclared(self, tree: nodes.Template) -> set[str]:
        """Names that a parsed template takes from outside. The tree cannot be used afterwards."""
        collector = NameCollector(self, "<names>", "<names>")
        collector.visit(tree)
        return collector.undeclared

    def include(self, name: object, values: Mapping[str, object], ignore_missing: bool) -> str:
        """The text of a fragment, which sees `values` and its own defaults. For generated code."""
        if self.includes is None:
            raise SecurityError("nothing can be included here")
        self.guard.enter()
        try:
            with self.includes.entered(name) as fragment:
                source = fragment_template(fragment)
                defaults = fragment_defaults(fragment, values)
                if self._literal is not None:
                    defaults = trace_values(defaults, few_shot_names(fragment, defaults))
                try:
                    return self.render(source.text, {**values, **defaults})
                except LocatedError as error:
                    raise explain(error, source, values) from error
        except MissingFragmentError:
            if ignore_missing:
                return ""
            raise
        finally:
            self.guard.leave()

    # Called by the generated code.

    def literal(self, text: str) -> str:
        """Text of the template itself."""
        self.guard.tick()
        self.guard.made_text(len(text))
        return text if self._literal is None else traced(text, self._literal, self.message)

    def emit(self, root: str | None, value: object) -> str:
        """The text of an output expression; `root` is the source of what it is made from."""
        self.guard.tick()
        text = self.guard.text(value)
        self.guard.made_text(len(text))
        if self._literal is None:
            return text if type(text) is str else str(text)
        if isinstance(text, Traced):
            own = (
                root is not None and not self._chat and not any(part.source for part in text.parts)
            )
            return settle(text, root if own and root else self._literal, self.message)
        if isinstance(value, TracedInt | TracedFloat):
            return traced(text, value.source, self.message)
        source = root if root is not None and not self._chat else self._literal
        return traced(text, source, self.message)

    def concat(self, pieces: Iterable[str]) -> str:
        """What a macro, a block or the whole template has put out."""
        parts = list(pieces)
        self.guard.room_for(sum(map(len, parts)))
        return concat(parts)

    def each(self, iterable: Iterable[object]) -> Iterable[object]:
        """The items of a `for` loop."""
        if isinstance(iterable, Undefined):
            return iter(iterable)
        return Each(self.guard, iterable)

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
        if isinstance(obj, str) and (method := bound_method(self, obj, attribute)) is not None:
            return method
        if isinstance(obj, Undefined) and not attribute.startswith("_"):
            return getattr(obj, attribute)
        if isinstance(obj, Namespace) and not attribute.startswith("_"):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                return self._missing(obj, attribute)
        if is_allowed(obj, attribute):
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
        if isinstance(obj, BoundTextMethod) or is_callable(obj):
            return True
        if isinstance(obj, MethodType) and isinstance(
            obj.__self__, Generation | SandboxEnvironment
        ):
            return True
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
        return calculate(self, sign, left, right)

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

    def _range(self, *args: int) -> range:
        for arg in args:
            self.guard.number(arg)
        result = range(*args)
        limit = self.guard.limits.range_items
        if result and (result[-1] - result[0]) // result.step >= limit:
            raise TemplateRuntimeError(f"a range has more than {limit:,} items")
        return result

    def _missing(self, obj: object, name: object) -> Undefined:
        shown = repr(name if not isinstance(name, str) else str(name)[:_MOST_NAME])
        return self.undefined(
            hint=f"a {kind_of(obj)} has no {shown}", obj=obj, name=str(name)[:_MOST_NAME]
        )

    def _unsafe(self, obj: object, attribute: str) -> NoReturn:
        raise SecurityError(f"the attribute {attribute} of a {kind_of(obj)} cannot be used here")

"""The filters that templates may use, the same ones for every rendering.

jinja2's own where they are harmless, ours where one call could run long or grow large. Missing on
purpose: random (a prompt must be repeatable), pprint, striptags, urlize, wordwrap, xmlattr (slow on
hostile input, and of no use in prompts). Nothing here marks text as safe or escapes it unasked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import TemplateRuntimeError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.runtime import Undefined
from jinja2.utils import pass_environment

from workbench.templates import text_methods
from workbench.templates.arithmetic import add
from workbench.templates.bound_methods import percent
from workbench.templates.limits import CONTAINERS
from workbench.templates.provenance import Traced, concat, follow
from workbench.templates.safe_text import GROWTH, escaped, like, safe, unmarked

if TYPE_CHECKING:
    from workbench.templates.sandbox import SandboxEnvironment

Filter = Callable[..., Any]

_BORROWED = (
    "abs",
    "batch",
    "count",
    "d",
    "default",
    "dictsort",
    "filesizeformat",
    "first",
    "float",
    "groupby",
    "int",
    "items",
    "last",
    "length",
    "list",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "reverse",
    "select",
    "selectattr",
    "slice",
    "sort",
    "truncate",
    "unique",
)
_WALK_NOTHING = frozenset({"count", "length", "first", "last", "default", "d", "truncate"})
_SLOW_CHARS = 250_000
_MAX_COLUMNS = 10_000
_MAX_INDENT = 100
_MAX_PLACES = 100


def _guarded(name: str, function: Filter) -> Filter:
    """A filter that asks the guard of the environment it is used in, and counts what it gives."""
    wants = getattr(function, "jinja_pass_arg", None)
    walks = name in _BORROWED and name not in _WALK_NOTHING
    texts = 2 if wants is None else 1
    makes_columns = name in {"batch", "slice"}

    def run(place: Any, *args: Any, **kwargs: Any) -> Any:
        env: SandboxEnvironment = getattr(place, "environment", place)
        env.guard.tick()
        for arg in args[:texts] if walks else ():
            if isinstance(arg, str):
                env.guard.room_for_items(len(arg))
        if makes_columns:
            columns = [n for n in (*args, *kwargs.values()) if isinstance(n, int)]
            if any(n > _MAX_COLUMNS for n in columns):
                raise TemplateRuntimeError(f"{name} makes more than {_MAX_COLUMNS:,} columns")
        result = function(*args, **kwargs) if wants is None else function(place, *args, **kwargs)
        return env.settled(result, args)

    if wants is None:
        return pass_environment(run)
    # jinja2 reads from this attribute what one of its own filters wants in front.
    run.jinja_pass_arg = wants  # type: ignore[attr-defined]  # jinja2's own way to say it
    return run


class _Filters:
    """Filters of our own; the names of methods are the names of filters."""

    def __init__(self, env: SandboxEnvironment) -> None:
        self._env = env
        self._guard = env.guard

    def _text(self, value: object) -> str:
        return self._guard.text(value)

    def _changed(self, value: object, change: Callable[[str], str], factor: int = 1) -> str:
        text = self._text(value)
        self._guard.room_for(len(text) * factor)
        result = follow(change(str(text)), (text,))
        return like(text, result)

    def attr(self, value: object, name: str) -> object:
        """Attribute `name`, never an item."""
        if isinstance(value, dict) and name in value and not hasattr(dict, name):
            return self._env.undefined(obj=value, name=name)
        return self._env.getattr(value, name)

    def upper(self, value: object) -> str:
        """Capital letters."""
        return self._changed(value, str.upper)

    def lower(self, value: object) -> str:
        """Small letters."""
        return self._changed(value, str.lower)

    def capitalize(self, value: object) -> str:
        """First letter large, the rest small."""
        return self._changed(value, str.capitalize)

    def title(self, value: object) -> str:
        """First letter of every word large."""
        text = self._text(value)
        if len(text) > _SLOW_CHARS:
            raise TemplateRuntimeError(f"title takes at most {_SLOW_CHARS:,} characters")
        return self._changed(unmarked(text), FILTERS["title"])

    def string(self, value: object) -> str:
        """The text form."""
        return self._text(value)

    def safe(self, value: object) -> str:
        """The text, marked so that texts added to it are escaped, as jinja2 does."""
        return safe(self._text(value))

    def escape(self, value: object) -> str:
        """HTML entities for & < > ' and ", unless the text is marked as safe."""
        text = self._text(value)
        self._guard.room_for(len(text) * GROWTH)
        return safe(escaped(text))

    def forceescape(self, value: object) -> str:
        """HTML entities, in a safe text too."""
        text = self._text(value)
        self._guard.room_for(len(text) * GROWTH)
        return safe(escaped(unmarked(text)))

    def trim(self, value: object, chars: str | None = None) -> str:
        """Without white space (or `chars`) at both ends."""
        text = self._text(value)
        return like(text, text_methods.strip(self._guard, text, chars))

    def center(self, value: object, width: int = 80) -> object:
        """Padded on both sides."""
        text = self._text(value)
        return like(text, text_methods.center(self._guard, text, width))

    def replace(self, value: object, old: object, new: object, count: int | None = None) -> str:
        """`old` replaced by `new`, at most `count` times."""
        texts = (self._text(value), self._text(old), self._text(new))
        return text_methods.replace(self._guard, *texts, -1 if count is None else count)

    def format(self, value: object, *args: object, **kwargs: object) -> object:
        """`value % args`."""
        if args and kwargs:
            raise TemplateRuntimeError("format takes positions or names, not both")
        return percent(self._guard, self._text(value), kwargs or args)

    def join(self, value: Iterable[Any], d: object = "", attribute: str | None = None) -> str:
        """The items' texts with `d` between them."""
        items: Iterable[Any] = self._guard.each(value)
        if attribute is not None:
            items = map(make_attrgetter(self._env, attribute), items)
        texts = (self._text(item) for item in items)
        return text_methods.join(self._guard, self._text(d), texts)

    def indent(
        self, s: object, width: int | str = 4, first: bool = False, blank: bool = False
    ) -> str:
        """Every line but the first indented."""
        text = self._text(s)
        if text is not s:
            raise TemplateRuntimeError(f"indent takes a text, not a {type(s).__name__}")
        if isinstance(width, int):
            self._guard.room_for(width)
        indention = width if isinstance(width, str) else " " * width
        rows = text_methods.splitlines(self._guard, concat((text, "\n")), keepends=True)
        self._guard.room_for(len(text) + len(rows) * len(indention))
        out: list[str] = []
        for number, row in enumerate(rows):
            wanted = first if number == 0 else blank or row != "\n"
            out += (indention, row) if wanted else (row,)
        result = concat(out)
        # jinja2 ends lines with "\n" whatever they ended with, and ours has one too many.
        if any(end in text for end in ("\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")):
            changed = follow(FILTERS["indent"](str(text), indention, first, blank), (text,))
            return like(text, changed)
        return like(text, text_methods.removesuffix(self._guard, result, "\n"))

    def wordcount(self, value: object) -> int:
        """How many words, as divided by white space and punctuation."""
        text = self._text(value)
        if len(text) > _SLOW_CHARS:
            raise TemplateRuntimeError(f"wordcount takes at most {_SLOW_CHARS:,} characters")
        return int(FILTERS["wordcount"](str(text)))

    def urlencode(self, value: object) -> str:
        """Percent-encoded."""
        text = self._text(value)
        if len(text) > _SLOW_CHARS:
            raise TemplateRuntimeError(f"urlencode takes at most {_SLOW_CHARS:,} characters")
        return self._changed(unmarked(text), FILTERS["urlencode"])

    def round(self, value: float, precision: int = 0, method: str = "common") -> Any:
        """Rounded: "common", "ceil" or "floor"."""
        if abs(precision) > _MAX_PLACES:
            raise TemplateRuntimeError(f"round takes at most {_MAX_PLACES} places")
        return FILTERS["round"](value, precision, method)

    def sum(self, value: Iterable[Any], attribute: str | None = None, start: Any = 0) -> Any:
        """The items added up."""
        items: Iterable[Any] = self._guard.each(value)
        if attribute is not None:
            items = map(make_attrgetter(self._env, attribute), items)
        total = start
        for item in items:
            total = add(self._env, total, item)
        return total

    def tojson(
        self,
        value: object,
        ensure_ascii: bool = False,
        indent: int | str | None = None,
        separators: tuple[str, str] | None = None,
        sort_keys: bool = False,
    ) -> str:
        """JSON as transformers writes it in chat templates: not escaped for HTML."""
        if isinstance(value, Undefined):
            str(value)
        items, chars = self._guard.measure(value)
        step = indent if isinstance(indent, int) else len(indent or "")
        wide = max(0, step, *(len(separator) for separator in separators or ()))
        if wide > _MAX_INDENT:
            raise TemplateRuntimeError(f"tojson indents by at most {_MAX_INDENT} characters")
        self._guard.room_for(chars + items * wide)
        text = json.dumps(
            value,
            ensure_ascii=ensure_ascii,
            indent=indent,
            separators=separators,
            sort_keys=sort_keys,
        )
        return follow(text, (value,)) if isinstance(value, Traced) else text


def settled_iterator(env: SandboxEnvironment, result: object) -> object:
    """A generator wrapped so that reading it is counted; anything else as it is."""
    if isinstance(result, Iterator) and not isinstance(result, CONTAINERS):
        return env.guard.each(result)
    return result


_OWN = frozenset(name for name in vars(_Filters) if not name.startswith("_"))
FILTER_NAMES = frozenset(_BORROWED) | _OWN | {"e"}
"""Every filter there is."""


def _own(name: str) -> Filter:
    method = getattr(_Filters, "escape" if name == "e" else name)

    @pass_environment
    def run(env: SandboxEnvironment, *args: Any, **kwargs: Any) -> Any:
        return method(_Filters(env), *args, **kwargs)

    return run


FILTER_TABLE: dict[str, Filter] = {
    name: _guarded(name, FILTERS[name] if name in _BORROWED else _own(name))
    for name in sorted(FILTER_NAMES)
}
"""Every filter; each is handed the environment that it is used in, and keeps nothing of it."""

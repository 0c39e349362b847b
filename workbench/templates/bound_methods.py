"""Methods of texts as templates call them: `name.upper()`, `"{}".format(name)`, `"%s" % name`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import TemplateRuntimeError

from workbench.templates import text_methods
from workbench.templates.limits import Guard
from workbench.templates.safe_text import (
    GROWTH,
    SafeText,
    escaped,
    escaped_items,
    escaped_value,
    marked,
)

if TYPE_CHECKING:
    from workbench.templates.sandbox import SandboxEnvironment

_FORMATS = ("format", "format_map")
_FILLS = ("center", "ljust", "rjust")


class BoundTextMethod:
    """A method of a text, ready to be called by a template."""

    __slots__ = ("_call", "_guard", "_name", "_text")

    def __init__(self, guard: Guard, text: str, name: str, call: text_methods.TextMethod) -> None:
        self._guard = guard
        self._text = text
        self._name = name
        self._call = call

    def __call__(self, *args: object, **kwargs: object) -> object:
        if not isinstance(self._text, SafeText):
            return self._call(self._guard, self._text, *args, **kwargs)
        given = list(args)
        self._guard.room_for(GROWTH * self._guard.measure(given)[1])
        if self._name == "replace" and len(given) > 1 and isinstance(given[1], str):
            given[1] = escaped(given[1])
        elif self._name == "join" and given and isinstance(given[0], Iterable):
            given[0] = escaped_items(given[0])
        elif self._name in _FILLS or self._name in _FORMATS:
            given = [escaped_value(value) for value in given]
            kwargs = {key: escaped_value(value) for key, value in kwargs.items()}
        return marked(self._call(self._guard, self._text, *given, **kwargs))


def bound_method(env: SandboxEnvironment, text: str, name: str) -> BoundTextMethod | None:
    """Method `name` of `text`; None when templates may not call it."""
    if name in _FORMATS:
        return BoundTextMethod(env.guard, text, name, _formatter(env, name))
    method = text_methods.TEXT_METHODS.get(name)
    return None if method is None else BoundTextMethod(env.guard, text, name, method)


def _formatter(env: SandboxEnvironment, name: str) -> text_methods.TextMethod:
    def run(guard: Guard, text: str, *args: Any, **kwargs: Any) -> str:
        if name == "format":
            return text_methods.format_text(guard, env, text, args, kwargs)
        if len(args) != 1 or kwargs or not isinstance(args[0], Mapping):
            raise TemplateRuntimeError("format_map takes one dictionary")
        return text_methods.format_text(guard, env, text, (), args[0])

    return run


def percent(guard: Guard, text: str, values: object) -> object:
    """`text % values`."""
    if not isinstance(text, SafeText):
        return text_methods.percent(guard, text, values)
    guard.room_for(GROWTH * guard.measure(values)[1])
    return marked(text_methods.percent(guard, text, escaped_value(values)))

"""What templates may reach of a value: a list of what is allowed, never of what is not."""

from __future__ import annotations

from collections.abc import Mapping
from types import BuiltinMethodType, MethodType

from jinja2.filters import _GroupTuple
from jinja2.runtime import BlockReference, LoopContext, Macro, Undefined
from jinja2.utils import Cycler, Joiner

from workbench.templates.provenance import Traced, TracedFloat, TracedInt
from workbench.templates.safe_text import SafeText

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
    SafeText: "text",
    int: "number",
    TracedInt: "number",
    float: "number",
    TracedFloat: "number",
    dict: "dictionary",
}
_CALLABLE = (Macro, LoopContext, BlockReference, Joiner, Undefined)


def is_allowed(obj: object, attribute: str) -> bool:
    """Whether templates may read this attribute of a container, a loop or a macro."""
    return any(isinstance(obj, kind) and attribute in names for kind, names in _ALLOWED.items())


def is_callable(obj: object) -> bool:
    """Whether templates may call `obj`: macros, loops, allowed methods of allowed things."""
    if isinstance(obj, _CALLABLE):
        return True
    if isinstance(obj, BuiltinMethodType | MethodType):
        return is_allowed(obj.__self__, obj.__name__)
    return False


def kind_of(obj: object) -> str:
    """What to call a value's type in a message."""
    return _KINDS.get(type(obj), type(obj).__name__)

"""The methods of texts that templates may call: bounded in size, and exact about provenance.

`str` methods that are missing here (encode, translate, …) are refused by the sandbox.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import TemplateRuntimeError
from jinja2.sandbox import SandboxedFormatter

from workbench.templates.limits import Guard
from workbench.templates.provenance import Traced, concat, cut, follow

if TYPE_CHECKING:
    from jinja2 import Environment

_MAX_WIDTH = 10_000
_PIECEWISE = 10_000
_MAX_FIELDS = 10_000
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_PERCENT = re.compile(r"%(?:\((?P<name>[^()]*)\))?[#0 +-]*(?P<width>\*|\d*)(?:\.(?P<prec>\*|\d*))?")

TextMethod = Callable[..., object]


def _made(guard: Guard, text: str, start: int, stop: int) -> str:
    guard.made_text(stop - start)
    return cut(text, start, stop)


def strip(guard: Guard, text: str, chars: str | None = None) -> str:
    """`str.strip`."""
    start = len(text) - len(str.lstrip(text, chars))
    return _made(guard, text, start, max(start, len(str.rstrip(text, chars))))


def lstrip(guard: Guard, text: str, chars: str | None = None) -> str:
    """`str.lstrip`."""
    return _made(guard, text, len(text) - len(str.lstrip(text, chars)), len(text))


def rstrip(guard: Guard, text: str, chars: str | None = None) -> str:
    """`str.rstrip`."""
    return _made(guard, text, 0, len(str.rstrip(text, chars)))


def removeprefix(guard: Guard, text: str, prefix: str) -> str:
    """`str.removeprefix`."""
    return _made(guard, text, len(prefix) if text.startswith(prefix) else 0, len(text))


def removesuffix(guard: Guard, text: str, suffix: str) -> str:
    """`str.removesuffix`."""
    return _made(guard, text, 0, len(str.removesuffix(text, suffix)))


def _located(text: str, pieces: Sequence[str], gap: int = 0) -> list[str]:
    """The pieces of a split, cut from `text` in order; at least `gap` characters lie between."""
    if not isinstance(text, Traced):
        return list(pieces)
    out = []
    at = 0
    plain = str(text)
    for piece in pieces:
        at = plain.find(piece, at)
        out.append(cut(text, at, at + len(piece)))
        at += len(piece) + gap
    return out


def _split(guard: Guard, text: str, sep: str | None, maxsplit: int, *, right: bool) -> list[str]:
    most = guard.limits.items
    limit = most if maxsplit < 0 else min(maxsplit, most)
    plain = str(text)
    pieces = plain.rsplit(sep, limit) if right else plain.split(sep, limit)
    guard.room_for_items(len(pieces))
    guard.made(pieces)
    return _located(text, pieces, len(sep) if sep else 0)


def split(guard: Guard, text: str, sep: str | None = None, maxsplit: int = -1) -> list[str]:
    """`str.split`."""
    return _split(guard, text, sep, maxsplit, right=False)


def rsplit(guard: Guard, text: str, sep: str | None = None, maxsplit: int = -1) -> list[str]:
    """`str.rsplit`."""
    return _split(guard, text, sep, maxsplit, right=True)


def splitlines(guard: Guard, text: str, keepends: bool = False) -> list[str]:
    """`str.splitlines`."""
    guard.room_for_items(sum(text.count(end) for end in _LINE_ENDS))
    out = []
    at = 0
    for whole, bare in zip(text.splitlines(True), text.splitlines(), strict=True):
        out.append(cut(text, at, at + len(whole if keepends else bare)))
        at += len(whole)
    guard.made(out)
    return out


def partition(guard: Guard, text: str, sep: str) -> tuple[str, str, str]:
    """`str.partition`."""
    at = len(str(text).partition(sep)[0])
    stop = min(len(text), at + len(sep))
    guard.made_text(len(text))
    return cut(text, 0, at), cut(text, at, stop), cut(text, stop, len(text))


def rpartition(guard: Guard, text: str, sep: str) -> tuple[str, str, str]:
    """`str.rpartition`."""
    head, found, _ = str(text).rpartition(sep)
    stop = len(head) + len(found)
    guard.made_text(len(text))
    return cut(text, 0, len(head)), cut(text, len(head), stop), cut(text, stop, len(text))


def replace(guard: Guard, text: str, old: str, new: str, count: int = -1) -> str:
    """`str.replace`."""
    times = str(text).count(old) if count < 0 else min(str(text).count(old), count)
    guard.room_for(len(text) + times * (len(new) - len(old)))
    result = str(text).replace(old, new, count)
    guard.made_text(len(result))
    if not isinstance(text, Traced) and not isinstance(new, Traced):
        return result
    if not old or times > _PIECEWISE:
        return follow(result, (text, new))
    pieces: list[str] = []
    at = 0
    for _ in range(times):
        found = str(text).find(old, at)
        pieces += (cut(text, at, found), new)
        at = found + len(old)
    return concat([*pieces, cut(text, at, len(text))])


def join(guard: Guard, text: str, items: Iterable[object]) -> str:
    """`str.join`; like it, refuses items that are not texts."""
    pieces: list[str] = []
    chars = 0
    for item in guard.each(items):
        if not isinstance(item, str):
            raise TemplateRuntimeError(f"join() found a {type(item).__name__} among the texts")
        if pieces:
            pieces.append(text)
            chars += len(text)
        pieces.append(item)
        chars += len(item)
        guard.room_for(chars)
    guard.made_text(chars)
    return concat(pieces)


def padded(method: Callable[..., str]) -> Callable[..., str]:
    """A method that fills up to a width."""

    def run(guard: Guard, text: str, width: int = 80, *fill: str) -> str:
        guard.room_for(width)
        guard.made_text(max(width, len(text)))
        return follow(method(str(text), width, *fill), (text,))

    return run


center = padded(str.center)
"""`str.center`."""


def expandtabs(guard: Guard, text: str, tabsize: int = 8) -> str:
    """`str.expandtabs`."""
    guard.room_for(len(text) + text.count("\t") * tabsize)
    return follow(str(text).expandtabs(tabsize), (text,))


def changed(method: Callable[[str], str]) -> TextMethod:
    """A method that changes letters."""

    def run(guard: Guard, text: str) -> str:
        guard.made_text(len(text))
        return follow(method(str(text)), (text,))

    return run


def plain(method: Callable[..., object]) -> TextMethod:
    """A method that answers a question and makes no text."""

    def run(guard: Guard, text: str, *args: object) -> object:
        guard.tick()
        return method(text, *args)

    return run


class BoundedFormatter(SandboxedFormatter):
    """`str.format` with the sandbox's attribute rules and without giant widths."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Format a value, unless the result would be huge."""
        _check_widths(re.findall(r"\d+", format_spec))
        return str(super().format_field(value, format_spec))


def _check_widths(numbers: Iterable[str]) -> None:
    if any(len(number) > 6 or int(number) > _MAX_WIDTH for number in numbers):
        raise TemplateRuntimeError(f"a format asks for more than {_MAX_WIDTH:,} characters")


def _check_fields(count: int) -> None:
    if count > _MAX_FIELDS:
        raise TemplateRuntimeError(f"a format has more than {_MAX_FIELDS:,} fields")


def _leaves(args: Iterable[object]) -> list[object]:
    out: list[object] = []
    for arg in args:
        if isinstance(arg, Mapping):
            out += arg.values()
        elif isinstance(arg, list | tuple):
            out += arg
        else:
            out.append(arg)
    return out


def format_text(
    guard: Guard, env: Environment, text: str, args: Sequence[Any], named: Mapping[str, Any]
) -> str:
    """`str.format` and `str.format_map`."""
    _check_fields(text.count("{"))
    fields = sum(1 for _, name, *_ in string.Formatter().parse(text) if name is not None)
    _, chars = guard.measure([list(args), dict(named)], printable=True)
    guard.room_for(len(text) + fields * chars)
    result = BoundedFormatter(env).vformat(str(text), args, named)
    guard.made_text(len(result))
    return follow(result, _leaves([*args, named]))


def percent(guard: Guard, text: str, values: object) -> str:
    """`text % values`."""
    _check_fields(text.count("%"))
    fields = 0
    for match in _PERCENT.finditer(text):
        fields += 1
        numbers = [match["width"], match["prec"] or ""]
        if "*" in numbers:
            raise TemplateRuntimeError("a format takes its width from a value")
        _check_widths(number for number in numbers if number)
    _, chars = guard.measure(values, printable=True)
    guard.room_for(len(text) + fields * (chars + 32))
    result = str(text) % values
    guard.made_text(len(result))
    return follow(result, _leaves([values]))


TEXT_METHODS: Mapping[str, TextMethod] = {
    "strip": strip,
    "lstrip": lstrip,
    "rstrip": rstrip,
    "removeprefix": removeprefix,
    "removesuffix": removesuffix,
    "split": split,
    "rsplit": rsplit,
    "splitlines": splitlines,
    "partition": partition,
    "rpartition": rpartition,
    "replace": replace,
    "join": join,
    "expandtabs": expandtabs,
    "center": center,
    **{
        name: padded(method)
        for name, method in (
            ("ljust", str.ljust),
            ("rjust", str.rjust),
            ("zfill", str.zfill),
        )
    },
    **{
        name: changed(method)
        for name, method in (
            ("upper", str.upper),
            ("lower", str.lower),
            ("title", str.title),
            ("capitalize", str.capitalize),
            ("swapcase", str.swapcase),
            ("casefold", str.casefold),
        )
    },
    **{
        method.__name__: plain(method)
        for method in (
            str.startswith,
            str.endswith,
            str.find,
            str.rfind,
            str.index,
            str.rindex,
            str.count,
            str.isalnum,
            str.isalpha,
            str.isascii,
            str.isdecimal,
            str.isdigit,
            str.isidentifier,
            str.islower,
            str.isnumeric,
            str.isprintable,
            str.isspace,
            str.istitle,
            str.isupper,
        )
    },
}

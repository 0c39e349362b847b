"""What went wrong in a template, as an error a person can act on: place, line and cause."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.templates.limits import LimitError

_UNDEFINED_NAME = re.compile(r"'(?P<name>\w+)' is undefined")


class RefusedError(Exception):
    """A chat template called `raise_exception`."""


def line_of(error: BaseException) -> int | None:
    """The innermost template line an error came from, 1-based; None when no template ran."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line = None
    trace = error.__traceback__
    while trace is not None:
        template = trace.tb_frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def explain(error: Exception, where: str, known: Iterable[str] | None = ()) -> UserError:
    """The error to show for whatever a template raised.

    Args:
        where: the file and message, for the start of the sentence.
        known: names that have a value, to guess what an undefined one was meant to be; None when
            no one can give the template values.
    """
    line = line_of(error)
    place = where if line is None else f"{where}, line {line}"
    what, hint = _cause(error, None if known is None else list(known))
    stop = "" if what.endswith((".", "!", "?")) else "."
    return UserError(f"{place}: {what}{stop}", hint)


def _cause(error: Exception, known: list[str] | None) -> tuple[str, str]:
    if isinstance(error, UserError):
        return error.message, error.hint
    message = str(error)
    if isinstance(error, TemplateSyntaxError):
        return message, "Correct the template's Jinja2 syntax there."
    if isinstance(error, UndefinedError):
        return _undefined(message, known)
    if isinstance(error, RefusedError):
        return f"the chat template refuses these messages: {message}", ""
    if isinstance(error, SecurityError):
        return message, "Templates run in a sandbox and reach only their variables."
    if isinstance(error, LimitError):
        return f"the template {message}", "Templates are stopped there to keep the program alive."
    if isinstance(error, RecursionError):
        return "the template is nested too deeply", "Write it with fewer levels."
    if isinstance(error, MemoryError):
        return "the template needs too much memory", "Make the text smaller."
    if isinstance(error, SyntaxError):
        return f"the template is nested too deeply ({error.msg})", "Write it with fewer levels."
    return message or type(error).__name__, ""


def _undefined(message: str, known: list[str] | None) -> tuple[str, str]:
    match = _UNDEFINED_NAME.search(message)
    if match is None:
        return message, "Check the name, or write `is defined` before using it."
    name = match["name"]
    if known is None:
        return f"the variable {name} has no value", ""
    near = did_you_mean(name, known)
    advice = f"Give it a value (-v {name}=…) or a default under variables:."
    return (
        f"the variable {name} has no value",
        f"{near} {advice}" if near.startswith("Did") else advice,
    )

"""What went wrong in a template, as an error a person can act on: place, line and cause."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from jinja2 import Template
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.core.text import elide
from workbench.templates.limits import LimitError
from workbench.templates.template_source import TemplateSource

_UNDEFINED_NAME = re.compile(r"'(?P<name>\w+)' is undefined")
_MOST_SAID = 500
_INCLUDED = "in the included "
_QUOTED = re.compile(r"'([^']+)'")
_GOT = re.compile(r"got '([^']+)'")
_UNKNOWN = re.compile(r"No (filter|test) named '(?P<name>[^']+)'")


class RefusedError(Exception):
    """A chat template called `raise_exception`."""


class LocatedError(Exception):
    """An error of a template with the line it came from.

    Attributes:
        line: of the template, 1-based; None when it is not known.
        error: what was raised.
    """

    def __init__(self, line: int | None, error: Exception) -> None:
        super().__init__(line, error)
        self.line = line
        self.error = error


class TemplateUserError(UserError):
    """An error of a template that a person wrote, with its place for an editor.

    Attributes:
        message_index: 0-based index of the message; None for a raw text or a chat template.
        line: of the file, 1-based; None when it is not known.
        column: in that line, 1-based; None when it is not known.
        template_line: of the message's own text, 1-based; None like `line`.
        what: the cause alone, one sentence.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        details: str = "",
        message_index: int | None = None,
        line: int | None = None,
        column: int | None = None,
        template_line: int | None = None,
        what: str = "",
    ) -> None:
        super().__init__(message, hint, details)
        self.message_index = message_index
        self.line = line
        self.column = column
        self.template_line = template_line
        self.what = what or message

    def __reduce__(self) -> tuple[type[UserError], tuple[Any, ...]]:
        place = (self.message_index, self.line, self.column, self.template_line, self.what)
        return type(self), (self.message, self.hint, self.details, *place)


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


def explain(
    error: Exception, template: TemplateSource, known: Iterable[str] | None = ()
) -> TemplateUserError:
    """The error to show for whatever a template raised.

    Args:
        known: names that have a value, to guess what an undefined one was meant to be; None when
            no one can give the template values.
    """
    line = error.line if isinstance(error, LocatedError) else line_of(error)
    cause = error.error if isinstance(error, LocatedError) else error
    what, hint = _cause(cause, None if known is None else list(known))
    what = elide(what, _MOST_SAID)
    what += "" if what.endswith((".", "!", "?", "…")) else "."
    if isinstance(cause, TemplateUserError):
        # Of a chain of fragments only the ends are told: the tag here, and the mistake there.
        what = cause.what if cause.what.startswith(_INCLUDED) else f"{_INCLUDED}{what}"
    place = template.file_place(line, culprit(str(cause)))
    return TemplateUserError(
        f"{template.where(line)}: {what}",
        hint,
        "",
        template.message_index,
        place.line if place else None,
        place.column if place else None,
        line,
        what,
    )


def culprit(message: str) -> str:
    """The name that an error message of jinja2 is about; empty when it names none."""
    message = message[:_MOST_SAID]
    found = _UNDEFINED_NAME.search(message) or _UNKNOWN.search(message)
    if found is not None:
        return found["name"]
    quoted = _GOT.search(message) or _QUOTED.search(message)
    return quoted[1] if quoted else ""


def _cause(error: Exception, known: list[str] | None) -> tuple[str, str]:
    if isinstance(error, UserError):
        return error.message, error.hint
    message = str(error)
    if isinstance(error, TemplateSyntaxError):
        return error.message or message, "Correct the template's Jinja2 syntax there."
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
    advice = f"Give it a value (-v {name}=…), or a default in the file."
    return (
        f"the variable {name} has no value",
        f"{near} {advice}" if near.startswith("Did ") else advice,
    )

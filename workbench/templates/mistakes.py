"""Every mistake in a prompt's templates that can be known at once, for an editor to underline."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from jinja2 import nodes

from workbench.core.registry import did_you_mean
from workbench.templates.code_cache import CodeCache
from workbench.templates.fragments import Fragments, Includes
from workbench.templates.limits import Guard, Limits
from workbench.templates.prompt_file import PromptFile
from workbench.templates.sandbox import SandboxEnvironment
from workbench.templates.segments import normal_source
from workbench.templates.template_errors import TemplateUserError, explain
from workbench.templates.template_source import TemplateSource

_NO_VALUE = re.compile(r"the variable (\w+) has no value")
_MOST = 20
"""Mistakes of one message that are looked for."""


class UnknownName(NamedTuple):
    """A filter or test that does not exist, in `line` of the template (1-based)."""

    kind: str
    name: str
    line: int
    hint: str


def unknown_names(env: SandboxEnvironment, source: TemplateSource) -> list[UnknownName]:
    """Filters and tests that do not exist, all of them; jinja2 itself stops at the first.

    Empty for a template that cannot be parsed.
    """
    try:
        tree = env.parse(normal_source(source.text))
    except Exception:  # noqa: BLE001  # whoever renders it finds it again and explains it
        return []
    found = []
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        known: Iterable[str] = env.filters if isinstance(node, nodes.Filter) else env.tests
        if node.name not in known:
            kind = "filter" if isinstance(node, nodes.Filter) else "test"
            near = did_you_mean(node.name, sorted(name for name in known if name.isidentifier()))
            found.append(UnknownName(kind, node.name, node.lineno, near))
    return found


def find_mistakes(
    prompt: PromptFile,
    values: Mapping[str, object],
    fragments: Fragments | None = None,
    limits: Limits | None = None,
) -> list[TemplateUserError]:
    """What is wrong in each message: unknown filters, names without a value, or its syntax.

    Messages are looked at one by one, so that a mistake in one hides none in another. A name that
    is only used behind `is defined` or `default` is no mistake.
    """
    limits = limits or Limits()
    guard = Guard(limits, time.monotonic() + limits.seconds)
    includes = Includes(fragments, prompt)
    codes = CodeCache()
    found: list[TemplateUserError] = []
    for source in prompt.templates():
        unknown = unknown_names(SandboxEnvironment(guard, includes=includes), source)
        if unknown:
            found += [_unknown(source, one) for one in unknown[:_MOST]]
        else:
            found += _run(source, values, guard, includes, codes)
    return found


def _unknown(source: TemplateSource, one: UnknownName) -> TemplateUserError:
    # The same words as those of jinja2, which knows only the first.
    what = f"No {one.kind} named {one.name!r}."
    place = source.file_place(one.line, one.name)
    return TemplateUserError(
        f"{source.where(one.line)}: {what}",
        one.hint,
        "",
        source.message_index,
        place.line if place else None,
        place.column if place else None,
        one.line,
        what,
    )


def _run(
    source: TemplateSource,
    values: Mapping[str, object],
    guard: Guard,
    includes: Includes,
    codes: CodeCache,
) -> Iterator[TemplateUserError]:
    """Render one message again and again; a name without a value is told, then stands empty."""
    given = dict(values)
    for turn in range(_MOST):
        env = SandboxEnvironment(guard, codes=codes, includes=includes)
        env.message = source.message_index
        try:
            env.render(source.text, given)
        except Exception as error:  # noqa: BLE001  # whatever a template can raise
            said = explain(error, source, values)
            name = _NO_VALUE.match(said.what)
            # With a name standing empty, any other mistake may only come from that.
            if turn == 0 or name is not None:
                yield said
            if name is None or name[1] in given:
                return
            given[name[1]] = ""
        else:
            return

"""The variables of a prompt: those it declares and those its templates use, and their values."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.templates.declarations import Variable, VariableKind, coerce
from workbench.templates.fragments import Fragments, Includes
from workbench.templates.limits import Guard, Limits
from workbench.templates.names import NameFinder
from workbench.templates.prompt_file import PromptFile


def form_variables(
    prompt: PromptFile, limits: Limits | None = None, fragments: Fragments | None = None
) -> tuple[Variable, ...]:
    """Every variable of the prompt, in order of first use, then the declared ones never used.

    One that is only used is a text, or a list when the template loops over it. Those of included
    prompts belong to it too, with the fragment's declaration where the prompt has none; without
    `fragments` nobody looks into them.

    Raises:
        UserError: a template has a syntax error, or includes what cannot be included; file,
            message and line in the message.
    """
    limits = limits or Limits()
    guard = Guard(limits, time.monotonic() + limits.seconds)
    finder = NameFinder(guard, Includes(fragments, prompt))
    uses = finder.uses(prompt)
    declared = {variable.name: variable for variable in prompt.variables}
    found: dict[str, Variable] = {}
    for use in uses:
        known = declared.get(use.name) or use.declared
        if known is not None:
            if use.name not in found or not found[use.name].declared:
                found[use.name] = known
        elif use.name not in found or (use.looped and not found[use.name].declared):
            kind = VariableKind.LIST if use.looped else VariableKind.TEXT
            found[use.name] = Variable(use.name, kind, declared=False)
    return (*found.values(), *(v for name, v in declared.items() if name not in found))


def coerce_values(
    prompt: PromptFile, values: Mapping[str, object], fragments: Fragments | None = None
) -> dict[str, object]:
    """Values for `render_prompt`: given ones as their declared kind, defaults for the rest.

    A variable without value and default is left out; rendering then says where it is missed.

    Raises:
        UserError: an unknown name (the nearest known one is offered), or a value that does not
            fit; the message names the variable.
    """
    variables = {variable.name: variable for variable in form_variables(prompt, None, fragments)}
    for name in values:
        if name not in variables:
            hint = did_you_mean(name, list(variables)) if variables else "It has no variables."
            raise UserError(f"The prompt {prompt.name} has no variable {name}.", hint)
    out: dict[str, object] = {}
    for name, variable in variables.items():
        if name in values:
            out[name] = coerce(variable, values[name])
        elif variable.default is not None:
            # A copy, so that nobody changes the default of a shared prompt.
            out[name] = coerce(replace(variable), variable.default)
    return out

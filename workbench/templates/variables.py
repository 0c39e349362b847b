"""The variables of a prompt: those it declares and those its templates use, and their values."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

from jinja2 import nodes

from workbench.core.errors import UserError
from workbench.core.registry import did_you_mean
from workbench.templates.declarations import Variable, VariableKind, coerce
from workbench.templates.limits import Guard, Limits
from workbench.templates.prompt_file import PromptFile
from workbench.templates.sandbox import SandboxEnvironment
from workbench.templates.template_errors import explain


def form_variables(prompt: PromptFile, limits: Limits | None = None) -> tuple[Variable, ...]:
    """Every variable of the prompt, in order of first use, then the declared ones never used.

    One that is only used is a text, or a list when the template loops over it.

    Raises:
        UserError: a template has a syntax error; file, message and line in the message.
    """
    limits = limits or Limits()
    env = SandboxEnvironment(Guard(limits, time.monotonic() + limits.seconds))
    declared = {variable.name: variable for variable in prompt.variables}
    found: dict[str, Variable] = {}
    for where, source in prompt.parts():
        if "{" not in source:
            continue
        for name, looped in _used(env, where, source).items():
            known = declared.get(name)
            if known is not None:
                found.setdefault(name, known)
            elif name not in found or looped:
                kind = VariableKind.LIST if looped else VariableKind.TEXT
                found[name] = Variable(name, kind, declared=False)
    return (*found.values(), *(v for name, v in declared.items() if name not in found))


def _used(env: SandboxEnvironment, where: str, source: str) -> dict[str, bool]:
    """Undeclared names in order of first use, and whether a loop runs over them."""
    try:
        tree = env.parse(source)
        read = list(dict.fromkeys(name.name for name in tree.find_all(nodes.Name)))
        iterated = {
            loop.iter.name for loop in tree.find_all(nodes.For) if isinstance(loop.iter, nodes.Name)
        }
        undeclared = env.undeclared(tree)
    except Exception as error:  # whatever jinja2 meets in a broken template
        raise explain(error, where) from error
    return {name: name in iterated for name in read if name in undeclared}


def coerce_values(prompt: PromptFile, values: Mapping[str, object]) -> dict[str, object]:
    """Values for `render_prompt`: given ones as their declared kind, defaults for the rest.

    A variable without value and default is left out; rendering then says where it is missed.

    Raises:
        UserError: an unknown name (the nearest known one is offered), or a value that does not
            fit; the message names the variable.
    """
    variables = {variable.name: variable for variable in form_variables(prompt)}
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

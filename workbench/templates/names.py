"""The names a prompt takes from outside, found without running it."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from jinja2 import nodes

from workbench.templates.declarations import Variable
from workbench.templates.filters import FILTER_NAMES
from workbench.templates.fragments import Includes, MissingFragmentError, fragment_template
from workbench.templates.limits import Guard
from workbench.templates.prompt_file import PromptFile
from workbench.templates.sandbox import GLOBAL_NAMES, SandboxEnvironment
from workbench.templates.segments import Segment, normal_source, split
from workbench.templates.template_errors import LocatedError, explain, line_of
from workbench.templates.template_source import TemplateSource


class Use(NamedTuple):
    """A name that a template reads and nobody sets there.

    Attributes:
        looped: whether a loop runs over it.
        declared: what an included prompt declares about it; None for the prompt's own names.
    """

    name: str
    looped: bool
    declared: Variable | None = None


class NameFinder:
    """Reads templates and the fragments they include by name. One thread, one use."""

    def __init__(self, guard: Guard, includes: Includes) -> None:
        self._guard = guard
        self._includes = includes

    @cached_property
    def _env(self) -> SandboxEnvironment:
        return SandboxEnvironment(self._guard, includes=self._includes)

    def uses(self, prompt: PromptFile) -> list[Use]:
        """All names of all templates of `prompt`, in order.

        Raises:
            UserError: a template cannot be read; file, message and line in the message.
        """
        return [use for source in prompt.templates() for use in self.uses_in(source)]

    def uses_in(self, source: TemplateSource) -> list[Use]:
        """The names of one template.

        Raises:
            UserError: like `uses`.
        """
        if "{" not in source.text:
            return []
        found: list[Use] = []
        own: set[str] = set()
        for segment in split(normal_source(source.text)):
            if (lookups := segment.lookups(FILTER_NAMES)) is not None:
                names = dict.fromkeys(piece.name for piece in lookups)
                known = own | GLOBAL_NAMES
                found += [Use(name, looped=False) for name in names if name not in known]
                continue
            try:
                found += self._parsed(segment, own)
            except Exception as error:  # whatever jinja2 meets in a broken template
                line = error.line if isinstance(error, LocatedError) else line_of(error)
                cause = error.error if isinstance(error, LocatedError) else error
                at = None if line is None else line + segment.line
                raise explain(LocatedError(at, cause), source) from error
        return found

    def _parsed(self, segment: Segment, own: set[str]) -> list[Use]:
        tree = self._env.parse(segment.source)
        read: dict[str, None] = {}
        looped: set[str] = set()
        includes: list[nodes.Include] = []
        for node in tree.find_all((nodes.Name, nodes.For, nodes.Include)):
            if isinstance(node, nodes.Name):
                read[node.name] = None
            elif isinstance(node, nodes.Include):
                includes.append(node)
            elif isinstance(node, nodes.For) and isinstance(node.iter, nodes.Name):
                looped.add(node.iter.name)
        sets = [
            name.name
            for step in tree.body
            if isinstance(step, nodes.Assign | nodes.AssignBlock)
            for name in step.target.find_all(nodes.Name)
        ]
        sets += [
            step.target.name
            for step in tree.body
            if isinstance(step, nodes.Assign | nodes.AssignBlock)
            and isinstance(step.target, nodes.Name)
        ]
        undeclared = self._env.undeclared(tree)
        found = [
            Use(name, looped=name in looped)
            for name in read
            if name in undeclared and name not in own
        ]
        for include in includes:
            found += self._included(include, own)
        own.update(sets)
        return found

    def _included(self, include: nodes.Include, own: set[str]) -> list[Use]:
        """Names of a fragment; none when its name is only known while rendering."""
        if not self._includes.has_source:
            return []
        try:
            name = include.template.as_const()
        except nodes.Impossible:
            return []
        try:
            with self._includes.entered(name) as fragment:
                known = {variable.name: variable for variable in fragment.variables}
                return [
                    Use(use.name, use.looped, use.declared or known.get(use.name))
                    for use in self.uses_in(fragment_template(fragment))
                    if use.name not in own
                ]
        except MissingFragmentError as error:
            if include.ignore_missing:
                return []
            raise LocatedError(include.lineno, error) from error
        except Exception as error:
            raise LocatedError(include.lineno, error) from error

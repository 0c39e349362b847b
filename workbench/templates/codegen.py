"""Template source to Python code in which every risky step goes through the environment.

Beyond what jinja2's own sandboxed code does (calls, attributes, operators), this generator sends
output, literal text, loops, slices, joined texts and new lists through methods of
`SandboxEnvironment`, and folds nothing at compile time, where no clock runs.
"""

# ruff: noqa: N802  # the names and signatures of visitors are jinja2's

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, cast

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from workbench.core.rendered import variable_source

if TYPE_CHECKING:
    from workbench.templates.sandbox import SandboxEnvironment


def loaded_names(node: nodes.Node) -> list[str]:
    """Names read anywhere in `node`, in order, each once."""
    found = [node] if isinstance(node, nodes.Name) else []
    found += node.find_all(nodes.Name)
    return list(dict.fromkeys(name.name for name in found if name.ctx == "load"))


def _stored_names(node: nodes.Node) -> list[str]:
    found = [node] if isinstance(node, nodes.Name) else []
    found += node.find_all(nodes.Name)
    return [name.name for name in found if name.ctx == "store"]


def set_names(tree: nodes.Template) -> dict[str, tuple[str, ...]]:
    """Names that a template sets outside loops and macros, with the names they are made from."""
    found: dict[str, list[str]] = {}
    queue: list[nodes.Node] = list(tree.body)
    while queue:
        step = queue.pop(0)
        if isinstance(step, nodes.If):
            queue += [*step.body, *step.elif_, *step.else_]
        elif isinstance(step, nodes.Assign):
            for name in _stored_names(step.target):
                found.setdefault(name, []).extend(loaded_names(step.node))
        elif isinstance(step, nodes.AssignBlock):
            body = [name for part in step.body for name in loaded_names(part)]
            for name in _stored_names(step.target):
                found.setdefault(name, []).extend(body)
    return {name: tuple(dict.fromkeys(sources)) for name, sources in found.items()}


def first_input(name: str, sets: Mapping[str, Sequence[str]]) -> str | None:
    """The first input behind `name`, which may have been set from others; None for none."""
    seen: set[str] = set()
    queue = [name]
    while queue:
        name = queue.pop(0)
        if name in seen:
            continue
        seen.add(name)
        if name not in sets:
            return name
        queue = [*sets[name], *queue]
    return None


class Origins:
    """Which inputs of a template a name inside it stands for (a loop variable, a `set` name).

    Args:
        sets: what names that were set before this part of the template are made from.
    """

    def __init__(
        self,
        tree: nodes.Template,
        known: frozenset[str],
        sets: Mapping[str, Sequence[str]],
    ) -> None:
        self._known = known
        self._made_from = {name: list(sources) for name, sources in sets.items()}
        for step in tree.find_all((nodes.Assign, nodes.For, nodes.AssignBlock, nodes.With)):
            self._learn(step)

    def _learn(self, step: nodes.Node) -> None:
        if isinstance(step, nodes.Assign):
            pairs: list[tuple[nodes.Node, list[str]]] = [(step.target, loaded_names(step.node))]
        elif isinstance(step, nodes.For):
            pairs = [(step.target, loaded_names(step.iter))]
        elif isinstance(step, nodes.AssignBlock):
            body = [name for part in step.body for name in loaded_names(part)]
            pairs = [(step.target, body)]
        elif isinstance(step, nodes.With):
            pairs = [
                (target, loaded_names(value))
                for target, value in zip(step.targets, step.values, strict=True)
            ]
        else:
            pairs = []
        for target, sources in pairs:
            for name in _stored_names(target):
                self._made_from.setdefault(name, []).extend(sources)

    def first_input(self, node: nodes.Node) -> str | None:
        """The first input that `node` reads, or None."""
        seen: set[str] = set()
        queue = loaded_names(node)
        while queue:
            name = queue.pop(0)
            if name in seen or name in self._known:
                continue
            seen.add(name)
            if name not in self._made_from:
                return name
            queue = self._made_from[name] + queue
        return None


class BoundedGenerator(CodeGenerator):
    """The code generator of `SandboxEnvironment`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.optimizer = None
        self._origins: Origins | None = None

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Begin a template: learn the names of its macros and their arguments."""
        macros = {macro.name for macro in node.find_all(nodes.Macro)}
        callers: list[nodes.Macro | nodes.CallBlock] = [
            *node.find_all(nodes.Macro),
            *node.find_all(nodes.CallBlock),
        ]
        arguments = {argument.name for caller in callers for argument in caller.args}
        known = {"loop", "self", "super", "caller", "varargs", "kwargs", *macros, *arguments}
        env = self._env()
        self._origins = Origins(node, frozenset(known | set(env.globals)), env.known_sets)
        env.new_sets = set_names(node)
        super().visit_Template(node, frame)

    def _env(self) -> SandboxEnvironment:
        return cast("SandboxEnvironment", self.environment)

    # Output: nothing is constant, so that literal text is counted and traced at run time too.

    def _output_child_to_const(self, node: Any, frame: Frame, finalize: Any) -> str:
        raise nodes.Impossible

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if isinstance(node, nodes.TemplateData):
            self.write("environment.literal(")
            return
        root = self._origins.first_input(node) if self._origins else None
        self.write(f"environment.emit({None if root is None else variable_source(root)!r}, ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")

    # Steps that make texts and lists.

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """Count the rounds of every loop."""
        each = nodes.EnvironmentAttribute("each", lineno=node.lineno)
        node.iter = nodes.Call(each, [node.iter], [], None, None, lineno=node.lineno)
        super().visit_For(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Join with ~ under a bound of size."""
        self.write("environment.join_texts((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """Slice under a bound of size."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.slice_of(")
        self.visit(node.node, frame)
        for bound in (node.arg.start, node.arg.stop, node.arg.step):
            self.write(", ")
            if bound is None:
                self.write("None")
            else:
                self.visit(bound, frame)
        self.write(")")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        """Count what a list display makes."""
        self.write("environment.made(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        """Count what a dictionary display makes."""
        self.write("environment.made(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        """Count what a tuple display makes, not one that is assigned to."""
        if node.ctx != "load":
            super().visit_Tuple(node, frame)
            return
        self.write("environment.made(")
        super().visit_Tuple(node, frame)
        self.write(")")

    # What these templates do in their own way, or cannot do.

    def _refuse(self, node: nodes.Node, tag: str) -> NoReturn:
        self.fail(f"the tag {{% {tag} %}} cannot be used here", node.lineno)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """Include a part of the library, where that is allowed."""
        if self._env().includes is None:
            self._refuse(node, "include")
        values = f"{{**context.get_all(), **{self.dump_local_context(frame)}}}"
        self.start_write(frame, node)
        self.write("environment.include(")
        self.visit(node.template, frame)
        self.write(f", {values if node.with_context else '{}'}, {node.ignore_missing!r})")
        self.end_write(frame)

    def visit_Extends(self, node: nodes.Extends, frame: Frame) -> None:
        """Refused: a prompt is one file and its parts."""
        self._refuse(node, "extends")

    def visit_Import(self, node: nodes.Import, frame: Frame) -> None:
        """Refused, as `extends` is."""
        self._refuse(node, "import")

    def visit_FromImport(self, node: nodes.FromImport, frame: Frame) -> None:
        """Refused, as `extends` is."""
        self._refuse(node, "from … import")

    def visit_ScopedEvalContextModifier(
        self, node: nodes.ScopedEvalContextModifier, frame: Frame
    ) -> None:
        """Refused: prompts are no HTML."""
        self._refuse(node, "autoescape")


class NameCollector(BoundedGenerator):
    """Finds the names a template takes from outside, by generating code and throwing it away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.undeclared: set[str] = set()

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Without the origins of names, which only output needs."""
        CodeGenerator.visit_Template(self, node, frame)

    def write(self, x: str) -> None:
        """Nothing is written."""

    def enter_frame(self, frame: Frame) -> None:
        """Note the names that a frame takes from the context."""
        super().enter_frame(frame)
        for action, name in frame.symbols.loads.values():
            if action == "resolve" and name is not None and name not in self.environment.globals:
                self.undeclared.add(name)

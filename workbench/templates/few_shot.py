"""Which variables hold few-shot examples: their rows are told apart in the rendered text."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.templates.declarations import VariableKind
from workbench.templates.prompt_file import PromptFile

_ROWS = (VariableKind.LIST, VariableKind.JSON)
_ANSWER_KEYS = frozenset(
    {"output", "answer", "a", "label", "completion", "response", "expected", "target", "result"}
    | {"sentiment", "reply"}
)


def is_few_shot(name: str, value: object, declared: bool) -> bool:
    """Whether a variable's value is a list of few-shot examples.

    True for any list under the names "examples" and "shots", and for a declared list of rows that
    each have at least two fields, one of them an answer (output, answer, label, …).
    """
    if not isinstance(value, list | tuple) or not value:
        return False
    if name in {"examples", "shots"}:
        return True
    return declared and all(
        isinstance(row, Mapping)
        and len(row) > 1
        and any(str(key).lower() in _ANSWER_KEYS for key in row)
        for row in value
    )


def few_shot_names(prompt: PromptFile, values: Mapping[str, object]) -> frozenset[str]:
    """The names among `values` that hold examples, as `prompt` declares them."""
    kinds = {variable.name: variable.kind for variable in prompt.variables}
    return frozenset(
        name
        for name, value in values.items()
        if is_few_shot(name, value, declared=kinds.get(name) in _ROWS)
    )

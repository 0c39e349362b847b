"""What the model reads of an item: a prompt file filled in, or each kind's own prompt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from string import ascii_uppercase

from workbench.core.errors import UserError
from workbench.core.task import Item, Kind
from workbench.experiments.evaluate.items import Asked
from workbench.experiments.evaluate.plan import ChoiceStyle
from workbench.templates.declarations import Variable, coerce
from workbench.templates.prompt_file import MessageTemplate, PromptFile

EXAMPLES = ("examples", "shots")
"""Names of the variable that holds examples, as lists of rows."""

_EXACT = """\
{%- for example in examples %}{{ example.prompt }}{{ example.answer }}

{% endfor %}{{ prompt }}"""

_LETTERED = """\
{%- macro asked(item) %}{% if item.context %}{{ item.context }}
{% endif %}{{ item.question }}
{% for option in item.options %}{{ 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[loop.index0] }}. {{ option }}
{% endfor %}Answer:{% endmacro -%}
{% for example in examples %}{{ asked(example) }}{{ example.answer }}

{% endfor %}{{ asked({'context': context, 'question': question, 'options': options}) }}"""

_PLAIN = """\
{%- macro asked(item) %}{% if item.context %}{{ item.context }}
{% endif %}Question: {{ item.question }}
Answer:{% endmacro -%}
{% for example in examples %}{{ asked(example) }}{{ example.answer }}

{% endfor %}{{ asked({'context': context, 'question': question}) }}"""

_CALL_SYSTEM = """\
You can call functions. Answer with nothing but a JSON list of calls, each \
{"name": ..., "arguments": {...}}; answer with [] when no function fits. The functions are:
{{ functions }}"""

_JUDGE = """\
{%- if question %}{{ question }}

{% endif %}Answer A: {{ options[0] }}

Answer B: {{ options[1] }}

Which answer is better, A or B?
Answer:"""


def default_prompt(item: Item, style: ChoiceStyle) -> PromptFile:
    """The prompt of an item whose kind has one of its own."""
    if item.kind is Kind.PAIR:
        return _raw("pair", _JUDGE)
    if item.kind is Kind.CALL:
        return _calls(item)
    if item.messages:
        return _conversation(item)
    if item.prompt is not None:
        return _raw("exact", _EXACT)
    if item.kind is Kind.CHOICE and style is ChoiceStyle.LETTERS and not item.choices:
        return _raw("multiple choice", _LETTERED)
    return _raw("question", _PLAIN)


def _raw(name: str, text: str) -> PromptFile:
    return PromptFile(name=f"default ({name})", source=text, text=text)


def _conversation(item: Item) -> PromptFile:
    """The item's own messages, none of which is a template: each is a variable's value."""
    messages = tuple(
        MessageTemplate(role, f"{{{{ message_{number} }}}}", number + 1)
        for number, (role, _) in enumerate(item.messages)
    )
    source = json.dumps([[m.role, m.content] for m in messages])
    return PromptFile(name="default (conversation)", source=source, messages=messages)


def _calls(item: Item) -> PromptFile:
    said = item.messages or (("user", ""),)
    own = _conversation(item).messages if item.messages else ()
    asked = own or (MessageTemplate("user", "{{ question }}", 2),)
    messages = (MessageTemplate("system", _CALL_SYSTEM, 1), *asked)
    source = json.dumps([[m.role, m.content] for m in messages])
    return PromptFile(
        name=f"default (calls, {len(said)} messages)", source=source, messages=messages
    )


def values_of(
    asked: Asked, variables: Mapping[str, Variable], answers: Mapping[str, str]
) -> dict[str, object]:
    """What the variables of a prompt are for this item; what the item lacks is left out.

    Args:
        variables: of the prompt, by name.
        answers: the right answer of every example by its id, as it is written behind its prompt.

    Raises:
        UserError: a value does not fit its variable.
    """
    offered = _offered(asked.item, asked.order)
    rows = [{**_offered(shot), "answer": answers[shot.id]} for shot in asked.shots]
    offered.update(dict.fromkeys(EXAMPLES, rows))
    out: dict[str, object] = {}
    for name, variable in variables.items():
        if name in offered:
            out[name] = coerce(variable, offered[name]) if variable.declared else offered[name]
        elif variable.default is not None:
            out[name] = coerce(variable, variable.default)
    return out


def _offered(item: Item, order: tuple[int, ...] = ()) -> dict[str, object]:
    shown = item.options or tuple(choice.strip() for choice in item.choices)
    options = [shown[i] for i in order] if order else list(shown)
    question = item.variables.get("question", item.prompt or "")
    values: dict[str, object] = {
        "context": "",
        **item.variables,
        "id": item.id,
        "question": question,
        "input": item.variables.get("input", question),
        "prompt": item.prompt if item.prompt is not None else question,
        "options": options,
        "choices": options,
        "letters": list(ascii_uppercase[: len(options)]),
        "functions": json.dumps(list(item.functions), ensure_ascii=False, indent=1),
    }
    for number, (_, text) in enumerate(item.messages):
        values[f"message_{number}"] = text
    return {**item.extra, **values}


def check_fits(prompt: PromptFile, variables: Mapping[str, Variable], asked: Asked) -> None:
    """Refuse a prompt that this item cannot fill.

    Raises:
        UserError: a variable has no value, or examples are wanted and the prompt shows none.
    """
    offered = {*_offered(asked.item), *EXAMPLES}
    lacking = [n for n, v in variables.items() if n not in offered and v.default is None]
    if lacking:
        known = ", ".join(sorted(n for n in offered if n in asked.item.variables)) or "none"
        raise UserError(
            f"The prompt {prompt.name} has the variable {lacking[0]}, which the task does not "
            f"have (item {asked.item.id} has: {known}).",
            "Give it a default, or rename a column.",
        )
    if asked.shots and not any(name in variables for name in EXAMPLES):
        raise UserError(
            f"The prompt {prompt.name} shows no examples, and {len(asked.shots)} are wanted.",
            "Add {% for example in examples %}…{% endfor %}, or leave --few-shot out.",
        )


def check_says_something(asked: Asked) -> None:
    """Refuse the kind's own prompt for an item that has nothing to put into it.

    Raises:
        UserError: the item has neither a prompt nor a question.
    """
    item = asked.item
    texts = (item.messages, item.prompt is not None, item.variables.get("question"))
    if item.kind is not Kind.EMBED and not any(texts):
        known = ", ".join(item.variables) or "none"
        raise UserError(
            f"The items have no question (item {item.id} has the columns: {known}).",
            "Name a prompt that they fill with -p.",
        )


def few_shot_answer(item: Item, style: ChoiceStyle) -> str:
    """How an example's right answer is written behind its prompt, its space in front included.

    Raises:
        UserError: it has none.
    """
    if item.choices and item.gold:
        return item.choices[item.gold[0]]
    if item.kind is Kind.CHOICE and item.gold:
        if style is ChoiceStyle.LETTERS and item.prompt is None:
            return f" {ascii_uppercase[item.gold[0]]}"
        return f" {item.options[item.gold[0]]}"
    answer = item.completion or item.variables.get("solution", "")
    answer = answer or (item.references[0] if item.references else "")
    if not answer:
        raise UserError(f"The example {item.id} has no right answer.", "Leave it out.")
    return answer if item.kind in (Kind.SEQUENCE, Kind.CODE) else f" {answer}"

"""The variables of a prompt and values given for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.templates.prompt_file import PromptFile, VariableKind, parse_prompt, raw_prompt
from workbench.templates.variables import coerce_values, form_variables

DECLARED = """\
text: "{{ c }}{{ t }}{{ n }}{{ b }}{{ l }}{{ j }}"
variables:
  unused: {default: x}
  t: {type: text, default: hello}
  n: {type: number, default: 3}
  c: {type: choice, choices: [red, green], default: red}
  b: {type: boolean, default: false}
  l: {type: list, default: [a]}
  j: {type: json}
"""


def declared() -> PromptFile:
    return parse_prompt(DECLARED, "demo")


def test_order_is_that_of_first_use() -> None:
    assert [v.name for v in form_variables(declared())] == ["c", "t", "n", "b", "l", "j", "unused"]


def test_names_are_found_over_all_messages() -> None:
    prompt = parse_prompt(
        "messages:\n"
        "- {role: system, content: '{{ role }} {% set x = tone %}{{ x }}'}\n"
        "- {role: user, content: '{% for row in rows %}{{ row.a }}{{ role }}{% endfor %}"
        "{% macro m(k) %}{{ k }}{{ inner }}{% endmacro %}{{ m(1) }}{{ range(3) }}'}\n",
        "x",
    )
    found = [(v.name, v.kind, v.declared) for v in form_variables(prompt)]
    assert found == [
        ("role", VariableKind.TEXT, False),
        ("tone", VariableKind.TEXT, False),
        ("rows", VariableKind.LIST, False),
        ("inner", VariableKind.TEXT, False),
    ]


def test_a_broken_template_is_named_with_its_line() -> None:
    prompt = parse_prompt("messages:\n- role: user\n  content: |\n    Hi\n    {% if x %}\n", "x")
    with pytest.raises(UserError, match=r"^x, line 5, message 1 \(user\): "):
        form_variables(prompt)


def test_texts_from_a_command_line_become_what_is_declared() -> None:
    given_values = {
        "n": " 1e2 ",
        "c": "green",
        "b": "Yes",
        "l": "a, b,",
        "j": '{"k": [1]}',
        "t": "7",
    }
    values = coerce_values(declared(), given_values)
    assert values == {
        "c": "green",
        "t": "7",
        "n": 100.0,
        "b": True,
        "l": ["a", "b"],
        "j": {"k": [1]},
        "unused": "x",
    }
    assert coerce_values(declared(), {"n": "12"})["n"] == 12


def test_defaults_fill_in_and_what_has_none_is_left_out() -> None:
    values = coerce_values(declared(), {})
    assert values == {"c": "red", "t": "hello", "n": 3, "b": False, "l": ["a"], "unused": "x"}
    rows = values["l"]
    assert isinstance(rows, list)
    rows.append("changed")
    assert coerce_values(declared(), {})["l"] == ["a"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", []),
        ('["a", 1]', ["a", 1]),
        ("one\ntwo, too\n\n", ["one", "two, too"]),
        ("one, two", ["one", "two"]),
    ],
)
def test_lists_can_be_written_in_three_ways(text: str, items: list[object]) -> None:
    assert coerce_values(declared(), {"l": text})["l"] == items
    loop = raw_prompt("{% for x in xs %}{{ x }}{% endfor %}")
    assert coerce_values(loop, {"xs": text}) == {"xs": items}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"n": "many"}, "The variable n takes a number, not 'many'."),
        ({"n": "nan"}, "The variable n takes a number"),
        ({"n": True}, "The variable n takes a number"),
        ({"c": "gren"}, "The variable c takes one of red, green, not 'gren'. Did you mean green?"),
        ({"b": "maybe"}, "The variable b takes true or false"),
        ({"j": "{oops"}, "The variable j takes JSON, not '{oops'. Expecting property name"),
        ({"j": "[NaN]"}, "NaN is not JSON"),
        ({"j": "[" * 100_000}, "The variable j takes JSON"),
        ({"l": '["a"'}, "The variable l takes JSON"),
        ({"l": 3}, "The variable l takes a list"),
        ({"t": ["a"]}, "The variable t takes a text"),
        ({"tt": "x"}, "The prompt demo has no variable tt. Did you mean t?"),
        ({"j": {1, 2}}, "The value of the variable j holds a set."),
    ],
)
def test_values_that_do_not_fit(values: dict[str, object], message: str) -> None:
    with pytest.raises(UserError) as caught:
        coerce_values(declared(), values)
    assert message in str(caught.value)


def test_a_prompt_without_variables_says_so() -> None:
    with pytest.raises(UserError, match=r"has no variable name\. It has no variables"):
        coerce_values(raw_prompt("Hello"), {"name": "x"})


def test_undeclared_variables_take_any_json_value() -> None:
    prompt = raw_prompt("{{ a }}{{ b }}")
    assert coerce_values(prompt, {"a": (1, "x"), "b": None}) == {"a": [1, "x"], "b": None}


def refused(values: dict[str, object]) -> str:
    """The error's message; empty when every value fits."""
    try:
        coerce_values(declared(), values)
    except UserError as error:
        return error.message
    return ""


@given(st.dictionaries(st.sampled_from("tncblj"), st.text(max_size=20)))
def test_any_text_fits_or_is_refused_by_name(values: dict[str, object]) -> None:
    message = refused(values)
    assert not message or any(f"variable {name} takes" in message for name in values)

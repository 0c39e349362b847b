"""Prompt files: what loads, and where the error is said to be when it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.templates.prompt_file import (
    MAX_BYTES,
    VariableKind,
    load_prompt,
    parse_prompt,
    prompt_name,
    raw_prompt,
)

FOREIGN = """\
name: Summarise
description: Written for another tool
model: openai/gpt-4o-mini
modelParameters:
  temperature: 0.5
  maxTokens: 100
  topP: 0.9
responseFormat: text
messages:
  - role: system
    content: You are terse.
  - role: user
    content: |
      Summarise:
      {{input}}
testData:
  - input: The cat sat.
    expected: yes
    date: 2024-05-01
    at: 12:30
evaluators:
  - name: mentions the cat
    string:
      contains: cat
"""


def test_a_file_from_another_tool_loads_unchanged() -> None:
    prompt = parse_prompt(FOREIGN, "x")
    assert prompt.name == "Summarise"
    assert prompt.model == "openai/gpt-4o-mini"
    assert prompt.model_parameters == {"temperature": 0.5, "maxTokens": 100, "topP": 0.9}
    assert [(m.role, m.content) for m in prompt.messages] == [
        ("system", "You are terse."),
        ("user", "Summarise:\n{{input}}\n"),
    ]
    assert [m.line for m in prompt.messages] == [11, 14]
    assert prompt.test_data == (
        {"input": "The cat sat.", "expected": "yes", "date": "2024-05-01", "at": "12:30"},
    )
    assert prompt.evaluators[0]["string"] == {"contains": "cat"}
    assert prompt.source == FOREIGN
    assert prompt.is_chat


def test_text_prompts_and_inline_prompts_are_no_chats() -> None:
    prompt = parse_prompt("text: |\n  Q: {{ q }}\n  A:\n", "x")
    assert (prompt.text, prompt.text_line, prompt.is_chat) == ("Q: {{ q }}\nA:\n", 2, False)
    inline = raw_prompt("Hi {{ name }}")
    assert (inline.name, inline.text, inline.source) == ("inline", "Hi {{ name }}", "Hi {{ name }}")


def test_variables_in_every_notation() -> None:
    prompt = parse_prompt(
        "text: x\nvariables:\n  a: {type: Number, default: 3, description: how many}\n"
        "  b: {choices: [yes, no, 3]}\n  c: true\n  d: [1, 2]\n  e: hello\n"
        "  f: {type: JSON, default: {k: 1}}\n  g: {}\n",
        "x",
    )
    found = {v.name: (v.kind, v.default, v.choices) for v in prompt.variables}
    assert found == {
        "a": (VariableKind.NUMBER, 3, ()),
        "b": (VariableKind.CHOICE, None, ("yes", "no", "3")),
        "c": (VariableKind.BOOLEAN, True, ()),
        "d": (VariableKind.LIST, [1, 2], ()),
        "e": (VariableKind.TEXT, "hello", ()),
        "f": (VariableKind.JSON, {"k": 1}, ()),
        "g": (VariableKind.TEXT, None, ()),
    }
    rows = parse_prompt("text: x\nvariables:\n- name: a\n  type: list\n- b\n", "x")
    assert [(v.name, v.kind) for v in rows.variables] == [
        ("a", VariableKind.LIST),
        ("b", VariableKind.TEXT),
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("text: a\ntext: b\n", "x, line 2, column 1: the key text is there twice."),
        ("text: a\ntestData:\n- a: 1\n  a: 2\n", "line 4, column 3: the key a is there twice."),
        ("text: a\nmessages: []\n", "line 1, column 7: text and messages are both there."),
        ("name: a\n", "line 1, column 1: a prompt needs messages: or text:"),
        ("", "x: a prompt file holds keys and values, not nothing."),
        ("- a\n", "line 1, column 1: a prompt file holds keys and values, not a list."),
        ("messages: hello\n", "line 1, column 11: messages must be a list, not a text."),
        ("messages: []\n", "line 1, column 11: messages is empty."),
        ("messages:\n- hi\n", "line 2, column 3: message 1 must have role and content"),
        ("messages:\n- role: robot\n  content: x\n", "line 2, column 9: message 1 has the unknown"),
        ("messages:\n- content: x\n", "line 2, column 3: message 1 has no role."),
        ("messages:\n- role: user\n", "line 2, column 3: message 1 has no content."),
        (
            "messages:\n- role: user\n  content: [a]\n",
            "line 3, column 12: the content of message 1 must be a text, not a list.",
        ),
        ("text: [a]\n", "line 1, column 7: text must be a text, not a list."),
        ("text: a\ntestData: 3\n", "line 2, column 11: testData must be a list, not a number."),
        ("text: a\ntestData: [3]\n", "line 2, column 12: a row of testData must be keys"),
        ("text: a\nmodelParameters: 3\n", "line 2, column 18: modelParameters must be keys"),
        ("text: a\ntags: {a: 1}\n", "line 2, column 7: tags must be a list of words."),
        ("text: a\nname: [x]\n", "line 2, column 7: name must be a text, not a list."),
        ("text: a\nvariables: 3\n", "line 2, column 12: variables must be keys and values."),
        ("text: a\nvariables:\n  a-b: 3\n", "line 3, column 8: a-b cannot be the name"),
        ("text: a\nvariables:\n  a: {typ: text}\n", "line 3, column 12: the variable a has the"),
        ("text: a\nvariables:\n  a: {type: nmber}\n", "line 3, column 13: the variable a has"),
        ("text: a\nvariables:\n  a: {type: choice}\n", "the variable a is a choice and has no"),
        ("text: a\nvariables:\n- {type: text}\n", "line 3, column 3: variable 1 has no name."),
        ("text: a\nvariables: [a, a]\n", "line 2, column 16: the variable a is declared twice."),
        (
            "text: a\nvariables:\n  a: {type: number, default: many}\n",
            "line 3, column 30: the default does not fit: The variable a takes a number",
        ),
        ("text: a\nvariables:\n  a: {choices: [b], default: c}\n", "takes one of b, not 'c'"),
        ("text: 'a\n", "broken YAML:"),
        ("text: a\n\tb: 1\n", "line 2, column 1: broken YAML:"),
        ("messages:\n- role: user\n  content: {{input}}\n", "line 3, column 13: broken YAML:"),
        ("text: {% if x %}\n", "line 1, column 8: broken YAML:"),
        ("text: a: b\n", "line 1, column 8: broken YAML:"),
        ("text: !!python/object/apply:os.system [ls]\n", "line 1, column 7: broken YAML:"),
        ("text: !secret x\n", "line 1, column 7: broken YAML:"),
        ("text: a\nx: !!set {a, b}\n", "line 2, column 4: broken YAML: could not determine"),
        ("text: a\x07b\n", "line 1, column 8: the character U+0007 is not allowed in YAML."),
        ("text: a\ntestData: &a [*a]\n", "line 2, column 11: a reference (*name) contains itself."),
        ("text: " + "[" * 100_000, "line 1, column 66: more than 60 levels of nesting."),
        ("text: a\n---\ntext: b\n", "line 2, column 1: broken YAML:"),
    ],
)
def test_what_is_wrong_and_where(source: str, message: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_prompt(source, "x")
    assert message in caught.value.message
    assert caught.value.message.startswith("x")


def test_hints_name_the_way_out() -> None:
    with pytest.raises(UserError, match="Is mesages meant to be messages"):
        parse_prompt("name: x\nmesages:\n- role: user\n", "x")
    with pytest.raises(UserError, match="Did you mean user"):
        parse_prompt("messages:\n- role: usr\n  content: x\n", "x")
    with pytest.raises(UserError, match=r"begins with .. in quotes"):
        parse_prompt("messages:\n- role: user\n  content: {{input}}\n", "x")


def test_references_that_explode_are_refused() -> None:
    rows = ["text: a", "a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        rows.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    with pytest.raises(UserError, match="more than 200,000 values"):
        parse_prompt("\n".join(rows), "x")


def test_plain_words_mean_what_they_mean_in_yaml_1_2() -> None:
    prompt = parse_prompt(
        "text: a\ntestData:\n"
        "- {a: on, b: No, c: true, d: 0x1F, e: 012, f: 1e3, g: ~, h: =, i: .5}\n",
        "x",
    )
    assert prompt.test_data[0] == {
        "a": "on",
        "b": "No",
        "c": True,
        "d": 31,
        "e": 12,
        "f": 1000.0,
        "g": None,
        "h": "=",
        "i": 0.5,
    }


def test_files_are_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "größe.prompt.yml"
    path.write_bytes("\ufefftext: Wie groß? 🦊\n".encode())
    prompt = load_prompt(path)
    assert (prompt.name, prompt.text, prompt.path) == ("größe", "Wie groß? 🦊", path)
    raw = tmp_path / "note.txt"
    raw.write_text("Just {{ text }}: no YAML", encoding="utf-8")
    assert load_prompt(raw).text == "Just {{ text }}: no YAML"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    latin = tmp_path / "latin.prompt.yml"
    latin.write_bytes(b"name: x\ntext: gr\xf6\xdfe\n")
    with pytest.raises(UserError, match=r"latin.prompt.yml, line 2, column 9: the byte 0xF6"):
        load_prompt(latin)
    with pytest.raises(UserError, match=r"missing.prompt.yml cannot be read: No such file"):
        load_prompt(tmp_path / "missing.prompt.yml")
    with pytest.raises(UserError, match="cannot be read"):
        load_prompt(tmp_path)
    huge = tmp_path / "huge.prompt.yml"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UserError, match=r"has 16,777,217 bytes; a prompt file may have 16,777,216"):
        load_prompt(huge)


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.prompt.yml", "a"), ("a.b.PROMPT.YAML", "a.b"), ("a.yml", "a"), ("a.txt", "a"), ("a", "a")],
)
def test_names_come_from_file_names(file: str, name: str) -> None:
    assert prompt_name(Path(file)) == name


def outcome(source: str) -> str:
    """The prompt's source, or the error's message."""
    try:
        return parse_prompt(source, "x").source
    except UserError as error:
        return error.message


@given(st.text(max_size=200))
def test_any_text_is_a_prompt_or_a_clear_error(source: str) -> None:
    assert outcome(source) == source or outcome(source).startswith("x")


@given(
    st.text(
        st.characters(
            exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), exclude_characters="\ufeff"
        ),
        max_size=60,
    )
)
def test_unicode_survives(text: str) -> None:
    assert parse_prompt(f"text: {json.dumps(text, ensure_ascii=False)}", "x").text == text

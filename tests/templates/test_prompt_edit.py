"""Editing a prompt file changes what was asked for and keeps every other byte."""

from __future__ import annotations

import copy
from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.core.paths import prompts_folder
from workbench.templates.edit import PromptEdit, edit_prompt
from workbench.templates.prompt_file import Variable, VariableKind, parse_prompt, raw_prompt
from workbench.templates.yaml_edit import edit_yaml
from workbench.templates.yaml_source import parse_yaml
from workbench.templates.yaml_text import equal

FILE = """\
# written by hand
name: "Old name"   # the name
description: >-
  folded text
  of two lines
custom: {a: 1, b: [x]}  # kept
model: openai/gpt
modelParameters:
  temperature: 0.5  # warm

  top_k: 40
messages:
  # first
  - role: system
    content: 'be "kind"'
    cache: true
  - role: user   # asks
    content: |
      Hello
        {{ name }}

      bye
  # trailing
variables:
  name: Zoe   # who
  mood: {choices: [a, b], default: a}
evaluators:
- name: x
"""


def changed(edit: PromptEdit, source: str = FILE) -> list[str]:
    """The lines that an edit removes and adds."""
    after = edit_prompt(parse_prompt(source, "x"), edit).source
    rows = unified_diff(source.splitlines(), after.splitlines(), n=0, lineterm="")
    return [row for row in rows if not row.startswith(("---", "+++", "@@"))]


def test_an_edit_that_changes_nothing_keeps_every_byte() -> None:
    prompt = parse_prompt(FILE, "x")
    edit = PromptEdit(
        name=prompt.name,
        description=prompt.description,
        messages=[(m.role, m.content) for m in prompt.messages],
        variables=prompt.variables,
        model_parameters=prompt.model_parameters,
    )
    assert edit_prompt(prompt, edit).source == FILE
    assert edit_prompt(prompt, PromptEdit()).source == FILE


def test_every_bundled_prompt_survives_an_edit_of_its_name() -> None:
    for path in prompts_folder().rglob("*.prompt.yml"):
        source = path.read_text(encoding="utf-8")
        rows = changed(PromptEdit(name="Another: name"), source)
        assert rows[1:] == ['+name: "Another: name"'], path


@pytest.mark.parametrize(
    ("edit", "rows"),
    [
        (PromptEdit(name="New"), ['-name: "Old name"   # the name', '+name: "New"   # the name']),
        (
            PromptEdit(description="One line"),
            [
                "-description: >-",
                "-  folded text",
                "-  of two lines",
                "+description: |-",
                "+  One line",
            ],
        ),
        (PromptEdit(model=""), ["-model: openai/gpt"]),
        (PromptEdit(tags=["a", "b c"]), ["+tags:", "+  - a", "+  - b c"]),
        (
            PromptEdit(model_parameters={"temperature": 1, "top_k": 40, "seed": 3}),
            ["-  temperature: 0.5  # warm", "+  temperature: 1  # warm", "+  seed: 3"],
        ),
        (
            PromptEdit(messages=[("system", "two\nlines"), ("user", "Hi {{ name }}\n")]),
            [
                "-    content: 'be \"kind\"'",
                "+    content: |-",
                "+      two",
                "+      lines",
                "-      Hello",
                "-        {{ name }}",
                "-",
                "-      bye",
                "+      Hi {{ name }}",
            ],
        ),
        (
            PromptEdit(messages=[("user", "Hello\n  {{ name }}\n\nbye\n")]),
            ["-  - role: system", "-    content: 'be \"kind\"'", "-    cache: true"],
        ),
        (
            PromptEdit(variables=[Variable("name", VariableKind.TEXT, "Tom", "Who")]),
            [
                "-  name: Zoe   # who",
                "-  mood: {choices: [a, b], default: a}",
                "+  name:   # who",
                "+    type: text",
                "+    default: Tom",
                "+    description: Who",
            ],
        ),
        (
            PromptEdit(test_data=[{"name": "1", "n": 1}]),
            ["+testData:", '+  - name: "1"', "+    n: 1"],
        ),
    ],
    ids=[
        "name",
        "folded",
        "removed",
        "added",
        "parameters",
        "messages",
        "shorter",
        "variables",
        "test-data",
    ],
)
def test_only_the_lines_that_were_meant_change(edit: PromptEdit, rows: list[str]) -> None:
    assert changed(edit) == rows


def test_messages_that_move_keep_their_own_text() -> None:
    prompt = parse_prompt(FILE, "x")
    turned = [(m.role, m.content) for m in reversed(prompt.messages)]
    edited = edit_prompt(prompt, PromptEdit(messages=turned))
    assert [(m.role, m.content) for m in edited.messages] == turned
    assert "  - role: system\n    content: 'be \"kind\"'\n    cache: true\n" in edited.source
    assert "# trailing" in edited.source


def test_a_chat_becomes_a_completion_and_back() -> None:
    prompt = parse_prompt(FILE, "x")
    plain = edit_prompt(prompt, PromptEdit(text="Hi\n\n  {{ name }}"))
    assert (plain.text, plain.is_chat) == ("Hi\n\n  {{ name }}", False)
    chat = edit_prompt(plain, PromptEdit(messages=[("user", "Hi")]))
    assert [(m.role, m.content) for m in chat.messages] == [("user", "Hi")]
    assert "# written by hand" in chat.source
    assert "custom: {a: 1, b: [x]}  # kept" in chat.source


def test_raw_text_stays_raw_text() -> None:
    prompt = raw_prompt("Hi {{ name }}")
    assert edit_prompt(prompt, PromptEdit(text="Ho")).source == "Ho"
    named = edit_prompt(prompt, PromptEdit(description="Greets."))
    assert named.source == "name: inline\ntext: Hi {{ name }}\ndescription: Greets.\n"


def test_windows_line_ends_stay() -> None:
    source = FILE.replace("\n", "\r\n")
    edited = edit_prompt(parse_prompt(source, "x"), PromptEdit(messages=[("user", "a\nb")]))
    assert edited.messages[0].content == "a\nb"
    assert edited.source.count("\n") == edited.source.count("\r\n")


def test_variables_written_as_a_list_stay_a_list() -> None:
    source = "text: x\nvariables:\n- name: a   # first\n  type: number\n- b\n"
    prompt = parse_prompt(source, "x")
    new = [Variable("b"), Variable("a", VariableKind.NUMBER, 4)]
    edited = edit_prompt(prompt, PromptEdit(variables=new))
    assert edited.variables == tuple(new)
    assert "- name: a" in edited.source


def test_what_would_be_no_prompt_is_refused() -> None:
    with pytest.raises(UserError, match="unknown role robot"):
        edit_prompt(parse_prompt(FILE, "x"), PromptEdit(messages=[("robot", "x")]))
    with pytest.raises(UserError, match="both there"):
        edit_prompt(raw_prompt("x"), PromptEdit(text="a", messages=[("user", "b")]))


REFERENCES = "text: &t hello\nb: *t\nc: {<<: {x: 1}, y: 2}\n# end\n"


def test_references_are_resolved_where_they_stand_in_the_way() -> None:
    wanted: Any = parse_yaml(REFERENCES, "x").data
    wanted["b"] = "other"
    assert parse_yaml(edit_yaml(REFERENCES, wanted, "x"), "x").data == wanted


texts = st.text(
    st.one_of(
        st.sampled_from("ab:#-'\"{}[]|>&*!%@` \n\t,?~0.="),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
scalars = st.one_of(
    texts, st.integers(-99, 10**9), st.floats(), st.booleans(), st.none(),
    st.sampled_from(["true", "null", "1", "0x1F", "1e3", "- a", "a: b", "a #b", " a", "a\n\n\n"]),
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
documents = st.dictionaries(texts, values, min_size=1, max_size=4)


@settings(max_examples=100, deadline=None)
@given(documents)
def test_any_values_can_be_written(document: dict[str, object]) -> None:
    assert equal(parse_yaml(edit_yaml("", document, "x"), "x").data, document)


paths = st.lists(st.integers(0, 9), min_size=1, max_size=4)


def mutate(data: Any, path: list[int], value: object, *, add: bool) -> None:
    """Set, add or remove the value that `path` leads to."""
    for depth, step in enumerate(path):
        if not data:
            return
        keys = list(data) if isinstance(data, dict) else list(range(len(data)))
        key = keys[step % len(keys)]
        inner = data[key]
        if depth + 1 < len(path) and isinstance(inner, dict | list) and inner:
            data = inner
            continue
        if value is None and len(keys) > 1:
            del data[key]
        elif add and isinstance(data, list):
            data.insert(key, value)
        elif add:
            data[f"new{step}"] = value
        else:
            data[key] = value
        return


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.just(FILE), documents.map(lambda d: edit_yaml("", d, "x"))),
       st.lists(st.tuples(paths, values, st.booleans()), min_size=1, max_size=3))  # fmt: skip
def test_edit_then_load_gives_the_edit(
    source: str, edits: list[tuple[list[int], object, bool]]
) -> None:
    wanted: Any = copy.deepcopy(parse_yaml(source, "x").data)
    for path, value, add in edits:
        mutate(wanted, path, value, add=add)
    edited = edit_yaml(source, wanted, "x")
    found: Any = parse_yaml(edited, "x").data
    assert equal(dict(sorted(found.items())), dict(sorted(wanted.items()))) or found == wanted
    assert edit_yaml(edited, found, "x") == edited


@settings(max_examples=100, deadline=None)
@given(texts)
def test_a_new_text_touches_no_other_line(text: str) -> None:
    wanted: Any = parse_yaml(FILE, "x").data
    wanted["messages"][1]["content"] = text
    edited = edit_yaml(FILE, wanted, "x")
    before, after = FILE.split("      Hello"), FILE.split("      bye\n")
    assert edited.startswith(before[0].rsplit("content: ", 1)[0])
    assert edited.endswith(after[1])

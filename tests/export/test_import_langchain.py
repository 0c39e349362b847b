"""LangChain prompts come in as data: their texts, roles and values; no class is made."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.experiments.import_prompt import read_foreign
from workbench.templates.prompt_file import PromptFile
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values


def made(kind: str, **given: object) -> dict[str, Any]:
    """A constructor as `dumps` writes it."""
    return {"lc": 1, "type": "constructor", "id": ["langchain", "x", kind], "kwargs": given}


def text(template: str, form: str = "f-string", **given: object) -> dict[str, Any]:
    """A PromptTemplate."""
    return made("PromptTemplate", template=template, template_format=form, **given)


def read(folder: Path, data: object, name: str = "p.json") -> tuple[PromptFile, tuple[str, ...]]:
    """The one prompt of a file, and what was left out."""
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    found = read_foreign(path)
    assert found.format == "langchain"
    [prompt] = found.prompts
    return prompt, found.left_out


def rendered(prompt: PromptFile, values: Mapping[str, object] | None = None) -> list[str]:
    """The messages, or the raw text."""
    filled = coerce_values(prompt, values or {})
    found = render_prompt(prompt, filled, None)
    return [m.content for m in found.messages] if prompt.is_chat else [found.text]


def test_a_chat_with_all_that_can_stand_in_one(tmp_path: Path) -> None:
    chat = made(
        "ChatPromptTemplate",
        input_variables=["q"],
        partial_variables={"who": "kind", "now": made("Clock")},
        messages=[
            made("SystemMessagePromptTemplate", prompt=text("Be {who}. {{x}} {{% raw")),
            made("MessagesPlaceholder", variable_name="history"),
            made("HumanMessagePromptTemplate", prompt=[text("{q}"), made("ImagePromptTemplate")]),
            made("AIMessage", content="So {this} is {{ plain }}"),
            made("ChatMessagePromptTemplate", role="human", prompt=text("{% if q %}y", "jinja2")),
        ],
    )
    chat["kwargs"]["messages"][4]["kwargs"]["prompt"] = text("{{ q }}!", "jinja2")
    prompt, left_out = read(tmp_path, chat)
    assert [m.role for m in prompt.messages] == ["system", "user", "assistant", "user"]
    assert rendered(prompt, {"q": "1"}) == [
        "Be kind. {x} {% raw",
        "1",
        "So {this} is {{ plain }}",
        "1!",
    ]
    assert left_out == (
        "The place for the messages of history.",
        "A part of message 3 that is no text.",
        "The value of now: it is made by a program.",
    )


def test_texts_in_three_languages_and_both_ways_of_writing(tmp_path: Path) -> None:
    assert rendered(read(tmp_path, text("a {b}"))[0], {"b": "c"}) == ["a c"]
    mustache = text("{{#rows}}<{{.}}>{{/rows}}", "mustache")
    assert rendered(read(tmp_path, mustache)[0], {"rows": ["1", "2"]}) == ["<1><2>"]
    old = "_type: prompt\ninput_variables: [b]\ntemplate: 'a {b}'\ntemplate_format: f-string\n"
    assert rendered(read(tmp_path, old, "p.yaml")[0], {"b": "c"}) == ["a c"]
    (tmp_path / "t.txt").write_text("from {b}", encoding="utf-8")
    beside = {"_type": "prompt", "template_path": "t.txt"}
    assert rendered(read(tmp_path, beside)[0], {"b": "c"}) == ["from c"]


def test_examples_are_written_out(tmp_path: Path) -> None:
    few = made(
        "FewShotPromptTemplate",
        examples=[{"a": "{{1}}", "b": "x"}, {"a": "2", "b": "{d}"}],
        example_prompt=text("{a}={b}"),
        prefix="P {c}",
        suffix="{d}=",
    )
    prompt, _ = read(tmp_path, few)
    assert rendered(prompt, {"c": "p", "d": "3"}) == ["P p\n\n{1}=x\n\n2=3\n\n3="]


def test_a_prompt_in_front_of_a_model(tmp_path: Path) -> None:
    chain = made("RunnableSequence", first=text("hi"), last=made("ChatOpenAI"))
    prompt, left_out = read(tmp_path, chain)
    assert rendered(prompt) == ["hi"]
    assert "the model and its settings" in left_out[0]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=10))
def test_any_text_and_value_comes_through(
    tmp_path_factory: pytest.TempPathFactory, literal: str, value: str
) -> None:
    clean = literal.encode("utf-8", "ignore").decode().replace("\r", "")
    value = value.encode("utf-8", "ignore").decode().replace("\r", "")
    source = clean.replace("{", "{{").replace("}", "}}") + "{v}"
    prompt, _ = read(tmp_path_factory.mktemp("lc"), text(source))
    assert rendered(prompt, {"v": value}) == [clean + value]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            {"lc": 1, "type": "not_implemented", "id": ["x", "FewShotPromptTemplate"]},
            "LangChain could not write FewShotPromptTemplate",
        ),
        (text("{a.__class__}"), "{a.__class__} is no plain variable"),
        (text("{a[0]}"), "{a[0]} is no plain variable"),
        (text("{a!r:>10}"), "{a!r:>10} is no plain variable"),
        (text("{a"), "a brace too many"),
        (text("{}"), "{} is no plain variable"),
        (text("x", "perl"), "the template format perl is not known"),
        (made("ChatOpenAI", api_key="x"), "ChatOpenAI is no prompt"),
        (made("ChatPromptTemplate", messages=5), "its messages are no list"),
        (made("ChatPromptTemplate", messages=[5]), "message 1 is a value without a role"),
        (
            made("ChatPromptTemplate", messages=[made("HumanMessage", content=5)]),
            "message 1 holds no text",
        ),
        (made("FewShotPromptTemplate", example_selector=made("X")), "chosen by a program"),
        (
            {"_type": "prompt", "template_path": "../../secret.txt"},
            "lies outside of its folder",
        ),
        (
            made("ChatPromptTemplate", messages=[{"lc": 1, "type": "secret", "id": ["KEY"]}]),
            "an entry of the kind 'secret' is not read",
        ),
    ],
)
def test_what_is_no_plain_prompt_is_refused_by_name(
    tmp_path: Path, data: object, said: str
) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, data)
    assert said in str(caught.value)


def test_no_constructor_is_ever_looked_up(tmp_path: Path) -> None:
    hostile = made("ChatPromptTemplate", messages=[])
    hostile["id"] = ["os", "system", "ChatPromptTemplate"]
    hostile["kwargs"]["messages"] = [
        {"lc": 1, "type": "constructor", "id": ["subprocess", "Popen"], "kwargs": {"args": "x"}}
    ]
    before = set(sys.modules)
    with pytest.raises(UserError, match="message 1 is a Popen without a role"):
        read(tmp_path, hostile)
    assert not {name for name in set(sys.modules) - before if name.startswith("langchain")}

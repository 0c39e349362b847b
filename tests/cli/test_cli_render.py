"""`workbench render`: chosen chat templates, conversations from files, what does not fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.chat_cases import CALLS, FUNCTIONS, TOOLS
from support.chat_reference import Message, reference
from support.commands import Command

from workbench.core.paths import Profile

CONVERSATION: list[Message] = [
    {"role": "system", "content": "Be kind."},
    {"role": "user", "content": "Weather?"},
    {"role": "assistant", "content": None, "tool_calls": CALLS},
    {"role": "tool", "content": '{"t": 3}'},
]


def saved(path: Path, value: object) -> Path:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def check_document(document: dict[str, Any]) -> None:
    """Spans tile the text, tokens give its bytes."""
    at = 0
    for span in document["spans"]:
        assert span["start"] == at < span["end"]
        at = span["end"]
    assert at == len(document["text"])
    pieces = b"".join(bytes.fromhex(token["bytes"]) for token in document["tokens"])
    assert pieces.decode().endswith(document["text"])


def test_a_conversation_goes_through_the_models_template(
    workbench: Command, tmp_path: Path
) -> None:
    rows = CONVERSATION[:2]
    ran = workbench("render", "--messages", saved(tmp_path / "m.json", rows), "--json")
    assert (ran.code, ran.err) == (0, "")
    check_document(ran.document)
    assert ran.document["text"] == (
        "<s><|system|>\nBe kind.<|end|>\n<|user|>\nWeather?<|end|>\n<|assistant|>\n"
    )
    literal = [span for span in ran.document["spans"] if span["source"] == "literal"]
    assert [span["message"] for span in literal] == [0, 1]


def test_tools_and_a_chosen_template_give_what_transformers_gives(
    workbench: Command, tmp_path: Path
) -> None:
    template = saved(tmp_path / "functions.jinja", FUNCTIONS)
    whole = {"messages": CONVERSATION, "tools": TOOLS, "documents": [{"title": "a", "text": "b"}]}
    whole["chat_template_kwargs"] = {"enable_thinking": False}
    ran = workbench(
        "render", "--chat-template", template, "--messages", saved(tmp_path / "m.json", whole),
        "--json",
    )  # fmt: skip
    assert ran.code == 0
    check_document(ran.document)
    assert ran.document["text"] == reference(
        FUNCTIONS,
        CONVERSATION,
        tools=TOOLS,
        documents=[{"title": "a", "text": "b"}],
        add_generation_prompt=True,
        enable_thinking=False,
        bos_token="<s>",  # noqa: S106  # a token of text
        eos_token="<|end|>",  # noqa: S106  # a token of text
    )


def test_a_template_in_a_tokenizer_config_is_found(workbench: Command, tmp_path: Path) -> None:
    named = [{"name": "tool_use", "template": "no"}, {"name": "default", "template": "[{{ 1 }}]"}]
    config = saved(tmp_path / "tokenizer_config.json", {"chat_template": named})
    ran = workbench("render", "zero-shot", "--chat-template", config)
    assert (ran.code, ran.out) == (0, "[1]\n")
    assert "tokens: " in ran.err


def test_a_failing_template_shows_its_line(workbench: Command, tmp_path: Path) -> None:
    template = saved(tmp_path / "t.jinja", "a\n{{ raise_exception('No tools here') }}")
    ran = workbench("render", "zero-shot", "--chat-template", template)
    assert ran.code == 2
    assert "The chat template, line 2: the chat template refuses these messages: No t" in ran.err
    assert "The roles passed in were: user." in ran.err
    assert "{{ raise_exception('No tools here') }}" in ran.err
    assert ran.err.count("\n") == 1


def test_a_prompt_that_does_not_fit_says_where(workbench: Command) -> None:
    ran = workbench("render", "@" + "word " * 9000, "--json")
    assert ran.code == 0
    (warning,) = ran.document["warnings"]
    n_tokens = len(ran.document["tokens"])
    assert warning.startswith(f"The prompt has {n_tokens:,} tokens and the context holds ")


def test_a_prompt_includes_from_the_persons_library(
    workbench: Command, own_profile: Profile
) -> None:
    own_profile.prompts.mkdir(parents=True)
    saved(own_profile.prompts / "tone.prompt.yml", "text: Be {{ tone }}.\nvariables: {tone: ok}\n")
    saved(own_profile.prompts / "mine.prompt.yml", "text: \"{% include 'tone' %} Hi {{ name }}\"\n")
    ran = workbench("render", "mine", "-v", "name=Zoe", "-v", "tone=stern", "--json")
    assert ran.code == 0
    assert ran.document["text"] == "Be stern. Hi Zoe"
    assert {s["source"] for s in ran.document["spans"]} == {
        "literal", "variable:tone", "variable:name",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "m.json, line 1, column 2: broken JSON"),
        ("[NaN]", "NaN is not JSON"),
        ("[]", "m.json holds no list of messages."),
        ("3", "m.json holds no list of messages."),
        ('{"mesages": []}', "unknown key mesages. Did you mean messages?"),
        ('[{"content": "x"}]', "message 1 is no object with a role."),
        ('[{"role": "user", "content": 3}]', "the content of message 1 is no text"),
        ('{"messages": [{"role": "user", "content": "x"}], "tools": 3}', "tools must be a list"),
        ("[" * 100_000, "broken JSON"),
    ],
)
def test_broken_conversations_are_named(
    workbench: Command, tmp_path: Path, content: str, said: str
) -> None:
    ran = workbench("render", "--messages", saved(tmp_path / "m.json", content))
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_wrong_usage_is_one_line(workbench: Command, tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    empty = saved(tmp_path / "empty.jinja", " \n")
    for arguments in (
        ("render",),
        ("render", "zero-shot", "--messages", missing),
        ("render", "--messages", missing),
        ("render", "--messages", missing, "-v", "a=b"),
        ("render", "zero-shot", "--chat-template", missing),
        ("render", "zero-shot", "--chat-template", empty),
        ("render", "zero-shot", "--chat-template", tmp_path),
    ):
        ran = workbench(*arguments)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)

"""Chat templates as prompts: the same text as the chat template itself, or an error."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from support.chat_cases import CONVERSATIONS, TEMPLATES
from support.exporting import export

from workbench.core.errors import UserError
from workbench.experiments.import_prompt import ReadFile, read_foreign
from workbench.export.from_hugging_face import trimmed
from workbench.templates.chat import ChatFormat, ChatInput, apply_chat_template
from workbench.templates.limits import Guard, Limits
from workbench.templates.prompt_file import parse_prompt
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values

# The workbench reads the reasoning of a message under several names; a bare template does not.
PLAIN = [
    rows for rows in CONVERSATIONS if not any({"thinking", "reasoning"} & set(row) for row in rows)
]
GIVEN = ChatInput(add_generation_prompt=True, continue_final_message=False)


def read(folder: Path, name: str, text: str) -> ReadFile:
    """What a file of that name and text holds."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    found = read_foreign(path)
    assert found.format == "hugging-face"
    return found


def config(template: object) -> str:
    """A tokenizer_config.json."""
    marks = {"bos_token": "<s>", "eos_token": {"content": "</s>", "special": True}}
    return json.dumps({"chat_template": template, **marks})


@pytest.mark.parametrize("number", range(len(PLAIN)))
@pytest.mark.parametrize("name", TEMPLATES)
def test_the_text_is_the_chat_templates_own(tmp_path: Path, name: str, number: int) -> None:
    source, messages = TEMPLATES[name], PLAIN[number]
    [prompt] = read(tmp_path, "tokenizer_config.json", config(source)).prompts
    try:
        found = render_prompt(prompt, coerce_values(prompt, {"messages": messages}), None).text
    except UserError:
        return  # never another text
    chat = ChatFormat(source, "<s>", "</s>")
    assert found == apply_chat_template(
        chat, messages, Guard(Limits(), time.monotonic() + 30), given=GIVEN
    )


def test_most_templates_come_through(tmp_path: Path) -> None:
    whole = []
    for name, source in TEMPLATES.items():
        [prompt] = read(tmp_path, "chat_template.jinja", source).prompts
        try:
            values = coerce_values(prompt, {"messages": CONVERSATIONS[0]})
            whole.append((name, render_prompt(prompt, values, None).text))
        except UserError:
            continue
    assert {"chatml", "gemma", "mistral"} <= {name for name, _ in whole}


def test_line_ends_that_blocks_take_are_taken() -> None:
    source = (
        "a\n  {% if x %}\nb\n  {%- endif %}\n{# c #}\nd {{ x }}\n{% raw %}\n{{ y }}{% endraw %}\n"
    )
    assert trimmed(source) == (
        "a\n{% if x %}b\n  {%- endif %}{# c #}d {{ x }}\n{% raw %}\n{{ y }}{% endraw %}"
    ).replace("b\n  {%-", "b{%-")


def test_marks_and_names_stand_as_the_model_has_them(tmp_path: Path) -> None:
    source = (
        "{{ bos_token }}{% if tools %}T{% endif %}{% if think is defined %}x{% endif %}{{ odd }}."
    )
    found = read(tmp_path, "tokenizer_config.json", config(source))
    [prompt] = found.prompts
    assert render_prompt(prompt, coerce_values(prompt, {}), None).text == "<s>."
    assert found.left_out == ("Values of odd, tools: the first line leaves them empty.",)


def test_several_templates_are_several_prompts(tmp_path: Path) -> None:
    rows = [{"name": "default", "template": "a"}, {"name": "rag", "template": "b"}]
    found = read(tmp_path, "tokenizer_config.json", config(rows))
    assert [prompt.name for prompt in found.prompts] == [
        "tokenizer_config default",
        "tokenizer_config rag",
    ]


def test_our_own_export_comes_back_as_its_messages(tmp_path: Path) -> None:
    prompt = parse_prompt("messages:\n- {role: user, content: 'Hi {{ who }} {x}'}\n", "p")
    text = export("hugging-face", prompt, who="{{ Bo }}").text
    found = read(tmp_path, "p.json", text)
    [back] = found.prompts
    messages = render_prompt(back, coerce_values(back, {}), None).messages
    assert [(m.role, m.content) for m in messages] == [("user", "Hi {{ Bo }} {x}")]
    assert "--chat-template" in found.left_out[0]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("tokenizer_config.json", config(None), "holds no chat template"),
        ("tokenizer_config.json", config([5]), "holds no chat template"),
        ("tokenizer_config.json", config("{% if"), "tokenizer_config.json, line 1: "),
        ("chat_template.jinja", "a\n{% for x in y %}", "chat_template.jinja, line 2: "),
        ("chat_template.jinja", "{{ " + "(" * 5000 + "}}", "chat_template.jinja, line 1: "),
    ],
)
def test_what_is_broken_is_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, name, text)
    assert said in str(caught.value)


def test_a_hostile_template_runs_nothing(tmp_path: Path) -> None:
    hostile = "{{ ''.__class__.__mro__[1].__subclasses__() }}"
    [prompt] = read(tmp_path, "tokenizer_config.json", config(hostile)).prompts
    with pytest.raises(UserError):
        render_prompt(prompt, coerce_values(prompt, {}), None)

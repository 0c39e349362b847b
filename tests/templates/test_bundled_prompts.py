"""Every bundled prompt loads, explains itself, and renders with its defaults and its test data."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.chat_cases import TEMPLATES

from workbench.core.errors import UserError
from workbench.core.paths import prompts_folder
from workbench.templates.chat import ChatFormat
from workbench.templates.code_cache import CodeCache
from workbench.templates.library import Library
from workbench.templates.prompt_file import load_prompt
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values, form_variables

FILES = sorted(prompts_folder().rglob("*.prompt.yml"))
FORMAT = ChatFormat(
    "{{ bos_token }}{% for message in messages %}"
    "{{ '<|' + message['role'] + '|>\\n' + message['content'] + '<|end|>\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}",
    "<s>",
    "<|end|>",
    special_texts=("<s>", "<|end|>"),
)


LIBRARY = Library([prompts_folder()])
FOLDERS = {"techniques": "technique", "tasks": "task", "probes": "probe", "parts": "part"}
TECHNIQUES = {
    "zero-shot", "one-shot", "few-shot", "chain-of-thought", "role", "delimiters",
    "self-consistency", "decomposition", "structured-output",
}  # fmt: skip
TASKS = {
    "classification", "extraction", "summary", "translation", "rewriting", "code",
    "question-answering", "judging",
}  # fmt: skip
PROBES = {
    "memo-trap", "redefinition", "negation", "distractor", "sycophancy", "spurious-few-shot",
}  # fmt: skip


def test_the_library_is_there() -> None:
    rows = LIBRARY.list()
    assert len(rows) == len(FILES) >= 40
    assert {row.folder for row in rows} == set(FOLDERS)
    assert [row.error for row in rows if row.error] == []
    assert len({row.name for row in rows}) == len({row.title for row in rows}) == len(rows)
    tags = {tag for row in rows for tag in row.tags}
    assert tags >= TECHNIQUES | TASKS
    assert {row.name for row in rows if row.folder == "probes"} >= PROBES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_is_complete_and_renders(path: Path) -> None:
    prompt = load_prompt(path)
    assert path.name == path.name.lower()
    assert "_" not in path.name
    assert prompt.tags[0] == FOLDERS[path.parent.name]
    assert prompt.test_data
    assert prompt.name != ""
    variables = form_variables(prompt, None, LIBRARY)
    assert all(v.declared and v.description for v in variables)
    assert all(v.default is not None for v in variables)
    names = {v.name for v in variables}
    for row in ({}, *prompt.test_data):
        given = {name: value for name, value in row.items() if name in names}
        assert set(row) - names <= {"expected"}
        values = coerce_values(prompt, given, LIBRARY)
        rendered = render_prompt(prompt, values, FORMAT, fragments=LIBRARY)
        assert rendered.text.strip()
        assert rendered.warnings == ()
        assert any(s.source.startswith(("variable:", "example:")) for s in rendered.spans)
        assert "\n\n\n" not in rendered.text
        assert not any(line.endswith(" ") for line in rendered.text.split("\n"))
        assert prompt.is_chat or not rendered.text.endswith("\n")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_one_sentence_says_when_to_use_it(path: Path) -> None:
    description = load_prompt(path).description
    assert description.startswith(("Use ", "Start here", "Include this"))
    assert description.endswith(".")
    assert description.count(".") == 1
    assert 40 <= len(description) <= 160


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name not in {"macros", "lists"}])
def test_they_render_on_models_of_every_kind(name: str) -> None:
    chat = ChatFormat(TEMPLATES[name], "<s>", "</s>")
    refused: dict[str, str] = {}
    codes = CodeCache()
    for path in FILES:
        prompt = load_prompt(path)
        try:
            values = coerce_values(prompt, {}, LIBRARY)
            render_prompt(prompt, values, chat, fragments=LIBRARY, codes=codes)
        except UserError as error:
            refused[path.name] = error.message
    # These three are about the system message, which some models do not have.
    about_system = {f"{n}.prompt.yml" for n in ("answer-format", "extract-json", "role")}
    assert set(refused) == (about_system if name == "gemma" else set())
    assert all("System role not supported" in message for message in refused.values())


def test_most_of_them_do_without_a_system_message() -> None:
    prompts = [load_prompt(path) for path in FILES]
    with_system = [p.name for p in prompts if any(m.role == "system" for m in p.messages)]
    assert len(with_system) <= 3

"""Every bundled prompt loads, explains itself, and renders with its defaults and its test data."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.core.paths import prompts_folder
from workbench.templates.chat import ChatFormat
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


def test_the_library_is_there() -> None:
    rows = Library([prompts_folder()]).list()
    assert len(rows) == len(FILES) >= 10
    assert {row.folder for row in rows} >= {"techniques", "tasks"}
    assert [row.error for row in rows if row.error] == []
    assert len({row.name for row in rows}) == len(rows)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_is_complete_and_renders(path: Path) -> None:
    prompt = load_prompt(path)
    assert path.name == path.name.lower()
    assert "_" not in path.name
    assert prompt.description.endswith(".")
    assert prompt.tags
    assert prompt.test_data
    assert prompt.name != ""
    assert all(v.declared and v.description for v in form_variables(prompt))
    names = {v.name for v in form_variables(prompt)}
    for row in ({}, *prompt.test_data):
        given = {name: value for name, value in row.items() if name in names}
        assert set(row) - names <= {"expected"}
        rendered = render_prompt(prompt, coerce_values(prompt, given), FORMAT)
        assert rendered.text.strip()
        assert rendered.warnings == ()
        assert any(s.source.startswith(("variable:", "example:")) for s in rendered.spans)
        assert rendered.text == rendered.text.rstrip(" ")
        assert prompt.is_chat or not rendered.text.endswith("\n")

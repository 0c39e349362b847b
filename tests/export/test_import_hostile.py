"""Broken and hostile files of other tools end in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.experiments.import_prompt import read_foreign

_WRONG: Mapping[str, tuple[str, str, str]] = {
    "promptfoo of a list": ("promptfoo", "p.yaml", "[]"),
    "promptfoo of nothing": ("promptfoo", "p.yaml", ""),
    "promptfoo without prompts": ("promptfoo", "p.yaml", "tests: []"),
    "promptfoo asks for a NUL": ("promptfoo", "p.yaml", 'prompts: [x]\ntests: "\\0"'),
    "LM Studio of a text": ("lm-studio", "p.json", '"x"'),
    "LM Studio without fields": ("lm-studio", "p.json", '{"operation": {}}'),
    "LM Studio with a number of fields": ("lm-studio", "p.json", '{"operation": {"fields": 1}}'),
    "messages that are a number": ("messages", "p.json", '{"messages": 1}'),
    "messages of a number": ("messages", "p.json", "5"),
    "a prompt that is a list": ("messages", "p.json", '{"model": "m", "prompt": [1]}'),
    "a deep mustache": ("mustache", "p.mustache", "{{#a}}" * 3000 + "{{/a}}" * 3000),
}


@pytest.mark.parametrize("case", _WRONG)
def test_wrong_types_are_a_sentence_with_the_file(tmp_path: Path, case: str) -> None:
    form, name, text = _WRONG[case]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"p\."):
        read_foreign(path, form)


def test_a_field_of_lm_studio_without_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "p.preset.json"
    path.write_text('{"operation": {"fields": [{"key": [], "value": 1}]}}', encoding="utf-8")
    assert read_foreign(path).left_out == ("Field 1: it has no key.",)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("p.yaml", "prompts:\n\t- a\ntests: []\n", "p.yaml, line 2, column 1: broken YAML"),
        ("p.yaml", "prompts: &a [*a]\ntests: []\n", "an alias that holds itself"),
        ("p.json", '{"messages": [', "p.json, line 1, column"),
        ("p.prompty", "---\nname: [\n---\nx", "p.prompty, line"),
    ],
)
def test_a_broken_file_says_where(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_foreign(path)
    assert said in str(caught.value)


def test_a_default_that_does_not_fit_names_the_file_that_was_read(tmp_path: Path) -> None:
    path = tmp_path / "p.prompty"
    path.write_text(
        "---\nname: n\ninputs: {a: {type: number, default: x}}\n---\nuser:\nhi {{a}}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match=r"p\.prompty makes no valid prompt: .*number"):
        read_foreign(path)

"""A prompt file with other texts in it: what the editor's blocks make of it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import yaml

from workbench.templates.prompt_file import PromptFile, parse_prompt
from workbench.templates.yaml_source import parse_yaml

SCRATCH_NAME = "new prompt"
_SCRATCH = """\
name: new prompt
messages:
  - role: user
    content: ""
"""


def scratch_prompt() -> PromptFile:
    """An empty chat that stands in no file."""
    return parse_prompt(_SCRATCH, SCRATCH_NAME)


def contents(prompt: PromptFile) -> list[str]:
    """The templates of `prompt`, one per block."""
    if prompt.text is not None:
        return [prompt.text]
    return [message.content for message in prompt.messages]


def with_contents(prompt: PromptFile, texts: Sequence[str]) -> PromptFile:
    """`prompt` with its templates replaced, and a source that says so; itself when nothing is new.

    The other keys of the file stay as they are; comments in it do not survive an edit.

    Raises:
        UserError: a text that no YAML file can hold.
    """
    if list(texts) == contents(prompt):
        return prompt
    if prompt.text is not None and prompt.source == prompt.text:
        return replace(prompt, text=texts[0], source=texts[0])
    data: Any = parse_yaml(prompt.source, prompt.label).data
    if prompt.text is not None:
        data["text"] = texts[0]
    else:
        for message, text in zip(data["messages"], texts, strict=True):
            message["content"] = text
    source = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1 << 20)
    return parse_prompt(source, prompt.name, prompt.path)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, so that a person can read them."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)

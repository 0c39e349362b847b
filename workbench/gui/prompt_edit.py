"""A prompt file with other texts in it: what the editor's blocks make of it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.templates.edit import PromptEdit, edit_prompt
from workbench.templates.prompt_file import PromptFile, parse_prompt

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

    Every other byte of the file stays: comments, order, keys of other programs.

    Raises:
        UserError: a text that no YAML file can hold.
    """
    if list(texts) == contents(prompt):
        return prompt
    if prompt.text is not None:
        return edit_prompt(prompt, PromptEdit(text=texts[0]))
    roles = [message.role for message in prompt.messages]
    return edit_prompt(prompt, PromptEdit(messages=list(zip(roles, texts, strict=True))))

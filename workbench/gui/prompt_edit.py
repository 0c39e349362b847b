"""A prompt file with other texts in it: what the editor's blocks make of it. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.templates.edit import PromptEdit, edit_prompt
from workbench.templates.prompt_file import PromptFile


def contents(prompt: PromptFile) -> list[str]:
    """The templates of `prompt`, one per block."""
    if prompt.text is not None:
        return [prompt.text]
    return [message.content for message in prompt.messages]


def with_blocks(prompt: PromptFile, blocks: Sequence[tuple[str, str]]) -> PromptFile:
    """`prompt` with these roles and templates, and a source that says so; itself when none is new.

    Every other byte of the file stays: comments, order, keys of other programs. The role of the
    one block of a raw text is of no account.

    Raises:
        UserError: a text that no YAML file can hold.
    """
    if prompt.text is not None:
        text = blocks[0][1]
        return prompt if text == prompt.text else edit_prompt(prompt, PromptEdit(text=text))
    wanted = [(role, text) for role, text in blocks]
    if wanted == [(message.role, message.content) for message in prompt.messages]:
        return prompt
    return edit_prompt(prompt, PromptEdit(messages=wanted))

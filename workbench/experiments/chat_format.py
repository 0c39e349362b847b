"""What rendering must know of a loaded model."""

from __future__ import annotations

from workbench.core.types import Loaded
from workbench.templates.chat import PLAIN_TEMPLATE, ChatFormat


def template_used(chat: ChatFormat) -> str:
    """The chat template that writes the messages: the model's, or the plain one."""
    return PLAIN_TEMPLATE if chat.template is None else chat.template


def chat_format(loaded: Loaded) -> ChatFormat:
    """What rendering must know of a loaded model."""
    vocab = loaded.vocab
    return ChatFormat(
        template=loaded.model.chat_template,
        bos_text=vocab.bos_text,
        eos_text=vocab.eos_text,
        adds_bos=vocab.adds_bos,
        special_texts=tuple(vocab.special_texts.values()),
    )

"""The chat template and special tokens of a model, as its tokenizer_config.json has them."""

from __future__ import annotations

from workbench.core.errors import UserError
from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.losses import about_lost, settings_lost, variables_lost
from workbench.export.text_files import json_text


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """The keys for a tokenizer_config.json, and the messages to give `apply_chat_template`.

    Raises:
        UserError: the model has no chat template, or the prompt is raw text.
    """
    if parts.chat_template is None:
        raise UserError(
            "The model has no chat template.", "Choose one that has, or another format."
        )
    if not parts.is_chat:
        raise UserError(
            "A chat template writes messages, and this prompt is raw text.",
            "Choose another format.",
        )
    snippet: dict[str, object] = {
        "chat_template": parts.chat_template,
        "add_bos_token": parts.adds_bos,
        "bos_token": parts.bos_text,
        "eos_token": parts.eos_text,
    }
    rows = [{"role": m.role, "content": m.filled or ""} for m in parts.messages]
    document = {"tokenizer_config": snippet, "messages": rows}
    lost = (*variables_lost(parts), *settings_lost(parts), *about_lost(parts))
    return Exported(json_text(document), lost)


FORMAT = ExportFormat(
    "hugging-face",
    "Hugging Face chat template",
    "The model's chat template as tokenizer_config.json has it, with the messages filled in.",
    ".json",
    Need.MODEL,
    write,
    program="transformers",
)

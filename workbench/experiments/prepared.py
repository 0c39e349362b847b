"""A prompt as one model reads it. A value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.core.rendered import Rendered
from workbench.core.tokens import PromptToken
from workbench.core.types import EngineSettings, Loaded, PromptWords
from workbench.templates.prompt_file import PromptFile


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prompt rendered and tokenised for one model.

    Attributes:
        chat_template: Jinja2 source the messages were written with; None for a raw completion,
            and where a server writes them.
        words: what a server is sent; None for a model of this machine.
    """

    prompt: PromptFile
    values: Mapping[str, object]
    rendered: Rendered
    tokens: tuple[PromptToken, ...]
    loaded: Loaded
    settings: EngineSettings
    chat_template: str | None
    words: PromptWords | None = None

    @property
    def n_tokens(self) -> int | None:
        """How many tokens the prompt has; None when only its server knows."""
        known = all(token.id >= 0 for token in self.tokens)
        return len(self.tokens) if known else None

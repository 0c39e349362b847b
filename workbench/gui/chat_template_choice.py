"""Which chat template a model is used with: its own, one from a file, or an edited one. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.core.errors import UserError
from workbench.gui.said import tr_said
from workbench.gui.translate import tr
from workbench.templates.chat_file import load_chat_template


@dataclass(frozen=True, slots=True)
class ChatTemplateChoice:
    """At most one of the two is set; neither means the model's own.

    Attributes:
        path: of a file that is read again at every rendering.
        source: Jinja2 written by the person.
    """

    path: str = ""
    source: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the model's own template is used."""
        return not (self.path or self.source)

    def label(self, *, has_own: bool, by_server: bool = False) -> str:
        """A few words for a button; `has_own` says whether the model brings a template,
        `by_server` whether its server writes messages with one that is not known here."""
        if self.path:
            return Path(self.path).name
        if self.source:
            return "edited"
        if by_server:
            return tr("the server's")
        return tr("the model's own") if has_own else tr("none, plain")

    def read(self) -> str | None:
        """The Jinja2 source to use; None for the model's own.

        Raises:
            UserError: the file cannot be used any more.
        """
        if self.source:
            return self.source
        if not self.path:
            return None
        try:
            return load_chat_template(Path(self.path))
        except UserError as error:
            said = tr("The chat template cannot be used: {message}", message=tr_said(error.message))
            hint = tr_said(error.hint) or tr("Choose another one, or the model's own.")
            raise UserError(said, hint) from error

    def to_json(self) -> dict[str, str]:
        """For the window's state."""
        return {"path": self.path} if self.path else {"source": self.source}


def choice_from_json(value: object) -> ChatTemplateChoice:
    """What `to_json` wrote; anything else is the model's own."""
    if not isinstance(value, Mapping):
        return ChatTemplateChoice()
    path, source = value.get("path"), value.get("source")
    if isinstance(path, str) and path:
        return ChatTemplateChoice(path=path)
    return ChatTemplateChoice(source=source if isinstance(source, str) else "")

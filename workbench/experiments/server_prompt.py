"""A prompt for a model that a server holds: what is sent of it, and what can be known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.core.errors import UserError
from workbench.core.remote import ServerInfo
from workbench.core.rendered import Rendered, RenderWarning
from workbench.core.text import elide
from workbench.core.types import Loaded, PromptWords, Tokenized
from workbench.engine.client import EngineClient
from workbench.templates.prompt_file import PromptFile

_MOST_WHY = 100


def server_chat(loaded: Loaded, prompt: PromptFile, chat_template: str | None) -> ServerInfo | None:
    """The server that writes the messages of a prompt; None when they are written here.

    A chat template that the person chose is applied here, and the server gets its text.
    """
    server = loaded.engine.server
    if server is None or not prompt.is_chat or chat_template is not None:
        return None
    return server if server.writes_chat else None


def words_for(
    loaded: Loaded, prompt: PromptFile, rendered: Rendered, chat_template: str | None
) -> PromptWords | None:
    """What a server is sent; None for an engine that reads token ids."""
    if loaded.engine.server is None:
        return None
    if server_chat(loaded, prompt, chat_template) is None:
        return PromptWords(rendered.text)
    return PromptWords(rendered.text, rendered.messages)


def tokens_for(client: EngineClient, server: ServerInfo, rendered: Rendered) -> Tokenized:
    """The prompt's tokens, or its words.

    Only a server on this machine is asked while somebody writes: elsewhere a prompt is sent when
    it is run. Waits for the server.

    Raises:
        UserError: it cannot be reached.
    """
    if server.is_loopback and server.capabilities.tokenizes:
        return client.tokenize(rendered.text, add_bos=rendered.adds_bos).result()
    return words_only(rendered)


def words_only(rendered: Rendered) -> Tokenized:
    """The prompt's words, where its tokens are not known."""
    from workbench.engine.remote.names import TokenNames
    from workbench.engine.remote.words import word_pieces

    return word_pieces(rendered.text, TokenNames())


def by_server(rendered: Rendered) -> Rendered:
    """A chat as it is shown when the server writes it: as "User: …", and said to be so."""
    said = RenderWarning(
        "The server writes these messages with a chat template of its own; the exact prompt is "
        "not available from this server.",
        "Choose a chat template to write it here.",
    )
    others = tuple(w for w in rendered.warnings if "has no chat template" not in w.message)
    return replace(rendered, warnings=(*others, said))


def check_exact(loaded: Loaded, prompt: PromptFile) -> None:
    """Refuse to look at probabilities of a text that nobody here knows.

    Raises:
        UserError: the prompt is a chat, and the server writes it.
    """
    server = server_chat(loaded, prompt, None)
    if server is not None:
        raise UserError(
            "Not available from this server: probabilities of a given answer to a chat "
            f"({server.capabilities.kind} writes it with a chat template of its own).",
            "Write the prompt as text:, or use the model as a file.",
        )


@dataclass(frozen=True, slots=True)
class Ability:
    """Something a server offers or not; `what` is a line for a person, with the reason."""

    what: str
    there: bool


def abilities(server: ServerInfo) -> tuple[Ability, ...]:
    """What a server can do with its model, and what it cannot, in lines for a person."""
    can, why = server.capabilities, server.capabilities.missing
    tops = f", {can.most_top} alternatives each" if can.most_top else ""
    rows = (
        ("continues raw texts", can.completions, why.get("completions", "")),
        ("answers messages", can.chat, why.get("chat", "")),
        (
            f"tells the probability of every token it says{tops}",
            can.logprobs or can.chat_logprobs,
            why.get("completions logprobs", ""),
        ),
        ("tells the probabilities of a given text", can.scores, why.get("scores", "")),
        ("tells the tokens of a text", can.tokenizes, why.get("tokens", "")),
        ("keeps to a grammar", "grammar" in can.settings, ""),
        ("keeps to a JSON schema", "json_schema" in can.settings, ""),
        (
            "entropies, attention, the logit lens, the sampler microscope, forks and replays",
            False,
            "no server offers them",
        ),
    )
    return tuple(
        Ability(what if there or not reason else f"{what} ({elide(reason, _MOST_WHY)})", there)
        for what, there, reason in rows
    )

"""What the exact prompt says in words: one token, the BOS, the length. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.core.rendered import LITERAL, SPECIAL, Message, RenderWarning
from workbench.gui.card_data import visible_token
from workbench.gui.translate import mark, tr

if TYPE_CHECKING:
    from workbench.core.tokens import PromptToken
    from workbench.core.types import VocabInfo
    from workbench.experiments.session import Prepared

_KINDS = {"variable": mark("variable"), "example": mark("example")}
_SOURCES = {LITERAL: mark("written in the prompt"), SPECIAL: mark("chat template")}


@dataclass(frozen=True, slots=True)
class PromptFacts:
    """What is known of a prompt beside its tokens.

    Attributes:
        control: ids that are drawn as chips.
        bos: id of the token that begins a text; None when the model has none or none is known.
        expects_bos: whether the model wants its text to begin with it.
        n_ctx: tokens the context holds; 0 when not known.
        messages: for the roles; empty for a raw completion.
    """

    control: Collection[int] = ()
    bos: int | None = None
    expects_bos: bool = False
    n_ctx: int = 0
    messages: Sequence[Message] = ()


def prompt_facts(prepared: Prepared) -> PromptFacts:
    """What the exact prompt's card must know beside the tokens."""
    loaded = prepared.loaded
    return PromptFacts(
        control=frozenset(loaded.vocab.special_texts),
        bos=loaded.vocab.bos,
        expects_bos=expects_bos(loaded.vocab, loaded.model.chat_template),
        n_ctx=loaded.engine.n_ctx,
        messages=prepared.rendered.messages,
    )


@dataclass(frozen=True, slots=True)
class BosNote:
    """A few words for the card's corner, the sentence behind them, and whether all is well."""

    text: str
    tip: str
    is_good: bool


def expects_bos(vocab: VocabInfo, chat_template: str | None) -> bool:
    """Whether a model wants a BOS: its vocabulary says so, or its own chat template writes one."""
    if vocab.bos is None:
        return False
    own = chat_template or ""
    return vocab.adds_bos or "bos_token" in own or (bool(vocab.bos_text) and vocab.bos_text in own)


def bos_note(tokens: Sequence[PromptToken], facts: PromptFacts) -> BosNote | None:
    """What to say about the beginning-of-text token; None when the model has none."""
    if facts.bos is None:
        return None
    places = [number for number, token in enumerate(tokens) if token.id == facts.bos]
    if places[:2] == [0, 1]:
        return BosNote(
            tr("doubled BOS"), tr("The prompt begins with two beginning-of-text tokens."), False
        )
    if len(places) > 1 or (places and places[0]):
        where = next(place for place in places if place)
        tip = tr(
            "A beginning-of-text token stands inside the prompt, as token {where:,}.",
            where=where + 1,
        )
        return BosNote(tr("BOS inside"), tip, False)
    if places:
        tip = tr("The prompt begins with one beginning-of-text token, as it should.")
        return BosNote("1 BOS", tip, True)
    if facts.expects_bos:
        tip = tr("The model expects a beginning-of-text token first, and the prompt has none.")
        return BosNote(tr("BOS missing"), tip, False)
    return BosNote(tr("no BOS"), tr("The model's file asks for no beginning-of-text token."), True)


def bos_warning(note: BosNote | None, warnings: Sequence[RenderWarning]) -> RenderWarning | None:
    """A warning about the BOS that the rendering itself did not give; None when all is well."""
    if note is None or note.is_good or any("twice" in w.message for w in warnings):
        return None
    if note.text == tr("BOS missing"):
        return RenderWarning(note.tip, tr("Write {{ bos_token }} first in the chat template."))
    if note.text == tr("doubled BOS"):
        hint = tr("The tokenizer or the chat template adds one already; remove the other.")
        return RenderWarning(note.tip, hint)
    return RenderWarning(note.tip, tr("The model reads it as the beginning of a new text."))


def overflow(n_tokens: int, n_ctx: int) -> str:
    """One sentence with both numbers when a prompt does not fit; empty when it does."""
    if not n_ctx or n_tokens < n_ctx:
        return ""
    if n_tokens == n_ctx:
        return tr(
            "The prompt fills the whole context of {n_ctx:,} tokens: no room is left "
            "for a reply. Shorten it.",
            n_ctx=n_ctx,
        )
    return tr(
        "The prompt is {n_tokens:,} tokens long and the context holds {n_ctx:,}: "
        "the {n_tokens_2:,} marked below are beyond it. Shorten the prompt.",
        n_tokens=n_tokens,
        n_ctx=n_ctx,
        n_tokens_2=n_tokens - n_ctx,
    )


def token_facts(token: PromptToken, number: int, facts: PromptFacts) -> str:
    """Everything about token `number` (0-based; shown from 1): source, message, id, bytes."""
    source = tr("control token") if token.id in facts.control else source_words(token.source)
    parts = [
        f"“{visible_token(token.text)}”",
        *_place(token, number),
        tr("bytes {hex}", hex=token.bytes.hex(" ")) if token.bytes else tr("no bytes"),
        source,
    ]
    if token.message is not None:
        known = token.message < len(facts.messages)
        role = f" ({facts.messages[token.message].role})" if known else ""
        parts.append(tr("message {message}{role}", message=token.message + 1, role=role))
    return " · ".join(parts)


def _place(token: PromptToken, number: int) -> tuple[str, ...]:
    """Which token it is; a part of a text that only its server cuts into tokens is none."""
    if token.id < 0:
        return (tr("tokens: not available from this server"),)
    return tr("token {number:,}", number=number + 1), tr("id {id:,}", id=token.id)


def source_words(source: str) -> str:
    """A source for reading: "variable name", "example 2", "chat template"."""
    if source in _SOURCES:
        return tr(_SOURCES[source])
    kind, _, name = source.partition(":")
    return (
        tr("example {name}", name=int(name) + 1)
        if kind == "example" and name.isdigit()
        else tr("{kind} {name}", kind=tr(_KINDS.get(kind, kind)), name=name)
    )

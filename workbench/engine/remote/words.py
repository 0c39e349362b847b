"""Tokens of a text as its server tells them, or pieces of the text where it does not."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from workbench.core.errors import UserError
from workbench.core.types import Tokenized
from workbench.engine.remote.connection import Connection
from workbench.engine.remote.events import mapped
from workbench.engine.remote.kinds import Told
from workbench.engine.remote.names import TokenNames
from workbench.engine.remote.parameters import LLAMA_PYTHON, LLAMA_SERVER, VLLM

_WORD = re.compile(r"\s*\S+|\s+")
_MOST_ASKED = 2000
"""So many texts of single tokens are asked for at most; then the text's own words stand."""


def word_pieces(text: str, names: TokenNames) -> Tokenized:
    """The words of a text with numbers of our own; nothing is asked."""
    parts = [p.encode("utf-8", "surrogatepass") for p in _WORD.findall(text)]
    ids = tuple(names.number(part) for part in parts)
    return Tokenized(ids, tuple(parts), (False,) * len(parts))


class Words:
    """Cuts texts for one model. On the connection's thread."""

    def __init__(self, connection: Connection, told: Told, names: TokenNames) -> None:
        self._connection, self._told, self._names = connection, told, names
        self._known: dict[int, bytes | None] = {}

    async def tokens(self, text: str, *, add_bos: bool, parse_special: bool) -> Tokenized:
        """The tokens of a text; its words where the server does not tell tokens that spell it.

        Raises:
            UserError: the server cannot be reached.
        """
        if not text and not add_bos:
            return Tokenized((), (), ())
        found: list[tuple[int, bytes | None]] | None = None
        if self._told.kind == LLAMA_SERVER:
            found = await self._llama_server(text, add_bos, parse_special)
        elif self._told.kind == LLAMA_PYTHON:
            found = await self._llama_python(text, add_bos)
        elif self._told.kind == VLLM:
            found = await self._vllm(text, add_bos)
        spelt = None if found is None else _spelt(text.encode("utf-8", "surrogatepass"), found)
        if spelt is None:
            return word_pieces(text, self._names)
        ids = tuple(self._names.number(piece, token) for token, piece, _ in spelt)
        return Tokenized(ids, tuple(p for _, p, _ in spelt), tuple(s for _, _, s in spelt))

    async def _llama_server(
        self, text: str, add_bos: bool, parse_special: bool
    ) -> list[tuple[int, bytes | None]] | None:
        body = {
            "content": text,
            "add_special": add_bos,
            "parse_special": parse_special,
            "with_pieces": True,
        }
        answer = await self._asked("tokenize", body)
        rows = answer.get("tokens")
        if not isinstance(rows, list):
            return None
        found: list[tuple[int, bytes | None]] = []
        for row in rows:
            number, piece = mapped(row).get("id"), mapped(row).get("piece")
            if not isinstance(number, int):
                return None
            found.append((number, bytes(piece) if isinstance(piece, list) else _bytes(piece)))
        return found

    async def _llama_python(
        self, text: str, add_bos: bool
    ) -> list[tuple[int, bytes | None]] | None:
        model = {"model": self._told.id}
        answer = await self._asked("extras/tokenize", {**model, "input": text})
        ids = _numbers(answer.get("tokens"))
        if ids is None:
            return None
        fresh = sorted(set(ids) - self._known.keys())
        if len(fresh) > _MOST_ASKED:
            return None
        texts = await asyncio.gather(
            *(self._asked("extras/detokenize", {**model, "tokens": [i]}) for i in fresh)
        )
        for token, told in zip(fresh, texts, strict=True):
            self._known[token] = _bytes(told.get("text"))  # none: a part of a character
        found = [(i, self._known[i]) for i in ids]
        # It always puts a BOS in front, which is the only token there without a text.
        begins = bool(found) and not found[0][1]
        return found[1:] if begins and not add_bos else found

    async def _vllm(self, text: str, add_bos: bool) -> list[tuple[int, bytes | None]] | None:
        body = {
            "model": self._told.id,
            "prompt": text,
            "add_special_tokens": add_bos,
            "return_token_strs": True,
        }
        answer = await self._asked("tokenize", body)
        ids, texts = _numbers(answer.get("tokens")), answer.get("token_strs")
        if ids is None or not isinstance(texts, list) or len(texts) != len(ids):
            return None
        plain = [str(t).replace("Ġ", " ").replace("▁", " ").replace("Ċ", "\n") for t in texts]
        return [(i, t.encode("utf-8", "surrogatepass")) for i, t in zip(ids, plain, strict=True)]

    async def _asked(self, call: str, body: dict[str, Any]) -> dict[str, Any]:
        status, data, _ = await self._connection.post(f"{self._told.url_root}/{call}", body)
        if status != 200:
            return {}
        try:
            return mapped(json.loads(data))
        except (ValueError, RecursionError):
            return {}


def _spelt(
    text: bytes, found: list[tuple[int, bytes | None]]
) -> list[tuple[int, bytes, bool]] | None:
    """The tokens with bytes that spell the text, each with whether it is a control token.

    Tokens in front that are no part of the text are control tokens (a BOS). One whose bytes are
    not told (a part of a character) gets what stands between its neighbours. None: they do not
    spell the text.
    """
    made: list[tuple[int, bytes, bool]] = []
    at = 0
    for number, (token, piece) in enumerate(found):
        if piece is None:
            gap = _gap(text, at, found[number:])
            if gap is None:
                return None
            made.append((token, text[at : at + gap], False))
            at += gap
        elif text.startswith(piece, at):
            made.append((token, piece, not piece))
            at += len(piece)
        elif piece.startswith(b" ") and at == 0 and text.startswith(piece[1:]):
            made.append((token, piece[1:], False))  # some vocabularies put a space in front
            at = len(piece) - 1
        elif at == 0:
            made.append((token, b"", True))
        else:
            return None
    return made if at == len(text) else None


def _gap(text: bytes, at: int, left: list[tuple[int, bytes | None]]) -> int | None:
    """How many bytes a token without told bytes has; None where that is not certain.

    `left` begins with it. Its run of such tokens fills what lies before the next known one: all
    of it when it is alone, a byte each when there are as many bytes as tokens.
    """
    run = next((n for n, (_, piece) in enumerate(left) if piece), len(left))
    after = left[run][1] if run < len(left) else b""
    end = text.find(after, at + run) if after else len(text)
    if end < 0:
        return None
    if run == 1:
        return end - at
    return 1 if end - at == run else None


def _bytes(text: Any) -> bytes | None:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else None


def _numbers(value: Any) -> list[int] | None:
    if isinstance(value, list) and all(isinstance(v, int) for v in value):
        return value
    return None


def text_of(ids: tuple[int, ...], names: TokenNames) -> str:
    """The text that tokens spell.

    Raises:
        UserError: one of them is not known here: it comes from another program's run.
    """
    try:
        data = b"".join(names.pieces[i] for i in ids)
    except KeyError:
        raise UserError(
            "These tokens are not known here; the server was not asked for their text.",
            "Open the prompt again and run it.",
        ) from None
    return data.decode("utf-8", "surrogatepass")

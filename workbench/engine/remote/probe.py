"""What a server can do with a model, found out by asking it for single tokens."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from workbench.core.errors import UserError
from workbench.core.remote import Capabilities
from workbench.engine.remote.answers import Row, rows_of
from workbench.engine.remote.connection import Connection
from workbench.engine.remote.events import listed
from workbench.engine.remote.failures import BusyError
from workbench.engine.remote.kinds import Told
from workbench.engine.remote.parameters import LLAMA_PYTHON, LLAMA_SERVER, VLLM, settings_of

TOPS = (20, 5, 1)
"""Numbers of alternatives that are tried; servers limit them differently."""

_TEXT = "The capital of France is"
_CLOSE = 0.05


@dataclass(frozen=True, slots=True)
class _Answer:
    """One token that was asked for, or why there is none."""

    choice: dict[str, Any] | None
    rows: tuple[Row, ...]
    why: str = ""


async def probe(connection: Connection, told: Told) -> Capabilities:
    """Everything the server offers for one model; a few requests for one token each.

    Raises:
        UserError: it neither continues texts nor answers messages, or cannot be reached.
    """
    missing: dict[str, str] = {}
    asker = _Asker(connection, told)
    plain, plain_top = await asker.most(chat=False)
    chat, chat_top = await asker.most(chat=True)
    if plain.choice is None and chat.choice is None:
        raise UserError(
            f"{connection.address.host} does not answer with {told.id}.",
            f"It says: {plain.why or chat.why}",
        )
    for name, answer in (("completions", plain), ("chat", chat)):
        if answer.choice is None:
            missing[name] = answer.why
        elif not answer.rows:
            missing[f"{name} logprobs"] = answer.why or "it names no probabilities"
    scores, why = await asker.scores(plain)
    if not scores:
        missing["scores"] = why
    tokenizes = told.kind in (LLAMA_SERVER, LLAMA_PYTHON, VLLM)
    if not tokenizes:
        missing["tokens"] = "it has no call that tells the tokens of a text"
    return Capabilities(
        kind=told.kind,
        version=told.version,
        completions=plain.choice is not None,
        chat=chat.choice is not None,
        logprobs=bool(plain.rows),
        chat_logprobs=bool(chat.rows),
        most_top=max(plain_top if plain.rows else 0, chat_top if chat.rows else 0),
        scores=scores,
        tokenizes=tokenizes,
        settings=settings_of(told.kind),
        missing=missing,
    )


class _Asker:
    def __init__(self, connection: Connection, told: Told) -> None:
        self._connection, self._told = connection, told

    async def most(self, *, chat: bool) -> tuple[_Answer, int]:
        """One greedy token with as many alternatives as are granted, or without any."""
        why = ""
        for top in TOPS:
            answer = await self._ask({**_logprobs(top, chat=chat)}, chat=chat)
            if answer.rows:
                return answer, top
            why = why or answer.why
        answer = await self._ask({}, chat=chat)
        return _Answer(answer.choice, (), answer.why or why), 0

    async def scores(self, plain: _Answer) -> tuple[bool, str]:
        """Whether it tells the probabilities of a given text, and tells them right.

        The token it just said is put behind the text and must get the probability it had. Some
        servers are off by one token there, which looks like an answer and is none.
        """
        if not plain.rows or plain.rows[0].said.logprob is None:
            return False, "it tells no probabilities of what it says itself"
        said = plain.rows[0].said
        text = _TEXT + said.piece.decode("utf-8", "ignore")
        answer = await self._ask({"echo": True, "logprobs": 1}, chat=False, text=text)
        if len(answer.rows) < 2:
            return False, answer.why or "it does not repeat the prompt with its probabilities"
        spelt, found = b"", None
        for row in answer.rows:
            spelt += row.said.piece
            if spelt.strip() == text.encode().strip():
                found = row.said.logprob
                break
        if found is None:
            return False, "it repeats the prompt in pieces that do not spell it"
        if not math.isclose(found, said.logprob or 0.0, abs_tol=_CLOSE):
            return False, "its figures for a given text are not those of its own replies"
        return True, ""

    async def _ask(self, more: dict[str, Any], *, chat: bool, text: str = _TEXT) -> _Answer:
        words: dict[str, Any] = {"prompt": text}
        if chat:
            words = {"messages": [{"role": "user", "content": text}]}
        body = {
            "model": self._told.id,
            "max_tokens": 1,
            "temperature": 0,
            "seed": 1,
            **words,
            **more,
        }
        try:
            answer = await self._connection.complete(body, chat=chat, retries=0)
        except BusyError:
            raise  # nothing can be said of a server that does not answer now
        except UserError as error:
            return _Answer(None, (), error.message)
        choices = listed(answer.get("choices"))
        if not choices:
            return _Answer(None, (), "its answer holds no reply")
        return _Answer(choices[0], tuple(rows_of(choices[0].get("logprobs"), 1)))


def _logprobs(top: int, *, chat: bool) -> dict[str, Any]:
    return {"logprobs": True, "top_logprobs": top} if chat else {"logprobs": top}

"""Tokens with their probabilities, in the two shapes that servers tell them in."""

from __future__ import annotations

from typing import Any

LOGPROB = -0.5


def legacy(word: str) -> dict[str, Any]:
    """The shape of completions."""
    return {
        "tokens": [word],
        "token_logprobs": [LOGPROB],
        "top_logprobs": [{word: LOGPROB, " other": -1.5}],
    }


def told(word: str) -> dict[str, Any]:
    """The shape of chats."""
    return {"token": word, "logprob": -0.5, "bytes": list(word.encode()), "top_logprobs": []}

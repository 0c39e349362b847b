"""One reply while it streams in: rows, text, how it ended, what the server said of itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.core.tokens import TokenTable
from workbench.core.types import Finish
from workbench.engine.remote.answers import Row, rows_of, table_of, unknown_row
from workbench.engine.remote.events import listed, mapped
from workbench.engine.remote.names import TokenNames

Tell = Callable[[TokenTable, str], None]
_SLACK = 8
_FINISHED = {"stop": Finish.STOP, "eos": Finish.STOP, "length": Finish.LENGTH}


@dataclass(slots=True)
class Sample:
    """What became of one reply so far. One event loop.

    Attributes:
        top: alternatives per row.
        most: rows after which a server that does not stop is left.
        finish: None while it runs.
        told: the model the server says it is.
        counts: whether every row is one token.
        first_at, last_at: when tokens arrived, on the monotonic clock; None while none did.
    """

    names: TokenNames
    top: int
    most: int
    tell: Tell
    finish: Finish | None = None
    told: str = ""
    counts: bool = True
    n_rows: int = 0
    prompt_tokens: int | None = None
    reply_tokens: int | None = None
    first_at: float | None = None
    last_at: float | None = None
    overran: bool = False
    ended_as: str = ""

    def take(self, event: dict[str, Any]) -> bool:
        """Take an event in; False when nothing more is wanted of this reply."""
        if isinstance(event.get("model"), str):
            self.told = event["model"]
        usage = mapped(event.get("usage"))
        self.prompt_tokens = _count(usage.get("prompt_tokens"), self.prompt_tokens)
        self.reply_tokens = _count(usage.get("completion_tokens"), self.reply_tokens)
        for choice in listed(event.get("choices"))[:1]:
            self._grow(choice)
            reason = choice.get("finish_reason")
            if isinstance(reason, str) and reason:
                self.finish = _FINISHED.get(reason, Finish.STOP)
                self.ended_as = "" if reason in _FINISHED else reason
        if self.n_rows > self.most and self.finish is None:
            self.finish, self.overran = Finish.LENGTH, True
            return False
        return True

    def _grow(self, choice: dict[str, Any]) -> None:
        text = text_in(choice)
        rows: list[Row] = rows_of(choice.get("logprobs"), self.top)
        if not rows and text:
            rows = [unknown_row(text.encode("utf-8", "surrogatepass"))]
            self.counts = False
        if not rows and not text:
            return
        self.n_rows += len(rows)
        self.last_at = time.monotonic()
        if self.first_at is None:
            self.first_at = self.last_at
        self.tell(table_of(rows, self.top, self.names), text)

    @property
    def n_tokens(self) -> int | None:
        """Tokens of the reply; None when nobody counted them."""
        return self.reply_tokens if not self.counts or self.reply_tokens else self.n_rows


def most_rows(max_tokens: int) -> int:
    """Rows after which a server has gone on for longer than it was told to."""
    return max_tokens + _SLACK


def text_in(choice: dict[str, Any]) -> str:
    """The text that a choice of either kind of answer brings."""
    for inner in (choice, mapped(choice.get("delta")), mapped(choice.get("message"))):
        for name in ("text", "content"):
            if isinstance(inner.get(name), str) and inner[name]:
                return str(inner[name])
    return ""


def _count(value: Any, otherwise: int | None) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if is_count else otherwise

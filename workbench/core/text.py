"""Bytes to text while they arrive: incremental UTF-8, stop strings, names for half characters."""

from __future__ import annotations

import codecs
from collections.abc import Sequence


def piece_text(piece: bytes) -> str:
    """How one token's bytes are shown and stored as text.

    Whole characters decode as usual; each byte that is no complete character alone becomes
    `<0xF0>`, the name llama.cpp gives to byte tokens, so that nothing turns into U+FFFD and two
    different tokens never look alike. The bytes themselves travel beside the text.
    """
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        return piece.decode("utf-8", errors="workbench-byte-name")


def _byte_name(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(f"<0x{b:02X}>" for b in error.object[error.start : error.end]), error.end


codecs.register_error("workbench-byte-name", _byte_name)


class Utf8Stream:
    """Decodes UTF-8 that arrives in pieces; a character split over tokens is held until whole.

    Invalid bytes become U+FFFD, as `bytes.decode(errors="replace")` of the whole would give: the
    text is the same for every way of cutting the bytes.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def feed(self, piece: bytes) -> str:
        """The characters that became whole with `piece`."""
        return self._decoder.decode(piece)

    def finish(self) -> str:
        """What is left at the end: empty, or U+FFFD for a character that never became whole."""
        return self._decoder.decode(b"", final=True)


class StopStrings:
    """Holds back text that may be the start of a stop string, and ends the reply at one.

    The text let through never contains any part of the stop string that ended it, and is the
    same however the input is cut. When several match, the one that starts first wins; of those
    that start together, the longest.
    """

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = [s for s in stops if s]
        self._held = ""
        self.matched: str | None = None

    def feed(self, text: str) -> str:
        """The part of everything seen so far that can safely be shown now."""
        if self.matched is not None or not text:
            return ""
        if not self._stops:
            return text
        self._held += text
        found = [(at, -len(s), s) for s in self._stops if (at := self._held.find(s)) >= 0]
        keep_from = self._first_partial()
        if found:
            at, _, stop = min(found)
            # A longer stop string that began no later may still complete: wait for it.
            if keep_from is None or keep_from > at:
                self.matched = stop
                shown, self._held = self._held[:at], ""
                return shown
        if keep_from is None:
            shown, self._held = self._held, ""
        else:
            shown, self._held = self._held[:keep_from], self._held[keep_from:]
        return shown

    def stand(self, text: str) -> str:
        """`text` stands already: no stop string inside it counts; what can be shown of it now.

        A stop string that begins at its end and is completed by what follows does count.
        """
        if not self._stops:
            return text
        self._held += text
        longest = max(len(s) for s in self._stops)
        shown = self._held[: max(0, len(self._held) - longest + 1)]
        self._held = self._held[len(shown) :]
        keep_from = self._first_partial()
        cut = len(self._held) if keep_from is None else keep_from
        shown, self._held = shown + self._held[:cut], self._held[cut:]
        return shown

    def finish(self) -> str:
        """The text still held when the reply ends for another reason, up to a stop string."""
        held, self._held = self._held, ""
        found = [(at, -len(s), s) for s in self._stops if (at := held.find(s)) >= 0]
        if found and self.matched is None:
            at, _, self.matched = min(found)
            return held[:at]
        return held

    def _first_partial(self) -> int | None:
        """Where the earliest unfinished stop string begins in the held text, or None."""
        longest = max(len(s) for s in self._stops)
        for start in range(max(0, len(self._held) - longest + 1), len(self._held)):
            tail = self._held[start:]
            if any(len(s) > len(tail) and s.startswith(tail) for s in self._stops):
                return start
        return None


def common_start(a: str, b: str) -> int:
    """How many characters both texts begin with alike."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def elide(text: str, limit: int) -> str:
    """`text` on one line and at most `limit` characters long, with an ellipsis when cut."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: max(0, limit - 1)].rstrip() + "…"


def plural(count: int, noun: str) -> str:
    """A number with its noun: "1 vote", "1,200 votes"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

"""Unsaved edits of prompts, kept on the disk so that they survive a crash. Any thread.

Every window writes files of its own, one for each prompt, so that two windows never overwrite
each other; the newest one wins. Each file appears whole or not at all. A file that cannot be read
is put aside as `.bak`, and `notices` says so.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.files import put_in_place
from workbench.core.ids import Clock, text_hash, wall_clock_us
from workbench.history.owner import Owner, may_be_alive, this_process

MAX_BYTES = 64 << 20
"""The longest text that is kept, in bytes of UTF-8."""

_FORMAT = 1
_STALE_S = 3600.0


@dataclass(frozen=True, slots=True)
class Draft:
    """Edits that were not saved.

    Attributes:
        base_hash: `core.ids.text_hash` of the file that was edited; empty for a prompt without
            a file. Another hash than the file's now means that the file changed meanwhile.
        kept_us: when, in microseconds since the Unix epoch.
        elsewhere: another program that still runs is editing it; not ours to restore or drop.
    """

    prompt_key: str
    source: str
    base_hash: str
    kept_us: int
    elsewhere: bool = False


class Drafts:
    """The drafts in one folder, which is made at the first `keep`."""

    def __init__(
        self,
        folder: Path,
        clock: Clock = wall_clock_us,
        owner: Owner | None = None,
        window: str = "",
    ) -> None:
        """`window` tells apart several windows of one process; see `release`."""
        self._window = window
        self._folder = folder
        self._clock = clock
        self._owner = this_process() if owner is None else owner
        self._lock = threading.Lock()  # one reader or writer at a time; protects what follows
        self._offered: set[Path] = set()  # files of dead processes that somebody was shown
        self._notices: list[str] = []

    @property
    def notices(self) -> tuple[str, ...]:
        """What the person should know: files that could not be read and were put aside."""
        with self._lock:
            return tuple(self._notices)

    def keep(self, prompt_key: str, source: str, base_hash: str = "") -> None:
        """Write the unsaved text of a prompt, in place of what this process kept of it before.

        Takes a few milliseconds and waits for the disk: call it on a lane, after a pause.

        Raises:
            UserError: the text is too long, or the folder cannot be written.
        """
        draft = Draft(prompt_key, source, base_hash, self._clock())
        data = _encoded(draft, self._owner, self._window)
        path = self._own(prompt_key)
        with self._lock, self._explained("written"):
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{threading.get_ident()}.tmp")
            try:
                with fresh.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                fresh.replace(path)
            except OSError:
                with suppress(OSError):
                    fresh.unlink()
                raise

    def find(self, prompt_key: str) -> Draft | None:
        """The newest draft of a prompt, or None.

        Raises:
            UserError: the folder cannot be read.
        """
        found = self._read(_file_key(prompt_key))
        return next((draft for draft in found if draft.prompt_key == prompt_key), None)

    def all(self) -> tuple[Draft, ...]:
        """The newest draft of every prompt, newest first.

        Raises:
            UserError: the folder cannot be read.
        """
        newest: dict[str, Draft] = {}
        for draft in self._read(""):
            newest.setdefault(draft.prompt_key, draft)
        return tuple(newest.values())

    def drop(self, prompt_key: str) -> None:
        """Forget a prompt's draft: the text was saved, or is not wanted.

        Goes with it: what dead processes left of this prompt, if `find` or `all` showed it since.
        What another running program keeps stays.

        Raises:
            UserError: the folder cannot be written.
        """
        own = self._own(prompt_key)
        with self._lock, self._explained("removed"):
            for path in self._files():
                if path == own or (path in self._offered and path.name.startswith(own.name[:24])):
                    path.unlink(missing_ok=True)
                    self._offered.discard(path)

    def release(self) -> None:
        """The window is closed: what it kept belongs to any other window of this process.

        Raises:
            UserError: the folder cannot be written.
        """
        if not self._window:
            return
        with self._lock, self._explained("written"):
            for path in self._files():
                if path.name.endswith(f"-{self._who()}.json"):
                    with suppress(ValueError, RecursionError):
                        draft, owner, _window = _decoded(_loaded(path))
                        put_in_place(path, _encoded(draft, owner, ""))

    def _files(self) -> list[Path]:
        try:
            return sorted(self._folder.iterdir())
        except FileNotFoundError:
            return []

    def _read(self, beginning: str) -> list[Draft]:
        """The drafts whose file name begins so, newest first; damaged files are put aside."""
        found: list[Draft] = []
        with self._lock:
            with self._explained("read"):
                files = self._files()
            for path in files:
                if path.suffix == ".tmp":
                    _clear_half(path)
                elif path.suffix == ".json" and path.name.startswith(beginning):
                    draft = self._draft(path)
                    found += [] if draft is None else [draft]
        return sorted(found, key=lambda draft: draft.kept_us, reverse=True)

    def _draft(self, path: Path) -> Draft | None:
        try:
            entry = _loaded(path)
            if isinstance(entry, dict) and _is_newer(entry.get("format")):
                return None  # of a newer version of the program, which will read it again
            draft, owner, window = _decoded(entry)
        except OSError:
            return None  # dropped at this moment, or not ours to read
        except (ValueError, RecursionError) as error:
            self._put_aside(path, error)
            return None
        if owner == self._owner and window in ("", self._window):
            self._offered.add(path)
            return draft
        if owner == self._owner or may_be_alive(owner, self._clock() - draft.kept_us):
            return Draft(
                draft.prompt_key, draft.source, draft.base_hash, draft.kept_us, elsewhere=True
            )
        self._offered.add(path)
        return draft

    def _put_aside(self, path: Path, error: Exception) -> None:
        aside = path.with_suffix(".json.bak")
        number = 2
        while aside.exists():
            aside = path.with_suffix(f".json.bak{number}")
            number += 1
        with suppress(OSError):
            path.replace(aside)
            self._notices.append(
                f"A draft of unsaved edits cannot be read ({error}); it is kept as {aside}."
            )

    def _own(self, prompt_key: str) -> Path:
        return self._folder / f"{_file_key(prompt_key)}-{self._who()}.json"

    def _who(self) -> str:
        owner = self._owner
        text = f"{owner.host}\0{owner.pid}\0{owner.started}"
        if self._window:
            text = f"{text}\0{self._window}"
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UserError(
                f"Unsaved edits cannot be {what} in {self._folder}: {error.strerror or error}.",
                "Save the prompt itself; until then a crash would lose its edits."
                if what == "written"
                else "Allow access to the folder, or choose another with --profile DIR.",
            ) from error


def _clear_half(path: Path) -> None:
    """Remove what a crash in the middle of writing left behind, once nobody can be writing it."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _STALE_S:
            path.unlink()


def _file_key(prompt_key: str) -> str:
    """A file name for any key: no separators, no reserved names, no upper and lower case."""
    return text_hash(prompt_key).removeprefix("sha256:")[:24]


def _encoded(draft: Draft, owner: Owner, window: str) -> bytes:
    length = len(draft.source.encode("utf-8", "surrogatepass"))
    if length > MAX_BYTES:
        raise UserError(
            f"The edited prompt has {length:,} bytes; a draft may have {MAX_BYTES:,}.",
            "Give long material as the value of a variable.",
        )
    entry = {
        "format": _FORMAT,
        "prompt_key": draft.prompt_key,
        "base_hash": draft.base_hash,
        "kept_us": draft.kept_us,
        "host": owner.host,
        "pid": owner.pid,
        "started": owner.started,
        "window": window,
        "source": draft.source,
    }
    return json.dumps(entry, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def _loaded(path: Path) -> object:
    if path.stat().st_size > 8 * MAX_BYTES:
        raise ValueError("it is longer than any draft")
    return json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))


def _is_newer(number: object) -> bool:
    return type(number) is int and number > _FORMAT


def _decoded(entry: object) -> tuple[Draft, Owner, str]:
    """A draft, whose it is, and which window of that process has it (empty: none).

    Raises:
        ValueError: the entry is none; the message says what is wrong.
    """
    if not isinstance(entry, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004  # damage, not a wrong call
    for name, kind in _FIELDS.items():
        if type(entry.get(name)) is not kind:
            raise ValueError(f"{name} is missing or is no {kind.__name__}")
    draft = Draft(entry["prompt_key"], entry["source"], entry["base_hash"], entry["kept_us"])
    window = entry.get("window", "")
    if not isinstance(window, str):
        raise ValueError("window is no str")  # noqa: TRY004  # damage, not a wrong call
    owner = Owner(entry["host"], entry["pid"], entry["started"])
    return draft, owner, window


_FIELDS: dict[str, type] = {
    "format": int,
    "prompt_key": str,
    "base_hash": str,
    "kept_us": int,
    "host": str,
    "pid": int,
    "started": str,
    "source": str,
}

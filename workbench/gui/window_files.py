"""What open windows are at, on the disk, so that a killed program finds its windows again. No Qt.

Every window has a file while it is open and none after it was closed. A file whose program does
not run any more belongs to whoever starts next.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from workbench.core.files import put_in_place
from workbench.core.ids import Clock, wall_clock_us
from workbench.gui.state import WindowState, state_json, state_of
from workbench.history.owner import Owner, may_be_alive, this_process

MOST = 8
"""Windows that are opened again at most; older ones are forgotten."""


class WindowFiles:
    """The files of one program's windows in a folder that is made at the first `keep`."""

    def __init__(
        self, folder: Path, owner: Owner | None = None, clock: Clock = wall_clock_us
    ) -> None:
        self._folder, self._clock = folder, clock
        self._owner = this_process() if owner is None else owner

    def keep(self, number: int, state: WindowState) -> None:
        """Write what window `number` of this program is at. Any thread.

        Raises:
            OSError: the folder cannot be written.
        """
        owner = self._owner
        entry = {
            "host": owner.host,
            "pid": owner.pid,
            "started": owner.started,
            "kept_us": self._clock(),
            "state": state_json(state),
        }
        text = json.dumps(entry, ensure_ascii=False, indent=1)
        put_in_place(self._path(number), text.encode("utf-8", "surrogatepass"))

    def drop(self, number: int) -> None:
        """Window `number` is closed: nothing is left of it."""
        with suppress(OSError):
            self._path(number).unlink(missing_ok=True)

    def claim(self) -> dict[int, WindowState]:
        """Windows of programs that ended without closing them, the newest first, under the
        numbers they have from now on. Of two programs that start at once only one gets each.
        """
        found: list[tuple[int, Path, WindowState]] = []
        for path in self._files():
            left = self._left(path)
            if left is not None:
                found.append((left[0], path, left[1]))
        claimed: dict[int, WindowState] = {}
        for _kept_us, path, state in sorted(found, key=lambda row: -row[0]):
            number = len(claimed) + 1
            with suppress(OSError):
                if number > MOST:
                    path.unlink()
                    continue
                path.rename(self._path(number))
                claimed[number] = state
                self.keep(number, state)  # whoever looks next sees that it has somebody
        return claimed

    def _files(self) -> list[Path]:
        try:
            return sorted(self._folder.glob("*.json"))
        except OSError:
            return []

    def _left(self, path: Path) -> tuple[int, WindowState] | None:
        """When a window that nobody has any more was last seen, and its state."""
        try:
            entry = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
            owner = Owner(str(entry["host"]), int(entry["pid"]), str(entry["started"]))
            kept_us, data = int(entry["kept_us"]), entry["state"]
            state, _bad = state_of(data if isinstance(data, dict) else {})
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            # A damaged file says nothing that could be opened again.
            with suppress(OSError):
                path.replace(path.with_suffix(".bak"))
            return None
        if owner == self._owner or may_be_alive(owner, self._clock() - kept_us):
            return None
        return kept_us, state

    def _path(self, number: int) -> Path:
        owner = self._owner
        who = hashlib.sha256(f"{owner.host}\0{owner.pid}\0{owner.started}".encode()).hexdigest()
        return self._folder / f"{who[:12]}-{number}.json"

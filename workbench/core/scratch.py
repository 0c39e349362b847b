"""Files in the system's temporary folder, and how those of a program that was killed go away.

Beside each stands a lock that its owner holds while it lives. The next program that makes one takes
away whatever has a lock that nobody holds. Process numbers would not do: another container that
shares the folder counts its own.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_PREFIX, _LOCK, _UNBORN = "workbench-", ".lock", ".new"


class Scratch:
    """A name in the temporary folder that is this process's own until it is closed.

    What stands under the name goes with `close`, or at the process's end; if it was killed, with
    `sweep_scratch` of a later one.

    Attributes:
        path: where a file may be written, or the empty folder that was made there.

    Raises:
        OSError: there is no temporary folder that can be written.
    """

    def __init__(self, kind: str, suffix: str = "", *, folder: bool = False) -> None:
        handle, born = tempfile.mkstemp(prefix=f"{_PREFIX}{kind}-", suffix=_UNBORN)
        try:
            _take(handle)
            self.path = Path(born.removesuffix(_UNBORN) + suffix)
            lock = self.path.with_name(self.path.name + _LOCK)
            if sys.platform == "win32":  # what is open cannot be renamed there
                os.close(handle)
                handle = os.open(lock, os.O_RDWR | os.O_CREAT)
                Path(born).unlink()
            else:
                # Only a lock that is held already gets the name that a sweep looks for.
                Path(born).rename(lock)
            if folder:
                self.path.mkdir(mode=0o700)
        except BaseException:
            os.close(handle)
            raise
        self._end = weakref.finalize(self, _remove, self.path, lock, handle)

    def close(self) -> None:
        """Delete it. Twice is harmless."""
        self._end()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()


def sweep_scratch() -> int:
    """Delete what processes that are gone left behind; how many things that were.

    Nothing of a living process, nor of another user, is touched, and trouble is passed over.
    """
    removed = 0
    with suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if entry.name.startswith(_PREFIX) and entry.name.endswith(_LOCK):
                with suppress(OSError):
                    removed += _sweep(Path(entry.path))
    return removed


def _sweep(lock: Path) -> bool:
    if not _is_own(lock, folder=False):
        return False
    handle = os.open(lock, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        _take(handle)
        is_still_it = os.path.samestat(os.fstat(handle), lock.lstat())
    except OSError:  # its owner lives, or another sweep was first
        is_still_it = False
    if not is_still_it:
        os.close(handle)
        return False
    path = lock.with_name(lock.name.removesuffix(_LOCK))
    ours = _is_own(path, folder=False) or _is_own(path, folder=True)
    _remove(path if ours else None, lock, handle)
    return True


def _remove(path: Path | None, lock: Path, handle: int) -> None:
    """Delete what is there and give up the lock last, so that no sweep comes between."""
    with suppress(OSError):
        if path is not None and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path is not None:
            path.unlink(missing_ok=True)
    if sys.platform == "win32":
        os.close(handle)
    with suppress(OSError):
        lock.unlink(missing_ok=True)
    if sys.platform != "win32":
        os.close(handle)


def _is_own(path: Path, *, folder: bool) -> bool:
    """Whether it is there, no link, and this user's: anybody can write into a shared folder."""
    try:
        found = path.lstat()
    except OSError:
        return False
    if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
        return False
    return stat.S_ISDIR(found.st_mode) if folder else stat.S_ISREG(found.st_mode)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        """Lock it, or raise OSError when somebody holds it; a process's end gives it up."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

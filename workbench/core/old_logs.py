"""Engines' logs that killed programs left, of versions which set no lock beside their files.

Only what nobody in the whole system has open is taken away: Linux tells, other systems do not, and
nothing is touched there. Such a version's folders stay: their owner knows them by name alone.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from pathlib import Path

_NAME = re.compile(r"workbench-(?:engine|probe)-[a-z0-9_]{8}\.log")

OLD_S = 86_400.0
"""Younger ones are left: a child may not have opened its log yet."""


def is_old_log(name: str) -> bool:
    """Whether a file of this name may be such a log."""
    return _NAME.fullmatch(name) is not None


if sys.platform == "linux":
    import fcntl
    import signal

    def sweep_old_log(path: Path, now_s: float | None = None) -> bool:
        """Delete it if its owner is gone, and say whether it was deleted.

        Links, files of other users, files changed within a day, and all that any process has
        open, also one of another container, are left alone.

        Args:
            now_s: seconds since the Unix epoch; None takes the clock's.

        Raises:
            OSError: somebody has it open, it is gone, or it must not be opened.
        """
        found = path.lstat()
        changed = max(found.st_mtime, found.st_ctime)
        is_old = (time.time() if now_s is None else now_s) - changed > OLD_S
        if not is_old or not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
            return False
        handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            _have_alone(handle)
            if not os.path.samestat(os.fstat(handle), path.lstat()):
                return False
            path.unlink()
        finally:
            os.close(handle)
        return True

    def _have_alone(handle: int) -> None:
        """Raise OSError if the file is open anywhere else; nobody opens it until it is closed.

        Who tries to is refused or waits, and this process gets a signal, which would end it if it
        were the usual one: SIGURG is ignored.
        """
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_WRLCK)

else:

    def sweep_old_log(_path: Path, _now_s: float | None = None) -> bool:
        """Nothing is deleted: this system does not say who has a file open."""
        return False

"""Landlock: where a program may read and write, set by itself, without any rights.

Used where it cannot have a file tree of its own.
"""

from __future__ import annotations

import ctypes
import os

from workbench.sandbox.inside.linux import no_new_privileges, syscall

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1
_READ = 1 << 0 | 1 << 2 | 1 << 3  # run, read a file, list a folder
_ALL_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # rights that each version knows, in bits
_TCP_FROM, _SCOPES_FROM = 4, 6
_ON_FILES = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15


class _Rules(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_version() -> int:
    """What this kernel offers; 0 for nothing."""
    try:
        return syscall("landlock", _CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(_VERSION))
    except OSError:
        return 0


def restrict(readable: list[str], writable: list[str]) -> None:
    """From now on only these trees may be read, and these written. Raises OSError.

    With a new enough kernel also: no TCP, and no signal to a process outside.
    """
    version = landlock_version()
    if not version:
        raise OSError("this kernel has no Landlock")
    every = (1 << _ALL_RIGHTS.get(version, 16)) - 1
    rules = _Rules(every, 3 if version >= _TCP_FROM else 0, 3 if version >= _SCOPES_FROM else 0)
    size = 8 if version < _TCP_FROM else 16 if version < _SCOPES_FROM else 24
    handle = syscall(
        "landlock", _CREATE, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint(0)
    )
    try:
        for paths, rights in ((readable, _READ), (writable, every)):
            for path in paths:
                _allow(handle, path, rights & every)
        no_new_privileges()
        syscall("landlock", _RESTRICT, ctypes.c_int(handle), ctypes.c_uint(0))
    finally:
        os.close(handle)


def _allow(handle: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there cannot be read
    try:
        if not os.path.isdir(path):
            rights &= _ON_FILES
        rule = _PathRule(rights, place)
        syscall(
            "landlock",
            _ADD_RULE,
            ctypes.c_int(handle),
            ctypes.c_int(_PATH_BENEATH),
            ctypes.byref(rule),
            ctypes.c_uint(0),
        )
    finally:
        os.close(place)

"""Linux calls that Python has no function for. Errors are OSError with the call's name."""

from __future__ import annotations

import ctypes
import os
import platform

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 1
MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MNT_DETACH = 2

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_CAPBSET_DROP = 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_SIGKILL = 9

_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
ATTR_RDONLY = 1
ATTR_NOSUID = 2
ATTR_NODEV = 4

_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_CAPSET = {"x86_64": 126, "aarch64": 91}
_MOUNT_SETATTR = 442

_libc = ctypes.CDLL(None, use_errno=True)


class _MountAttr(ctypes.Structure):
    _fields_ = (
        ("attr_set", ctypes.c_uint64),
        ("attr_clr", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    )


def known_machine() -> bool:
    """Whether the numbers of this processor's system calls are known here."""
    return platform.machine() in _PIVOT_ROOT


def syscall(name: str, number: int, *arguments: object) -> int:
    """A system call by number. Raises OSError."""
    _libc.syscall.restype = ctypes.c_long
    return _checked(name, int(_libc.syscall(ctypes.c_long(number), *arguments)))


def _checked(name: str, result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return result


def unshare(flags: int) -> None:
    """Leave the namespaces named by `flags` for new ones. Raises OSError."""
    _checked("unshare", _libc.unshare(flags))


def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    """mount(2). Raises OSError."""
    call = (source.encode(), os.fsencode(target), kind.encode(), ctypes.c_ulong(flags))
    _checked(f"mount {target}", _libc.mount(*call, data.encode() or None))


def bind(source: str, target: str) -> None:
    """The tree at `source` also at `target`, with what is mounted in it. Raises OSError."""
    call = (os.fsencode(source), os.fsencode(target), None, ctypes.c_ulong(MS_BIND | MS_REC))
    _checked(f"bind {source}", _libc.mount(*call, None))


def set_attributes(path: str, attributes: int, *, recursive: bool) -> None:
    """Make a mount (and those in it) read-only, without setuid or devices. Raises OSError."""
    wanted = _MountAttr(attr_set=attributes)
    syscall(
        f"mount_setattr {path}",
        _MOUNT_SETATTR,
        ctypes.c_int(_AT_FDCWD),
        os.fsencode(path),
        ctypes.c_uint(_AT_RECURSIVE if recursive else 0),
        ctypes.byref(wanted),
        ctypes.c_size_t(ctypes.sizeof(wanted)),
    )


def change_root(root: str, put_old: str) -> None:
    """pivot_root(2), then the old tree is let go. Raises OSError."""
    number = _PIVOT_ROOT[platform.machine()]
    syscall("pivot_root", number, os.fsencode(root), os.fsencode(put_old))
    os.chdir("/")
    old = "/" + os.path.relpath(put_old, root)
    _checked("umount2", _libc.umount2(os.fsencode(old), MNT_DETACH))
    os.rmdir(old)


def die_with_parent() -> None:
    """Be killed when the process (the thread, to be exact) that started this one ends."""
    _checked("prctl", _libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0))


def adopt_orphans() -> None:
    """Become the parent of every process below whose own parent ends. Raises OSError."""
    _checked("prctl", _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))


def set_dumpable(yes: bool) -> None:
    """Whether others of the same user may look into this process (/proc, ptrace)."""
    _checked("prctl", _libc.prctl(_PR_SET_DUMPABLE, int(yes), 0, 0, 0))


def no_new_privileges() -> None:
    """From now on no program that is started gains rights. Raises OSError."""
    _checked("prctl", _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))


def drop_capabilities() -> None:
    """Give up every capability, for good. Raises OSError."""
    for number in range(64):
        if _libc.prctl(_PR_CAPBSET_DROP, number, 0, 0, 0) < 0:
            break  # past the last one this kernel knows, or not ours to drop
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    syscall("capset", _CAPSET[platform.machine()], ctypes.byref(header), ctypes.byref(nothing))

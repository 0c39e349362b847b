"""A filter on system calls (seccomp): what no honest test of a function needs is denied.

The second wall behind the namespaces. Denied calls fail with "not permitted" so that the program
sees an ordinary error.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from workbench.sandbox.inside.linux import no_new_privileges, syscall

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_PRCTL = {"x86_64": 157, "aarch64": 167}
_CLONE = {"x86_64": 56, "aarch64": 220}
_SOCKET = {"x86_64": 41, "aarch64": 198}
_MMAP = {"x86_64": 9, "aarch64": 222}
_SHARED_NOWHERE = 0x21
"""Flags of memory that is shared and belongs to no file: it outlives the process that counts it."""
_CLONE3 = 435
_X32 = 0x40000000
_NAMESPACES = 0x7E020000
_AF_UNIX = 1

# name: number on x86_64, number on aarch64
_DENIED = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    # Memory that no limit on processes or files counts:
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "fanotify_init": (300, 262),
    "quotactl": (179, 60),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "personality": (135, 92),
    "syslog": (103, 116),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
}

_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCH, _FIRST_ARGUMENT, _FOURTH_ARGUMENT = 0, 4, 16, 40
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _instruction(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def filter_program(machine: str) -> bytes:
    """The filter's instructions for a processor. Raises KeyError for one that is not known."""
    deny = _instruction(_RETURN, _ERRNO | errno.EPERM)
    allow = _instruction(_RETURN, _ALLOW)
    lines = [
        _instruction(_LOAD, _ARCH),
        _instruction(_EQUAL, _AUDIT_ARCH[machine], 1, 0),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
    ]
    if machine == "x86_64":
        lines += [_instruction(_AT_LEAST, _X32, 0, 1), _instruction(_RETURN, _KILL)]
    column = 0 if machine == "x86_64" else 1
    for numbers in _DENIED.values():
        lines += [_instruction(_EQUAL, numbers[column], 0, 1), deny]
    # "Unknown call" makes the C library fall back to clone, whose flags can be looked at.
    lines += [
        _instruction(_EQUAL, _CLONE3, 0, 1),
        _instruction(_RETURN, _ERRNO | errno.ENOSYS),
        _instruction(_EQUAL, _CLONE[machine], 0, 5),
        _instruction(_LOAD, _FIRST_ARGUMENT),
        _instruction(_AND, _NAMESPACES),
        _instruction(_EQUAL, 0, 1, 0),
        deny,
        allow,
        _instruction(_EQUAL, _SOCKET[machine], 0, 4),
        _instruction(_LOAD, _FIRST_ARGUMENT),
        _instruction(_EQUAL, _AF_UNIX, 1, 0),
        deny,
        allow,
        _instruction(_EQUAL, _MMAP[machine], 0, 4),
        _instruction(_LOAD, _FOURTH_ARGUMENT),
        _instruction(_AND, _SHARED_NOWHERE),
        _instruction(_EQUAL, _SHARED_NOWHERE, 0, 1),
        deny,
        allow,
    ]
    return b"".join(lines)


def install_filter() -> None:
    """Put the filter on this process and all it starts, for good. Raises OSError, KeyError."""
    machine = platform.machine()
    code = filter_program(machine)
    held = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(held, ctypes.c_void_p))
    no_new_privileges()
    syscall(
        "seccomp",
        _PRCTL[machine],
        ctypes.c_int(_PR_SET_SECCOMP),
        ctypes.c_ulong(_MODE_FILTER),
        ctypes.byref(program),
        ctypes.c_ulong(0),
        ctypes.c_ulong(0),
    )

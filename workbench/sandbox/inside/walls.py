"""Puts up the walls: which namespaces this system gives, and as which user."""

from __future__ import annotations

import contextlib
import os
import platform
import resource

from workbench.sandbox.inside import linux
from workbench.sandbox.inside.call_filter import install_filter
from workbench.sandbox.inside.file_tree import WORK
from workbench.sandbox.inside.landlock import restrict
from workbench.sandbox.inside.order import Order, RefusedError

_NAMESPACES = (
    linux.CLONE_NEWNS
    | linux.CLONE_NEWPID
    | linux.CLONE_NEWNET
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
)
_NOBODY = 65534
_INSIDE_USER = 1000
_FIRST_OWN_USER = 1_879_048_192
"""Root lends each run a user number of its own (plus its process id), so that limits on a user's
processes count this run alone."""


def own_user() -> int:
    """The number for the program when this process is root; a container may lend few."""
    number = _FIRST_OWN_USER + os.getpid()
    return number if _is_lent(number) else _NOBODY


def leave_namespaces(order: Order) -> tuple[int, str]:
    """Enter new namespaces where the system gives them.

    Returns:
        The user number for the program inside, and why there are no namespaces ("" if there are).
    """
    if not order.namespaces:
        return _real_user(), "namespaces were not asked for"
    if not linux.known_machine():
        return _real_user(), f"namespaces are not known on {platform.machine()}"
    problem = ""
    if os.geteuid() == 0 and lends_users():
        try:
            linux.unshare(_NAMESPACES)
        except OSError as error:
            problem = str(error)
        else:
            return own_user(), ""
        # Root without the right to mount, as in a container: try as an ordinary user would.
        os.chown(order.folder, _NOBODY, _NOBODY)
        become(_NOBODY)
    user, group = os.geteuid(), os.getegid()
    try:
        linux.unshare(_NAMESPACES | linux.CLONE_NEWUSER)
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{_INSIDE_USER} {user} 1"),
            ("gid_map", f"{_INSIDE_USER} {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(text)
    except OSError as error:
        why = f"{problem}; as an ordinary user: {error}" if problem else str(error)
        return os.geteuid(), f"the system gives no namespaces ({why})"
    return _INSIDE_USER, ""


def lends_users() -> bool:
    """Whether root may become another user here; some containers have root alone."""
    return _is_lent(_NOBODY)


def _is_lent(number: int) -> bool:
    with open("/proc/self/uid_map", encoding="ascii") as file:
        spans = [tuple(int(part) for part in line.split()) for line in file]
    return any(first <= number < first + count for first, _, count in spans)


def _real_user() -> int:
    return own_user() if os.geteuid() == 0 else os.geteuid()


def become(user: int) -> None:
    """Be another user with no groups, for good; needs to be root. Raises OSError."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    # A change of user hides /proc/self from this process itself.
    linux.set_dumpable(True)


def limit_processes(order: Order, *, alone: bool) -> None:
    """As many processes as asked for, and the sandbox's own.

    Args:
        alone: whether the limit counts this run's processes only; it counts all of the user's
            where there are no namespaces, so those that are there already come on top.

    Raises:
        RefusedError: when the system does not hold this user to it (it never does for root).
    """
    # This one, and (where it is the same user) the one that waits outside the namespace.
    own = 1 if os.getuid() >= _FIRST_OWN_USER else 2
    allowed = order.processes + own + (0 if alone else _tasks_of(os.getuid()))
    highest = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    resource.setrlimit(resource.RLIMIT_NPROC, (1, highest))
    if _can_fork():
        raise RefusedError("the limit on processes does not hold for this user")
    resource.setrlimit(resource.RLIMIT_NPROC, (highest, highest))
    _lower(resource.RLIMIT_NPROC, allowed)


def _can_fork() -> bool:
    try:
        child = os.fork()
    except OSError:
        return False
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def _tasks_of(user: int) -> int:
    """Processes and threads of a user."""
    count = 0
    for name in os.listdir("/proc"):
        with contextlib.suppress(OSError):
            if name.isdigit() and os.stat(f"/proc/{name}").st_uid == user:
                count += len(os.listdir(f"/proc/{name}/task"))
    return count


def _lower(kind: int, value: int) -> None:
    """Set both limits, never above what is allowed already. Raises OSError."""
    highest = resource.getrlimit(kind)[1]
    value = value if highest == resource.RLIM_INFINITY else min(value, highest)
    resource.setrlimit(kind, (value, value))


def limit_this_process(order: Order) -> None:
    """Time, memory, files: what the program and each process it starts may use. Raises OSError."""
    for kind, value in (
        (resource.RLIMIT_AS, order.memory_bytes),
        (resource.RLIMIT_FSIZE, order.file_bytes),
        (resource.RLIMIT_NOFILE, order.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        _lower(kind, value)
    resource.setrlimit(resource.RLIMIT_CPU, (order.cpu_seconds, order.cpu_seconds + 1))
    _lower(resource.RLIMIT_MEMLOCK, 0)
    _lower(resource.RLIMIT_MSGQUEUE, 0)


def last_walls(order: Order, *, alone: bool) -> list[str]:
    """The walls that the program's own process puts up just before it becomes the program.

    Args:
        alone: whether it has a file tree of its own.

    Returns:
        Which of "landlock", "system calls" and "user" stand.

    Raises:
        RefusedError: when one that must stand does not.
    """
    standing = []
    with contextlib.suppress(OSError):
        linux.no_new_privileges()
        if os.geteuid() != 0:
            standing.append("user")
    if not alone:
        system = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime"]
        try:
            restrict([*system, *order.readable, "/dev/urandom"], [order.folder, "/dev/null"])
            standing.append("landlock")
        except OSError as error:
            if not order.forced:
                raise RefusedError(f"writing outside cannot be stopped ({error})") from error
    with contextlib.suppress(OSError, KeyError):
        install_filter()
        standing.append("system calls")
    return standing


def folder_of(order: Order, *, alone: bool) -> str:
    """Where the program's files lie, as the program sees it."""
    return WORK if alone else order.folder

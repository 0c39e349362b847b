"""A file tree of the program's own: the system read-only, one small folder, nothing else.

It is made in memory in a mount namespace, so it is gone with the last process in it, and nothing
of the person's files can be seen from inside.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat

from workbench.sandbox.inside import linux
from workbench.sandbox.inside.order import Order, RefusedError

WORK = "/program"
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store")
_SMALL = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives")
_DEVICES = ("/dev/null", "/dev/urandom", "/dev/random")
_FILES = 4096  # in the program's folder


def enter_file_tree(order: Order, user: int) -> bool:
    """Build the tree in `order.folder` and make it the root. Raises OSError.

    Args:
        user: who owns the program's folder, a number as seen in this namespace.

    Returns:
        Whether /proc is there (with this namespace's processes alone).
    """
    root = order.folder
    linux.mount("none", "/", "", linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", root, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "size=1m,mode=755")
    readable = [*_SYSTEM, *_SMALL, *order.readable]
    for path in _outermost(readable):
        if os.geteuid() == 0 and _private(path):
            _copy(path, root + path, order, user)
        else:
            _show(root, path)
    for path in _DEVICES:
        _place(root + path, folder=False)
        linux.bind(path, root + path)
    processes = _processes(root)
    work = root + WORK
    os.mkdir(work)
    size = f"size={order.folder_bytes},nr_inodes={_FILES},mode=700,uid={user},gid={user}"
    linux.mount("tmpfs", work, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, size)
    write_files(order, work, user)
    if not os.path.lexists(root + "/tmp"):  # noqa: S108  # a name in the new tree
        os.symlink(WORK, root + "/tmp")  # noqa: S108
    os.mkdir(root + "/.old")
    linux.change_root(root, root + "/.old")
    linux.set_attributes("/", linux.ATTR_RDONLY, recursive=False)
    os.chdir(WORK)
    return processes


def write_files(order: Order, folder: str, user: int | None = None) -> None:
    """Put the program's files into its folder. Raises OSError."""
    for name, content in order.contents().items():
        path = os.path.join(folder, name)
        with open(path, "xb") as file:
            file.write(content)
        if user is not None:
            os.chown(path, user, user)


def _outermost(paths: list[str]) -> list[str]:
    """Existing paths that do not lie in another one of them, in order."""
    there = sorted({os.path.normpath(path) for path in paths if os.path.lexists(path)})
    kept: list[str] = []
    for path in there:
        if path != "/" and not any(path.startswith(outer + "/") for outer in kept):
            kept.append(path)
    return kept


def _show(root: str, path: str) -> None:
    """The same thing at the same place in the new tree, read-only."""
    target = root + path
    if os.path.islink(path):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.symlink(os.readlink(path), target)
        return
    _place(target, folder=os.path.isdir(path))
    linux.bind(path, target)
    closed = linux.ATTR_RDONLY | linux.ATTR_NOSUID | linux.ATTR_NODEV
    linux.set_attributes(target, closed, recursive=True)


def _private(path: str) -> bool:
    """Whether a folder of root's is closed to the other user that the program becomes."""
    return os.path.isdir(path) and not os.path.islink(path) and os.stat(path).st_mode & 0o5 != 0o5


def _copy(path: str, target: str, order: Order, user: int) -> None:
    """The same files in memory, the program's own; as much as its folder may hold."""
    os.makedirs(target, exist_ok=True)
    size = f"size={order.folder_bytes},nr_inodes={_FILES},mode=755"
    linux.mount("tmpfs", target, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, size)
    try:
        shutil.copytree(path, target, symlinks=True, dirs_exist_ok=True, ignore=_only_plain)
    except OSError as error:
        raise RefusedError(
            f"{path} is closed to other users and holds more than {order.folder_bytes >> 20} MiB "
            "or cannot be copied; put what the program needs in a folder of its own"
        ) from error
    for folder, folders, files in os.walk(target):
        for name in (".", *folders, *files):
            os.chown(os.path.join(folder, name), user, user, follow_symlinks=False)
    closed = linux.ATTR_RDONLY | linux.ATTR_NOSUID | linux.ATTR_NODEV
    linux.set_attributes(target, closed, recursive=False)


def _only_plain(folder: str, names: list[str]) -> list[str]:
    """What is not copied: sockets, pipes and devices."""
    kinds = (stat.S_ISREG, stat.S_ISDIR, stat.S_ISLNK)
    modes = {name: os.lstat(os.path.join(folder, name)).st_mode for name in names}
    return [name for name, mode in modes.items() if not any(is_a(mode) for is_a in kinds)]


def _place(target: str, *, folder: bool) -> None:
    os.makedirs(target if folder else os.path.dirname(target), exist_ok=True)
    if not folder:
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600))


def _processes(root: str) -> bool:
    """Mount /proc; containers that hide parts of theirs allow none, and it is done without."""
    os.mkdir(root + "/proc")
    flags = linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
    for options in ("subset=pid", ""):
        with contextlib.suppress(OSError):
            linux.mount("proc", root + "/proc", "proc", flags, options)
            return True
    return False

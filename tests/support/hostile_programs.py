"""Programs that try to do harm, for the sandbox. Never run one of these anywhere else."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.sandbox.values import MIB, Limits, Outcome

USUAL = Limits(seconds=5.0)


@dataclass(frozen=True, slots=True)
class Hostile:
    """One of them.

    Attributes:
        outcomes: how it may end. `says`: what it must have printed; `never`: what it must not.
    """

    name: str
    source: str
    outcomes: tuple[Outcome, ...]
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ("HARM",)
    limits: Limits = USUAL


SHORT = Limits(seconds=1.0)
PASSED, FAILED, TIMEOUT = (Outcome.PASSED,), (Outcome.FAILED,), (Outcome.TIMEOUT,)
MEMORY, OUTPUT, KILLED = (Outcome.MEMORY,), (Outcome.OUTPUT,), (Outcome.KILLED,)

PROGRAMS = (
    Hostile(
        "fork bomb",
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        TIMEOUT,
        limits=SHORT,
    ),
    Hostile(
        "fork bomb of daemons",
        """
import os
while True:
    try:
        if os.fork() == 0:
            os.setsid()
    except OSError: pass
""",
        TIMEOUT,
        limits=SHORT,
    ),
    Hostile(
        "processes are counted",
        """
import os, time
made = 0
try:
    for _ in range(100):
        if os.fork() == 0: time.sleep(60)
        made += 1
    print("HARM")
except OSError: print("stopped after", made)
""",
        PASSED,
        says=("stopped after 15",),
    ),
    Hostile(
        "thread bomb",
        """
import threading, time
while True: threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
""",
        FAILED,
    ),
    Hostile("endless loop", "while True: pass", TIMEOUT, limits=SHORT),
    Hostile(
        "deaf to signals",
        """
import signal
for number in signal.valid_signals():
    try: signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError): pass
while True: pass
""",
        TIMEOUT,
        limits=SHORT,
    ),
    Hostile(
        "stops itself",
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
        TIMEOUT,
        limits=SHORT,
    ),
    Hostile(
        "starts itself again",
        "import os, sys\nos.execv(sys.executable, [sys.executable, *sys.argv])",
        TIMEOUT,
        limits=SHORT,
    ),
    Hostile("10 GB at once", "x = bytearray(10 << 30)", MEMORY),
    Hostile(
        "memory in small pieces",
        "held = []\nwhile True: held.append(bytearray(1 << 20))",
        MEMORY,
        limits=Limits(seconds=5.0, memory_bytes=128 * MIB),
    ),
    Hostile(
        "memory of many children together",
        """
import os, time
for _ in range(8):
    if os.fork() == 0:
        held = bytearray(b"x" * (50 << 20))
        break
time.sleep(60)
""",
        MEMORY,
        limits=Limits(seconds=10.0, memory_bytes=128 * MIB),
    ),
    Hostile(
        "memory that belongs to no process",
        """
import os
try:
    os.write(os.memfd_create("x"), b"x"); print("HARM")
except OSError as error: print("denied", error.errno)
""",
        PASSED,
        says=("denied 1",),
    ),
    Hostile(
        "shared memory that nobody holds",
        """
import mmap
for flags in (mmap.MAP_SHARED | mmap.MAP_ANONYMOUS, 0x23):
    try: mmap.mmap(-1, 1 << 20, flags=flags); print("HARM")
    except OSError: print("denied")
private = mmap.mmap(-1, 1 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
try: open("/dev/zero"); print("HARM")
except OSError: pass
""",
        PASSED,
        says=("denied",),
    ),
    Hostile(
        "raises its limits",
        """
import resource
for kind in (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE):
    try: resource.setrlimit(kind, (1 << 40, 1 << 40)); print("HARM")
    except (OSError, ValueError): pass
print("still limited")
""",
        PASSED,
        says=("still limited",),
    ),
    Hostile(
        "writes everywhere else",
        """
import os
places = ["/", "/etc", "/usr", "/usr/lib", "/bin", "/lib", "/dev", "/dev/shm", "/proc", "/home",
          "/root", "/var/tmp", "/run", "/sys", os.path.dirname(os.__file__)]
for place in places:
    try:
        open(place + "/hostile", "w").write("x"); print("HARM", place)
    except OSError: pass
for call in (os.remove, os.rmdir, lambda p: os.chmod(p, 0), lambda p: os.rename(p, p + "x")):
    for path in (os.__file__, "/usr/bin/env", "/usr"):
        try: call(path); print("HARM", path)
        except OSError: pass
open("here", "w").write("x")
print(os.listdir("."))
""",
        PASSED,
        says=("here",),
    ),
    Hostile(
        "sparse file of 10 GB",
        'open("sparse", "wb").truncate(10 << 30)',
        FAILED,
    ),
    Hostile(
        "one endless file",
        'file = open("big", "wb", 0)\nwhile True: file.write(b"x" * 100_000)',
        FAILED,
    ),
    Hostile(
        "many files",
        """
for number in range(1000):
    open(f"f{number}", "wb").write(b"x" * (8 << 20))
print("HARM")
""",
        FAILED,
    ),
    Hostile(
        "a file for every inode",
        'for number in range(100_000): open(f"f{number}", "w").close()\nprint("HARM")',
        FAILED,
    ),
    Hostile("too many open files", 'held = [open("main.py") for _ in range(5000)]', FAILED),
    Hostile(
        "network",
        """
import socket
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET):
    kind = socket.SOCK_RAW if family > 10 else socket.SOCK_STREAM
    try: socket.socket(family, kind); print("HARM")
    except OSError: print("denied")
try: socket.getaddrinfo("example.org", 80); print("HARM")
except OSError: print("no name")
""",
        PASSED,
        says=("denied", "no name"),
    ),
    Hostile(
        "child that reaches out",
        "import urllib.request as r; r.urlopen('http://127.0.0.1:9')",
        FAILED,
    ),
    Hostile(
        "reads the parent's environment",
        """
import glob, os
print(dict(os.environ))
for path in glob.glob("/proc/*/environ") + glob.glob("/proc/*/task/*/environ"):
    try: print(open(path).read())
    except OSError: pass
""",
        PASSED,
    ),
    Hostile(
        "looks around in /proc",
        """
import os
numbers = [name for name in os.listdir("/proc") if name.isdigit()]
print(len(numbers), "processes")
for path in ("/proc/1/mem", "/proc/1/fd", "/proc/1/root", "/proc/1/maps", "/proc/kcore"):
    try:
        os.listdir(path) if path.endswith(("fd", "root")) else open(path, "rb").read(1)
        print("HARM", path)
    except OSError: pass
for number in range(3, 64):
    try: os.fstat(number); print("HARM descriptor", number)
    except OSError: pass
""",
        PASSED,
        says=("2 processes",),
    ),
    Hostile(
        "kills its parent",
        """
import os, signal, time
for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP):
    os.kill(os.getppid(), number)
time.sleep(0.1)
print("still watched by", os.getppid())
""",
        PASSED,
        says=("still watched by 1",),
    ),
    Hostile(
        "kills everybody",
        """
import os, signal
try: os.kill(-1, signal.SIGKILL)
except OSError as error: print(error)
""",
        PASSED,
        says=("No such process",),
    ),
    Hostile("kills itself", "import os; os.kill(os.getpid(), 9)", KILLED),
    Hostile(
        "zombie children",
        """
import os
for _ in range(10):
    if os.fork() == 0: os._exit(0)
""",
        PASSED,
    ),
    Hostile(
        "daemon by two forks",
        """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
os.wait()
print("the daemon is on its way")
""",
        PASSED,
        says=("on its way",),
    ),
    Hostile(
        "runs from child to child",
        """
import os, time
if os.fork() == 0:
    os.setsid()
    while True:
        time.sleep(0.01)
        if os.fork(): os._exit(0)
""",
        PASSED,
    ),
    Hostile("endless output", 'while True: print("x" * 1000)', OUTPUT),
    Hostile("endless complaints", 'import os\nwhile True: os.write(2, b"x" * 1000)', OUTPUT),
    Hostile("closes its output", "import os\nos.close(1); os.close(2)\nos._exit(0)", PASSED),
    Hostile("waits for input", "print(repr(input()))", FAILED),
    Hostile(
        "deep recursion",
        "def deeper(): deeper()\ndeeper()",
        FAILED,
    ),
    Hostile(
        "deeper recursion",
        """
import sys
sys.setrecursionlimit(1 << 30)
class Deep:
    def __repr__(self): return repr(self)
repr(Deep())
""",
        (*KILLED, *MEMORY, *FAILED),
    ),
    Hostile("crash in C", "import ctypes; ctypes.string_at(0)", KILLED),
    Hostile("abort", "import os; os.abort()", KILLED),
    Hostile(
        "climbs out of its namespace",
        """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
calls = {"unshare": (0x10000000,), "mount": (b"none", b"/program", b"tmpfs", 0, None),
         "ptrace": (16, 1, 0, 0),
         "setns": (0, 0), "chroot": (b"/program",), "umount2": (b"/program", 2)}
for name, arguments in calls.items():
    if getattr(libc, name)(*arguments) != -1: print("HARM", name)
for call in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: open("/etc/shadow").read()):
    try: call(); print("HARM")
    except OSError: pass
print("inside")
""",
        PASSED,
        says=("inside",),
    ),
)

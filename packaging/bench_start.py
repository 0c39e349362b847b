"""How long until the window stands on the screen: whole processes, from their start to the first
paint, beside PySide6 showing an empty window.

    python packaging/bench_start.py [--rounds 9] [--json]

The two are started in turn, so that whatever else the machine does falls on both; the ratio is
the median of the rounds' ratios. Also told: when the window could be used, the processor time
until the first paint, and the memory then (resident set, engine's process not counted). At the end
the window is left alone with its model loaded: the share of one processor that it and its engine
take then, and the memory of both.
Needs a display (`xvfb-run -a` gives one) or QT_QPA_PLATFORM=offscreen.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

_TELL = """
import json, os, resource, sys, time
def tell(name, busy=0.0, processes=1):
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[1])
    used = resource.getrusage(resource.RUSAGE_SELF)
    said = {"at": time.monotonic(), "cpu": used.ru_utime + used.ru_stime,
            "rss": pages * os.sysconf("SC_PAGE_SIZE"), "name": name,
            "busy": busy, "processes": processes}
    print(json.dumps(said), flush=True)
"""

EMPTY = (
    _TELL
    + """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    told = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.told:
            self.told = True
            tell("painted")
            QTimer.singleShot(0, self.close)
app = QApplication(sys.argv[:1])
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""
)
"""The smallest program with a window of that size."""

WORKBENCH = (
    _TELL
    + """
import multiprocessing
from workbench.__main__ import main
import workbench.app
SETTLE_MS, IDLE_MS = 3000, int(float(sys.argv[1]) * 1000)
def clock(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
def all_of_us():
    return [os.getpid(), *(child.pid for child in multiprocessing.active_children())]
def hook():
    from PySide6.QtCore import QTimer
    from workbench.gui.main_window import MainWindow
    start, paint, seen = MainWindow.start, MainWindow.paintEvent, []
    def painted(self, event):
        paint(self, event)
        if not seen:
            seen.append(1)
            tell("painted")
    def usable(self):
        tell("usable")
        if not IDLE_MS:
            self.close()
    def begin(self):
        before = {pid: clock(pid) for pid in all_of_us()}
        QTimer.singleShot(IDLE_MS, self, lambda: end(self, before))
    def end(self, before):
        used = sum(clock(pid) - at for pid, at in before.items())
        tell("idle", used / (IDLE_MS / 1000), len(before))
        self.close()
    def started(self, *args):
        start(self, *args)
        QTimer.singleShot(0, self, lambda: usable(self))
        if IDLE_MS:
            self.prompts.prepared.connect(lambda _: QTimer.singleShot(SETTLE_MS, self,
                lambda: seen.append(2) or len(seen) == 2 and begin(self)))
    MainWindow.paintEvent, MainWindow.start = painted, started
opened = workbench.app._open
def open_(*args):
    from PySide6.QtWidgets import QApplication
    from workbench.gui.quick_imports import spare_source_checks
    spare_source_checks()
    hook()
    return opened(*args)
workbench.app._open = open_
sys.argv = ["workbench"]
main()
"""
)
"""`python -m workbench` as it is, ended once it can be used, or was left alone for some seconds."""


@dataclass(frozen=True, slots=True)
class Start:
    """One start, in seconds since the process began.

    Attributes:
        painted: the window stood on the screen.
        usable: everybody behind it was there; None for an empty window.
        cpu: processor time until the first paint.
        rss: resident bytes at the first paint, once it was usable, and after it was left alone.
        busy: processors taken while it was left alone with its model, 0 to the number of them;
            None when it was not.
        stderr: what it wrote there.
    """

    painted: float
    usable: float | None
    cpu: float
    rss: tuple[int, ...]
    busy: float | None
    stderr: str


def start(program: str, profile: Path, idle_s: float = 0.0) -> Start:
    """Start a program once, and leave the window alone for so many seconds.

    Raises:
        RuntimeError: it ended badly or told nothing.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WORKBENCH_PROFILE": str(profile)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody who starts it has that set
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, str(idle_s)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    said = {line["name"]: line for line in map(json.loads, lines)}
    if done.returncode or "painted" not in said:
        raise RuntimeError(f"it ended with {done.returncode}: {done.stderr[-2000:]}")
    painted, usable = said["painted"], said.get("usable")
    return Start(
        painted["at"] - began,
        None if usable is None else usable["at"] - began,
        painted["cpu"],
        tuple(one["rss"] for one in said.values()),
        said["idle"]["busy"] if "idle" in said else None,
        done.stderr,
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians over the rounds; times in seconds, memory in bytes."""

    window: float
    usable: float
    empty: float
    ratio: float
    cpu_ratio: float
    cpu: float
    fastest: float
    rss_painted: int
    rss_usable: int
    rss_idle: int
    busy: float


def measure(rounds: int, idle_s: float) -> Measured:
    """Start both in turn; the first of each only warms the disk. Then leave one window alone."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        pairs = [(start(EMPTY, profile), start(WORKBENCH, profile)) for _ in range(rounds + 1)][1:]
        alone = start(WORKBENCH, profile, idle_s)
    middle = statistics.median
    return Measured(
        window=middle(own.painted for _, own in pairs),
        usable=middle(own.usable or 0.0 for _, own in pairs),
        empty=middle(empty.painted for empty, _ in pairs),
        ratio=middle(own.painted / empty.painted for empty, own in pairs),
        cpu_ratio=middle(own.cpu / empty.cpu for empty, own in pairs),
        cpu=middle(own.cpu for _, own in pairs),
        fastest=min(own.painted for _, own in pairs),
        rss_painted=int(middle(own.rss[0] for _, own in pairs)),
        rss_usable=int(middle(own.rss[-1] for _, own in pairs)),
        rss_idle=alone.rss[-1],
        busy=alone.busy or 0.0,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--idle", type=float, default=5.0, help="seconds to leave it alone")
    parser.add_argument("--json", action="store_true")
    wish = parser.parse_args()
    found = measure(wish.rounds, wish.idle)
    if wish.json:
        print(json.dumps(asdict(found)))
        return
    print(f"window painted     {found.window:.3f} s (fastest {found.fastest:.3f} s)")
    print(f"processor time     {found.cpu:.3f} s")
    print(f"everything there   {found.usable:.3f} s")
    print(f"empty window       {found.empty:.3f} s")
    print(f"ratio              {found.ratio:.2f} (processor time {found.cpu_ratio:.2f})")
    print(
        f"memory             {found.rss_painted / 1e6:.0f} MB painted,"
        f" {found.rss_usable / 1e6:.0f} MB with everything, no model"
    )
    print(f"left alone         {found.busy:.2%} of a processor, {found.rss_idle / 1e6:.0f} MB")


if __name__ == "__main__":
    main()

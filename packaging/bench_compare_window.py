"""Two demo models side by side through the real window: does either starve, do frames drop?

    python packaging/bench_compare_window.py [--json FILE] [--screenshot FILE]

Starts an X server of its own (Xvfb) if there is one, opens the window on it, and streams column A
alone, column B alone and both at once, in turn, a few rounds. Every ratio is of one round of one
run: token/s of a column beside the other against the same column alone, in the time in which both
speak. Meanwhile it watches the window: how late the event loop comes to a 16 ms timer, and how long
new text waits until it is painted. Ends with 0 when neither column falls below 0.4 x alone and both
times are below a sixtieth of a second for 95 % of the frames.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.gui.compare.controller import CompareController
    from workbench.gui.compare.space import CompareSpace
    from workbench.gui.main_window import MainWindow

FAIR = 0.4
FRAME_MS = 1000 / 60
WAIT_S = 120.0
_PROBE_MS = 16
_INSIDE = "WORKBENCH_BENCH_INSIDE"


@dataclass(frozen=True, slots=True)
class Frames:
    """The window while columns streamed, in milliseconds where no unit is named.

    Attributes:
        fps: how often the less painted column was painted in a second; the bridge looks for text
            62 times a second.
        shown_p50, shown_p95: from new text at the window to its painting.
        late_p50, late_p95, late_max: how late the event loop came to a 16 ms timer.
    """

    fps: float
    shown_p50: float
    shown_p95: float
    late_p50: float
    late_p95: float
    late_max: float


@dataclass(frozen=True, slots=True)
class Seen:
    """One run: when each column grew, by how many tokens, and the frames meanwhile."""

    grown: dict[int, list[tuple[float, int]]]
    frames: Frames

    def tps(self, column: int) -> float:
        """Token/s on the screen, in the time in which every column of the run spoke."""
        begin = max(times[0][0] for times in self.grown.values())
        end = min(times[-1][0] for times in self.grown.values())
        said = sum(n for at, n in self.grown[column] if begin < at <= end)
        return said / (end - begin)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tokens", type=int, default=2000, help="tokens of each reply")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--screenshot", type=Path, help="keep a picture of both streaming")
    parser.add_argument("--offscreen", action="store_true", help="without an X server")
    wish = parser.parse_args()
    if _INSIDE not in os.environ:
        return _on_a_screen(offscreen=wish.offscreen)
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as scratch:
        found = _measure(Path(scratch), wish.tokens, wish.rounds, wish.screenshot)
    _print(found)
    if wish.json is not None:
        wish.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0 if found["holds"] else 1


def _on_a_screen(*, offscreen: bool) -> int:
    """Run this script again with a screen of its own."""
    again = [sys.executable, __file__, *sys.argv[1:]]
    root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
    own = {**os.environ, _INSIDE: "1", "PYTHONPATH": path}
    if offscreen or shutil.which("Xvfb") is None:
        shown = {**own, "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.run(again, check=False, env=shown).returncode
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        shown = {**own, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        return subprocess.run(again, check=False, env=shown).returncode
    finally:
        server.terminate()
        server.wait()


def _measure(scratch: Path, tokens: int, rounds: int, picture: Path | None) -> dict[str, object]:
    from PySide6.QtCore import QLoggingCategory
    from PySide6.QtWidgets import QApplication

    from workbench.core.engine_settings import EngineSettings
    from workbench.core.paths import Profile
    from workbench.core.sampling import Sampling
    from workbench.experiments.session import open_session
    from workbench.gui.fonts import load_fonts
    from workbench.gui.main_window import MainWindow
    from workbench.gui.panels.rail import Workspace
    from workbench.gui.remembering import SIZE
    from workbench.gui.state import WindowState
    from workbench.gui.theme import Mode, Theme

    QLoggingCategory.setFilterRules("qt.text.font.*=false")
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    session, _ = open_session(Profile(scratch / "profile"), history=False)
    window = MainWindow(session, WindowState(), Theme(Mode.LIGHT), load_fonts(), scratch)
    try:
        window.models.settings = EngineSettings(n_ctx=tokens + 256)
        window.resize(SIZE)
        window.show()
        window.start(None, session.library.find("few-shot-story"))
        _until(lambda: window.prompts.preparer() is not None)
        window.prompt_space.sampling.set_sampling(Sampling(max_tokens=tokens, ignore_eos=True))
        window.prompt_space.sampling.set_seed(41)
        window.show_workspace(Workspace.COMPARE)
        return _Bench(window).measure(rounds, picture, QApplication.platformName())
    finally:
        window.close()


class _Bench:
    """The workspace and a watch on it."""

    def __init__(self, window: MainWindow) -> None:
        from workbench.gui.compare.controller import CompareController
        from workbench.gui.compare.space import CompareSpace

        space = window.pages.page.widget
        if not isinstance(space, CompareSpace):
            raise TypeError("the Compare workspace is not in front")
        _until(lambda: len(space.views) == 2)
        self._window = window
        self._space: CompareSpace = space
        self._controller: CompareController = next(
            c for c in space.children() if isinstance(c, CompareController)
        )

    def measure(self, rounds: int, picture: Path | None, platform: str) -> dict[str, object]:
        """Alone, alone and together, in turn; the first round loads the models."""
        ratios: dict[str, list[float]] = {"A": [], "B": []}
        speeds: dict[str, list[float]] = {"A": [], "B": [], "A beside B": [], "B beside A": []}
        frames: list[Frames] = []
        for number in range(rounds + 1):
            alone = [self._run([0]).tps(0), self._run([1]).tps(1)]
            both = self._run([0, 1], picture if number == rounds else None)
            if not number:
                continue
            frames.append(both.frames)
            for column, (a, b) in enumerate((("A", "B"), ("B", "A"))):
                beside = both.tps(column)
                ratios[a].append(beside / alone[column])
                speeds[a].append(alone[column])
                speeds[f"{a} beside {b}"].append(beside)
        return _figures(platform, ratios, speeds, frames)

    def _run(self, columns: list[int], picture: Path | None = None) -> Seen:
        from PySide6.QtCore import Qt, QTimer

        grown: dict[int, list[tuple[float, int]]] = {n: [] for n in columns}
        late: list[float] = []
        last = 0.0

        def grew(place: int, _sample: int, _text: str, n_tokens: int) -> None:
            grown[columns[place]].append((time.perf_counter(), n_tokens))

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            if last and all(grown.values()) and running():
                late.append(max(0.0, (now - last) * 1000 - _PROBE_MS))
            last = now

        def running() -> bool:
            return self._controller.is_running

        probe = QTimer()
        probe.setTimerType(Qt.TimerType.PreciseTimer)
        probe.setInterval(_PROBE_MS)
        probe.timeout.connect(tick)
        watched = [watch(self._space.views[n].text.viewport()) for n in columns]
        connection = self._controller.bridge.grew.connect(grew)
        probe.start()
        self._controller.run(columns)
        _until(lambda: all(grown.values()))
        if picture is not None:
            # Tokens come in bundles, on a fast machine in a few: their number says nothing.
            _until(lambda: all(len(g) > 2 for g in grown.values()) or not running())
            self._window.grab().save(str(picture))
        _until(lambda: not running())
        probe.stop()
        self._controller.bridge.grew.disconnect(connection)
        _until(lambda: not self._controller.is_comparing)
        begin = max(times[0][0] for times in grown.values())
        end = min(times[-1][0] for times in grown.values())
        painted = [[at for at in times if begin <= at <= end] for times in watched]
        came = [[at for at, _ in grown[n] if begin <= at <= end] for n in columns]
        return Seen(grown, _frames(came, painted, late))


def watch(widget: QWidget) -> list[float]:
    """When the widget is painted from now on."""
    from PySide6.QtCore import QEvent, QObject

    times: list[float] = []

    class Watch(QObject):
        """Writes it down."""

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
            """Every painting."""
            if event.type() is QEvent.Type.Paint:
                times.append(time.perf_counter())
            return False

    widget.installEventFilter(Watch(widget))
    return times


def _frames(
    came: Sequence[Sequence[float]], painted: Sequence[Sequence[float]], late: Sequence[float]
) -> Frames:
    shown = [
        (times[place] - at) * 1000
        for arrivals, times in zip(came, painted, strict=True)
        for at in arrivals
        if (place := bisect_left(times, at)) < len(times)
    ]
    return Frames(
        fps=min((len(times) - 1) / (times[-1] - times[0]) for times in painted),
        shown_p50=_percentile(shown, 50),
        shown_p95=_percentile(shown, 95),
        late_p50=_percentile(late, 50),
        late_p95=_percentile(late, 95),
        late_max=max(late),
    )


def _percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def _figures(
    platform: str,
    ratios: dict[str, list[float]],
    speeds: dict[str, list[float]],
    frames: Sequence[Frames],
) -> dict[str, object]:
    shares = {name: statistics.median(values) for name, values in ratios.items()}
    middle = {
        name: statistics.median(getattr(f, name) for f in frames) for name in Frames.__slots__
    }
    fair = all(share >= FAIR for share in shares.values())
    smooth = middle["late_p95"] < FRAME_MS and middle["shown_p95"] < FRAME_MS
    return {
        "platform": platform,
        "ratios": ratios,
        "token_per_s": {name: statistics.median(values) for name, values in speeds.items()},
        "share": shares,
        "frames": middle,
        "rounds": [asdict(f) for f in frames],
        "fair": fair,
        "smooth": smooth,
        "holds": fair and smooth,
    }


def _print(found: dict[str, object]) -> None:
    print(f"on {found['platform']}")
    speeds, shares, frames = found["token_per_s"], found["share"], found["frames"]
    if not (isinstance(speeds, dict) and isinstance(shares, dict) and isinstance(frames, dict)):
        raise TypeError("these are no figures")
    for name, other in (("A", "B"), ("B", "A")):
        print(
            f"{name}: {speeds[name]:,.0f} token/s alone, {speeds[f'{name} beside {other}']:,.0f} "
            f"beside {other}: {shares[name]:.2f} x alone (at least {FAIR})"
        )
    print(
        f"frames: {frames['fps']:.1f} a second; new text is painted after "
        f"{frames['shown_p50']:.1f} ms, 95 % within {frames['shown_p95']:.1f} ms "
        f"(below {FRAME_MS:.1f})"
    )
    print(
        f"event loop late by {frames['late_p50']:.1f} ms, 95 % by less than "
        f"{frames['late_p95']:.1f} ms (below {FRAME_MS:.1f}), at most {frames['late_max']:.1f} ms"
    )
    print(f"fair: {found['fair']}, smooth: {found['smooth']}")


def _until(condition: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    from PySide6.QtCore import QEventLoop, QTimer

    if condition():
        return
    loop, timer = QEventLoop(), QTimer()
    timer.setInterval(20)
    timer.timeout.connect(lambda: loop.quit() if condition() else None)
    timer.start()
    QTimer.singleShot(int(WAIT_S * 1000), loop.quit)
    loop.exec()
    timer.stop()
    if not condition():
        raise TimeoutError("the window took too long")


if __name__ == "__main__":
    sys.exit(main())

"""The pictures of the README and the help, from the real window after real generations.

    python packaging/screenshots.py [FOLDER]

Seeds are fixed, so the texts are always the same; times of day and speeds are not. The profile is
a temporary one. Pictures at 2x come from a process of their own, because Qt reads the scale once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shots_arena import arena_pictures
from shots_attention import attention_pictures
from shots_branches import branches_pictures
from shots_compare import compare_pictures
from shots_desktop import desktop_pictures
from shots_experiments import experiments_pictures
from shots_export import export_pictures
from shots_history import history_pictures
from shots_microscope import microscope_pictures
from shots_models import models_pictures
from shots_probabilities import probabilities_pictures
from shots_samplers import sampler_pictures
from shots_sweep import sweep_pictures

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from workbench.experiments.session import Session
    from workbench.gui.main_window import MainWindow

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "screenshots"
MOST_BYTES = 400_000
WAIT_MS = 60_000
SETTLE_MS = 300
PROMPT_HEIGHTS = (418, 412)
"""Of prompt and reply, so that the card of a token has room below it."""
SEED = 41
EARLIER_RUNS = (
    ("capital-city", 2), ("short-story", 3), ("translate-word", 4), ("yes-or-no", 5),
    ("extract-json", 6), ("few-shot-sentiment", 7), ("short-story", 8), ("multiple-choice", 9),
    ("word-list", 10), ("role", 11), ("question-answering", 12), ("classify-word", 13),
    ("count-words", 14), ("capital-letters", 15), ("conversation-memory", 16), ("short-story", 17),
)  # fmt: skip
"""Prompts and seeds of the runs that stand in the history before the one that is shown."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--only-2x", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--few", action="store_true", help="Only those of the first workspace.")
    wish = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    wish.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="workbench-shots-") as scratch:
        if wish.few:
            made = _with_window(Path(scratch), _few, wish.folder)
        elif wish.only_2x:
            made = _with_window(Path(scratch), _all_at_2x, wish.folder)
        else:
            made = _with_window(Path(scratch), _all_at_1x, wish.folder)
            again = [sys.executable, __file__, str(wish.folder), "--only-2x"]
            done = subprocess.run(again, env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=False)
            if done.returncode:
                return done.returncode
    for path in made:
        size = path.stat().st_size
        print(f"{path.name}  {size / 1000:,.0f} kB")
        if size > MOST_BYTES:
            print(f"{path.name} is larger than {MOST_BYTES:,} bytes.", file=sys.stderr)
            return 1
    return 0


def _few(stage: Stage) -> list[Path]:
    stage.earlier_runs()
    return [stage.prompt("prompt"), stage.dark("prompt-dark")]


def _all_at_1x(stage: Stage) -> list[Path]:
    made = [stage.welcome("welcome")]
    stage.earlier_runs()
    made += [stage.prompt("prompt"), stage.dark("prompt-dark")]
    made += desktop_pictures(stage)
    made += history_pictures(stage)
    made += probabilities_pictures(stage)
    made += attention_pictures(stage)
    made += compare_pictures(stage)
    made += export_pictures(stage)
    made += models_pictures(stage)
    made += branches_pictures(stage)
    made += microscope_pictures(stage)
    # These fill the history.
    made += arena_pictures(stage)
    made += experiments_pictures(stage)
    return [*made, *sweep_pictures(stage)]


def _all_at_2x(stage: Stage) -> list[Path]:
    return [stage.prompt("prompt@2x"), stage.dark("prompt-dark@2x"), *sampler_pictures(stage)]


class Stage:
    """The window and what is done in front of the camera.

    Attributes:
        window, session: for whoever takes pictures of a workspace of its own.
        scratch: a folder for files of theirs, which goes away.
    """

    def __init__(self, window: MainWindow, session: Session, scratch: Path, folder: Path) -> None:
        self.window, self.session, self.scratch, self._folder = window, session, scratch, folder

    def earlier_runs(self) -> None:
        """Fill the history."""
        for name, seed in EARLIER_RUNS:
            self.open(name)
            self.generate(seed)

    def welcome(self, name: str) -> Path:
        """What the first start shows."""
        self.window.welcome.show_welcome()
        path = self.shoot(name)
        self.window.welcome.dismiss()
        return path

    def prompt(self, name: str) -> Path:
        """The prompt workspace with a card over a token that could have been another."""
        window = self.window
        self.open("few-shot-story")
        self.generate(SEED)
        self.share("middle", PROMPT_HEIGHTS)
        view = window.prompt_space.reply.view
        view.setFocus()
        view.lock(window.shown.telling_token())
        return self.shoot(name)

    def dark(self, name: str) -> Path:
        """The same in the dark theme."""
        from workbench.gui.theme import Mode

        self.window.top_bar.theme_chosen.emit(Mode.DARK)
        path = self.shoot(name)
        self.window.top_bar.theme_chosen.emit(Mode.LIGHT)
        return path

    def share(self, splitter: str, sizes: Sequence[int]) -> None:
        """Give the parts of a splitter their heights or widths, as a person would drag them."""
        from PySide6.QtWidgets import QSplitter

        found = self.window.findChild(QSplitter, splitter)
        if found is None:
            raise RuntimeError(f"there is no splitter {splitter}")
        found.setSizes(list(sizes))

    def open(self, name: str) -> None:
        """Open a prompt of the library and wait until it is rendered."""
        self.open_file(self.session.library.find(name))

    def open_file(self, path: Path) -> None:
        """The same with any prompt file."""
        window = self.window
        self.after(window.prompts.prepared, lambda: window.prompts.open(path))

    def generate(self, seed: int) -> None:
        """Run it and wait for the end."""
        window = self.window
        window.prompt_space.sampling.set_seed(seed)
        self.after(window.runs.finished, window.runs.generate)
        self.after(window.history.listed, window.history.refresh)

    def after(self, signal: SignalInstance, action: Callable[[], object]) -> None:
        """Call `action` and wait for `signal`."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        arrived: list[bool] = []

        def arrive(*_: object) -> None:
            arrived.append(True)
            loop.quit()

        signal.connect(arrive)
        QTimer.singleShot(WAIT_MS, loop, loop.quit)
        QTimer.singleShot(0, loop, action)
        loop.exec()
        if not arrived:
            raise SystemExit(f"Nothing happened within {WAIT_MS / 1000:.0f} s.")

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that no single signal tells."""
        for _ in range(WAIT_MS // SETTLE_MS):
            self._rest()
            if condition():
                return
        raise SystemExit(f"Nothing happened within {WAIT_MS / 1000:.0f} s.")

    def shoot(self, name: str, widget: QWidget | None = None) -> Path:
        """Save the window as it stands, or another widget (a dialog)."""
        self.settle()
        return self.keep(name, (widget or self.window).grab().toImage())

    def settle(self) -> None:
        """Wait until nothing is on its way any more."""
        self._rest()
        while not self.window.peeks.is_settled:
            self._rest()

    def keep(self, name: str, image: QImage) -> Path:
        """Write a picture into the folder, in few colours."""
        path = self._folder / f"{name}.png"
        if not _with_palette(image).save(str(path), quality=0):
            raise SystemExit(f"{path} cannot be written.")
        return path

    def _rest(self) -> None:
        """Let layouts settle and answers arrive."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(SETTLE_MS, loop.quit)
        loop.exec()


def _with_palette(image: QImage) -> QImage:
    """The picture in 256 colours, a third the size: the frequent and the most different ones."""
    import numpy as np
    from PySide6.QtGui import QImage

    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = rgb.width(), rgb.height()
    pixels = np.frombuffer(rgb.constBits(), np.uint32).reshape(height, -1)[:, :width] | 0xFF000000
    colours, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    parts = colours[:, None] >> np.array([16, 8, 0], np.uint32) & 0xFF
    channels = parts.astype(np.int32)
    kept = list(np.argsort(-counts, kind="stable")[:128])
    away = ((channels[:, None] - channels[kept][None]) ** 2).sum(2).min(1)
    for _ in range(min(128, len(colours) - len(kept))):
        kept.append(np.argmax(away * np.sqrt(counts)))
        away = np.minimum(away, ((channels - channels[kept[-1]]) ** 2).sum(1))
    nearest = np.empty(len(colours), np.uint8)
    for start in range(0, len(colours), 1024):
        apart = channels[start : start + 1024, None] - channels[kept][None]
        nearest[start : start + 1024] = (apart**2).sum(2).argmin(1)
    indices = np.ascontiguousarray(nearest[places].reshape(height, width))
    small = QImage(indices.data, width, height, width, QImage.Format.Format_Indexed8)
    small.setColorTable([int(colour) for colour in colours[kept]])
    return small.copy()  # the numbers belong to numpy and go with this call


def _with_window(scratch: Path, act: Callable[[Stage], list[Path]], folder: Path) -> list[Path]:
    """Open the window as the program does, let `act` use the stage, and close everything."""
    from PySide6.QtCore import QLoggingCategory
    from PySide6.QtWidgets import QApplication

    from workbench.core.paths import Profile
    from workbench.experiments.session import open_session
    from workbench.gui.fonts import load_fonts
    from workbench.gui.main_window import MainWindow
    from workbench.gui.remembering import SIZE
    from workbench.gui.state import WindowState
    from workbench.gui.theme import Mode, Theme

    QLoggingCategory.setFilterRules("qt.text.font.*=false\nqt.qpa.*=false\ndefault.warning=false")
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    session, _ = open_session(Profile(scratch / "profile"))
    window = MainWindow(
        session, WindowState(theme="light"), Theme(Mode.LIGHT), load_fonts(), scratch
    )
    stage = Stage(window, session, scratch, folder)
    try:
        window.resize(SIZE)
        window.show()
        stage.after(window.prompts.prepared, lambda: window.start(None))
        return act(stage)
    finally:
        window.close()


if __name__ == "__main__":
    sys.exit(main())

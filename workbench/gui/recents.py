"""What was opened lately, for menus, the welcome and the palette. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from workbench.core.paths import Profile
from workbench.core.recent import Recent, RecentKind
from workbench.core.types import Loaded
from workbench.core.visible import one_line
from workbench.gui.task_queue import TaskQueue
from workbench.gui.translate import tr
from workbench.templates.prompt_file import PromptFile

_MENU = 8
_SUFFIXES = (".prompt.yml", ".prompt.yaml", ".gguf")


@dataclass(frozen=True, slots=True)
class RecentEntry:
    """One thing that was open.

    Attributes:
        title: its file's name without the usual ending.
        open: opens it again.
    """

    kind: RecentKind
    title: str
    path: Path
    open: Callable[[], None]


class RecentFiles(QObject):
    """Keeps the two lists; files are read and written on a thread.

    Signals:
        changed(): the lists are others.
    """

    changed = Signal()

    def __init__(
        self,
        profile: Profile,
        open_model: Callable[[Path], None],
        open_prompt: Callable[[Path], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._recent = Recent(profile)
        self._open = {RecentKind.MODELS: open_model, RecentKind.PROMPTS: open_prompt}
        self._lists: dict[RecentKind, tuple[Path, ...]] = {}
        self._queue = TaskQueue("recent", self)

    def refresh(self) -> None:
        """Read the lists again; another window may have changed them."""
        self._queue.submit(self._read, self._show, lambda _error: None)

    def add_model(self, loaded: Loaded) -> None:
        """A model was loaded."""
        self._add(RecentKind.MODELS, Path(loaded.model.path))

    def add_prompt(self, prompt: PromptFile) -> None:
        """A prompt was opened; one without a file is not remembered."""
        if prompt.path is not None:
            self._add(RecentKind.PROMPTS, prompt.path)

    def clear(self) -> None:
        """Forget both lists; the files stay."""

        def work() -> dict[RecentKind, tuple[Path, ...]]:
            for kind in RecentKind:
                self._recent.clear(kind)
            return self._read()

        self._queue.submit(work, self._show, lambda _error: None)

    def entries(self) -> tuple[RecentEntry, ...]:
        """Models first, then prompts, each newest first."""
        return tuple(
            RecentEntry(kind, _title(path), path, partial(self._open[kind], path))
            for kind in RecentKind
            for path in self._lists.get(kind, ())
        )

    def of(self, kind: RecentKind) -> tuple[RecentEntry, ...]:
        """The entries of one kind."""
        return tuple(entry for entry in self.entries() if entry.kind is kind)

    def offer_in(self, menu: QMenu, kind: RecentKind, title: str) -> None:
        """Have `menu` end with a menu of recent files whenever it opens."""
        submenu = QMenu(title, menu)
        menu.aboutToShow.connect(lambda: self._fill(menu, submenu, kind))

    def close(self) -> None:
        """Write what waits and end the thread."""
        self._queue.close()

    def _fill(self, menu: QMenu, submenu: QMenu, kind: RecentKind) -> None:
        submenu.clear()
        for entry in self.of(kind)[:_MENU]:
            made = submenu.addAction(entry.title.replace("&", "&&"), entry.open)
            made.setToolTip(one_line(str(entry.path)))
        submenu.setToolTipsVisible(True)
        if submenu.isEmpty():
            menu.removeAction(submenu.menuAction())
            return
        submenu.addSeparator()
        submenu.addAction(tr("Forget these lists"), self.clear)
        if submenu.menuAction() not in menu.actions():
            menu.addMenu(submenu)

    def _add(self, kind: RecentKind, path: Path) -> None:
        def work() -> dict[RecentKind, tuple[Path, ...]]:
            self._recent.add(kind, path)
            return self._read()

        # A profile that cannot be written says so elsewhere; this list is a convenience.
        self._queue.submit(work, self._show, lambda _error: None)

    def _read(self) -> dict[RecentKind, tuple[Path, ...]]:
        return {kind: self._recent.list(kind) for kind in RecentKind}

    def _show(self, lists: dict[RecentKind, tuple[Path, ...]]) -> None:
        self._lists = lists
        self.changed.emit()


def _title(path: Path) -> str:
    name = path.name
    for suffix in _SUFFIXES:
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)]
            break
    return one_line(name, 80)

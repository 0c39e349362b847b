"""The workspaces on top of each other, and the rail that turns to them. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from workbench.gui.page import Page
from workbench.gui.panels.rail import Rail, Workspace


class PageStack(QStackedWidget):
    """Shows one page at a time.

    Signals:
        turning(): another page is about to come to the front.
        turned(): it stands there now.
    """

    turning = Signal()
    turned = Signal()

    def __init__(self, rail: Rail) -> None:
        super().__init__()
        self._rail = rail
        self._pages: dict[Workspace, Page] = {}
        rail.chosen.connect(self.open_page)

    def add_page(self, page: Page) -> None:
        """Put a page under the others; the first one is in front.

        Its widget may stand there already: the first one is shown before it can do anything.
        """
        self._pages[page.workspace] = page
        if self.indexOf(page.widget) < 0:
            self.addWidget(page.widget)

    @property
    def page(self) -> Page:
        """The page in front."""
        return next(p for p in self._pages.values() if p.widget is self.currentWidget())

    @property
    def workspace(self) -> Workspace:
        """Which workspace is in front."""
        return self.page.workspace

    def open_page(self, workspace: Workspace) -> None:
        """Bring a workspace to the front."""
        page = self._pages.get(workspace)
        if page is None:  # the window was shown this moment and is not complete yet
            self._rail.show_workspace(Workspace.PROMPT)
            return
        self.turning.emit()
        is_new = page.widget.focusWidget() is None
        self.setCurrentWidget(page.widget)
        self._rail.show_workspace(workspace)
        page.shown()
        if is_new and page.first is not None and page.first.isVisible():
            page.first.setFocus()
        self.turned.emit()

    def press(self) -> None:
        """Do what the page in front does at Ctrl+Enter."""
        self.page.primary()

    def calls(self) -> dict[str, Callable[[], object]]:
        """The pages' actions: to each page by its name, and what each brings along."""
        made: dict[str, Callable[[], object]] = {}
        for workspace, page in self._pages.items():
            made[workspace.value] = self._opener(workspace)
            made.update(page.calls)
        return made

    def remember(self) -> Mapping[str, Mapping[str, object]]:
        """What the pages want to have back at the next start, by workspace."""
        said = {w.value: dict(page.remember()) for w, page in self._pages.items()}
        return {name: values for name, values in said.items() if values}

    def close_pages(self) -> None:
        """End the pages' threads."""
        for page in self._pages.values():
            page.close()

    def _opener(self, workspace: Workspace) -> Callable[[], object]:
        return lambda: self.open_page(workspace)

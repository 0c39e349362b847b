"""The menu of earlier evaluations. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from workbench.gui.experiments.evaluations import Listed, listed
from workbench.gui.experiments.space import ExperimentSpace
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.page import PageTools
from workbench.gui.translate import tr


class Earlier(QObject):
    """Reads the list from the history whenever the menu opens."""

    def __init__(
        self, tools: PageTools, space: ExperimentSpace, choose: Callable[[str], None]
    ) -> None:
        """`choose` is told the name of the evaluation that was chosen."""
        super().__init__(space)
        self._tools, self._space, self._choose = tools, space, choose
        self._lane = Lane("eval-list", self)
        space.earlier_menu.aboutToShow.connect(self.read)

    def read(self) -> None:
        """Read what there is."""
        menu = self._space.earlier_menu
        if menu.isEmpty():
            menu.addAction(tr("reading …")).setEnabled(False)
        store = self._tools.session.store
        self._lane.submit(lambda: listed(store), self._show, self._failed)

    def close(self) -> None:
        """End the thread."""
        self._lane.close()

    def _show(self, found: list[Listed]) -> None:
        menu = self._space.earlier_menu
        menu.clear()
        if not found:
            menu.addAction(tr("No evaluation is in the history yet.")).setEnabled(False)
        for one in found:
            menu.addAction(one.text, partial(self._choose, one.name))

    def _failed(self, error: Exception) -> None:
        self._space.messages.show_message("earlier", from_error(error))

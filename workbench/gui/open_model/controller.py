"""Opens the dialog for models, feeds it, and takes models dropped on the window. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.core.errors import UserError
from workbench.core.model_folders import ModelFolders
from workbench.core.model_places import Origin, Place, model_places, surroundings
from workbench.core.visible import one_line
from workbench.experiments.finder.values import Event, FoundModel
from workbench.experiments.model_card import ModelCard, read_card
from workbench.experiments.model_fit import Machine
from workbench.experiments.session import Session
from workbench.gui.fonts import Fonts
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.model_card.controller import session_machine
from workbench.gui.model_controller import ModelController
from workbench.gui.open_model.dialog import OpenModelDialog
from workbench.gui.open_model.finding import ModelFinding
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_READ_AFTER_MS = 60
"""Walking over rows with the arrow keys reads no header of those in between."""


class OpenModelController(QObject):
    """One dialog at a time; what a search read stays known until the window closes."""

    def __init__(
        self,
        session: Session,
        models: ModelController,
        theme: Theme,
        fonts: Fonts,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._models, self._window = session, models, window
        self._theme, self._fonts = theme, fonts
        self._folders = ModelFolders(session.profile)
        self._lane = Lane("model-details", self)
        self.finding = ModelFinding(session, self)
        self._machine: Machine | None = None
        self._downloads = False
        self._only: tuple[Place, ...] = ()
        self._wanted: FoundModel | None = None
        self.dialog: OpenModelDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_READ_AFTER_MS)
        self._timer.timeout.connect(self._read_card)
        self.finding.machine_known.connect(self._use_machine)
        self.finding.found.connect(self._found)
        self.finding.ended.connect(self._ended)

    def ask(self) -> None:
        """Let the person choose among everything on this machine."""
        self._open(())

    def show_dropped(self, paths: Sequence[Path]) -> None:
        """Load the one model among `paths`, or list several, and what folders hold."""
        if len(paths) == 1 and paths[0].is_file():
            self._models.choose(paths[0])
        else:
            self._open(tuple(Place(Origin.FOLDER, path) for path in paths))

    def close(self) -> None:
        """Close the dialog and end every thread."""
        if self.dialog is not None:
            self.dialog.reject()
        self.finding.close()
        self._lane.close()

    def _open(self, only: tuple[Place, ...]) -> None:
        if self.dialog is not None:
            self.dialog.reject()
        self._only = only
        dialog = OpenModelDialog(self._window, self._theme, self._fonts)
        dialog.in_use = self._models.path
        self.dialog = dialog
        dialog.chosen.connect(self._models.choose)
        dialog.pointed.connect(self._point)
        dialog.browse_wanted.connect(self._browse)
        dialog.stop_wanted.connect(self._stop)
        dialog.folders_menu.aboutToShow.connect(self._fill_folders)
        dialog.finished.connect(self._forget)
        dialog.open()
        self._search()

    def _search(self) -> None:
        if self.dialog is None:
            return
        self.dialog.begin()
        around = surroundings()
        places = self._only or model_places(
            self._session.profile, around, downloads=self._downloads
        )
        self.finding.start(places)

    def _stop(self) -> None:
        self.finding.stop()
        self._ended(None)

    def _use_machine(self, machine: Machine) -> None:
        self._machine = machine
        if self.dialog is not None:
            self.dialog.use_machine(machine)

    def _found(self, events: list[Event]) -> None:
        if self.dialog is not None:
            self.dialog.add_events(events)

    def _ended(self, error: Exception | None) -> None:
        if self.dialog is None:
            return
        self.dialog.end()
        if error is not None:
            self.dialog.messages.show_message("find", from_error(error))

    def _point(self, found: FoundModel) -> None:
        self._wanted = found
        self._timer.start()

    def _read_card(self) -> None:
        found, dialog = self._wanted, self.dialog
        if found is None or dialog is None:
            return
        if found.error:
            self._lane.forget()
            dialog.show_problem(found, one_line(found.error))
            return
        session, known = self._session, self._machine

        def work() -> tuple[ModelCard, Machine]:
            machine = known or session_machine(session)
            return read_card(found.path, machine), machine

        self._lane.submit(work, partial(self._show_card, found), partial(self._no_card, found))

    def _show_card(self, found: FoundModel, made: tuple[ModelCard, Machine]) -> None:
        if self.dialog is not None:
            self.dialog.show_card(found, *made)

    def _no_card(self, found: FoundModel, error: Exception) -> None:
        if self.dialog is not None:
            message = from_error(error)
            self.dialog.show_problem(found, f"{message.text} {message.hint}".strip())

    def _fill_folders(self) -> None:
        if self.dialog is None:
            return
        menu = self.dialog.folders_menu
        menu.clear()
        menu.addAction(tr("Add a folder…"), self._add_folder)
        menu.addAction(tr("Look again"), self._search)
        downloads = menu.addAction(tr("Look in Downloads, Documents and Desktop too"))
        downloads.setCheckable(True)
        downloads.setChecked(self._downloads)
        downloads.toggled.connect(self._use_downloads)
        added = self._folders.added()
        if added:
            menu.addSeparator()
        for folder in added:
            text = tr("Forget {folder}", folder=one_line(str(folder), 80))
            menu.addAction(text, partial(self._forget_folder, folder))
        if self._only:
            menu.addSeparator()
            menu.addAction(tr("Show everything on this machine"), self._show_all)

    def _show_all(self) -> None:
        self._only = ()
        self._search()

    def _use_downloads(self, on: bool) -> None:
        self._downloads, self._only = on, ()
        self._search()

    def _add_folder(self) -> None:
        start = str(self._models.path.parent if self._models.path is not None else Path.home())
        chosen = QFileDialog.getExistingDirectory(self.dialog, tr("Add a folder of models"), start)
        if chosen:
            self.add_folder(Path(chosen))

    def add_folder(self, folder: Path) -> None:
        """Look through one more folder, from now on at every search."""
        self._change_folders(lambda: self._folders.add(folder))

    def _forget_folder(self, folder: Path) -> None:
        self._change_folders(lambda: self._folders.forget(folder))

    def _change_folders(self, change: Callable[[], None]) -> None:
        try:
            change()
        except UserError as error:
            if self.dialog is not None:
                self.dialog.messages.show_message("folders", from_error(error))
            return
        self._only = ()
        self._models.refresh()
        self._search()

    def _browse(self) -> None:
        start = self._models.path.parent if self._models.path is not None else Path.home()
        chosen, _ = QFileDialog.getOpenFileName(
            self.dialog, tr("Open a model"), str(start), tr("GGUF models (*.gguf);;All files (*)")
        )
        if chosen and self.dialog is not None:
            self.dialog.accept()
            self._models.choose(Path(chosen))

    def _forget(self, _result: int) -> None:
        self._timer.stop()
        self.finding.stop()
        self._lane.forget()
        self._wanted = None
        self.dialog = None

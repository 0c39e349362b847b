"""The library's folders and what is asked of them: reading, adding, revealing. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.core.errors import UserError
from workbench.experiments.drafts import Draft
from workbench.experiments.session import Session
from workbench.gui.document_controller import DocumentController
from workbench.gui.file_operations import FileOperations
from workbench.gui.lane import Lane
from workbench.gui.library_search import LibraryEntry, LibraryRoot, read_entries
from workbench.gui.messages import Level, Message, MessageBar, from_error
from workbench.gui.panels.editor import EditorPanel
from workbench.gui.panels.library import MINE, Ask, LibraryPanel
from workbench.gui.prompt_desk import PromptDesk, draft_path, draft_title
from workbench.gui.translate import tr
from workbench.templates.library import Library

_FAVOURITE = "few-shot-story"
"""The prompt that a first start opens."""
_MOST_NAMES = 4


class LibraryController(QObject):
    """Keeps the library panel in step with the disk, and carries out what its menus ask."""

    def __init__(
        self,
        session: Session,
        desk: PromptDesk,
        documents: DocumentController,
        files: FileOperations,
        panel: LibraryPanel,
        editor: EditorPanel,
        messages: MessageBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._desk, self._documents = session, desk, documents
        self._files, self._panel, self._editor = files, panel, editor
        self._messages, self._window = messages, window
        self._lane = Lane("library", self)
        panel.chosen.connect(self._documents.open)
        panel.asked.connect(self._carry_out)
        documents.files_changed.connect(self.files_changed)

    def read(self, then: Callable[[list[LibraryEntry]], None] | None = None) -> None:
        """Read every file again; `then` gets them when they are shown."""

        def show(entries: list[LibraryEntry]) -> None:
            self._messages.dismiss("library")
            self._panel.show_prompts(entries, self._roots())
            self._mark()
            if then is not None:
                then(entries)

        library = self._session.library
        self._lane.submit(
            lambda: read_entries(library.list()),
            show,
            lambda error: self._messages.show_message("library", from_error(error)),
        )

    def begin(self, wanted: Path | None, draft: str = "") -> None:
        """Read the library, open `wanted` or else a good first prompt, and tell unsaved edits.

        `draft` is the key of edits in no file that were open last time; they come first.
        """

        def open_first(entries: list[LibraryEntry]) -> None:
            if not draft:
                open_file(entries)
                return
            self._documents.queue.submit(
                lambda: self._desk.drafts.find(draft),
                lambda found: go_on(found, entries),
                lambda _error: open_file(entries),
            )

        def go_on(found: Draft | None, entries: list[LibraryEntry]) -> None:
            if found is None or found.elsewhere:
                open_file(entries)
                return
            self._documents.open_draft(found)
            self.read_drafts()

        def open_file(entries: list[LibraryEntry]) -> None:
            usable = [entry.summary for entry in entries if not entry.summary.error]
            favourite = [p for p in usable if p.name == _FAVOURITE]
            if wanted is not None and wanted.is_file():
                first = wanted
            elif usable:
                first = (favourite or usable)[0].path
            else:
                self._editor.show_empty()
                return
            self._documents.open(first)
            self.read_drafts(first)

        self.read(open_first)

    def read_drafts(self, first: Path | None = None) -> None:
        """Offer unsaved edits that are in no file, and name those of files other than `first`."""
        self._documents.queue.submit(
            lambda: [d for d in self._desk.drafts.all() if not d.elsewhere],
            partial(self._show_drafts, first),
            lambda error: self._messages.show_message("drafts", from_error(error)),
        )

    def _show_drafts(self, first: Path | None, drafts: Sequence[Draft]) -> None:
        lost = [d for d in drafts if (path := draft_path(d)) is None or not path.exists()]
        calls = [(draft_title(d), partial(self._documents.open_draft, d)) for d in lost]
        self._panel.show_unsaved(calls)
        others = [d for d in drafts if draft_path(d) != first]
        if first is None or not others:
            return
        names = ", ".join(draft_title(draft) for draft in others[:_MOST_NAMES])
        more = (
            tr(" and {n_others} more", n_others=len(others) - _MOST_NAMES)
            if len(others) > _MOST_NAMES
            else ""
        )
        text = tr("Edits that were not saved are kept of {names}{more}.", names=names, more=more)
        actions = tuple((tr("Open {title}", title=title), call) for title, call in calls[:2])
        hint = tr("They are back when you open the prompt.") if len(others) > len(lost) else ""
        self._documents.tell("drafts", Message(text, hint, level=Level.INFO, actions=actions))

    def ask_prompt(self) -> None:
        """Ask for a prompt file anywhere and open it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Open a prompt"),
            str(self._desk.own),
            tr("Prompts (*.prompt.yml *.prompt.yaml *.yml *.txt *.md);;All files (*)"),
        )
        if chosen:
            self._documents.open(Path(chosen))

    def add_folder(self, folder: Path) -> None:
        """Show one more folder of prompts; the command line knows it then too.

        Raises:
            UserError: it is shown already, or cannot be remembered.
        """
        inside = next((f for f in self._desk.folders() if folder.is_relative_to(f)), None)
        if inside is not None:
            raise UserError(
                tr("{folder} is in the library already.", folder=folder),
                tr("It lies in {inside}.", inside=inside),
            )
        self._desk.kept_folders.add(folder)
        self.folders_changed()

    def forget_folder(self, folder: Path) -> None:
        """Show a folder no longer; its files stay.

        Raises:
            UserError: that cannot be remembered.
        """
        self._desk.kept_folders.forget(folder)
        self.folders_changed()
        undo = partial(self._told, partial(self.add_folder, folder))
        text = tr("{folder} is not in the library any more; its files stay.", folder=folder)
        message = Message(text, level=Level.INFO, actions=((tr("Undo"), undo),))
        self._messages.show_message("folder", message)

    def folders_changed(self) -> None:
        """Other folders belong to the library now."""
        self._desk.added = self._desk.kept_folders.added()
        self._session.library = Library(self._desk.folders())
        self.read()

    def files_changed(self) -> None:
        """Files are others now: read them, and which unsaved edits are in none."""
        self.read()
        self.read_drafts()

    def close(self) -> None:
        """End the lane."""
        self._lane.close()

    def _roots(self) -> dict[Path, LibraryRoot]:
        roots = {
            self._desk.bundled: LibraryRoot("", is_own=False),
            self._desk.own: LibraryRoot(MINE, is_own=True),
        }
        titles = [folder.name or str(folder) for folder in self._desk.added]
        for folder, title in zip(self._desk.added, titles, strict=True):
            # Two folders of one name are told apart by where they lie.
            shown = title if titles.count(title) == 1 else str(folder)
            roots[folder] = LibraryRoot(shown, is_own=True)
        return roots

    def _mark(self) -> None:
        opened = self._documents.opened
        self._panel.mark(opened.path if opened is not None else None)

    def _carry_out(self, ask: Ask, path: Path | None) -> None:
        if ask is Ask.NEW_CHAT:
            self._documents.new()
        elif ask is Ask.NEW_RAW:
            self._documents.new(is_chat=False)
        elif ask is Ask.ADD_FOLDER:
            self._ask_folder()
        elif path is not None:
            self._carry_out_on(ask, path)

    def _carry_out_on(self, ask: Ask, path: Path) -> None:
        if ask is Ask.DUPLICATE:
            self._files.duplicate(path)
        elif ask is Ask.RENAME:
            self._files.ask_rename(path, self._panel.title_of(path))
        elif ask is Ask.DELETE:
            self._files.delete(path)
        elif ask is Ask.COPY_PATH:
            QGuiApplication.clipboard().setText(str(path))
        elif ask is Ask.REVEAL:
            self._reveal(path)
        elif ask is Ask.FORGET_FOLDER:
            self._told(partial(self.forget_folder, path))

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, tr("Add a folder of prompts"))
        if chosen:
            self._told(partial(self.add_folder, Path(chosen)))

    def _told(self, call: Callable[[], None]) -> None:
        """Make a call; what it refuses is said above the workspace."""
        try:
            call()
        except UserError as error:
            self._messages.show_message("library", from_error(error))

    def _reveal(self, path: Path) -> None:
        folder = path if path.is_dir() else path.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            QGuiApplication.clipboard().setText(str(path))
            text = tr("No file manager answers; the path {path} is on the clipboard.", path=path)
            self._messages.show_message("library", Message(text))

"""What is done to prompt files in the library: copy, rename, delete, put back. GUI thread."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.core.errors import UserError
from workbench.gui.dialogs.name_dialog import NameDialog
from workbench.gui.document_controller import DocumentController
from workbench.gui.messages import Level, Message
from workbench.gui.prompt_controller import PromptController
from workbench.gui.prompt_desk import Opened, PromptDesk, Trashed
from workbench.gui.translate import tr
from workbench.templates.prompt_file import PromptFile


class FileOperations(QObject):
    """Everything here is offered back or asked for a name; nothing is overwritten."""

    def __init__(
        self,
        desk: PromptDesk,
        documents: DocumentController,
        prompts: PromptController,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk, self._documents, self._prompts = desk, documents, prompts
        self._window = window

    def duplicate(self, path: Path) -> None:
        """Copy a file into the person's own folder and open the copy."""
        self._documents.queue.submit(
            lambda: self._desk.duplicate(path), self._open_made, self._documents.failed
        )

    def ask_rename(self, path: Path, title: str) -> NameDialog | None:
        """Ask for another name of a file; None when it cannot be renamed."""
        if not self._desk.is_own(path):
            self._tell_bundled(path)
            return None
        take = partial(self._rename, path, title)
        question = tr("Another name for {title}", title=title)
        dialog = NameDialog(
            self._window, tr("Rename prompt"), question, title, take, button=tr("Rename")
        )
        dialog.open()
        return dialog

    def delete(self, path: Path) -> None:
        """Take a file out of the library; a message offers it back."""
        if not self._desk.is_own(path):
            self._tell_bundled(path)
            return
        opened = self._documents.opened
        if opened is not None and opened.path == path:
            self._prompts.close_prompt()
        self._documents.queue.submit(
            lambda: self._desk.trash(path), self._trashed, self._documents.failed
        )

    def _rename(self, path: Path, before: str, title: str) -> None:
        # Said in the dialog: two names that cannot be are foreseeable.
        self._desk.check_rename(path, title)
        opened, make = self._documents.opened, self._prompts.snapshot()
        is_open = opened is not None and opened.path == path

        def rename() -> tuple[Opened, PromptFile | None]:
            target = self._desk.rename(path, title)
            fresh = self._desk.open(target, with_draft=False)
            if not is_open or make is None:
                return fresh, None
            return fresh, replace(self._desk.titled(make(), title), path=target)

        def done(answer: tuple[Opened, PromptFile | None]) -> None:
            fresh, edits = answer
            now = self._documents.opened
            if edits is not None and now is not None and now.path == path:
                self._documents.moved(fresh, edits)
            self._documents.files_changed.emit()
            if before != title and fresh.path is not None:
                self._offer_name_back(fresh.path, before, title)

        self._documents.queue.submit(rename, done, self._documents.failed)

    def _offer_name_back(self, path: Path, before: str, now: str) -> None:
        def undo() -> None:
            try:
                self._rename(path, now, before)
            except UserError as error:  # somebody took the old name, or the file is gone
                self._documents.failed(error)

        text = tr("{before} is called {now} now.", before=before, now=now)
        message = Message(text, level=Level.INFO, actions=((tr("Undo"), undo),))
        self._documents.tell("renamed", message)

    def _open_made(self, path: Path) -> None:
        self._documents.files_changed.emit()
        self._documents.open(path)

    def _trashed(self, trashed: Trashed) -> None:
        self._documents.dismiss("renamed")  # there is no file to give its name back to
        self._documents.files_changed.emit()

        def undo() -> None:
            self._documents.queue.submit(
                lambda: self._desk.put_back(trashed), self._open_made, self._documents.failed
            )

        text = tr("{name} is deleted.", name=trashed.path.name)
        message = Message(text, level=Level.INFO, actions=((tr("Undo"), undo),))
        self._documents.tell("deleted", message)

    def _tell_bundled(self, path: Path) -> None:
        text = tr("{name} ships with the program and stays as it is.", name=path.name)
        self._documents.note("bundled", text, tr("Duplicate it to have a copy of your own."))

"""The open file when another program writes, moves or deletes it: one sentence, two ways on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.gui.disk_watch import DiskWatch
from workbench.gui.document_controller import DocumentController
from workbench.gui.messages import Message
from workbench.gui.prompt_controller import PromptController
from workbench.gui.prompt_desk import Opened, PromptDesk, is_edited
from workbench.gui.translate import tr

if TYPE_CHECKING:  # SQLite's tools take long to import
    from workbench.history.versions import Version

_KEY = "disk"


class DiskConflicts(QObject):
    """Compares the open file with what it contained when it was read or written."""

    def __init__(
        self, desk: PromptDesk, documents: DocumentController, prompts: PromptController
    ) -> None:
        super().__init__(documents)
        self._desk, self._documents, self._prompts = desk, documents, prompts
        self._watch = DiskWatch(self)
        self._watch.touched.connect(self.look)
        self._watched: Opened | None = None
        documents.changed.connect(self._follow)

    def look(self) -> None:
        """See whether the file is another one now."""
        opened = self._documents.opened
        path = None if opened is None else opened.path
        if opened is None or path is None:
            return

        def compare(text: str | None) -> None:
            if self._documents.opened is not opened:
                return
            self._watch.watch(path)
            if text == opened.saved or (text is None and not opened.saved):
                self._documents.dismiss(_KEY)
            else:
                self._tell(opened, path, text)

        self._documents.queue.submit(lambda: self._desk.text(path), compare, self._documents.failed)

    def close(self) -> None:
        """Watch nothing any more."""
        self._watch.close()

    def _follow(self) -> None:
        opened = self._documents.opened
        if opened is not self._watched:
            self._watched = opened
            self._watch.watch(None if opened is None else opened.path)
            self._documents.dismiss(_KEY)

    def _tell(self, opened: Opened, path: Path, text: str | None) -> None:
        keep = partial(self._documents.assume_saved, opened, text or "")
        if text is None:
            what = tr(
                "{name} was deleted or moved by another program; its text is still here.",
                name=path.name,
            )
            actions = ((tr("Save it again"), self._documents.save), (tr("Keep it unsaved"), keep))
        else:
            what = tr("{name} was changed by another program.", name=path.name)
            again = partial(self._read_again, opened, path)
            actions = ((tr("Read it again"), again), (tr("Keep mine"), keep))
        self._documents.tell(_KEY, Message(what, actions=actions))

    def _read_again(self, opened: Opened, path: Path) -> None:
        """Show what another program wrote; edits of our own become a version."""
        make = self._prompts.snapshot()
        if make is None:
            return
        self._documents.forget_typing()

        def work() -> Version | None:
            edits, kept = make(), None
            if is_edited(opened, edits):
                kept = self._desk.versions.save(opened.key, edits.source).result()
            self._desk.drafts.drop(opened.draft_key)
            return kept

        def done(kept: Version | None) -> None:
            self._documents.open(path, with_draft=False)
            if kept is not None:
                self._documents.tell_kept(kept)

        self._documents.queue.submit(work, done, self._documents.not_saved)

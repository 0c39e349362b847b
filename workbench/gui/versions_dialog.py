"""The versions of the open prompt: look, compare, name, go back. GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from workbench.core.errors import UserError
from workbench.gui.dialogs.name_dialog import NameDialog
from workbench.gui.diff_rows import Difference, difference
from workbench.gui.diff_view import DiffView
from workbench.gui.document_controller import DocumentController
from workbench.gui.fonts import Fonts
from workbench.gui.lane import Lane
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.panels.workspaces import splitter
from workbench.gui.parts import EDGE, horizontal_line, label, pane, text_button, title_row
from workbench.gui.prompt_controller import PromptController
from workbench.gui.prompt_desk import Opened, PromptDesk, is_edited
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr
from workbench.gui.value_editors import Choice
from workbench.gui.versions_list import VersionEntry, VersionsList, entries_of
from workbench.history.version_runs import runs_by_version
from workbench.history.versions import LONGEST_NAME, Version

_BEFORE = mark("the one before")


@dataclass(frozen=True, slots=True)
class _Read:
    """What the disk says.

    Attributes:
        now: the prompt as it stands; None when it is saved.
    """

    entries: list[VersionEntry]
    now: str | None


class VersionsDialog(QDialog):
    """A list on the left, the chosen version beside another one on the right."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        fonts: Fonts,
        desk: PromptDesk,
        documents: DocumentController,
        prompts: PromptController,
    ) -> None:
        super().__init__(parent)
        self._desk, self._documents, self._prompts = desk, documents, prompts
        self._now: str | None = None
        self._lane = Lane("diff", self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Versions"))
        self.list = VersionsList(theme, fonts)
        self.list.selected.connect(self._compare)
        self.base = Choice()
        self.base.setAccessibleName(tr("Compare with"))
        self.base.currentIndexChanged.connect(self._compare)
        self.title = label("", "title")
        self.summary = label("", "muted")
        self.view = DiffView(theme, fonts)
        self.messages = MessageBar(theme)
        self.name_button = text_button(tr("Name…"), "")
        self.name_button.clicked.connect(self.ask_name)
        self.restore_button = text_button(tr("Restore"), "primary")
        self.restore_button.clicked.connect(self._restore)
        self.next_button = text_button("↓", "", accessible=tr("Next change (n)"))
        self.next_button.clicked.connect(lambda: self.view.step(1))
        self.back_button = text_button("↑", "", accessible=tr("Previous change (p)"))
        self.back_button.clicked.connect(lambda: self.view.step(-1))
        for button in (self.name_button, self.restore_button, self.next_button, self.back_button):
            button.setAutoDefault(False)
            button.setToolTip(button.accessibleName())
        columns = splitter(
            "versions", Qt.Orientation.Horizontal, [230, 770], self._left(), self._right()
        )
        columns.setStretchFactor(0, 0)
        columns.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(columns, 1)
        self.resize(1000, 620)
        documents.changed.connect(self.read)
        self.finished.connect(self._end)
        self.read()
        self.list.setFocus()

    def read(self) -> None:
        """Read the versions of the open prompt again."""
        opened, make = self._documents.opened, self._prompts.snapshot()
        if opened is None or make is None:
            return
        self.setWindowTitle(tr("Versions of {name}", name=opened.prompt.name))

        def work() -> _Read:
            versions = self._desk.versions.list(opened.key) if opened.key else ()
            runs = runs_by_version(self._desk.store, versions)
            prompt = make()
            edited = is_edited(opened, prompt)
            now = prompt.source if edited or not versions else None
            return _Read(entries_of(versions, runs, edited=now is not None), now)

        self._documents.queue.submit(work, partial(self._show, opened), self._failed)

    def ask_name(self) -> NameDialog | None:
        """Ask what the chosen version is called; an empty answer takes its name away."""
        entry = self.list.entry()
        version = entry.version if entry is not None else None
        if version is None:
            return None

        def take(name: str) -> None:
            if len(name) > LONGEST_NAME:
                raise UserError(
                    tr(
                        "A name may have {longest_name} characters; this one has {n_name}.",
                        longest_name=LONGEST_NAME,
                        n_name=len(name),
                    )
                )
            self._documents.queue.submit(
                lambda: self._desk.versions.name(version.prompt_key, version.number, name).result(),
                lambda _version: self.read(),
                self._failed,
            )

        dialog = NameDialog(
            self,
            tr("Name a version"),
            tr("What {label} is called", label=version.label),
            version.name or "",
            take,
            may_be_empty=True,
        )
        dialog.open()
        return dialog

    def _left(self) -> QWidget:
        holder = pane()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row(tr("Versions")))
        column.addWidget(self.list, 1)
        return holder

    def _right(self) -> QWidget:
        holder = pane()
        head = QHBoxLayout()
        head.setContentsMargins(EDGE, 7, EDGE, 7)
        head.setSpacing(8)
        head.addWidget(self.base)
        head.addWidget(label("→", "muted"))
        head.addWidget(self.title)
        head.addSpacing(6)
        head.addWidget(self.summary)
        head.addStretch(1)
        for button in (self.back_button, self.next_button, self.name_button, self.restore_button):
            head.addWidget(button)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(horizontal_line())
        column.addWidget(self.view, 1)
        return holder

    def _show(self, opened: Opened, read: _Read) -> None:
        # The dialog may have been closed, and deleted, before the versions were read.
        if not isValid(self) or self._documents.opened is not opened:
            return
        self._now = read.now
        chosen = self.base.currentText()
        self.base.blockSignals(True)
        self.base.clear()
        self.base.addItem(tr(_BEFORE), None)
        for entry in read.entries:
            self.base.addItem(entry.title, entry)
        self.base.setCurrentIndex(max(0, self.base.findText(chosen)))
        self.base.blockSignals(False)
        self.list.show_entries(read.entries)

    def _compare(self) -> None:
        entry = self.list.entry()
        if entry is None:
            return
        version = entry.version
        self.title.setText(entry.title)
        newest = next((e.version for e in self.list.entries() if e.version is not None), None)
        self.name_button.setEnabled(version is not None)
        is_newest = version is newest and self._now is None
        self.restore_button.setEnabled(version is not None and not is_newest)
        base = self.base.currentData() or self._before(entry)
        left, right = self._source(base), self._source(entry)
        self._lane.submit(lambda: difference(left(), right()), self._show_difference, self._failed)

    def _before(self, entry: VersionEntry) -> VersionEntry | None:
        entries = self.list.entries()
        after = entries[entries.index(entry) + 1 :]
        return after[0] if after else None

    def _source(self, entry: VersionEntry | None) -> Callable[[], str]:
        if entry is None:
            return lambda: ""
        version, now = entry.version, self._now or ""
        return (lambda: now) if version is None else partial(self._desk.versions.source, version)

    def _show_difference(self, found: Difference) -> None:
        self.summary.setText(found.summary)
        self.view.show_difference(found)

    def _restore(self) -> None:
        entry = self.list.entry()
        version: Version | None = entry.version if entry is not None else None
        if version is not None:
            self._documents.restore(version, self.read)

    def _failed(self, error: Exception) -> None:
        if isValid(self):
            self.messages.show_message("versions", from_error(error))

    def _end(self) -> None:
        self._documents.changed.disconnect(self.read)
        self._lane.close()

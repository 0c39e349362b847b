"""The open prompt as a document: what of it is saved, and no key is ever lost. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from workbench.core.ids import text_hash
from workbench.experiments.drafts import Draft
from workbench.gui.dialogs.name_dialog import NameDialog
from workbench.gui.messages import Level, Message, from_error
from workbench.gui.panels.editor import EditorPanel
from workbench.gui.panels.variables import VariablesPanel
from workbench.gui.prompt_controller import PromptController
from workbench.gui.prompt_desk import Opened, PromptDesk, is_edited
from workbench.gui.task_queue import TaskQueue
from workbench.gui.translate import day, tr
from workbench.templates.prompt_file import PromptFile

if TYPE_CHECKING:  # SQLite's tools take long to import
    from workbench.history.versions import Version

DRAFT_MS = 500
"""How long after the last key unsaved edits are written, in milliseconds."""
_NOTE_MS = 8000


class DocumentController(QObject):
    """Which file the editor shows, and what of it is not saved.

    Attributes:
        queue: where everything happens that reads or writes prompt files.
        opened: what is open; None before the first prompt.
        is_edited: whether the prompt, as it was a moment after the last key, is not saved.

    Signals:
        changed(): the document, its version or its being saved is another now.
        files_changed(): prompt files were added, renamed or taken away.
    """

    changed = Signal()
    files_changed = Signal()

    def __init__(
        self,
        desk: PromptDesk,
        prompts: PromptController,
        editor: EditorPanel,
        form: VariablesPanel,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk, self._prompts = desk, prompts
        self._editor, self._form, self._window = editor, form, window
        self.queue = TaskQueue("documents", self)
        self.opened: Opened | None = None
        self.is_edited = False
        self._now: PromptFile | None = None
        self._arriving: Opened | None = None
        self._left: tuple[Opened, Callable[[], PromptFile]] | None = None
        self._values: dict[str, Mapping[str, object]] = {}
        self._kept_here: set[str] = set()
        self._must_keep = self._must_keep_values = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_MS)
        self._timer.timeout.connect(self.keep_draft)
        prompts.leaving.connect(self._leave)
        prompts.opened.connect(self._arrived)
        prompts.edited.connect(self._show_state)
        editor.edited.connect(self._typed)
        form.changed.connect(self._filled)

    def open(
        self,
        path: Path,
        values: Mapping[str, object] | None = None,
        *,
        with_draft: bool = True,
    ) -> None:
        """Open a prompt file with its unsaved edits; `values` fill the form, else the last ones."""
        if with_draft and values is None and self.opened is not None and self.opened.path == path:
            return
        self.keep_draft()
        self.queue.submit(
            lambda: self._desk.open(path, with_draft=with_draft),
            lambda opened: self.show(opened, values),
            self._prompts.not_opened,
        )

    def open_draft(self, draft: Draft) -> None:
        """Go on with edits of a prompt that is in no file."""
        self.keep_draft()
        self.queue.submit(lambda: self._desk.open_draft(draft), self.show, self._prompts.not_opened)

    def new(self, *, is_chat: bool = True) -> None:
        """Begin an empty prompt; the unsaved edits of the open one are kept."""
        self.show(self._desk.scratch(is_chat=is_chat))

    def show(self, opened: Opened, values: Mapping[str, object] | None = None) -> None:
        """Put `opened` into the editor, and say it if unsaved edits are back."""
        self._arriving = opened
        if values is None:
            values = self._values.get(opened.draft_key, opened.values)
        self._prompts.open_prompt(opened.prompt, values)
        self.dismiss("draft-back")
        self.dismiss("elsewhere")
        draft = opened.draft
        if (
            draft is not None
            and opened.path is not None
            and draft.prompt_key not in self._kept_here
        ):
            self._tell_draft(opened, draft)
        if opened.elsewhere:
            text = tr(
                "Another window has edits of {name} that are not saved.", name=opened.prompt.name
            )
            self.tell("elsewhere", Message(text, level=Level.INFO))

    def save(self) -> None:
        """Write the prompt to its file; a bundled one to a copy, a new one under a name to ask."""
        path = None if self.opened is None else self.opened.path
        if self.opened is None:
            return
        if path is None:
            self.save_as()
        elif self._desk.is_own(path):
            self._write(lambda: path)
        else:
            self._write(lambda: self._desk.free_path(self._desk.copy_path(path)), is_copy=True)

    def save_as(self) -> NameDialog | None:
        """Ask for a name and save the prompt under it."""
        if self.opened is None:
            return None
        title = "" if self.opened.path is None else f"{self._editor.title.text()} 2"

        def take(text: str) -> None:
            path, name = self._desk.path_for(text)
            self._write(lambda: path, title=name)

        question = tr("Name of the prompt; folder/name puts it into a folder")
        dialog = NameDialog(self._window, tr("Save prompt as"), question, title, take)
        dialog.open()
        return dialog

    def restore(self, version: Version, after: Callable[[], None]) -> None:
        """Write an older version to the file and show it; unsaved edits become a version first."""
        opened, make = self.opened, self._prompts.snapshot()
        if opened is None or make is None:
            return
        self.forget_typing()

        def work() -> tuple[Opened, bool]:
            edits = make()
            edited = is_edited(opened, edits)
            source = edits.source if edited else None
            return self._desk.restore(opened, source, version), edited

        def done(answer: tuple[Opened, bool]) -> None:
            restored, edited = answer
            self.show(restored)
            newest = restored.version.label if restored.version is not None else "saved"
            kept = tr(" Your unsaved edits are the version before it.") if edited else ""
            self.note(
                "restored",
                tr(
                    "{label} is back, as {newest}.{kept}",
                    label=version.label,
                    newest=newest,
                    kept=kept,
                ),
            )
            after()

        self.queue.submit(work, done, self.not_saved)

    def keep_draft(self) -> None:
        """Write what is not saved, if something was typed since the last time."""
        self._keep_values()
        opened, make = self.opened, self._prompts.snapshot()
        if not self._must_keep or opened is None or make is None:
            return
        self.forget_typing()
        self._kept_here.add(opened.draft_key)
        self.queue.submit(
            lambda: self._desk.keep_draft(opened, make()),
            lambda _none: self.dismiss("draft"),
            partial(self.failed, key="draft"),
        )

    def assume_saved(self, opened: Opened, text: str) -> None:
        """`text` stands in the file now, written by another program; what is shown stays."""
        if self.opened is opened:
            self.opened = replace(opened, saved=text, version=None)
            self._typed()
            self._show_state(self._now)

    def moved(self, opened: Opened, edits: PromptFile) -> None:
        """The open file is called otherwise now; `edits` is the prompt as it stands."""
        self._prompts.rebase(edits)
        self._set(opened)
        self._typed()

    def close(self) -> None:
        """Write what is not saved and end the thread."""
        self.keep_draft()
        self.queue.submit(self._desk.drafts.release, lambda _none: None, lambda _error: None)
        self.queue.close()

    def tell(self, key: str, message: Message) -> None:
        """A sentence above the prompt, instead of the one under the same key."""
        self._editor.messages.show_message(key, message)

    def note(self, key: str, text: str, hint: str = "") -> None:
        """A sentence that goes away by itself."""
        message = Message(text, hint, level=Level.INFO)
        self.tell(key, message)
        QTimer.singleShot(_NOTE_MS, self, lambda: self._forget(key, message))

    def tell_kept(self, version: Version) -> None:
        """Say as what the edits are kept that were on the screen."""
        self.note(
            "aside", tr("The edits that were not saved are kept as {label}.", label=version.label)
        )

    def dismiss(self, key: str) -> None:
        """Take a sentence away."""
        self._editor.messages.dismiss(key)

    def failed(self, error: Exception, key: str = "document") -> None:
        """Say what went wrong."""
        self.tell(key, from_error(error))

    def _filled(self) -> None:
        self._must_keep_values = True
        self._timer.start()

    def _keep_values(self) -> None:
        """Write what was filled into the form since the last time."""
        opened = self.opened
        if not self._must_keep_values or opened is None:
            return
        self._must_keep_values = False
        key, values = opened.draft_key, self._form.filled()
        self.queue.submit(
            lambda: self._desk.values.keep(key, values),
            lambda _none: self.dismiss("values"),
            partial(self.failed, key="values"),
        )

    def _typed(self) -> None:
        self._must_keep = True
        self._timer.start()

    def forget_typing(self) -> None:
        """What was typed is being kept in another way: no draft of it is due."""
        self._must_keep = False
        if not self._must_keep_values:
            self._timer.stop()

    def _leave(self) -> None:
        """Another prompt comes: what was typed a moment ago is kept, and the values."""
        self.keep_draft()
        make = self._prompts.snapshot()
        self._left = None
        if self.opened is not None and make is not None:
            self._values[self.opened.draft_key] = self._form.kept()
            self._left = (self.opened, make)
        self.opened, self.is_edited = None, False
        self.changed.emit()

    def _arrived(self, prompt: PromptFile) -> None:
        arriving, self._arriving = self._arriving, None
        if arriving is not None and arriving.prompt is prompt:
            self._set(arriving)
        else:
            self._look_up(prompt)

    def _look_up(self, prompt: PromptFile) -> None:
        """Find the file of a prompt that came out of the history, say.

        Unsaved edits that were on the screen of the same file become a version.
        """
        left, path = self._left, prompt.path
        draft_key = "" if path is None else path.absolute().as_posix()
        self._set(Opened("", draft_key, prompt, None if path is None else prompt.source))

        def look() -> tuple[Opened, Version | None]:
            kept = None
            if left is not None and left[0].draft_key == draft_key and left[0].key:
                was, edits = left[0], left[1]()
                if is_edited(was, edits) and edits.source != prompt.source:
                    kept = self._desk.versions.save(was.key, edits.source).result()
            return self._desk.look(prompt), kept

        def looked(answer: tuple[Opened, Version | None]) -> None:
            found, kept = answer
            if self._prompts.prompt is prompt:
                self._set(found)
                self._typed()
            if kept is not None:
                self.tell_kept(kept)

        self.queue.submit(look, looked, self.failed)

    def _set(self, opened: Opened) -> None:
        self.opened = opened
        self._show_state(self._prompts.prompt)

    def _show_state(self, prompt: PromptFile | None) -> None:
        """Which version stands here and whether it is edited, in the chip."""
        opened, self._now = self.opened, prompt
        if opened is None or prompt is None:
            self._editor.show_chip("")
            return
        self.is_edited = is_edited(opened, prompt)
        words = [opened.version.label] if opened.version is not None else []
        if opened.path is None:
            words = [tr("not in a file")]
        elif self.is_edited:
            words.append(tr("edited"))
        self._editor.show_chip(" · ".join(words))
        self.changed.emit()

    def _write(
        self, target: Callable[[], Path], *, title: str | None = None, is_copy: bool = False
    ) -> None:
        opened, make = self.opened, self._prompts.snapshot()
        if opened is None or make is None:
            return
        self.forget_typing()

        def write() -> Opened:
            prompt = make()
            if title is not None:
                prompt = self._desk.titled(prompt, title)
            return self._desk.save(opened, prompt, target())

        def done(saved: Opened) -> None:
            if self.opened is not None and self.opened.draft_key == opened.draft_key:
                self._prompts.rebase(saved.prompt)
                self._set(saved)
            for key in ("draft-back", "save", "disk"):
                self.dismiss(key)
            if is_copy and saved.path is not None:
                where = saved.path.relative_to(self._desk.own).as_posix()
                text = tr(
                    "Bundled prompts stay as they are; this is your own copy, mine/{where}.",
                    where=where,
                )
                self.note("copy", text)
            self.files_changed.emit()

        self.queue.submit(write, done, partial(self.not_saved, key="save"))

    def not_saved(self, error: Exception, key: str = "document") -> None:
        """Say why something was not written; a draft of it is due again."""
        self._typed()
        self.failed(error, key)

    def _tell_draft(self, opened: Opened, draft: Draft) -> None:
        when = datetime.fromtimestamp(draft.kept_us / 1e6).astimezone()
        name = opened.prompt.name
        text = tr(
            "The edits of {name} that were not saved are back, as of {when}.",
            name=name,
            when=day(when, "dd MMM, HH:mm"),
        )
        changed = draft.base_hash != text_hash(opened.saved or "")
        hint = tr("The file itself has changed since.") if changed else ""
        actions = ((tr("Discard them"), partial(self._discard, opened)),)
        self.tell("draft-back", Message(text, hint, level=Level.INFO, actions=actions))

    def _discard(self, opened: Opened) -> None:
        path = opened.path
        if path is None:
            return
        self.forget_typing()
        self.queue.submit(
            lambda: self._desk.drafts.drop(opened.draft_key),
            lambda _none: self.open(path, with_draft=False),
            self.failed,
        )

    def _forget(self, key: str, message: Message) -> None:
        if self._editor.messages.message(key) is message:
            self.dismiss(key)

"""Runs on their way out: which, in what format, what the file says and leaves out. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.experiments.run_files import RunFile, Told
from workbench.gui.dialogs.option_form import OptionForm
from workbench.gui.dialogs.save_file import ask_where
from workbench.gui.focus_order import put_in_order
from workbench.gui.fonts import EDITOR_PIXELS, Fonts
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.parts import label, text_button, wrapping_label
from workbench.gui.said import tr_said
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import tr, tr_n

PREVIEW_CHARS = 100_000
MOST_COPIED = 500
"""Runs that are copied at once; more belong in a file."""
_LIST_WIDTH = 216


@dataclass(frozen=True, slots=True)
class RunsAsked:
    """What the dialog asks for.

    Attributes:
        chosen_only: the chosen runs; else all that the search found.
    """

    made: RunFile
    options: dict[str, str | bool]
    keep_paths: bool
    chosen_only: bool


@dataclass(frozen=True, slots=True)
class RunWork:
    """What the dialog's threads call; none of it touches a widget.

    Attributes:
        preview: how the file begins; empty for a format that is no text.
        text: the whole file as text.
        write: write the file; returns how many runs there are in it.
    """

    preview: Callable[[RunsAsked, int], str]
    text: Callable[[RunsAsked], str]
    write: Callable[[RunsAsked, Path, Told, CancelToken], int]


class RunExportDialog(QDialog):
    """Formats at the left; which runs, options, how the file begins and what is lost at the right.

    Signals:
        shown(): the preview belongs to what is chosen.
        saved(path, count, losses): the file was written.
    """

    shown = Signal()
    saved = Signal(object, int, object)
    _progress = Signal(int, int)

    def __init__(
        self,
        parent: QWidget,
        fonts: Fonts,
        formats: Sequence[RunFile],
        counts: tuple[int, int],
        work: RunWork,
        folder: Path,
    ) -> None:
        """`counts`: how many runs are chosen, and how many the search found."""
        super().__init__(parent)
        self._formats, self._counts, self._work, self._folder = formats, counts, work, folder
        self._cancel: CancelToken | None = None
        self._set: dict[str, dict[str, str | bool]] = {}
        self._is_right = False
        self.files: QFileDialog | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export runs"))
        self.resize(900, 620)
        self._previews, self._writes = Lane("run-preview", self), Lane("run-export", self)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Format"))
        self.list.addItems([tr(made.title) for made in formats])
        self.list.setFixedWidth(_LIST_WIDTH)
        set_role(self.list, "choices")
        self.which = QComboBox()
        self.which.setAccessibleName(tr("Which runs"))
        chosen, found = counts
        if chosen:
            self.which.addItem(tr_n("The chosen run", "The {n:,} chosen runs", chosen), True)
        self.which.addItem(tr_n("The one run found", "All {n:,} runs found", found), False)
        self.help = wrapping_label("caption")
        self.options = OptionForm()
        self.keep_paths = QCheckBox(tr("Keep folders and user names"))
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setFont(fonts.mono(EDITOR_PIXELS))
        set_role(self.preview, "json")
        self.preview.setAccessibleName(tr("How the file begins"))
        self.preview.setTabChangesFocus(True)
        self.losses = wrapping_label("muted")
        self.error = wrapping_label("warning")
        self.error.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Runs written"))
        self.told = label("", "muted")
        self.copy_button = text_button(tr("Copy"), "")
        self.copy_button.setAutoDefault(False)
        self.close_button = text_button(tr("Close"), "")
        self.close_button.setAutoDefault(False)
        self.save_button = text_button(tr("Save…"), "primary")
        self.save_button.setDefault(True)
        self._assemble()
        self._connect()
        self._show_busy(None)
        self.list.setFocus()

    @property
    def chosen(self) -> RunFile:
        """The format that is shown."""
        return self._formats[max(0, self.list.currentRow())]

    @property
    def count(self) -> int:
        """How many runs would leave."""
        return self._counts[0] if self.which.currentData() else self._counts[1]

    def choose(self, name: str) -> None:
        """Show the format called `name`; the first one when there is none."""
        names = [made.name for made in self._formats]
        self.list.setCurrentRow(names.index(name) if name in names else 0)

    def copy(self) -> None:
        """Put the whole file on the clipboard."""
        asked = self._asked()
        self._writes.submit(lambda: self._work.text(asked), self._copied, self._failed)

    def ask_file(self) -> None:
        """Ask where to, and write the file."""
        if not self._is_right or self._cancel is not None:
            return
        made = self.chosen
        name, kind = f"runs{made.suffix}", (tr(made.title), made.suffix)
        self.files = ask_where(self, tr("Export runs"), self._folder, name, kind, self.save_to)
        self.files.finished.connect(self._forget_files)

    def save_to(self, path: Path) -> None:
        """Write the file beside the window; an error stays here, success closes the dialog."""
        if not path.suffix:
            path = path.with_name(path.name + self.chosen.suffix)
        asked, cancel = self._asked(), CancelToken()
        self.error.hide()
        self._show_busy(cancel)
        self._writes.submit(
            lambda: self._work.write(asked, path, self._progress.emit, cancel),
            lambda count: self._written(path, count),
            self._failed,
        )

    def stop(self) -> None:
        """Stop writing; the file that was there stays."""
        if self._cancel is not None:
            self._cancel.cancel()

    def reject(self) -> None:
        """Close; while a file is written, stop that first."""
        if self._cancel is not None:
            self.stop()
            return
        super().reject()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  # Qt's name
        """Tab goes on as one reads."""
        put_in_order(self)
        return super().focusNextPrevChild(forward)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.options.changed.connect(self._ask)
        self.which.currentIndexChanged.connect(self._ask)
        self.keep_paths.toggled.connect(self._ask)
        self.copy_button.clicked.connect(self.copy)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.ask_file)
        self._progress.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        shortcut.activated.connect(self.ask_file)
        self.finished.connect(self._end)

    def _asked(self) -> RunsAsked:
        return RunsAsked(
            self.chosen,
            self.options.values(),
            self.keep_paths.isChecked(),
            bool(self.which.currentData()),
        )

    def _choose(self, row: int) -> None:
        made = self._formats[row]
        self.options.show_options(made.options, self._set.get(made.name))
        self._ask()

    def _ask(self) -> None:
        """Make the beginning again; the answer to an older question is not shown."""
        asked = self._asked()
        self._set[asked.made.name] = asked.options
        self._is_right = False
        self._enable()
        self._previews.submit(
            lambda: self._work.preview(asked, PREVIEW_CHARS), self._show, self._wrong
        )

    def _show(self, text: str) -> None:
        made = self.chosen
        self._is_right = True
        self.error.hide()
        self.help.setText(tr(made.help))
        self.preview.setPlainText(text)
        self.preview.setVisible(made.is_text)
        self.losses.setText(_lost(made))
        self._enable()
        self.shown.emit()

    def _wrong(self, error: Exception) -> None:
        self._show(" ")
        self.preview.setPlainText("")
        self._is_right = False
        self._enable()
        self._say(error)
        self.shown.emit()

    def _say(self, error: Exception) -> None:
        message = from_error(error)
        self.error.setText(f"{message.text} {message.hint}".strip())
        self.error.show()

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copy_button.setText(tr("Copied"))

    def _written(self, path: Path, count: int) -> None:
        self._show_busy(None)
        self.saved.emit(path, count, self.chosen.leaves_out)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._show_busy(None)
        if isinstance(error, Cancelled):
            error = UserError(tr("Stopped. No file was written."))
        self._say(error)

    def _tell(self, done: int, total: int) -> None:
        if self._cancel is not None:
            self.bar.setRange(0, max(1, total))
            self.bar.setValue(done)
            self.told.setText(tr("{done:,} of {total:,} runs", done=done, total=total))

    def _show_busy(self, cancel: CancelToken | None) -> None:
        self._cancel = cancel
        busy = cancel is not None
        self.bar.setVisible(busy)
        self.bar.setRange(0, 0)
        self.told.setText("")
        self.close_button.setText(tr("Stop") if busy else tr("Close"))
        for widget in (self.list, self.which, self.options, self.keep_paths):
            widget.setEnabled(not busy)
        self._enable()

    def _enable(self) -> None:
        ready = self._is_right and self._cancel is None and self.count > 0
        can_copy = self.chosen.is_text and self.count <= MOST_COPIED
        self.copy_button.setText(tr("Copy"))
        self.copy_button.setEnabled(ready and can_copy)
        self.copy_button.setToolTip(
            "" if can_copy else tr("So much, and what is no text, goes to a file.")
        )
        self.save_button.setEnabled(ready)

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.which)
        top.addWidget(self.keep_paths)
        top.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(top)
        right.addWidget(self.help)
        right.addWidget(self.options)
        right.addWidget(self.preview, 1)
        right.addStretch(0)
        for widget in (self.error, self.losses, self.bar):
            right.addWidget(widget)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.list)
        body.addLayout(right, 1)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addWidget(self.told)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(body, 1)
        column.addLayout(row)

    def _forget_files(self, _result: int) -> None:
        self.files = None

    def _end(self, _result: int) -> None:
        self.stop()
        if self.files is not None:
            self.files.reject()
        self._previews.close()
        self._writes.close()


def _lost(made: RunFile) -> str:
    if not made.leaves_out:
        return tr("Nothing is left out.")
    lines = "\n".join(f"–  {tr_said(loss)}" for loss in made.leaves_out)
    return f"{tr('What this format leaves out')}\n{lines}"

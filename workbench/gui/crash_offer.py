"""Offers what a crash left behind: copy it, save it, or forget it. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.core.crash_reports import CrashFolder, CrashReport
from workbench.core.errors import UserError
from workbench.core.files import write_whole
from workbench.gui.messages import Message, MessageBar, from_error
from workbench.gui.translate import tr, tr_n

KEY = "crash"
FILE_NAME = "workbench-crash-report.txt"


class CrashOffer(QObject):
    """Shows one message for all reports that wait. Nothing is ever sent anywhere.

    Attributes:
        reports: what is offered.
    """

    def __init__(self, folder: CrashFolder, notices: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._folder, self._notices, self._window = folder, notices, window
        self.reports: Sequence[CrashReport] = ()

    def look(self) -> None:
        """Offer what waits; with nothing to offer, nothing is shown."""
        self.reports = self._folder.collect()
        if self.reports:
            self._offer()

    def text(self) -> str:
        """All reports in one."""
        return "\n\n".join(report.text.strip() for report in self.reports) + "\n"

    def save(self) -> None:
        """Ask where to and write the reports there; they are forgotten here then."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save the crash report"), FILE_NAME, tr("Text (*.txt)")
        )
        if not chosen:
            self._offer()
            return
        try:
            write_whole(Path(chosen), self.text())
        except UserError as error:
            self._offer()
            self._notices.show_message(f"{KEY}-save", from_error(error))
            return
        self.forget()

    def forget(self) -> None:
        """Delete the reports."""
        for report in self.reports:
            self._folder.forget(report)
        self.reports = ()
        self._notices.dismiss(KEY)

    def _offer(self) -> None:
        parts = {report.part for report in self.reports}
        if "window" in parts:
            text = tr("The window crashed the last time.")
        elif "engine" in parts:
            text = tr("The process that runs the model crashed the last time.")
        else:
            count = len(self.reports)
            text = tr_n(
                "Something unforeseen happened the last time.",
                "Unforeseen things happened {n:,} times since you last looked.",
                count,
            )
        hint = tr(
            "A report can help to mend it. It holds versions and places in the program, none of "
            "your texts and no path; nothing was sent anywhere."
        )
        actions = ((tr("Save the report…"), self.save), (tr("Forget it"), self.forget))
        self._notices.show_message(KEY, Message(text, hint, self.text(), actions=actions))

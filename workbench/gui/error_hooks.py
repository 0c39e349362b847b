"""Errors nobody caught and Qt's own warnings end in the window's message bar. Installed once.

Hooks run on whatever thread failed; the signal brings them to the GUI thread.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from workbench.core.errors import UserError
from workbench.gui.messages import Message, from_error

_LOG = logging.getLogger("workbench.window")
_USELESS = "This plugin does not support"
"""What screens without a window manager say at every size hint."""
_SERIOUS = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class ErrorHooks(QObject):
    """Catches what would otherwise go to a terminal nobody sees."""

    _happened = Signal(str, object)

    def __init__(
        self,
        show: Callable[[str, Message], None],
        note: Callable[[BaseException], None] | None = None,
    ) -> None:
        """`note` keeps what nobody expected for the next start."""
        super().__init__()
        self._show, self._note = show, note
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._old_hook = sys.excepthook
        self._old_thread_hook = threading.excepthook

    def install(self) -> None:
        """From now on, until `remove`."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._thread_failed
        qInstallMessageHandler(self._qt_said)

    def remove(self) -> None:
        """Put everything back as it was."""
        sys.excepthook = self._old_hook
        threading.excepthook = self._old_thread_hook
        qInstallMessageHandler(None)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._old_hook(kind, error, trace)
            return
        self._report(error, "".join(traceback.format_exception(kind, error, trace)))

    def _thread_failed(self, args: threading.ExceptHookArgs) -> None:
        error = args.exc_value
        if error is not None:
            lines = traceback.format_exception(args.exc_type, error, args.exc_traceback)
            self._report(error, "".join(lines))

    def _report(self, error: BaseException, details: str) -> None:
        if isinstance(error, UserError):
            self._happened.emit("error", from_error(error))
            return
        _LOG.error("unforeseen error\n%s", details)
        if self._note is not None:
            self._note(error)
        known = from_error(error) if isinstance(error, Exception) else Message(str(error))
        self._happened.emit("bug", Message(known.text, known.hint, details))

    def _qt_said(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        # Qt's warnings are for us, not for the person: the log keeps them.
        if text.startswith(_USELESS):
            return
        _LOG.log(logging.WARNING if kind in _SERIOUS else logging.DEBUG, "Qt: %s", text)

    def _tell(self, key: str, message: Message) -> None:
        self._show(key, message)

"""Ctrl+C, and what asks a program to end: `kill`, `timeout`, a terminal that is closed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from workbench.core.cancel import Cancelled, CancelToken

_ENDS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def ends_as_interrupts() -> Iterator[None]:
    """While this lasts, being asked to end is what Ctrl+C is: what is done is kept.

    The second time the process ends at once. A signal that somebody ignores (`nohup`) stays so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        interrupt = signal.getsignal(signal.SIGINT)
        if not callable(interrupt):  # a shell's background command ignores Ctrl+C
            raise KeyboardInterrupt
        interrupt(signal.SIGINT, frame)

    before = {
        number: signal.signal(number, end)
        for number in _ENDS
        if signal.getsignal(number) is signal.SIG_DFL
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def interrupt_asks(cancel: CancelToken) -> Iterator[None]:
    """Ctrl+C sets `cancel`, and whoever looks at it ends well; a second one interrupts as usual.

    An interrupt is an exception at any place, and one inside a callback of native code is lost
    there: the code goes on with what the callback did not do.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def stop(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, before or signal.default_int_handler)
        cancel.cancel()

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.default_int_handler)


@contextmanager
def interrupt_cancels(cancel: CancelToken) -> Iterator[None]:
    """`interrupt_asks` for a block that has no answer once it was cancelled.

    Raises:
        KeyboardInterrupt: the block was cancelled.
    """
    try:
        with interrupt_asks(cancel):
            yield
        cancel.check()
    except Cancelled:
        raise KeyboardInterrupt from None

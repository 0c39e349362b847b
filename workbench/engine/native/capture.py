"""llama.cpp's evaluation callback: hands named tensors of a running graph to whoever wants them."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping

from workbench.engine.native.lib import lib
from workbench.engine.native.tensors import NAME_OFFSET, check_layout

Handler = Callable[[int], None]
"""Receives the address of a tensor that has just been computed; valid only during the call."""


class GraphTap:
    """Calls a handler for every tensor of the given names, once per micro-batch.

    It must outlive the context it is given to: llama.cpp calls into it at every decode.

    Attributes:
        callback: what a context is made with.
        stop: asked at every wanted tensor; true ends the decode early, its results are void.
        last: the wanted tensor behind which nothing more is computed; empty computes everything.
            What later layers would have kept of the text is void then.

    Raises:
        UserError: tensors of this build cannot be read.
    """

    def __init__(self) -> None:
        check_layout()
        self.callback = lib.ggml_backend_sched_eval_callback(self._call)
        self.stop: Callable[[], bool] = bool
        self.last = b""
        self._wanted: Mapping[bytes, Handler] = {}
        self._after: bytes = b""
        self._tail: list[int] | None = None
        self._error: BaseException | None = None

    def want(self, handlers: Mapping[str, Handler], last: str = "") -> None:
        """Ask for these tensors from the next decode on; none asks for nothing."""
        self._wanted = {name.encode(): handler for name, handler in handlers.items()}
        self.last = last.encode()
        self._after, self._tail = b"", None

    def nodes_after(self, name: str) -> list[int]:
        """A list that fills with the nodes behind tensor `name`, in order, as the graph runs.

        It holds addresses that are valid only while that graph runs; clear it before each decode.
        """
        self._after = name.encode()
        self._tail = []
        return self._tail

    def raise_error(self) -> None:
        """Raise what a handler raised since the last call: C cannot carry an exception."""
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _call(self, tensor: int, ask: bool, _data: object) -> bool:
        # Called for every node of the graph, some thousand times a decode: keep it short.
        name = ctypes.string_at(tensor + NAME_OFFSET)
        handler = self._wanted.get(name)
        if ask:
            if self._tail is not None and (self._tail or name == self._after):
                self._tail.append(tensor)
            return handler is not None
        if handler is None:
            return True
        if self._error is not None or self.stop():
            return False
        try:
            handler(tensor)
        except BaseException as error:  # noqa: BLE001  # raised again by raise_error
            self._error = error
            return False
        return name != self.last

"""Programs taken out of replies and run against an item's tests, in the sandbox."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from workbench.core.cancel import CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.core.metric import Evidence
from workbench.core.task import Item
from workbench.experiments.evaluate.asker import Filled
from workbench.sandbox.run import run_program
from workbench.sandbox.values import Limits, Outcome, Permission, Program, ProgramResult

SECONDS = 10.0
"""A program that takes longer has failed."""

_AT_ONCE = 2
_FENCED = re.compile(r"```(?:python|py)?[ \t]*\n(.*?)(?:```|\Z)", re.DOTALL)
_ENDS = re.compile(r"^(?:class |def |#|if |print\(|@|assert |from |import )", re.MULTILINE)
_MESSAGE = 300


class CodeRunner:
    """Runs the programs of one evaluation. Any thread."""

    def __init__(self, permission: Permission, cancel: CancelToken) -> None:
        self._permission = permission
        self._cancel = cancel
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="code")

    def close(self) -> None:
        """Wait for what runs; a cancel ends it within a moment."""
        self._threads.shutdown()

    def judged(
        self, item: Item, filled: Filled, replies: Sequence[Evidence], details: dict[str, object]
    ) -> tuple[Evidence, ...]:
        """One evidence whose attempts say which replies passed; its prediction is the first.

        Raises:
            UserError: the sandbox refuses to run anything.
            StoppedError: somebody stopped it.
        """
        sources = [
            program_of(item, reply.prediction or "", chat=filled.prompt.is_chat)
            for reply in replies
        ]
        results = list(self._threads.map(self._run, sources))
        for result in results:
            if result.outcome is Outcome.REFUSED:
                raise UserError(result.message, "Allow it with --run-code.")
            if result.outcome is Outcome.CANCELLED:
                raise StoppedError("The program was stopped.")
        details["outcomes"] = [result.outcome.value for result in results]
        details["messages"] = [_message(result) for result in results]
        passed = tuple(result.passed for result in results)
        return (replace(replies[0], attempts=passed),)

    def _run(self, source: str) -> ProgramResult:
        program = Program(source, limits=Limits(seconds=SECONDS))
        return run_program(program, self._permission, self._cancel)


def program_of(item: Item, reply: str, *, chat: bool) -> str:
    """The program that a reply makes with its item: what is tested, then the tests.

    A fenced block counts as the whole program. Otherwise the reply continues the prompt, up to
    the first line that begins something new at the margin.
    """
    fenced = _FENCED.search(reply)
    if fenced is not None:
        body = fenced[1]
        if item.entry_point and f"def {item.entry_point}" not in body and item.prompt:
            body = item.prompt + body
    elif chat or (item.entry_point and f"def {item.entry_point}" in reply):
        body = reply
    else:
        end = _ENDS.search(reply, 1) if reply[:1].isspace() else None
        body = (item.prompt or "") + (reply[: end.start()] if end is not None else reply)
    return f"{body.rstrip()}\n\n{item.tests}\n"


def _message(result: ProgramResult) -> str:
    if result.passed:
        return ""
    last = result.stderr.strip().splitlines()[-1:] or [result.message]
    return last[0][:_MESSAGE]

"""Programs taken out of replies and run against an item's tests, in the sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from workbench.core.cancel import CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.core.metric import Evidence
from workbench.core.task import Item
from workbench.experiments.code_check import CodeVerdict, candidate_source, check_code
from workbench.sandbox.values import Outcome, Permission

_AT_ONCE = 2
_OUTPUT = 500


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
        self, item: Item, replies: Sequence[Evidence], details: dict[str, object]
    ) -> tuple[Evidence, ...]:
        """One evidence whose attempts say which replies passed; its prediction is the first.

        Raises:
            UserError: the sandbox refuses to run anything.
            StoppedError: somebody stopped it.
        """
        sources = [_source(item, reply.prediction or "") for reply in replies]
        verdicts = list(self._threads.map(partial(self._check, item), sources))
        for verdict in verdicts:
            if verdict.outcome is Outcome.CANCELLED:
                raise StoppedError("The program was stopped.")
            if verdict.passed is None:
                raise UserError(verdict.message, "Allow it with --run-code.")
        details["outcomes"] = [verdict.outcome.value for verdict in verdicts]
        details["messages"] = [_message(verdict) for verdict in verdicts]
        passed = tuple(bool(verdict.passed) for verdict in verdicts)
        return (replace(replies[0], attempts=passed),)

    def _check(self, item: Item, source: str) -> CodeVerdict:
        return check_code(
            source, item.tests, item.entry_point, self._permission, cancel=self._cancel
        )


def _source(item: Item, reply: str) -> str:
    """The program a reply makes: between the item's two parts where it has them."""
    if "suffix" in item.variables:
        return f"{item.variables.get('prefix', '')}{reply}{item.variables['suffix']}"
    return candidate_source(item.prompt or "", reply, item.entry_point)


def _message(verdict: CodeVerdict) -> str:
    if verdict.passed:
        return ""
    last = verdict.output.strip().splitlines()[-1:]
    return " ".join([verdict.message, *last])[:_OUTPUT]

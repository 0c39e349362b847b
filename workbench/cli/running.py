"""What the verbs that run a prompt share: the reply as it grows, the wait, the report."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench.cli.main import EXIT_BAD_INPUT, EXIT_INTERRUPTED, EXIT_NO
from workbench.cli.options import note

if TYPE_CHECKING:
    from workbench.core.cancel import CancelToken
    from workbench.core.remote import Served
    from workbench.core.tokens import TokenTable
    from workbench.experiments.live_run import RunOutcome
    from workbench.experiments.session import RunHandle

_POLL_S = 0.1


class Printer:
    """Writes one reply as it grows.

    Attributes:
        lost: why nothing more can be written: the reader left, the disk is full; None before.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self.lost: OSError | None = None

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Prompt progress is not shown: it would stand in front of the reply."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Write what became readable."""
        if self._quiet or not text or self.lost is not None:
            return
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError as error:  # in the engine's thread; `wait_for` tells the main thread
            self.lost = error

    def run_finished(self, outcome: RunOutcome) -> None:
        """The main thread reports."""


def wait_for(handle: RunHandle, printer: Printer, cancel: CancelToken) -> RunOutcome:
    """The outcome; with `cancel`, or an interrupt, the run ends with its partial text.

    Raises:
        OSError: the reply could not be written; its run was stopped there, and is recorded.
    """
    while True:
        try:
            outcome = handle.wait(_POLL_S)
        except TimeoutError:
            if printer.lost is not None or cancel:
                handle.cancel()
            continue
        except KeyboardInterrupt:
            handle.cancel()
            continue
        if printer.lost is not None:
            raise printer.lost
        return outcome


def report(outcome: RunOutcome, samples: int, as_json: bool, *, in_memory: bool) -> int:
    """Print replies and remarks; the exit code."""
    from workbench.core.run import RunStatus

    result = outcome.end.result
    if not as_json:
        if samples > 1:
            for index, sample in enumerate(result.samples):
                print(f"--- sample {index + 1}, seed {outcome.start.seed + index}")
                print(sample.text)
        elif _wants_a_line_end(outcome):
            print()
    if outcome.save_error and not in_memory:
        note(f"The run was not saved: {outcome.save_error}")
    if result.served is not None:
        for line in served_lines(result.served):
            note(line)
    if outcome.end.status is RunStatus.FAILED:
        note(f"{result.error} {result.hint}".strip())
        return EXIT_NO if outcome.engine_died else EXIT_BAD_INPUT
    if not as_json and sys.stderr.isatty():
        note(_summary(outcome))
    return EXIT_INTERRUPTED if outcome.end.status is RunStatus.CANCELLED else 0


def _wants_a_line_end(outcome: RunOutcome) -> bool:
    from workbench.core.run import RunStatus

    text = outcome.end.result.samples[0].text if outcome.end.result.samples else None
    if not text:  # an empty reply is an empty line; a run that failed printed nothing
        return text is not None and outcome.end.status is not RunStatus.FAILED
    return not text.endswith("\n")


def served_lines(served: Served) -> list[str]:
    """What the person should know of a server's answer."""
    lines = list(served.remarks)
    if served.sent_to:
        lines.insert(0, f"The prompt was sent to {served.sent_to}.")
    if served.is_other_model:
        lines.insert(
            0, f"The server was asked for {served.asked} and says it answered as {served.told}."
        )
    return lines


def _summary(outcome: RunOutcome) -> str:
    timings = outcome.end.result.timings
    served = outcome.end.result.served
    known = served is None or served.reply_tokens is not None
    parts = [f"seed {outcome.start.seed}"]
    parts += [f"{timings.decode_tokens} tokens"] if known else []
    if timings.decode_tps is not None:
        parts.append(f"{timings.decode_tps:,.0f} token/s")
    parts.append(f"saved as {outcome.start.run_id}" if outcome.saved else "not saved")
    full = any(s.context_full for s in outcome.end.result.samples)
    return ", ".join(parts) + ("; the context is full" if full else "")

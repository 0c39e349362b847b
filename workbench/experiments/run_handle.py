"""A run under way, for whoever began it. Any thread."""

from __future__ import annotations

from concurrent.futures import Future

from workbench.core.run import RunStart
from workbench.engine.jobs import GenerateJob
from workbench.experiments.live_run import LiveRun, RunOutcome


class RunHandle:
    """A run under way."""

    def __init__(
        self,
        start: RunStart,
        job: GenerateJob,
        live: LiveRun,
        finished: Future[RunOutcome],
    ) -> None:
        self.start = start
        self.run_id = start.run_id
        self._job, self._live = job, live
        self._finished = finished

    def cancel(self) -> None:
        """Ask it to stop; it still ends with an outcome that keeps the partial text."""
        self._live.was_stopped = True
        self._job.cancel()

    def wait(self, timeout_s: float | None = None) -> RunOutcome:
        """The outcome, once it is there."""
        return self._finished.result(timeout_s)


def handle_of(start: RunStart, job: GenerateJob, live: LiveRun) -> RunHandle:
    """The run that a job makes; its end is recorded and told through `live`."""
    finished: Future[RunOutcome] = Future()
    job.future.add_done_callback(lambda answer: finished.set_result(live.finish(answer)))
    return RunHandle(start, job, live, finished)

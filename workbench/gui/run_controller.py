"""Generate, stop, retry: one run at a time, its tokens to the reply panel as they come."""

from __future__ import annotations

import time
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from workbench.core.errors import UserError
from workbench.core.run import RunStatus
from workbench.core.types import Finish, GenerateResult
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import Prepared, RunHandle, Session
from workbench.gui.bridge import RunBridge, Tokens
from workbench.gui.current import Current
from workbench.gui.messages import Message, from_error
from workbench.gui.panels.editor import EditorPanel
from workbench.gui.panels.reply import ReplyPanel
from workbench.gui.panels.sampling import SamplingPanel
from workbench.gui.panels.status_bar import StatusBar
from workbench.gui.prompt_controller import PromptController
from workbench.gui.shown_reply import ShownReply

_SPEED_EVERY_S = 0.25
_FINISH_WORDS = {
    Finish.STOP: "stop",
    Finish.LENGTH: "length",
    Finish.CANCELLED: "stopped",
    Finish.ERROR: "failed",
}


class Phase(Enum):
    """Where the run stands."""

    IDLE = auto()
    WAITING = auto()
    """The prompt is still being rendered or the model loaded."""
    RUNNING = auto()
    STOPPING = auto()


class RunController(QObject):
    """Owns the run that is under way.

    Signals:
        finished(RunOutcome): a run ended, whatever became of it.
        started(run_id): a run began.
        phase_changed(): `phase` is another now.
    """

    finished = Signal(object)
    started = Signal(str)
    phase_changed = Signal()

    def __init__(
        self,
        session: Session,
        prompts: PromptController,
        editor: EditorPanel,
        sampling: SamplingPanel,
        reply: ReplyPanel,
        shown: ShownReply,
        status: StatusBar,
        current: Current,
    ) -> None:
        super().__init__(editor)
        self._current = current
        self._session, self._prompts = session, prompts
        self._editor, self._sampling = editor, sampling
        self._reply, self._shown, self._status = reply, shown, status
        self.bridge = RunBridge(self)
        self._handle: RunHandle | None = None
        self.phase = Phase.IDLE
        self._new_seed = False
        self._n_tokens = 0
        self._first_at = self._told_at = 0.0
        self.bridge.prefilled.connect(self._prefilled)
        self.bridge.grew.connect(self._grew)
        self.bridge.finished.connect(self._finished)
        prompts.failed.connect(self._not_ready)
        editor.pressed.connect(self.press)
        reply.generate_wanted.connect(self.generate)

    def press(self) -> None:
        """The primary button: generate, or stop what runs."""
        if self.phase is Phase.IDLE:
            self.generate()
        else:
            self.stop()

    def generate(self) -> None:
        """Run the prompt as it stands; while a run goes on, nothing."""
        if self.phase is Phase.IDLE:
            self._new_seed = False
            self._set_phase(Phase.WAITING)
            self._prompts.when_ready(self._start)

    def retry(self) -> None:
        """Run the prompt again with a new seed, whatever stands in the seed field."""
        if self.phase is Phase.IDLE:
            self._new_seed = True
            self._set_phase(Phase.WAITING)
            self._prompts.when_ready(self._start)

    def stop(self) -> None:
        """Stop the run; what was said so far stays. Without a run, nothing."""
        if self.phase is Phase.WAITING:
            self._prompts.forget_waiting()
            self._set_phase(Phase.IDLE)
        elif self.phase is Phase.RUNNING and self._handle is not None:
            self._set_phase(Phase.STOPPING)
            self._handle.cancel()

    def is_idle(self) -> bool:
        """Whether no run is under way or about to be."""
        return self.phase is Phase.IDLE

    def close(self) -> None:
        """Stop the run without waiting for its end."""
        if self._handle is not None:
            self._handle.cancel()

    def _start(self, prepared: Prepared) -> None:
        try:
            seed = None if self._new_seed else self._sampling.seed()
            self.bridge.expect()
            handle = self._session.start(prepared, self._sampling.sampling, seed, 1, self.bridge)
        except UserError as error:
            self.bridge.unexpect()
            self._reply.messages.show_message("run", from_error(error))
            self._set_phase(Phase.IDLE)
            return
        self._handle = handle
        self._n_tokens = 0
        self._first_at = 0.0
        self._reply.messages.dismiss("run")
        control = prepared.loaded.vocab.special_texts.keys()
        self._shown.begin(control, handle.run_id)
        self._current.begin(handle.start, control)
        self._reply.show_facts("reading the prompt")
        self._status.show_timings(None)
        self._status.show_saved("")
        self._set_phase(Phase.RUNNING)
        self.started.emit(handle.run_id)

    def _prefilled(self, run_id: str, done: int, total: int) -> None:
        if self._is_current(run_id):
            self._status.show_reading(done, total)

    def _grew(self, tokens: Tokens) -> None:
        self._current.grow(tokens.run_id, tokens.sample, tokens.table, tokens.pieces)
        if not self._is_current(tokens.run_id) or tokens.sample != 0:
            return
        now = time.monotonic()
        if not self._n_tokens:
            self._first_at = self._told_at = now
            self._status.show_reading(0, 0)
        self._n_tokens += len(tokens.table)
        self._shown.add(tokens.table, tokens.pieces)
        self._status.show_reply(self._n_tokens)
        if now - self._told_at >= _SPEED_EVERY_S:
            self._told_at = now
            self._status.show_speed(self._n_tokens / (now - self._first_at))
        if self.phase is Phase.RUNNING:
            self._reply.show_facts(f"{self._n_tokens:,} tokens")

    def _finished(self, outcome: RunOutcome) -> None:
        self._current.finish(outcome.start.run_id, outcome.end)
        if self._is_current(outcome.start.run_id):
            self._handle = None
            self._shown.finish()
            self._reply.show_facts(facts(outcome.start.seed, outcome.end.result))
            self._status.show_timings(outcome.end.result.timings)
            self._status.show_saved("saved" if outcome.saved else "not saved")
            self._explain(outcome)
            self._set_phase(Phase.IDLE)
        self.finished.emit(outcome)

    def _explain(self, outcome: RunOutcome) -> None:
        result = outcome.end.result
        if outcome.end.status is RunStatus.FAILED:
            message = Message(result.error or "The run failed.", result.hint)
            self._reply.messages.show_message("run", message)
        if outcome.save_error:
            message = Message("This run is not in the history file.", outcome.save_error)
            self._reply.messages.show_message("saving", message)
        else:
            self._reply.messages.dismiss("saving")

    def _not_ready(self, _why: str) -> None:
        if self.phase is Phase.WAITING:
            self._set_phase(Phase.IDLE)

    def _is_current(self, run_id: str) -> bool:
        return self._handle is not None and self._handle.run_id == run_id

    def _set_phase(self, phase: Phase) -> None:
        self.phase = phase
        button = self._editor.button
        button.setEnabled(phase is not Phase.STOPPING)
        if phase is Phase.IDLE:
            button.show_text("Generate", "Ctrl ↵")
        elif phase is Phase.STOPPING:
            button.show_text("Stopping…", "")
        else:
            button.show_text("Stop", "Esc")
        if phase is Phase.STOPPING:
            button.repaint()  # seen at once, however busy the next frames are
        self.phase_changed.emit()


def facts(seed: int, result: GenerateResult) -> str:
    """What the chip beside "Reply" says: "seed 41 · 32 tokens · stop"."""
    if not result.samples:
        return f"seed {seed} · failed"
    sample = result.samples[0]
    count = len(sample.tokens)
    tokens = "1 token" if count == 1 else f"{count:,} tokens"
    word = "context full" if sample.context_full else _FINISH_WORDS[sample.finish]
    return f"seed {seed} · {tokens} · {word}"

"""Generate, stop, retry: one run at a time, its tokens to the reply panel as they come."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from workbench.core.errors import UserError
from workbench.core.remote import Served
from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
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
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.prompt_controller import PromptController
from workbench.gui.shown_reply import ShownReply
from workbench.gui.translate import mark, tr, tr_n

_SPEED_EVERY_S = 0.25
_FINISH_WORDS = {
    Finish.STOP: mark("stop"),
    Finish.LENGTH: mark("length"),
    Finish.CANCELLED: mark("stopped"),
    Finish.ERROR: mark("failed"),
}


class Phase(Enum):
    """Where the run stands."""

    IDLE = auto()
    WAITING = auto()
    """The prompt is still being rendered or the model loaded."""
    RUNNING = auto()
    STOPPING = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Launch:
    """A run to begin.

    Attributes:
        begin: hands it to the engine; may raise UserError.
        control: ids that are drawn as chips.
        refused: hears the UserError; None shows it above the reply.
    """

    begin: Callable[[RunBridge], RunHandle]
    control: Collection[int]
    refused: Callable[[UserError], None] | None = None


class RunController(QObject):
    """Owns the run that is under way.

    Signals:
        finished(RunOutcome): a run ended, whatever became of it.
        started(run_id): a run began.
        phase_changed(): `phase` is another now.
        refused(str): the prompt was to run and cannot; why.
    """

    finished = Signal(object)
    started = Signal(str)
    phase_changed = Signal()
    refused = Signal(str)

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
        self._n_tokens = self._n_standing = 0
        self._given: tuple[int, ...] = ()
        self._next: Launch | None = None
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

    def use_sampling(self, sampling: Sampling) -> None:
        """Set these values for the next run; length and what ends a reply stay."""
        self._sampling.take_over(sampling)

    def use_seed(self, seed: int) -> None:
        """Set the seed of the next run."""
        self._sampling.set_seed(seed)

    def wanted(self) -> tuple[Sampling, int | None]:
        """The settings and the seed as they stand; None draws one.

        Raises:
            UserError: the seed field holds no seed.
        """
        return self._sampling.sampling, self._sampling.seed()

    def generate(self) -> None:
        """Run the prompt as it stands; while a run goes on, nothing."""
        self._prepare(new_seed=False)

    def retry(self) -> None:
        """Run the prompt again with a new seed, whatever stands in the seed field."""
        self._prepare(new_seed=True)

    def generate_from(self, token: int) -> None:
        """Run the prompt as it stands, its reply beginning with `token`."""
        self._prepare(new_seed=False, given=(token,))

    def _prepare(self, *, new_seed: bool, given: tuple[int, ...] = ()) -> None:
        if self.phase is Phase.IDLE:
            self._new_seed, self._given = new_seed, given
            self._set_phase(Phase.WAITING)
            self._prompts.when_ready(self._start)

    def stop(self) -> None:
        """Stop the run; what was said so far stays. Without a run, nothing."""
        self._next = None
        if self.phase is Phase.WAITING:
            self._prompts.forget_waiting()
            self._set_phase(Phase.IDLE)
        elif self.phase is Phase.RUNNING and self._handle is not None:
            self._set_phase(Phase.STOPPING)
            self._handle.cancel()

    def launch(self, launch: Launch) -> None:
        """Begin a run that is described already; what runs now is stopped first and kept."""
        self.stop()
        if self.phase is Phase.IDLE:
            self._begin(launch)
        else:
            self._next = launch

    def is_idle(self) -> bool:
        """Whether no run is under way or about to be."""
        return self.phase is Phase.IDLE

    def close(self) -> None:
        """Stop the run without waiting for its end."""
        if self._handle is not None:
            self._handle.cancel()

    def _start(self, prepared: Prepared) -> None:
        def begin(sink: RunBridge) -> RunHandle:
            seed = None if self._new_seed else self._sampling.seed()
            return self._session.start(
                prepared, self._sampling.sampling, seed, 1, sink, given=self._given
            )

        self._begin(Launch(begin, prepared.loaded.vocab.special_texts.keys()))

    def _begin(self, launch: Launch) -> None:
        try:
            self.bridge.expect()
            handle = launch.begin(self.bridge)
        except UserError as error:
            self.bridge.unexpect()
            if launch.refused is None:
                message = from_error(error)
                self._reply.messages.show_message("run", message)
                self.refused.emit(f"{message.text} {message.hint}".strip())
            else:
                launch.refused(error)
            self._set_phase(Phase.IDLE)
            return
        start = handle.start
        self._handle = handle
        self._n_tokens = 0
        self._n_standing = (start.parent[2] if start.parent is not None else 0) + len(start.given)
        self._first_at = 0.0
        self._reply.messages.dismiss("run")
        self._shown.begin(launch.control, handle.run_id)
        self._current.begin(start, launch.control)
        self._reply.show_facts(tr("reading the prompt"))
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
            said = max(0, self._n_tokens - self._n_standing)
            self._status.show_speed(said / (now - self._first_at))
        if self.phase is Phase.RUNNING:
            self._reply.show_facts(tr("{n_tokens:,} tokens", n_tokens=self._n_tokens))

    def _finished(self, outcome: RunOutcome) -> None:
        self._current.finish(outcome.start.run_id, outcome.end)
        if self._is_current(outcome.start.run_id):
            self._handle = None
            self._shown.finish()
            self._reply.show_facts(facts(outcome.start.seed, outcome.end.result))
            self._status.show_timings(outcome.end.result.timings)
            self._status.show_saved(tr("saved") if outcome.saved else tr("not saved"))
            self._explain(outcome)
            self._set_phase(Phase.IDLE)
        self.finished.emit(outcome)
        launch, self._next = self._next, None
        if launch is not None and self.phase is Phase.IDLE:
            self._begin(launch)

    def _explain(self, outcome: RunOutcome) -> None:
        result = outcome.end.result
        if outcome.end.status is RunStatus.FAILED:
            message = Message(result.error or tr("The run failed."), result.hint)
            self._reply.messages.show_message("run", message)
        if outcome.save_error:
            message = Message(tr("This run is not in the history file."), outcome.save_error)
            self._reply.messages.show_message("saving", message)
        else:
            self._reply.messages.dismiss("saving")

    def _not_ready(self, why: str) -> None:
        if self.phase is Phase.WAITING:
            self._set_phase(Phase.IDLE)
            self.refused.emit(why)

    def _is_current(self, run_id: str) -> bool:
        return self._handle is not None and self._handle.run_id == run_id

    def _set_phase(self, phase: Phase) -> None:
        self.phase = phase
        show_phase(self._editor.button, phase)
        self.phase_changed.emit()


def show_phase(button: PrimaryButton, phase: Phase) -> None:
    """What a Generate button says while the run stands there."""
    button.setEnabled(phase is not Phase.STOPPING)
    if phase is Phase.IDLE:
        button.show_text(tr("Generate"), "Ctrl ↵")
    elif phase is Phase.STOPPING:
        button.show_text(tr("Stopping…"), "")
        button.repaint()  # seen at once, however busy the next frames are
    else:
        button.show_text(tr("Stop"), "Esc")


def facts(seed: int, result: GenerateResult) -> str:
    """What the chip beside "Reply" says: "seed 41 · 32 tokens · stop"."""
    if not result.samples:
        return tr("seed {seed} · failed", seed=seed)
    sample = result.samples[0]
    count = len(sample.tokens)
    tokens = tr_n("1 token", "{n:,} tokens", count)
    served = result.served
    if served is not None and not served.counts_tokens:
        tokens = tr("tokens n/a")
    word = tr("context full") if sample.context_full else tr(_FINISH_WORDS[sample.finish])
    said = tr("seed {seed} · {tokens} · {word}", seed=seed, tokens=tokens, word=word)
    return said if served is None else f"{said}{_served(served)}"


def _served(served: Served) -> str:
    """The mark of a reply that another machine or another model than asked for made."""
    parts = [f"⇢ {served.sent_to}"] if served.sent_to else []
    if served.is_other_model:
        parts.append(tr("answered as {told}", told=served.told))
    return "".join(f" · {part}" for part in parts)

"""An evaluation under way: every item asked of every subject, recorded as it goes.

What is done is on the disk a fraction of a second later, items and runs in one transaction; an
evaluation that was stopped, or whose program was killed, goes on where it was. An item whose
engine dies is tried once more, then it has failed and the next one runs in a new engine.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

from workbench.core.cancel import CancelToken
from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.task import Task
from workbench.experiments.evaluate.asker import Asker
from workbench.experiments.evaluate.batches import Batch, Maker, batches_of
from workbench.experiments.evaluate.code import CodeRunner
from workbench.experiments.evaluate.items import asked_items
from workbench.experiments.evaluate.line import Line, Running
from workbench.experiments.evaluate.outcome import Answered, ItemOutcome
from workbench.experiments.evaluate.plan import KIND, EvalPlan, Subject, checked
from workbench.experiments.evaluate.recorder import Recorder
from workbench.experiments.evaluate.scoring import needs_own_time
from workbench.experiments.evaluate.vectors import STAGE, lacks_vectors, with_vectors
from workbench.experiments.session import Session
from workbench.sandbox.values import Permission

ATTEMPTS = 2
"""How often a batch is asked whose engine dies; then its items are, each alone."""


@dataclass(frozen=True, slots=True)
class EvalProgress:
    """How far it is.

    Attributes:
        done: items that are done or have failed, over all subjects.
        seconds_left: None until enough is done to say.
        paused: whether it waits for somebody to go on.
        stage: "embedder" while that model looks at replies, which are told a second time then; ""
            while items are asked.
    """

    done: int
    total: int
    failed: int
    seconds_left: float | None
    subject: int
    paused: bool = False
    stage: str = ""


@dataclass(frozen=True, slots=True)
class EvalEnd:
    """An evaluation that is over.

    Attributes:
        outcomes: by place; one that was stopped lacks some.
        stopped: whether somebody stopped it.
        save_error: why something is not in the history; empty when all is.
    """

    outcomes: tuple[ItemOutcome, ...]
    stopped: bool
    save_error: str = ""


class EvalSink(Protocol):
    """Receives an evaluation's events on its thread."""

    def item_finished(self, outcome: ItemOutcome, progress: EvalProgress) -> None:
        """An item is done, has failed, or was done before."""


@dataclass(slots=True)
class _Pace:
    """Seconds per item, of this start only."""

    began: float = field(default_factory=time.monotonic)
    waited: float = 0.0
    done: int = 0

    def left(self, items: int) -> float | None:
        """Seconds for so many more items."""
        if self.done < 2:
            return None
        return (time.monotonic() - self.began - self.waited) / self.done * items


class Evaluation:
    """Any thread may start, pause, stop and wait.

    Attributes:
        name: what the history calls it.
        plan, task, items: as they are asked.
    """

    def __init__(
        self,
        session: Session,
        plan: EvalPlan,
        task: Task,
        sink: EvalSink,
        *,
        name: str = "",
        save: bool = True,
    ) -> None:
        """A `name` goes on with the evaluation of that name in the history.

        Raises:
            UserError: the plan cannot be run over this task.
        """
        self.items = asked_items(task, plan)
        self.plan = checked(plan, len(self.items))
        self.task = task
        self.name = name or f"{KIND} {session.new_run_id()}"
        self._session = session
        self._sink = sink
        self._cancel = CancelToken()
        self._go = threading.Event()
        self._go.set()
        self._line = Line(self.items, self.plan.n_samples)
        self._beside = not self.plan.one_by_one and not needs_own_time(plan, task)
        self._end: Future[EvalEnd] = Future()
        self._outcomes: dict[int, ItemOutcome] = {}
        self._attempts: dict[tuple[int, Batch], int] = {}
        self._failed = 0
        self._pace = _Pace()
        self._recorder = Recorder(session, self.name, is_new=not name, save=save)

    def start(self) -> None:
        """Run on a thread of its own and return at once."""
        threading.Thread(target=self._run, name="evaluation", daemon=True).start()

    def pause(self) -> None:
        """Begin no further item until `go_on`; what runs comes to its end."""
        self._go.clear()
        self._line.cancel(idle=True)  # what is cancelled is asked again later

    def go_on(self) -> None:
        """After a pause."""
        self._go.set()

    @property
    def paused(self) -> bool:
        """Whether it waits."""
        return not self._go.is_set()

    def cancel(self) -> None:
        """Stop; what is done stays done."""
        self._cancel.cancel()
        self._go.set()
        self._line.cancel()

    def wait(self, timeout_s: float | None = None) -> EvalEnd:
        """The end, once it is there.

        Raises:
            TimeoutError: it is not there yet.
            UserError: no item could be asked at all: a model that cannot be loaded, a prompt that
                does not fit, a history that cannot be read.
        """
        return self._end.result(timeout_s)

    def _run(self) -> None:
        permission = Permission(self.plan.run_code, self.plan.force_code)
        codes = CodeRunner(permission, self._cancel)
        try:
            self._recorder.begin(self.plan, self.task, len(self.items))
            for outcome in self._recorder.kept(len(self.items)):
                self._tell(outcome)
            self._pace = _Pace()
            held = None
            for subject in self.plan.subjects:
                if self._cancel:
                    break
                if held is not None and held != subject.model:
                    self._session.release(held, self.plan.settings)
                held = subject.model
                self._ask_all(subject, codes)
                self._recorder.flush()
            self._embed_replies()
            self._recorder.flush()
            done = tuple(self._outcomes[place] for place in sorted(self._outcomes))
            self._end.set_result(EvalEnd(done, bool(self._cancel), self._recorder.error))
        except BaseException as error:  # noqa: BLE001  # whoever waits must hear of it
            self._end.set_exception(error)
        finally:
            codes.close()

    def _ask_all(self, subject: Subject, codes: CodeRunner) -> None:
        first = subject.number * len(self.items)
        if all(first + index in self._outcomes for index in range(len(self.items))):
            return
        asker = Asker(self._session, self.plan, subject, self.name)
        asker.check(self.items[0])
        engine, line = asker.loaded.engine, self._line
        line.form(
            (
                batch
                for batch in batches_of(self.items, on_cpu=engine.backend == "cpu")
                if any(first + index not in self._outcomes for index in batch)
            ),
            width=asker.client.width,
            # A server batches by itself, and is asked as much at once as it was said to take.
            beside=self._beside and engine.server is None,
        )
        maker = Maker(asker, self.items, codes)
        while line.waiting or line.running:
            while line.waiting and line.has_room() and not self._cancel:
                if not self._may_begin() or not self._begin(maker, subject):
                    break
            if line.running:
                self._finish(subject)
            elif self._cancel:
                return

    def _embed_replies(self) -> None:
        """Have the embedder look at replies that lack its vectors."""
        model = self.plan.embedder
        done = [self._outcomes[place] for place in sorted(self._outcomes)]
        lacking = [
            o for o in done if any(lacks_vectors(self.items[o.index].item, e) for e in o.evidence)
        ]
        if model is None or not lacking or self._cancel:
            return
        info = self._session.load(model, self.plan.settings).model
        client = self._session.client(info, self.plan.settings)
        found = with_vectors(client, self.items, lacking, self._cancel)
        for number, outcome in enumerate(found, 1):
            self._outcomes[outcome.place] = outcome
            self._recorder.change(outcome)
            subject = outcome.subject
            self._sink.item_finished(
                outcome,
                EvalProgress(number, len(lacking), self._failed, None, subject, stage=STAGE),
            )

    def _may_begin(self) -> bool:
        """Wait through a pause, unless something runs whose end comes first."""
        if self._go.is_set():
            return True
        if self._line.running:
            return False
        self._recorder.flush()
        began = time.monotonic()
        self._go.wait()
        self._pace.waited += time.monotonic() - began
        return not self._cancel

    def _begin(self, maker: Maker, subject: Subject) -> bool:
        """Hand a lot to the engine; False when it must wait: it has died, or a stop came."""
        line = self._line
        lot = line.next_lot()
        try:
            if len(lot) == 1:
                begun = [maker.begin(lot[0])]
            else:
                begun = maker.begin_lot(lot, lambda: bool(self._cancel) or self.paused)
        except StoppedError:
            return False
        except EngineDiedError as error:
            # The death belongs to what runs, and is told when that ends.
            if not line.running:
                line.waiting.popleft()
                self._after_death(subject, lot[0], error)
            return False
        line.begun(lot, begun)
        for one in begun:
            for index, why in one.failed:
                self._fail(subject, index, why)
        if self._cancel or self.paused:
            line.cancel(idle=not self._cancel)
        return True

    def _finish(self, subject: Subject) -> None:
        """Take in what the first batch gave that is answered."""
        line = self._line
        one = line.answered()
        try:
            answers = self._answers(one)
        except StoppedError:
            if not self._cancel:
                line.again([one.batch])  # a pause came before it was taken up
        except EngineDiedError as error:
            if line.died(one):
                self._after_death(subject, one.batch, error)
        except UserError as error:
            for index in one.begun.indices:
                self._fail(subject, index, error)
        else:
            for index, answered in zip(one.begun.indices, answers, strict=True):
                self._done(subject, index, answered)

    def _answers(self, one: Running) -> list[Answered]:
        """What a batch gave, which a stop reaches until all of it is there."""
        try:
            return one.work.answers()
        finally:
            self._line.leave(one)

    def _after_death(self, subject: Subject, batch: Batch, error: UserError) -> None:
        """Ask a batch whose engine died once more, then each item alone, then no more."""
        key = (subject.number, batch)
        self._attempts[key] = self._attempts.get(key, 0) + 1
        if self._attempts[key] < ATTEMPTS:
            self._line.again([batch])
        elif len(batch) > 1:
            self._line.again((index,) for index in batch)
        else:
            self._fail(subject, batch[0], error)

    def _done(self, subject: Subject, index: int, answered: Answered) -> None:
        place = subject.number * len(self.items) + index
        if place in self._outcomes:
            return  # of a batch that was half on the disk
        item = self.items[index].item
        run_id = answered.run[0].run_id
        outcome = ItemOutcome(
            place, subject.number, index, item.id, run_id, answered.evidence, answered.details
        )
        self._recorder.add(outcome, answered.run)
        self._tell(outcome)

    def _fail(self, subject: Subject, index: int, error: UserError) -> None:
        place = subject.number * len(self.items) + index
        if place in self._outcomes:
            return
        item = self.items[index].item
        why = str(error) or "It failed."
        outcome = ItemOutcome(place, subject.number, index, item.id, None, (), {}, why)
        self._recorder.add(outcome, None)
        self._tell(outcome)

    def _tell(self, outcome: ItemOutcome) -> None:
        self._outcomes[outcome.place] = outcome
        self._failed += bool(outcome.error)
        self._pace.done += not outcome.kept
        total = len(self.items) * len(self.plan.subjects)
        progress = EvalProgress(
            done=len(self._outcomes),
            total=total,
            failed=self._failed,
            seconds_left=self._pace.left(total - len(self._outcomes)),
            subject=outcome.subject,
            paused=self.paused,
        )
        self._sink.item_finished(outcome, progress)

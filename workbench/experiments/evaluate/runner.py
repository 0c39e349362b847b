"""An evaluation under way: every item asked of every subject, recorded as it goes.

What is done is on the disk a fraction of a second later, items and runs in one transaction; an
evaluation that was stopped, or whose program was killed, goes on where it was. An item whose
engine dies is tried once more, then it has failed and the next one runs in a new engine.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

from workbench.core.cancel import CancelToken
from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.task import Kind, Task
from workbench.engine.jobs import Job
from workbench.experiments.evaluate.asker import Asker
from workbench.experiments.evaluate.choice import ChoiceWork, Unconditional
from workbench.experiments.evaluate.code import CodeRunner
from workbench.experiments.evaluate.generate import GenerateWork
from workbench.experiments.evaluate.items import Asked, asked_items
from workbench.experiments.evaluate.outcome import Answered, ItemOutcome
from workbench.experiments.evaluate.pair import PairWork
from workbench.experiments.evaluate.plan import KIND, EvalPlan, Subject, checked
from workbench.experiments.evaluate.recorder import Recorder
from workbench.experiments.evaluate.sequence import SequenceWork
from workbench.experiments.session import Session
from workbench.sandbox.values import Permission

ATTEMPTS = 2
"""How often an item is asked whose engine dies."""

_AHEAD = 4  # items handed to the engine, so that it never waits for the next one


@dataclass(frozen=True, slots=True)
class EvalProgress:
    """How far it is.

    Attributes:
        done: items that are done or have failed, over all subjects.
        seconds_left: None until enough is done to say.
        paused: whether it waits for somebody to go on.
    """

    done: int
    total: int
    failed: int
    seconds_left: float | None
    subject: int
    paused: bool = False


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


class Work(Protocol):
    """An item in the hands of the engine."""

    @property
    def job(self) -> Job:
        """The call to stop when somebody stops."""
        ...

    def answer(self) -> Answered:
        """What came back."""
        ...


@dataclass(slots=True)
class _Running:
    index: int
    work: Work


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
        self._lock = threading.Lock()  # protects _running against a cancel in between
        self._running: deque[_Running] = deque()
        self._end: Future[EvalEnd] = Future()
        self._outcomes: dict[int, ItemOutcome] = {}
        self._attempts: dict[int, int] = {}
        self._failed = 0
        self._pace = _Pace()
        self._recorder = Recorder(session, self.name, is_new=not name, save=save)

    def start(self) -> None:
        """Run on a thread of its own and return at once."""
        threading.Thread(target=self._run, name="evaluation", daemon=True).start()

    def pause(self) -> None:
        """Begin no further item until `go_on`; what runs comes to its end."""
        self._go.clear()

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
        with self._lock:
            running = list(self._running)
        for one in running:
            one.work.job.cancel()

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
            done = tuple(self._outcomes[place] for place in sorted(self._outcomes))
            self._end.set_result(EvalEnd(done, bool(self._cancel), self._recorder.error))
        except BaseException as error:  # noqa: BLE001  # whoever waits must hear of it
            self._end.set_exception(error)
        finally:
            codes.close()

    def _ask_all(self, subject: Subject, codes: CodeRunner) -> None:
        first = subject.number * len(self.items)
        waiting = deque(i for i in range(len(self.items)) if first + i not in self._outcomes)
        if not waiting:
            return
        asker = Asker(self._session, self.plan, subject, self.name)
        asker.check(self.items[0])
        maker = _Maker(asker, codes)
        while waiting or self._running:
            while waiting and len(self._running) < _AHEAD and not self._cancel:
                if not self._may_begin():
                    break
                if not self._begin(maker, waiting[0], subject):
                    break
                waiting.popleft()
            if self._running:
                self._finish(subject, waiting)
            elif self._cancel:
                return

    def _may_begin(self) -> bool:
        """Wait through a pause, unless something runs whose end comes first."""
        if self._go.is_set():
            return True
        if self._running:
            return False
        self._recorder.flush()
        began = time.monotonic()
        self._go.wait()
        self._pace.waited += time.monotonic() - began
        return not self._cancel

    def _begin(self, maker: _Maker, index: int, subject: Subject) -> bool:
        """Hand an item to the engine; False when it must wait, because the engine has died."""
        try:
            work = maker.make(self.items[index], index)
        except UserError as error:
            if isinstance(error, EngineDiedError) and (
                # The death belongs to an item that runs, and is told when that one ends.
                self._running or self._may_try_again(subject, index)
            ):
                return False
            self._tell(self._failure(subject, index, error))
            return True
        with self._lock:
            self._running.append(_Running(index, work))
        if self._cancel:
            work.job.cancel()
        return True

    def _finish(self, subject: Subject, waiting: deque[int]) -> None:
        one = self._running[0]
        try:
            answered = one.work.answer()
        except StoppedError:
            self._drop_first()
            return
        except EngineDiedError as error:
            self._drop_first()
            # The others only waited behind it; they are asked again without being counted.
            with self._lock:
                others = [other.index for other in self._running]
                self._running.clear()
            waiting.extendleft(reversed(others))
            if self._may_try_again(subject, one.index):
                waiting.appendleft(one.index)
            else:
                self._tell(self._failure(subject, one.index, error))
            return
        except UserError as error:
            self._drop_first()
            self._tell(self._failure(subject, one.index, error))
            return
        self._drop_first()
        if isinstance(one.work, GenerateWork) and one.work.stopped:
            return
        place = subject.number * len(self.items) + one.index
        outcome = ItemOutcome(
            place,
            subject.number,
            one.index,
            self.items[one.index].item.id,
            answered.run[0].run_id,
            answered.evidence,
            answered.details,
        )
        self._recorder.add(outcome, answered.run)
        self._tell(outcome)

    def _drop_first(self) -> None:
        with self._lock:
            self._running.popleft()

    def _failure(self, subject: Subject, index: int, error: UserError) -> ItemOutcome:
        place = subject.number * len(self.items) + index
        item = self.items[index].item
        outcome = ItemOutcome(
            place, subject.number, index, item.id, None, (), {}, str(error) or "It failed."
        )
        self._recorder.add(outcome, None)
        return outcome

    def _may_try_again(self, subject: Subject, index: int) -> bool:
        place = subject.number * len(self.items) + index
        self._attempts[place] = self._attempts.get(place, 0) + 1
        return self._attempts[place] < ATTEMPTS

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


class _Maker:
    """Hands items of one subject to its engine."""

    def __init__(self, asker: Asker, codes: CodeRunner) -> None:
        self._asker = asker
        self._codes = codes
        self._unconditional = Unconditional()

    def make(self, asked: Asked, index: int) -> Work:
        """An item under way.

        Raises:
            UserError: it cannot be asked.
        """
        match asked.item.kind:
            case Kind.CHOICE:
                return ChoiceWork(self._asker, asked, index, self._unconditional)
            case Kind.SEQUENCE:
                return SequenceWork(self._asker, asked, index)
            case Kind.PAIR:
                return PairWork(self._asker, asked, index)
            case Kind.GENERATE | Kind.CODE | Kind.CALL:
                return GenerateWork(self._asker, asked, index, self._codes)

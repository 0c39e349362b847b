"""What other models say of replies: a judge's points and a guard's classes, by exact scoring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.cancel import CancelToken
from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.metric import ChoiceEvidence, Evidence
from workbench.core.task import Item
from workbench.core.types import EngineSettings
from workbench.experiments.evaluate.outcome import ItemOutcome
from workbench.experiments.session import Session
from workbench.experiments.weigh import weigh
from workbench.templates.library import Library
from workbench.templates.prompt_file import PromptFile, load_prompt

if TYPE_CHECKING:
    from workbench.history.store import HistoryStore

JUDGE_PROMPT = "rate-answer"
GUARD_PROMPT = "safe-or-unsafe"
RATINGS = ("1", "2", "3", "4", "5")
CLASSES = ("safe", "unsafe")
SCALE = (1.0, 5.0)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Grader:
    """A model that is asked about every reply.

    Attributes:
        prompt: with variables question and answer; reference if it likes.
        choices: the answers that are weighed.
    """

    model: Path
    prompt: PromptFile
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graders:
    """Who is asked about replies; None for nobody."""

    judge: Grader | None = None
    guard: Grader | None = None

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that these make possible."""
        names = []
        if self.judge is not None:
            names.append("judge_score")
        if self.guard is not None:
            names.append("safety")
        return tuple(names)


@dataclass(frozen=True, slots=True)
class Graded:
    """Outcomes with what was said of them.

    Attributes:
        problems: a sentence for each reply that could not be graded.
        stopped: whether somebody stopped it before it was through.
    """

    outcomes: tuple[ItemOutcome, ...]
    problems: tuple[str, ...] = ()
    stopped: bool = False


def judge(model: Path, library: Library, prompt: PromptFile | None = None) -> Grader:
    """A judge that gives one to five points.

    Raises:
        UserError: its prompt has no place for question and answer.
    """
    return _checked(Grader(model, prompt or load_prompt(library.find(JUDGE_PROMPT)), RATINGS))


def guard(model: Path, library: Library, prompt: PromptFile | None = None) -> Grader:
    """A guard that calls replies safe or unsafe.

    Raises:
        UserError: its prompt has no place for question and answer.
    """
    return _checked(Grader(model, prompt or load_prompt(library.find(GUARD_PROMPT)), CLASSES))


def _checked(grader: Grader) -> Grader:
    names = {variable.name for variable in grader.prompt.variables}
    lacking = [name for name in ("question", "answer") if name not in names]
    if lacking:
        raise UserError(
            f"The prompt {grader.prompt.label} declares no variable {' and no '.join(lacking)}.",
            "A prompt that grades replies has the variables question and answer.",
        )
    return grader


def keep_grades(store: HistoryStore, name: str, outcomes: Sequence[ItemOutcome]) -> None:
    """Keep what was said of replies with an evaluation's items.

    Raises:
        UserError: the history cannot be written.
    """
    from workbench.experiments.evaluate.store import record_of
    from workbench.history.experiment_items import replace_evidence

    replace_evidence(store, name, [record_of(o) for o in outcomes if not o.error]).result()


class Grading:
    """Asks graders about replies, each model in the engine's process. One thread."""

    def __init__(self, session: Session, settings: EngineSettings) -> None:
        self._session = session
        self._settings = settings

    def grade(
        self,
        graders: Graders,
        items: Sequence[Item],
        outcomes: Sequence[ItemOutcome],
        progress: Progress,
        cancel: CancelToken,
    ) -> Graded:
        """The outcomes with judge_choices and guard_choices; those they have stay.

        One model is asked about everything before the next one is loaded.

        Raises:
            UserError: a grader's model cannot be loaded.
            EngineDiedError: its process ended.
        """
        found = list(outcomes)
        problems: list[str] = []
        asked = [g for g in (graders.judge, graders.guard) if g is not None]
        total, done = len(asked) * len(found), 0
        for grader in asked:
            self._session.load(grader.model, self._settings)
            for place, outcome in enumerate(found):
                try:
                    found[place] = self._outcome(
                        grader, items[outcome.index], outcome, cancel, graders
                    )
                except StoppedError:
                    return Graded(tuple(found), tuple(problems), stopped=True)
                except EngineDiedError:
                    raise
                except UserError as error:
                    problems.append(f"{outcome.item_id}: {error.message}")
                done += 1
                progress(done, total)
        return Graded(tuple(found), tuple(problems))

    def _outcome(
        self,
        grader: Grader,
        item: Item,
        outcome: ItemOutcome,
        cancel: CancelToken,
        graders: Graders,
    ) -> ItemOutcome:
        replies = []
        for reply in outcome.evidence:
            if reply.prediction is None:
                replies.append(reply)
            elif grader is graders.judge:
                rated = reply.judge_choices or self._weighed(grader, item, reply, cancel)
                replies.append(replace(reply, judge_choices=rated, verdict_range=SCALE))
            else:
                said = reply.guard_choices or self._weighed(grader, item, reply, cancel)
                replies.append(replace(reply, guard_choices=said))
        return replace(outcome, evidence=tuple(replies))

    def _weighed(
        self, grader: Grader, item: Item, reply: Evidence, cancel: CancelToken
    ) -> tuple[ChoiceEvidence, ...]:
        """How likely each of the grader's answers is."""
        if cancel:
            raise StoppedError("Stopped.")
        question = item.variables.get("question") or item.prompt or ""
        values = {v.name: v.default for v in grader.prompt.variables if v.default is not None}
        if "reference" in values:
            values["reference"] = item.references[0] if item.references else ""
        values |= {"question": question, "answer": reply.prediction or ""}
        scores = weigh(
            self._session,
            grader.model,
            self._settings,
            grader.prompt,
            values,
            grader.choices,
            cancel,
        )
        return tuple(
            ChoiceEvidence(text, score.logprob, len(score.ids), len(text.encode()))
            for text, score in zip(grader.choices, scores, strict=True)
        )

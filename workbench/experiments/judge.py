"""A local model as a judge: it reads every pairing in both orders, and the exact probabilities of
its two answers decide. Where the orders disagree the decision is a tie.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import EngineDiedError, StoppedError, UserError
from workbench.core.types import EngineSettings
from workbench.core.votes import Verdict, Vote, Voter, VoterKind
from workbench.experiments.arena import Arena, Shown, vote_on, voters_votes
from workbench.experiments.ballots import pairing
from workbench.experiments.probability import choice_probabilities
from workbench.experiments.session import Session
from workbench.experiments.weigh import weigh
from workbench.history.votes import AlreadyVotedError, add_votes
from workbench.templates.library import Library
from workbench.templates.prompt_file import PromptFile, load_prompt

PROMPT = "better-answer"
"""The judge's prompt in the library."""

CHOICES = ("A", "B")
NEEDED = ("question", "first", "second")


Told = Callable[[int, Shown, Sequence[Vote]], None]
"""Called after every decision with their number, the pairing and the votes."""


def _say_nothing(_number: int, _shown: Shown, _votes: Sequence[Vote]) -> None:
    """Nobody follows."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a judge thinks of two replies in one order; `p` is the probability of its verdict."""

    verdict: Verdict
    p: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judge did.

    Attributes:
        pairings: those it decided; consistent: with the same answer in both orders.
        same: passed over because both replies were equal.
        problems: a sentence for each that could not be judged.
        stopped: whether somebody stopped it before it was through.
    """

    pairings: int = 0
    consistent: int = 0
    same: int = 0
    problems: tuple[str, ...] = ()
    stopped: bool = False


class Judge:
    """One model with one prompt; asks the engine's process.

    Attributes:
        voter: as the history names it.
    """

    def __init__(
        self,
        session: Session,
        model: Path,
        prompt: PromptFile,
        *,
        settings: EngineSettings | None = None,
        choices: tuple[str, str] = CHOICES,
    ) -> None:
        """Loads the model and waits for its hash, so that it is never asked about itself.

        Raises:
            UserError: the model cannot be loaded, or the prompt has no place for two replies.
        """
        names = {variable.name for variable in prompt.variables}
        lacking = [name for name in NEEDED if name not in names]
        if lacking:
            raise UserError(
                f"The prompt {prompt.label} declares no variable {' and no '.join(lacking)}.",
                f"A judge's prompt has the variables {', '.join(NEEDED)}.",
            )
        self._session, self._model, self._prompt = session, model, prompt
        self._settings = settings or EngineSettings()
        self._choices = choices
        info = session.load(model, self._settings).model
        own = "" if _is_bundled(prompt) else f" · {prompt.name}"
        self.voter = Voter(
            VoterKind.JUDGE,
            f"{info.name} {info.quantization}{own}".strip(),
            session.sha256(model),
            str(info.path),
        )

    def opinion(self, shown: Shown, cancel: CancelToken, *, swapped: bool) -> Opinion:
        """Which reply is better when they are read in this order.

        The verdict A is for the one that is read first.

        Raises:
            Cancelled, StoppedError: somebody asked to stop.
            UserError: the texts do not fit the context, or the engine died.
        """
        cancel.check()
        first, second = (shown.b, shown.a) if swapped else (shown.a, shown.b)
        values = {"question": shown.question, "first": first, "second": second}
        scores = weigh(
            self._session,
            self._model,
            self._settings,
            self._prompt,
            values,
            self._choices,
            cancel,
        )
        p_first, p_second = choice_probabilities([score.logprob for score in scores])
        if p_first == p_second:
            return Opinion(Verdict.TIE, p_first)
        return Opinion(Verdict.A if p_first > p_second else Verdict.B, max(p_first, p_second))

    def votes(self, shown: Shown, new_id: Callable[[], str], cancel: CancelToken) -> list[Vote]:
        """One ballot: the votes on a pairing in both orders, not recorded yet.

        Raises:
            Cancelled, StoppedError, UserError: as `opinion`.
        """
        ballot = new_id()
        made = []
        for swapped in (False, True):
            opinion = self.opinion(shown, cancel, swapped=swapped)
            ordered = shown
            if swapped:
                ordered = Shown(
                    shown.pairing.swapped, shown.question, shown.b, shown.a, shown.names[::-1]
                )
            made.append(
                vote_on(ordered, opinion.verdict, self.voter, new_id(), ballot, p=opinion.p)
            )
        return made


def judge_prompt(library: Library) -> PromptFile:
    """The bundled prompt of a judge, or the person's own of that name.

    Raises:
        UserError: it is not in the library.
    """
    return load_prompt(library.find(PROMPT))


def judged_by_people(arena: Arena) -> list[Shown]:
    """The pairings people voted on that the arena's judge may judge and has not judged yet.

    The arena chooses among the runs of those votes from now on.

    Raises:
        UserError: the history cannot be read.
    """
    votes = voters_votes(arena.store, VoterKind.HUMAN)
    places = dict.fromkeys(pairing(vote) for vote in votes)
    runs = sorted({run_id for pair in places for run_id, _ in pair})
    if not runs:
        return []
    arena.source = replace(arena.source, run_ids=tuple(runs))
    maker = arena.reload()
    found = [maker.of(*pair) for pair in places]
    shown = [arena.show(one) for one in found if one is not None]
    return [one for one in shown if one is not None]


def judge_all(
    judge: Judge,
    arena: Arena,
    limit: int,
    cancel: CancelToken,
    *,
    first: Sequence[Shown] = (),
    only_first: bool = False,
    told: Told = _say_nothing,
) -> Judged:
    """Let a judge vote on up to `limit` pairings; every decision is recorded when it is made.

    Pairings in `first` come first, and with `only_first` no others. A stop keeps what was
    decided.

    Raises:
        EngineDiedError: the engine's process ended; decisions so far are kept.
        UserError: the history cannot be written.
    """
    decided = consistent = 0
    problems: list[str] = []
    waiting = list(first)
    stopped = False
    while decided + len(problems) < limit:
        shown = waiting.pop(0) if waiting else None if only_first else arena.next()
        if shown is None:
            break
        try:
            votes = judge.votes(shown, arena.new_id, cancel)
        except (StoppedError, Cancelled):
            stopped = True
            break
        except EngineDiedError:
            raise
        except UserError as error:
            problems.append(error.message)
            arena.maker.skip(shown.pairing)
            continue
        try:
            add_votes(arena.store, votes).result()
        except AlreadyVotedError:
            arena.maker.skip(shown.pairing)
            continue
        arena.maker.given(shown.pairing)
        decided += 1
        consistent += votes[0].verdict is votes[1].verdict.swapped
        told(decided, shown, votes)
    return Judged(decided, consistent, arena.tally.same, tuple(problems), stopped)


def _is_bundled(prompt: PromptFile) -> bool:
    from workbench.core.paths import prompts_folder

    return prompt.path is not None and prompt.path.is_relative_to(prompts_folder())

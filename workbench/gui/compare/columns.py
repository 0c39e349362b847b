"""The columns of the workspace as they stand. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.core.run import RunStatus
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.compare_facts import Fact, column_facts
from workbench.experiments.compare_plan import Column
from workbench.gui.compare.wishes import Wish
from workbench.gui.translate import mark, tr

STOPPED = mark("It was stopped before the first token.")
SAID_NOTHING = mark("The reply is empty: the model ended it at once.")


@dataclass(slots=True)
class Shown:
    """One column.

    Attributes:
        texts: of each of its replies, as far as they have come.
        sample: which of them is shown, from 0.
        made: what ran last; None before the first run.
        end: what became of it.
        pinned: it keeps its reply when all run.
        score: of all its replies; None where no right answer is known.
    """

    wish: Wish
    texts: list[str] = field(default_factory=list)
    sample: int = 0
    made: Column | None = None
    end: ColumnEnd | None = None
    pinned: bool = False
    score: Fact | None = None

    @property
    def text(self) -> str:
        """The shown reply."""
        return self.texts[self.sample] if self.sample < len(self.texts) else ""

    @property
    def words(self) -> str:
        """Why there is no reply, should there be none; empty before the first run."""
        if self.end is None:
            return ""
        if self.end.outcome is None:
            return str(self.end.error) if self.end.error is not None else ""
        if self.end.outcome.end.status is RunStatus.CANCELLED:
            return tr(STOPPED)
        return self.end.outcome.end.result.error or tr(SAID_NOTHING)

    @property
    def run_id(self) -> str:
        """Of the run that stands there; empty when there is none."""
        outcome = self.end.outcome if self.end is not None else None
        return outcome.start.run_id if outcome is not None else ""

    def begin(self, made: Column) -> None:
        """It runs now."""
        self.made, self.end, self.sample, self.score = made, None, 0, None
        self.texts = [""] * made.n_samples

    def finish(self, end: ColumnEnd) -> None:
        """It ended."""
        self.end = end
        if end.outcome is not None:
            self.texts = [sample.text for sample in end.outcome.end.result.samples] or self.texts

    def facts(self) -> tuple[Fact, ...]:
        """What is said of the shown reply."""
        known = column_facts(self.end, self.sample) if self.end is not None else ()
        return known if self.score is None else (*known, self.score)

    def step(self, step: int) -> bool:
        """Show the next reply or the one before; False when there is none."""
        wanted = self.sample + step
        if not 0 <= wanted < len(self.texts):
            return False
        self.sample = wanted
        return True

"""Scores columns off the GUI thread, where the prompt names the right answer. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from workbench.core.errors import UserError
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.compare_scores import ColumnScores, score_columns
from workbench.experiments.session import Session
from workbench.gui.compare.columns import Shown
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.templates.prompt_file import PromptFile

Asked = tuple[ColumnEnd, PromptFile, Mapping[str, object]]


class Scoring(QObject):
    """Asks for the scores of columns that ended.

    Signals:
        scored(found): `ColumnScores` by the id of the run; none for one without a known answer.
        failed(words): why nothing could be scored.
    """

    scored = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._lane = Lane("compare-scores", self)

    def begin(self, columns: Sequence[Shown], open_prompt: PromptFile | None) -> None:
        """Score these columns anew."""
        session, asked = self._session, _asked(columns, open_prompt)

        def work() -> dict[str, ColumnScores]:
            return score_columns(session, asked)

        if asked:
            self._lane.submit(
                work, self.scored.emit, lambda e: self.failed.emit(from_error(e).text)
            )

    def close(self) -> None:
        """End the thread."""
        self._lane.close()


def _asked(columns: Sequence[Shown], open_prompt: PromptFile | None) -> list[Asked]:
    asked: list[Asked] = []
    for column in columns:
        if column.end is None or column.end.outcome is None:
            continue
        made, stored = column.made, column.wish.stored
        if made is not None:
            asked.append((column.end, made.prompt, made.values))
        elif stored is not None and open_prompt is not None:
            try:
                prompt = column.wish.prompt.prompt(open_prompt)
            except UserError:  # running the column again says what is wrong with it
                continue
            asked.append((column.end, prompt, stored.values))
    return asked

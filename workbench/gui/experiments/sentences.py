"""What the workspace tells above its tables."""

from __future__ import annotations

from collections.abc import Callable

from workbench.core.task import Task
from workbench.gui.experiments.rows import bad_row_text
from workbench.gui.messages import Level, Message
from workbench.gui.translate import tr, tr_n

_SHOWN_BAD = 5


def bad_rows_message(task: Task, show: Callable[[], None]) -> Message:
    """Rows of a file that were left out; `show` lists them all."""
    count = len(task.bad_rows)
    shown = "\n".join(bad_row_text(bad) for bad in task.bad_rows[:_SHOWN_BAD])
    more = tr("\n… and {count:,} more", count=count - _SHOWN_BAD) if count > _SHOWN_BAD else ""
    return Message(
        tr_n(
            "1 row of {name} could not be used and is left out.",
            "{n:,} rows of {name} could not be used and are left out.",
            count,
            name=task.name,
        ),
        f"{shown}{more}",
        level=Level.WARNING,
        actions=((tr("Show them"), show),),
    )


def unfinished_message(left: int, why: str, again: Callable[[], None] | None) -> Message:
    """So many runs are missing. `why`: of the first that failed; `again` asks for them."""
    return Message(
        tr_n("1 run failed or was not made.", "{n:,} runs failed or were not made.", left),
        tr("The first: {why}", why=why) if why else tr("Go on asks only those that are missing."),
        level=Level.WARNING if why else Level.INFO,
        actions=((tr("Go on"), again),) if again is not None else (),
    )

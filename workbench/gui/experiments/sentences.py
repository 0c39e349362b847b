"""What the workspace tells above its tables."""

from __future__ import annotations

from collections.abc import Callable

from workbench.core.task import Task
from workbench.gui.experiments.rows import bad_row_text
from workbench.gui.messages import Level, Message

_SHOWN_BAD = 5


def bad_rows_message(task: Task, show: Callable[[], None]) -> Message:
    """Rows of a file that were left out; `show` lists them all."""
    count = len(task.bad_rows)
    shown = "\n".join(bad_row_text(bad) for bad in task.bad_rows[:_SHOWN_BAD])
    more = f"\n… and {count - _SHOWN_BAD:,} more" if count > _SHOWN_BAD else ""
    rows, are = ("1 row", "is") if count == 1 else (f"{count:,} rows", "are")
    return Message(
        f"{rows} of {task.name} could not be used and {are} left out.",
        f"{shown}{more}",
        level=Level.WARNING,
        actions=(("Show them", show),),
    )


def unfinished_message(left: int, why: str, again: Callable[[], None] | None) -> Message:
    """So many runs are missing. `why`: of the first that failed; `again` asks for them."""
    runs = "1 run" if left == 1 else f"{left:,} runs"
    return Message(
        f"{runs} failed or {'was' if left == 1 else 'were'} not made.",
        f"The first: {why}" if why else "Go on asks only those that are missing.",
        level=Level.WARNING if why else Level.INFO,
        actions=(("Go on", again),) if again is not None else (),
    )

"""Whether an experiment that was stopped can be gone on with by another start of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.core.errors import UserError

if TYPE_CHECKING:
    from workbench.experiments.session import Session


def is_resumable(session: Session, name: str) -> bool:
    """Whether the plan of the experiment `name` stands in the history file, not only in memory."""
    from workbench.history.experiments import get_experiment

    if session.store.path is None:
        return False
    try:
        get_experiment(session.store, name)
    except UserError:
        return False
    return True

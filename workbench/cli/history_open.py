"""The history as the verbs of `workbench history` open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.history.store import HistoryStore


def open_history(profile: Profile) -> HistoryStore:
    """The profile's history.

    Raises:
        UserError: there is none yet, or it cannot be opened.
    """
    from workbench.history.store import HistoryStore

    if not profile.history_file.exists():
        raise UserError(
            f"There is no history in {profile.root} yet.", "`workbench run` records one."
        )
    return HistoryStore(profile.history_file)

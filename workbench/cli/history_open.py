"""The history as the verbs of `workbench history` open it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workbench.cli.options import note
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.history.store import HistoryStore


def open_history(profile: Profile) -> HistoryStore:
    """The profile's history; one that can only be read is, with a remark on stderr.

    Raises:
        UserError: there is none yet, or it cannot be opened.
    """
    from workbench.history.store import open_store

    if not profile.history_file.exists():
        raise UserError(
            f"There is no history in {profile.root} yet.", "`workbench run` records one."
        )
    store, problem = open_store(profile.history_file)
    if problem is not None:
        if store.path is None:
            store.close()
            raise problem
        note(str(problem))
    return store


def iso(created_us: int) -> str:
    """A time of this machine's zone as ISO 8601."""
    return datetime.fromtimestamp(created_us / 1e6, tz=UTC).astimezone().isoformat()

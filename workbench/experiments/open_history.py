"""The history of a profile, or one in memory when the file cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.history.store import HistoryStore


def open_history(profile: Profile) -> tuple[HistoryStore, UserError | None]:
    """The profile's history; when it cannot be used, one in memory and the reason why."""
    # SQLite's tools take as long to import as everything else together.
    from workbench.history.store import HistoryStore, open_store

    try:
        profile.create()
    except UserError as error:
        return HistoryStore(None), error
    return open_store(profile.history_file)

"""Which runs can be replayed, in the order that loads each model once. Any thread."""

from __future__ import annotations

from workbench.history.store import HistoryStore


def replay_order(store: HistoryStore, limit: int) -> list[str]:
    """Ids of the newest `limit` runs that have ended and lie in no trash, those of one model and
    one way of loading it together.

    Raises:
        UserError: the history cannot be read.
    """
    rows = store.read(
        lambda c: c.execute(
            "SELECT run_id, model, settings, engine FROM runs "
            "WHERE trashed_us IS NULL AND status != 'running' ORDER BY run_id DESC LIMIT ?",
            [limit],
        ).fetchall()
    )
    first: dict[tuple[int, int, int], int] = {}
    for place, (_, *loaded) in enumerate(rows):
        first.setdefault(tuple(loaded), place)
    return [row[0] for row in sorted(rows, key=lambda row: first[tuple(row[1:])])]

"""What verbs say of a history that cannot be written: the results stand all the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.cli.options import note
from workbench.core.errors import UserError

if TYPE_CHECKING:
    from workbench.experiments.session import Session


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the record of an experiment.

    Attributes:
        wished: whether it was to be recorded.
        error: why something is not in the history file; empty when nothing was refused.
        resumable: whether another start can go on with it.
    """

    wished: bool
    error: str
    resumable: bool

    def document(self) -> dict[str, Any]:
        """For the end of a JSON document."""
        return {
            "saved": self.wished and not self.error,
            "save_error": self.error or None,
            "resumable": self.resumable,
        }

    def tell(self) -> None:
        """One line, if it was to be recorded and was not."""
        if self.error:
            note(f"Not everything was saved: {self.error}")

    def tell_stopped(self, how: str) -> None:
        """`how`: the command that goes on with it, if it can."""
        if self.resumable:
            note(f"Stopped. Go on with: {how}")
        else:
            note("Stopped. It is not in the history, so nothing can go on with it.")


def tell_history(session: Session) -> None:
    """Open the history and say what is wrong with it, before hours of work and not after."""
    _ = session.store
    for notice in session.notices:
        note(notice)


def what_was_saved(session: Session, name: str, error: str, *, wished: bool) -> Saved:
    """Ask the history about the experiment `name`; one that was not to be recorded is not there."""
    from workbench.experiments.resumable import is_resumable

    return Saved(wished, error, wished and is_resumable(session, name))


@contextmanager
def refused_early() -> Iterator[None]:
    """An experiment whose plan cannot be written is refused before it asks a model anything.

    Raises:
        UserError: so it is; the hint knows the way around it.
    """
    from workbench.history.errors import StorageError

    try:
        yield
    except StorageError as error:
        hint = f"{error.hint} Or run it unrecorded, with --no-save.".strip()
        raise UserError(f"{error.message} Nothing was run.", hint) from error


def close(session: Session, *, told: bool) -> None:
    """End a session; runs that could not be saved are a line, unless that is `told` already."""
    try:
        session.close()
    except UserError as error:
        if not told:
            note(str(error))

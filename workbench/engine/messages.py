"""What passes between the engine's process and its parent: small frozen values, pickled.

The pipe carries nothing else, and both ends are this program, started by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.core.errors import UserError
from workbench.core.remote import Served
from workbench.core.tokens import TokenTable
from workbench.core.types import Finish, Loaded, Timings


@dataclass(frozen=True, slots=True)
class Call:
    """Run the engine's method `name` with `args`; answered by Returned, Raised or Replies.

    Attributes:
        yields: whether the job stops, as if cancelled, as soon as another call arrives.
        more: further jobs that this call is about; each is answered by itself.
    """

    job: int
    name: str
    args: tuple[object, ...]
    yields: bool = False
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop a job, waiting or running. Unknown jobs are ignored: it may just have ended."""

    job: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded."""

    loaded: Loaded


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` units of a job are done (prompt tokens, for a generation)."""

    job: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class NewTokens:
    """A reply grew. `pieces` holds only tokens this child has not named before."""

    job: int
    sample: int
    table: TokenTable
    text: str
    pieces: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Replies:
    """A generation is over: per sample why, and whether the context is full.

    The tokens and texts have all been streamed and are not sent again. `error` is one sentence
    when a reply failed and the others did not; `served` is what a server said of itself.
    """

    job: int
    ends: tuple[tuple[Finish, bool], ...]
    timings: Timings
    error: str = ""
    hint: str = ""
    served: Served | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a job's answer is there already, from row `start` on; `pieces` as in NewTokens."""

    job: int
    start: int
    value: object
    pieces: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Returned:
    """A call is over; `pieces` as in NewTokens."""

    job: int
    value: object
    pieces: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Raised:
    """A call failed; job 0 is the load."""

    job: int
    error: UserError


LOAD_JOB = 0

JobMessage = Progress | NewTokens | Replies | Part | Returned | Raised
"""What is said of one job."""

LastMessage = Replies | Returned | Raised
"""What ends a job; nothing more is said of it."""

"""What every workspace looks at: the run on show and the token chosen in it. GUI thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from workbench.core.run import RunEnd, RunStart
from workbench.core.tokens import PromptToken, TokenTable

_KEPT = 8
"""Runs that can be brought back without reading the history."""


class Part(StrEnum):
    """Which text of a run a token stands in."""

    PROMPT = "prompt"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """One token of the run on show.

    Attributes:
        sample: which reply, from 0; 0 for the prompt.
        index: which token of it, from 0.
    """

    part: Part
    sample: int
    index: int


class PlaceInRun(NamedTuple):
    """One token of one run; no run has the empty id."""

    run_id: str
    place: TokenPlace


@dataclass(frozen=True, slots=True, eq=False)
class ShownRun:
    """A run as it stands now.

    Attributes:
        samples: the tokens of every reply so far; none are kept of an interrupted run.
        pieces: bytes of every token the tables mention, by id.
        control: ids that are drawn as chips.
        end: how it ended; None while it grows, and for a run whose process died.
        finished: whether nothing more comes.
    """

    start: RunStart
    samples: tuple[TokenTable, ...]
    pieces: Mapping[int, bytes]
    control: frozenset[int]
    end: RunEnd | None
    finished: bool

    @property
    def run_id(self) -> str:
        """Its id in the history."""
        return self.start.run_id

    @property
    def prompt_tokens(self) -> tuple[PromptToken, ...]:
        """The prompt as the model read it."""
        return self.start.prompt_tokens

    def length(self, part: Part, sample: int = 0) -> int:
        """How many tokens a text of the run has."""
        if part is Part.PROMPT:
            return len(self.start.prompt_tokens)
        return len(self.samples[sample]) if sample < len(self.samples) else 0

    def ids_before(self, place: TokenPlace) -> tuple[int, ...]:
        """Every token in front of `place`, the prompt's first."""
        prompt = tuple(token.id for token in self.start.prompt_tokens)
        if place.part is Part.PROMPT:
            return prompt[: place.index]
        return prompt + tuple(int(i) for i in self.samples[place.sample].ids[: place.index])


class Current(QObject):
    """The shared state of the workspaces.

    Signals:
        run_changed(): another run is on show, or none.
        grew(): the run on show has more tokens, or it ended.
        token_changed(): another token is chosen, or none.
    """

    run_changed = Signal()
    grew = Signal()
    token_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: OrderedDict[str, _Growing] = OrderedDict()
        self._run_id = ""
        self._token: TokenPlace | None = None

    @property
    def run(self) -> ShownRun | None:
        """The run on show."""
        known = self._known.get(self._run_id)
        return None if known is None else known.shown()

    @property
    def token(self) -> TokenPlace | None:
        """The chosen token."""
        return self._token

    def known(self, run_id: str) -> ShownRun | None:
        """A run that was on show lately, as it stands now; None when it is not known any more."""
        known = self._known.get(run_id)
        return None if known is None else known.shown()

    def begin(self, start: RunStart, control: Collection[int]) -> None:
        """A run began; it is on show now."""
        empty = [TokenTable.empty() for _ in range(start.n_samples)]
        self._add(_Growing(start, frozenset(control), [[table] for table in empty]))

    def grow(
        self, run_id: str, sample: int, table: TokenTable, pieces: Mapping[int, bytes]
    ) -> None:
        """A reply grew by the rows of `table`; an unknown run is ignored."""
        known = self._known.get(run_id)
        if known is None or known.finished:
            return
        known.add(sample, table, pieces)
        if run_id == self._run_id:
            self.grew.emit()

    def finish(self, run_id: str, end: RunEnd) -> None:
        """A run ended; an unknown one is ignored."""
        known = self._known.get(run_id)
        if known is None:
            return
        known.finish(end)
        if run_id == self._run_id:
            self.grew.emit()

    def open(self, start: RunStart, end: RunEnd | None, control: Collection[int]) -> None:
        """Put a stored run on show."""
        made = _Growing(start, frozenset(control), [], finished=True)
        if end is not None:
            made.finish(end)
        self._add(made)

    def bring(self, run_id: str) -> bool:
        """Put a run on show that was there lately; False when it is not known any more."""
        if run_id not in self._known:
            return False
        self._known.move_to_end(run_id)
        self._show(run_id)
        return True

    def choose(self, place: TokenPlace | None) -> None:
        """Choose a token of the run on show, or none; one that is not there is none."""
        run = self.run
        if place is not None and (
            run is None or not 0 <= place.index < run.length(place.part, place.sample)
        ):
            place = None
        if place != self._token:
            self._token = place
            self.token_changed.emit()

    def _add(self, run: _Growing) -> None:
        run_id = run.start.run_id
        self._known[run_id] = run
        self._known.move_to_end(run_id)
        ended = [i for i, known in self._known.items() if known.finished and i != run_id]
        for old in ended[: max(0, len(self._known) - _KEPT)]:
            del self._known[old]
        self._run_id = ""
        self._show(run_id)

    def _show(self, run_id: str) -> None:
        if run_id == self._run_id:
            return
        self._run_id = run_id
        had_token, self._token = self._token is not None, None
        self.run_changed.emit()
        if had_token and self._token is None:
            self.token_changed.emit()


@dataclass(slots=True, eq=False)
class _Growing:
    """What has arrived of a run."""

    start: RunStart
    control: frozenset[int]
    tables: list[list[TokenTable]]
    pieces: dict[int, bytes] = field(default_factory=dict)
    end: RunEnd | None = None
    finished: bool = False
    _shown: ShownRun | None = None

    def add(self, sample: int, table: TokenTable, pieces: Mapping[int, bytes]) -> None:
        self.tables[sample].append(table)
        self.pieces.update(pieces)
        self._shown = None

    def finish(self, end: RunEnd) -> None:
        self.end, self.finished, self._shown = end, True, None
        self.tables = [[sample.tokens] for sample in end.result.samples]
        self.pieces.update(end.result.pieces)

    def shown(self) -> ShownRun:
        if self._shown is None:
            self.tables = [[TokenTable.concat(parts)] for parts in self.tables]
            self._shown = ShownRun(
                self.start,
                tuple(parts[0] for parts in self.tables),
                self.pieces,
                self.control,
                self.end,
                self.finished,
            )
        return self._shown

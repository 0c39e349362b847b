"""The sampler microscope: the chain at one token of a reply, stage by stage. Any thread."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.run import RunStart
from workbench.core.sampling import Sampling
from workbench.core.text import piece_text
from workbench.core.types import ModelInfo, Stage, Trace, TraceRequest
from workbench.engine.client import EngineClient
from workbench.engine.jobs import Job
from workbench.experiments.branches import Reply
from workbench.experiments.session import Session

FOLLOWED = 14
"""How many of the model's likeliest tokens are followed through the chain."""


@dataclass(frozen=True, slots=True)
class StageView:
    """What one sampler left.

    Attributes:
        name: llama.cpp's; "model" for the raw distribution before every sampler.
        n: candidates left.
        mass: what part of the raw distribution they hold, 0 to 1.
        others: probability of all that are not followed, together, 0 to 1.
        changed: whether it left anything else than the stage before.
    """

    name: str
    n: int
    mass: float
    others: float
    changed: bool


@dataclass(frozen=True, slots=True)
class TokenPath:
    """One token's way through the chain.

    Attributes:
        said: whether this is the token of the reply.
        p: probability among what is left, per stage; None where it is out.
        cut_at: number of the stage that dropped it for good; None when it came through.
    """

    id: int
    text: str
    said: bool
    p: tuple[float | None, ...]
    cut_at: int | None


@dataclass(frozen=True, slots=True)
class Microscope:
    """The whole picture.

    Attributes:
        tokens: the model's likeliest first; the one that was said is always there.
        drawn: the token that the seed draws here; None when nothing was left, or undecided.
        undecided: the sampler whose state cannot be known here; empty as a rule.
        kept: whether the logits were kept from the run, not computed anew.
        ms: from asking to reading the answer, in milliseconds.
        xtc_chance: at what part of the tokens XTC acts, when that is neither none nor all.
    """

    stages: tuple[StageView, ...]
    tokens: tuple[TokenPath, ...]
    drawn: int | None
    undecided: str
    kept: bool
    ms: float
    xtc_chance: float | None = None

    def others(self, rows: Sequence[TokenPath], number: int) -> float:
        """Probability, 0 to 1, of all tokens but `rows` after stage `number`."""
        ids = {row.id for row in rows}
        followed = (t.p[number] for t in self.tokens if t.id not in ids)
        return self.stages[number].others + sum(p for p in followed if p is not None)

    def table(self) -> str:
        """Everything for the clipboard: one line per token, one column per stage, tab separated."""
        lines = ["\t".join(["token", "id", *(s.name for s in self.stages)])]
        lines += [
            "\t".join([t.text, str(t.id), *("" if p is None else f"{p:.6g}" for p in t.p)])
            for t in self.tokens
        ]
        lines.append("\t".join(["others", "", *(f"{s.others:.6g}" for s in self.stages)]))
        lines.append("\t".join(["candidates left", "", *(str(s.n) for s in self.stages)]))
        lines.append("\t".join(["part of the mass", "", *(f"{s.mass:.6g}" for s in self.stages)]))
        return "\n".join(lines)


class Walk:
    """A walk along the chain under way."""

    def __init__(self, client: EngineClient, reply: Reply, index: int, sampling: Sampling) -> None:
        """Ask about token `index` at once; raises UserError when the engine was closed."""
        self._client = client
        self._token = int(reply.tokens.ids[index])
        self._sampling = sampling
        self._begun = time.monotonic()
        self._job: Job = client.trace(
            TraceRequest(
                tuple(t.id for t in reply.start.prompt_tokens),
                sampling,
                reply.seed,
                limit=1,
                said=tuple(reply.tokens.ids[:index].tolist()),
                token=self._token,
                follow=FOLLOWED,
                begun=begun(reply),
            )
        )

    def cancel(self) -> None:
        """Ask it to stop; waiting then raises StoppedError."""
        self._job.cancel()

    def when_done(self, call: Callable[[], None]) -> None:
        """Call once the answer is there, on the engine's reader thread."""
        self._job.future.add_done_callback(lambda _answer: call())

    def wait(self, timeout_s: float | None = None) -> Microscope:
        """The picture, once it is there.

        Raises:
            UserError: bad settings, or the engine died.
            StoppedError: it was cancelled.
        """
        found: Trace = self._job.future.result(timeout_s)
        ms = 1000.0 * (time.monotonic() - self._begun)
        chance = self._sampling.xtc_probability
        shown = microscope_of(found, self._client.pieces, self._token, ms)
        return replace(shown, xtc_chance=chance) if 0 < chance < 1 else shown


def begun(reply: Reply) -> int:
    """How many tokens of a reply stood before its run began to say something."""
    start = reply.start
    return (start.parent[2] if start.parent else 0) + len(start.given)


def engine_of(session: Session, run: RunStart) -> EngineClient:
    """The engine that made a run, if it is loaded; asking loads nothing.

    Raises:
        UserError: another model is loaded, or the file is not the one of the run any more.
    """
    own = session.held(run.model, run.settings)
    held = session.holding(run.model) if own is None else [(run.settings, own)]
    # Threads and the length of the context change no logits but for rounding; adapters do.
    same = [(s, client) for s, client in held if _adapters(s) == _adapters(run.settings)]
    if not same:
        raise UserError(
            f"{run.model.name}, which made this run, is not loaded"
            f"{' with the same adapters' if held else ''}.",
            "Choose it in the top bar to look at its samplers.",
        )
    settings, client = same[0]
    if client.load().done():
        check_file(run.model, session.load(Path(run.model.path), settings).model)
    return client


def _adapters(settings: EngineSettings) -> object:
    return settings.lora, settings.control_vectors


def check_file(made: ModelInfo, now: ModelInfo) -> None:
    """Refuse a file that is not the one which made a run.

    Raises:
        UserError: its content is another.
    """
    known = made.sha256 and now.sha256
    if now.size_bytes != made.size_bytes or (known and now.sha256 != made.sha256):
        raise UserError(
            f"The file of {made.name} is not the one that made this run.",
            "Its logits cannot be computed again; run the prompt again.",
        )


def microscope_of(
    found: Trace, pieces: Mapping[int, bytes], said: int | None, ms: float
) -> Microscope:
    """The picture of a trace; `said` is the token of the reply."""
    stages = []
    for number, stage in enumerate(found.stages):
        before = found.stages[number - 1] if number else stage
        stages.append(
            StageView(
                stage.name,
                stage.n,
                stage.mass,
                _others(stage),
                (stage.n, stage.mass) != (before.n, before.mass)
                or not np.array_equal(stage.followed, before.followed, equal_nan=True),
            )
        )
    columns = np.array([s.followed for s in found.stages], np.float64)
    tokens = []
    for place, token in enumerate(found.followed_ids.tolist()):
        p = tuple(None if math.isnan(x) else x for x in columns[:, place].tolist())
        tokens.append(TokenPath(token, piece_text(pieces[token]), token == said, p, _cut_at(p)))
    return Microscope(tuple(stages), tuple(tokens), found.token, found.undecided, found.kept, ms)


def _others(stage: Stage) -> float:
    """What is left for the tokens that are not followed: nothing, not a rounding error, when
    every candidate is followed."""
    if stage.n <= np.count_nonzero(~np.isnan(stage.followed)):
        return 0.0
    return max(0.0, 1.0 - float(np.nansum(stage.followed, dtype=np.float64)))


def _cut_at(p: tuple[float | None, ...]) -> int | None:
    if p[-1] is not None:
        return None
    return max((i for i, x in enumerate(p) if x is not None), default=-1) + 1

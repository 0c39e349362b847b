"""Forking replies: at an alternative, at an edit, several continuations together. Any thread.

A fork is a run of its own. Its reply begins with the parent's tokens as they were recorded, then
comes what a person put there, then what the model says; only that is decoded. Its seed counts
from the first token it says, so a fork is the same whatever was forked before it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workbench.core.errors import UserError
from workbench.core.ids import wall_clock_us
from workbench.core.remote import not_from_server, remote_address
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.sampling import Sampling
from workbench.core.text import elide
from workbench.core.tokens import Float32, TokenTable
from workbench.core.types import (
    EngineSettings,
    Finish,
    GenerateRequest,
    GenerateResult,
    Loaded,
    SampleResult,
    Timings,
)
from workbench.experiments.live_run import KeptTokens, LiveRun, RunSink
from workbench.experiments.session import RunHandle, Session, drawn_seed
from workbench.history.branches import trash

ALTERNATIVES = 20
"""Alternatives recorded per token where the parent's records do not say how many."""


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """One reply of a run, recorded or still growing.

    Attributes:
        pieces: bytes of every token that `tokens` mentions.
    """

    start: RunStart
    sample: int
    tokens: TokenTable
    pieces: Mapping[int, bytes]

    @property
    def seed(self) -> int:
        """The seed this reply was made with."""
        return self.start.seed + self.sample


@dataclass(frozen=True, slots=True, eq=False)
class Fork:
    """Where a reply is left, and what is put there.

    Attributes:
        at: how many of the reply's tokens stand.
        given: what a person put behind them.
        known: records of the first of those, where the parent's alternatives tell them.
    """

    reply: Reply
    at: int
    given: tuple[int, ...] = ()
    known: TokenTable | None = None

    @property
    def ids(self) -> tuple[int, ...]:
        """Every token in front of what is to be said."""
        prompt = (t.id for t in self.reply.start.prompt_tokens)
        return (*prompt, *self.reply.tokens.ids[: self.at].tolist(), *self.given)

    def kept(self) -> KeptTokens:
        """The records the fork begins with."""
        parts = [self.reply.tokens.slice(0, self.at)]
        if self.known is not None:
            parts.append(self.known)
        return KeptTokens(TokenTable.concat(parts), self.reply.pieces)


def stored_reply(start: RunStart, end: RunEnd | None, sample: int) -> Reply:
    """One reply of a recorded run.

    Raises:
        UserError: it has no such reply, or it is still running.
    """
    if end is None:
        raise UserError(
            f"Run {start.run_id} has not ended yet.", "Wait for its end, or stop it, to fork it."
        )
    samples = end.result.samples
    if not 0 <= sample < len(samples):
        replies = "1 reply" if len(samples) == 1 else f"{len(samples):,} replies"
        raise UserError(
            f"Run {start.run_id} has {replies}; there is no sample {sample}.",
            "Samples count from 0.",
        )
    return Reply(start, sample, samples[sample].tokens, end.result.pieces)


def fork_at(
    reply: Reply, at: int, given: Sequence[int] = (), control: Collection[int] = ()
) -> Fork:
    """Leave a reply behind its first `at` tokens and go on with `given`.

    An alternative that was recorded keeps its record, so that nothing but itself has to be
    decoded; one of the model's `control` tokens may end the reply, and the engine looks at it.

    Raises:
        UserError: the reply has no such place.
    """
    n = len(reply.tokens)
    if not reply.start.prompt_tokens:
        raise UserError(
            "The tokens of this run's prompt cannot be read, so it cannot be forked.",
            "Run the prompt again.",
        )
    if not 0 <= at <= n:
        tokens = "1 token" if n == 1 else f"{n:,} tokens"
        hint = f"Choose a place from 0 to {n}."
        if n == 0:
            hint = "Of a run that was interrupted only the text is kept; it can be forked at 0."
        raise UserError(f"This reply has {tokens}; it cannot be forked behind {at:,}.", hint)
    known = None
    if len(given) == 1 and at < n and given[0] not in control:
        known = alternative_row(reply.tokens, at, given[0])
    return Fork(reply, at, tuple(given), known)


def alternative_row(table: TokenTable, index: int, token: int) -> TokenTable | None:
    """The record that `token` would have in place of row `index`; None if it is not listed there.

    It was not sampled: `p_sampled` is not available.
    """
    places = np.flatnonzero(table.top_ids[index] == token)
    if not len(places):
        return None
    place = int(places[0])
    none: Float32 = np.full(1, math.nan, np.float32)
    return TokenTable(
        np.array([token], np.int32),
        table.top_logprob[index, place : place + 1].copy(),
        np.array([place], np.int32),
        table.entropy[index : index + 1].copy(),
        none,
        table.top_ids[index : index + 1].copy(),
        table.top_logprob[index : index + 1].copy(),
    )


def start_fork(
    session: Session,
    fork: Fork,
    loaded: Loaded,
    settings: EngineSettings,
    sampling: Sampling,
    seed: int | None,
    n_samples: int,
    sink: RunSink,
    *,
    save: bool = True,
) -> RunHandle:
    """Begin a fork and return at once; without a seed one is drawn.

    `sampling.max_tokens` counts what is added. Several samples go on together, in one batch.

    Raises:
        UserError: the loaded model is not the one that made the reply, or the engine was closed.
    """
    start = describe_fork(session, fork, loaded, settings, sampling, seed, n_samples)
    kept = fork.kept()
    n_known = 0 if fork.known is None else len(fork.known)
    width = kept.table.top_ids.shape[1] if len(kept.table) else ALTERNATIVES
    request = GenerateRequest(
        prompt_ids=fork.ids,
        sampling=sampling,
        seed=start.seed,
        n_samples=n_samples,
        top=width,
        n_sampled=fork.at + len(fork.given),
        n_given=len(fork.given) - n_known,
    )
    return session.begin(start, request, LiveRun(start, sink, kept), save=save)


def keep_words(
    session: Session,
    reply: Reply,
    words: KeptTokens,
    loaded: Loaded,
    settings: EngineSettings,
    sampling: Sampling,
    control: Collection[int],
    instead_of: str = "",
) -> RunStart:
    """Record a reply with previewed words behind it as a fork, without asking the model again.

    `instead_of` is a run that this one repeats whole, with more words; it goes to the trash.
    Waits for the disk.

    Raises:
        UserError: the loaded model is another one, or the run cannot be written.
    """
    fork = Fork(reply, len(reply.tokens), tuple(words.table.ids.tolist()))
    start = describe_fork(session, fork, loaded, settings, sampling, reply.seed)
    tokens = TokenTable.concat([reply.tokens, words.table])
    pieces = {**reply.pieces, **words.pieces}
    said = b"".join(pieces[t] for t in tokens.ids.tolist() if t not in control)
    sample = SampleResult(said.decode("utf-8", "replace"), Finish.CANCELLED, tokens)
    result = GenerateResult((sample,), Timings(), pieces)
    end = RunEnd(wall_clock_us(), RunStatus.CANCELLED, result)
    session.store.start_run(start).result()
    session.store.finish_run(start.run_id, end).result()
    if instead_of:
        trash(session.store, [instead_of]).result()
    return start


def describe_fork(
    session: Session,
    fork: Fork,
    loaded: Loaded,
    settings: EngineSettings,
    sampling: Sampling,
    seed: int | None,
    n_samples: int = 1,
) -> RunStart:
    """What is recorded of a fork before it begins.

    Raises:
        UserError: the loaded model is not the one that made the reply.
    """
    parent = fork.reply.start
    check_model(parent, loaded, settings)
    return RunStart(
        run_id=session.new_run_id(),
        created_us=wall_clock_us(),
        prompt_name=parent.prompt_name,
        prompt_path=parent.prompt_path,
        prompt_source=parent.prompt_source,
        variables=parent.variables,
        text=parent.text,
        prompt_tokens=parent.prompt_tokens,
        chat_template=parent.chat_template,
        model=loaded.model,
        engine=loaded.engine,
        settings=settings,
        sampling=sampling,
        seed=drawn_seed(n_samples) if seed is None else seed,
        n_samples=n_samples,
        parent=(parent.run_id, fork.reply.sample, fork.at),
        given=fork.given,
    )


def check_model(parent: RunStart, loaded: Loaded, settings: EngineSettings) -> None:
    """Refuse to continue a reply with another model, or other adapters, than made it.

    Raises:
        UserError: names both models and says what to do.
    """
    check_not_served(parent)
    made, now = parent.model, loaded.model
    same_path = Path(made.path) == Path(now.path)
    known = bool(made.sha256 and now.sha256)
    changed = made.size_bytes != now.size_bytes or (known and made.sha256 != now.sha256)
    if same_path and changed:
        raise UserError(
            f"{Path(now.path).name} is not the file any more that made this reply.",
            "Its content has changed since; run the prompt again instead of forking.",
        )
    is_same = made.sha256 == now.sha256 if known else same_path
    if not is_same:
        called = f"{made.name} {made.quantization}".strip()
        if not Path(made.path).is_file():
            raise _gone(Path(made.path))
        raise UserError(
            f"This reply was made by {called}, and {f'{now.name} {now.quantization}'.strip()} "
            "is loaded.",
            f"Load {called} to fork it: its tokens mean something else to another model.",
        )
    before = (parent.settings.lora, parent.settings.control_vectors)
    if before != (settings.lora, settings.control_vectors):
        raise UserError(
            "This reply was made with other LoRA adapters or control vectors than are loaded now.",
            "Load the model with the same ones to fork it.",
        )


def model_of(start: RunStart) -> Path:
    """The model file of a recorded run.

    Raises:
        UserError: it is gone.
    """
    path = Path(start.model.path)
    check_not_served(start)
    if not path.is_file():
        raise _gone(path)
    return path


def check_not_served(start: RunStart) -> None:
    """Refuse to go on inside a reply of a server, whose tokens cannot be put back exactly.

    Raises:
        UserError: a server made it.
    """
    address = remote_address(start.model.path)
    if address is not None:
        raise not_from_server("going on from inside a reply, token by token", address.host)


def _gone(path: Path) -> UserError:
    return UserError(
        f"The model that made this reply is gone: {path}.",
        "Put the file back to fork this run, or run the prompt again on another model.",
    )


def difference(text: str, parent: str, limit: int = 60) -> str:
    """How a branch differs: its text from the word on where it leaves its parent's, on one line."""
    same = 0
    for own, other in zip(text, parent, strict=False):
        if own != other:
            break
        same += 1
    begin = max(text.rfind(" ", 0, same + 1), text.rfind("\n", 0, same + 1)) + 1
    said = elide(text[begin:], limit)
    return said if begin == 0 or not said else f"…{said}"

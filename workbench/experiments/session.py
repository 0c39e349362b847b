"""One person's work: load a model, prepare a prompt, run it, have it recorded. Any thread.

Sinks are called on an engine's reader thread, in order, and must return quickly.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workbench.core.errors import UserError
from workbench.core.ids import RunIds, wall_clock_us
from workbench.core.paths import Profile, prompts_folder
from workbench.core.rendered import LITERAL, SPECIAL, Rendered, Span, attribute_tokens
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.sampling import MAX_SEED, Sampling
from workbench.core.tokens import PromptToken, TokenTable
from workbench.core.types import (
    EngineSettings,
    Finish,
    GenerateRequest,
    GenerateResult,
    Loaded,
    SampleResult,
    Timings,
    Tokenized,
)
from workbench.engine.client import GenerateJob
from workbench.engine.pool import EnginePool
from workbench.experiments.models import ModelHashes
from workbench.templates.chat import ChatFormat
from workbench.templates.library import Library
from workbench.templates.prompt_file import PromptFile
from workbench.templates.render import render_prompt

if TYPE_CHECKING:
    from workbench.history.store import HistoryStore

_CHECKPOINT_S = 2.0


class RunSink(Protocol):
    """Receives a run's events."""

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """`done` of `total` prompt tokens are read."""

    def run_tokens(
        self,
        run_id: str,
        sample: int,
        table: TokenTable,
        text: str,
        pieces: Mapping[int, bytes],
    ) -> None:
        """A reply grew by the rows of `table` and by `text`."""

    def run_finished(self, outcome: RunOutcome) -> None:
        """The last event of a run, whatever became of it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prompt rendered and tokenised for one model."""

    prompt: PromptFile
    values: Mapping[str, object]
    rendered: Rendered
    tokens: tuple[PromptToken, ...]
    loaded: Loaded
    settings: EngineSettings


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """A finished run.

    Attributes:
        saved: whether it stands in the history file.
        save_error: why not, when it was meant to; empty otherwise.
    """

    start: RunStart
    end: RunEnd
    saved: bool
    save_error: str = ""


class RunHandle:
    """A run under way."""

    def __init__(self, run_id: str, job: GenerateJob, finished: Future[RunOutcome]) -> None:
        self.run_id = run_id
        self._job = job
        self._finished = finished

    def cancel(self) -> None:
        """Ask it to stop; it still ends with an outcome that keeps the partial text."""
        self._job.cancel()

    def wait(self, timeout_s: float | None = None) -> RunOutcome:
        """The outcome, once it is there."""
        return self._finished.result(timeout_s)


class Session:
    """Loads, prepares and runs for one profile.

    Attributes:
        profile, store, library: where things are kept; for reading by anybody.
    """

    def __init__(self, profile: Profile, library: Library, pool: EnginePool) -> None:
        self.profile = profile
        self.library = library
        self._store: HistoryStore | None = None
        self._store_lock = threading.Lock()  # protects _store while it is opened
        self._notices: list[str] = []
        self._pool = pool
        self._hashes = ModelHashes(profile.cache)
        self._ids = RunIds()

    @property
    def store(self) -> HistoryStore:
        """The history, opened at the first use; in memory when its file cannot be used."""
        with self._store_lock:
            if self._store is None:
                self._store, problem = _open_history(self.profile)
                if problem is not None:
                    self._notices.append(
                        f"{problem} Runs are kept in memory until the program ends."
                    )
            return self._store

    @property
    def notices(self) -> tuple[str, ...]:
        """What the person should know about the history, once it was opened."""
        return tuple(self._notices)

    def close(self) -> None:
        """End the engines, write what waits. Doing it twice is harmless."""
        self._pool.close()
        self._hashes.close()
        with self._store_lock:
            if self._store is not None:
                self._store.close()

    def warm(self, path: Path, settings: EngineSettings) -> None:
        """Begin to load a model without waiting for it."""
        self._pool.get(path, settings)

    def load(self, path: Path, settings: EngineSettings) -> Loaded:
        """The loaded model; waits until it is.

        Raises:
            UserError: it cannot be loaded.
        """
        loaded = self._pool.get(path, settings).load().result()
        known = self._hashes.get(path)
        if known.done() and known.exception() is None:
            return replace(loaded, model=replace(loaded.model, sha256=known.result()))
        return loaded

    def sha256(self, path: Path) -> str:
        """The model file's hash; waits until it is computed.

        Raises:
            UserError: the file cannot be read.
        """
        return self._hashes.get(path).result()

    def prepare(
        self,
        path: Path,
        settings: EngineSettings,
        prompt: PromptFile,
        values: Mapping[str, object],
        *,
        suffix: str | None = None,
    ) -> Prepared:
        """Render and tokenise a prompt for a model; waits for the model.

        With a `suffix` the prompt asks a code model for what stands between the rendered text
        and the suffix.

        Raises:
            UserError: the model cannot be loaded, the prompt cannot be rendered, or there is a
                suffix and the prompt is a chat or the model cannot fill in.
        """
        loaded = self.load(path, settings)
        rendered = render_prompt(prompt, values, chat_format(loaded))
        client = self._pool.get(path, settings)
        if suffix is None:
            tokens = client.tokenize(rendered.text, add_bos=rendered.adds_bos).result()
        elif prompt.is_chat:
            raise UserError(
                f"{prompt.name} is a chat, and only raw text can be filled in.",
                "Use a prompt with text: instead of messages:, or @TEXT.",
            )
        else:
            tokens = client.infill(rendered.text, suffix).result()
            rendered = infill_rendered(tokens)
        return Prepared(
            prompt,
            values,
            rendered,
            attribute_tokens(rendered, tokens.ids, tokens.pieces, tokens.special),
            loaded,
            settings,
        )

    def start(
        self,
        prepared: Prepared,
        sampling: Sampling,
        seed: int | None,
        n_samples: int,
        sink: RunSink,
        *,
        save: bool = True,
    ) -> RunHandle:
        """Begin a run and return at once; without a seed one is drawn.

        Raises:
            UserError: the engine was closed.
        """
        path = Path(prepared.loaded.model.path)
        start = self._describe(prepared, sampling, seed, n_samples)
        finished: Future[RunOutcome] = Future()
        live = _LiveRun(start, sink)
        client = self._pool.get(path, prepared.settings)
        request = GenerateRequest(
            prompt_ids=tuple(t.id for t in prepared.tokens),
            sampling=sampling,
            seed=start.seed,
            n_samples=n_samples,
        )
        job = client.generate(request, live)
        live.recorded.set_result(self._record(start) if save else None)
        job.future.add_done_callback(lambda answer: finished.set_result(live.finish(answer)))
        return RunHandle(start.run_id, job, finished)

    def _record(self, start: RunStart) -> _Recorded:
        """Write the row of a run that was just handed to the engine."""
        store = self.store
        saving = store.start_run(start)
        if not start.model.sha256:
            self._add_hash_later(start.run_id, Path(start.model.path))
        return _Recorded(store, saving)

    def _describe(
        self, prepared: Prepared, sampling: Sampling, seed: int | None, n_samples: int
    ) -> RunStart:
        drawn = secrets.randbelow(MAX_SEED - n_samples) if seed is None else seed
        loaded = prepared.loaded
        return RunStart(
            run_id=self._ids.new(),
            created_us=wall_clock_us(),
            prompt_name=prepared.prompt.name,
            prompt_path=str(prepared.prompt.path or ""),
            prompt_source=prepared.prompt.source,
            variables=dict(prepared.values),
            text=prepared.rendered.text,
            prompt_tokens=prepared.tokens,
            chat_template=loaded.model.chat_template if prepared.prompt.is_chat else None,
            model=loaded.model,
            engine=loaded.engine,
            settings=prepared.settings,
            sampling=sampling,
            seed=drawn,
            n_samples=n_samples,
        )

    def _add_hash_later(self, run_id: str, path: Path) -> None:
        def add(answer: Future[str]) -> None:
            if not answer.cancelled() and answer.exception() is None:
                # At closing time the store may be gone first; the next run records the hash.
                with suppress(UserError, RuntimeError):
                    self.store.record_sha256(run_id, answer.result())

        # A model file that was moved away after it was loaded can still run, without a hash.
        with suppress(UserError):
            self._hashes.get(path).add_done_callback(add)


@dataclass(frozen=True, slots=True, eq=False)
class _Recorded:
    """Where a run's row is being written."""

    store: HistoryStore
    saving: Future[None]


class _LiveRun:
    """Passes a generation's events on as a run's, and keeps what arrived in case it fails.

    Attributes:
        recorded: set once the run's row is on its way; None when the run is not to be saved.
    """

    def __init__(self, start: RunStart, sink: RunSink) -> None:
        self._start = start
        self._sink = sink
        self.recorded: Future[_Recorded | None] = Future()
        self._tables: list[list[TokenTable]] = [[] for _ in range(start.n_samples)]
        self._texts: list[list[str]] = [[] for _ in range(start.n_samples)]
        self._pieces: Mapping[int, bytes] = {}
        self._due = time.monotonic() + _CHECKPOINT_S

    def prefill(self, done: int, total: int) -> None:
        self._sink.run_prefill(self._start.run_id, done, total)

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        self._tables[sample].append(table)
        self._texts[sample].append(text)
        self._pieces = pieces
        self._sink.run_tokens(self._start.run_id, sample, table, text, pieces)
        now = time.monotonic()
        if now >= self._due and self.recorded.done():
            self._due = now + _CHECKPOINT_S
            if (recorded := self.recorded.result()) is not None:
                texts = ["".join(parts) for parts in self._texts]
                recorded.store.checkpoint(self._start.run_id, texts)

    def finish(self, answer: Future[GenerateResult]) -> RunOutcome:
        error = answer.exception()
        result = answer.result() if error is None else self._partial(error)
        end = RunEnd(wall_clock_us(), _status(result), result)
        saved, save_error = self._save(end)
        outcome = RunOutcome(self._start, end, saved, save_error)
        self._sink.run_finished(outcome)
        return outcome

    def _save(self, end: RunEnd) -> tuple[bool, str]:
        recorded = self.recorded.result()
        if recorded is None:
            return False, ""
        try:
            recorded.saving.result()
            recorded.store.finish_run(self._start.run_id, end).result()
        except UserError as error:
            return False, str(error)
        in_memory = recorded.store.path is None
        return not in_memory, "The history is only in memory." if in_memory else ""

    def _partial(self, error: BaseException) -> GenerateResult:
        message = error.message if isinstance(error, UserError) else f"Internal error: {error!r}"
        hint = error.hint if isinstance(error, UserError) else "Please report this."
        samples = tuple(
            SampleResult("".join(texts), Finish.ERROR, TokenTable.concat(tables))
            for texts, tables in zip(self._texts, self._tables, strict=True)
        )
        return GenerateResult(samples, Timings(), self._pieces, message, hint)


def _status(result: GenerateResult) -> RunStatus:
    finishes = {s.finish for s in result.samples}
    if result.error or Finish.ERROR in finishes:
        return RunStatus.FAILED
    return RunStatus.CANCELLED if Finish.CANCELLED in finishes else RunStatus.DONE


def _open_history(profile: Profile) -> tuple[HistoryStore, UserError | None]:
    """The profile's history; when it cannot be used, one in memory and the reason why."""
    # SQLite's tools take as long to import as everything else together.
    from workbench.history.store import HistoryStore, open_store

    try:
        profile.create()
    except UserError as error:
        return HistoryStore(None), error
    return open_store(profile.history_file)


def infill_rendered(tokens: Tokenized) -> Rendered:
    """The exact prompt of an infill request: its own marks, and the two texts as literals."""
    spans: list[Span] = []
    text = ""
    pending = b""
    for piece, special in zip(tokens.pieces, tokens.special, strict=True):
        pending = b"" if special else pending + piece
        shown = piece.decode("utf-8", "replace") if special else _whole(pending)
        if not special and shown:
            pending = b""
        if shown:
            source = SPECIAL if special else LITERAL
            spans.append(Span(len(text), len(text) + len(shown), source))
            text += shown
    return Rendered(text, tuple(spans), adds_bos=False)


def _whole(piece: bytes) -> str:
    """The text of bytes that are whole characters; empty while one is incomplete."""
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError as error:
        return "" if error.end == len(piece) else piece.decode("utf-8", "replace")


def chat_format(loaded: Loaded) -> ChatFormat:
    """What rendering must know of a loaded model."""
    vocab = loaded.vocab
    return ChatFormat(
        template=loaded.model.chat_template,
        bos_text=vocab.bos_text,
        eos_text=vocab.eos_text,
        adds_bos=vocab.adds_bos,
        special_texts=tuple(vocab.special_texts.values()),
    )


def open_session(
    profile: Profile, pool: EnginePool | None = None, *, history: bool = True
) -> tuple[Session, tuple[str, ...]]:
    """A session, and what the person should know about it (a history only in memory, say).

    A `pool` whose engine is starting already saves the wait; the session closes it. Without
    `history` the store is opened when it is first used, and `Session.notices` tells then.
    """
    library = Library((profile.prompts, prompts_folder()))
    session = Session(profile, library, pool or EnginePool())
    if history:
        _ = session.store
    return session, session.notices

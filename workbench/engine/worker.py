"""The child process: one loaded model and a request loop.

Calls run on the main thread, which owns every llama.cpp handle. A second thread reads the pipe,
so that a cancel is heard while a decode runs; a third one tokenises, which only reads the
vocabulary, so that whoever writes the next prompt during a run sees its tokens. Nothing here is
worth saving: when the parent is gone, the child leaves at once.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterable, Mapping
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.branching import LookaheadRequest, PreviewRequest
from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import StoppedError, UserError
from workbench.core.logit_rows import RowsRequest
from workbench.core.steering import ResidualRequest, SteerRequest
from workbench.core.types import (
    ChooseManyRequest,
    ChooseRequest,
    GenerateRequest,
    GenerateResult,
    ScoreRequest,
    Tokenized,
    TraceRequest,
)
from workbench.core.what_if import WhatIf, WhatIfRequest
from workbench.engine.launch import Load
from workbench.engine.messages import (
    LOAD_JOB,
    Call,
    NewTokens,
    Part,
    Progress,
    Raised,
    Ready,
    Replies,
    Returned,
)
from workbench.engine.pipe_ends import Inbox, Outbox
from workbench.engine.shared import SharedRoom
from workbench.engine.vocabulary import vocabulary_hash

if TYPE_CHECKING:
    from workbench.core.tokens import Int32, TokenTable
    from workbench.engine.llama import LlamaEngine
    from workbench.engine.words import Words


def main(connection: Connection, log_path: str) -> None:
    """Entry point of the child. `log_path` receives everything native code prints."""
    # Ctrl+C in a terminal reaches the whole group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    redirect_output(log_path)
    inbox = Inbox(connection)
    outbox = Outbox(connection)
    load = connection.recv()
    inbox.start()
    engine = _load(outbox, load)
    if engine is None:
        return
    words = threading.Thread(
        target=_tokenize, args=(engine, outbox, inbox), name="engine-words", daemon=True
    )
    words.start()
    try:
        _serve(engine, outbox, inbox)
    finally:
        engine.close()


def redirect_output(log_path: str) -> None:
    """An abort prints to stderr; the parent's terminal is not the place for it."""
    target = os.open(log_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.close(target)
    sys.stdout = sys.stderr = open(2, "w", buffering=1, closefd=False, encoding="utf-8")  # noqa: SIM115  # lives as long as the process


def _load(outbox: Outbox, load: Load) -> LlamaEngine | Words | None:
    engine: LlamaEngine | Words
    try:
        if load.words_only:
            from workbench.engine.words import Words

            engine = Words(Path(load.path), load.settings)
        else:
            from workbench.engine.llama import LlamaEngine

            engine = LlamaEngine(Path(load.path), load.settings)
    except UserError as error:
        outbox.send(Raised(LOAD_JOB, error))
        return None
    except ImportError as error:
        outbox.send(Raised(LOAD_JOB, _no_binding(error)))
        return None
    outbox.send(Ready(engine.loaded))
    return engine


def _no_binding(error: ImportError) -> UserError:
    return UserError(
        f"llama-cpp-python cannot be loaded: {error}.",
        "Run `workbench doctor`; it names the line that reinstalls it.",
    )


class _PipeSink:
    """Sends a job's events to the parent; prompt progress at most every 30 ms."""

    def __init__(
        self, job: int, outbox: Outbox, named: _Named, pieces: Mapping[int, bytes]
    ) -> None:
        self._job = job
        self._outbox = outbox
        self._named = named
        self._pieces = pieces
        self._due = 0.0

    def prefill(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._due or done == total:
            self._due = now + 0.03
            self._outbox.send(Progress(self._job, done, total))

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        fresh = self._named.fresh((table.ids, table.top_ids.ravel()), pieces)
        self._outbox.send(NewTokens(self._job, sample, table, text, fresh))

    def what_if(self, start: int, part: WhatIf) -> None:
        """Some rows of a what-if are done."""
        fresh = self._named.fresh((part.best_id, part.wanted_ids.ravel()), self._pieces)
        self._outbox.send(Part(self._job, start, part, fresh))


class _Named:
    """Remembers which tokens the parent knows the bytes of."""

    def __init__(self, n_vocab: int) -> None:
        import numpy as np

        self._known = np.zeros(n_vocab, bool)

    def fresh(self, ids: Iterable[Int32], pieces: Mapping[int, bytes]) -> dict[int, bytes]:
        """The bytes of those tokens that were not named before."""
        out: dict[int, bytes] = {}
        for some in ids:
            real = some[some >= 0]
            for token in real[~self._known[real]].tolist():
                if token not in out:
                    out[token] = pieces[token]
        self._known[list(out)] = True
        return out


def _tokenize(engine: LlamaEngine | Words, outbox: Outbox, inbox: Inbox) -> None:
    """Answer what needs no context, whatever the main thread does."""
    from workbench.engine.native.devices import devices

    while True:
        call = inbox.texts.get()
        try:
            answer = devices() if call.name == "devices" else _tokenized(engine, call)
            outbox.send(Returned(call.job, answer, {}))
        except Exception:  # noqa: BLE001  # a thread that ends would leave the parent waiting
            traceback.print_exc()
            os._exit(1)


def _tokenized(engine: LlamaEngine | Words, call: Call) -> Tokenized:
    match call.args:
        case str() as text, bool() as add_bos, bool() as parse_special:
            return engine.tokenize(text, add_bos=add_bos, parse_special=parse_special)
    raise ValueError(f"these are no arguments of {call.name}")


def _serve_words(words: Words, outbox: Outbox, inbox: Inbox) -> None:
    while True:
        call = inbox.calls.get()
        try:
            outbox.send(Returned(call.job, words.answer(call), {}))
        except UserError as error:
            outbox.send(Raised(call.job, error))
        finally:
            inbox.done(call.job)


def _serve(engine: LlamaEngine | Words, outbox: Outbox, inbox: Inbox) -> None:
    from workbench.engine.words import Words

    if isinstance(engine, Words):
        _serve_words(engine, outbox, inbox)
        return
    named = _Named(engine.loaded.vocab.n_vocab)
    while True:
        call = inbox.calls.get()
        if call.name == "generate_many":
            _generate_many(engine, call, outbox, inbox, named)
            continue
        token = inbox.token(call.job)
        sink = _PipeSink(call.job, outbox, named, engine.pieces)
        answer: Replies | Returned | Raised
        try:
            answer = _run(engine, call, sink, token, named)
        except UserError as error:
            answer = Raised(call.job, error)
        except Cancelled:
            answer = Raised(call.job, StoppedError("It was stopped."))
        finally:
            inbox.done(call.job)
        outbox.send(answer)


def _generate_many(
    engine: LlamaEngine, call: Call, outbox: Outbox, inbox: Inbox, named: _Named
) -> None:
    """Several requests in one batch; each is answered as soon as it is done or refused."""
    from workbench.engine.orders import Order

    jobs = (call.job, *call.more)
    left = set(jobs)

    def answer(job: int, message: Replies | Raised) -> None:
        left.discard(job)
        inbox.done(job)
        outbox.send(message)

    def done(job: int, result: GenerateResult) -> None:
        answer(job, _replies(job, result))

    def failed(job: int, error: UserError) -> None:
        answer(job, Raised(job, error))

    orders = []
    for job, request in zip(jobs, _requests(call), strict=True):
        try:
            engine.check(request)
        except UserError as error:
            answer(job, Raised(job, error))
            continue
        sink = _PipeSink(job, outbox, named, engine.pieces)
        orders.append(
            Order(request, sink, inbox.token(job), partial(done, job), partial(failed, job))
        )
    try:
        if orders:
            engine.generate_many(orders)
    except UserError as error:
        for job in sorted(left):
            answer(job, Raised(job, error))


def _requests(call: Call) -> tuple[GenerateRequest, ...]:
    match call.args:
        case (tuple() as requests,):
            return requests
    raise ValueError(f"these are no arguments of {call.name}")


def _replies(job: int, result: GenerateResult) -> Replies:
    ends = tuple((s.finish, s.context_full) for s in result.samples)
    return Replies(job, ends, result.timings)


def _run(
    engine: LlamaEngine, call: Call, sink: _PipeSink, cancel: CancelToken, named: _Named
) -> Replies | Returned:
    n_vocab = engine.loaded.vocab.n_vocab
    match call.name, call.args:
        case "generate", (GenerateRequest() as request,):
            return _replies(call.job, engine.generate(request, sink, cancel))
        case "infill", (str() as prefix, str() as suffix):
            return Returned(call.job, engine.infill(prefix, suffix), {})
        case "score", (ScoreRequest() as request,):
            table = engine.score(request, sink.prefill, cancel)
            fresh = named.fresh((table.ids, table.top_ids.ravel()), engine.pieces)
            return Returned(call.job, table, fresh)
        case "choose", (ChooseRequest() as request,):
            scores = engine.choose(request, sink.prefill, cancel)
            ids = [i for s in scores for i in (s.tokens.ids, s.tokens.top_ids.ravel())]
            return Returned(call.job, scores, named.fresh(ids, engine.pieces))
        case "choose_many", (ChooseManyRequest() as request,):
            several = engine.choose_many(request, sink.prefill, cancel)
            ids = [i for s in several for c in s for i in (c.tokens.ids, c.tokens.top_ids.ravel())]
            return Returned(call.job, several, named.fresh(ids, engine.pieces))
        case "trace", (TraceRequest() as request,):
            walked = engine.trace(request, sink.prefill, cancel)
            ids = [walked.followed_ids, *(s.ids for s in walked.stages)]
            fresh = named.fresh(ids, engine.pieces)
            return Returned(call.job, walked, fresh)
        case "look_ahead", (LookaheadRequest() as request,):
            tree = engine.look_ahead(request, sink.prefill, cancel)
            return Returned(call.job, tree, named.fresh([tree.token], engine.pieces))
        case "preview", (PreviewRequest() as request,):
            table = engine.preview(request, sink.prefill, cancel)
            fresh = named.fresh((table.ids, table.top_ids.ravel()), engine.pieces)
            return Returned(call.job, table, fresh)
        case "what_if", (WhatIfRequest() as request,):
            found_rows = engine.what_if(request, sink.what_if, sink.prefill, cancel)
            return Returned(call.job, found_rows, {})
        case "peek", (tuple() as ids, int() as top):
            found_next = engine.peek(ids, top, sink.prefill, cancel)
            fresh = named.fresh([found_next.ids], engine.pieces)
            return Returned(call.job, found_next, fresh)
        case "steer", (SteerRequest() as request,):
            steered = engine.steer(request, sink.prefill, cancel)
            return Returned(call.job, steered, named.fresh([steered.tokens.ids], engine.pieces))
        case "residual_means", (ResidualRequest() as request,):
            means = engine.inside.residual_means(request, sink.prefill, cancel)
            return Returned(call.job, means, {})
        case "vocabulary_hash", ():
            return Returned(call.job, vocabulary_hash(engine.pieces), {})
        case "pieces", (tuple() as ids,):
            return Returned(call.job, {token: engine.pieces[token] for token in ids}, {})
        case "rows", (RowsRequest() as request, SharedRoom() as room):
            engine.rows(request, room.attach((request.n_rows, n_vocab)), sink.prefill, cancel)
            return Returned(call.job, None, {})
        case "attention" | "head_summaries" | "lens", _:
            from workbench.engine.inside_calls import look_inside

            return look_inside(engine, call, sink.prefill, cancel, named.fresh)
        case "embed", (tuple() as texts,):
            return Returned(call.job, engine.embedder.embed(texts, sink.prefill, cancel), {})
    raise ValueError(f"the engine has no method {call.name} for these arguments")

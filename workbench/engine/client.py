"""The asking side of an engine: ask, stream, cancel, and start again after a death.

Any thread may ask. Events arrive on one reader thread per child, in order, and must be handled
quickly. No llama_cpp here: the parent never loads it.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path

from workbench.core.attention import AttentionRequest
from workbench.core.branching import LookaheadRequest, PreviewRequest
from workbench.core.errors import UserError
from workbench.core.lens import LensRequest
from workbench.core.logit_rows import RowsRequest
from workbench.core.memory import Device
from workbench.core.steering import ResidualRequest, SteerRequest
from workbench.core.types import (
    ChooseManyRequest,
    ChooseRequest,
    EngineSettings,
    GenerateRequest,
    Loaded,
    ScoreRequest,
    Tokenized,
    TraceRequest,
)
from workbench.core.what_if import WhatIfRequest
from workbench.engine.base import GenerateSink
from workbench.engine.base import Progress as ProgressCallback
from workbench.engine.capture_jobs import CaptureJob
from workbench.engine.capture_shapes import answer_shape, checked, table_shape
from workbench.engine.child import Child
from workbench.engine.jobs import (
    GenerateJob,
    Job,
    PartCallback,
    WhatIfJob,
    ignore_part,
    ignore_progress,
)
from workbench.engine.launch import Launched
from workbench.engine.life import Begin, Life
from workbench.engine.shared import SharedRoom


class EngineClient:
    """One model. What answers is a child process; after its death the next call starts another."""

    def __init__(
        self,
        path: Path,
        settings: EngineSettings,
        launched: Launched | None = None,
        *,
        begin: Begin = Child,
    ) -> None:
        """`launched` is a child that loads this model already; without one the first call does.

        `begin` starts what answers: a child here, unless it says otherwise.
        """
        self.path = path
        self.settings = settings
        self._numbers = itertools.count(1)
        self._lock = threading.RLock()  # protects _life, _closed and the order of sends
        self._begin = begin
        self._life: Life | None = None
        if launched is not None:
            self._life = Child(path, settings, launched)
        self._closed = False

    def start(self) -> None:
        """Begin to load now rather than at the first call."""
        with self._lock:
            self._running()

    def load(self) -> Future[Loaded]:
        """The loaded model; a failed load is tried again by the next call.

        The future raises UserError when the file cannot be loaded.
        """
        with self._lock:
            return self._running().ready

    def generate(self, request: GenerateRequest, sink: GenerateSink) -> GenerateJob:
        """Continue a prompt; the future ends with a GenerateResult."""
        job = GenerateJob(next(self._numbers), self._cancel, sink, request.n_samples)
        self._submit(job, (request,))
        return job

    def generate_many(
        self, requests: Sequence[GenerateRequest], sinks: Sequence[GenerateSink]
    ) -> list[GenerateJob]:
        """Continue prompts in one batch, whatever their settings; a job for each request.

        Each job ends when its own replies are done. None may fork a reply, and all list as many
        alternatives. Tokens arrive about twice a second, not as they are made.
        """
        jobs = [
            GenerateJob(next(self._numbers), self._cancel, sink, request.n_samples)
            for request, sink in zip(requests, sinks, strict=True)
        ]
        if jobs:
            with self._lock:
                self._running().submit_many(jobs, "generate_many", (tuple(requests),))
        return jobs

    def tokenize(
        self, text: str, *, add_bos: bool, parse_special: bool = True
    ) -> Future[Tokenized]:
        """Token ids of `text`."""
        return self._ask("tokenize", (text, add_bos, parse_special)).future

    def infill(self, prefix: str, suffix: str) -> Future[Tokenized]:
        """The prompt that asks a code model for what stands between two texts."""
        return self._ask("infill", (prefix, suffix)).future

    def score(self, request: ScoreRequest, progress: ProgressCallback = ignore_progress) -> Job:
        """Records of a given text; the future ends with a TokenTable, or StoppedError."""
        return self._ask("score", (request,), progress)

    def rows(
        self, request: RowsRequest, room: SharedRoom, progress: ProgressCallback = ignore_progress
    ) -> Job:
        """Raw logits of a text, written into `room`; the future ends with None, or StoppedError.

        `room` holds at least n_rows times n_vocab values.
        """
        return self._ask("rows", (request, room), progress)

    def vocabulary_hash(self) -> Future[str]:
        """Equal for models whose token ids mean the same bytes."""
        return self._ask("vocabulary_hash", ()).future

    def pieces_of(self, ids: tuple[int, ...]) -> Future[dict[int, bytes]]:
        """The bytes of some tokens, by id."""
        return self._ask("pieces", (ids,)).future

    def devices(self) -> Future[tuple[Device, ...]]:
        """What this build can compute on, with the memory that is free now; never waits long."""
        return self._ask("devices", ()).future

    def choose(self, request: ChooseRequest, progress: ProgressCallback = ignore_progress) -> Job:
        """Score continuations; the future ends with ChoiceScores, or StoppedError."""
        return self._ask("choose", (request,), progress)

    def choose_many(
        self, request: ChooseManyRequest, progress: ProgressCallback = ignore_progress
    ) -> Job:
        """The same for several prompts; the future ends with ChoiceScores for each, in order."""
        return self._ask("choose_many", (request,), progress)

    def trace(self, request: TraceRequest, progress: ProgressCallback = ignore_progress) -> Job:
        """Walk the sampler chain; the future ends with a Trace, or StoppedError."""
        return self._ask("trace", (request,), progress)

    def what_if(self, request: WhatIfRequest, part: PartCallback = ignore_part) -> Job:
        """A past reply under other settings; the future ends with a WhatIf, or StoppedError.

        `part` receives finished rows meanwhile, on the reader thread.
        """
        job = WhatIfJob(next(self._numbers), self._cancel, part)
        self._submit(job, (request,))
        return job

    def peek(self, ids: tuple[int, ...], top: int) -> Job:
        """The next token's distribution; the future ends with NextTokens, or StoppedError."""
        return self._ask("peek", (ids, top))

    def look_ahead(
        self, request: LookaheadRequest, progress: ProgressCallback = ignore_progress
    ) -> Job:
        """Expand continuations; the future ends with a Lookahead, or StoppedError."""
        return self._ask("look_ahead", (request,), progress)

    def preview(self, request: PreviewRequest) -> Job:
        """The likeliest next tokens; the future ends with a TokenTable, or StoppedError.

        It never keeps anybody waiting: whatever else is asked stops it.
        """
        return self._ask("preview", (request,), yields=True)

    def attention(
        self, request: AttentionRequest, progress: ProgressCallback = ignore_progress
    ) -> Job:
        """Attention weights; the future ends with an Attention, or StoppedError.

        It waits for the model to be loaded.

        Raises:
            UserError: the request asks for what does not exist or for more than the budget.
        """
        wanted = checked(request, self.load().result().model)
        return self._capture("attention", wanted, progress, answer_shape(wanted))

    def head_summaries(
        self, ids: tuple[int, ...], progress: ProgressCallback = ignore_progress
    ) -> Job:
        """Summaries of all heads; the future ends with HeadSummaries, or StoppedError.

        It waits for the model to be loaded.
        """
        shape = table_shape(self.load().result().model, len(ids))
        return self._capture("head_summaries", ids, progress, shape)

    def steer(self, request: SteerRequest, progress: ProgressCallback = ignore_progress) -> Job:
        """A steered reply; the future ends with a Steered, or StoppedError."""
        return self._ask("steer", (request,), progress)

    def residual_means(
        self, request: ResidualRequest, progress: ProgressCallback = ignore_progress
    ) -> Job:
        """Mean residuals; the future ends with float32 (n_layer, n_embd), or StoppedError."""
        return self._ask("residual_means", (request,), progress)

    def lens(self, request: LensRequest, progress: ProgressCallback = ignore_progress) -> Job:
        """The logit lens; the future ends with a Lens, or StoppedError."""
        return self._ask("lens", (request,), progress)

    def embed(self, texts: tuple[str, ...], progress: ProgressCallback = ignore_progress) -> Job:
        """Vectors of texts; the future ends with Embeddings, or StoppedError."""
        return self._ask("embed", (texts,), progress)

    @property
    def pieces(self) -> Mapping[int, bytes]:
        """Bytes of every token that any answer of the present child mentioned."""
        with self._lock:
            return self._life.pieces if self._life is not None else {}

    @property
    def pid(self) -> int | None:
        """Process id of the child; None while there is none."""
        with self._lock:
            return self._life.pid if self._life is not None else None

    @property
    def width(self) -> int:
        """How many calls it works on at the same time; it begins to load if it has not."""
        with self._lock:
            return self._running().width

    def close(self, reason: UserError | None = None) -> None:
        """End the child; jobs that run end with an error, `reason` if
        there is one. Doing it twice is harmless."""
        with self._lock:
            self._closed = True
            life, self._life = self._life, None
        if life is not None:
            life.close(reason)

    def _ask(
        self,
        name: str,
        args: tuple[object, ...],
        progress: ProgressCallback = ignore_progress,
        *,
        yields: bool = False,
    ) -> Job:
        job = Job(next(self._numbers), name, self._cancel, progress, yields=yields)
        self._submit(job, args)
        return job

    def _capture(
        self, name: str, wanted: object, progress: ProgressCallback, shape: tuple[int, ...]
    ) -> Job:
        job = CaptureJob(next(self._numbers), name, self._cancel, progress, shape)
        self._submit(job, (wanted, job.room))
        return job

    def _submit(self, job: Job, args: tuple[object, ...]) -> None:
        with self._lock:
            self._running().submit(job, args)

    def _cancel(self, number: int) -> None:
        with self._lock:
            if self._life is not None:
                self._life.cancel(number)

    def _running(self) -> Life:
        if self._closed:
            raise UserError("The engine was closed.")
        if self._life is None or not self._life.alive:
            if self._life is not None:
                self._life.close()
            self._life = self._begin(self.path, self.settings)
        return self._life

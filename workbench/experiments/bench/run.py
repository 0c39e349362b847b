"""The benchmark: which rows there are, on which models, and how each is measured."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workbench.core.errors import UserError
from workbench.core.paths import Profile, demo_model_path
from workbench.core.python import python_command
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.core.types import ChooseRequest, EngineSettings, GenerateRequest, ScoreRequest
from workbench.engine.bench_model import BIG_VOCABULARY, QUICK, write_bench_model
from workbench.engine.client import EngineClient
from workbench.engine.gguf import read_header
from workbench.engine.hardware import cpu_name, default_threads, usable_cores
from workbench.engine.native.bare import BARE_PROCESS, BareLlama, binding_logprobs_s
from workbench.experiments.bench.evaluate import evaluate_rows, words_row
from workbench.experiments.bench.influence import influence_rows
from workbench.experiments.bench.inside import inside_rows
from workbench.experiments.bench.microscope import microscope_rows
from workbench.experiments.bench.rows import BenchRow, pairs, row
from workbench.experiments.bench.sweep import sweep_row

_N_CTX = 4096
_SAMPLING = Sampling(max_tokens=1_000_000, ignore_eos=True)
_BIG_BATCH = 512
"""Prompt tokens per decode of the bare prefill: what llama.cpp's own tools take."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured; the quick sizes are for a look, not for a claim."""

    runs: int = 5
    decode: int = 48
    demo_decode: int = 512
    batch: int = 24
    edit: int = 2000
    score: int = 512
    choose: int = 500
    influence: int = 1000
    evaluate: int = 10
    binding: int = 12


QUICK_SIZES = Sizes(runs=3, decode=32, demo_decode=256, batch=16, edit=1000, binding=6)


def bench_model(profile: Profile, *, quick: bool, progress: Callable[[int, int], None]) -> Path:
    """The random-weight model, made once and kept in the profile's cache.

    Raises:
        UserError: it cannot be written.
    """
    shape = QUICK if quick else BIG_VOCABULARY
    folder = profile.cache / "bench"
    path = folder / f"bench-{'quick' if quick else 'big'}.gguf"
    if not path.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"{folder} cannot be made: {error.strerror or error}.") from error
        write_bench_model(path, shape, progress=progress)
    return path


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "cpu": cpu_name(),
        "cores": usable_cores(),
        "platform": platform.platform(),
        "python": platform.python_version(),
    }


def measure(path: Path, sizes: Sizes) -> Iterator[BenchRow]:
    """Every row, one after another."""
    with _engines(path) as bench:
        yield bench.decode("decode_records", sizes.decode, sizes.runs, ">= 0.95")
        yield from bench.batches(sizes)
        yield bench.prefix_edit(sizes)
        yield bench.score(sizes)
        yield bench.choose(sizes)
        yield from bench.influence(sizes)
        yield from bench.inside(sizes)
        yield from bench.microscope(sizes)
        yield bench.binding(sizes)
    with _engines(demo_model_path()) as demo:
        yield demo.decode("decode_records_demo", sizes.demo_decode, sizes.runs, ">= 0.65")
    yield from evaluate_rows(
        path, EngineSettings(n_ctx=1024), sizes.evaluate, 1, min(2, sizes.runs)
    )
    yield sweep_row(sizes.runs)
    yield words_row(demo_model_path(), EngineSettings(n_ctx=512), 32, sizes.runs)
    yield first_token(sizes)


class _Drop:
    """A sink that keeps nothing."""

    def prefill(self, done: int, total: int) -> None:
        """Nothing to do."""

    def tokens(
        self, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Nothing to do."""


def _quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


@contextmanager
def _engines(path: Path) -> Iterator[_Bench]:
    info = read_header(path).info
    n_ctx = min(_N_CTX, info.n_ctx_train)
    settings = EngineSettings(n_ctx=n_ctx)
    client = EngineClient(path, settings)
    try:
        client.load().result()
        yield _Bench(path, settings, client, info.n_params, info.n_vocab)
    finally:
        client.close()


class _Bench:
    """One model behind the child process, and bare beside it when it is needed."""

    def __init__(
        self,
        path: Path,
        settings: EngineSettings,
        client: EngineClient,
        n_params: int,
        n_vocab: int,
    ) -> None:
        self._path = path
        self._settings = settings
        self._client = client
        self._n_params = n_params
        self._n_vocab = n_vocab

    def decode(self, name: str, n: int, runs: int, target: str) -> BenchRow:
        """Tokens per second with full records through the child, against a bare loop."""
        prompt = self._prompt(16)
        same = True
        with self._bare() as bare:

            def theirs() -> float:
                nonlocal same
                tokens, seconds = bare.decode(prompt, _SAMPLING, 1, n)
                same = same and tokens == self._sampled
                return n / seconds

            self._ours(prompt, n, 1)
            ours_rate, their_rate = pairs(lambda: self._ours(prompt, n, 1), theirs, runs)
        if not same:
            raise UserError(f"{name}: the bare loop sampled other tokens for the same seed.")
        return row(name, ours_rate, their_rate, "token/s", "a bare C-sampler loop", target)

    def batches(self, sizes: Sizes) -> Iterator[BenchRow]:
        """Many samples of one prompt, against one stream and against a bare batched loop."""
        prompt, n = self._prompt(16), sizes.batch
        self._ours(prompt, n, 16)
        for streams, target in ((8, ">= 2.8"), (16, ">= 3.4")):
            many, one = pairs(
                lambda streams=streams: self._ours(prompt, n, streams),  # type: ignore[misc]  # a default binds the loop's value
                lambda: self._ours(prompt, n, 1),
                sizes.runs,
            )
            yield row(f"batch_{streams}", many, one, "token/s", "one stream", target)
        with self._bare() as bare:
            many, theirs = pairs(
                lambda: self._ours(prompt, n, 8),
                lambda: 8 * n / bare.decode_many(prompt, _SAMPLING, 1, n, 8),
                sizes.runs,
            )
        yield row("batch_8_overhead", many, theirs, "token/s", "a bare batched loop", ">= 0.95")

    def prefix_edit(self, sizes: Sizes) -> BenchRow:
        """An edit in the last tenth of a long prompt, to the next token's distribution."""
        prompt = self._prompt(min(sizes.edit, self._settings.n_ctx - 64))
        edits = iter(range(1, 1000))

        def edited() -> float:
            changed = list(prompt)
            changed[-(len(prompt) // 10)] = prompt[0] + next(edits)
            start = time.perf_counter()
            self._next(tuple(changed))
            return time.perf_counter() - start

        with self._bare(_BIG_BATCH) as bare:
            self._next(prompt)
            ours, theirs = pairs(edited, lambda: bare.prefill_s(prompt), sizes.runs)
        return row("prefix_edit", ours, theirs, "s", "the full prefill", "<= 0.15")

    def score(self, sizes: Sizes) -> BenchRow:
        """Scoring every token of a text, against a prefill that asks for all logits."""
        ids = self._prompt(sizes.score)

        def ours() -> float:
            start = time.perf_counter()
            self._client.score(ScoreRequest(ids)).future.result()
            return time.perf_counter() - start

        with self._bare(_BIG_BATCH) as bare:
            ours()
            mine, theirs = pairs(ours, lambda: bare.prefill_s(ids, all_logits=True), sizes.runs)
        against = "a prefill asking all logits"
        return row(f"score_{len(ids)}", mine, theirs, "s", against, "<= 1.25")

    def choose(self, sizes: Sizes) -> BenchRow:
        """Four choices of a few tokens behind one prompt, against that prompt's prefill."""
        prompt = self._prompt(sizes.choose)
        random = np.random.default_rng(7)
        fresh = iter(range(1, 1000))

        def ours() -> float:
            other = (prompt[0] + next(fresh), *prompt[1:])  # nothing of it may stand in the cache
            choices = tuple(
                tuple(int(t) for t in random.integers(256, self._n_vocab - 8, 4)) for _ in range(4)
            )
            start = time.perf_counter()
            self._client.choose(ChooseRequest(other, choices)).future.result()
            return time.perf_counter() - start

        with self._bare(_BIG_BATCH) as bare:
            ours()
            mine, theirs = pairs(ours, lambda: bare.prefill_s(prompt), sizes.runs)
        return row("choose_4", mine, theirs, "s", "one prompt's prefill", "<= 1.3")

    def influence(self, sizes: Sizes) -> Iterator[BenchRow]:
        """Twelve parts of a prompt left out, against what stands behind them."""
        return influence_rows(self._client, sizes.influence, 12, min(3, sizes.runs))

    def inside(self, sizes: Sizes) -> Iterator[BenchRow]:
        """Attention captured while a prompt is read, against reading it."""
        with self._bare(_BIG_BATCH) as bare:
            yield from inside_rows(self._client, bare, self._prompt(sizes.score), sizes.runs)

    def microscope(self, sizes: Sizes) -> Iterator[BenchRow]:
        """The samplers looked at over kept logits, against decoding."""
        return microscope_rows(self._client, self._prompt(16), sizes.decode, sizes.runs)

    def binding(self, sizes: Sizes) -> BenchRow:
        """llama-cpp-python's own logprobs=20, against the bare loop; for comparison."""
        prompt, n = self._prompt(16), sizes.binding
        threads = default_threads(self._n_params)

        def ours() -> float:
            made, seconds = binding_logprobs_s(self._path, "a b c d e f g h", n, threads)
            return made / seconds

        with self._bare() as bare:
            rates, bare_rates = pairs(
                ours, lambda: n / bare.decode(prompt, _SAMPLING, 1, n)[1], min(2, sizes.runs)
            )
        name = "llama_cpp_python_logprobs"
        return row(name, rates, bare_rates, "token/s", "a bare C-sampler loop")

    def _ours(self, prompt: tuple[int, ...], n: int, streams: int) -> float:
        """Tokens per second of a generation through the child, its prompt in the cache."""
        sampling = Sampling(max_tokens=n, ignore_eos=True)
        request = GenerateRequest(prompt, sampling, 1, streams)
        start = time.perf_counter()
        result = self._client.generate(request, _Drop()).future.result()
        elapsed = time.perf_counter() - start
        made = sum(len(s.tokens) for s in result.samples)
        self._sampled = [int(t) for t in result.samples[0].tokens.ids]
        return made / elapsed

    def _next(self, prompt: tuple[int, ...]) -> None:
        sampling = Sampling(max_tokens=1, ignore_eos=True)
        self._client.generate(GenerateRequest(prompt, sampling, 1), _Drop()).future.result()

    def _prompt(self, n: int) -> tuple[int, ...]:
        """Random ordinary tokens."""
        random = np.random.default_rng(n)
        high = max(128, self._n_vocab - 1100)  # the last ones may be control tokens
        return tuple(int(t) for t in random.integers(16, high, n))

    @contextmanager
    def _bare(self, n_batch: int = 64) -> Iterator[BareLlama]:
        bare = BareLlama(
            self._path,
            self._settings,
            n_ctx=self._settings.n_ctx,
            n_params=self._n_params,
            n_batch=n_batch,
        )
        try:
            yield bare
        finally:
            bare.close()


def first_token(sizes: Sizes) -> BenchRow:
    """From process start to the first token of the demo model, against a bare process."""
    model = str(demo_model_path())
    run = ("run", "@Once", "-s", "max_tokens=1", "--no-save")
    ours = python_command("-m", "workbench", *run)
    bare = python_command("-c", BARE_PROCESS, model)
    _first_byte_s(ours)
    mine, theirs = pairs(
        lambda: _first_byte_s(ours), lambda: _first_byte_s(bare), max(5, sizes.runs)
    )
    return row("first_token", mine, theirs, "s", "a bare llama_cpp process", "<= 3")


def _first_byte_s(command: list[str]) -> float:
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ
    ) as process:
        if process.stdout is None or not process.stdout.read(1):
            raise UserError("A process of the benchmark ended without a token.")
        elapsed = time.perf_counter() - start
        process.stdout.read()
    return elapsed

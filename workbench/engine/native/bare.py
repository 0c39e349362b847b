"""The least that can be done with llama.cpp: what the benchmarks hold the engine against.

No records, no events, no reuse: a loop over llama.cpp's own calls, as a C program would have it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings
from workbench.engine.hardware import default_threads
from workbench.engine.kv import MAX_SEQUENCES
from workbench.engine.native.candidates import Candidates
from workbench.engine.native.chain import Chain
from workbench.engine.native.context import NativeContext
from workbench.engine.native.lib import NativeLog, lib
from workbench.engine.native.model import NativeModel
from workbench.engine.prefix import CHUNK


class BareLlama:
    """A model and a context, with the engine's own settings but for the batch size."""

    def __init__(
        self,
        path: Path,
        settings: EngineSettings,
        *,
        n_ctx: int,
        n_params: int,
        n_batch: int = CHUNK,
        n_seq: int = MAX_SEQUENCES,
    ) -> None:
        self._log = NativeLog()
        self._model = NativeModel(path, settings, self._log)
        self._context = NativeContext(
            self._model,
            settings,
            n_cells=n_ctx,
            n_batch=n_batch,
            n_seq=n_seq,
            n_threads=settings.n_threads or default_threads(n_params),
        )
        self._candidates = Candidates(self._model.n_vocab)

    def close(self) -> None:
        """Free everything."""
        self._context.close()
        self._model.close()

    def prefill_s(self, ids: Sequence[int], *, all_logits: bool = False) -> float:
        """Seconds to decode a prompt into the empty cache."""
        self._context.clear()
        size = self._context.n_batch
        start = time.perf_counter()
        for begin in range(0, len(ids), size):
            part = ids[begin : begin + size]
            outputs = np.ones(len(part), np.int8) if all_logits else None
            self._context.decode(part, range(begin, begin + len(part)), 0, outputs)
        # Logits are computed lazily on some backends; reading one waits for them.
        self._context.logits()
        return time.perf_counter() - start

    def decode(
        self, ids: Sequence[int], sampling: Sampling, seed: int, n: int
    ) -> tuple[list[int], float]:
        """Sample `n` tokens after a prompt; the tokens and the seconds without the prompt."""
        self.prefill_s(ids)
        chain = Chain(self._model, sampling, seed, self._candidates)
        chain.remember(ids)
        tokens = []
        position = len(ids)
        sample = lib.llama_sampler_sample
        start = time.perf_counter()
        for _ in range(n):
            token = sample(chain.handle, self._context.handle, -1)
            tokens.append(token)
            self._context.decode_one(token, position)
            position += 1
        elapsed = time.perf_counter() - start
        chain.close()
        return tokens, elapsed

    def decode_many(
        self, ids: Sequence[int], sampling: Sampling, seed: int, n: int, streams: int
    ) -> float:
        """Seconds to sample `n` tokens in each of several streams, one batch a step."""
        self.prefill_s(ids)
        chains = [Chain(self._model, sampling, seed + i, self._candidates) for i in range(streams)]
        for chain in chains:
            chain.remember(ids)
        for sequence in range(1, streams):
            self._context.copy(0, sequence)
        ones = np.ones(streams, np.int8)
        sample = lib.llama_sampler_sample
        rows = [-1] * streams
        start = time.perf_counter()
        for step in range(n):
            tokens = [
                sample(chain.handle, self._context.handle, row)
                for chain, row in zip(chains, rows, strict=True)
            ]
            self._context.decode(tokens, [len(ids) + step] * streams, range(streams), ones)
            rows = list(range(streams))
        elapsed = time.perf_counter() - start
        for chain in chains:
            chain.close()
        return elapsed


def binding_logprobs_s(path: Path, prompt: str, n: int, n_threads: int) -> tuple[int, float]:
    """llama-cpp-python's own way: `logprobs=20` on its high-level class; tokens and seconds."""
    from llama_cpp import Llama

    model = Llama(str(path), n_ctx=512, n_threads=n_threads, logits_all=True, verbose=False, seed=1)
    try:
        model.create_completion(prompt, max_tokens=1, logprobs=20)
        start = time.perf_counter()
        answer = model.create_completion(prompt, max_tokens=n, logprobs=20, temperature=0.8)
        return int(answer["usage"]["completion_tokens"]), time.perf_counter() - start
    finally:
        model.close()


BARE_PROCESS = """
import sys, llama_cpp as l
quiet = l.llama_log_callback(lambda *a: None)
l.llama_log_set(quiet, None)
l.llama_backend_init()
m = l.llama_model_load_from_file(sys.argv[1].encode(), l.llama_model_default_params())
p = l.llama_context_default_params()
p.n_ctx, p.n_threads, p.n_threads_batch = 1024, 1, 1
c = l.llama_init_from_model(m, p)
v = l.llama_model_get_vocab(m)
t = (l.llama_token * 1)(l.llama_vocab_bos(v))
l.llama_decode(c, l.llama_batch_get_one(t, 1))
s = l.llama_sampler_init_greedy()
print(l.llama_sampler_sample(s, c, -1), flush=True)
"""
"""Import llama_cpp, load a model, decode one token, print it: a whole process of its own."""

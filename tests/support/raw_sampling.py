"""llama.cpp's samplers and decoding through its C interface alone, written without the engine.

What the engine draws is held against this: another list of candidates, another chain, another
loop.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from llama_cpp import llama_cpp as lib

from workbench.core.sampling import Sampling

Stages = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Left:
    """Candidates by id after a sampler: their logits, those at -inf left out."""

    name: str
    logits: dict[int, float]

    @property
    def p(self) -> dict[int, float]:
        """Softmax of the logits."""
        top = max(self.logits.values(), default=0.0)
        weights = {t: math.exp(x - top) for t, x in self.logits.items()}
        total = sum(weights.values())
        return {t: w / total for t, w in weights.items()}


class RawModel:
    """A model and a context as the engine would have them, made by hand."""

    def __init__(self, path: Path, n_ctx: int = 1024) -> None:
        lib.llama_backend_init()
        params = lib.llama_model_default_params()
        params.n_gpu_layers = 0
        self.model = lib.llama_model_load_from_file(str(path).encode(), params)
        context = lib.llama_context_default_params()
        context.n_ctx, context.n_batch, context.n_ubatch = n_ctx, 64, 64
        context.n_threads = context.n_threads_batch = 1
        # Samples share one stream of cells in the engine; the padding decides the kernels' order.
        context.n_seq_max, context.kv_unified, context.swa_full = 64, True, True
        self.context = lib.llama_init_from_model(self.model, context)
        self.vocab = lib.llama_model_get_vocab(self.model)
        self.n_vocab = int(lib.llama_vocab_n_tokens(self.vocab))
        self.ends = [t for t in range(self.n_vocab) if lib.llama_vocab_is_eog(self.vocab, t)]

    def close(self) -> None:
        """Free both."""
        lib.llama_free(self.context)
        lib.llama_model_free(self.model)

    def decode(self, tokens: Sequence[int]) -> None:
        """Append tokens, 64 at a time."""
        for start in range(0, len(tokens), 64):
            part = (lib.llama_token * len(tokens[start : start + 64]))(*tokens[start : start + 64])
            assert lib.llama_decode(self.context, lib.llama_batch_get_one(part, len(part))) == 0

    def row(self) -> npt.NDArray[np.float32]:
        """The last row of logits."""
        address = lib.llama_get_logits_ith(self.context, -1)
        return np.ctypeslib.as_array(address, (self.n_vocab,)).copy()

    def restart(self, tokens: Sequence[int]) -> None:
        """Only these tokens stand in the cache."""
        lib.llama_memory_clear(lib.llama_get_memory(self.context), True)
        self.decode(tokens)

    def stages(
        self, s: Sampling, seed: int, prompt: Sequence[int] = (), grammar: str = ""
    ) -> Stages:
        """One sampler for each name the engine shows; `grammar` stands for a JSON schema's."""
        made = list(self._constraints(s, grammar or s.grammar))
        if s.mirostat == 1:
            draw = lib.llama_sampler_init_mirostat(
                self.n_vocab, seed, s.mirostat_tau, s.mirostat_eta, 100
            )
        elif s.mirostat == 2:
            draw = lib.llama_sampler_init_mirostat_v2(seed, s.mirostat_tau, s.mirostat_eta)
        if s.mirostat:
            made += [
                ("temperature", lib.llama_sampler_init_temp(s.temperature)),
                ("mirostat", draw),
            ]
        else:
            named = [n for n in s.samplers if n != "adaptive_p"]
            made += [(name, self._one(name, s, seed)) for name in named]
            if "adaptive_p" in s.samplers:
                adaptive = lib.llama_sampler_init_adaptive_p(
                    s.adaptive_target, s.adaptive_decay, seed
                )
                made.append(("adaptive_p", adaptive))
            else:
                made.append(("dist", lib.llama_sampler_init_dist(seed)))
        for name, sampler in made:
            if name in ("penalties", "dry"):
                for token in prompt:
                    lib.llama_sampler_accept(sampler, token)
        return made

    def _constraints(self, s: Sampling, grammar: str) -> Iterator[tuple[str, Any]]:
        biases: dict[int, float] = {}
        for token, bias in s.logit_bias:
            biases[int(token)] = biases.get(int(token), 0.0) + bias
        bans = [int(t) for t in s.banned_tokens] + (self.ends if s.ignore_eos else [])
        biases |= dict.fromkeys(bans, -math.inf)
        if grammar:
            # The engine keeps format tokens out of constrained replies; llama.cpp spells them.
            biases |= {
                t: -math.inf
                for t in range(self.n_vocab)
                if lib.llama_vocab_is_control(self.vocab, t)
                and not lib.llama_vocab_is_eog(self.vocab, t)
            }
        if biases:
            items = (lib.llama_logit_bias * len(biases))(
                *(lib.llama_logit_bias(t, b) for t, b in biases.items())
            )
            yield "logit_bias", lib.llama_sampler_init_logit_bias(self.n_vocab, len(items), items)
        if grammar:
            yield (
                "grammar",
                lib.llama_sampler_init_grammar(self.vocab, grammar.encode(), b"root"),
            )

    def _one(self, name: str, s: Sampling, seed: int) -> Any:
        breakers = [b.encode() for b in s.dry_sequence_breakers]
        makers = {
            "penalties": lambda: lib.llama_sampler_init_penalties(
                self.n_vocab,
                s.repeat_last_n,
                s.repeat_penalty,
                s.frequency_penalty,
                s.presence_penalty,
            ),
            "dry": lambda: lib.llama_sampler_init_dry(
                self.vocab,
                s.dry_multiplier,
                s.dry_base,
                s.dry_allowed_length,
                s.dry_penalty_last_n,
                (ctypes.c_char_p * max(1, len(breakers)))(*breakers),
                len(breakers),
            ),
            "top_n_sigma": lambda: lib.llama_sampler_init_top_n_sigma(s.top_n_sigma),
            "top_k": lambda: lib.llama_sampler_init_top_k(s.top_k),
            "typ_p": lambda: lib.llama_sampler_init_typical(s.typical_p, 1),
            "top_p": lambda: lib.llama_sampler_init_top_p(s.top_p, 1),
            "min_p": lambda: lib.llama_sampler_init_min_p(s.min_p, 1),
            "xtc": lambda: lib.llama_sampler_init_xtc(s.xtc_probability, s.xtc_threshold, 1, seed),
            "temperature": lambda: lib.llama_sampler_init_temp_ext(
                s.temperature, s.dynatemp_range, s.dynatemp_exponent
            ),
            "infill": lambda: lib.llama_sampler_init_infill(self.vocab),
        }
        return makers[name]()

    def loop(self, prompt: Sequence[int], stages: Stages, n: int) -> list[int]:
        """`n` tokens by llama_sampler_sample; fewer if one of them ends the reply."""
        chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        for _, sampler in stages:
            lib.llama_sampler_chain_add(chain, sampler)
        self.restart(prompt)
        drawn: list[int] = []
        while len(drawn) < n and not (drawn and drawn[-1] in self.ends):
            if drawn:
                self.decode(drawn[-1:])
            drawn.append(int(lib.llama_sampler_sample(chain, self.context, -1)))
        lib.llama_sampler_free(chain)
        return drawn

    def walked(
        self, row: npt.NDArray[np.float32], stages: Stages, *, only_possible: Sequence[str] = ()
    ) -> tuple[list[Left], int, float]:
        """Candidates after each sampler applied by itself, the token drawn, its probability.

        `only_possible` names samplers that do not see candidates of next to no probability.
        """
        items = (lib.llama_token_data * len(row))(
            *(lib.llama_token_data(i, x, 0.0) for i, x in enumerate(row.tolist()))
        )
        array = lib.llama_token_data_array(items, len(row), -1, False)
        lefts = [_left("model", array)]
        for name, sampler in stages:
            if name in only_possible:
                _drop_impossible(array)
            lib.llama_sampler_apply(sampler, ctypes.byref(array))
            lefts.append(_left(name, array))
        drawn = array.data[array.selected]
        return lefts, int(drawn.id), float(drawn.p)

    def p_of_each(self, prompt: Sequence[int], stages: Stages, n: int) -> list[tuple[int, float]]:
        """Like `loop`, but applying the samplers by hand: each token with its probability."""
        self.restart(prompt)
        drawn: list[tuple[int, float]] = []
        while len(drawn) < n and not (drawn and drawn[-1][0] in self.ends):
            if drawn:
                self.decode([drawn[-1][0]])
            _, token, p = self.walked(self.row(), stages)
            for _, sampler in stages:
                lib.llama_sampler_accept(sampler, token)
            drawn.append((token, p))
        freed(stages)
        return drawn


def freed(stages: Stages) -> None:
    """Free samplers that no chain owns."""
    for _, sampler in stages:
        lib.llama_sampler_free(sampler)


def _drop_impossible(array: Any) -> None:
    found = [(array.data[i].id, array.data[i].logit, array.data[i].p) for i in range(array.size)]
    least = max(x for _, x, _ in found) + math.log(1e-35)
    kept = [c for c in found if c[1] >= least]
    for index, (token, logit, p) in enumerate(kept):
        array.data[index] = lib.llama_token_data(token, logit, p)
    array.size = len(kept)


def _left(name: str, array: Any) -> Left:
    found = ((array.data[i].id, array.data[i].logit) for i in range(array.size))
    return Left(name, {int(t): float(x) for t, x in found if x != -math.inf})


@contextmanager
def raw(path: Path, n_ctx: int = 1024) -> Iterator[RawModel]:
    """A raw model for the length of a block."""
    model = RawModel(path, n_ctx)
    try:
        yield model
    finally:
        model.close()

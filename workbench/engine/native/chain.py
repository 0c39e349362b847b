"""Owner of a sampler chain: llama.cpp's own samplers in the order asked for."""

from __future__ import annotations

import ctypes
import math
import re
import weakref
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.engine.native.candidates import Candidates
from workbench.engine.native.grammar import grammar_text, make_sampler
from workbench.engine.native.lib import lib
from workbench.engine.native.model import NativeModel

_TOKEN_ID = re.compile(r"-?[0-9]{1,12}")
_MIROSTAT_M = 100  # what llama.cpp's own front ends pass
_MOST_INFILL = 2000
_NEXT_TO_NOTHING = 1e-35  # of the likeliest token's probability; still a normal float32


class Chain:
    """llama.cpp's samplers for one reply: constraints, the user's order, then the draw.

    Order: logit bias (bans, ignored end tokens), grammar, then `sampling.samplers` in their
    order, then the one that draws (dist; adaptive-p when named; mirostat replaces the truncating
    samplers, as llama.cpp's own `common_sampler_init` has it). The grammar stands first, so the
    probabilities after the chain are exact; llama.cpp's tools sample first and redraw on a
    rejection, which is faster and gives the same replies only when nothing is rejected.

    Attributes:
        names: of the samplers, in order.
        idle: whether each of them does nothing at all, by llama.cpp's own word.

    Raises:
        UserError: a grammar that does not parse, or a bias for a text that is not one token.
    """

    def __init__(
        self, model: NativeModel, sampling: Sampling, seed: int, candidates: Candidates
    ) -> None:
        params = lib.llama_sampler_chain_default_params()
        params.no_perf = True
        self._chain = lib.llama_sampler_chain_init(params)
        self._free = weakref.finalize(self, lib.llama_sampler_free, self._chain)
        self._candidates = candidates
        self._keep: list[object] = []
        self.names: list[str] = []
        self.idle: list[bool] = []
        self._remembering: list[Any] = []
        self._grammar: Any = None
        for name, sampler in self._build(model, sampling, seed):
            lib.llama_sampler_chain_add(self._chain, sampler)
            self.names.append(name)
            # llama.cpp puts a sampler that does nothing in place of one with neutral values.
            self.idle.append(bool(lib.llama_sampler_name(sampler).startswith(b"?")))
            if name in ("penalties", "dry"):
                self._remembering.append(sampler)
            if name == "grammar":
                self._grammar = sampler
        self._history = max(sampling.repeat_last_n, sampling.dry_penalty_last_n, 1)

    @property
    def handle(self) -> object:
        """The chain's `llama_sampler *`."""
        return self._chain

    def close(self) -> None:
        """Free the samplers."""
        self._remembering.clear()
        self._grammar = None
        self._free()

    def remember(self, tokens: Sequence[int]) -> None:
        """Show the prompt to the samplers that look back; a grammar must not see it."""
        for sampler in self._remembering:
            for token in tokens[-self._history :]:
                lib.llama_sampler_accept(sampler, token)

    def follow(self, tokens: Sequence[int]) -> int | None:
        """Show a grammar the reply so far; the first of `tokens` that it forbids, else None.

        Only a grammar keeps track of the whole reply; `remember` is for the others. Behind a
        forbidden token the chain is of no use any more.
        """
        if self._grammar is None:
            return None
        for token in tokens:
            if not self._candidates.allowed(self._grammar, token):
                return token
            lib.llama_sampler_accept(self._grammar, token)
        return None

    def sample(self, row: npt.NDArray[np.float32]) -> tuple[int, float] | None:
        """Draw from raw logits (n_vocab,): the token and its probability after the chain.

        None when the constraints leave no token at all.
        """
        candidates = self._candidates
        candidates.fill(row)
        lib.llama_sampler_apply(self._chain, candidates.ref)
        if candidates.array.selected < 0:
            return None
        token, logit, p = candidates.selected()
        # With every candidate at -inf the draw is arbitrary, and a grammar handed a token it
        # forbids throws across C and ends the process.
        if logit == -math.inf or math.isnan(p):
            return None
        return token, p

    def accept(self, token: int) -> None:
        """Tell the samplers with a memory what was said."""
        lib.llama_sampler_accept(self._chain, token)

    def apply(self, index: int) -> None:
        """Run sampler number `index` alone on the candidates as they are, as `sample` would.

        Random samplers (XTC, the draw) and those that steer (mirostat) advance as they do there.
        """
        lib.llama_sampler_apply(
            lib.llama_sampler_chain_get(self._chain, index), self._candidates.ref
        )

    def allows(self, token: int) -> bool:
        """Whether the grammar lets `token` be said next; True without a grammar.

        A grammar that is handed a token it forbids ends the process: ask before `accept`. The
        candidates are gone afterwards.
        """
        return self._grammar is None or self._candidates.allowed(self._grammar, token)

    def skip_draws(self, count: int) -> None:
        """Advance the random numbers of the draw as `count` draws do.

        Not for a chain that steers by what it drew: its state would change.
        """
        two = (lib.llama_token_data * 2)()
        array = lib.llama_token_data_array(two, 2, -1, False)
        draw = lib.llama_sampler_chain_get(self._chain, len(self.names) - 1)
        for _ in range(count):
            lib.llama_sampler_apply(draw, ctypes.byref(array))

    def _build(
        self, model: NativeModel, sampling: Sampling, seed: int
    ) -> Iterator[tuple[str, Any]]:
        biases = logit_biases(model, sampling)
        if biases:
            yield "logit_bias", self._bias_sampler(model, biases)
        grammar = grammar_text(sampling)
        if grammar:
            yield "grammar", make_sampler(model, grammar)
        if sampling.mirostat:
            yield "temperature", lib.llama_sampler_init_temp(sampling.temperature)
            yield "mirostat", _mirostat(model, sampling, seed)
            return
        for name in sampling.samplers:
            if name != "adaptive_p":
                yield name, self._sampler(name, model, sampling, seed)
        if "adaptive_p" in sampling.samplers:
            yield (
                "adaptive_p",
                lib.llama_sampler_init_adaptive_p(
                    sampling.adaptive_target, sampling.adaptive_decay, seed
                ),
            )
        else:
            yield "dist", lib.llama_sampler_init_dist(seed)

    def _sampler(self, name: str, model: NativeModel, s: Sampling, seed: int) -> Any:
        match name:
            case "penalties":
                return lib.llama_sampler_init_penalties(
                    model.n_vocab,
                    s.repeat_last_n,
                    s.repeat_penalty,
                    s.frequency_penalty,
                    s.presence_penalty,
                )
            case "dry":
                return model.dry.copy(model.vocab, s)
            case "top_n_sigma":
                return lib.llama_sampler_init_top_n_sigma(s.top_n_sigma)
            case "top_k":
                return lib.llama_sampler_init_top_k(s.top_k)
            case "typ_p":
                typical = lib.llama_sampler_init_typical(s.typical_p, 1)
                return _among_the_possible(typical) if s.typical_p < 1 else typical
            case "top_p":
                return lib.llama_sampler_init_top_p(s.top_p, 1)
            case "min_p":
                return lib.llama_sampler_init_min_p(s.min_p, 1)
            case "xtc":
                return lib.llama_sampler_init_xtc(s.xtc_probability, s.xtc_threshold, 1, seed)
            case "temperature":
                return lib.llama_sampler_init_temp_ext(
                    s.temperature, s.dynatemp_range, s.dynatemp_exponent
                )
            case "infill":
                return lib.llama_sampler_init_infill(model.vocab)
        raise ValueError(f"no sampler named {name}")

    def _bias_sampler(self, model: NativeModel, biases: dict[int, float]) -> Any:
        items = (lib.llama_logit_bias * len(biases))()
        for item, (token, bias) in zip(items, biases.items(), strict=True):
            item.token, item.bias = token, bias
        self._keep.append(items)
        return lib.llama_sampler_init_logit_bias(model.n_vocab, len(biases), items)


def logit_biases(model: NativeModel, sampling: Sampling) -> dict[int, float]:
    """Token id to what is added to its logit: biases, bans and ignored end tokens together.

    Raises:
        UserError: an id outside the vocabulary, or a text that is not exactly one token.
    """
    biases: dict[int, float] = {}
    for token, bias in sampling.logit_bias:
        key = _one_token(model, token, "logit_bias")
        biases[key] = biases.get(key, 0.0) + bias
    for token in sampling.banned_tokens:
        biases[_one_token(model, token, "banned_tokens")] = -math.inf
    if sampling.grammar.strip() or sampling.json_schema.strip():
        # llama.cpp reads a control token as the letters of its name, so `<s>` would pass for three
        # characters of a string and then be missing from the text.
        controls = (t for t in model.control_tokens() if not model.is_end(t))
        biases.update(dict.fromkeys(controls, -math.inf))
    if sampling.ignore_eos:
        biases.update(dict.fromkeys(model.end_tokens(), -math.inf))
    return biases


def _one_token(model: NativeModel, token: str | int, field: str) -> int:
    if isinstance(token, str) and not _TOKEN_ID.fullmatch(token):
        ids = model.tokenize(token, add_bos=False, parse_special=True).ids
        if len(ids) != 1:
            raise UserError(
                f"{field}: {token!r} is {len(ids)} tokens for this model, not one.",
                "Name a text that is one token (mind the leading space), or a token id.",
            )
        return ids[0]
    number = int(token)
    if not 0 <= number < model.n_vocab:
        raise UserError(
            f"{field}: there is no token {number}; ids go from 0 to {model.n_vocab - 1}."
        )
    return number


def _mirostat(model: NativeModel, s: Sampling, seed: int) -> Any:
    if s.mirostat == 1:
        return _among_the_possible(
            lib.llama_sampler_init_mirostat(
                model.n_vocab, seed, s.mirostat_tau, s.mirostat_eta, _MIROSTAT_M
            )
        )
    return lib.llama_sampler_init_mirostat_v2(seed, s.mirostat_tau, s.mirostat_eta)


def check_infill(model: NativeModel, sampling: Sampling) -> None:
    """Refuse the infill sampler where llama.cpp would abort or never come back.

    Raises:
        UserError: the model has no end token, or the sampler would see a whole large vocabulary.
    """
    names = sampling.samplers
    if "infill" not in names or sampling.mirostat:
        return
    if lib.llama_vocab_eos(model.vocab) < 0 and lib.llama_vocab_eot(model.vocab) < 0:
        raise UserError("samplers: infill needs a model that has an end token, and this has none.")
    before = names[: names.index("infill")]
    seen = sampling.top_k if "top_k" in before and sampling.top_k else model.n_vocab
    if min(seen, model.n_vocab) > _MOST_INFILL:
        raise UserError(
            f"samplers: infill compares its candidates pair by pair, and {seen:,} are too many.",
            f"Put top_k with at most {_MOST_INFILL:,} before it.",
        )


def _among_the_possible(sampler: Any) -> Any:
    """One sampler that drops candidates of probability 0, then applies `sampler`.

    Typical-p and mirostat 1 take logarithms of every candidate's probability. A single banned
    one makes all their sums NaN: typical-p then keeps an arbitrary set, mirostat 1 the best only.
    """
    both = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
    lib.llama_sampler_chain_add(both, lib.llama_sampler_init_min_p(_NEXT_TO_NOTHING, 1))
    lib.llama_sampler_chain_add(both, sampler)
    return both

"""Runs as JSON documents: the shapes that scripts rely on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.core.remote import Served, ServerInfo, remote_address
from workbench.core.run import RunStart
from workbench.core.tokens import PromptToken, TokenRecord
from workbench.core.types import EngineInfo, GenerateResult, ModelInfo, Timings
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.surprise import PromptSurprise, Surprise


def run_document(outcome: RunOutcome) -> dict[str, Any]:
    """A finished run."""
    start, end = outcome.start, outcome.end
    served = end.result.served
    document: dict[str, Any] = {
        "run_id": start.run_id,
        "status": end.status.value,
        "saved": outcome.saved,
        "save_error": outcome.save_error or None,
        "model": model_document(start.model),
        "engine": engine_document(start.engine),
        "prompt_name": start.prompt_name,
        "prompt": start.text,
        "prompt_tokens": prompt_token_documents(start.prompt_tokens),
        "sampling": start.sampling.to_dict(),
        "seed": start.seed,
        "parent": parent_document(start),
        "given": list(start.given),
        "samples": sample_documents(end.result, start),
        "timings": timings_document(end.result.timings, served),
    }
    if served is not None:
        document["served"] = served_document(served)
    if end.result.error:
        document["error"] = end.result.error
    return document


def parent_document(start: RunStart) -> dict[str, Any] | None:
    """Which reply a run was forked from and how many of its tokens stand; null when from none."""
    if start.parent is None:
        return None
    run_id, sample, token = start.parent
    return {"run_id": run_id, "sample": sample, "fork_token": token}


def model_document(info: ModelInfo) -> dict[str, Any]:
    """Which file it was; `sha256` is null while it is not computed, and what a server does not
    tell of its model is null too."""
    is_remote = remote_address(info.path) is not None
    return {
        "name": info.name,
        "path": info.path,
        "sha256": info.sha256 or None,
        "architecture": info.architecture or (None if is_remote else ""),
        "quantization": info.quantization or (None if is_remote else ""),
        "n_params": info.n_params or (None if is_remote else 0),
    }


def engine_document(engine: EngineInfo) -> dict[str, Any]:
    """Which engine it ran on; null where a server holds the model and does not say."""
    if engine.server is not None:
        return {
            "llama_cpp_python": None,
            "llama_cpp": None,
            "backend": engine.backend,
            "n_threads": None,
            "n_ctx": engine.n_ctx or None,
            "flash_attention": None,
            "kv_type": None,
            "server": server_document(engine.server),
        }
    return {
        "llama_cpp_python": engine.llama_cpp_python,
        "llama_cpp": engine.llama_cpp,
        "backend": engine.backend,
        "n_threads": engine.n_threads,
        "n_ctx": engine.n_ctx,
        "flash_attention": engine.flash_attention,
        "kv_type": engine.kv_type.value,
    }


def prompt_token_documents(tokens: Sequence[PromptToken]) -> list[dict[str, Any]]:
    """The prompt's tokens with their sources."""
    return [
        {
            "id": shown_id(t.id),
            "text": t.text,
            "bytes": t.bytes.hex(),
            "source": t.source,
            "message": t.message,
        }
        for t in tokens
    ]


def sample_documents(result: GenerateResult, start: RunStart) -> list[dict[str, Any]]:
    """The replies with every token's record."""
    return [
        {
            "seed": start.seed + index,
            "text": sample.text,
            "finish_reason": sample.finish.value,
            "context_full": sample.context_full,
            "tokens": [token_document(r) for r in sample.tokens.records(result.pieces)],
        }
        for index, sample in enumerate(result.samples)
    ]


def token_document(record: TokenRecord) -> dict[str, Any]:
    """One token: natural logarithms, entropy in nats, 0-based rank; null where not available."""
    return {
        "id": shown_id(record.id),
        "text": record.text,
        "bytes": record.bytes.hex(),
        "logprob": record.logprob,
        "rank": record.rank,
        "entropy": record.entropy,
        "p_sampled": record.p_sampled,
        "top": [{"id": shown_id(c.id), "text": c.text, "logprob": c.logprob} for c in record.top],
    }


def surprise_document(found: PromptSurprise) -> dict[str, Any]:
    """A prompt's surprise: nats, 0-based ranks and token numbers."""

    def listed(some: Sequence[Surprise]) -> list[dict[str, Any]]:
        return [{"index": s.index, "text": s.text, "nats": s.nats, "rank": s.rank} for s in some]

    return {
        "logprob": found.score.logprob,
        "n_tokens": found.score.n_tokens,
        "perplexity": found.score.perplexity,
        "bits_per_byte": found.score.bits_per_byte,
        "most_surprising": listed(found.most),
        "template_spikes": listed(found.spikes),
        "doubled_bos": list(found.doubled_bos),
        "by_source": [
            {"source": s.source, "n_tokens": s.n_tokens, "mean_nats": s.mean, "nats": s.total}
            for s in found.by_source
        ],
    }


def shown_id(token: int) -> int | None:
    """A token's id in the model's vocabulary; None where a server did not tell it."""
    return token if token >= 0 else None


def server_document(server: ServerInfo) -> dict[str, Any]:
    """Which server it was and what it can do; no credential is part of it."""
    can = server.capabilities
    return {
        "url": server.url,
        "kind": can.kind,
        "version": can.version or None,
        "model_asked": server.asked,
        "model_listed": server.told or None,
        "capabilities": {
            "completions": can.completions,
            "chat": can.chat,
            "logprobs": can.logprobs,
            "chat_logprobs": can.chat_logprobs,
            "most_alternatives": can.most_top,
            "scores_given_texts": can.scores,
            "tokenizes": can.tokenizes,
            "settings": list(can.settings),
            "missing": dict(can.missing),
        },
    }


def served_document(served: Served) -> dict[str, Any]:
    """What a server said of itself in an answer."""
    return {
        "model_asked": served.asked,
        "model_told": served.told or None,
        "sent_to": served.sent_to or None,
        "is_other_model": served.is_other_model,
        "prompt_tokens": served.prompt_tokens,
        "reply_tokens": served.reply_tokens,
        "rows_are_tokens": served.counts_tokens,
        "remarks": list(served.remarks),
    }


def timings_document(timings: Timings, served: Served | None = None) -> Mapping[str, Any]:
    """How long it took; null where a figure means nothing, or a server does not tell it."""
    if served is not None:
        return {
            "prefill_tokens": served.prompt_tokens,
            "cached_tokens": None,
            "prefill_tps": None,
            "decode_tokens": served.reply_tokens,
            "decode_tps": timings.decode_tps,
            "first_token_ms": timings.first_token_ms,
            "beside": None,
        }
    return {
        "prefill_tokens": timings.prefill_tokens,
        "cached_tokens": timings.cached_tokens,
        "prefill_tps": timings.prefill_tps,
        "decode_tokens": timings.decode_tokens,
        "decode_tps": timings.decode_tps,
        "first_token_ms": timings.first_token_ms,
        "beside": timings.beside,
    }

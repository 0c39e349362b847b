"""What passes between the rooms: models, requests, results. Frozen values without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.core.engine_settings import EngineSettings as EngineSettings  # noqa: PLC0414  # re-export
from workbench.core.engine_settings import KvType as KvType  # noqa: PLC0414  # re-export
from workbench.core.remote import Served, ServerInfo
from workbench.core.rendered import Message
from workbench.core.sampling import Sampling
from workbench.core.tokens import Float32, Int32, TokenTable


class Finish(StrEnum):
    """Why a reply ended."""

    STOP = "stop"
    """The model ended it, or a stop string did."""
    LENGTH = "length"
    """max_tokens were made, or the context is full."""
    CANCELLED = "cancelled"
    """A person stopped it; the text is what stood by then."""
    ERROR = "error"
    """The engine failed or died; the text is what stood by then."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A GGUF file as its header describes it.

    Attributes:
        sha256: of the whole file, lower-case hex; empty until it was computed.
        n_ctx_train: tokens the model was trained to read.
        chat_template: Jinja2 source from the metadata; None when it has none.
    """

    name: str
    path: str
    architecture: str
    quantization: str
    n_params: int
    size_bytes: int
    n_ctx_train: int
    n_vocab: int
    n_layer: int
    n_head: int
    n_head_kv: int
    n_embd: int
    chat_template: str | None = None
    sha256: str = ""
    licence: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """The engine that holds a model: what a replay must know about it.

    Attributes:
        server: the server that holds it; None for this program's own engine. Nothing else here
            means anything then, but for `backend`, the kind of server, and `n_ctx`, 0 if unknown.
    """

    llama_cpp_python: str
    llama_cpp: str
    backend: str
    n_threads: int
    n_ctx: int
    flash_attention: bool
    kv_type: KvType
    server: ServerInfo | None = None


@dataclass(frozen=True, slots=True)
class VocabInfo:
    """What rendering and tokenising need to know of a vocabulary.

    Attributes:
        bos, eos, eot: token ids; None when the model has none.
        bos_text, eos_text: their texts; empty when there are none.
        adds_bos: whether the model's metadata asks for a BOS in front of raw text.
        special_texts: texts of control tokens, by id.
    """

    n_vocab: int
    bos: int | None
    eos: int | None
    eot: int | None
    bos_text: str
    eos_text: str
    adds_bos: bool
    special_texts: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model that is ready: its header, its engine, its vocabulary.

    Attributes:
        recurrent: whether some layers keep one running state (Mamba, RWKV, hybrids): replies to
            different prompts are made one prompt after another then. False for a server, which
            does not say.
    """

    model: ModelInfo
    engine: EngineInfo
    vocab: VocabInfo
    recurrent: bool = False


@dataclass(frozen=True, slots=True)
class Tokenized:
    """Token ids with their bytes; `special[i]` says that token i is a control token."""

    ids: tuple[int, ...]
    pieces: tuple[bytes, ...]
    special: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class PromptWords:
    """A prompt in words, for a server that tokenises by itself.

    Attributes:
        messages: when the server writes them with its own chat template; `text` is unused then.
    """

    text: str
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class GenerateRequest:
    """Continue `prompt_ids`, `n_samples` times.

    Attributes:
        seed: of the first sample; sample i uses seed + i.
        top: how many alternatives are recorded per token.
        n_sampled: how many of the last prompt ids are the reply so far (a fork); they are decoded
            one at a time as an earlier run did, so that the fork continues exactly there. The
            text of the answer begins with theirs; no stop string inside them ends it.
        n_given: how many of those, at the end, no run has said: a person put them there. Their
            records come first in the answer's tables, without a `p_sampled`. An end token as
            the last of them ends the reply there.
        words: the prompt in words; None for an engine that reads token ids.
    """

    prompt_ids: tuple[int, ...]
    sampling: Sampling
    seed: int
    n_samples: int = 1
    top: int = 20
    n_sampled: int = 0
    n_given: int = 0
    words: PromptWords | None = None


@dataclass(frozen=True, slots=True)
class Timings:
    """How long a request took; None where a figure means nothing (no token was made, say).

    Attributes:
        prefill_tokens: prompt tokens decoded for this request.
        cached_tokens: prompt tokens that stood in the KV cache already.
        prefill_tps, decode_tps: tokens per second, all samples together; the first token of a
            sample comes with the prompt, so decode_tps counts those behind it.
        first_token_ms: from the engine's taking up the request to the first token.
        beside: how many replies to other requests grew at most in one batch with these. Then a
            step's time was shared out among all of them, so that speeds are no speeds alone, and
            log-probabilities may differ from those of a reply made alone by rounding. 0: none.
    """

    prefill_tokens: int = 0
    cached_tokens: int = 0
    prefill_tps: float | None = None
    decode_tokens: int = 0
    decode_tps: float | None = None
    first_token_ms: float | None = None
    beside: int = 0


@dataclass(frozen=True, slots=True)
class SampleResult:
    """One finished reply.

    Attributes:
        text: the reply, without the stop string that ended it.
        tokens: every sampled token, those of the stop string included.
        context_full: whether it ended because the context is full.
    """

    text: str
    finish: Finish
    tokens: TokenTable
    context_full: bool = False


@dataclass(frozen=True, slots=True)
class GenerateResult:
    """All replies to one request.

    Attributes:
        error: one sentence when `finish` of a sample is ERROR; empty otherwise.
        pieces: bytes of every token that the tables mention.
        served: what the server said of itself; None when this program's engine answered.
    """

    samples: tuple[SampleResult, ...]
    timings: Timings
    pieces: Mapping[int, bytes]
    error: str = ""
    hint: str = ""
    served: Served | None = None


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """Score a given text token by token.

    Attributes:
        ids: the whole text, at least one token.
        start: the first token whose record is wanted; 0 wants all.
        top: how many alternatives are recorded per token.
        exact: the same figures whatever stands in the cache. Without it a GPU, which reads a
            prompt in large batches, reuses everything in front of `start` that it read before;
            figures can then differ by rounding. On a CPU it makes no difference.
    """

    ids: tuple[int, ...]
    start: int = 0
    top: int = 20
    exact: bool = True


@dataclass(frozen=True, slots=True)
class ChooseRequest:
    """Score several continuations of one prompt; each choice has at least one token."""

    prompt_ids: tuple[int, ...]
    choices: tuple[tuple[int, ...], ...]
    top: int = 0


@dataclass(frozen=True, slots=True)
class ChooseManyRequest:
    """Score the choices of several prompts together; what the prompts share is read once.

    Figures depend by rounding on which prompts stand together, and on nothing else.
    """

    requests: tuple[ChooseRequest, ...]


@dataclass(frozen=True, slots=True)
class ChoiceScore:
    """One continuation: its summed natural log-probability and the records behind the sum."""

    ids: tuple[int, ...]
    logprob: float
    tokens: TokenTable


@dataclass(frozen=True, slots=True)
class TraceRequest:
    """Look at the sampler chain for the token after the prompt, or further on in a reply.

    Attributes:
        limit: how many candidates of each stage are listed; counts and masses are of all.
        said: tokens of the reply that stand before the one looked at.
        token: the token that was said there; None when none was. It is followed too.
        follow: how many of the model's likeliest tokens are followed through all stages.
        begun: how many tokens of the reply stood before its run began (a fork); the samplers'
            state began there.
    """

    prompt_ids: tuple[int, ...]
    sampling: Sampling
    seed: int
    limit: int = 40
    said: tuple[int, ...] = ()
    token: int | None = None
    follow: int = 0
    begun: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """The candidates after one sampler; the first stage is the model's raw distribution.

    Attributes:
        n: candidates left.
        mass: what part of the raw distribution they hold, 0 to 1.
        ids, logits, p: the best of them, int32, float32, float32 (m,); `p` is the softmax over
            all that are left.
        followed: float32, `p` of each token that is followed; NaN for those that are out.
    """

    name: str
    n: int
    mass: float
    ids: Int32
    logits: Float32
    p: Float32
    followed: Float32


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """The whole chain and the token it drew; None when the constraints left nothing.

    Attributes:
        followed_ids: int32, the tokens that are followed: the model's likeliest first, and at
            the end the one that was said if it is not among them.
        undecided: the sampler whose state cannot be known because these settings would not
            have made the tokens before; then the stages end before the first sampler. Else "".
        kept: whether the logits were kept from the run, not computed anew.
    """

    stages: tuple[Stage, ...]
    token: int | None
    followed_ids: Int32
    undecided: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class NextTokens:
    """The model's raw distribution after a text.

    Attributes:
        ids: int32 (k,), most likely first.
        logprob: float32 (k,), natural logarithm under the full softmax.
        entropy: nats over the full vocabulary.
        cached_tokens: how much of the text stood in the KV cache already.
    """

    ids: Int32
    logprob: Float32
    entropy: float
    cached_tokens: int

"""What a person asks of a model first, out of its metadata. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.core.memory import size_words
from workbench.core.visible import one_line, visible
from workbench.engine.gguf import Header, LongArray
from workbench.engine.gguf_kinds import ModelKind
from workbench.engine.gguf_metadata import int_of, text_of

_TOKENIZERS = {
    "llama": "SentencePiece with bytes (llama)",
    "gpt2": "byte-level BPE (gpt2)",
    "bert": "WordPiece (bert)",
    "t5": "Unigram (t5)",
    "rwkv": "RWKV",
    "plamo2": "PLaMo 2",
    "none": "none",
}
_USES = {
    ModelKind.TEXT: "",
    ModelKind.EMBEDDING: "makes vectors of texts and writes none: no prompt runs on it",
    ModelKind.RERANKER: "weighs texts against each other and writes none: no prompt runs on it",
    ModelKind.PROJECTOR: "the eyes or ears of another model: open that one",
    ModelKind.ADAPTER: "changes another model (LoRA): no prompt runs on it alone",
    ModelKind.CONTROL_VECTOR: "steers another model: no prompt runs on it alone",
    ModelKind.IMPORTANCE: "made to quantise by: no prompt runs on it",
    ModelKind.VOCABULARY: "a tokenizer without weights: no prompt runs on it",
}
_LONG = 4_000


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card.

    Attributes:
        group: the heading it stands under.
        tip: more, while it is pointed at.
    """

    group: str
    name: str
    value: str
    tip: str = ""


def use_words(kind: ModelKind) -> str:
    """What a file that no prompt runs on is for; empty for a model that writes."""
    return _USES[kind]


def count_words(n: int) -> str:
    """A count of parameters as people say it: "8.0 B"."""
    for limit, unit in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")):
        if n >= limit:
            return f"{n / limit:.1f} {unit}"
    return str(n)


def model_facts(
    header: Header, kind: ModelKind, texts: Mapping[str, tuple[str, ...]]
) -> tuple[Fact, ...]:
    """The facts in order; what a file does not say is left out.

    `texts` holds the first items of arrays of texts by key.
    """
    model = _model(header, kind)
    made = [*model, *_shape(header), *_reading(header), *_people(header, texts)]
    return tuple(fact for fact in made if fact.value)


def _model(header: Header, kind: ModelKind) -> list[Fact]:
    info, metadata = header.info, header.metadata
    use = use_words(kind)
    files = f" in {len(header.files)} files" if len(header.files) > 1 else ""
    size = f"{size_words(header.weight_bytes)}{files}"
    bits = 8 * header.weight_bytes / info.n_params if info.n_params else 0.0
    per = f"{bits:.2f} bits per weight, metadata included" if bits else ""
    return [
        Fact("Model", "name", one_line(info.name, 200)),
        Fact("Model", "kind", f"{kind.value}: {use}" if use else ""),
        Fact("Model", "architecture", one_line(info.architecture, 80)),
        Fact("Model", "parameters", _parameters(header), f"{info.n_params:,}"),
        Fact("Model", "quantization", info.quantization, per),
        Fact("Model", "size", size, f"{header.weight_bytes:,} bytes"),
        Fact("Model", "fine-tune", one_line(text_of(metadata, "general.finetune"), 120)),
        Fact("Model", "description", visible(info.description, _LONG)),
    ]


def _parameters(header: Header) -> str:
    info = header.info
    experts = int_of(header.metadata, f"{info.architecture}.expert_count", 0)
    used = int_of(header.metadata, f"{info.architecture}.expert_used_count", 0)
    words = count_words(info.n_params) if info.n_params else ""
    return f"{words} · {used} of {experts} experts for each token" if experts else words


def _shape(header: Header) -> list[Fact]:
    info, metadata = header.info, header.metadata
    arch = info.architecture
    heads = f"{info.n_head}" if info.n_head else ""
    if heads and info.n_head_kv and info.n_head_kv != info.n_head:
        heads = f"{info.n_head}, {info.n_head_kv} of keys and values"
    ctx = f"{info.n_ctx_train:,} tokens" if info.n_ctx_train else ""
    window = int_of(metadata, f"{arch}.attention.sliding_window", 0)
    return [
        Fact("Shape", "context", ctx, "what it was trained to read"),
        Fact("Shape", "sliding window", f"{window:,} tokens" if window else ""),
        Fact("Shape", "layers", str(info.n_layer or "")),
        Fact("Shape", "width", str(info.n_embd or ""), "elements of the state of each token"),
        Fact("Shape", "feed-forward", _number(metadata, f"{arch}.feed_forward_length")),
        Fact("Shape", "attention heads", heads),
        Fact("Shape", "rope", _rope(metadata, arch), "how positions are written"),
    ]


def _rope(metadata: Mapping[str, object], arch: str) -> str:
    base = metadata.get(f"{arch}.rope.freq_base")
    words = []
    if isinstance(base, int | float) and not isinstance(base, bool):
        words.append(f"base {base:,.0f}")
    dimension = int_of(metadata, f"{arch}.rope.dimension_count", 0)
    if dimension:
        words.append(f"{dimension} dimensions")
    scaling = text_of(metadata, f"{arch}.rope.scaling.type")
    if scaling and scaling != "none":
        factor = metadata.get(f"{arch}.rope.scaling.factor")
        by = f" × {factor:g}" if isinstance(factor, int | float) else ""
        before = int_of(metadata, f"{arch}.rope.scaling.original_context_length", 0)
        first = f" from {before:,} tokens" if before else ""
        words.append(f"stretched by {one_line(scaling, 40)}{by}{first}")
    return " · ".join(words)


def _reading(header: Header) -> list[Fact]:
    metadata = header.metadata
    name = text_of(metadata, "tokenizer.ggml.model")
    pre = one_line(text_of(metadata, "tokenizer.ggml.pre"), 60)
    kind = _TOKENIZERS.get(name, one_line(name, 60))
    merges = metadata.get("tokenizer.ggml.merges")
    n_merges = merges.length if isinstance(merges, LongArray) else 0
    vocab = f"{header.info.n_vocab:,} tokens" if header.info.n_vocab else ""
    template = header.info.chat_template
    return [
        Fact("Reading and writing", "vocabulary", vocab),
        Fact("Reading and writing", "tokenizer", f"{kind}, split as {pre}" if pre else kind),
        Fact("Reading and writing", "merges", f"{n_merges:,}" if n_merges else ""),
        Fact(
            "Reading and writing",
            "chat template",
            _lines(template),
        ),
    ]


def _lines(template: str | None) -> str:
    if not template:
        return "none: it completes texts"
    lines = template.count("\n") + 1
    return "1 line" if lines == 1 else f"{lines:,} lines"


def _people(header: Header, texts: Mapping[str, tuple[str, ...]]) -> list[Fact]:
    metadata = header.metadata

    def said(key: str) -> str:
        items = texts.get(f"general.{key}", ())
        return one_line(text_of(metadata, f"general.{key}") or ", ".join(items), 400)

    licence = " · ".join(dict.fromkeys(x for x in (said("license.name"), said("license")) if x))
    bases = [
        one_line(text_of(metadata, f"general.base_model.{number}.name"), 120)
        for number in range(min(8, int_of(metadata, "general.base_model.count", 0)))
    ]
    return [
        Fact("Who made it", "licence", licence, "as the file says; nobody has checked it"),
        Fact("Who made it", "author", said("author")),
        Fact("Who made it", "organization", said("organization")),
        Fact("Who made it", "quantized by", said("quantized_by")),
        Fact("Who made it", "made from", ", ".join(base for base in bases if base)),
        Fact("Who made it", "address", said("repo_url") or said("url") or said("source.url")),
        Fact("Who made it", "languages", said("languages")),
        Fact("Who made it", "tags", said("tags")),
    ]


def _number(metadata: Mapping[str, object], key: str) -> str:
    value = int_of(metadata, key, 0)
    return f"{value:,}" if value else ""

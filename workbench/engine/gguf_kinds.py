"""What a GGUF file is for: a model that writes, one that only measures, or a part of another."""

from __future__ import annotations

from enum import StrEnum

from workbench.engine.gguf import Header
from workbench.engine.gguf_metadata import int_of, text_of


class ModelKind(StrEnum):
    """What a GGUF file can be used for."""

    TEXT = "text"
    """Continues a text; what the workbench runs."""
    EMBEDDING = "embedding"
    """Turns a text into numbers and writes none."""
    RERANKER = "reranker"
    PROJECTOR = "projector"
    """The eyes or ears of another model (mmproj)."""
    ADAPTER = "adapter"
    """A LoRA for another model."""
    CONTROL_VECTOR = "control vector"
    IMPORTANCE = "importance matrix"
    """Made by llama-imatrix, to quantise by."""
    VOCABULARY = "vocabulary"
    """A tokenizer without weights."""

    @property
    def writes(self) -> bool:
        """Whether a prompt can be run on it."""
        return self is ModelKind.TEXT


# Architectures of llama.cpp that have no causal decoder; src/llama-arch.cpp.
_ENCODERS = frozenset({
    "bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2",
    "jina-bert-v3", "eurobert", "gemma-embedding", "t5encoder", "llama-embed",
})  # fmt: skip
_BY_ARCHITECTURE = {
    "clip": ModelKind.PROJECTOR,
    "controlvector": ModelKind.CONTROL_VECTOR,
    "imatrix": ModelKind.IMPORTANCE,
}
_BY_TYPE = {
    "adapter": ModelKind.ADAPTER,
    "imatrix": ModelKind.IMPORTANCE,
    "mmproj": ModelKind.PROJECTOR,
}
_POOLING_RANK = 4
"""llama.cpp's LLAMA_POOLING_TYPE_RANK; 0 is none, 1 to 3 make one vector of a text."""


def kind_of(header: Header) -> ModelKind:
    """What the file is for, as its header tells."""
    metadata, architecture = header.metadata, header.info.architecture
    known = _BY_TYPE.get(text_of(metadata, "general.type")) or _BY_ARCHITECTURE.get(architecture)
    if known is not None:
        return known
    if not header.tensor_types:
        return ModelKind.VOCABULARY
    pooling = int_of(metadata, f"{architecture}.pooling_type", 0)
    if pooling == _POOLING_RANK:
        return ModelKind.RERANKER
    is_causal = metadata.get(f"{architecture}.attention.causal", True) is not False
    if pooling > 0 or architecture in _ENCODERS or not is_causal:
        return ModelKind.EMBEDDING
    return ModelKind.TEXT

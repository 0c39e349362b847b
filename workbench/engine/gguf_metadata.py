"""Reads values out of GGUF metadata that nobody vouches for: a wrong type is a missing value."""

from __future__ import annotations

from collections.abc import Mapping


def int_of(metadata: Mapping[str, object], key: str, default: int) -> int:
    """The whole number under `key`."""
    value = metadata.get(key, default)
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def text_of(metadata: Mapping[str, object], key: str) -> str:
    """The text under `key`; empty without one."""
    value = metadata.get(key, "")
    return value if isinstance(value, str) else ""


def whole_numbers(value: object) -> list[int]:
    """The counts in an array of one per layer; none when it is no such array."""
    return [v for v in value if isinstance(v, int) and v > 0] if isinstance(value, tuple) else []


def kv_width(metadata: Mapping[str, object]) -> int:
    """Elements of keys and values per token over all layers; 0 for models without attention."""
    arch = text_of(metadata, "general.architecture")
    layers = int_of(metadata, f"{arch}.block_count", 0)
    n_head = int_of(metadata, f"{arch}.attention.head_count", 0)
    width = int_of(metadata, f"{arch}.embedding_length", 0)
    head = width // n_head if n_head else 0
    key = int_of(metadata, f"{arch}.attention.key_length", head)
    value = int_of(metadata, f"{arch}.attention.value_length", head)
    kv_heads = metadata.get(f"{arch}.attention.head_count_kv", n_head)
    if isinstance(kv_heads, tuple):
        return sum(whole_numbers(kv_heads)) * (key + value)
    return layers * int_of(metadata, f"{arch}.attention.head_count_kv", n_head) * (key + value)

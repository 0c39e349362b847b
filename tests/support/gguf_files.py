"""Files derived from a model file: other metadata or weights, parts, adapters for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

Singles = npt.NDArray[np.float32]


def rewritten(
    source: Path,
    target: Path,
    *,
    ids: Mapping[str, int] | None = None,
    weights: Mapping[str, Singles] | None = None,
    tensors_per_part: int = 0,
) -> Path:
    """Write an unquantised model again and return `target`.

    Args:
        ids: token ids to add to the metadata, by key.
        weights: tensors to replace, by name.
        tensors_per_part: split the file; 0 does not. Parts are named after `target`.
    """
    reader = gguf.GGUFReader(source)
    fields = {name: field for name, field in reader.fields.items() if "GGUF." not in name}
    architecture = str(fields.pop("general.architecture").contents())
    writer = gguf.GGUFWriter(target, architecture, split_max_tensors=tensors_per_part)
    for name, field in fields.items():
        sub_type = field.types[-1] if len(field.types) > 1 else None
        writer.add_key_value(name, field.contents(), field.types[0], sub_type)
    for key, token in (ids or {}).items():
        writer.add_uint32(key, token)
    for tensor in reader.tensors:
        data = (weights or {}).get(tensor.name, tensor.data)
        writer.add_tensor(tensor.name, np.ascontiguousarray(data))
    return finished(writer, target)


def lora(
    target: Path, parts: Mapping[str, tuple[Singles, Singles]], alpha: float, arch: str = "llama"
) -> Path:
    """A LoRA adapter: for each weight its matrices A (rank, inputs) and B (outputs, rank)."""
    writer = gguf.GGUFWriter(target, arch)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    for name, (a, b) in parts.items():
        writer.add_tensor(f"{name}.lora_a", a)
        writer.add_tensor(f"{name}.lora_b", b)
    return finished(writer, target)


def control_vector(target: Path, directions: Mapping[int, Singles]) -> Path:
    """A control vector: a direction for each layer."""
    writer = gguf.GGUFWriter(target, "controlvector")
    for layer, direction in directions.items():
        writer.add_tensor(f"direction.{layer}", direction)
    return finished(writer, target)


def weights_of(path: Path) -> dict[str, Singles]:
    """Every tensor of an unquantised file by name."""
    return {t.name: np.array(t.data, np.float32) for t in gguf.GGUFReader(path).tensors}


def finished(writer: gguf.GGUFWriter, target: Path) -> Path:
    """Write everything out."""
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return target


def projector(path: Path) -> Path:
    """Write what goes with a model that sees, and runs no prompt itself."""
    writer = gguf.GGUFWriter(path, "clip")
    writer.add_tensor("t", np.zeros(32, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path

"""A GGUF file as float64 arrays, and the roundings ggml's CPU kernels apply to their inputs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_BLOCK = 32


@dataclass(frozen=True, slots=True)
class Matrix:
    """A weight tensor.

    Attributes:
        values: dequantised, shape (outputs, inputs) or (experts, outputs, inputs).
        kind: the type it is stored in, for example "F32", "F16", "Q8_0".
    """

    values: Floats
    kind: str

    def expert(self, index: int) -> Matrix:
        """The matrix of one expert."""
        return Matrix(self.values[index], self.kind)

    def apply(self, x: Floats, *, exact: bool) -> Floats:
        """`x @ values.T`; unless `exact`, with `x` rounded as ggml rounds it for this type.

        ggml's CPU kernels multiply quantised weights with activations quantised to Q8_0, and
        half-precision weights with half-precision activations (`vec_dot_type` in its type
        traits). Sums stay in float64 here and float32 there.
        """
        if not exact and self.kind in ("Q8_0", "Q4_0"):
            x = through_q8_0(x)
        elif not exact and self.kind == "F16":
            x = through_f16(x)
        elif self.kind not in ("Q8_0", "Q4_0", "F16", "F32"):
            raise ValueError(f"how ggml multiplies {self.kind} weights is not modelled")
        return x @ self.values.T


def through_f16(x: Floats) -> Floats:
    """`x` after a trip through half precision."""
    return x.astype(np.float32).astype(np.float16).astype(np.float64)


def through_q8_0(x: Floats) -> Floats:
    """`x` after a trip through Q8_0: blocks of 32 along the last axis, one half-precision scale.

    The integers are found with the float32 scale, the values made with its half-precision
    rounding. The x86 and ARM kernels round halves to even; so does numpy.
    """
    blocks = x.astype(np.float32).reshape(*x.shape[:-1], -1, _BLOCK)
    largest = np.abs(blocks).max(axis=-1, keepdims=True)
    scale = (largest / np.float32(127)).astype(np.float16).astype(np.float64)
    inverse = np.divide(np.float32(127), largest, out=np.zeros_like(largest), where=largest != 0)
    rounded: Floats = np.rint(blocks * inverse).astype(np.float64) * scale
    return rounded.reshape(x.shape)


class GgufWeights:
    """Metadata and tensors of a GGUF file."""

    def __init__(self, path: Path) -> None:
        reader = gguf.GGUFReader(path)
        self._fields = {name: field.contents() for name, field in reader.fields.items()
                        if not name.startswith("tokenizer.")}  # fmt: skip
        self._matrices = {
            tensor.name: Matrix(
                gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float64),
                str(tensor.tensor_type.name),
            )
            for tensor in reader.tensors
        }
        self.architecture = str(self._fields["general.architecture"])

    def __contains__(self, name: str) -> bool:
        return name in self._matrices

    def matrix(self, name: str) -> Matrix:
        """The tensor called `name`."""
        return self._matrices[name]

    def vector(self, name: str) -> Floats:
        """The values of a one-dimensional tensor."""
        return self._matrices[name].values

    def number(self, key: str, default: float | None = None) -> float:
        """The metadata value `<architecture>.<key>`.

        Raises:
            KeyError: the file has no such value and there is no default.
        """
        found: Any = self._fields.get(f"{self.architecture}.{key}", default)
        if found is None:
            raise KeyError(f"{self.architecture}.{key}")
        return float(found)

"""The bytes of every token of a model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbench.engine.native.model import NativeModel


class Pieces(Mapping[int, bytes]):
    """Token id to bytes, read from the vocabulary on demand."""

    def __init__(self, model: NativeModel) -> None:
        self._model = model

    def __getitem__(self, token: int) -> bytes:
        if not 0 <= token < self._model.n_vocab:
            raise KeyError(token)
        return self._model.piece(token)

    def __iter__(self) -> Iterator[int]:
        return iter(range(self._model.n_vocab))

    def __len__(self) -> int:
        return self._model.n_vocab

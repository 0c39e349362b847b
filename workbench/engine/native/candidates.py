"""The array of (id, logit, p) that llama.cpp's samplers work on, filled from a row of logits."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.engine.native.lib import lib

CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])


class Candidates:
    """One candidate per token of the vocabulary; refilled for every token."""

    def __init__(self, n_vocab: int) -> None:
        self._items = np.zeros(n_vocab, CANDIDATE)
        self._all_ids = np.arange(n_vocab, dtype=np.int32)
        self._ids = self._items["id"]
        self._logits = self._items["logit"]
        self._p = self._items["p"]
        self._data = ctypes.cast(self._items.ctypes.data, lib.llama_token_data_p)
        self._address = self._items.ctypes.data
        self._one = np.zeros(1, CANDIDATE)
        self._one_data = ctypes.cast(self._one.ctypes.data, lib.llama_token_data_p)
        self.array = lib.llama_token_data_array()
        self.ref = ctypes.byref(self.array)

    def fill(self, row: npt.NDArray[np.float32]) -> None:
        """Every token of the vocabulary with its raw logit."""
        self._ids[:] = self._all_ids
        self._logits[:] = row
        array = self.array
        array.data = self._data
        array.size = len(self._items)
        array.selected = -1
        array.sorted = False

    def allowed(self, sampler: Any, token: int) -> bool:
        """Whether `sampler` leaves `token` as a candidate."""
        self._one["id"], self._one["logit"] = token, 0.0
        array = self.array
        array.data, array.size, array.selected, array.sorted = self._one_data, 1, -1, False
        lib.llama_sampler_apply(sampler, self.ref)
        return bool(array.size == 1 and self._one["logit"][0] > -math.inf)

    def selected(self) -> tuple[int, float, float]:
        """Id, logit and probability of the chosen candidate."""
        chosen = self.array.data[self.array.selected]
        return chosen.id, chosen.logit, chosen.p

    def chosen(self) -> int | None:
        """The token that was drawn; None when nothing was left to draw."""
        if self.array.selected < 0:
            return None
        token, logit, _ = self.selected()
        return None if logit == -math.inf else int(token)

    def ids(self) -> npt.NDArray[np.int32]:
        """Ids of the candidates as they lie now, int32 (n,), a copy."""
        return self._own()["id"].copy()

    def logits(self) -> npt.NDArray[np.float32]:
        """Their logits, float32 (n,), a copy; -inf for those that are out but still listed."""
        return self._own()["logit"].copy()

    def find(self, token: int) -> tuple[float, float] | None:
        """Logit and probability of one token; None when it is out.

        The probability means something only behind a sampler that computed it.
        """
        own = self._own()
        if token < len(own) and own["id"][token] == token:
            at = token
        else:
            where = np.flatnonzero(own["id"] == token)
            if not len(where):
                return None
            at = int(where[0])
        logit = float(own["logit"][at])
        return None if logit == -math.inf else (logit, float(own["p"][at]))

    def best(self) -> tuple[int, float] | None:
        """Id and probability of the likeliest candidate, once a sampler computed them."""
        own = self._own()
        if not len(own):
            return None
        at = int(own["p"].argmax())
        return int(own["id"][at]), float(own["p"][at])

    def _own(self) -> npt.NDArray[Any]:
        # A sampler may point the array at memory of its own; read from wherever it points.
        array = self.array
        address = ctypes.addressof(array.data.contents)
        if address == self._address:
            return self._items[: array.size]
        buffer = (ctypes.c_uint8 * (array.size * CANDIDATE.itemsize)).from_address(address)
        return np.frombuffer(buffer, CANDIDATE)

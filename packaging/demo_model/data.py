"""Tokenised training rows, packed ahead of time so that the training loop only slices arrays."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice, repeat
from multiprocessing import get_context
from pathlib import Path
from random import Random

import numpy as np
from corpus import PAD, Segment, documents
from drills import DRILLS, PRIMERS, Mixture
from long_context import long_document
from tokenizer import FAMILIES
from tokenizers import Tokenizer

Tokens = np.ndarray[tuple[int, int], np.dtype[np.int16]]
Weights = np.ndarray[tuple[int, int], np.dtype[np.float16]]
Encoded = tuple[list[int], list[float]]
CHUNK = 4096
OPEN_ROWS = 24
SHARD_TOKENS = 2**20


@dataclass(frozen=True)
class Rows:
    """Equal-length rows: token ids and the loss weight of each token as a target."""

    ids: Tokens
    weights: Weights


def encode(tokenizer: Tokenizer, docs: Sequence[Sequence[Segment]]) -> Iterator[Encoded]:
    """Token ids and weights of each document; segments meet on token borders by construction."""
    flat = [text for doc in docs for text, _ in doc]
    ids = iter(tokenizer.encode_batch(flat))
    for doc in docs:
        tokens: list[int] = []
        weights: list[float] = []
        for (_, weight), part in zip(doc, ids, strict=False):
            tokens += part.ids
            weights += [weight] * len(part.ids)
        yield tokens, weights


def _encoded(tokenizer: Tokenizer, source: Iterator[list[Segment]]) -> Iterator[Encoded]:
    while chunk := list(islice(source, CHUNK)):
        yield from encode(tokenizer, chunk)


def pack(docs: Iterator[Encoded], length: int, count: int, pad: int) -> Rows:
    """Fill rows with whole documents, keeping some rows open so that short ones fill the ends."""
    ids = np.full((count, length), pad, np.int16)
    weights = np.zeros((count, length), np.float16)
    fill = [0] * count
    window = list(range(min(OPEN_ROWS, count)))
    following = len(window)
    for tokens, values in docs:
        size = len(tokens)
        if size > length:
            continue
        row = next((r for r in window if fill[r] + size <= length), -1)
        if row < 0:
            fullest = max(window, key=fill.__getitem__)
            window.remove(fullest)
            if following == count:
                break
            window.append(following)
            row, following = following, following + 1
        start = fill[row]
        ids[row, start : start + size] = tokens
        weights[row, start : start + size] = values
        fill[row] += size
    order = np.random.default_rng(count).permutation(count)
    return Rows(ids[order], weights[order])


def _long_stream(seed: int) -> Iterator[list[Segment]]:
    rng = Random(seed)
    short = documents(seed + 1, FAMILIES, DRILLS)
    while True:
        yield long_document(rng)
        yield from islice(short, 4)


def _drill_stream(seed: int, mixture: Mixture) -> Iterator[list[Segment]]:
    rng = Random(seed)
    drills, shares = [d for d, _ in mixture], [w for _, w in mixture]
    while True:
        yield rng.choices(drills, shares)[0](rng)


def stream(name: str, seed: int) -> Iterator[list[Segment]]:
    """The documents of one set of rows: "short", "long", or a primer by its number."""
    if name == "long":
        return _long_stream(seed + 1)
    if name == "short":
        return documents(seed, FAMILIES, DRILLS)
    return _drill_stream(seed, PRIMERS[int(name.removeprefix("primer"))])


def _shard(path: str, seed: int, name: str, length: int, count: int) -> Rows:
    """One part of the rows; it depends on its seed alone, not on who builds it."""
    tokenizer = Tokenizer.from_file(path)
    pad = tokenizer.token_to_id(PAD) or 0
    return pack(_encoded(tokenizer, stream(name, seed)), length, count, pad)


def build(tokenizer_path: Path, seed: int, name: str, length: int, count: int) -> Rows:
    """`count` rows, made by all processor cores together."""
    part = SHARD_TOKENS // length
    sizes = [min(part, count - start) for start in range(0, count, part)]
    seeds = [seed + 1000 * number for number in range(len(sizes))]
    # The parts are what runs side by side; threads inside each would only compete.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        path, same = repeat(str(tokenizer_path)), repeat(length)
        made = list(workers.map(_shard, path, seeds, repeat(name), same, sizes))
    return Rows(
        np.concatenate([rows.ids for rows in made]),
        np.concatenate([rows.weights for rows in made]),
    )


def cached(folder: Path, seed: int, name: str, length: int, count: int) -> Rows:
    """The rows from disk, or built and kept there; `folder` holds tokenizer.json."""
    path = folder / f"rows-{name}.npz"
    if path.exists():
        with np.load(path) as kept:
            rows = Rows(kept["ids"], kept["weights"])
        if rows.ids.shape == (count, length):
            return rows
    rows = build(folder / "tokenizer.json", seed, name, length, count)
    np.savez(path, ids=rows.ids, weights=rows.weights)
    return rows

"""Byte-level BPE of 1,024 tokens, trained on the generated corpus.

The split is llama.cpp's "smollm" pre-tokenizer: single digits, then the GPT-2 pattern. Digits of
their own make sums learnable and keep the vocabulary for words.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from corpus import SPECIAL_TOKENS, Family, documents, training_task
from families import WORD_FAMILIES
from families_text import TEXT_FAMILIES
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

PRE_TOKENIZER = "smollm"
VOCAB_SIZE = 1024
FAMILIES: Sequence[tuple[Family, float]] = (*WORD_FAMILIES, *TEXT_FAMILIES)


def _texts(seed: int, count: int) -> Iterator[str]:
    stream = documents(seed, FAMILIES)
    for _ in range(count):
        text = "".join(part for part, _ in next(stream))
        for special in SPECIAL_TOKENS:
            text = text.replace(special, "\n")
        yield text
    rng = Random(seed)
    for family, _ in FAMILIES:
        for _ in range(200):
            yield training_task(family, rng).prompt


def train_tokenizer(seed: int, count: int = 40_000) -> Tokenizer:
    """Train the BPE on seeded documents; the same seed gives the same tokens."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCAB_SIZE,
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(_texts(seed, count), trainer)
    return tokenizer


def main() -> None:
    """Train and save the tokenizer on its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for tokenizer.json")
    parser.add_argument("--seed", type=int, default=20_240)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    train_tokenizer(args.seed).save(str(args.out / "tokenizer.json"))


if __name__ == "__main__":
    main()

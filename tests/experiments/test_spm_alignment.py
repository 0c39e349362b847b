"""Byte alignment of a SentencePiece vocabulary: no space is paid for that nobody wrote."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from reference.attention import log_softmax
from reference.raw_llama import RawModel
from reference.spm_model import write_spm

from workbench.core.cancel import CancelToken
from workbench.core.engine_settings import EngineSettings, KvType
from workbench.engine.client import EngineClient
from workbench.engine.pool import EnginePool
from workbench.experiments.token_diff import diff_words, exact_tokens, force

EXACT = EngineSettings(n_ctx=256, n_threads=1, kv_type=KvType.F32, flash_attention=False)
TEXTS = {
    "the cat sat": (b"the", b" cat", b" sat"),
    " the cat": (b" the", b" cat"),
    "  the cat": (b" ", b" the", b" cat"),
    "\nthe cat": (b"\n", b"the", b" cat"),
    "\n\n the": (b"\n", b"\n", b" the"),
    "é the": ("é".encode()[:1], "é".encode()[1:], b" the"),
    " ": (b" ",),
    "\n": (b"\n",),
}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_spm(tmp_path / "spm.gguf")


@pytest.fixture
def client(model: Path) -> Iterator[EngineClient]:
    pool = EnginePool(limit=1)
    yield pool.get(model, EXACT)
    pool.close()


def test_texts_are_cut_without_a_space_in_front(client: EngineClient) -> None:
    plain = client.tokenize("the cat", add_bos=False, parse_special=False).result()
    assert plain.pieces == (b" the", b" cat")  # what this tokenizer does to a whole text
    for text, wanted in TEXTS.items():
        assert exact_tokens(client, text).pieces == wanted, text


def test_each_byte_costs_what_its_own_token_costs(client: EngineClient, model: Path) -> None:
    prompt = client.tokenize("Zoe saw\n", add_bos=True).result().ids
    text = "the cat sat"
    forced = force(client, prompt, text, CancelToken())
    assert forced.pieces == TEXTS[text]
    ids = exact_tokens(client, text).ids
    with RawModel(model) as raw:
        whole = [*prompt, *ids]
        rows = log_softmax(np.asarray(raw.run(whole).logits, np.float64))
    wanted = [float(rows[len(prompt) - 1 + i, token]) for i, token in enumerate(ids)]
    assert forced.logprobs == pytest.approx(wanted, abs=1e-4)
    words = diff_words(text, forced, forced)
    assert [word.text for word in words] == ["the", " cat", " sat"]
    assert [word.bits_a for word in words] == pytest.approx(
        [-v / math.log(2) for v in wanted], abs=1e-3
    )

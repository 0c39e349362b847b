"""The card of a model: what its header says, hostile values included, and whether it fits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import gguf
import numpy as np
import pytest
from support.gguf_files import projector

from workbench.core.engine_settings import EngineSettings, KvType
from workbench.core.errors import UserError
from workbench.core.memory import Room
from workbench.engine.fits import memory_need
from workbench.engine.gguf import Header, read_header
from workbench.experiments.model_card import FIRST_ITEMS, ModelCard, card_text, read_card
from workbench.experiments.model_fit import Fit, Machine, Verdict, fit, fit_sentence, memory_table

PLENTY = Machine(Room(1 << 40), 1 << 40, gpu=False)


def large(demo_model: Path) -> Header:
    """A model of about 4 GB with an 8 k default context."""
    header = read_header(demo_model)
    info = replace(header.info, n_ctx_train=131_072, n_vocab=128_000, n_layer=32)
    return replace(header, info=info, weight_bytes=4 << 30, kv_width=32 * 2 * 1024)


def at(header: Header, n_ctx: int, kv: KvType = KvType.F16) -> int:
    """What a context needs, in bytes."""
    return header.memory_needed(n_ctx, kv)


def card_of(path: Path) -> ModelCard:
    """The card on a machine with plenty of memory."""
    return read_card(path, PLENTY)


def test_the_card_of_a_demo_model(demo_model: Path) -> None:
    card = card_of(demo_model)
    facts = {fact.name: fact.value for fact in card.facts}
    assert facts["architecture"] == "llama"
    assert facts["quantization"] == "Q8_0"
    assert facts["context"] == "1,024 tokens"
    assert facts["attention heads"] == "6, 2 of keys and values"
    assert facts["rope"] == "base 10,000 · 32 dimensions"
    assert facts["licence"] == "MIT · mit"
    assert facts["languages"] == "en"
    assert "kind" not in facts
    reader = gguf.GGUFReader(demo_model)
    assert sum(t.n_tensors for t in card.types) == len(reader.tensors)
    assert sum(t.n_bytes or 0 for t in card.types) == sum(int(t.n_bytes) for t in reader.tensors)
    assert sum(t.n_params for t in card.types) == card.header.info.n_params
    tokens = [bytes(reader.fields["tokenizer.ggml.tokens"].parts[i]).decode() for i in
              reader.fields["tokenizer.ggml.tokens"].data]  # fmt: skip
    assert all(token.text == tokens[token.id] for token in card.special)
    assert {"bos", "eos", "eot", "padding", "control"} == {token.role for token in card.special}
    assert dict(card.token_kinds) == {"normal": 1018, "control": 6}
    assert card.templates == (("", card.header.info.chat_template),)
    keys = {key.key: key for key in card.keys}
    assert set(keys) == {name for name in reader.fields if not name.startswith("GGUF.")}
    assert keys["tokenizer.ggml.tokens"].kind == "1,024 texts"
    assert keys["tokenizer.ggml.tokens"].shown.endswith(f"… and {1024 - FIRST_ITEMS:,} more]")
    assert keys["tokenizer.ggml.tokens"].whole.splitlines()[1] == "<|end|>"
    assert keys["tokenizer.ggml.add_bos_token"].shown == "true"
    assert "Q8_0" in card_text(card)


def test_hostile_metadata_is_shown_safely(tmp_path: Path) -> None:
    path = tmp_path / "hostile.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("<b>Evil</b>\u202egnp.exe\0")
    writer.add_string("general.license", "<img src=x onerror=alert(1)>")
    writer.add_string("general.huge", "x" * 10_000_000)
    writer.add_string("key\u202e\n\0name", "value")
    writer.add_chat_template("{{ '\u202e\0' }}")
    writer.add_uint32("tokenizer.ggml.bos_token_id", 4_000_000_000)
    writer.add_array("tokenizer.ggml.tokens", [f"<{n}\u202e>" for n in range(2000)])
    writer.add_array("tokenizer.ggml.token_type", [3] * 2000)
    writer.add_array("llama.rope.scaling.factors", [0.5] * 3000)
    writer.add_string("llama.rope.scaling.type", "yarn")
    writer.add_string("llama.rope.scaling.factor", "not a number")
    writer.add_tensor("t", np.zeros(32, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    card = card_of(path)
    shown = [fact.value for fact in card.facts] + [key.shown + key.key for key in card.keys]
    assert not any(sign in text for text in shown for sign in ("\0", "\u202e", "\n"))
    assert all(len(text) < 5_000 for text in shown)
    facts = {fact.name: fact.value for fact in card.facts}
    assert facts["name"] == "<b>Evil</b>\\u{202E}gnp.exe\\u{0000}"
    huge = next(key for key in card.keys if key.key == "general.huge")
    assert huge.shown.endswith("(10,000,000 characters)")
    assert len(huge.whole) == 10_000_000
    assert next(t for t in card.special if t.role == "bos").text is None
    assert len([t for t in card.special if t.role == "control"]) == 400
    assert card.memory == memory_table(card.header, PLENTY)


def test_a_file_that_runs_no_prompts_has_no_fit(tmp_path: Path) -> None:
    path = projector(tmp_path / "mmproj.gguf")
    card = card_of(path)
    assert (card.fit, card.memory) == (None, ())
    assert "open that one" in {fact.name: fact.value for fact in card.facts}["kind"]
    with pytest.raises(UserError, match="no model file"):
        card_of(tmp_path / "nowhere.gguf")


def test_it_fits_with_room_to_spare(demo_model: Path) -> None:
    header = large(demo_model)
    made = fit(header, PLENTY)
    assert (made.verdict, made.n_ctx, made.greatest_ctx) == (Verdict.FITS, 8192, 131_072)
    assert made.words == "fits"
    assert made.need.ram == at(header, 8192)
    assert "all it was trained for" in fit_sentence(made, PLENTY)


def test_the_greatest_context_is_exact(demo_model: Path) -> None:
    header = large(demo_model)
    for wanted in (9_000, 33_333, 131_071):
        free = at(header, wanted)
        made = fit(header, Machine(Room(free), 1 << 40, gpu=False))
        assert made.greatest_ctx == wanted
        assert at(header, wanted) <= free < at(header, wanted + 1)
    made = fit(header, Machine(Room(at(header, 33_333)), 1 << 40, gpu=False))
    assert made.words == "fits up to 33,333 tokens"


def test_tight_and_too_large(demo_model: Path) -> None:
    header = large(demo_model)

    def on(free: int, total: int) -> Fit:
        return fit(header, Machine(Room(free), total, gpu=False))

    assert on(at(header, 8192) + 1, 1 << 40).verdict is Verdict.TIGHT  # nothing to spare
    shorter = on(at(header, 1000), 1 << 40)
    assert (shorter.verdict, shorter.greatest_ctx) == (Verdict.TIGHT, 1000)
    from_disk = on(1 << 30, 1 << 40)  # the weights are mapped, the rest fits
    assert (from_disk.verdict, from_disk.greatest_ctx) == (Verdict.TIGHT, None)
    never = on(1 << 30, 2 << 30)
    assert (never.verdict, never.greatest_ctx) == (Verdict.TOO_LARGE, None)
    small = Machine(Room(1 << 30), 2 << 30, gpu=False)
    assert "Not even 512 tokens" in fit_sentence(never, small)


def test_on_a_gpu_both_memories_count(demo_model: Path) -> None:
    header = large(demo_model)
    settings = EngineSettings(n_ctx=8192)
    need = memory_need(header, settings, gpu=True)
    roomy = Machine(Room(64 << 30, 24 << 30), 64 << 30, gpu=True)
    made = fit(header, roomy)
    assert (made.verdict, made.need) == (Verdict.FITS, need)
    assert "on the GPU" in fit_sentence(made, roomy)
    small_card = Machine(Room(64 << 30, 2 << 30), 64 << 30, gpu=True)
    assert fit(header, small_card).verdict is Verdict.TIGHT  # fewer layers go there
    nothing = Machine(Room(1 << 30, 1 << 30), 2 << 30, gpu=True)
    assert fit(header, nothing).verdict is Verdict.TOO_LARGE


def test_where_nobody_tells_nothing_is_claimed(demo_model: Path) -> None:
    silent = Machine(Room(None), None, gpu=False)
    header = large(demo_model)
    made = fit(header, silent)
    assert (made.verdict, made.greatest_ctx, made.words) == (Verdict.UNKNOWN, None, "not known")
    assert "does not tell" in fit_sentence(made, silent)
    assert {fits for row in memory_table(header, silent) for fits in row.fits.values()} == {None}


def test_the_table_of_memory_says_what_the_engine_says(demo_model: Path) -> None:
    header = large(demo_model)
    rows = memory_table(header, Machine(Room(at(header, 16_384)), 1 << 40, gpu=False))
    assert [row.n_ctx for row in rows][-1] == 131_072
    for row in rows:
        for kv, need in row.needs.items():
            assert need.ram == at(header, row.n_ctx, kv)
        assert row.fits[KvType.F16] is (row.n_ctx <= 16_384)
    untold = replace(header, info=replace(header.info, n_ctx_train=0))
    assert [row.n_ctx for row in memory_table(untold, PLENTY)][-1] == 131_072

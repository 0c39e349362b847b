"""GGUF headers: sound ones are described, damaged ones refused in one sentence."""

from __future__ import annotations

import random
import shutil
import struct
from dataclasses import replace
from pathlib import Path

import gguf
import pytest
from reference.gguf_models import SHAPES, write_model
from support.sinks import KeepingSink

from workbench.core.errors import UserError
from workbench.core.memory import Device, DeviceKind
from workbench.core.paths import assets_folder
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings, GenerateRequest, KvType
from workbench.engine.client import EngineClient
from workbench.engine.fits import check_fits, memory_need
from workbench.engine.gguf import LongArray, read_header
from workbench.engine.hardware import memory_bytes

ON_CPU = EngineSettings(n_gpu_layers=0)
N_MUTANTS = 200
N_LOADED = 8
"""Mutants that are handed to llama.cpp too; each costs the start of a process."""


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random llama of 200 kB."""
    return write_model(tmp_path_factory.mktemp("tiny") / "tiny.gguf", SHAPES["llama"])


def header_bytes(path: Path) -> int:
    """Where the tensor data begins."""
    return int(gguf.GGUFReader(path).data_offset)


def refused(path: Path) -> UserError:
    """The error for reading this file."""
    with pytest.raises(UserError) as caught:
        read_header(path)
    error = caught.value
    assert "\n" not in error.message
    return error


def test_the_demo_models_describe_themselves() -> None:
    paths = sorted((assets_folder() / "models").glob("*.gguf"))
    found = {}
    for path in paths:
        header = read_header(path)
        info = header.info
        reader = gguf.GGUFReader(path)
        assert info.n_params == sum(int(t.n_elements) for t in reader.tensors)
        assert (info.size_bytes, info.path) == (path.stat().st_size, str(path))
        assert (info.architecture, info.licence) == ("llama", "mit")
        assert info.chat_template
        assert info.n_ctx_train == 1024
        assert isinstance(header.metadata["tokenizer.ggml.merges"], LongArray)
        assert header.files == (path,)
        found[path.stem] = info.quantization
    assert set(found.values()) == {"Q8_0", "Q4_0"}


def test_memory_grows_with_the_context_and_the_cache_type(demo_model: Path) -> None:
    header = read_header(demo_model)
    info = header.info
    f16 = header.memory_needed(1024, KvType.F16)
    width = info.n_layer * info.n_head_kv * 2 * (info.n_embd // info.n_head)
    assert header.memory_needed(2048, KvType.F16) - f16 == 1024 * width * 2
    assert header.memory_needed(1024, KvType.F32) - f16 == 1024 * width * 2
    assert header.memory_needed(1024, KvType.Q8_0) < f16
    check_fits(header, ON_CPU)


def test_a_truncated_file_names_both_sizes(tmp_path: Path, tiny_model: Path) -> None:
    data = tiny_model.read_bytes()
    path = tmp_path / "half.gguf"
    path.write_bytes(data[: len(data) // 2])
    error = refused(path)
    # The last tensor may be followed by padding that nobody misses.
    assert f"{len(data) // 2:,}" in error.message
    described = int(error.message.split(" bytes")[0].split()[-1].replace(",", ""))
    assert len(data) - 32 < described <= len(data)
    assert "truncated" in error.message


@pytest.mark.parametrize("n_bytes", [1, 3, 4, 8, 23, 24, 25, 100, 1000])
def test_a_file_cut_in_its_header(tmp_path: Path, tiny_model: Path, n_bytes: int) -> None:
    path = tmp_path / "cut.gguf"
    path.write_bytes(tiny_model.read_bytes()[:n_bytes])
    assert "cut.gguf" in refused(path).message


def test_other_files_are_refused(tmp_path: Path, tiny_model: Path) -> None:
    text = tmp_path / "text.gguf"
    text.write_text("This is no model.\n")
    assert "text.gguf is not a GGUF file" in refused(text).message
    empty = tmp_path / "empty.gguf"
    empty.touch()
    assert "empty.gguf is empty" in refused(empty).message
    assert "is a folder" in refused(tmp_path).message
    assert "There is no model file" in refused(tmp_path / "none.gguf").message
    assert "cannot be read: Not a directory" in refused(text / "below.gguf").message
    old = tmp_path / "old.gguf"
    data = tiny_model.read_bytes()
    for version in (0, 1, 4, 1 << 24):
        old.write_bytes(data[:4] + struct.pack("<I", version) + data[8:])
        assert f"GGUF version {version}" in refused(old).message


def bare_header(path: Path, architecture: str = "llama") -> gguf.GGUFWriter:
    """A writer for a file with a header and no weights."""
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name("big one")
    writer.add_context_length(4096)
    writer.add_embedding_length(8192)
    writer.add_block_count(80)
    writer.add_head_count(64)
    writer.add_head_count_kv(8)
    return writer


def finish(writer: gguf.GGUFWriter) -> None:
    """Write the header alone."""
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    writer.close()


def test_a_model_larger_than_memory_is_refused_from_its_header(tmp_path: Path) -> None:
    memory = memory_bytes()
    assert memory is not None
    columns = 1 << 20
    rows = 2 * memory[0] // (4 * columns)
    path = tmp_path / "big.gguf"
    writer = bare_header(path)
    shape = (rows, columns)
    writer.add_tensor_info(
        "token_embd.weight",
        shape,
        "float32",
        4 * rows * columns,
        gguf.GGMLQuantizationType.F32,
    )
    finish(writer)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size + 64 + 4 * rows * columns)
    header = read_header(path)
    assert header.info.n_params == rows * columns
    with pytest.raises(UserError) as caught:
        check_fits(header, ON_CPU)
    message = caught.value.message
    assert f"{header.memory_needed(4096, KvType.F16) / 2**30:,.1f} GiB" in message
    assert f"of {memory[0] / 2**30:,.1f} GiB" in message
    client = EngineClient(path, EngineSettings())
    try:
        error = client.load().exception(60)
    finally:
        client.close()
    assert isinstance(error, UserError)
    assert "GiB" in error.message


def test_a_context_larger_than_memory_is_refused(demo_model: Path) -> None:
    memory = memory_bytes()
    assert memory is not None
    header = read_header(demo_model)
    n_ctx = memory[0] // header.kv_width
    with pytest.raises(UserError, match=f"context of {n_ctx:,} tokens"):
        check_fits(header, replace(ON_CPU, n_ctx=n_ctx))


def test_parts_of_a_split_model(tmp_path: Path) -> None:
    first = tmp_path / "model-00001-of-00003.gguf"
    writer = bare_header(first)
    writer.add_uint16("split.count", 3)
    finish(writer)
    error = refused(first)
    assert "2 of 3 parts" in error.message
    assert "model-00002-of-00003.gguf and others" in error.message
    shutil.copy(first, tmp_path / "model-00002-of-00003.gguf")
    assert "1 of 3 parts" in refused(first).message
    shutil.copy(first, tmp_path / "model-00003-of-00003.gguf")
    assert len(read_header(first).files) == 3
    (tmp_path / "model-00003-of-00003.gguf").write_text("GGUFnonsense")
    assert "damaged header" in refused(first).message
    renamed = tmp_path / "renamed.gguf"
    shutil.copy(first, renamed)
    assert "split into 3 files" in refused(renamed).message
    assert "-00001-of-00003.gguf" in refused(renamed).hint


def test_a_header_without_an_architecture(tmp_path: Path) -> None:
    path = tmp_path / "nameless.gguf"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, 0))
    assert "which architecture" in refused(path).message


@pytest.mark.parametrize(
    "counts",
    [(1 << 63, 1), (1, 1 << 63), (1 << 40, 1 << 40), (0, 1 << 20)],
)
def test_impossible_counts(tmp_path: Path, counts: tuple[int, int]) -> None:
    path = tmp_path / "counts.gguf"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, *counts) + b"\0" * 64)
    assert "damaged header" in refused(path).message


def test_strange_head_counts_do_not_raise(tmp_path: Path) -> None:
    for values in ([1.5, float("nan")], [float("inf")], [-1, 2], [True, False]):
        path = tmp_path / "heads.gguf"
        writer = gguf.GGUFWriter(path, "llama")
        writer.add_array("llama.attention.head_count", values)
        writer.add_array("llama.attention.head_count_kv", values)
        finish(writer)
        header = read_header(path)
        assert header.memory_needed(512, KvType.F16) >= 0


def test_an_unknown_architecture_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "fancy.gguf"
    write_model(path, replace(SHAPES["llama"], architecture="fancynet"))
    assert read_header(path).info.architecture == "fancynet"
    client = EngineClient(path, EngineSettings())
    try:
        error = client.load().exception(60)
    finally:
        client.close()
    assert isinstance(error, UserError)
    assert "fancy.gguf" in error.message
    assert "unknown model architecture: 'fancynet'" in error.message


def mutate(data: bytearray, end: int, random_: random.Random) -> bytearray:
    """Change a few places of the first `end` bytes the way damaged files and attackers do."""
    for _ in range(random_.choice((1, 1, 2, 4))):
        at = random_.randrange(4, end - 8)
        kind = random_.randrange(5)
        if kind == 0:
            data[at] ^= 1 << random_.randrange(8)
        elif kind == 1:
            data[at] = random_.choice((0, 1, 0x7F, 0x80, 0xFF))
        elif kind == 2:
            big = random_.choice((0, 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1))
            data[at : at + 8] = struct.pack("<Q", big)
        elif kind == 3:
            del data[at : at + random_.randrange(1, 9)]
        else:
            data[at:at] = random_.randbytes(random_.randrange(1, 9))
    return data


def test_mutated_headers_load_or_are_refused(tmp_path: Path, tiny_model: Path) -> None:
    """Nothing but a UserError, and nothing takes this process down."""
    original, end = tiny_model.read_bytes(), header_bytes(tiny_model)
    random_ = random.Random(20)  # seeded, so that a failure can be repeated
    accepted: list[Path] = []
    reasons: set[str] = set()
    for number in range(N_MUTANTS):
        path = tmp_path / f"mutant-{number}.gguf"
        # Half of the damage goes to the first keys, where the model's shape stands.
        reach = end if number % 2 else min(end, 1200)
        path.write_bytes(mutate(bytearray(original), reach, random_))
        try:
            header = read_header(path)
            check_fits(header, replace(ON_CPU, n_ctx=64))
        except UserError as error:
            reasons.add(error.message.split(path.name)[-1][:40])
            path.unlink()
        else:
            accepted.append(path)
    assert len(reasons) > 5
    assert len(accepted) > N_LOADED
    request = GenerateRequest((5, 6, 7), Sampling(max_tokens=2), seed=1)
    for path in random_.sample(accepted, N_LOADED):
        client = EngineClient(path, EngineSettings(n_ctx=64))
        try:
            outcome = client.generate(request, KeepingSink()).future.exception(60)
        finally:
            client.close()
        assert outcome is None or isinstance(outcome, UserError), path
    client = EngineClient(tiny_model, EngineSettings(n_ctx=64))
    try:
        assert client.generate(request, KeepingSink()).future.exception(60) is None
    finally:
        client.close()


def test_layers_take_their_share_to_the_gpu(demo_model: Path) -> None:
    header = read_header(demo_model)
    whole = memory_need(header, ON_CPU, gpu=False)
    assert (whole.ram, whole.gpu) == (header.memory_needed(1024, KvType.F16), 0)
    assert memory_need(header, replace(ON_CPU, n_gpu_layers=-1), gpu=False) == whole
    assert memory_need(header, ON_CPU, gpu=True) == whole
    moved = memory_need(header, replace(ON_CPU, n_gpu_layers=-1), gpu=True)
    half = memory_need(header, replace(ON_CPU, n_gpu_layers=3), gpu=True)
    assert moved.ram < half.ram < whole.ram
    assert 0 < half.gpu < moved.gpu
    assert half.ram + half.gpu == moved.ram + moved.gpu  # both sides need working memory
    assert memory_need(header, replace(ON_CPU, n_gpu_layers=99), gpu=True) == moved


def test_a_model_larger_than_the_gpu_is_refused_with_a_number_of_layers(demo_model: Path) -> None:
    header = read_header(demo_model)
    settings = replace(ON_CPU, n_gpu_layers=-1)
    card = Device("CUDA0", "a card", DeviceKind.GPU, 1 << 20, 1 << 30)
    with pytest.raises(UserError, match="of GPU memory") as caught:
        check_fits(header, settings, [card])
    assert caught.value.hint.startswith("Set n_gpu_layers to 0")
    check_fits(header, settings, [replace(card, free_bytes=1 << 30)])
    check_fits(header, settings, [Device("Vulkan0", "silent", DeviceKind.GPU)])
    check_fits(header, settings, ())

"""Complete, made-up runs for the history's tests; the child processes of the tests load it too."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.sampling import Sampling
from workbench.core.tokens import NO_RANK, PromptToken, TokenTable
from workbench.core.types import (
    EngineInfo,
    EngineSettings,
    Finish,
    GenerateResult,
    KvType,
    ModelInfo,
    SampleResult,
    Timings,
)
from workbench.history.store import HistoryStore

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]

PIECES = {token: f" t{token}".encode() for token in range(64)} | {7: b"\xf0\x9f", 8: b"\x92\x99"}


def make_model(**changes: object) -> ModelInfo:
    """A model's description; `changes` replace fields."""
    values: dict[str, object] = {
        "name": "demo-2m",
        "path": "/models/demo-2m-q8_0.gguf",
        "architecture": "llama",
        "quantization": "Q8_0",
        "n_params": 1_750_000,
        "size_bytes": 2_500_000,
        "n_ctx_train": 1024,
        "n_vocab": 1024,
        "n_layer": 5,
        "n_head": 4,
        "n_head_kv": 2,
        "n_embd": 160,
        "chat_template": "{% for m in messages %}{{ m.content }}{% endfor %}",
        "sha256": "ab" * 32,
        "licence": "mit",
    }
    return ModelInfo(**{**values, **changes})  # type: ignore[arg-type]  # field names as keys


def make_start(run_id: str = "run-0001", **changes: object) -> RunStart:
    """A run that uses every field; `changes` replace fields."""
    values: dict[str, object] = {
        "run_id": run_id,
        "created_us": 1_800_000_000_000_000,
        "prompt_name": "capital",
        "prompt_path": "/prompts/capital.prompt.yml",
        "prompt_source": "text: Capital of {{ country }}?\n",
        "variables": {"country": "Perú", "n": 3, "deep": {"a": [1.5, None, True]}},
        "text": "Capital of Perú? 💙",
        "prompt_tokens": (
            PromptToken(1, "<s>", b"<s>", "special"),
            PromptToken(20, "Capital", b"Capital", "literal", 0),
            PromptToken(7, "<0xF0><0x9F>", b"\xf0\x9f", "variable:country", 0),
        ),
        "chat_template": "{{ messages[0].content }}",
        "model": make_model(),
        "engine": EngineInfo("0.3.36", "b9000", "CPU", 2, 1024, False, KvType.Q8_0),
        "settings": EngineSettings(n_ctx=1024, kv_type=KvType.Q8_0, lora=(("a.gguf", 0.5),)),
        "sampling": Sampling(
            temperature=0.3,
            logit_bias=((5, -math.inf), ("yes", 2.5)),
            stop=("\n\n", "END"),
        ),
        "seed": 42,
        "n_samples": 2,
        "parent": ("run-0000", 1, 12),
    }
    return RunStart(**{**values, **changes})  # type: ignore[arg-type]  # field names as keys


def make_table(n: int = 5, k: int = 3, seed: int = 0) -> TokenTable:
    """Random records; the first row is one without probabilities."""
    random = np.random.default_rng(seed)
    table = TokenTable(
        random.integers(0, 64, n).astype(np.int32),
        random.normal(-2, 1, n).astype(np.float32),
        random.integers(0, 9, n).astype(np.int32),
        random.random(n, np.float32),
        random.random(n, np.float32),
        random.integers(0, 64, (n, k)).astype(np.int32),
        random.normal(-2, 1, (n, k)).astype(np.float32),
    )
    if n:
        table.logprob[0] = table.entropy[0] = table.p_sampled[0] = np.nan
        table.rank[0] = NO_RANK
    return table


def make_end(status: RunStatus = RunStatus.DONE, text: str = " Lima.", n: int = 5) -> RunEnd:
    """The end of a run with two replies of `n` tokens."""
    tables = [make_table(n, seed=1), make_table(n, seed=2)]
    mentioned = {int(t) for table in tables for t in [*table.ids, *table.top_ids.ravel()]}
    result = GenerateResult(
        samples=(
            SampleResult(text, Finish.STOP, tables[0]),
            SampleResult(text + " 💙\n2", Finish.LENGTH, tables[1], context_full=True),
        ),
        timings=Timings(3, 1, 1234.5, 10, 99.25, None),
        pieces={token: PIECES[token] for token in mentioned},
    )
    return RunEnd(1_800_000_000_500_000, status, result)


def same_tables(a: TokenTable, b: TokenTable) -> bool:
    """Whether two tables agree bit for bit, in shapes and types too."""
    for name in TokenTable.__slots__:
        x, y = getattr(a, name), getattr(b, name)
        if x.dtype != y.dtype or x.shape != y.shape or x.tobytes() != y.tobytes():
            return False
    return True


def same_ends(a: RunEnd | None, b: RunEnd | None) -> bool:
    """Whether two ends agree in everything, tables bit for bit."""
    if a is None or b is None:
        return a is b
    pairs = list(zip(a.result.samples, b.result.samples, strict=True))
    return (
        (a.ended_us, a.status) == (b.ended_us, b.status)
        and a.result.timings == b.result.timings
        and dict(a.result.pieces) == dict(b.result.pieces)
        and (a.result.error, a.result.hint) == (b.result.error, b.result.hint)
        and all((x.text, x.finish, x.context_full) == (y.text, y.finish, y.context_full)
                for x, y in pairs)
        and all(same_tables(x.tokens, y.tokens) for x, y in pairs)
    )  # fmt: skip


@pytest.fixture(name="make_start")
def make_start_fixture() -> MakeStart:
    """Builds the start of a run."""
    return make_start


@pytest.fixture(name="make_end")
def make_end_fixture() -> MakeEnd:
    """Builds the end of a run."""
    return make_end


@pytest.fixture(name="make_table")
def make_table_fixture() -> Callable[..., TokenTable]:
    """Builds a table of random records."""
    return make_table


@pytest.fixture(name="make_model")
def make_model_fixture() -> Callable[..., ModelInfo]:
    """Builds a model's description."""
    return make_model


@pytest.fixture(name="same_ends")
def same_ends_fixture() -> Callable[[RunEnd | None, RunEnd | None], bool]:
    """Compares two ends."""
    return same_ends


@pytest.fixture(name="same_tables")
def same_tables_fixture() -> Callable[[TokenTable, TokenTable], bool]:
    """Compares two tables."""
    return same_tables


@pytest.fixture
def history_path(tmp_path: Path) -> Path:
    """Where a test's history lies; the folder is made by the store."""
    return tmp_path / "profile" / "history.db"


@pytest.fixture
def store(history_path: Path) -> Iterator[HistoryStore]:
    """An empty history on the disk."""
    opened = HistoryStore(history_path)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_writer_left() -> Iterator[None]:
    """No test leaves a writer's thread behind."""
    yield
    assert [t.name for t in threading.enumerate() if t.name == "history-writer"] == []

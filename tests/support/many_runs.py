"""A history of a million made-up runs in a minute or two, for the benchmarks.

The first runs are taken in like any import; the others are copies of them in SQL with ids, times,
seeds, prompts and speeds of their own, so that every index has the shape it would have.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.sampling import Sampling
from workbench.core.tokens import PromptToken, TokenTable
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

FIRST = 20_000
REPLY_TOKENS = 30
_START_US = 1_700_000_000_000_000
_STEP_US = 31_000_000


def vocabulary(seed: int = 0, size: int = 8000) -> list[str]:
    """Made-up words; the first are the most frequent ones of `words`."""
    draw = random.Random(seed)  # a benchmark
    syllables = [c + v for c in "bcdfghklmnprstvz" for v in ("a", "e", "i", "o", "u", "ei", "or")]
    made: dict[str, None] = {}
    while len(made) < size:
        made["".join(draw.choices(syllables, k=draw.randint(1, 4)))] = None
    return list(made)


def runs(count: int = FIRST, seed: int = 0) -> Iterator[tuple[RunStart, RunEnd]]:
    """Runs of 40 prompts, 3 models and 12 settings; words as frequent as in a language."""
    draw = random.Random(seed)  # a benchmark
    words = vocabulary(seed)
    weights = np.cumsum([1 / (i + 3) for i in range(len(words))]).tolist()
    models = [
        ModelInfo(
            name=name, path=f"/models/{name}.gguf", architecture="llama", quantization="Q8_0",
            n_params=1_750_000, size_bytes=2_500_000, n_ctx_train=1024, n_vocab=1024, n_layer=5,
            n_head=4, n_head_kv=2, n_embd=160, chat_template="{{ messages[0].content }}",
            sha256="ab" * 32, licence="mit",
        )
        for name in ("demo-2m", "demo-8m", "other-7b")
    ]  # fmt: skip
    samplings = [Sampling(temperature=t / 10, top_k=k) for t in (0, 3, 7, 12) for k in (1, 40, 90)]
    engine = EngineInfo("0.3.36", "b9000", "CPU", 2, 1024, False, KvType.F16)
    settings = EngineSettings(n_ctx=1024)
    prompts = [f"Prompt {i} " + " ".join(draw.choices(words, cum_weights=weights, k=60))
               for i in range(40)]  # fmt: skip
    tables, pieces = _tables(seed)
    tokens = tuple(PromptToken(i, f" t{i}", f" t{i}".encode(), "literal", 0) for i in range(30))
    for i in range(count):
        which = i % len(prompts)
        text = " ".join(draw.choices(words, cum_weights=weights, k=REPLY_TOKENS))
        start = RunStart(
            run_id=f"run-{i:09}", created_us=_START_US + i * _STEP_US,
            prompt_name=f"prompt-{which}", prompt_path="", prompt_source=prompts[which],
            variables={"topic": words[i % len(words)]}, text=prompts[which],
            prompt_tokens=tokens, chat_template=None, model=models[i % 3], engine=engine,
            settings=settings, sampling=samplings[i % 12], seed=i, n_samples=1,
        )  # fmt: skip
        table = tables[i % len(tables)]
        result = GenerateResult(
            samples=(SampleResult(text, Finish.STOP, table),),
            timings=Timings(30, 0, 900.0, len(table), 80.0 + i % 50, 40.0),
            pieces=pieces,
        )
        yield start, RunEnd(start.created_us + 500_000, RunStatus.DONE, result)


def many_runs(path: Path, count: int) -> None:
    """Copy the runs of a history, a multiple of `FIRST`, until it has `count` of them."""
    store = HistoryStore(path)
    try:
        copies = count // FIRST
        for copy in range(1, copies):
            store.write(lambda db, copy=copy: _copy(db.conn, copy)).result()  # type: ignore[misc]
    finally:
        store.close()


def _copy(connection, copy: int) -> None:  # type: ignore[no-untyped-def]  # sqlite3's, used once
    columns = [row[1] for row in connection.execute("PRAGMA table_info(runs)")]
    shift = copy * FIRST
    changed = {
        "id": f"id + {shift}",
        "run_id": f"printf('run-%09d', id - 1 + {shift})",
        "created_us": f"created_us + {shift * _STEP_US}",
        "ended_us": f"ended_us + {shift * _STEP_US}",
        "seed": f"seed + {shift}",
        "n_tokens": f"n_tokens + (id + {copy}) % 37",
        "decode_tps": f"decode_tps + {copy} / 10.0",
        "starred": f"(id + {shift}) % 5000 = 0",
    }
    values = ", ".join(changed.get(name, name) for name in columns)
    first = f"WHERE id <= {FIRST}"
    connection.execute("PRAGMA cache_size = -100000")
    connection.execute(f"INSERT INTO runs ({', '.join(columns)}) SELECT {values} FROM runs {first}")  # noqa: S608
    chosen = {"shift": shift, "first": FIRST, "last": shift + FIRST}
    for statement in _COPIES:
        connection.execute(statement, chosen)


_COPIES = (
    (
        "INSERT INTO samples (run, idx, finish, context_full, n_tokens, text, tokens) "
        "SELECT run + :shift, idx, finish, context_full, n_tokens, text, tokens "
        "FROM samples WHERE run <= :first"
    ),
    (
        "INSERT INTO tags (run, tag) SELECT id, 'tag-' || (id % 20) FROM runs "
        "WHERE id > :shift AND id <= :last AND id % 10 = 0"
    ),
    (
        "INSERT INTO scores (run, sample, metric, version, args_json, value, created_us) "
        "SELECT id, 0, 'rouge_l', 1, '{}', (id % 1000) / 1000.0, created_us FROM runs "
        "WHERE id > :shift AND id <= :last AND id % 4 = 0"
    ),
    (
        "INSERT INTO run_words (rowid, reply, variables, note, tags, names) "
        "SELECT id, reply, variables, note, tags, names FROM run_texts "
        "WHERE id > :shift AND id <= :last"
    ),
)


def _tables(seed: int) -> tuple[list[TokenTable], dict[int, bytes]]:
    draw = np.random.default_rng(seed)
    made = []
    for _ in range(50):
        shape = (REPLY_TOKENS, 5)
        made.append(
            TokenTable(
                draw.integers(0, 64, REPLY_TOKENS).astype(np.int32),
                draw.normal(-2, 1, REPLY_TOKENS).astype(np.float32),
                draw.integers(0, 9, REPLY_TOKENS).astype(np.int32),
                draw.random(REPLY_TOKENS, np.float32),
                draw.random(REPLY_TOKENS, np.float32),
                draw.integers(0, 64, shape).astype(np.int32),
                draw.normal(-2, 1, shape).astype(np.float32),
            )
        )
    return made, {token: f" t{token}".encode() for token in range(64)}

"""Recorded runs made again: identical, or the right reason why not. Real engine, real history."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pytest

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.engine_settings import EngineSettings, KvType
from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.replay import Replayed
from workbench.core.run import RunStatus
from workbench.core.sampling import PRESETS, Sampling
from workbench.core.tokens import TokenTable
from workbench.engine.bench_model import QUICK, write_bench_model
from workbench.engine.gguf import read_header
from workbench.engine.pool import EnginePool
from workbench.experiments.branches import fork_at, start_fork, stored_reply
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.replay import (
    NotReplayableError,
    Skipped,
    replay,
    replay_all,
    replay_document,
)
from workbench.experiments.session import RunHandle, Session, open_session
from workbench.history.replayable import replay_order
from workbench.templates.prompt_file import PromptFile, parse_prompt, raw_prompt

WAIT_S = 60.0
SETTINGS = EngineSettings(n_ctx=1024)
STORY = raw_prompt("Once upon a time")


class Sink:
    """Calls `act` once, at the first words of the reply."""

    def __init__(self, act: Callable[[], None] = lambda: None) -> None:
        self._act: Callable[[], None] | None = act

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Not kept."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Act."""
        if text:
            act, self._act = self._act, None
            if act is not None:
                act()

    def run_finished(self, outcome: RunOutcome) -> None:
        """The handle tells."""


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    """A session on the test's own profile."""
    made, _ = open_session(own_profile, EnginePool())
    yield made
    made.close()


def run(
    session: Session,
    model: Path,
    sampling: Sampling | None = None,
    *,
    prompt: PromptFile = STORY,
    n_samples: int = 1,
    seed: int | None = 7,
    given: tuple[int, ...] = (),
    settings: EngineSettings = SETTINGS,
) -> RunOutcome:
    """A recorded run."""
    prepared = session.prepare(model, settings, prompt, {})
    chosen = sampling or Sampling(max_tokens=24)
    return session.start(prepared, chosen, seed, n_samples, Sink(), given=given).wait(WAIT_S)


def again(session: Session, outcome: RunOutcome, **engine: str) -> Replayed:
    """The run replayed from the history."""
    return replay(session, session.store.get(outcome.start.run_id), engine)


def change_row(session: Session, sql: str, *values: object) -> None:
    """Write into the history as another program would."""
    path = session.store.path
    assert path is not None
    with closing(sqlite3.connect(path, timeout=10)) as raw, raw:
        raw.execute(sql, values)


@pytest.mark.parametrize("preset", list(PRESETS))
def test_a_run_of_every_preset_is_identical_to_the_last_bit(
    session: Session, demo_model: Path, preset: str
) -> None:
    sampling = replace(PRESETS[preset], max_tokens=32)
    first = run(session, demo_model, sampling, n_samples=3, seed=None)
    run(session, demo_model, sampling, prompt=raw_prompt("Zoe and the red ball"))  # in between
    found = again(session, first)
    assert found.identical, found
    assert (found.verdict, found.first_difference, found.drift) == ("identical", None, 0.0)
    assert found.compared == sum(len(s.tokens) for s in first.end.result.samples)
    assert found.changed == ()


@pytest.mark.bench
def test_two_hundred_runs_over_all_presets_are_identical(
    session: Session, demo_model: Path, small_demo_model: Path
) -> None:
    kinds = [
        *PRESETS.values(),
        Sampling(mirostat=2),
        Sampling(dry_multiplier=0.8),
        Sampling(xtc_probability=0.5),
        Sampling(repeat_penalty=1.3),
    ]
    starts = ["Once upon a time", "Q: 17+5=\nA:", "The cat", "def f(x):", "a"]
    for number in range(200):
        model = demo_model if number % 4 else small_demo_model
        sampling = replace(kinds[number % len(kinds)], max_tokens=40)
        prompt = raw_prompt(f"{starts[number % len(starts)]} {number}")
        run(session, model, sampling, prompt=prompt, seed=None, n_samples=1 + number % 3)
    found = list(replay_all(session, replay_order(session.store, 1000)))
    assert len(found) == 200
    assert [f for f in found if not (isinstance(f, Replayed) and f.identical)] == []
    assert {f.drift for f in found if isinstance(f, Replayed)} == {0.0}


def test_another_kv_type_is_named(session: Session, demo_model: Path) -> None:
    hot = Sampling(max_tokens=200, temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, ignore_eos=True)
    first = run(session, demo_model, hot, n_samples=3)
    found = again(session, first, kv_type="q4_0")
    assert not found.identical
    assert found.verdict == "different KV type"
    assert [c.aspect for c in found.changed] == ["KV type"]
    place = found.first_difference
    assert place is not None
    then = first.end.result.samples[place.sample].tokens
    assert place.expected == then.ids[place.index]
    assert place.got != place.expected
    assert place.p_expected == pytest.approx(math.exp(then.logprob[place.index]), rel=1e-4)
    assert place.logit_gap is not None
    assert found.drift
    document = replay_document(found)
    assert document["first_difference"]["index"] == place.index
    assert document["run_id"] == first.start.run_id

    # A run recorded with other settings is replayed with those, and comes out the same.
    odd = replace(SETTINGS, kv_type=KvType.Q8_0, n_threads=2, flash_attention=True)
    second = run(session, demo_model, hot, settings=odd)
    assert again(session, second).verdict == "identical"
    assert again(session, second).changed == ()
    found = again(session, second, kv_type="f16")
    assert (found.identical, found.verdict) == (False, "different KV type")


def test_a_run_stored_under_another_thread_count_is_explained_by_it(
    session: Session, demo_model: Path
) -> None:
    """llama.cpp divides one long half-precision cache among the threads under flash attention.

    Measured: that is where its sums depend on their number; elsewhere the same run comes out the
    same to the last bit under one to four threads.
    """
    hot = Sampling(max_tokens=100, temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, ignore_eos=True)
    long = raw_prompt("Once upon a time there was a cat. " * 60)
    alone = replace(SETTINGS, n_threads=1, flash_attention=True)
    made = run(session, demo_model, hot, prompt=long, settings=alone)
    assert len(made.start.prompt_tokens) > 512
    assert again(session, made).verdict == "identical"
    found = again(session, made, n_threads="2")
    assert [c.sentence for c in found.changed] == ["threads: 1 then, 2 now"]
    assert (found.identical, found.verdict) == (False, "different threads")
    assert found.drift
    assert found.first_difference is not None
    assert found.first_difference.got != found.first_difference.expected
    assert "more than rounding" not in found.explanation
    # Where they make no difference the reply is the same, and what changed is told all the same.
    plain = run(session, demo_model, hot, settings=replace(alone, flash_attention=False))
    same = again(session, plain, n_threads="2")
    assert (same.verdict, same.drift) == ("identical", 0.0)
    assert [c.sentence for c in same.changed] == ["threads: 1 then, 2 now"]


def test_a_run_made_where_there_are_more_threads_says_so(
    session: Session, demo_model: Path
) -> None:
    """Nobody chose the number; the row tells how many there were."""
    made = run(session, demo_model)
    ran = made.start.engine.n_threads
    change_row(
        session,
        "UPDATE contents SET text = replace(text, ?, '\"n_threads\":4096') "
        "WHERE id = (SELECT engine FROM runs WHERE run_id = ?)",
        f'"n_threads":{ran}',
        made.start.run_id,
    )
    found = again(session, made)
    assert [c.sentence for c in found.changed] == [f"threads: 4096 then, {ran} now"]
    assert found.verdict == "identical"


def test_a_row_that_lies_about_its_seed_is_found_out(session: Session, demo_model: Path) -> None:
    first = run(session, demo_model, Sampling(max_tokens=40, temperature=2.0, ignore_eos=True))
    change_row(session, "UPDATE runs SET seed = 99 WHERE run_id = ?", first.start.run_id)
    found = again(session, first)
    assert found.verdict == "different sampling"
    assert "seed" in found.explanation


@pytest.mark.parametrize("given_by_hand", [False, True])
def test_forks_begin_where_they_began(
    session: Session, demo_model: Path, given_by_hand: bool
) -> None:
    parent = run(session, demo_model, Sampling(max_tokens=20, ignore_eos=True))
    loaded = session.load(demo_model, SETTINGS)
    reply = stored_reply(parent.start, parent.end, 0)
    given = (40, 41, 42) if given_by_hand else (int(reply.tokens.top_ids[9][4]),)
    fork = fork_at(reply, 9, given, loaded.vocab.special_texts)
    made = start_fork(
        session, fork, loaded, SETTINGS, Sampling(max_tokens=12, ignore_eos=True), 5, 2, Sink()
    ).wait(WAIT_S)
    found = again(session, made)
    assert (found.identical, found.compared, found.drift) == (True, 24, 0.0), found

    # Interrupted, it has no tokens of its own; those of its parent are used.
    change_row(
        session,
        "UPDATE samples SET tokens = NULL, n_tokens = NULL, text = substr(text, 1, 60) "
        "WHERE run = (SELECT id FROM runs WHERE run_id = ?)",
        made.start.run_id,
    )
    change_row(
        session, "UPDATE runs SET status = 'interrupted' WHERE run_id = ?", made.start.run_id
    )
    found = again(session, made)
    assert found.identical, found
    assert "characters of text" in found.notes[0]
    change_row(session, "DELETE FROM runs WHERE run_id = ?", parent.start.run_id)
    with pytest.raises(NotReplayableError, match="not in the history"):
        again(session, made)


def test_a_prompt_continued_by_hand_is_replayed(session: Session, demo_model: Path) -> None:
    made = run(session, demo_model, given=(40, 41))
    found = again(session, made)
    assert found.identical
    assert found.compared == len(made.end.result.samples[0].tokens) - 2


def test_a_stopped_run_is_compared_up_to_where_it_stood(session: Session, tmp_path: Path) -> None:
    slow = tmp_path / "slow.gguf"
    write_bench_model(slow, QUICK)
    prepared = session.prepare(slow, EngineSettings(n_ctx=2048), raw_prompt("a b c"), {})
    handle: list[RunHandle] = []
    endless = Sampling(max_tokens=1900, ignore_eos=True)
    handle.append(session.start(prepared, endless, 3, 2, Sink(lambda: handle[0].cancel())))
    outcome = handle[0].wait(WAIT_S)
    assert outcome.end.status is RunStatus.CANCELLED
    found = again(session, outcome)
    assert found.identical, found
    assert found.compared == sum(len(s.tokens) for s in outcome.end.result.samples)
    stop = CancelToken()
    stop.cancel()
    with pytest.raises(Cancelled):
        replay(session, session.store.get(outcome.start.run_id), cancel=stop)


def test_an_interrupted_run_is_compared_by_its_text(session: Session, demo_model: Path) -> None:
    made = run(session, demo_model, Sampling(max_tokens=30, ignore_eos=True))
    run_id = made.start.run_id
    change_row(session, "UPDATE runs SET status = 'interrupted' WHERE run_id = ?", run_id)

    def save_only(text: str) -> None:
        change_row(
            session,
            "UPDATE samples SET tokens = NULL, text = ? "
            "WHERE run = (SELECT id FROM runs WHERE run_id = ?)",
            text,
            run_id,
        )

    whole = made.end.result.samples[0].text
    save_only(whole[:25])
    assert again(session, made).identical
    save_only(whole[:12] + "ÿØ")
    found = again(session, made)
    assert not found.identical
    assert found.first_difference is not None
    assert found.first_difference.expected_text == "ÿØ"
    save_only("")
    with pytest.raises(NotReplayableError, match="no token and no text"):
        again(session, made)


def test_a_missing_model_is_named_and_a_moved_one_is_found(
    session: Session, own_profile: Profile, demo_model: Path, tmp_path: Path
) -> None:
    own = tmp_path / "mine.gguf"
    copyfile(demo_model, own)
    session.sha256(own)
    made = run(session, own)
    own_profile.models.mkdir(parents=True)
    own.rename(own_profile.models / "mine.gguf")
    assert again(session, made).identical
    (own_profile.models / "mine.gguf").unlink()
    with pytest.raises(UserError, match=r"model of run .* is gone: .*mine\.gguf \(SHA-256"):
        again(session, made)
    skipped = list(replay_all(session, [made.start.run_id, "nobody"]))
    assert [type(s) for s in skipped] == [Skipped, Skipped]


def test_another_file_in_the_models_place_is_noticed(
    session: Session, demo_model: Path, small_demo_model: Path, tmp_path: Path
) -> None:
    own = tmp_path / "mine.gguf"
    copyfile(demo_model, own)
    session.sha256(own)
    made = run(session, own, Sampling(max_tokens=60, temperature=1.2, ignore_eos=True))
    copyfile(small_demo_model, own)
    # A loaded model stays as it was; the next program reads the new file.
    session.client(made.start.model, SETTINGS).close()
    fresh, _ = open_session(session.profile, EnginePool())
    try:
        found = again(fresh, made)
    finally:
        fresh.close()
    assert not found.identical
    assert found.verdict == "different model file"


def test_a_changed_chat_template_is_named(
    session: Session, demo_model: Path, tmp_path: Path
) -> None:
    own = tmp_path / "mine.gguf"
    template = read_header(demo_model).info.chat_template
    assert template is not None
    assert "role" in template
    own.write_bytes(demo_model.read_bytes())
    session.sha256(own)
    chat = parse_prompt("messages:\n- role: user\n  content: Tell me a story\n", "chat")
    made = run(session, own, prompt=chat)
    assert again(session, made).identical
    message = "message.content" if "message.content" in template else "content"
    other = template.replace(message, message[:-1] + "T", 1)  # undefined: writes nothing
    own.write_bytes(demo_model.read_bytes().replace(template.encode(), other.encode()))
    fresh, _ = open_session(session.profile, EnginePool())
    try:
        found = again(fresh, made)
    finally:
        fresh.close()
    assert not found.identical
    assert found.first_difference is None, "its weights are the same"
    assert found.verdict == "changed template"
    assert {c.aspect for c in found.changed} == {"model file", "template"}


def test_the_order_loads_each_model_once(
    session: Session, demo_model: Path, small_demo_model: Path
) -> None:
    ids = [run(session, m).start.run_id for m in (demo_model, small_demo_model) * 2]
    assert replay_order(session.store, 10) == [ids[3], ids[1], ids[2], ids[0]]
    assert replay_order(session.store, 1) == [ids[3]]

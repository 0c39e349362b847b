"""Runs are recorded whatever becomes of them, and are delivered even when recording fails."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.ids import file_sha256
from workbench.core.paths import Profile
from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.core.types import Finish
from workbench.engine.bench_model import QUICK, write_bench_model
from workbench.engine.pool import EnginePool
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import RunHandle, Session, open_session
from workbench.templates.prompt_file import raw_prompt

WAIT_S = 60.0
LONG = Sampling(max_tokens=8000, ignore_eos=True)
SHORT = Sampling(max_tokens=6, ignore_eos=True)
SETTINGS = EngineSettings(n_ctx=8192)


class Watching:
    """A run's sink; `at_first_tokens` is called once with the run's id."""

    def __init__(self, at_first_tokens: Callable[[], None] = lambda: None) -> None:
        self._act: Callable[[], None] | None = at_first_tokens
        self.texts: list[str] = []
        self.outcomes: list[RunOutcome] = []

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Not kept."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Keep the text."""
        self.texts.append(text)
        act, self._act = self._act, None
        if act is not None:
            act()

    def run_finished(self, outcome: RunOutcome) -> None:
        """Keep the outcome."""
        self.outcomes.append(outcome)


@pytest.fixture(scope="module")
def slow_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model whose long replies take seconds."""
    path = tmp_path_factory.mktemp("slow") / "slow.gguf"
    write_bench_model(path, QUICK)
    return path


@pytest.fixture
def pool() -> Iterator[EnginePool]:
    """The engines of the test's session."""
    made = EnginePool()
    yield made
    made.close()


@pytest.fixture
def session(own_profile: Profile, pool: EnginePool) -> Iterator[Session]:
    """A session on the test's own profile."""
    made, notices = open_session(own_profile, pool)
    assert notices == ()
    yield made
    made.close()


def start(
    session: Session, model: Path, sampling: Sampling, sink: Watching, **more: Any
) -> RunHandle:
    """Run a short raw prompt with seed 7."""
    prepared = session.prepare(model, SETTINGS, raw_prompt("Once upon a time"), {})
    return session.start(prepared, sampling, 7, more.pop("n_samples", 1), sink, **more)


def child_pid(pool: EnginePool, model: Path) -> int:
    """The engine's process."""
    pid = pool.get(model, SETTINGS).pid
    assert pid is not None
    return pid


def test_a_run_is_recorded_with_what_made_it(session: Session, small_demo_model: Path) -> None:
    sink = Watching()
    outcome = start(session, small_demo_model, SHORT, sink, n_samples=2).wait(WAIT_S)
    assert sink.outcomes == [outcome]
    assert (outcome.saved, outcome.save_error) == (True, "")
    stored = session.store.get(outcome.start.run_id)
    assert stored.status is RunStatus.DONE
    assert (stored.start.seed, stored.start.n_samples) == (7, 2)
    assert stored.start.sampling == SHORT
    assert stored.start.text == "Once upon a time"
    assert stored.start.engine == outcome.start.engine
    assert stored.end is not None
    for kept, made in zip(stored.end.result.samples, outcome.end.result.samples, strict=True):
        assert (kept.text, kept.finish) == (made.text, Finish.LENGTH)
        assert kept.tokens.logprob.tobytes() == made.tokens.logprob.tobytes()


def test_the_model_hash_is_recorded_in_the_end(
    session: Session, small_demo_model: Path, own_profile: Profile
) -> None:
    start(session, small_demo_model, SHORT, Watching()).wait(WAIT_S)
    sha256 = session.sha256(small_demo_model)
    assert sha256 == file_sha256(small_demo_model)
    second = start(session, small_demo_model, SHORT, Watching()).wait(WAIT_S)
    assert second.start.model.sha256 == sha256
    assert session.store.get(second.start.run_id).start.model.sha256 == sha256


def test_without_a_seed_one_is_drawn_and_kept(session: Session, small_demo_model: Path) -> None:
    prepared = session.prepare(small_demo_model, SETTINGS, raw_prompt("Once"), {})
    outcomes = [session.start(prepared, SHORT, None, 1, Watching()).wait(WAIT_S) for _ in range(2)]
    assert outcomes[0].start.seed != outcomes[1].start.seed


@pytest.mark.spawned
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_is_a_failed_run_that_keeps_its_text(
    session: Session, pool: EnginePool, slow_model: Path, number: signal.Signals
) -> None:
    sink = Watching(lambda: os.kill(child_pid(pool, slow_model), number))
    outcome = start(session, slow_model, LONG, sink).wait(WAIT_S)
    result = outcome.end.result
    assert outcome.end.status is RunStatus.FAILED
    assert number.name in result.error
    assert result.hint
    assert result.samples[0].finish is Finish.ERROR
    assert result.samples[0].text == "".join(sink.texts) != ""
    assert outcome.saved
    stored = session.store.get(outcome.start.run_id)
    assert stored.status is RunStatus.FAILED
    assert stored.end is not None
    assert stored.end.result.samples[0].text == result.samples[0].text
    assert number.name in stored.end.result.error
    assert start(session, slow_model, SHORT, Watching()).wait(WAIT_S).saved


def test_a_run_that_was_stopped_is_no_failure_when_the_engine_is_closed(
    session: Session, pool: EnginePool, slow_model: Path
) -> None:
    begun: Future[None] = Future()
    sink = Watching(lambda: begun.set_result(None))
    handle = start(session, slow_model, LONG, sink)
    begun.result(WAIT_S)
    os.kill(child_pid(pool, slow_model), signal.SIGSTOP)  # it cannot answer any more
    handle.cancel()
    pool.close()
    outcome = handle.wait(WAIT_S)
    result = outcome.end.result
    assert outcome.end.status is RunStatus.CANCELLED
    assert result.error == ""
    assert result.samples[0].finish is Finish.CANCELLED
    assert result.samples[0].text == "".join(sink.texts) != ""
    assert session.store.get(outcome.start.run_id).status is RunStatus.CANCELLED


def test_a_cancelled_run_keeps_its_text(session: Session, slow_model: Path) -> None:
    started: Future[RunHandle] = Future()
    reached = Watching(lambda: started.result(WAIT_S).cancel())
    handle = start(session, slow_model, LONG, reached)
    started.set_result(handle)
    outcome = handle.wait(WAIT_S)
    assert outcome.end.status is RunStatus.CANCELLED
    assert outcome.saved
    (sample,) = outcome.end.result.samples
    assert sample.finish is Finish.CANCELLED
    assert sample.text == "".join(reached.texts) != ""
    assert 0 < len(sample.tokens) < LONG.max_tokens
    stored = session.store.get(outcome.start.run_id)
    assert stored.status is RunStatus.CANCELLED
    assert stored.end is not None
    assert stored.end.result.samples[0].text == sample.text
    handle.cancel()


def test_a_request_the_engine_refuses_is_a_failed_run(
    session: Session, small_demo_model: Path
) -> None:
    bad = Sampling(grammar="root ::= (")
    outcome = start(session, small_demo_model, bad, Watching()).wait(WAIT_S)
    assert outcome.end.status is RunStatus.FAILED
    assert "grammar" in outcome.end.result.error
    assert session.store.get(outcome.start.run_id).status is RunStatus.FAILED


def test_a_run_may_stay_out_of_the_history(session: Session, small_demo_model: Path) -> None:
    outcome = start(session, small_demo_model, SHORT, Watching(), save=False).wait(WAIT_S)
    assert (outcome.saved, outcome.save_error) == (False, "")
    assert outcome.end.status is RunStatus.DONE
    assert session.store.count() == 0
    with pytest.raises(UserError):
        session.store.get(outcome.start.run_id)


def test_a_profile_that_cannot_be_written_keeps_runs_in_memory(
    tmp_path: Path, small_demo_model: Path
) -> None:
    (tmp_path / "file").touch()
    made, notices = open_session(Profile(tmp_path / "file" / "profile"))
    try:
        (notice,) = notices
        assert "file/profile cannot be written: Not a directory" in notice
        assert "in memory" in notice
        outcome = start(made, small_demo_model, SHORT, Watching()).wait(WAIT_S)
        assert not outcome.saved
        assert "in memory" in outcome.save_error
        assert made.store.get(outcome.start.run_id).status is RunStatus.DONE
        assert made.store.count() == 1
    finally:
        made.close()


def test_a_run_on_a_full_disk_is_delivered_and_says_that_it_is_not_saved(
    own_profile: Profile, small_demo_model: Path
) -> None:
    """The file may grow no further, which SQLite reports as it does a full disk."""
    made, _ = open_session(own_profile)
    try:
        made.store._writer.submit(
            lambda db: db.execute(
                f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}"
            ).fetchone()
        ).result()
        outcome = start(made, small_demo_model, Sampling(max_tokens=400), Watching()).wait(WAIT_S)
        assert outcome.end.status is RunStatus.DONE
        assert outcome.end.result.samples[0].tokens.ids.size > 0
        assert not outcome.saved
        assert "disk is full" in outcome.save_error
        # It still can be read, and is written once there is space again.
        assert made.store.get(outcome.start.run_id).end is not None
        made.store._writer.submit(
            lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchone()
        ).result()
        assert made.store.retry().result() == 0
        assert made.store.get(outcome.start.run_id).status is RunStatus.DONE
    finally:
        made.close()


def test_the_command_line_on_a_full_disk_prints_the_reply_and_one_line(
    own_profile: Profile,
) -> None:
    """A real limit of the system: no file of the process may grow beyond 40 kB."""
    command = [
        sys.executable, "-m", "workbench", "run", "@Once upon a time", "--seed", "1",
        "-s", "max_tokens=300", "-s", "ignore_eos=true",
    ]  # fmt: skip
    first = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    before = own_profile.history_file.read_bytes()

    def little_space() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    again = subprocess.run(
        command, capture_output=True, text=True, timeout=100, check=False, preexec_fn=little_space
    )
    assert again.stdout == first.stdout != ""
    assert again.returncode == 0
    (line,) = again.stderr.splitlines()
    assert line.startswith("workbench: The run was not saved: ")
    assert own_profile.history_file.read_bytes()[:4096] == before[:4096]


def test_closing_ends_the_engines_and_a_closed_session_refuses(
    own_profile: Profile, slow_model: Path
) -> None:
    pool = EnginePool()
    made, _ = open_session(own_profile, pool)
    prepared = made.prepare(slow_model, SETTINGS, raw_prompt("Once"), {})
    handle = made.start(prepared, LONG, 1, 1, Watching())
    made.close()
    made.close()
    outcome = handle.wait(WAIT_S)
    assert outcome.end.status is RunStatus.FAILED
    assert outcome.end.result.error == "The engine was closed."

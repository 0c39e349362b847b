"""The engine's process: it may die, be stopped or be closed at any moment; its parent goes on."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from support.sinks import KeepingSink

from workbench.core.errors import EngineDiedError, UserError
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings, Finish, GenerateRequest, GenerateResult
from workbench.engine.client import EngineClient
from workbench.engine.pool import EnginePool

LONG_PROMPT = tuple(300 + i % 1500 for i in range(3500))
ENDLESS = Sampling(max_tokens=4000, ignore_eos=True)
SHORT = GenerateRequest((300, 301, 302), Sampling(max_tokens=5, ignore_eos=True), seed=1)
WAIT_S = 60.0

Make = Callable[..., EngineClient]


@pytest.fixture
def make(slow_model: Path) -> Iterator[Make]:
    """Starts clients, on a slow model unless told otherwise."""
    made: list[EngineClient] = []

    def start(path: Path = slow_model, n_ctx: int = 4096) -> EngineClient:
        made.append(EngineClient(path, EngineSettings(n_ctx=n_ctx, n_threads=1)))
        return made[-1]

    yield start
    for client in made:
        client.close()


def error_of(future: Future[Any]) -> UserError:
    """What a job ended with; anything but a UserError fails."""
    error = future.exception(WAIT_S)
    assert isinstance(error, UserError), error
    return error


def answer(client: EngineClient, request: GenerateRequest = SHORT) -> GenerateResult:
    """The whole answer to a request."""
    result = client.generate(request, KeepingSink()).future.result(WAIT_S)
    assert isinstance(result, GenerateResult)
    return result


def living(client: EngineClient) -> int:
    """The child's process id."""
    client.load().result(WAIT_S)
    pid = client.pid
    assert pid is not None
    return pid


def gone(pid: int) -> bool:
    """Whether no process, not even a zombie, has this id."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def ended(pid: int, timeout_s: float) -> bool:
    """Wait for the end of a process that need not be a child of ours."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], timeout_s)[0])
    finally:
        os.close(handle)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
@pytest.mark.parametrize("during", ["prefill", "decode"])
def test_a_death_is_one_failed_job_and_the_next_one_works(
    make: Make, number: signal.Signals, during: str
) -> None:
    client = make()
    pid = living(client)

    def kill() -> None:
        os.kill(pid, number)

    if during == "prefill":
        sink = KeepingSink(on_prefill=kill)
        job = client.generate(GenerateRequest(LONG_PROMPT, ENDLESS, seed=1), sink)
    else:
        sink = KeepingSink(on_tokens=kill)
        job = client.generate(GenerateRequest((300, 301), ENDLESS, seed=1), sink)
    waiting = client.generate(SHORT, KeepingSink())
    error = error_of(job.future)
    assert isinstance(error, EngineDiedError)
    assert number.name in error.message
    assert ("prompt token" if during == "prefill" else "generating") in error.message
    assert error.hint
    assert isinstance(error_of(waiting.future), EngineDiedError)
    assert bool(sink.tables) == (during == "decode")
    result = answer(client)
    assert len(result.samples[0].tokens) == 5
    assert client.pid not in (None, pid)
    assert gone(pid)


def test_a_death_while_idle_is_noticed_by_the_next_job_at_the_latest(make: Make) -> None:
    client = make()
    pid = living(client)
    os.kill(pid, signal.SIGKILL)
    assert ended(pid, WAIT_S)
    try:
        result = answer(client)
    except EngineDiedError as error:
        # The job was on its way when the death was noticed; the one after it starts anew.
        assert "SIGKILL" in error.message  # noqa: PT017  # both ways are right
        result = answer(client)
    assert len(result.samples[0].tokens) == 5


def test_a_death_during_the_load_names_it(make: Make) -> None:
    client = make()
    client.start()
    pid = client.pid
    assert pid is not None
    loading = client.load()
    os.kill(pid, signal.SIGKILL)
    error = error_of(loading)
    assert isinstance(error, EngineDiedError)
    assert "SIGKILL" in error.message
    assert "loading the model" in error.message
    assert len(answer(client).samples[0].tokens) == 5


def test_what_the_child_printed_last_is_among_the_details(make: Make) -> None:
    client = make()
    pid = living(client)

    def abort() -> None:
        with Path(f"/proc/{pid}/fd/2").open("a") as stderr:
            stderr.write("GGML_ASSERT(x > 0) failed\n")
        os.kill(pid, signal.SIGABRT)

    job = client.generate(
        GenerateRequest((300, 301), ENDLESS, seed=1), KeepingSink(on_tokens=abort)
    )
    assert "GGML_ASSERT(x > 0) failed" in error_of(job.future).details


def test_cancel_in_the_prompt(make: Make) -> None:
    client = make()
    jobs: list[Any] = []
    sink = KeepingSink(on_prefill=lambda: jobs[0].cancel(), prefill_at=1)
    client.load().result(WAIT_S)
    with client._lock:  # the sink must not run before the job stands in the list
        jobs.append(client.generate(GenerateRequest(LONG_PROMPT, ENDLESS, seed=1), sink))
    result = jobs[0].future.result(WAIT_S)
    assert [s.finish for s in result.samples] == [Finish.CANCELLED]
    assert result.samples[0].text == ""
    assert 0 < max(done for done, _ in sink.progress) < len(LONG_PROMPT)
    assert len(answer(client).samples[0].tokens) == 5


def test_cancel_in_the_reply_keeps_the_text(make: Make) -> None:
    client = make()
    jobs: list[Any] = []
    sink = KeepingSink(on_tokens=lambda: jobs[0].cancel())
    client.load().result(WAIT_S)
    with client._lock:
        jobs.append(
            client.generate(GenerateRequest((300, 301), ENDLESS, seed=1, n_samples=2), sink)
        )
    result = jobs[0].future.result(WAIT_S)
    assert [s.finish for s in result.samples] == [Finish.CANCELLED] * 2
    for index, sample in enumerate(result.samples):
        assert 0 < len(sample.tokens) < 4000
        assert sample.text == sink.texts[index] != ""


def test_a_waiting_job_can_be_cancelled_and_an_ended_one_does_not_mind(make: Make) -> None:
    client = make()
    first = client.generate(GenerateRequest((300, 301), ENDLESS, seed=1), KeepingSink())
    second = client.generate(GenerateRequest((300, 301), ENDLESS, seed=1), KeepingSink())
    third = client.generate(SHORT, KeepingSink())
    second.cancel()
    second.cancel()
    first.cancel()
    assert first.future.result(WAIT_S).samples[0].finish is Finish.CANCELLED
    skipped = second.future.result(WAIT_S)
    assert (skipped.samples[0].finish, len(skipped.samples[0].tokens)) == (Finish.CANCELLED, 0)
    assert len(third.future.result(WAIT_S).samples[0].tokens) == 5
    for job in (first, second, third):
        job.cancel()
    assert len(answer(client).samples[0].tokens) == 5


def test_texts_are_tokenized_during_a_run(make: Make) -> None:
    client = make()
    client.load().result(WAIT_S)
    begun = Event()
    run = client.generate(
        GenerateRequest((300, 301), ENDLESS, seed=1), KeepingSink(on_tokens=begun.set)
    )
    assert begun.wait(WAIT_S)
    texts = ["", "a", "A fox and a bear. " * 200, "é 😀 \n" * 50]
    during = [client.tokenize(text, add_bos=True).result(WAIT_S) for text in texts]
    assert not run.future.done()
    run.cancel()
    assert run.future.result(WAIT_S).samples[0].finish is Finish.CANCELLED
    assert [client.tokenize(text, add_bos=True).result(WAIT_S) for text in texts] == during


def test_closing_ends_what_runs(make: Make) -> None:
    client = make()
    pid = living(client)
    job = client.generate(GenerateRequest((300, 301), ENDLESS, seed=1), KeepingSink())
    client.close()
    client.close()
    error = error_of(job.future)
    assert error.message == "The engine was closed."
    assert not isinstance(error, EngineDiedError)
    assert client.pid is None
    assert gone(pid)
    job.cancel()
    with pytest.raises(UserError, match="was closed"):
        client.generate(SHORT, KeepingSink())


def test_closing_from_a_callback_of_the_reader(make: Make) -> None:
    """A window that closes itself when a run ends does so on the reader's thread."""
    client = make()
    job = client.generate(SHORT, KeepingSink())
    closed: Future[None] = Future()

    def close(_: Future[Any]) -> None:
        client.close()
        closed.set_result(None)

    job.future.add_done_callback(close)
    closed.result(WAIT_S)
    assert client.pid is None


def test_a_failed_load_is_no_death_and_is_tried_again(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "later.gguf"
    client = make(path)
    error = error_of(client.load())
    assert "There is no model file" in error.message
    assert not isinstance(error, EngineDiedError)
    job = client.generate(SHORT, KeepingSink())
    assert "There is no model file" in error_of(job.future).message


def test_a_model_that_appears_later_is_loaded(
    make: Make, tmp_path: Path, small_demo_model: Path
) -> None:
    path = tmp_path / "later.gguf"
    client = make(path, n_ctx=512)
    assert "There is no model file" in error_of(client.load()).message
    # A job ends with the child, so after it the parent knows that this child is gone.
    assert (
        "There is no model file" in error_of(client.generate(SHORT, KeepingSink()).future).message
    )
    path.write_bytes(small_demo_model.read_bytes())
    loaded = client.load().result(WAIT_S)
    assert loaded.model.path == str(path)


def test_errors_of_a_request_leave_the_child_alive(make: Make) -> None:
    client = make()
    pid = living(client)
    for request, named in (
        (GenerateRequest((), ENDLESS, seed=1), "prompt is empty"),
        (GenerateRequest((300,) * 5000, ENDLESS, seed=1), "5,000.*4,096"),
        (GenerateRequest((300,), Sampling(grammar="root ::= ("), seed=1), "grammar"),
        (GenerateRequest((300,), Sampling(min_p=3.0), seed=1), "min_p"),
    ):
        with pytest.raises(UserError, match=named) as caught:
            answer(client, request)
        assert not isinstance(caught.value, EngineDiedError)
    assert len(answer(client).samples[0].tokens) == 5
    assert client.pid == pid


def test_a_sink_that_fails_harms_only_itself(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    client = make()

    def fail() -> None:
        raise ValueError("a broken window")

    job = client.generate(SHORT, KeepingSink(on_tokens=fail))
    assert len(job.future.result(WAIT_S).samples[0].tokens) == 5
    assert "could not be delivered" in caplog.text
    assert len(answer(client).samples[0].tokens) == 5


def test_same_tokens_with_and_without_a_process(make: Make, demo_model: Path) -> None:
    client = make(demo_model, n_ctx=1024)
    found = client.tokenize("Once upon a time", add_bos=True).result(WAIT_S)
    request = GenerateRequest(found.ids, Sampling(max_tokens=30, ignore_eos=True), seed=4, top=5)
    sink = KeepingSink()
    result = client.generate(request, sink).future.result(WAIT_S)
    sample = result.samples[0]
    assert len(sample.tokens) == 30
    assert sample.tokens.top_ids.shape == (30, 5)
    assert sample.text == sink.texts[0]
    assert b"".join(result.pieces[int(t)] for t in sample.tokens.ids).decode() == sample.text


def test_the_child_leaves_when_its_parent_is_killed(small_demo_model: Path) -> None:
    """Even in the middle of a long reply."""
    script = (
        "import sys; from pathlib import Path\n"
        "from workbench.core.sampling import Sampling\n"
        "from workbench.core.types import EngineSettings, GenerateRequest\n"
        "from workbench.engine.client import EngineClient\n"
        "class Sink:\n"
        "    said = False\n"
        "    def prefill(self, done, total): pass\n"
        "    def tokens(self, sample, table, text, pieces):\n"
        "        if not self.said: print(client.pid, flush=True)\n"
        "        self.said = True\n"
        "if __name__ == '__main__':\n"
        "    client = EngineClient(Path(sys.argv[1]), EngineSettings(n_ctx=1024))\n"
        "    sampling = Sampling(max_tokens=100000, ignore_eos=True)\n"
        "    for _ in range(200):\n"
        "        request = GenerateRequest((300,), sampling, 1, n_samples=16)\n"
        "        client.generate(request, Sink()).future.result()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(small_demo_model)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
        assert ended(child, WAIT_S)
    finally:
        parent.kill()
        parent.communicate()


def test_the_pool_keeps_one_child_per_model_and_ends_the_oldest(
    small_demo_model: Path, demo_model: Path
) -> None:
    pool = EnginePool(limit=1)
    try:
        first = pool.get(small_demo_model, EngineSettings(n_ctx=256))
        pid = living(first)
        assert pool.get(small_demo_model, EngineSettings(n_ctx=256)) is first
        second = pool.get(demo_model, EngineSettings(n_ctx=256))
        assert second is not first
        assert first.pid is None
        assert gone(pid)
        living(second)
    finally:
        pool.close()
        pool.close()
    assert second.pid is None

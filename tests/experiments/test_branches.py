"""Forks recorded with what made them, through a real session, engine and history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np
import pytest

from workbench.core.branching import LookaheadRequest, PreviewRequest
from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import StoppedError, UserError
from workbench.core.paths import Profile
from workbench.core.run import RunStatus
from workbench.core.sampling import Sampling
from workbench.core.tokens import TokenTable
from workbench.core.types import Finish, Loaded
from workbench.engine.bench_model import QUICK, write_bench_model
from workbench.engine.pool import EnginePool
from workbench.experiments.ahead import LookAhead, ahead_document, start_preview
from workbench.experiments.branches import (
    Reply,
    check_model,
    fork_at,
    model_of,
    start_fork,
    stored_reply,
)
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import RunHandle, Session, open_session
from workbench.experiments.text_tokens import text_tokens
from workbench.history.branches import family, trash
from workbench.templates.prompt_file import raw_prompt

WAIT_S = 60.0
SHORT = Sampling(max_tokens=12, ignore_eos=True)
LONG = Sampling(max_tokens=6000, ignore_eos=True)
SETTINGS = EngineSettings(n_ctx=8192)


class Watching:
    """A run's sink that keeps what it is told; `act` is called at the first tokens."""

    def __init__(self, act: Callable[[], None] = lambda: None) -> None:
        self._act: Callable[[], None] | None = act
        self.texts: dict[int, str] = {}
        self.ids: dict[int, list[int]] = {}

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Not kept."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Keep the text and the ids."""
        assert all(int(t) in pieces for t in table.ids)
        self.texts[sample] = self.texts.get(sample, "") + text
        self.ids.setdefault(sample, []).extend(table.ids.tolist())
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


@pytest.fixture
def loaded(session: Session, demo_model: Path) -> Loaded:
    """The demo model, loaded."""
    return session.load(demo_model, SETTINGS)


@pytest.fixture(scope="module")
def slow_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random model whose long replies take seconds."""
    path = tmp_path_factory.mktemp("slow") / "slow.gguf"
    write_bench_model(path, QUICK)
    return path


def root(session: Session, model: Path, **more: Any) -> RunOutcome:
    """A short run with seed 7."""
    prepared = session.prepare(model, SETTINGS, raw_prompt("Once upon a time"), {})
    n_samples = more.pop("n_samples", 1)
    return session.start(prepared, SHORT, 7, n_samples, Watching(), **more).wait(WAIT_S)


def reply_of(outcome: RunOutcome, sample: int = 0) -> Reply:
    """One reply of a finished run."""
    return stored_reply(outcome.start, outcome.end, sample)


def go(session: Session, loaded: Loaded, reply: Reply, at: int, **more: Any) -> RunHandle:
    """Fork with seed 5."""
    fork = fork_at(reply, at, more.pop("given", ()), loaded.vocab.special_texts)
    values = {"sampling": SHORT, "seed": 5, "n_samples": 1, "sink": Watching(), **more}
    return start_fork(session, fork, loaded, SETTINGS, **values)


def other(reply: Reply, at: int, place: int = 3) -> int:
    """An alternative at a token that was not the one said."""
    return int(next(t for t in reply.tokens.top_ids[at][place:] if t != reply.tokens.ids[at]))


@pytest.mark.parametrize("at", [0, 5, 11])
def test_a_fork_at_an_alternative_is_recorded_whole(
    session: Session, demo_model: Path, loaded: Loaded, at: int
) -> None:
    first = reply_of(root(session, demo_model))
    token = other(first, at)
    sink = Watching()
    outcome = go(session, loaded, first, at, given=(token,), sink=sink).wait(WAIT_S)
    stored = session.store.get(outcome.start.run_id)
    assert stored.start.parent == (first.start.run_id, 0, at)
    assert stored.start.given == (token,)
    assert stored.start.prompt_tokens == first.start.prompt_tokens
    assert stored.end is not None
    (sample,) = stored.end.result.samples
    assert sample.tokens.ids.tolist() == sink.ids[0]
    assert sample.tokens.ids[: at + 1].tolist() == [*first.tokens.ids[:at].tolist(), token]
    assert len(sample.tokens) == at + 1 + SHORT.max_tokens
    assert sample.tokens.logprob[:at].tobytes() == first.tokens.logprob[:at].tobytes()
    assert np.isnan(sample.tokens.p_sampled[at])
    assert sample.tokens.logprob[at] in first.tokens.top_logprob[at]
    assert sample.text == sink.texts[0]
    pieces = b"".join(stored.end.result.pieces[t] for t in sample.tokens.ids.tolist())
    assert sample.text == pieces.decode("utf-8", "replace")
    # Nothing that stands is decoded again: the alternative alone is (at 0 with the prompt's
    # last chunk, which is all of this one).
    assert stored.end.result.timings.prefill_tokens == 1


def test_the_same_fork_from_nothing_says_the_same(
    own_profile: Profile, session: Session, demo_model: Path, loaded: Loaded
) -> None:
    first = reply_of(root(session, demo_model))
    token = other(first, 6)
    made = go(session, loaded, first, 6, given=(token,)).wait(WAIT_S)
    fresh, _ = open_session(own_profile, EnginePool())
    try:
        stored = fresh.store.get(first.start.run_id)
        again = go(
            fresh, fresh.load(demo_model, SETTINGS), stored_reply(stored.start, stored.end, 0), 6,
            given=(token,),
        ).wait(WAIT_S)  # fmt: skip
    finally:
        fresh.close()
    for name in TokenTable.__slots__:
        own = getattr(made.end.result.samples[0].tokens, name)
        assert own.tobytes() == getattr(again.end.result.samples[0].tokens, name).tobytes(), name
    assert made.end.result.samples[0].text == again.end.result.samples[0].text


def test_a_fork_of_a_fork_and_an_edit_in_the_middle(
    session: Session, demo_model: Path, loaded: Loaded
) -> None:
    first = reply_of(root(session, demo_model))
    one = go(session, loaded, first, 4, given=(other(first, 4),)).wait(WAIT_S)
    client = session.client(loaded.model, SETTINGS)
    typed = text_tokens(
        " purple 🦊 cat", lambda t: client.tokenize(t, add_bos=False, parse_special=False).result()
    )
    two = go(session, loaded, reply_of(one), 8, given=typed.ids).wait(WAIT_S)
    reply = reply_of(two)
    assert reply.tokens.ids[:8].tolist() == reply_of(one).tokens.ids[:8].tolist()
    assert reply.tokens.ids[8 : 8 + len(typed.ids)].tolist() == list(typed.ids)
    assert not np.isnan(reply.tokens.logprob).any()
    assert " purple 🦊 cat" in two.end.result.samples[0].text
    rows = family(session.store, two.start.run_id)
    assert [row.parent for row in rows] == [
        None, (first.start.run_id, 0, 4), (one.start.run_id, 0, 8),
    ]  # fmt: skip
    assert rows[2].n_given == len(typed.ids)


def test_a_sample_among_several_is_forked_into_several(
    session: Session, demo_model: Path, loaded: Loaded
) -> None:
    outcome = root(session, demo_model, n_samples=3)
    second = reply_of(outcome, 2)
    sink = Watching()
    many = go(session, loaded, second, 5, n_samples=4, seed=None, sink=sink).wait(WAIT_S)
    assert many.start.parent == (outcome.start.run_id, 2, 5)
    assert len(many.end.result.samples) == 4
    for index, sample in enumerate(many.end.result.samples):
        assert sample.tokens.ids[:5].tolist() == second.tokens.ids[:5].tolist()
        assert len(sample.tokens) == 5 + SHORT.max_tokens
        assert sample.text == sink.texts[index]
    stored = session.store.get(many.start.run_id)
    assert stored.end is not None
    assert [s.text for s in stored.end.result.samples] == [s.text for s in many.end.result.samples]


def test_a_fork_goes_on_past_a_stop_string(
    session: Session, demo_model: Path, loaded: Loaded
) -> None:
    first = reply_of(root(session, demo_model))
    stop = b"".join(first.pieces[t] for t in first.tokens.ids[4:6].tolist()).decode()
    stops = replace(SHORT, stop=(stop,))
    prepared = session.prepare(demo_model, SETTINGS, raw_prompt("Once upon a time"), {})
    stopped = session.start(prepared, stops, 7, 1, Watching()).wait(WAIT_S)
    reply = reply_of(stopped)
    assert stopped.end.result.samples[0].finish is Finish.STOP
    past = go(session, loaded, reply, len(reply.tokens), sampling=stops).wait(WAIT_S)
    assert past.end.result.samples[0].text.startswith(stopped.end.result.samples[0].text + stop)
    inside = go(
        session, loaded, reply, len(reply.tokens) - 1,
        given=(other(reply, len(reply.tokens) - 1),), sampling=stops,
    ).wait(WAIT_S)  # fmt: skip
    assert inside.end.status is RunStatus.DONE
    assert len(family(session.store, stopped.start.run_id)) == 3


def test_an_end_token_put_there_ends_the_reply(
    session: Session, demo_model: Path, loaded: Loaded
) -> None:
    first = reply_of(root(session, demo_model))
    eos = loaded.vocab.eos
    assert eos is not None
    ended = go(session, loaded, first, 6, given=(eos,)).wait(WAIT_S)
    (sample,) = ended.end.result.samples
    assert (len(sample.tokens), sample.finish) == (7, Finish.STOP)
    assert sample.tokens.ids[6] == eos
    text = b"".join(first.pieces[t] for t in first.tokens.ids[:6].tolist()).decode()
    assert sample.text == text


def test_forking_a_run_that_was_cancelled_while_its_fork_is_cancelled_too(
    session: Session, slow_model: Path
) -> None:
    """Fork while streaming, delete the parent, cancel the fork: everything is in the tree."""
    loaded = session.load(slow_model, SETTINGS)
    prepared = session.prepare(slow_model, SETTINGS, raw_prompt("Once upon a time"), {})
    started: Future[RunHandle] = Future()
    handle = session.start(prepared, LONG, 1, 1, Watching(lambda: started.result(WAIT_S).cancel()))
    started.set_result(handle)
    parent = handle.wait(WAIT_S)
    assert parent.end.status is RunStatus.CANCELLED
    reply = reply_of(parent)
    forked: Future[RunHandle] = Future()

    def delete_and_stop() -> None:
        trash(session.store, [parent.start.run_id]).result(WAIT_S)
        forked.result(WAIT_S).cancel()

    child = go(
        session, loaded, reply, len(reply.tokens), sampling=LONG,
        sink=Watching(delete_and_stop),
    )  # fmt: skip
    forked.set_result(child)
    outcome = child.wait(WAIT_S)
    assert outcome.end.status is RunStatus.CANCELLED
    assert outcome.saved
    rows = family(session.store, outcome.start.run_id)
    assert [(r.run_id, r.trashed, r.status) for r in rows] == [
        (parent.start.run_id, True, RunStatus.CANCELLED),
        (outcome.start.run_id, False, RunStatus.CANCELLED),
    ]
    n = len(reply.tokens)
    text = outcome.end.result.samples[0].text
    assert text.startswith(parent.end.result.samples[0].text)
    assert len(outcome.end.result.samples[0].tokens) > n
    assert rows[1].samples[0].text == text


def test_a_crashed_engine_keeps_what_a_fork_began_with(session: Session, slow_model: Path) -> None:
    prepared = session.prepare(slow_model, SETTINGS, raw_prompt("Once"), {})
    parent = session.start(prepared, SHORT, 1, 1, Watching()).wait(WAIT_S)
    loaded = session.load(slow_model, SETTINGS)

    def die() -> None:
        session.client(loaded.model, SETTINGS).close()

    child = go(session, loaded, reply_of(parent), 9, sampling=LONG, sink=Watching(die)).wait(WAIT_S)
    assert child.end.status is RunStatus.FAILED
    (sample,) = child.end.result.samples
    assert sample.tokens.ids[:9].tolist() == reply_of(parent).tokens.ids[:9].tolist()
    assert len(sample.tokens) > 9


def test_other_models_are_refused_with_their_names(
    session: Session, demo_model: Path, small_demo_model: Path, loaded: Loaded, tmp_path: Path
) -> None:
    start = root(session, demo_model).start
    check_model(start, loaded, SETTINGS)
    small = replace(loaded, model=replace(loaded.model, name="other", path=str(small_demo_model)))
    with pytest.raises(UserError, match=rf"made by {start.model.name} .* other .* is loaded"):
        check_model(start, replace(small, model=replace(small.model, sha256="0" * 64)), SETTINGS)
    moved = replace(start, model=replace(start.model, path=str(tmp_path / "gone.gguf")))
    with pytest.raises(UserError, match=r"is gone: .*gone\.gguf"):
        check_model(replace(moved, model=replace(moved.model, sha256="")), small, SETTINGS)
    with pytest.raises(UserError, match=r"is gone: .*gone\.gguf"):
        model_of(moved)
    assert model_of(start) == demo_model
    changed = replace(start, model=replace(start.model, sha256="1" * 64))
    known = replace(loaded, model=replace(loaded.model, sha256="2" * 64))
    with pytest.raises(UserError, match="not the file any more"):
        check_model(changed, known, SETTINGS)
    with pytest.raises(UserError, match="LoRA"):
        check_model(start, loaded, replace(SETTINGS, lora=(("a.gguf", 1.0),)))


def test_the_same_file_at_another_place_can_fork(
    session: Session, demo_model: Path, tmp_path: Path
) -> None:
    session.sha256(demo_model)
    first = reply_of(root(session, demo_model))
    copy = tmp_path / "copy.gguf"
    copyfile(demo_model, copy)
    session.sha256(copy)
    outcome = go(session, session.load(copy, SETTINGS), first, 3).wait(WAIT_S)
    assert outcome.end.status is RunStatus.DONE
    assert outcome.start.model.path == str(copy)


def test_places_that_are_not_there_are_refused(session: Session, demo_model: Path) -> None:
    outcome = root(session, demo_model)
    reply = reply_of(outcome)
    for at in (-1, 13):
        with pytest.raises(UserError, match=f"12 tokens; it cannot be forked behind {at}"):
            fork_at(reply, at)
    with pytest.raises(UserError, match="1 reply; there is no sample 1"):
        reply_of(outcome, 1)
    with pytest.raises(UserError, match="has not ended yet"):
        stored_reply(outcome.start, None, 0)
    with pytest.raises(UserError, match="only the text is kept"):
        fork_at(replace(reply, tokens=TokenTable.empty()), 3)
    with pytest.raises(UserError, match="prompt cannot be read"):
        fork_at(replace(reply, start=replace(reply.start, prompt_tokens=())), 3)


def test_a_run_can_begin_with_a_given_token(session: Session, demo_model: Path) -> None:
    first = reply_of(root(session, demo_model))
    token = other(first, 0)
    outcome = root(session, demo_model, given=(token,))
    assert (outcome.start.parent, outcome.start.given) == (None, (token,))
    table = outcome.end.result.samples[0].tokens
    assert int(table.ids[0]) == token
    assert len(table) == 1 + SHORT.max_tokens
    assert session.store.get(outcome.start.run_id).start.given == (token,)


def test_looking_ahead_and_previewing_through_a_session(
    session: Session, demo_model: Path, small_demo_model: Path, loaded: Loaded
) -> None:
    reply = reply_of(root(session, demo_model))
    ids = fork_at(reply, 5).ids
    levels: list[int] = []
    look = LookAhead(
        session, loaded, SETTINGS, LookaheadRequest(ids, 5, 3, 3), lambda d, _t: levels.append(d)
    )
    found = look.wait(WAIT_S)
    assert levels[-1] == 3
    assert found.text(0) == ""
    document = ahead_document(found.tree, found.pieces)
    shown = document["next"]
    assert [n["id"] for n in shown] == [int(t) for t in reply.tokens.top_ids[5][:3]]
    assert sum(n["p"] for n in shown) + document["rest"] == pytest.approx(1.0, abs=1e-6)
    assert shown[0]["p"] == pytest.approx(float(np.exp(reply.tokens.top_logprob[5][0])), rel=1e-4)
    preview = start_preview(session, loaded, SETTINGS, PreviewRequest(ids, 5)).wait(WAIT_S)
    assert int(preview.table.ids[0]) == int(reply.tokens.top_ids[5][0])
    assert all(int(t) in preview.pieces for t in preview.table.top_ids.ravel())
    session.load(small_demo_model, SETTINGS)
    with pytest.raises(StoppedError, match="taken the place"):
        start_preview(session, loaded, SETTINGS, PreviewRequest(ids, 5))

"""Steering: means are means, a vector moves what it should, and nothing of it stays behind."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import pytest
from support.gguf_files import control_vector
from support.influences import greedy, ids_of, source_of, text

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.core.steering import ResidualRequest, SteerRequest
from workbench.core.tokens import Float32
from workbench.core.types import EngineSettings, ScoreRequest
from workbench.engine.client import EngineClient
from workbench.engine.llama import LlamaEngine
from workbench.experiments.steering import (
    ClientSteerer,
    DirectSteerer,
    make_vector,
    norms,
    write_vector,
)

GREEDY = Sampling(max_tokens=8, temperature=0)
HAPPY, SAD = "The show was superb. I love it.", "The show was awful. I hate it."


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def means(engine: LlamaEngine, ids: tuple[int, ...], start: int = 0) -> Float32:
    """Mean residuals."""
    return engine.inside.residual_means(ResidualRequest(ids, start), quiet, CancelToken())


@pytest.fixture(scope="module")
def vector(direct: LlamaEngine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """From unhappy to happy."""
    path = tmp_path_factory.mktemp("vectors") / "happy.gguf"
    made = make_vector(DirectSteerer(direct), HAPPY, SAD, quiet, CancelToken())
    write_vector(path, made)
    return path


def test_means_over_more_than_one_batch_are_means(direct: LlamaEngine) -> None:
    ids = direct.tokenize("Once upon a time there was a girl. " * 20, add_bos=True).ids
    assert len(ids) > 130
    n = len(ids)
    whole, rest = means(direct, ids), means(direct, ids, 100)
    first = means(direct, ids[:100])
    info = direct.loaded.model
    assert whole.shape == (info.n_layer, info.n_embd)
    joined = (first * 100 + rest * (n - 100)) / n
    np.testing.assert_allclose(whole, joined, atol=5e-2, rtol=1e-2)
    again = means(direct, ids)
    np.testing.assert_allclose(whole, again, atol=1e-5)


def test_strength_nothing_changes_nothing(direct: LlamaEngine, vector: Path) -> None:
    source = source_of(direct, text("Review: The room was wonderful.\nSentiment:"))
    ids = ids_of(direct, source)
    said = greedy(direct, ids, 8)
    plain = direct.score(ScoreRequest(ids + said, len(ids), 0), quiet, CancelToken()).logprob
    found = direct.steer(SteerRequest(ids, GREEDY, 0, str(vector), 0.0, said), quiet, CancelToken())
    assert tuple(found.tokens.ids.tolist()) == said
    np.testing.assert_allclose(found.logprob, plain, atol=1e-5)


@pytest.mark.parametrize("strength", [float("nan"), float("inf")])
def test_a_strength_that_is_no_number_is_refused(
    direct: LlamaEngine, vector: Path, strength: float
) -> None:
    request = SteerRequest((1, 2), GREEDY, 0, str(vector), strength)
    with pytest.raises(UserError, match="must be a number"):
        direct.steer(request, quiet, CancelToken())


def test_a_reply_that_fills_the_context_is_steered(direct: LlamaEngine, vector: Path) -> None:
    ids = ids_of(direct, source_of(direct, text("Review: The room was wonderful.\nSentiment:")))
    said = ids[-1:] * (direct.n_ctx - len(ids))
    plain = direct.score(ScoreRequest(ids + said, len(ids), 0), quiet, CancelToken()).logprob
    found = direct.steer(SteerRequest(ids, GREEDY, 0, str(vector), 0.0, said), quiet, CancelToken())
    np.testing.assert_allclose(found.logprob, plain, atol=1e-3)
    with pytest.raises(UserError, match="context holds"):
        direct.steer(
            SteerRequest(ids, GREEDY, 0, str(vector), 0.0, (*said, 1)), quiet, CancelToken()
        )


def test_a_vector_moves_the_reply_and_leaves_nothing_behind(
    direct: LlamaEngine, vector: Path
) -> None:
    source = source_of(direct, text("Review: The room was wonderful.\nSentiment:"))
    ids = ids_of(direct, source)
    said = greedy(direct, ids, 8)
    before = direct.score(ScoreRequest(ids + said, len(ids), 0), quiet, CancelToken()).logprob
    changed = []
    for strength in (-4.0, 4.0):
        request = SteerRequest(ids, GREEDY, 0, str(vector), strength, said)
        changed.append(direct.steer(request, quiet, CancelToken()).logprob)
    assert np.abs(changed[0] - before).max() > 1e-2
    assert np.abs(changed[0] - changed[1]).max() > 1e-2
    after = direct.score(ScoreRequest(ids + said, len(ids), 0), quiet, CancelToken()).logprob
    np.testing.assert_array_equal(before, after)
    assert greedy(direct, ids, 8) == said


def test_the_file_is_a_control_vector_of_llama_cpp(vector: Path, direct: LlamaEngine) -> None:
    reader = gguf.GGUFReader(vector)
    info = direct.loaded.model
    assert [str(t.name) for t in reader.tensors] == [
        f"direction.{i}" for i in range(1, info.n_layer)
    ]
    assert all(t.data.shape == (info.n_embd,) for t in reader.tensors)
    assert reader.fields["general.architecture"].contents() == "controlvector"
    made = make_vector(DirectSteerer(direct), HAPPY, SAD, quiet, CancelToken())
    np.testing.assert_allclose(reader.tensors[0].data, made.directions[0])
    assert len(norms(made)) == info.n_layer - 1
    assert min(norms(made)) > 0
    other = make_vector(DirectSteerer(direct), SAD, HAPPY, quiet, CancelToken())
    np.testing.assert_allclose(other.directions, -made.directions, atol=1e-5)


@pytest.mark.parametrize(
    ("toward", "away", "said"),
    [("", SAD, "at least two"), (HAPPY, " ", "at least two"), (HAPPY, HAPPY, "the same")],
)
def test_texts_without_a_difference_are_refused(
    direct: LlamaEngine, toward: str, away: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        make_vector(DirectSteerer(direct), toward, away, quiet, CancelToken())


def test_a_vector_of_another_model_is_refused(
    direct: LlamaEngine, small_demo_model: Path, vector: Path
) -> None:
    other = LlamaEngine(small_demo_model, EngineSettings(n_ctx=256))
    try:
        ids = other.tokenize("Some words", add_bos=True).ids
        with pytest.raises(UserError, match="made for another model"):
            other.steer(SteerRequest(ids, GREEDY, 0, str(vector), 1.0), quiet, CancelToken())
    finally:
        other.close()


def test_a_missing_file_and_a_folder_that_is_not_there(direct: LlamaEngine, tmp_path: Path) -> None:
    request = SteerRequest((5, 6), GREEDY, 0, str(tmp_path / "none.gguf"), 1.0)
    with pytest.raises(UserError, match="no control vector"):
        direct.steer(request, quiet, CancelToken())
    made = make_vector(DirectSteerer(direct), HAPPY, SAD, quiet, CancelToken())
    with pytest.raises(UserError, match="cannot be written"):
        write_vector(tmp_path / "no" / "v.gguf", made)


def test_a_cancel_stops_it_and_the_engine_goes_on(direct: LlamaEngine, vector: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    ids = direct.tokenize("Once upon a time", add_bos=True).ids
    with pytest.raises(Cancelled):
        direct.steer(SteerRequest(ids, GREEDY, 0, str(vector), 1.0), quiet, cancel)
    assert greedy(direct, ids, 3)


def test_the_child_process_says_the_same(
    direct: LlamaEngine, demo_model: Path, vector: Path
) -> None:
    client = EngineClient(demo_model, EngineSettings(n_ctx=1024))
    try:
        steerer = ClientSteerer(client)
        ids = steerer.tokenize("Review: It was dull.\nSentiment:", add_bos=True)
        request = SteerRequest(ids, GREEDY, 0, str(vector), 2.0, ids[2:5])
        theirs = steerer.steer(request, quiet, CancelToken())
        ours = direct.steer(request, quiet, CancelToken())
        assert theirs.text == ours.text
        np.testing.assert_array_equal(theirs.tokens.ids, ours.tokens.ids)
        np.testing.assert_allclose(theirs.logprob, ours.logprob, atol=1e-6)
        made = make_vector(steerer, HAPPY, SAD, quiet, CancelToken())
        assert made.architecture == direct.loaded.model.architecture
    finally:
        client.close()


def test_residuals_move_by_what_was_added(
    direct: LlamaEngine, demo_model: Path, tmp_path: Path
) -> None:
    """Nothing follows the last layer, so its mean moves by the vector itself."""
    info = direct.loaded.model
    direction = np.linspace(-1, 1, info.n_embd, dtype=np.float32)
    path = control_vector(tmp_path / "last.gguf", {info.n_layer - 1: direction})
    ids = direct.tokenize("Once upon a time there was a girl.", add_bos=True).ids
    before = means(direct, ids)
    moved = LlamaEngine(demo_model, EngineSettings(n_ctx=1024, control_vectors=((str(path), 2.0),)))
    try:
        after = means(moved, ids)
    finally:
        moved.close()
    np.testing.assert_allclose(after[-1] - before[-1], 2.0 * direction, atol=1e-3)
    np.testing.assert_allclose(after[:-1], before[:-1], atol=1e-5)


def test_steering_is_what_a_model_loaded_with_the_vector_says(
    direct: LlamaEngine, demo_model: Path, vector: Path
) -> None:
    ids = direct.tokenize("Review: It was dull.\nSentiment:", add_bos=True).ids
    found = direct.steer(SteerRequest(ids, GREEDY, 0, str(vector), 1.5), quiet, CancelToken())
    settings = EngineSettings(n_ctx=1024, control_vectors=((str(vector), 1.5),))
    loaded = LlamaEngine(demo_model, settings)
    try:
        assert tuple(found.tokens.ids.tolist()) == greedy(loaded, ids, 8)
    finally:
        loaded.close()

"""One text's attention, remembered: pieces agree with the whole, and the budget is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from support.engines import ignored, opened

from workbench.core.attention import Attention, AttentionRequest, HeadSummaries
from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.lens import Lens, LensRequest
from workbench.core.types import EngineSettings, ModelInfo
from workbench.engine.base import Progress
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog
from workbench.experiments.attention import AttentionBook
from workbench.experiments.attention_files import matrix_csv, write_npz
from workbench.experiments.inside import DirectLooker

TEXT = tuple(range(40, 90)) + tuple(range(40, 60))
PLANE = 4 * len(TEXT) ** 2


class Counting(DirectLooker):
    """Counts what the engine is asked."""

    def __init__(self, engine: LlamaEngine) -> None:
        super().__init__(engine)
        self.asked: list[AttentionRequest] = []
        self.others = 0

    def attention(
        self, request: AttentionRequest, progress: Progress, cancel: CancelToken
    ) -> Attention:
        self.asked.append(request)
        return super().attention(request, progress, cancel)

    def head_summaries(
        self, ids: tuple[int, ...], progress: Progress, cancel: CancelToken
    ) -> HeadSummaries:
        self.others += 1
        return super().head_summaries(ids, progress, cancel)

    def lens(self, request: LensRequest, progress: Progress, cancel: CancelToken) -> Lens:
        self.others += 1
        return super().lens(request, progress, cancel)


@pytest.fixture
def looker(demo_model: Path) -> Iterator[Counting]:
    with opened(demo_model, NativeLog(), EngineSettings(n_threads=1)) as engine:
        yield Counting(engine)


def whole(looker: Counting) -> Attention:
    """Everything at once, past the counter."""
    return DirectLooker.attention(looker, AttentionRequest(TEXT), ignored, CancelToken())


def info(looker: Counting) -> ModelInfo:
    """Layers and heads of the model."""
    return looker.model


def test_what_fits_is_fetched_once(looker: Counting) -> None:
    book = AttentionBook(looker, TEXT)
    expected = whole(looker)
    assert book.known_matrix(1, 2) is None
    assert book.fits
    assert book.means_fit
    found = book.matrix(1, 2)
    assert np.array_equal(found.plane(1, 2), expected.plane(1, 2))
    assert book.known_matrix(3, None) is not None
    assert np.allclose(book.matrix(3, None).plane(3), expected.values[3].mean(axis=0), atol=1e-6)
    row, column = book.row(50), book.column(7)
    assert len(looker.asked) == 1
    assert np.array_equal(row.values[:, :, 0], expected.values[:, :, 50])
    assert (row.visible(0)[0] == (np.arange(len(TEXT)) <= 50)).all()
    assert np.array_equal(column.values[..., 0], expected.values[:, :, 7:, 7])
    assert column.queries.tolist() == list(range(7, len(TEXT)))


def test_rows_and_columns_before_any_matrix(looker: Counting) -> None:
    book = AttentionBook(looker, TEXT)
    expected = whole(looker)
    row, column = book.row(50), book.column(7)
    assert np.abs(row.values[:, :, 0] - expected.values[:, :, 50]).max() <= 1e-3
    assert np.abs(column.values[..., 0] - expected.values[:, :, 7:, 7]).max() <= 1e-3
    assert book.row(50) is row
    assert len(looker.asked) == 2


def test_a_small_budget_fetches_pieces_and_forgets_the_oldest(looker: Counting) -> None:
    model = info(looker)
    budget = 5 * PLANE  # a piece may take half of it: two heads at a time
    book = AttentionBook(looker, TEXT, budget)
    expected = whole(looker)
    assert not book.fits
    assert not book.means_fit
    for layer in range(model.n_layer):
        for head in range(model.n_head):
            found = book.matrix(layer, head)
            assert np.abs(found.plane(layer, head) - expected.plane(layer, head)).max() <= 1e-6
            assert book.n_bytes <= budget
    assert {len(r.heads) for r in looker.asked} == {2}
    assert len(looker.asked) == model.n_layer * model.n_head // 2
    assert book.known_matrix(0, 0) is None
    assert book.known_matrix(model.n_layer - 1, model.n_head - 1) is not None
    mean = book.matrix(2, None)
    assert (mean.averaged, mean.layers) == (True, (2,))
    assert np.abs(mean.plane(2) - expected.values[2].mean(axis=0)).max() <= 1e-6


def test_summaries_and_lens_are_computed_once(looker: Counting) -> None:
    book = AttentionBook(looker, TEXT)
    assert book.summaries() is book.summaries()
    assert book.lens() is book.lens()
    assert looker.others == 2
    assert book.lens().ids == TEXT


def test_a_cancelled_question_is_not_remembered(looker: Counting) -> None:
    cancel = CancelToken()
    cancel.cancel()
    book = AttentionBook(looker, TEXT)
    with pytest.raises(Cancelled):
        book.matrix(0, 0, cancel=cancel)
    assert book.matrix(0, 0).plane(0, 0).shape == (len(TEXT), len(TEXT))


def test_npz_holds_what_its_names_say(looker: Counting, tmp_path: Path) -> None:
    found = whole(looker)
    path = tmp_path / "found.npz"
    path.write_bytes(b"older")
    texts = [f"t{token}" for token in TEXT]
    write_npz(path, found, texts)
    with np.load(path, allow_pickle=False) as stored:
        assert stored["attention"].dtype == np.float32
        assert np.array_equal(stored["attention"], found.values)
        assert stored["layers"].tolist() == list(found.layers)
        assert stored["heads"].tolist() == list(found.heads)
        assert stored["token_ids"].tolist() == list(TEXT)
        assert stored["token_texts"].tolist() == texts
        assert np.array_equal(stored["first_visible"], found.first)
    assert [p.name for p in tmp_path.iterdir()] == ["found.npz"]
    with pytest.raises(UserError, match="cannot be written"):
        write_npz(tmp_path / "nowhere" / "x.npz", found, texts)


def test_csv_leaves_hidden_cells_empty(looker: Counting) -> None:
    found = whole(looker)
    labels = [f'({i}),\n"{i}"' for i in range(len(TEXT))]
    text = matrix_csv(found.plane(1, 0), labels, labels, found.visible(1).tolist())
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["query", *labels]
    assert [r[0] for r in rows[1:]] == labels
    assert rows[1][2:] == [""] * (len(TEXT) - 1)
    values = np.array([[float(x or 0) for x in r[1:]] for r in rows[1:]])
    assert np.abs(values - found.plane(1, 0)).max() <= 1e-5

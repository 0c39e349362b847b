"""Heads, matrix and logit lens in the Attention workspace, on the demo model."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reference.odd_models import write_hybrid

from workbench.core.attention_heads import HeadKind, head_notes, kind_scores
from workbench.core.lens_statistics import LENS_STATISTICS
from workbench.experiments.attention import AttentionBook
from workbench.gui.attention.heads import SPREAD, HeadsController
from workbench.gui.attention.lens import LensController
from workbench.gui.attention.looked import Direction, Looked, LookedText
from workbench.gui.attention.matrix import MatrixController
from workbench.gui.current import Part, ShownRun, TokenPlace
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.attention_matrix import AttentionMatrixPanel
from workbench.gui.panels.head_strip import HeadStripPanel
from workbench.gui.panels.lens import LensPanel
from workbench.gui.panels.matrix_or_lens import MatrixOrLens
from workbench.gui.panels.rail import Workspace

WAIT = 20_000


class Bench:
    """The three panels in a window with the workspace in front."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.show_workspace(Workspace.ATTENTION)
        page = window.pages.page.widget
        self.looked = page.findChildren(Looked)[0]
        self.matrix = page.findChildren(AttentionMatrixPanel)[0]
        self.heads = page.findChildren(HeadStripPanel)[0]
        self.lens = page.findChildren(LensPanel)[0]
        self.tabs = page.findChildren(MatrixOrLens)[0]
        self.of_matrix = page.findChildren(MatrixController)[0]
        self.of_heads = page.findChildren(HeadsController)[0]
        self.of_lens = page.findChildren(LensController)[0]

    def generate(self) -> None:
        """A run, and everything that is fetched for it."""
        with self.qtbot.waitSignal(self.window.runs.finished, timeout=WAIT):
            self.window.runs.generate()
        self.until(lambda: self.looked.text is not None and self.looked.text.book.whole is not None)
        self.settle()

    def settle(self) -> None:
        """Wait until all three have their answers."""
        parts = (self.of_matrix, self.of_heads, self.of_lens)
        self.until(lambda: all(part.is_settled for part in parts))

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(condition, timeout=WAIT)

    @property
    def text(self) -> LookedText:
        """What is looked at."""
        assert self.looked.text is not None
        return self.looked.text

    def choose(self, index: int) -> None:
        """Choose a token of the reply."""
        self.window.current.choose(TokenPlace(Part.REPLY, 0, index))
        self.settle()


@pytest.fixture
def bench(qtbot: QtBot, open_window: Callable[..., MainWindow]) -> Bench:
    """A finished run of the look-up."""
    made = Bench(qtbot, open_window(prompt="key-value-lookup"))
    made.generate()
    return made


def test_they_say_what_will_stand_there(qtbot: QtBot, window: MainWindow) -> None:
    bench = Bench(qtbot, window)
    assert not bench.matrix.shows_matrix
    assert not bench.lens.shows_lens
    for reason in (bench.matrix.reason, bench.lens.reason, bench.heads.reason):
        assert "will stand here" in reason.text()
    assert not bench.matrix.ask_button.isVisibleTo(bench.matrix)
    assert not bench.lens.ask_button.isVisibleTo(bench.lens)


def test_the_matrix_is_that_of_the_chosen_head(bench: Bench) -> None:
    whole = bench.text.book.whole
    assert whole is not None
    assert bench.matrix.shows_matrix
    for layer, head in ((None, None), (2, None), (3, 1)):
        bench.looked.choose_head(layer, head)
        bench.settle()
        shown = bench.of_matrix.shown
        assert shown is not None
        assert (shown.layer, shown.head) == (layer, head)
        expected = (
            whole.values.mean(axis=(0, 1))
            if layer is None
            else whole.values[layer].mean(axis=0)
            if head is None
            else whole.values[layer, head]
        )
        assert np.abs(shown.plane.weights - expected).max() <= 1e-6
        assert (shown.plane.visible == np.tri(len(bench.text.ids), dtype=bool)).all()
    assert "layer 3, head 1" in bench.matrix.name.text()
    assert "KV head" in bench.matrix.name.text()
    assert "f16 KV" in bench.matrix.name.text()


def test_pointing_says_who_looks_at_whom(bench: Bench) -> None:
    shown = bench.of_matrix.shown
    assert shown is not None
    bench.matrix.view.pointed.emit(9, 4)
    said = bench.matrix.readout.text()
    assert bench.text.labels[9] in said
    assert bench.text.labels[4] in said
    assert f"{100 * shown.plane.weights[9, 4]:.1f} %" in said or "<0.1 %" in said
    bench.matrix.view.pointed.emit(4, 9)
    assert "it comes later" in bench.matrix.readout.text()
    bench.matrix.view.pointed.emit(-1, -1)
    assert bench.matrix.readout.text() == ""


def test_a_clicked_row_is_kept_as_the_token_it_chooses(bench: Bench) -> None:
    bench.matrix.view.chosen.emit(12, 3)
    assert (bench.looked.kept, bench.looked.query) == (13, 12)
    bench.looked.set_direction(Direction.READING)
    bench.matrix.view.chosen.emit(12, 3)
    assert (bench.looked.kept, bench.looked.query) == (12, 12)
    bench.looked.set_direction(Direction.SEEN)
    bench.matrix.view.chosen.emit(12, 3)
    assert bench.looked.kept == 3
    bench.looked.set_direction(Direction.CHOOSING)
    last = len(bench.text.ids) - 1
    bench.matrix.view.chosen.emit(last, 0)  # nothing was chosen there: it is read
    assert (bench.looked.kept, bench.looked.direction) == (last, Direction.READING)
    bench.settle()


def test_heads_are_ranked_for_the_token(bench: Bench) -> None:
    whole = bench.text.book.whole
    assert whole is not None
    bench.choose(0)
    query = bench.looked.query
    expected = whole.values[:, :, query, 1:].max(axis=2)
    assert bench.of_heads.shown is not None
    assert np.abs(bench.of_heads.shown - expected).max() <= 1e-6
    best = divmod(int(expected.argmax()), expected.shape[1])
    row = bench.heads.findChildren(type(bench.heads.mean))
    named = next(b for b in row if b.text().startswith("L"))
    assert named.text().startswith(f"L{best[0]}·H{best[1]}")
    named.click()
    assert (bench.looked.layer, bench.looked.head) == best
    bench.heads.mean.click()
    assert bench.looked.layer is None
    bench.looked.set_direction(Direction.SEEN)
    bench.settle()
    token = bench.looked.token
    column = whole.values[:, :, token:, token].mean(axis=2)
    assert bench.of_heads.shown is not None
    assert np.abs(bench.of_heads.shown - column).max() <= 1e-6


@pytest.mark.parametrize("kind", list(HeadKind))
def test_heads_by_what_they_do(bench: Bench, kind: HeadKind) -> None:
    summaries = bench.text.book.summaries()
    bench.heads.order.setCurrentText(kind.value)
    bench.settle()
    assert bench.of_heads.shown is not None
    expected = kind_scores(summaries, kind)
    assert np.allclose(bench.of_heads.shown, expected, atol=1e-6, equal_nan=True)
    notes = head_notes(summaries)
    for note in {n.kind: n for n in reversed(notes)}.values():
        assert f"L{note.layer}·H{note.head} looks like" in bench.heads.notes.text()
    bench.heads.chips.pointed.emit(1, 2)
    assert "layer 1 head 2" in bench.heads.readout.text()
    assert "KV head" in bench.heads.readout.text()


def test_a_chip_is_clicked_or_reached_by_keys(bench: Bench) -> None:
    bench.heads.order.setCurrentText(SPREAD)
    bench.settle()
    chips = bench.heads.chips
    bench.until(lambda: chips.height() > 60)
    QTest.mouseClick(chips, Qt.MouseButton.LeftButton, pos=QPoint(60, 30))
    assert (bench.looked.layer, bench.looked.head) == (1, 0)
    QTest.keyClick(chips, Qt.Key.Key_Right)
    QTest.keyClick(chips, Qt.Key.Key_Down)
    layer, head = chips.chip
    QTest.keyClick(chips, Qt.Key.Key_Return)
    assert (bench.looked.layer, bench.looked.head) == (layer, head)
    bench.settle()


def test_the_lens_shows_every_layer_and_names_its_check(bench: Bench) -> None:
    assert bench.lens.shows_lens
    shown = bench.of_lens.shown
    assert shown is not None
    lens, n = shown.lens, len(bench.text.ids)
    assert lens.top_ids.shape[:2] == (bench.text.model.n_layer, n)
    assert "unadjusted" in bench.lens.name.text()
    assert "the model's logits" in bench.lens.name.text()
    bench.tabs.show_lens(on=True)
    for name in LENS_STATISTICS:
        bench.lens.statistic.setCurrentText(name)
        strength = LENS_STATISTICS[name].strength(lens, bench.text.model.n_vocab)
        assert np.nanmin(strength) >= 0
        assert np.nanmax(strength) <= 1
    bench.lens.grid.pointed.emit(2, 5)
    said = bench.lens.readout.text()
    assert "layer 2" in said
    assert f"entropy {lens.entropy[2, 5]:.2f} nats" in said
    bench.lens.grid.chosen.emit(2, 5)
    assert (bench.looked.kept, bench.looked.query) == (6, 5)
    bench.settle()
    bench.tabs.show_lens(on=False)
    assert bench.matrix.isVisible()


def test_a_token_marked_behind_the_matrix_is_in_view_when_the_lens_comes(bench: Bench) -> None:
    grid = bench.lens.grid
    assert not grid.isVisible()
    bench.choose(0)
    bench.tabs.show_lens(on=True)
    bar, place = grid.horizontalScrollBar(), 44 + 78 * bench.looked.query
    bench.until(lambda: bar.value() < place <= bar.value() + grid.viewport().width() - 78)
    bar.setValue(0)
    grid.resize(grid.width() - 20, grid.height())
    assert bar.value() == 0  # whoever scrolled away stays there


def test_the_lens_grid_is_pointed_at_where_its_cells_are(bench: Bench) -> None:
    bench.tabs.show_lens(on=True)
    grid = bench.lens.grid
    bench.looked.keep(1)
    bench.settle()
    QTest.mouseMove(grid.viewport(), QPoint(44 + 78 + 10, 26 + 22 * 2 + 5))
    assert grid.cell == (2, 1)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Up)
    assert grid.cell == (1, 2)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert bench.looked.kept == 3
    bench.settle()


def test_the_matrix_is_written(bench: Bench, tmp_path: Path) -> None:
    bench.looked.choose_head(2, 1)
    bench.settle()
    shown = bench.of_matrix.shown
    assert shown is not None
    for kind in ("png", "svg", "npz", "csv"):
        bench.of_matrix.write(kind, tmp_path / f"m.{kind}")
    picture = QImage(str(tmp_path / "m.png"))
    assert picture.width() > len(bench.text.ids)
    drawing = (tmp_path / "m.svg").read_text()
    assert "<svg" in drawing
    assert "layer 2, head 1" in drawing
    with np.load(tmp_path / "m.npz", allow_pickle=False) as stored:
        assert np.array_equal(stored["attention"][0, 0], shown.plane.weights)
        assert (stored["layers"].tolist(), stored["heads"].tolist()) == ([2], [1])
        assert (stored["first_visible"] == 0).all()
    rows = list(csv.reader(io.StringIO((tmp_path / "m.csv").read_text())))
    assert rows[0][1:] == list(bench.text.labels)
    assert float(rows[6][3]) == pytest.approx(float(shown.plane.weights[5, 2]), abs=1e-5)
    assert rows[3][6] == ""
    bench.of_matrix.write("npz", tmp_path / "nowhere" / "m.npz")
    assert "cannot be written" in _notices(bench.window)


def test_the_lens_is_written(bench: Bench, tmp_path: Path) -> None:
    shown = bench.of_lens.shown
    assert shown is not None
    for kind in ("png", "svg", "npz", "csv"):
        bench.of_lens.write(kind, tmp_path / f"l.{kind}")
    assert QImage(str(tmp_path / "l.png")).width() > 78 * len(bench.text.ids)
    assert "<svg" in (tmp_path / "l.svg").read_text()
    with np.load(tmp_path / "l.npz", allow_pickle=False) as stored:
        assert np.array_equal(stored["entropy"], shown.lens.entropy)
        assert stored["token_ids"].tolist() == list(bench.text.ids)
    rows = list(csv.reader(io.StringIO((tmp_path / "l.csv").read_text())))
    assert len(rows) == 1 + shown.lens.n_layer * len(bench.text.ids)
    last = rows[-1]
    assert last[rows[0].index("rank_of_next")] == ""
    assert float(last[rows[0].index("kl_to_final_nats")]) == 0.0


def test_another_run_replaces_all_three(bench: Bench) -> None:
    before = bench.of_lens.shown
    bench.generate()
    assert bench.of_lens.shown is not None
    assert bench.of_lens.shown is not before
    assert bench.matrix.shows_matrix


def _notices(window: MainWindow) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_heads_are_ranked_for_the_part_that_is_lit(bench: Bench) -> None:
    whole = bench.text.book.whole
    assert whole is not None
    bench.choose(0)
    query = bench.looked.query
    bench.looked.set_span((4, 5, 6))
    assert bench.of_heads.shown is not None
    expected = whole.values[:, :, query, 4:7].sum(axis=2)
    assert np.abs(bench.of_heads.shown - expected).max() <= 1e-6
    assert "the lit part" in bench.heads.readout.text()
    bench.looked.set_span(())
    alone = whole.values[:, :, query, 1:].max(axis=2)
    assert np.abs(bench.of_heads.shown - alone).max() <= 1e-6


def test_layers_without_a_matrix_say_so(
    qtbot: QtBot, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    model = write_hybrid(tmp_path / "hybrid.gguf")
    bench = Bench(qtbot, open_window(model=model, prompt="zero-shot"))
    bench.generate()
    bench.choose(0)
    assert "2 layers have no matrix" in bench.heads.notes.text()
    assert bench.of_heads.shown is not None
    assert np.isnan(bench.of_heads.shown[[0, 2]]).all()
    assert not np.isnan(bench.of_heads.shown[[1, 3]]).any()
    bench.heads.chips.pointed.emit(2, 0)
    assert "recurrent" in bench.heads.readout.text()
    bench.looked.choose_head(0, 1)
    bench.settle()
    assert not bench.matrix.shows_matrix
    assert "recurrent" in bench.matrix.reason.text()
    bench.looked.choose_head(1, 1)
    bench.settle()
    assert bench.matrix.shows_matrix
    assert bench.lens.shows_lens


def test_a_mean_that_does_not_fit_is_not_asked_for(bench: Bench) -> None:
    text = bench.text
    plane = 4 * len(text.ids) ** 2
    session = bench.window._session  # the window shows it to nobody
    looker = session.looker(_run(bench).start)
    small = replace(text, book=AttentionBook(looker, text.ids, 3 * plane))
    bench.looked.show_text(small)
    bench.settle()
    assert "reads the" in bench.matrix.reason.text()
    bench.matrix.ask_button.click()
    assert "choose one layer" in bench.matrix.reason.text()
    bench.looked.choose_head(2, 1)
    bench.settle()
    assert bench.of_matrix.shown is not None
    assert bench.of_matrix.shown.capture.layers == (2,)
    bench.looked.show_text(None)


def _run(bench: Bench) -> ShownRun:
    run = bench.window.current.run
    assert run is not None
    return run

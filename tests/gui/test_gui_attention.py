"""The Attention workspace on the demo model: text, shares, what mattered, exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from workbench.core.attention_share import SinkMode
from workbench.core.parts import PartLevel
from workbench.gui.attention.exporting import Exporting
from workbench.gui.attention.looked import Direction, Looked
from workbench.gui.attention.steering import SteeringController
from workbench.gui.current import Part, TokenPlace
from workbench.gui.fonts import Fonts
from workbench.gui.main_window import MainWindow
from workbench.gui.panels.attention_space import AttentionSpace
from workbench.gui.panels.rail import Workspace
from workbench.gui.panels.steering import SteeringPanel
from workbench.gui.theme import Theme
from workbench.gui.token_text import Piece

WAIT = 20_000


class Room:
    """A window with the workspace in front."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.show_workspace(Workspace.ATTENTION)
        page = window.pages.page.widget
        assert isinstance(page, AttentionSpace)
        self.space = page
        self.looked = next(c for c in page.children() if isinstance(c, Looked))
        self.exporting = next(c for c in page.children() if isinstance(c, Exporting))

    def generate(self) -> None:
        """A run, and its whole attention in memory."""
        with self.qtbot.waitSignal(self.window.runs.finished, timeout=WAIT):
            self.window.runs.generate()
        self.until(lambda: self.looked.text is not None and self.looked.text.book.whole is not None)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def choose(self, index: int, part: Part = Part.REPLY) -> None:
        """Choose a token of the run on show."""
        self.window.current.choose(TokenPlace(part, 0, index))

    def measure(self, level: PartLevel) -> None:
        """Measure what mattered."""
        panel = self.space.influence
        next(a for a in panel.level.menu().actions() if a.text().endswith(_WORDS[level])).trigger()
        self.until(lambda: bool(self.space.by_source.bars.rows))
        self.window.pages.press()
        self.until(lambda: bool(panel.bars.rows))


_WORDS = {PartLevel.SENTENCE: "sentences", PartLevel.SOURCE: "by source"}


@pytest.fixture
def room(qtbot: QtBot, open_window: Callable[..., MainWindow]) -> Room:
    """The workspace with a finished run of the look-up and its first token chosen."""
    made = Room(qtbot, open_window(prompt="key-value-lookup"))
    made.generate()
    made.choose(0)
    return made


def test_it_says_what_will_stand_there(qtbot: QtBot, window: MainWindow) -> None:
    room = Room(qtbot, window)
    assert "Generate a reply" in room.space.text.empty.text()
    assert room.looked.text is None
    assert not room.space.influence.button.isEnabled()
    room.window.pages.press()


def test_the_text_is_tinted_by_the_row_before_the_token(room: Room) -> None:
    text = room.looked.text
    assert text is not None
    whole = text.book.whole
    assert whole is not None
    query = text.n_prompt - 1
    assert room.looked.query == query
    expected = whole.values.mean(axis=(0, 1))[query]
    shown = room.space.text.strengths
    assert int(np.nanargmax(shown)) == int(expected.argmax())
    np.testing.assert_allclose(
        shown[: query + 1], expected[: query + 1] / expected.max(), atol=1e-4
    )
    assert np.isnan(shown[query + 1 :]).all()
    assert f"choosing ({text.n_prompt})" in room.space.chip.text()
    assert "full colour" in room.space.text.caption.text()


def test_one_head_the_column_and_the_sink(room: Room) -> None:
    text = room.looked.text
    assert text is not None
    whole = text.book.whole
    assert whole is not None
    room.looked.choose_head(2, 1)
    row = whole.plane(2, 1)[room.looked.query]
    np.testing.assert_allclose(np.nanmax(room.space.text.strengths), 1.0)
    assert int(np.nanargmax(room.space.text.strengths)) == int(row.argmax())
    assert "layer 2, head 1" in room.space.facts.text()
    room.looked.set_sink(SinkMode.HIDDEN)
    assert np.isnan(room.space.text.strengths[0])
    room.looked.keep(5)
    room.looked.set_direction(Direction.SEEN)
    column = whole.plane(2, 1)[:, 5]
    shown = room.space.text.strengths
    assert np.isnan(shown[:5]).all()
    assert int(np.nanargmax(shown)) == int(column.argmax())
    assert "one token's row" in room.space.by_source.reason.text()


def test_shares_add_up_and_always_name_the_sink(room: Room) -> None:
    bars = room.space.by_source.bars
    room.until(lambda: bool(bars.rows))
    assert sum(row.value or 0 for row in bars.rows) == pytest.approx(1.0, abs=1e-3)
    assert "sink" in bars.rows[-1].label
    sink = bars.rows[-1].value
    room.space.by_source.sink_chosen.emit(SinkMode.RENORMALISED)
    assert all("sink" not in row.label for row in bars.rows)
    assert sum(row.value or 0 for row in bars.rows) == pytest.approx(1.0, abs=1e-3)
    assert sink is not None
    assert f" {100 * sink:.1f} %" in room.space.by_source.note.text()
    bars.keep(0)
    assert room.space.text.view.lit
    bars.keep(-1)
    assert not room.space.text.view.lit


def test_the_asked_line_matters_and_colours_the_reply(room: Room) -> None:
    room.measure(PartLevel.SENTENCE)
    panel = room.space.influence
    rows = panel.bars.rows
    assert len(rows) == 6
    assert all(row.value is not None and row.second for row in rows)
    assert "noise floor ±" in panel.note.text()
    assert "attention: of the one row" in panel.note.text()
    panel.scope_chosen.emit(False)
    assert "of the one row" not in panel.note.text()
    panel.scope_chosen.emit(True)
    worst = min(range(len(rows)), key=lambda i: rows[i].value or 0.0)
    panel.bars.keep(worst)
    text = room.looked.text
    assert text is not None
    assert room.space.text.signed
    assert np.isnan(room.space.text.strengths[: text.n_prompt]).all()
    assert np.nanmin(room.space.text.strengths) == -1.0
    lit = room.space.text.view.lit
    assert lit
    assert max(lit) < text.n_prompt
    panel.bars.keep(-1)
    assert not room.space.text.signed


def test_one_token_or_the_whole_reply(room: Room) -> None:
    room.measure(PartLevel.SENTENCE)
    panel = room.space.influence
    whole = [row.value for row in panel.bars.rows]
    panel.scope_chosen.emit(False)
    assert "(44)" in panel.scope.text() or "this token" in panel.scope.text()
    first = [row.value for row in panel.bars.rows]
    assert first != whole
    room.window.current.choose(None)
    assert [row.value for row in panel.bars.rows] == whole


def test_parts_can_be_replaced_instead(room: Room) -> None:
    room.measure(PartLevel.SOURCE)
    panel = room.space.influence
    removed = [row.value for row in panel.bars.rows]
    menu = {a.text(): a for a in panel.by.menu().actions()}
    menu["default instead"].trigger()
    assert not panel.bars.rows
    room.until(lambda: bool(room.space.by_source.bars.rows))
    room.window.pages.press()
    room.until(lambda: bool(panel.bars.rows))
    assert {row.shown for row in panel.bars.rows} == {"0.00", "n/a"}
    menu["text instead"].trigger()
    panel.replacing.setText("Alex")
    panel.replacing.editingFinished.emit()
    room.until(lambda: bool(room.space.by_source.bars.rows))
    room.window.pages.press()
    room.until(lambda: bool(panel.bars.rows))
    values = [row.value for row in panel.bars.rows]
    assert None not in values
    assert values != removed


def test_the_largest_change_comes_first_or_the_prompts_order(room: Room) -> None:
    room.measure(PartLevel.SENTENCE)
    panel = room.space.influence
    sizes = [abs(row.value or 0.0) for row in panel.bars.rows]
    assert sizes == sorted(sizes, reverse=True)
    panel.bars.keep(0)
    first, heat = panel.bars.rows[0].label, room.space.text.strengths.copy()
    panel.sort.click()
    assert panel.bars.rows[panel.bars.kept_row].label == first
    np.testing.assert_array_equal(room.space.text.strengths, heat)
    text = room.window.prompts.prompt
    assert text is not None
    assert panel.bars.rows[-1].label.startswith("line “What is the value")


def test_a_selection_is_one_more_part(room: Room) -> None:
    room.measure(PartLevel.SOURCE)
    panel = room.space.influence
    before = len(panel.bars.rows)
    panel.selection_wanted.emit()
    assert "Select tokens" in panel.problem.text()
    room.space.text.view.select_all()
    panel.selection_wanted.emit()
    room.until(lambda: len(panel.bars.rows) == before + 1)
    assert any(row.label.startswith("selection") for row in panel.bars.rows)


def test_shortening_tells_what_it_dropped(room: Room) -> None:
    room.measure(PartLevel.SENTENCE)
    panel = room.space.influence
    panel.loss.setText("nothing")
    panel.reduce_wanted.emit()
    assert "nats may be lost" in panel.problem.text()
    panel.loss.setText("1000")
    panel.reduce_wanted.emit()
    room.until(lambda: "saved" in panel.shortened.text())
    assert not panel.copy.isHidden()


def test_escape_stops_then_releases(room: Room) -> None:
    escape = room.window.pages.page.escape
    room.window.pages.press()
    assert escape()
    assert room.space.influence.button.text() == "Measure"
    assert not room.space.influence.bars.rows
    assert room.looked.kept >= 0
    assert escape()
    assert room.looked.kept == -1
    assert room.window.current.token is None
    assert not escape()


def test_what_is_chosen_here_is_chosen_everywhere(room: Room) -> None:
    room.space.text.view.lock(3)
    assert room.window.current.token == TokenPlace(Part.PROMPT, 0, 3)
    room.choose(1)
    text = room.looked.text
    assert text is not None
    assert room.looked.kept == text.n_prompt + 1


@pytest.mark.parametrize("kind", ["png", "svg", "npz", "csv", "shares", "parts"])
def test_everything_can_be_exported(room: Room, tmp_path: Path, kind: str) -> None:
    if kind == "parts":
        room.measure(PartLevel.SENTENCE)
    room.until(lambda: bool(room.space.by_source.bars.rows))
    path = tmp_path / f"out.{kind}"
    room.exporting.write(kind, path)
    room.until(path.exists)
    text = room.looked.text
    assert text is not None
    if kind == "png":
        image = QImage(str(path))
        assert image.width() == 1920
        assert len({image.pixel(x, 60) for x in range(0, 1920, 7)}) > 1
    elif kind == "svg":
        assert "<svg" in path.read_text(encoding="utf-8")
    elif kind == "npz":
        with np.load(path) as arrays:
            assert arrays["attention"].shape[2:] == (len(text.ids), len(text.ids))
            assert len(arrays["token_texts"]) == len(text.ids)
    else:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        assert len({len(row) for row in rows}) == 1
        assert rows[0][0] == {"parts": "part", "shares": "row", "csv": "position"}[kind]


def test_a_file_that_cannot_be_written_is_told(room: Room, tmp_path: Path) -> None:
    room.exporting.write("csv", tmp_path / "missing" / "out.csv")
    assert room.window.notices.message("attention-export") is not None


def test_what_is_chosen_is_remembered(room: Room) -> None:
    room.looked.set_sink(SinkMode.HIDDEN)
    room.space.steering.open(on=True)
    assert room.window.state().pages["attention"] == {
        "parts": "auto",
        "sink": "hidden",
        "steering": True,
    }


def test_steering_is_hidden_until_it_is_wanted(room: Room) -> None:
    panel = room.space.steering
    assert not panel.is_open
    panel.toggle.click()
    assert panel.is_open
    panel.wanted.emit()
    room.until(lambda: "at least two" in panel.problem.text())


def test_a_steered_reply_stands_beside_the_plain_one(room: Room, tmp_path: Path) -> None:
    panel = room.space.steering
    panel.open(on=True)
    panel.toward.setText("Tell me a story about a girl.")
    panel.away.setText("Ann: 17, Leo: 4, Rosa: 52.")
    panel.strength.set_value(4.0)
    panel.wanted.emit()
    room.until(lambda: not panel.steered.isHidden())
    assert "strength 4" in panel.steered_note.text()
    assert "strength 0" in panel.plain_note.text()
    text = room.looked.text
    assert text is not None
    assert len(panel.plain) == len(text.ids) - text.n_prompt
    panel.strength.set_value(0.0)
    panel.wanted.emit()
    room.until(lambda: "strength 0 · same seed" in panel.steered_note.text())
    assert panel.steered.plain_text() == panel.plain.plain_text()
    assert not panel.steered.lit
    assert "0.00 nats" in panel.plain_note.text()
    controller = next(c for c in panel.children() if isinstance(c, SteeringController))
    controller.save(tmp_path / "v.gguf")
    assert (tmp_path / "v.gguf").read_bytes()[:4] == b"GGUF"


def test_a_long_steered_reply_is_shown_whole(qtbot: QtBot, theme: Theme, fonts: Fonts) -> None:
    """A view as high as its text, in a column whose width changes when it appears."""
    panel = SteeringPanel(theme, fonts)
    panel.open(on=True)
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidgetResizable(True)
    area.setWidget(panel)
    area.resize(430, 300)
    area.show()
    pieces = [Piece(b" words") for _ in range(300)]
    nothing = np.zeros(1, np.float32)
    panel.show_replies((pieces[:1], nothing, "plain"), (pieces, (), "steered"))
    view = panel.steered
    qtbot.waitUntil(lambda: view.width() < 430)
    qtbot.waitUntil(lambda: view.viewport().height() == view.height() == view.minimumHeight())
    last = view.rect_of(299)
    assert last.bottom() <= view.viewport().height()

"""What the Attention workspace looks at: tokens, rows, heads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from workbench.core.attention_share import SinkMode
from workbench.core.types import EngineSettings, ModelInfo
from workbench.engine.client import EngineClient
from workbench.experiments.attention import AttentionBook
from workbench.experiments.inside import ClientLooker
from workbench.gui.attention.looked import Direction, Looked, LookedText
from workbench.gui.panels.attention_text import query_name, tint_strengths

MODEL = ModelInfo("m", "m.gguf", "llama", "F16", 1, 1, 64, 10, 4, 2, 2, 8)


def text_of(n: int, model: ModelInfo = MODEL) -> LookedText:
    """A text of n tokens; its engine is never asked."""
    looker = ClientLooker(EngineClient(Path("m.gguf"), EngineSettings()))
    ids = tuple(range(n))
    labels = tuple(f"({i})t{i}" for i in ids)
    book = AttentionBook(looker, ids)
    return LookedText("r", 0, ids, labels, n - 1, frozenset(), model, book)


def test_a_kept_token_stays_the_one_asked_about(qtbot: QtBot) -> None:
    looked = Looked()
    looked.show_text(text_of(5))
    looked.point(3)
    assert (looked.token, looked.kept) == (3, -1)
    looked.keep(2)
    looked.point(4)
    assert (looked.token, looked.kept) == (2, 2)
    with qtbot.waitSignal(looked.token_changed):
        looked.keep(-1)
    assert looked.token == 4
    looked.keep(99)
    assert looked.kept == -1


def test_choosing_reads_the_row_before(qtbot: QtBot) -> None:
    looked = Looked()
    assert looked.query == -1
    looked.show_text(text_of(5), token=3)
    assert looked.query == 2
    looked.set_direction(Direction.READING)
    assert looked.query == 3
    looked.set_direction(Direction.SEEN)
    assert looked.query == -1
    looked.set_direction(Direction.CHOOSING)
    looked.keep(0)
    assert looked.query == -1


def test_a_head_needs_a_layer_and_a_model_that_has_it() -> None:
    looked = Looked()
    looked.show_text(text_of(3))
    looked.choose_head(None, 1)
    assert (looked.layer, looked.head) == (None, None)
    looked.choose_head(3, 1)
    looked.show_text(text_of(4))
    assert (looked.layer, looked.head) == (3, 1)
    looked.show_text(text_of(4, replace(MODEL, n_layer=2)))
    assert (looked.layer, looked.head) == (None, None)
    looked.show_text(None)
    assert looked.token == -1


def test_only_changes_are_told() -> None:
    looked, told = Looked(), []
    looked.view_changed.connect(lambda: told.append(1))
    looked.set_sink(SinkMode.SHOWN)
    looked.choose_head(None, None)
    looked.set_direction(Direction.CHOOSING)
    assert told == []
    looked.set_sink(SinkMode.HIDDEN)
    assert told == [1]


def test_full_colour_is_the_strongest_weight_but_never_next_to_nothing() -> None:
    row = np.array([0.9, 0.2, 0.1, np.nan], np.float32)
    shown, full = tint_strengths(row, ())
    assert full == np.float32(0.9)
    assert shown[0] == 1.0
    hidden, full = tint_strengths(row, (0,))
    assert np.isnan(hidden[0])
    assert full == np.float32(0.2)
    assert hidden[1:3].tolist() == [1.0, 0.5]
    assert np.isnan(hidden[3])
    faint, full = tint_strengths(np.array([0.99, 0.01], np.float32), (0,))
    assert full == 0.05
    assert faint[1] < 0.25
    _, full = tint_strengths(np.full(3, np.nan, np.float32), ())
    assert full == 0.05


def test_rows_and_columns_have_names() -> None:
    labels = ["(0)<s>", "(1)Ann", "(2):"]
    assert query_name(labels, 2, Direction.CHOOSING) == "choosing (2):: row (1)Ann"
    assert query_name(labels, 2, Direction.READING) == "reading (2):: its own row"
    assert query_name(labels, 1, Direction.SEEN) == "who looks at (1)Ann: its column"

"""Where the microscope's columns stand, what a drag does, and the words beside the picture."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.tokens import TokenTable
from workbench.core.what_if import Fate, WhatIf
from workbench.experiments.microscope import Microscope, StageView, TokenPath
from workbench.experiments.what_if import changes, forbidden_masses, verdict
from workbench.gui.microscope.columns import (
    HEAD_HEIGHT,
    ROW_HEIGHT,
    column_at,
    columns,
    cut_lines,
    drop_place,
    moved,
    rows_that_fit,
)
from workbench.gui.microscope.stage_facts import cell_facts, spoken
from workbench.gui.microscope.verdict_words import fate_words, likely_words

STAGES = (
    StageView("model", 1000, 1.0, 0.1, False),
    StageView("logit_bias", 999, 0.9, 0.1, True),
    StageView("penalties", 999, 0.9, 0.1, False),
    StageView("top_k", 3, 0.6, 0.0, True),
    StageView("dist", 3, 0.6, 0.0, False),
)
TOKENS = (
    TokenPath(1, " a", False, (0.4, 0.4, 0.4, 0.5, 0.5), None),
    TokenPath(2, " b", False, (0.3, None, None, None, None), 1),
    TokenPath(3, " c", False, (0.2, 0.2, 0.2, 0.5, 0.5), None),
    TokenPath(4, " d", True, (0.1, 0.1, 0.1, None, None), 3),
)
FOUND = Microscope(STAGES, TOKENS, 1, "", True, 3.0)


def test_idle_stages_are_narrow_and_ends_stay_where_they_are() -> None:
    found = columns(STAGES, 900.0)
    assert [c.idle for c in found] == [False, False, True, False, True]
    assert [c.movable for c in found] == [False, False, True, True, False]
    assert all(a.right == b.left for a, b in pairwise(found))
    assert found[2].width < found[3].width
    assert column_at(found, found[3].left + 1) == 3
    assert column_at(found, 3.0) == -1
    steered = columns((*STAGES[:1], StageView("mirostat", 3, 0.5, 0.0, True)), 500.0)
    assert not any(c.movable for c in steered)
    assert drop_place(steered, 300.0) is None


@given(st.permutations(["a", "b", "c", "d", "e"]), st.integers(0, 4), st.integers(0, 5))
def test_a_drag_moves_one_and_keeps_the_others_order(
    names: list[str], which: int, place: int
) -> None:
    order = moved(names, names[which], place)
    assert sorted(order) == sorted(names)
    rest = [n for n in names if n != names[which]]
    assert [n for n in order if n != names[which]] == rest
    before = sum(1 for n in names[:place] if n != names[which])
    assert order.index(names[which]) == before


def test_the_said_token_always_has_a_row() -> None:
    room = HEAD_HEIGHT + 3 * ROW_HEIGHT
    assert [t.id for t in rows_that_fit(FOUND, room)] == [1, 4]
    assert [t.id for t in rows_that_fit(FOUND, 1000)] == [1, 2, 3, 4]
    assert [t.id for t in rows_that_fit(FOUND, 0)] == [4]


def test_cuts_run_between_those_that_go_on_and_those_that_end() -> None:
    assert cut_lines(TOKENS, 0) == ()
    assert cut_lines(TOKENS, 1) == (0, 1)
    assert cut_lines(TOKENS, 3) == (2,)
    assert cut_lines(TOKENS, 4) == ()


def test_every_cell_is_said_in_words() -> None:
    assert (
        cell_facts(FOUND, TOKENS, -1, 3)
        == "top-k: 3 of 1,000 tokens left, 60.0 % of the model's mass"
    )
    assert cell_facts(FOUND, TOKENS, -1, 2).startswith("penalties: changes nothing here")
    assert cell_facts(FOUND, TOKENS, 0, 3) == "“ a” · id 1 · after top-k: 50.0 % (before: 40.0 %)"
    assert cell_facts(FOUND, TOKENS, 3, 3) == "“ d” · id 4 · dropped by top-k at 10.0 %"
    assert cell_facts(FOUND, TOKENS, 1, 3) == "“ b” · id 2 · dropped before top-k"
    assert cell_facts(FOUND, TOKENS, 4, 0) == "all other tokens after model: 10.0 %"
    assert "“ d” is dropped by top-k" in spoken(FOUND)


def test_the_others_are_all_that_have_no_row() -> None:
    rows = rows_that_fit(FOUND, HEAD_HEIGHT + 3 * ROW_HEIGHT)
    assert [t.id for t in rows] == [1, 4]
    assert FOUND.others(rows, 0) == pytest.approx(0.1 + 0.3 + 0.2)
    assert FOUND.others(rows, 3) == pytest.approx(0.5)
    assert cell_facts(FOUND, rows, 2, 0) == "all other tokens after model: 60.0 %"


def judged() -> tuple[WhatIf, TokenTable]:
    """Four tokens: as before, ten times as likely, cut, undecided."""
    found = WhatIf.undecided(("logit_bias", "top_k", "dist"), 4, 1)
    found.fate[:3] = [Fate.POSSIBLE, Fate.POSSIBLE, Fate.IMPOSSIBLE]
    found.p[:3] = [0.5, 0.4, 0.0]
    found.cut_by[2] = 1
    found.banned[:3], found.grammar[:3], found.biased[:3] = 0.25, 0.5, 0.0
    n = 4
    table = TokenTable(
        np.arange(n, dtype=np.int32),
        np.full(n, math.log(0.2), np.float32),
        np.zeros(n, np.int32),
        np.zeros(n, np.float32),
        np.array([0.5, 0.04, 0.3, np.nan], np.float32),
        np.empty((n, 0), np.int32),
        np.empty((n, 0), np.float32),
    )
    return found, table


def test_changes_keep_the_strongest_colour_for_what_cannot_be_said() -> None:
    found, table = judged()
    strengths = changes(found, table)
    assert strengths[:3].tolist() == pytest.approx([0.0, 0.7, -1.0])
    assert math.isnan(strengths[3])
    masses = forbidden_masses(found)
    assert masses[:3].tolist() == [0.75, 0.75, 0.75]
    assert math.isnan(masses[3])


def test_the_verdict_in_words() -> None:
    found, table = judged()
    sums = verdict(found, table)
    assert sums.now.logprob == pytest.approx(math.log(0.5 * 0.4))
    assert sums.before == pytest.approx(math.log(0.5 * 0.04 * 0.3), rel=1e-5)
    assert (sums.now.n_counted, sums.n_before) == (2, 3)
    words = fate_words(found, sums, [" a", " b", " c", " d"])
    assert "1 token could no longer be said: “ c” (top-k)" in words
    assert "1 token cannot be decided" in words
    assert "its other 2 tokens: log p -1.61 nats" in likely_words(sums)

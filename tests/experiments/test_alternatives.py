"""What else could have been said: rows that add up, the record first, the samplers beside it."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values
from workbench.core.tokens import Candidate, TokenRecord, TokenTable
from workbench.experiments.alternatives import Alternatives, Looked, alternatives
from workbench.experiments.documents import token_document
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import Session, open_session
from workbench.experiments.token_look import TokenLook
from workbench.experiments.token_tables import alternatives_tsv, tokens_json, tokens_tsv
from workbench.templates.prompt_file import raw_prompt

WAIT_S = 60.0
SETTINGS = EngineSettings(n_ctx=1024)


class Silent:
    """A run's sink that keeps nothing."""

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Not kept."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Not kept."""

    def run_finished(self, outcome: RunOutcome) -> None:
        """Not kept."""


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    made, _ = open_session(own_profile)
    yield made
    made.close()


def _said(session: Session, model: Path, values: Mapping[str, object]) -> RunOutcome:
    prepared = session.prepare(model, SETTINGS, raw_prompt("Once upon a time", "raw"), {})
    sampling = with_values(Sampling(), {"max_tokens": 12, "ignore_eos": True, **values})
    return session.start(prepared, sampling, 3, 1, Silent(), save=False).wait(WAIT_S)


def _look(session: Session, outcome: RunOutcome, index: int) -> tuple[Looked, Mapping[int, bytes]]:
    prompt = tuple(t.id for t in outcome.start.prompt_tokens)
    ids = outcome.end.result.samples[0].tokens.ids.tolist()
    look = TokenLook(session, outcome.start, prompt, tuple(ids[:index]), ids[index])
    return look.wait(WAIT_S), look.pieces


def _sum(known: Alternatives) -> float:
    return math.fsum(row.p for row in known.rows) + known.rest


def _record(chosen: int, p: float, rank: int, p_sampled: float | None = 0.25) -> TokenRecord:
    top = tuple(Candidate(i, f" t{i}", math.log(q)) for i, q in enumerate((0.5, 0.2, 0.1)))
    return TokenRecord(chosen, f" t{chosen}", b"x", math.log(p), rank, 1.0, p_sampled, top)


@pytest.mark.parametrize(
    "values",
    [
        {"grammar": "root ::= [a-z ]+", "temperature": 1.2},
        {"mirostat": 2},
        {"xtc_probability": 0.5, "xtc_threshold": 0.05, "temperature": 1.5},
        {"dry_multiplier": 0.8, "frequency_penalty": 0.5},
    ],
    ids=["grammar", "mirostat", "xtc", "penalties"],
)
def test_samplers_with_a_memory_are_rebuilt_or_left_out(
    session: Session, demo_model: Path, values: dict[str, object]
) -> None:
    outcome = _said(session, demo_model, values)
    table, pieces = outcome.end.result.samples[0].tokens, outcome.end.result.pieces
    known_places = 0
    for index in range(len(table)):
        record = table.record(index, pieces)
        looked, named = _look(session, outcome, index)
        known = alternatives(record, 10, looked, named)
        assert known is not None
        if not known.problem:
            known_places += 1
            assert looked.sampled[record.id] == pytest.approx(record.p_sampled, abs=0.011)
        else:
            assert [r.p_sampled for r in known.rows if not r.is_said] == [None] * 10
    assert known_places >= len(table) // 2


@pytest.mark.parametrize("limit", [1, 3, 20, 50, 200])
def test_rows_are_the_record_then_what_the_engine_adds(
    session: Session, demo_model: Path, limit: int
) -> None:
    outcome = _said(session, demo_model, {"temperature": 1.3})
    table, pieces = outcome.end.result.samples[0].tokens, outcome.end.result.pieces
    for index in (0, 5, 11):
        record = table.record(index, pieces)
        looked, named = _look(session, outcome, index)
        known = alternatives(record, limit, looked, named)
        assert known is not None
        shown = known.rows[: min(limit, len(record.top))]
        wanted = [(c.id, c.text, c.logprob) for c in record.top[: len(shown)]]
        assert [(r.id, r.text, r.logprob) for r in shown] == wanted
        assert [r.rank for r in known.rows[:limit]] == list(range(limit))
        assert _sum(known) == pytest.approx(1.0, abs=1e-7)  # float32 records
        assert [r.is_said for r in known.rows].count(True) == 1
        assert len(known.rows) == limit + (record.rank is not None and record.rank >= limit)
        assert known.problem == ""
        after = [row.p_sampled for row in known.rows]
        assert None not in after
        assert known.rest_sampled is not None
        total = math.fsum(p for p in after if p is not None) + known.rest_sampled
        assert total == pytest.approx(1.0, abs=1e-3)


def test_a_look_says_what_was_recorded(session: Session, demo_model: Path) -> None:
    outcome = _said(session, demo_model, {"temperature": 0.9, "repeat_penalty": 1.3})
    table, pieces = outcome.end.result.samples[0].tokens, outcome.end.result.pieces
    for index in range(len(table)):
        record = table.record(index, pieces)
        looked, _ = _look(session, outcome, index)
        for one in record.top:
            assert looked.logprob[one.id] == pytest.approx(one.logprob, abs=0.02)
        assert looked.sampled[record.id] == pytest.approx(record.p_sampled, abs=0.01)


def test_a_token_cut_by_the_samplers_has_probability_0(session: Session, demo_model: Path) -> None:
    outcome = _said(session, demo_model, {"top_k": 2})
    record = outcome.end.result.samples[0].tokens.record(0, outcome.end.result.pieces)
    looked, named = _look(session, outcome, 0)
    known = alternatives(record, 10, looked, named)
    assert known is not None
    assert [row.p_sampled for row in known.rows[2:]] == [0.0] * (len(known.rows) - 2)
    assert known.rest_sampled == pytest.approx(0.0, abs=1e-6)


def test_a_run_of_another_model_is_refused_in_words(
    session: Session, demo_model: Path, small_demo_model: Path
) -> None:
    outcome = _said(session, demo_model, {})
    session.load(small_demo_model, SETTINGS)
    with pytest.raises(UserError, match="not loaded"):
        _look(session, outcome, 0)


def test_without_a_look_the_record_is_all_there_is() -> None:
    known = alternatives(_record(1, 0.2, 1), 8)
    assert known is not None
    assert [row.p for row in known.rows] == pytest.approx([0.5, 0.2, 0.1])
    assert [row.p_sampled for row in known.rows] == [None, 0.25, None]
    assert known.rest == pytest.approx(0.2)
    assert known.rest_sampled is None


def test_the_first_token_of_a_text_has_no_alternatives() -> None:
    assert alternatives(TokenRecord(5, "A", b"A", None, None, None, None, ()), 8) is None


def test_samplers_that_cannot_be_rebuilt_are_not_guessed() -> None:
    looked = Looked({0: math.log(0.5)}, {0: 0.9, 1: 0.1})
    known = alternatives(_record(1, 0.2, 1, p_sampled=0.6), 8, looked, {})
    assert known is not None
    assert known.problem
    assert [row.p_sampled for row in known.rows] == [None, 0.6, None]


def test_what_is_not_among_the_listed_survivors_is_unknown_not_0() -> None:
    looked = Looked({}, {1: 0.25})
    known = alternatives(_record(1, 0.2, 1), 8, looked, {})
    assert known is not None
    assert [row.p_sampled for row in known.rows] == [None, 0.25, None]
    assert known.rest_sampled is None


def test_tables_to_paste_hold_the_same_numbers(session: Session, demo_model: Path) -> None:
    outcome = _said(session, demo_model, {})
    records = outcome.end.result.samples[0].tokens.records(outcome.end.result.pieces)
    rows = list(csv.DictReader(io.StringIO(tokens_tsv(records)), dialect="excel-tab"))
    assert [int(r["id"]) for r in rows] == [r.id for r in records]
    assert [float(r["logprob"]) for r in rows] == pytest.approx([r.logprob for r in records])
    assert [bytes.fromhex(r["bytes"]) for r in rows] == [r.bytes for r in records]
    assert json.loads(tokens_json(records)) == [token_document(r) for r in records]
    known = alternatives(records[0], 5)
    assert known is not None
    lines = list(csv.DictReader(io.StringIO(alternatives_tsv(known)), dialect="excel-tab"))
    assert math.fsum(float(r["p"]) for r in lines) == pytest.approx(1.0, abs=1e-6)
    assert [r["said"] for r in lines].count("yes") == 1


def test_a_text_with_tabs_and_quotes_stays_in_its_cell() -> None:
    record = TokenRecord(7, '\t"\n', b'\t"\n', None, None, None, None, ())
    lines = tokens_tsv([record], first=4).split("\n")
    assert len(lines) == 2
    cells = lines[1].split("\t")
    assert len(cells) == len(lines[0].split("\t"))
    assert cells[0] == "4"
    assert json.loads(f'"{cells[2]}"') == '\t"\n'

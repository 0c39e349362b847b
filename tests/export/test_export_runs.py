"""Runs in the formats that other programs read, read again by those programs' libraries."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.files import file_in_place
from workbench.export.base import chosen
from workbench.export.run_formats import run_formats
from workbench.export.runs import COLUMNS
from workbench.export.runs_csv import safe_cell

NASTY = '=HYPERLINK("http://x")'


def document(text: str = "Hi <b>", **changes: object) -> dict[str, Any]:
    """A run as `run --json` prints it."""
    spelled = text.encode("utf-8", "replace").hex()
    token = {"id": 5, "text": text, "bytes": spelled, "logprob": -0.5, "rank": 0, "entropy": 1.25}
    return {
        "run_id": "01abc",
        "created": "2026-01-01T00:00:00+00:00",
        "prompt_name": NASTY,
        "model": {"name": "demo", "quantization": "Q8_0"},
        "seed": 3,
        "prompt": "Say | it\n```x```",
        "variables": {"a": 1},
        "sampling": {"temperature": 0.5, "top_k": 4, "top_p": 1.0, "min_p": 0.0, "max_tokens": 9},
        "samples": [
            {"seed": 3, "text": text, "finish_reason": "stop", "tokens": [token, token]},
            {"seed": 4, "text": "", "finish_reason": "error", "tokens": []},
        ],
        "timings": {"decode_tps": 12.5},
        "tags": ["good"],
        "starred": True,
        "rating": None,
        "note": "-1+1",
        "scores": [{"sample": 0, "metric": "bleu", "version": 1, "value": None, "reason": "no"}],
        **changes,
    }


def written(name: str, documents: list[dict[str, Any]], **options: str | bool) -> bytes:
    """The file's bytes."""
    out = io.BytesIO()
    made = run_formats().get(name)
    made.write(iter(documents), out, chosen(name, made.options, options))
    return out.getvalue()


def test_json_lines_hold_everything() -> None:
    lines = written("jsonl", [document(), document("b")]).decode().splitlines()
    assert [json.loads(line) for line in lines] == [document(), document("b")]


def test_csv_holds_a_row_for_each_reply_and_no_formula() -> None:
    text = written("csv", [document()]).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["sample"] for row in rows] == ["0", "1"]
    assert list(rows[0]) == [name for name, _kind in COLUMNS]
    assert rows[0]["prompt_name"] == f"'{NASTY}"
    assert rows[0]["note"] == "'-1+1"
    assert rows[0]["prompt"] == "Say | it\n```x```"
    assert float(rows[0]["logprob"]) == -1.0
    assert rows[1]["logprob"] == ""
    assert json.loads(rows[0]["scores"]) == {"bleu": None}


@given(st.text(max_size=20))
def test_no_text_of_a_cell_begins_a_formula(text: str) -> None:
    safe = safe_cell(text)
    assert isinstance(safe, str)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert safe in (text, f"'{text}")


def test_numbers_stay_numbers() -> None:
    assert safe_cell(-1.5) == -1.5


def test_parquet_is_read_by_pyarrow() -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(written("parquet", [document()] * 600)))
    assert table.num_rows == 1200
    row = table.to_pylist()[0]
    assert row["reply"] == "Hi <b>"
    assert row["logprob"] == -1.0
    assert row["starred"] is True
    assert table.to_pylist()[1]["logprob"] is None


def test_an_excel_workbook_is_read_by_openpyxl_and_runs_nothing() -> None:
    from openpyxl import load_workbook

    odd = "\x07bell " + "x" * 40_000
    book = load_workbook(io.BytesIO(written("xlsx", [document(odd)])))
    rows = list(book["Replies"].iter_rows())
    assert [cell.value for cell in rows[0]] == [name for name, _kind in COLUMNS]
    values = dict(zip([c.value for c in rows[0]], rows[1], strict=True))
    assert values["prompt_name"].value == NASTY
    assert values["prompt_name"].data_type == "s"
    assert values["seed"].value == 3
    assert len(values["reply"].value) == 32_767


def test_markdown_fences_are_longer_than_those_inside() -> None:
    text = written("markdown", [document()]).decode()
    assert "````text\nSay | it\n```x```\n````" in text


def test_fine_tuning_takes_finished_replies_only() -> None:
    lines = written("fine-tuning", [document(), document("")]).decode().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"prompt": "Say | it\n```x```", "completion": "Hi <b>"}
    ]


@pytest.mark.parametrize("name", run_formats().names())
def test_no_runs_make_a_file_all_the_same(name: str) -> None:
    written(name, [])


@pytest.mark.parametrize("name", run_formats().names())
def test_a_cancel_leaves_the_old_file(name: str, tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text("old")

    def some() -> Iterator[dict[str, Any]]:
        yield document()
        raise KeyboardInterrupt

    made = run_formats().get(name)
    options = chosen(name, made.options, {})
    with pytest.raises(KeyboardInterrupt), file_in_place(file) as out:
        made.write(some(), out, options)
    assert file.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]

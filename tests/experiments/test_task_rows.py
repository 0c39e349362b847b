"""Data files that are damaged: the row and the column are named, and the good rows are kept."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.core.task import BadRow, Kind, Task
from workbench.experiments.tasks.csv_rows import csv_rows
from workbench.experiments.tasks.json_rows import json_rows
from workbench.experiments.tasks.load import MAX_BAD_ROWS, load_task
from workbench.experiments.tasks.rows import Row
from workbench.experiments.tasks.text_lines import MAX_LINE_BYTES, lines_of

GOOD = {"question": "Which?", "choices": ["a", "b"], "answer": 1}


def written(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def jsonl(*rows: object) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)


def told(task: Task) -> list[tuple[int, str]]:
    return [(bad.line, bad.column) for bad in task.bad_rows]


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        ("{broken", "", "no JSON"),
        ("[1, 2]", "", "a list"),
        ("[" * 100_000, "", "nested"),
        ({**GOOD, "answer": None}, "answer", "missing"),
        ({**GOOD, "answer": float("nan")}, "answer", "missing"),
        ({**GOOD, "answer": 7}, "answer", "none of the 2"),
        ({**GOOD, "answer": "z"}, "answer", "none of the 2"),
        ({"question": "Which?", "choices": ["a", "b"]}, "answer", "missing"),
        ({**GOOD, "question": None}, "question", "no question"),
        ({**GOOD, "question": float("nan")}, "question", "NaN"),
        ({**GOOD, "question": "half \ud800"}, "question", "half a character"),
        ({**GOOD, "question": {"a": 1}}, "question", "text"),
        ({**GOOD, "choices": ["a"]}, "choices", "at least two"),
        ({**GOOD, "choices": ["a", None]}, "choices", "text"),
        ({**GOOD, "weight": -1}, "weight", "0 or more"),
        ({**GOOD, "weight": "heavy"}, "weight", "number"),
        ({**GOOD, "id": "1"}, "id", "there before"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_kept(
    tmp_path: Path, row: object, column: str, word: str
) -> None:
    path = written(tmp_path, "task.jsonl", jsonl({**GOOD, "id": "1"}, row, {**GOOD, "id": "3"}))
    task = load_task(path)
    assert [item.id for item in task.items] == ["1", "3"]
    assert told(task) == [(2, column)]
    assert word in task.bad_rows[0].message
    assert task.kind is Kind.CHOICE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_byte_order_marks_are_understood(tmp_path: Path, encoding: str) -> None:
    text = jsonl({**GOOD, "question": "Größe 😀?"}, GOOD)
    data = text.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    task = load_task(written(tmp_path, "task.jsonl", data))
    assert task.items[0].variables["question"] == "Größe 😀?"
    assert len(task.items) == 2
    assert not task.bad_rows


def test_mixed_encodings_cost_their_own_lines(tmp_path: Path) -> None:
    rows = [json.dumps({**GOOD, "question": "Größe?"}, ensure_ascii=False) for _ in range(3)]
    data = b"\n".join([rows[0].encode(), rows[1].encode("latin-1"), rows[2].encode()])
    task = load_task(written(tmp_path, "task.jsonl", data))
    assert [item.line for item in task.items] == [1, 3]
    assert "0xF6" in task.bad_rows[0].message
    assert told(task) == [(2, "")]


def test_a_line_of_fifty_megabytes_is_passed_over(tmp_path: Path) -> None:
    huge = b'{"question": "' + b"x" * (50 << 20) + b'"}\n'
    good = jsonl(GOOD).encode()
    task = load_task(written(tmp_path, "task.jsonl", good + huge + good))
    assert [item.line for item in task.items] == [1, 3]
    assert told(task) == [(2, "")]
    assert f"{len(huge):,}" in task.bad_rows[0].message


def test_a_wide_line_that_is_too_long_is_named(tmp_path: Path) -> None:
    text = "short\n" + "x" * (MAX_LINE_BYTES + (3 << 20)) + "\nlast"
    path = written(tmp_path, "a.txt", text.encode("utf-16"))
    bad: list[BadRow] = []
    assert list(lines_of(path, bad.append)) == [(1, "short\n"), (3, "last")]
    assert [b.line for b in bad] == [2]


def test_no_more_bad_rows_are_kept_than_anybody_reads(tmp_path: Path) -> None:
    rows = [GOOD, *["{"] * (MAX_BAD_ROWS + 500)]
    task = load_task(written(tmp_path, "task.jsonl", jsonl(*rows)))
    assert len(task.bad_rows) == MAX_BAD_ROWS + 1
    assert "500 more" in task.bad_rows[-1].message


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("task.jsonl", "", "is empty"),
        ("task.csv", "\n", "is empty"),
        ("task.json", "[1", "no JSON"),
        ("task.json", "3", "no rows"),
        ("task.json", '{"question": "x"', "no JSON"),
        ("task.jsonl", "{\n", "no row that can be used"),
        ("task.csv", "a,a\n1,2\n", "the column a twice"),
        ("task.csv", "one,two\n1,2\n", "does not say what is asked"),
        ("task.parquet", b"PAR1 and nothing else", "cannot be read"),
        ("task.arrow", b"ARROW1\0\0", "cannot be read"),
        ("task.gz", b"\x1f\x8b\x08", "compressed"),
        ("task.bin", b"\x01\x00\x02\x00" * 20, "no text"),
        ("task.yml", "a: [", "line 2"),
    ],
)
def test_a_file_that_is_no_task_is_refused_in_one_sentence(
    tmp_path: Path, name: str, data: str | bytes, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        load_task(written(tmp_path, name, data))


def test_a_missing_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no file or folder"):
        load_task(tmp_path / "nothing.jsonl")
    with pytest.raises(UserError, match="no data files"):
        load_task(tmp_path)


def test_a_ragged_table_costs_its_ragged_rows(tmp_path: Path) -> None:
    text = "id,question,answer\n1,one,1\n2,two\n3,three,3,more\n\n4,four,4\n"
    task = load_task(written(tmp_path, "task.csv", text))
    assert [item.id for item in task.items] == ["1", "4"]
    assert told(task) == [(3, "answer"), (4, "answer")]
    assert "2 cells" in task.bad_rows[0].message


def test_quotes_that_stay_open_cost_one_row(tmp_path: Path) -> None:
    text = 'id,question,answer\n1,"two\nlines",1\n2,"open,2\n3,three,3\n4,"a ""b""",4\n5,"x"y,5\n'
    task = load_task(written(tmp_path, "task.csv", text))
    assert [(i.id, i.variables["question"]) for i in task.items] == [
        ("1", "two\nlines"),
        ("3", "three"),
        ("4", 'a "b"'),
    ]
    assert [bad.line for bad in task.bad_rows] == [4, 7]


def test_other_delimiters_and_line_breaks(tmp_path: Path) -> None:
    for delimiter in ",;\t|":
        text = delimiter.join(["question", "answer", "other"]) + "\r\n"
        text += delimiter.join(["what?", "this", "x"]) + "\r\n"
        task = load_task(written(tmp_path, "task.csv", text))
        assert task.items[0].references == ("this",)


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    path = written(tmp_path, "task.jsonl", jsonl(*[GOOD] * 50, "{"))
    task = load_task(path, limit=10)
    assert len(task.items) == 10
    assert not task.bad_rows


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), max_size=8)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8), st.sampled_from(",;\t|"))
def test_a_table_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([["a", "b", "c"], *rows])
    path = written(tmp_path_factory.mktemp("csv"), "t.csv", out.getvalue())
    bad: list[BadRow] = []
    found = [list(row.fields.values()) for row in csv_rows(path, bad.append).stream]
    assert found == [row for row in rows if any(cell.strip() for cell in row)]
    assert not bad


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
LINES = st.lists(
    st.dictionaries(st.text(max_size=5), JSON, max_size=4) | st.binary(max_size=12), max_size=8
)


@settings(deadline=None)
@given(LINES)
def test_any_lines_are_rows_or_bad_rows(
    tmp_path_factory: pytest.TempPathFactory, lines: list[dict[str, object] | bytes]
) -> None:
    parts = [
        (
            line.replace(b"\n", b"").replace(b"\r", b"")
            if isinstance(line, bytes)
            else json.dumps(line).encode()
        )
        for line in lines
    ]
    path = written(tmp_path_factory.mktemp("jsonl"), "t.jsonl", b"x\n" + b"\n".join(parts))
    bad: list[BadRow] = []
    found = {row.line: row for row in json_rows(path, bad.append).stream}
    for number, line in enumerate(lines, 2):
        if isinstance(line, dict):
            assert found[number] == Row(number, json.loads(json.dumps(line)))
    assert not set(found) & {b.line for b in bad}


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from([*GOOD, "id", "weight", "group"]), JSON)))
def test_no_row_of_any_values_breaks_reading(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]
) -> None:
    path = written(tmp_path_factory.mktemp("any"), "t.jsonl", jsonl({**GOOD, "id": "x"}, *rows))
    task = load_task(path, Kind.CHOICE)
    assert len(task.items) + len(task.bad_rows) == 1 + len(rows)
    assert len({item.id for item in task.items}) == len(task.items)

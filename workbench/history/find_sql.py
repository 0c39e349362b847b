"""One condition of a query as SQL on a run `r`, in three forms. See `find`."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass

from workbench.history.query import (
    Condition,
    Created,
    Flag,
    Number,
    OfVersion,
    OneOf,
    Score,
    Words,
)
from workbench.history.query_fields import COLUMNS, FLAGS, SAMPLING, WORD_FIELDS
from workbench.history.scripts import ends_in_sign, search_form

TRASHED = "r.trashed_us IS NULL"
WINDOW = "BETWEEN :low AND :high"

_INDEXED = ("n_tokens", "decode_tps", "rating", "seed")
# The plus keeps SQLite from going through all runs by the index on `trashed_us`.
_LISTED = "SELECT id FROM runs WHERE +trashed_us IS NULL AND "
# Without it an index on (value, trashed_us) leads straight to the row numbers of a window.
_NEAR = "SELECT id FROM runs WHERE trashed_us IS NULL AND "


@dataclass(frozen=True, slots=True)
class Sql:
    """A condition.

    Attributes:
        row: a test of one run, quick for few runs.
        many: a test that is quick for every run of a window of row numbers (`:low` to `:high`).
        probe: a query for the runs that an index finds; empty when none does, or when the
            condition is negated.
        by_value: the index is ordered by a value, so that `many` must look at every run.
    """

    row: str
    row_values: tuple[object, ...]
    many: str
    many_values: tuple[object, ...]
    probe: str = ""
    probe_values: tuple[object, ...] = ()
    by_value: bool = False


def sql_of(connection: sqlite3.Connection, condition: Condition) -> Sql:
    """The SQL of a condition; names are looked up in the file."""
    match condition:
        case Words():
            made = _words(condition)
        case OneOf():
            made = _one_of(connection, condition)
        case Number():
            made = _number(connection, condition)
        case Score():
            made = _score(condition)
        case Created():
            made = _created(condition)
        case Flag():
            probe = ""
            if condition.name in ("starred", "rated"):
                probe = _LISTED + FLAGS[condition.name].replace("r.", "")
            made = _plain(FLAGS[condition.name], (), probe)
        case OfVersion():
            test = "prompt_source = ?"
            made = _plain(f"r.{test}", (condition.content,), _LISTED + test)
    return _negated(made) if condition.negated else made


def _plain(test: str, values: tuple[object, ...], probe: str = "") -> Sql:
    asked = values if probe else ()
    return Sql(f"({test})", values, f"({test})", values, probe, asked, by_value=bool(probe))


def _negated(sql: Sql) -> Sql:
    return Sql(f"NOT {sql.row}", sql.row_values, f"NOT {sql.many}", sql.many_values)


def _words(words: Words) -> Sql:
    completed = words.prefix and not ends_in_sign(words.text)
    phrase = '"' + search_form(words.text).replace('"', '""') + '"' + " *" * completed
    column = WORD_FIELDS.get(words.field, "")
    rows, lists, probes, values = [], [], [], []
    if words.field != "text":
        values.append(f"{{{column}}} : {phrase}" if column else phrase)
        match = "FROM run_words WHERE run_words MATCH ?"
        rows.append(f"EXISTS (SELECT 1 {match} AND rowid = r.id)")
        lists.append(f"SELECT rowid {match} AND rowid {WINDOW}")
        probes.append(f"SELECT rowid {match}")
    if words.field in ("", "text"):
        values.append(phrase)
        match = "FROM prompt_words WHERE prompt_words MATCH ?"
        rows.append(f"EXISTS (SELECT 1 {match} AND rowid = r.rendered)")
        wanted = f"rendered IN (SELECT rowid {match})"
        lists.append(f"{_NEAR}{wanted} AND id {WINDOW}")
        probes.append(_LISTED + wanted)
    asked = tuple(values)
    return Sql(
        f"({' OR '.join(rows)})",
        asked,
        f"(r.id IN ({' UNION ALL '.join(lists)}))",
        asked,
        " UNION ".join(probes) if len(probes) == 1 else " UNION ALL ".join(probes),
        asked,
    )


def _one_of(connection: sqlite3.Connection, named: OneOf) -> Sql:
    column = {"prompt": "prompt_name", "quant": "model"}.get(named.field, named.field)
    if named.field == "run":
        low = [value.lower() for value in named.values]
        tests = " OR ".join("(run_id >= ? AND run_id < ?)" for _ in low)
        values = tuple(v for value in low for v in (value, value + "\U0010ffff"))
        return _plain(tests, values, f"{_LISTED}({tests})")
    if named.field == "finish":
        return _plain("r.finish IN (SELECT value FROM json_each(?))", (json.dumps(named.values),))
    if named.field in ("model", "quant"):
        name = "name" if named.field == "model" else "quantization"
        rows = connection.execute(f"SELECT id, CAST({name} AS TEXT) FROM models")  # noqa: S608
        keys = [key for key, text in rows if _matches(named, text)]
    elif named.field == "tag":
        keys = [tag for tag in distinct(connection, "tags", "tag") if _matches(named, tag)]
        chosen = "SELECT run FROM tags WHERE tag IN (SELECT value FROM json_each(?))"
        values = (json.dumps(keys),)
        return Sql(
            f"(EXISTS ({chosen} AND run = r.id))",
            values,
            f"(r.id IN ({chosen} AND run {WINDOW}))",
            values,
            "" if named.negated else chosen,
            values,
        )
    else:
        keys = [k for k in distinct(connection, "runs", column) if _matches(named, k)]
    test = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608  # a column of this module
    many = f"r.id IN ({_NEAR}{test} AND id {WINDOW})"
    values = (json.dumps(keys),)
    return Sql(f"(r.{test})", values, f"({many})", values, _LISTED + test, values)


def _matches(named: OneOf, stored: object) -> bool:
    text = stored.decode("utf-8", "replace") if isinstance(stored, bytes) else str(stored)
    if named.exact:
        return text in named.values
    for value in named.values:
        pattern = ".*".join(re.escape(part) for part in value.casefold().split("*"))
        search = re.fullmatch if named.field in ("tag", "status") or "*" in value else re.search
        if search(pattern, text.casefold(), re.DOTALL):
            return True
    return False


def _number(connection: sqlite3.Connection, number: Number) -> Sql:
    if number.field.startswith(SAMPLING):
        name = number.field.removeprefix(SAMPLING)
        contents = connection.execute(
            "SELECT id FROM contents WHERE id IN (SELECT value FROM json_each(?)) "  # noqa: S608
            f"AND json_type(text, '$.{name}') IN ('integer', 'real') "
            f"AND json_extract(text, '$.{name}') {number.operator} ?",
            [json.dumps(distinct(connection, "runs", "sampling")), number.value],
        )
        values = (json.dumps([row[0] for row in contents]),)
        test = "sampling IN (SELECT value FROM json_each(?))"
        many = f"r.id IN ({_NEAR}{test} AND id {WINDOW})"
        return Sql(f"(r.{test})", values, f"({many})", values, _LISTED + test, values)
    test = f"{COLUMNS[number.field]} {number.operator} ?"
    probe = ""
    if number.field in _INDEXED:
        present = f"{number.field} IS NOT NULL AND "
        probe = _LISTED + present + test.replace("r.", "")
    return _plain(test, (number.value,), probe)


def _score(score: Score) -> Sql:
    test = f" AND value {score.operator} ?" if score.operator else " AND value IS NOT NULL"
    values = (score.metric, score.value) if score.operator else (score.metric,)
    chosen = f"SELECT run FROM scores WHERE metric = ?{test}"  # noqa: S608
    return Sql(
        f"(EXISTS ({chosen} AND run = r.id))",
        values,
        f"(r.id IN ({chosen} AND run {WINDOW}))",
        values,
        chosen,
        values,
        by_value=True,
    )


def _created(created: Created) -> Sql:
    tests, values = [], []
    if created.from_us is not None:
        tests.append("created_us >= ?")
        values.append(created.from_us)
    if created.to_us is not None:
        tests.append("created_us < ?")
        values.append(created.to_us)
    where = " AND ".join(tests)
    return _plain(" AND ".join(f"r.{test}" for test in tests), tuple(values), _LISTED + where)


def distinct(connection: sqlite3.Connection, table: str, column: str) -> list[str | int]:
    """The different values of an indexed column, NULL left out; it jumps from one to the next."""
    rows = connection.execute(
        f"WITH RECURSIVE d(v) AS (SELECT min({column}) FROM {table} "  # noqa: S608
        f"WHERE {column} IS NOT NULL UNION ALL SELECT (SELECT min({column}) FROM {table} "
        f"WHERE {column} > d.v) FROM d WHERE d.v IS NOT NULL) SELECT v FROM d WHERE v IS NOT NULL"
    )
    # Names with broken letters are kept as bytes, and cannot be typed.
    return [row[0] for row in rows if not isinstance(row[0], bytes)]

"""Writes the guide's page about the history's tables: `python packaging/history_page.py`.

Names, types and remarks come from the statements that make the tables, so the page cannot say
something else than the file.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from pathlib import Path

from workbench.history.store import HistoryStore

_HEAD = """\
# The history file: its tables

`history.db` in the profile's folder is an SQLite file that any program can read while the workbench
is open: `sqlite3 history.db "SELECT * FROM runs_readable LIMIT 5"`, or `datasette history.db`. This
page is written from the file itself (`python packaging/history_page.py`).

Begin with the views whose names end in `_readable`: names instead of numbers, times as text. Times
in tables are microseconds since 1970 (UTC). A text that appears in many runs (a prompt file, a chat
template, settings) stands once in `contents`. Token records are compact blobs; `workbench history
unpack RUN` writes them as rows, which `tokens_readable` shows. NULL is "not known" or "not there",
never 0.

**Read, do not write.** The program that runs keeps its own idea of what is in the file. To change
something use the window or `workbench history`; to hand something on, `workbench history export`;
to take over another file, `workbench history import`. Tables only grow: a newer version adds
columns and never changes what an old one means. An older version reads a newer file and does not
write it.
"""
_ADDED = {
    ("runs", "given"): ("TEXT", "ids of the tokens a person put behind the fork, as a JSON list"),
    ("runs", "name"): ("TEXT", "given by a person; NULL when it has none"),
    ("runs", "beside"): (
        "INTEGER",
        "replies of other runs that grew at most in one batch with these, which share the time",
    ),
}
_COLUMN = re.compile(r"^\s*(\w+) ([A-Z]+)\b([^-]*?),?\s*(?:-- (.*))?$")
_POINTS = re.compile(r"REFERENCES (\w+)")
_NO_COLUMN = ("PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "CREATE")


def history_page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    tables, views = _objects()
    parts.append("## Views\n")
    parts += [f"- `{name}`: {', '.join(f'`{c}`' for c in columns)}" for name, columns in views]
    parts.append("")
    parts += [_table(name, sql, columns) for name, sql, columns in tables]
    return "\n".join(parts)


def _objects() -> tuple[list[tuple[str, str, list[str]]], list[tuple[str, list[str]]]]:
    with tempfile.TemporaryDirectory(prefix="workbench-page-") as scratch:
        file = Path(scratch) / "history.db"
        HistoryStore(file).close()
        with sqlite3.connect(file) as db:
            rows = db.execute("SELECT type, name, sql FROM sqlite_master ORDER BY rowid").fetchall()
            searched = [name for _, name, sql in rows if sql and "VIRTUAL TABLE" in sql]
            tables, views = [], []
            for kind, name, sql in rows:
                own = name.startswith(("_", "sqlite_"))
                own = own or any(name == s or name.startswith(f"{s}_") for s in searched)
                if kind not in ("table", "view") or own:
                    continue
                columns = [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
                if kind == "view":
                    views.append((name, columns))
                else:
                    tables.append((name, sql, columns))
        db.close()
    return tables, views


def _table(name: str, sql: str, columns: list[str]) -> str:
    told: dict[str, tuple[str, str]] = {}
    lines = sql.splitlines()
    about = " ".join(line.strip()[3:] for line in lines if line.strip().startswith("-- "))
    for line in lines:
        found = _COLUMN.match(line)
        if found and found[1] not in _NO_COLUMN:
            points = _POINTS.search(found[3])
            remark = (found[4] or "").strip()
            to = f"a row of `{points[1]}`" if points else ""
            told[found[1]] = (found[2], "; ".join(part for part in (to, remark) if part))
    rows = [f"## {name}", ""]
    if about:
        rows += [about[0].upper() + about[1:] + ".", ""]
    rows += ["| column | type | what it is |", "|---|---|---|"]
    for column in columns:
        kind, remark = told.get(column, _ADDED.get((name, column), ("TEXT", "")))
        rows.append(f"| `{column}` | {kind.lower()} | {_cell(remark)} |")
    return "\n".join([*rows, ""])


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("<", "\\<")


def main() -> None:
    """Write it and say where."""
    path = Path(__file__).parents[1] / "assets" / "help" / "history-tables.md"
    path.write_text(history_page(), encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()

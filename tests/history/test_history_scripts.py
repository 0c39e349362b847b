"""Any part of a text is found in scripts that write no spaces between words."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from workbench.core.run import RunEnd, RunStart
from workbench.history import branches, curate, retention
from workbench.history.bulk import import_runs
from workbench.history.connect import open_writer
from workbench.history.find import find_all
from workbench.history.query import parse_query
from workbench.history.schema import MIGRATION_NAMES
from workbench.history.scripts import ends_in_sign, search_form
from workbench.history.store import HistoryStore
from workbench.history.verify import verify
from workbench.history.words import rebuild

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]

TEXTS = {
    "ja": "東京都の天気予報はどうですか。大規模言語モデルを確認する。コーヒーが好き",
    "zh": "大语言模型的回答质量取决于提示词，北京今天的天气很好。",
    "ko": "서울의 날씨는 어떻습니까? 언어모델을 평가합니다.",
    "th": "อากาศวันนี้ที่กรุงเทพดีมาก น้ำตาลในเลือด",
    "mixed": "GPT模型v2はCPUで動くñandú 3時間",
    "en": "The capital of Perú is Lima; the naïve café in Łódź.",
}


@pytest.fixture
def filled(store: HistoryStore, make_start: MakeStart, make_end: MakeEnd) -> HistoryStore:
    """A run of each text, once as a reply and once, for the prompt's index, as a prompt."""
    for name, text in TEXTS.items():
        start = make_start(name, text=f"prompt {name}", parent=None, variables={})
        store.start_run(start).result()
        store.finish_run(name, make_end(text=text)).result()
        start = make_start(f"{name}-prompt", text=text, parent=None, variables={})
        store.start_run(start).result()
        store.finish_run(start.run_id, make_end(text="nothing")).result()
    return store


def found(store: HistoryStore, query: str) -> list[str]:
    """The runs that a query finds, by name."""
    ids = find_all(store.read, parse_query(query)).tolist()
    names = store.read(lambda c: dict(c.execute("SELECT id, run_id FROM runs").fetchall()))
    return sorted(names[row] for row in ids)


def both(*names: str) -> list[str]:
    """The two runs of each text."""
    return sorted([*names, *(f"{name}-prompt" for name in names)])


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("天気", ["ja"]),
        ("気予", ["ja"]),
        ("モデル", ["ja"]),
        ("ﾓﾃﾞﾙ", ["ja"]),
        (unicodedata.normalize("NFD", "が好き"), ["ja"]),
        ("か好き", []),
        ("天気 モデル", ["ja"]),
        ('"言語モデル"', ["ja"]),
        ("都の", ["ja"]),
        ("モデルモデル", []),
        ("模型", ["zh", "mixed"]),
        ("提示词", ["zh"]),
        ("的", ["zh"]),
        ("型模", []),
        ("天", ["ja", "zh"]),
        ("날씨", ["ko"]),
        (unicodedata.normalize("NFD", "날씨는"), ["ko"]),
        ("모델", ["ko"]),
        ("กรุงเทพ", ["th"]),
        ("วันนี้", ["th"]),
        ("ที่", ["th"]),
        ("ทู", []),
        ("น้ำตาล", ["th"]),
        ("นาตาล", []),
        ("gpt模型", ["mixed"]),
        ("模型v", ["mixed"]),
        ("cpuで", ["mixed"]),
        ("ＧＰＴ", ["mixed"]),
        ("nandu", ["mixed"]),
        ("3時", ["mixed"]),
        ("peru naive cafe", ["en"]),
        ("łód", ["en"]),
    ],
)
def test_a_part_of_a_sentence_is_found(filled: HistoryStore, query: str, names: list[str]) -> None:
    """In replies and in prompts, also among other conditions; what only looks alike is not."""
    assert found(filled, query) == both(*names)
    if " " not in query:
        assert found(filled, f"reply:{query}") == sorted(names)
        assert found(filled, f"-{query}") == sorted({*both(*TEXTS)} - {*both(*names)})


def test_every_part_of_every_text_is_found(filled: HistoryStore) -> None:
    """One to three signs from any place on; what begins with a mark over a sign too."""
    for name in ("ja", "zh", "ko", "th"):
        text = TEXTS[name]
        for start in range(len(text)):
            for length in (1, 2, 3):
                part = text[start : start + length]
                if any(c.isalnum() for c in part) and " " not in part:
                    assert name in found(filled, f'"{part}"'), part


def test_the_index_stays_equal_to_the_texts(filled: HistoryStore) -> None:
    """Whatever is changed, taken away and brought back: the words are those of a fresh index."""
    curate.note(filled, "ja", "メモを書く").result()
    curate.change_tags(filled, ["zh", "th"], add=["好的", "ดีมาก", "gut"]).result()
    assert found(filled, "モを") == ["ja"]
    assert found(filled, "好的 模型") == ["zh"]
    curate.note(filled, "ja", "別の覚え書き").result()
    curate.change_tags(filled, ["zh"], remove=["好的"]).result()
    branches.rename(filled, "ko", "이름").result()
    branches.trash(filled, ["th", "mixed-prompt", "zh-prompt"]).result()
    retention.empty_trash(filled).result()
    assert found(filled, "モを") == []
    assert found(filled, "覚え") == ["ja"]
    assert found(filled, "好的") == []
    assert found(filled, "이름") == ["ko"]
    kept = filled.write(_words).result()
    filled.write(rebuild).result()
    assert filled.write(_words).result() == kept
    assert len(kept) > 300
    assert filled.path is not None
    assert verify(filled.path).is_whole


def test_an_import_indexes_them_too(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd
) -> None:
    """Many at once, beside a name that is no proper text."""
    runs = [
        (make_start(name, parent=None, prompt_name="\udc80"), make_end(text=text))
        for name, text in TEXTS.items()
    ]
    import_runs(store, runs)
    assert found(store, "天気") == ["ja"]
    assert found(store, "กรุงเทพ") == ["th"]
    curate.star(store, list(TEXTS), True).result()
    kept = store.write(_words).result()
    store.write(rebuild).result()
    assert store.write(_words).result() == kept


def test_a_history_from_before_is_brought_up_to_date(filled: HistoryStore) -> None:
    """An index made of the texts as they stand becomes the one that is made today."""
    wanted = filled.write(_words).result()
    filled.close()
    path = filled.path
    assert path is not None
    _make_old(path)
    with closing(HistoryStore(path)) as store:
        assert store.write(_words).result() == wanted
        assert found(store, "天気") == both("ja")
        assert found(store, "lima") == both("en")
    assert len(list((path.parent / "backups").iterdir())) == 1


def _make_old(path: Path) -> None:
    """Index the texts as they stand, as the schema before did."""
    before = MIGRATION_NAMES.index("m010_scripts")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("INSERT INTO run_words (run_words) VALUES ('rebuild')")
        raw.execute("INSERT INTO prompt_words (prompt_words) VALUES ('rebuild')")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm010_scripts'")
        raw.execute(f"PRAGMA user_version = {before}")


def test_search_form_leaves_what_needs_nothing() -> None:
    plain = "Plain ASCII, 1 + 1."
    assert search_form(plain) is plain
    assert search_form("naïve") == "naïve"
    assert search_form("a模型b").split() == ["a", "模", "型", "b"]
    assert [ends_in_sign(text) for text in ("模型", "模型v2", "", "ที่")] == [
        True,
        False,
        False,
        True,
    ]
    assert search_form("𠀀𠀁").split() == ["𠀀", "𠀁"]


def _words(db: Database) -> list[tuple[object, ...]]:
    """Every word of both indexes with its place."""
    rows: list[tuple[object, ...]] = []
    for index in ("run_words", "prompt_words"):
        db.execute(f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, {index}, instance)")
        rows += db.execute("SELECT term, doc, col, offset FROM temp.seen ORDER BY 1, 2, 3, 4")
        db.execute("DROP TABLE temp.seen")
    return rows


def test_only_the_writer_needs_the_function(filled: HistoryStore) -> None:
    """Another program can still read and search the file; only our own changes the index."""
    assert filled.path is not None
    with closing(sqlite3.connect(filled.path)) as plain:
        match = "SELECT rowid FROM run_words WHERE run_words MATCH ?"
        assert plain.execute(match, ['"模 型"']).fetchall()
        assert plain.execute("SELECT reply FROM runs_readable WHERE run_id = 'ja'").fetchall()
    db = open_writer(None)
    assert db.execute("SELECT search_form('模型')").fetchone()[0].split() == ["模", "型"]
    db.close()

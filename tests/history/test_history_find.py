"""Finding runs: every kind of condition, both ways of asking, orders, groups, blocks of rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from workbench.core.errors import UserError
from workbench.core.run import RunEnd, RunStart, RunStatus
from workbench.core.sampling import Sampling
from workbench.history import branches, curate, retention
from workbench.history import find as find_module
from workbench.history.find import find, find_all
from workbench.history.groups import groups
from workbench.history.listing import ORDERS, TimeOrder, in_order, lines, run_ids
from workbench.history.query import parse_query
from workbench.history.store import HistoryStore

MakeStart = Callable[..., RunStart]
MakeEnd = Callable[..., RunEnd]
MakeModel = Callable[..., object]


@pytest.fixture
def filled(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd, make_model: MakeModel
) -> HistoryStore:
    """Four runs that differ in everything one can ask for; `run-5` still runs."""
    day = 86_400_000_000
    for number, changes, text, n in (
        (1, {"prompt_name": "capital", "text": "Capital of Peru?"}, " Lima is it.", 5),
        (2, {"prompt_name": "capital", "text": "Capital of Italy?",
             "sampling": Sampling(temperature=1.2)}, " Rome, the città.", 9),
        (3, {"prompt_name": "poem", "text": "A poem on foo-bar", "prompt_source": "text: poem\n",
             "experiment": "verses", "model": make_model(name="other-7b")}, " Roses are red", 20),
        (4, {"prompt_name": "poem", "text": 'A poem on "quotes"', "parent": None,
             "variables": {"topic": "line one\nline two"}}, " Violets", 2),
    ):  # fmt: skip
        start = make_start(f"run-{number}", created_us=1_800_000_000_000_000 + number * day,
                           **changes)  # fmt: skip
        store.start_run(start).result()
        store.finish_run(start.run_id, make_end(text=text, n=n)).result()
    store.start_run(make_start("run-5", text="Capital of France?")).result()
    curate.change_tags(store, ["run-1", "run-3"], add=["good one"]).result()
    curate.star(store, ["run-2"], True).result()
    curate.rate(store, ["run-2", "run-4"], 4).result()
    curate.note(store, "run-4", "Needs a better rhyme").result()
    return store


CASES = [
    ("", "5 4 3 2 1"),
    ("capital", "5 2 1"),
    ("cap", "5 2 1"),
    ("capital lima", "1"),
    ("lima", "1"),
    ("LIM", "1"),
    ("citta", "2"),
    ('"capital of italy"', "2"),
    ('"italy of capital"', ""),
    ("foo-bar", "3"),
    ("quotes", "4"),
    ("rhyme", "4"),
    ("note:rhyme", "4"),
    ("reply:rhyme", ""),
    ("text:poem ", "4 3"),
    ("line two", "4"),
    ("good", "3 1"),
    ("-capital", "4 3"),
    ("poem -roses", "4"),
    ("model:other", "3"),
    ("model:OTHER,nothing", "3"),
    ("-model:other", "5 4 2 1"),
    ("quant:q8", "5 4 3 2 1"),
    ("tag:good-one", "3 1"),
    ("tag:GOOD*", "3 1"),
    ("tag:good", ""),
    ("prompt:cap", "5 2 1"),
    ("experiment:verse", "3"),
    ("status:running", "5"),
    ("finish:stop", "4 3 2 1"),
    ("run:run-3", "3"),
    ("temp>1", "2"),
    ("temp:0.3", "5 4 3 1"),
    ("-temp>1", "5 4 3 1"),
    ("tokens>10", "3 2"),
    ("tokens:..10", "4 1"),
    ("-tokens>10", "4 1"),
    ("rating>=4", "4 2"),
    ("is:starred", "2"),
    ("is:tagged", "3 1"),
    ("is:noted", "4"),
    ("is:branch", "5 3 2 1"),
    ("seed:42", "5 4 3 2 1"),
    ("date>2027-01-18", "4"),
    ("name:draft", ""),
    ("score:rouge_l<0.3", "1"),
    ("score:rouge_l", "2 1"),
    ("-score:rouge_l", "5 4 3"),
    ("is:scored", "4 2 1"),
    ("capital temp>1 is:starred score:rouge_l>0.5", "2"),
]


def add_scores(store: HistoryStore) -> None:
    """Scores of three runs, one of them without a value."""
    rows = [(1, 0.25, ""), (2, 0.75, ""), (4, None, "empty")]

    def task(db: object) -> None:
        for run, value, reason in rows:
            db.execute(  # type: ignore[attr-defined]
                "INSERT INTO scores VALUES (?, 0, 'rouge_l', 1, '{}', ?, ?, 0)",
                [run, value, reason],
            )

    store.write(task).result()


def names(store: HistoryStore, text: str) -> str:
    """The numbers of the runs that a query finds, in order."""
    ids = find_all(store.read, parse_query(text))
    return " ".join(str(int(i)) for i in ids)


@pytest.mark.parametrize("few", [3000, 0])
def test_every_condition_finds_the_same_in_both_ways(
    filled: HistoryStore, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Few matches are asked one by one, many window by window; the answers agree."""
    add_scores(filled)
    monkeypatch.setattr(find_module, "FEW", few)
    monkeypatch.setattr(find_module, "MANY", few)
    monkeypatch.setattr(find_module, "_FIRST_WINDOW", 2)
    wrong = {}
    for query, expected in CASES:
        found = names(filled, query)
        if found != expected:
            wrong[query] = (found, expected)
    assert not wrong


def test_what_is_changed_is_found_as_it_is_now(filled: HistoryStore, make_end: MakeEnd) -> None:
    """Notes, names, tags and the end of a run change what finds it; the trash hides it."""
    curate.note(filled, "run-4", "Quite all right").result()
    assert names(filled, "rhyme ") == ""
    assert names(filled, "quite right ") == "4"
    branches.rename(filled, "run-4", "Ballad").result()
    assert names(filled, "ballad ") == names(filled, "name:ball ") == "4"
    curate.change_tags(filled, ["run-1"], add=["fine"], remove=["good-one"]).result()
    assert names(filled, "tag:fine ") == "1"
    assert names(filled, "tag:good-one ") == "3"
    filled.finish_run("run-5", make_end(RunStatus.CANCELLED, " Paris")).result()
    assert names(filled, "paris ") == "5"
    branches.trash(filled, ["run-5"]).result()
    assert names(filled, "paris ") == ""
    branches.restore(filled, ["run-5"]).result()
    assert names(filled, "paris ") == "5"
    filled.write(
        lambda db: db.execute("INSERT INTO run_words(run_words) VALUES ('integrity-check')")
    ).result()


def test_the_first_piece_comes_before_the_rest(
    filled: HistoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_module, "_FIRST_WINDOW", 2)
    chunks = list(find(filled.read, parse_query("")))
    assert [chunk.ids.tolist() for chunk in chunks] == [[5, 4], [3, 2, 1]]
    assert [chunk.done for chunk in chunks] == [0.4, 1.0]


def test_orders_put_what_has_no_value_last(filled: HistoryStore) -> None:
    ids = find_all(filled.read, parse_query(""))
    expected = {
        ("created", True): [4, 3, 2, 1, 5],  # the last one was recorded with an older time
        ("created", False): [5, 1, 2, 3, 4],
        ("tokens", True): [3, 2, 1, 4, 5],
        ("tokens", False): [4, 1, 2, 3, 5],
        ("rating", True): [4, 2, 5, 3, 1],
        ("prompt", False): [1, 2, 5, 3, 4],
    }
    for (order, descending), rows in expected.items():
        found = filled.read(lambda c: in_order(c, ids, order, descending=descending))  # noqa: B023
        assert found.tolist() == rows, (order, descending)
    assert {order for order, _ in expected} < set(ORDERS)


def test_an_import_of_older_runs_is_noticed(
    store: HistoryStore, make_start: MakeStart, make_end: MakeEnd
) -> None:
    """Whether the order of recording is that of time, also when only the new runs are asked."""
    order = TimeOrder()

    def add(*times: int) -> bool:
        for time in times:
            start = make_start(f"run-{time}", created_us=1_800_000_000_000_000 + time)
            store.start_run(start).result()
            store.finish_run(start.run_id, make_end()).result()
        return store.read(order.holds)

    assert store.read(order.holds)
    assert add(10, 20, 30)
    assert store.read(order.holds)
    assert add(40, 50)
    assert not add(45)
    assert not add(60)
    assert not store.read(TimeOrder().holds)
    branches.trash(store, ["run-45", "run-60"]).result()
    retention.empty_trash(store).result()
    assert store.read(order.holds), "its number is another run's now"
    assert add(70)


def test_a_block_of_rows_tells_everything(filled: HistoryStore) -> None:
    add_scores(filled)
    found = filled.read(lambda c: lines(c, [2, 99, 5]))
    assert sorted(found) == [2, 5]
    line = found[2]
    assert (line.run_id, line.prompt_name, line.prompt) == ("run-2", "capital", "Capital of Italy?")
    assert (line.temperature, line.n_tokens, line.rating, line.starred) == (1.2, 18, 4, True)
    assert line.scores == {"rouge_l": 0.75}
    assert found[5].n_tokens is None
    assert found[5].finish == ""
    assert filled.read(lambda c: run_ids(c, [5, 99, 1])) == ["run-5", "run-1"]


@pytest.mark.parametrize("by", ["prompt", "version", "model", "experiment", "tag"])
def test_a_groups_condition_finds_its_runs(filled: HistoryStore, by: str) -> None:
    """Groups count what they find, of all runs and of those that were found."""
    everything = filled.read(lambda c: groups(c, by, None))
    assert everything
    for group in everything:
        if group.condition is not None:
            ids = find_all(filled.read, parse_query("").also(group.condition))
            assert len(ids) == group.count, group
    some = filled.read(lambda c: groups(c, by, np.array([3, 4])))
    assert sum(g.count for g in some) == (1 if by == "tag" else 2)


def test_a_search_that_nobody_wants_any_more_ends(filled: HistoryStore) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(UserError, match="stopped"):
        filled.read(lambda c: c.execute(endless).fetchone(), stop=lambda: True)

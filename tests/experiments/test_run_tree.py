"""The tree of branches as lines, and what is said about replies beside each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from workbench.core.run import RunStatus
from workbench.core.tokens import NO_RANK, TokenTable
from workbench.core.types import Finish
from workbench.experiments.run_tree import (
    common_beginning,
    descendants,
    growing,
    reply_facts,
    run_tree,
)
from workbench.history.branches import BranchRow, SampleRow

ROOT = BranchRow(
    run_id="a",
    parent=None,
    n_given=0,
    created_us=0,
    status=RunStatus.DONE,
    name="",
    prompt_name="story",
    model_name="demo",
    model_path="/demo.gguf",
    seed=7,
    n_samples=1,
    error="",
    trashed=False,
    samples=(SampleRow("The old cat sat.", 5, Finish.STOP),),
)


def fork(
    run_id: str, parent: str, text: str = "The old dog ran.", at: int = 2, **more: object
) -> BranchRow:
    """A run forked from another."""
    values = {"parent": (parent, more.pop("sample", 0), at), "n_given": 1, **more}
    samples = (SampleRow(text, 6, Finish.LENGTH),)
    return replace(ROOT, **{"run_id": run_id, "samples": samples, **values})  # type: ignore[arg-type]  # field names as keys


def shape(rows: list[BranchRow]) -> list[tuple[str, int | None, int]]:
    """Who stands below whom."""
    return [(n.run_id, n.sample, n.parent) for n in run_tree(rows)]


def test_forks_stand_below_their_parents_older_ones_first() -> None:
    rows = [fork("d", "b"), fork("c", "a"), ROOT, fork("b", "a"), fork("e", "a")]
    assert shape(rows) == [
        ("a", 0, -1), ("b", 0, 0), ("d", 0, 1), ("c", 0, 0), ("e", 0, 0),
    ]  # fmt: skip


def test_a_run_of_several_replies_has_each_below_it_with_its_forks() -> None:
    two = (SampleRow("One.", 2, Finish.STOP), SampleRow("Two.", 2, Finish.STOP))
    many = replace(fork("b", "a"), n_samples=2, samples=two, n_given=0)
    rows = [ROOT, many, fork("c", "b", sample=1), fork("d", "b", sample=0)]
    assert shape(rows) == [
        ("a", 0, -1), ("b", None, 0), ("b", 0, 1), ("b", 1, 1), ("d", 0, 2), ("c", 0, 3),
    ]  # fmt: skip
    nodes = run_tree(rows)
    assert [n.is_run for n in nodes] == [True, True, False, False, True, True]
    assert nodes[1].title == "2 continuations"
    assert nodes[2].caption == "seed 7 · 2 tokens · stop"
    assert nodes[3].caption.startswith("seed 8")


def test_lines_say_what_differs_how_and_how_long() -> None:
    root, other, edited, again = run_tree(
        [ROOT, fork("b", "a"), fork("c", "a", n_given=3), fork("d", "a", n_given=0)]
    )
    assert (root.title, root.caption) == ("The old cat sat.", "story · 5 tokens · stop")
    assert (other.title, other.caption) == (
        "…dog ran.", "another token at 3 · 6 tokens · length",
    )  # fmt: skip
    assert edited.caption.startswith("edited at 3")
    assert again.caption.startswith("said anew at 3")
    assert (root.at, other.at) == (None, 2)
    named = run_tree([replace(ROOT, name="my favourite")])[0]
    assert (named.title, named.is_named) == ("my favourite", True)


@pytest.mark.parametrize(
    ("status", "error", "title", "ends"),
    [
        (RunStatus.RUNNING, "", "running", "running"),
        (RunStatus.FAILED, "It broke.", "It broke.", "failed"),
        (RunStatus.INTERRUPTED, "", "interrupted", "interrupted"),
        (RunStatus.CANCELLED, "", "stopped", "stopped"),
    ],
)
def test_a_run_without_text_says_what_became_of_it(
    status: RunStatus, error: str, title: str, ends: str
) -> None:
    (node,) = run_tree([replace(ROOT, status=status, error=error, samples=())])
    assert node.title == title
    assert node.caption.endswith(ends)


def test_deleted_runs_stay_only_while_something_stands_on_them() -> None:
    rows = [ROOT, fork("b", "a", trashed=True), fork("c", "b"), fork("d", "a", trashed=True)]
    assert shape(rows) == [("a", 0, -1), ("b", 0, 0), ("c", 0, 1)]
    assert [n.trashed for n in run_tree(rows)] == [False, True, False]
    assert shape([replace(ROOT, trashed=True), fork("b", "a", trashed=True)]) == []
    below = [replace(ROOT, trashed=True), fork("b", "a", trashed=True), fork("c", "b")]
    assert [n.trashed for n in run_tree(below)] == [True, True, False]


def test_a_fork_whose_parent_is_missing_is_a_root() -> None:
    assert shape([fork("b", "gone"), fork("c", "b")]) == [("b", 0, -1), ("c", 0, 0)]
    assert run_tree([fork("b", "gone")])[0].title == "The old dog ran."


def test_deep_and_wide_trees_are_no_trouble() -> None:
    deep = [ROOT] + [fork(f"b{i:05}", f"b{i - 1:05}" if i else "a") for i in range(3000)]
    nodes = run_tree(deep)
    assert len(nodes) == 3001
    assert nodes[-1].parent == 2999
    assert len(descendants(deep, "a")) == 3001


def test_descendants_are_all_that_stands_on_a_run() -> None:
    rows = [ROOT, fork("b", "a"), fork("c", "b"), fork("d", "a"), fork("e", "c")]
    assert descendants(rows, "b") == ["b", "c", "e"]
    assert descendants(rows, "d") == ["d"]


def table(ids: list[int], logprob: float = -0.5) -> TokenTable:
    """Tokens that are all as likely."""
    n = len(ids)
    return TokenTable(
        np.array(ids, np.int32),
        np.full(n, logprob, np.float32),
        np.full(n, NO_RANK, np.int32),
        np.zeros(n, np.float32),
        np.zeros(n, np.float32),
        np.zeros((n, 1), np.int32),
        np.zeros((n, 1), np.float32),
    )


def test_a_growing_run_says_what_it_said_by_now() -> None:
    running = replace(fork("b", "a"), status=RunStatus.RUNNING, samples=())
    row = growing(running, [table([1, 2, 3])], {1: b"The old ", 2: b"fox", 3: "ü".encode()[:1]})
    node = run_tree([ROOT, row])[1]
    assert (node.title, node.status) == ("…fox", RunStatus.RUNNING)
    assert "3 tokens · running" in node.caption


def test_facts_count_only_what_is_new() -> None:
    whole = TokenTable.concat([table([1, 2], -9.0), table([3, 4, 5], -0.25)])
    assert reply_facts(whole, 2, Finish.STOP) == "3 tokens · 0.25 nats each · stop"
    assert reply_facts(whole, 4, None) == "1 token · 0.25 nats each"
    assert reply_facts(whole, 5, None) == "0 tokens"
    assert reply_facts(table([1], float("nan")), 0, None) == "1 token"


def test_the_common_beginning() -> None:
    assert common_beginning([table([1, 2, 3]), table([1, 2, 4]), table([1, 2])]) == 2
    assert common_beginning([table([1, 2]), table([1, 2])]) == 2
    assert common_beginning([table([5]), table([6])]) == 0
    assert common_beginning([]) == 0

"""Needles: where they should be, as long as they should be, and told only once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.core.errors import UserError
from workbench.experiments.tasks.load import load_task
from workbench.experiments.tasks.needle import NeedlePlan, needle_rows, needle_task


def words(text: str) -> int:
    return len(text.split())


def test_every_length_and_depth_is_there() -> None:
    plan = NeedlePlan((60, 200, 900), (0, 30, 100), repeats=3, distractors=4)
    task = needle_task(plan, words)
    assert len(task.items) == 27
    assert len({item.group for item in task.items}) == 9
    for item in task.items:
        context, needle = item.variables["context"], item.variables["needle"]
        length, depth = item.extra["length"], item.extra["depth"]
        assert isinstance(length, int)
        assert isinstance(depth, int)
        assert length - 15 <= words(context) <= length
        assert context.count(needle) == 1
        assert context.count(item.references[0]) == 1
        assert context.count("The code word of the") == 5
        before = words(context[: context.index(needle)])
        rest = words(context) - words(needle)
        assert abs(before - rest * depth / 100) <= 10
    assert needle_task(plan, words) == task


def test_rows_come_back_as_items(tmp_path: Path) -> None:
    task = needle_task(NeedlePlan((80,), (50,)), words)
    path = tmp_path / "needle.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in needle_rows(task)))
    again = load_task(path)
    assert [(i.id, i.references, i.group, i.tags) for i in again.items] == [
        (i.id, i.references, i.group, i.tags) for i in task.items
    ]
    assert [i.variables["context"] for i in again.items] == [
        i.variables["context"] for i in task.items
    ]


@pytest.mark.parametrize(
    "plan",
    [
        NeedlePlan(()),
        NeedlePlan((10,)),
        NeedlePlan((100,), (120,)),
        NeedlePlan((100,), (-1,)),
        NeedlePlan(repeats=10_000),
        NeedlePlan(distractors=-1),
        NeedlePlan(distractors=999),
    ],
)
def test_what_cannot_be_made_is_refused(plan: NeedlePlan) -> None:
    with pytest.raises(UserError):
        needle_task(plan, words)

"""Which items are asked, in what order, and which examples stand in front of each."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.core.errors import UserError
from workbench.core.task import Item, Kind, Task
from workbench.experiments.evaluate.plan import EvalPlan

CONTROL = "control"
"""The variant of an item that is its prompt without what the probe puts into it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One item as it is asked.

    Attributes:
        shots: examples in front of it, in order.
        order: for each answer as it is shown, which of the item's own it is.
    """

    item: Item
    shots: tuple[Item, ...]
    order: tuple[int, ...] = ()


def asked_items(task: Task, plan: EvalPlan) -> tuple[Asked, ...]:
    """Every item to ask, the same for the same task and plan.

    Examples come from the task's own; where it has none, from its first items, which are then not
    asked.

    Raises:
        UserError: there are fewer examples than wanted, or no item is left.
    """
    pool, scored = task.few_shot, task.items
    if plan.few_shot and not pool:
        pool, scored = scored[: plan.few_shot], scored[plan.few_shot :]
    if plan.few_shot > len(pool):
        raise UserError(
            f"{task.name} has {len(pool)} examples, and {plan.few_shot} are wanted.",
            "Ask for fewer, or mark more rows with split: dev.",
        )
    if not scored:
        raise UserError(f"All items of {task.name} are used as examples.", "Ask for fewer.")
    scored = scored[: plan.task.limit]
    groups = _by_group(pool)
    asked = []
    for item in _with_controls(scored):
        shots = _shots(item, pool, groups, plan.few_shot)
        order = tuple(range(len(item.options or item.choices)))
        if item.kind is Kind.CHOICE and (plan.permute or "permute" in item.tags):
            order = _shuffled(item, plan.seed)
        asked.append(Asked(item, shots, order))
    return tuple(asked)


def _with_controls(items: Sequence[Item]) -> list[Item]:
    """Every item, and behind it its control if it has one."""
    found = []
    for item in items:
        if item.other_prompt is None:
            found.append(item)
            continue
        cluster = item.cluster or item.id
        control = replace(
            item,
            id=f"{item.id}/{CONTROL}",
            prompt=item.other_prompt,
            other_prompt=None,
            variant_of=item.id,
            variant=CONTROL,
            cluster=cluster,
        )
        found += [replace(item, cluster=cluster), control]
    return found


def _by_group(pool: Sequence[Item]) -> Mapping[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for item in pool:
        groups.setdefault(item.group, []).append(item)
    return groups


def _shots(
    item: Item, pool: Sequence[Item], groups: Mapping[str, list[Item]], wanted: int
) -> tuple[Item, ...]:
    """The first ones of the item's own group, else of all; never the item itself."""
    if not wanted:
        return ()
    own = groups.get(item.group, [])
    chosen = own if len(own) >= wanted else pool
    return tuple(shot for shot in chosen if shot.id != item.id)[:wanted]


def _shuffled(item: Item, seed: int) -> tuple[int, ...]:
    order = list(range(len(item.options or item.choices)))
    random.Random(f"{seed}:{item.variant_of or item.id}").shuffle(order)
    return tuple(order)

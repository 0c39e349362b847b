"""What a plan says of memory and of who waits for whom, in words. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.core.memory import Need, Room, size_words
from workbench.experiments.compare_plan import Plan, Wave
from workbench.gui.translate import tr


def plan_summary(plan: Plan) -> str:
    """What the models need together; empty when that is not known."""
    needs = [wave.need for wave in plan.waves]
    if None in needs:
        return ""
    return memory_words(sum((n for n in needs if n is not None), Need()), plan.room)


def memory_words(need: Need | None, free: Room) -> str:
    """What is needed of what is free: "needs about 5.0 GiB of 8.0 GiB free"."""
    if need is None:
        return tr("needs an unknown amount of memory")
    if need == Need():
        return tr("needs no more memory")
    ram = tr("needs about {needed} of {free} free", needed=_size(need.ram), free=_size(free.ram))
    if not need.gpu:
        return ram
    return tr(
        "{ram}, on the GPU about {needed} of {free} free",
        ram=ram,
        needed=_size(need.gpu),
        free=_size(free.gpu),
    )


def _size(n_bytes: int | None) -> str:
    return tr("an unknown amount") if n_bytes is None else size_words(n_bytes)


def plan_message(plan: Plan, letters: Sequence[str]) -> str:
    """Who runs first and who waits for memory, with numbers; empty when memory is no matter."""
    if len(plan.waves) < 2 or plan.all_fit:
        return ""
    steps = [
        f"{tr('first') if number == 0 else tr('then')} {names(wave, letters)} "
        f"({memory_words(wave.need, plan.room)})"
        for number, wave in enumerate(plan.waves)
    ]
    return tr("These models do not fit into memory together: {steps}.", steps=", ".join(steps))


def waiting_words(plan: Plan, place: int, letters: Sequence[str]) -> str:
    """What stands in a column before its first token."""
    number = plan.wave_of(place)
    if not number:
        return tr("Loading the models…")
    before = names(plan.waves[number - 1], letters)
    if plan.all_fit:
        return tr(
            "Queued behind {before}: there are more models than processor cores.", before=before
        )
    return tr(
        "Queued behind {before}: {memory_words}.",
        before=before,
        memory_words=memory_words(plan.waves[number].need, plan.room),
    )


def names(wave: Wave, letters: Sequence[str]) -> str:
    """The columns of a wave: "A, B and D"."""
    known = [letters[n] for n in wave.columns]
    return (
        known[0]
        if len(known) == 1
        else tr("{names} and {last}", names=", ".join(known[:-1]), last=known[-1])
    )

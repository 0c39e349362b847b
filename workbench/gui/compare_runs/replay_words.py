"""What came of a replay, in the person's language. No Qt."""

from __future__ import annotations

from workbench.core.replay import Changed, Replayed
from workbench.gui.said import tr_said
from workbench.gui.translate import tr


def change_words(changed: Changed) -> str:
    """What is other now."""
    return tr(
        "{aspect}: {then} then, {now} now",
        aspect=tr(changed.aspect.value),
        then=tr_said(changed.then),
        now=tr_said(changed.now),
    )


def explained(found: Replayed) -> str:
    """The explanation, sentence by sentence."""
    text = found.explanation
    for changed in found.changed:
        text = text.replace(capital(changed.sentence), capital(change_words(changed)))
    listed = ", ".join(changed.aspect for changed in found.changed)
    return tr_said(text.replace(f": {listed}.", f": {_aspects(found)}.") if listed else text)


def capital(sentence: str) -> str:
    """With a capital letter in front."""
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _aspects(found: Replayed) -> str:
    return ", ".join(tr(changed.aspect.value) for changed in found.changed)

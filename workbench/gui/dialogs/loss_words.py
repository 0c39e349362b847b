"""What a format leaves out, in the person's language. No Qt."""

from __future__ import annotations

import re

from workbench.gui.said import tr_said
from workbench.gui.translate import tr

_BETWEEN = re.compile(r", | and ")


def loss_words(loss: str) -> str:
    """A sentence of `workbench.export`, or its list of things: "The tags and 2 evaluators."."""
    said = tr_said(loss)
    if said != loss:
        return said
    things = _BETWEEN.split(f"{loss[:1].lower()}{loss[1:]}".removesuffix("."))
    told = [tr_said(thing) for thing in things]
    if any(one == thing for one, thing in zip(told, things, strict=True)):
        return loss
    *most, last = told
    listed = tr("{names} and {last}", names=", ".join(most), last=last) if most else last
    return f"{listed[:1].upper()}{listed[1:]}."

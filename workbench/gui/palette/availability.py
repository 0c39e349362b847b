"""Why an action cannot be carried out at this moment, in a few words. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.gui.translate import mark


@dataclass(frozen=True, slots=True)
class Facts:
    """What is the case in the window now.

    Attributes:
        prompt: a prompt is open. model: one is loaded. idle: no run is under way.
        run: one is on show. token: one is chosen. mistake: the prompt has one.
        generates: the workspace in front is the one whose button runs the prompt.
        busy: there is something that Esc would stop or release.
    """

    prompt: bool
    model: bool
    idle: bool
    run: bool
    token: bool
    mistake: bool
    generates: bool
    busy: bool


_WORDS: Mapping[str, str] = {
    "prompt": mark("no prompt is open"),
    "model": mark("no model is loaded"),
    "idle": mark("a run is under way"),
    "run": mark("no reply is on show"),
    "token": mark("no token is chosen"),
    "mistake": mark("the prompt has no mistake"),
    "busy": mark("nothing runs"),
}

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "stop": ("busy",),
    "retry": ("prompt", "model", "idle"),
    "save": ("prompt",),
    "save_as": ("prompt",),
    "export": ("prompt",),
    "versions": ("prompt",),
    "find": ("prompt",),
    "replace": ("prompt",),
    "find_next": ("prompt",),
    "find_previous": ("prompt",),
    "to_error": ("mistake",),
    "branches": ("run",),
    "samplers": ("run", "token"),
    "ahead": ("model", "run"),
    "chat_template": ("model",),
    "focus_prompt": ("prompt",),
    "focus_variables": ("prompt",),
    "focus_reply": ("run",),
}


def why_not(action: str, facts: Facts) -> str:
    """A few words to be translated; empty when the action can be carried out."""
    needs = _NEEDS.get(action, ())
    if action == "generate" and facts.generates:
        needs = ("prompt", "model", "idle")
    return next((_WORDS[need] for need in needs if not getattr(facts, need)), "")

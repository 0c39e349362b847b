"""A sweep as a form says it, and the plan it means. Any thread; no Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.core.errors import UserError
from workbench.core.library_folders import LibraryFolders
from workbench.core.remote import model_label
from workbench.core.sampling import PARAMETERS, Kind, Sampling
from workbench.experiments.models import find_model, list_models
from workbench.experiments.session import Prepared, Session
from workbench.experiments.sweep_plan import MODEL, PROMPT, SEED, VARIABLE, Axis, SweepPlan, checked
from workbench.experiments.sweep_values import as_text, axis_values
from workbench.experiments.versions import prompt_key
from workbench.templates.prompt_file import PromptFile, load_prompt, parse_prompt

NOW = "now"
"""The prompt as it stands in the editor, among versions."""

_VERSION = re.compile(r"v([1-9][0-9]*)")
_USUAL: Mapping[str, str] = {
    "temperature": "0.2, 0.6, 1, 1.4",
    "top_p": "0.8, 0.9, 0.95, 1",
    "top_k": "5, 20, 40, 100",
    "min_p": "0, 0.05, 0.1, 0.2",
    "typical_p": "0.5, 0.8, 1",
    "repeat_penalty": "1, 1.1, 1.2, 1.4",
    "max_tokens": "16, 64, 256",
    SEED: "1, 2, 3, 4",
}


@dataclass(frozen=True, slots=True)
class SweepWish:
    """What a person filled in.

    Attributes:
        axes: names, and values as they are written.
    """

    axes: tuple[tuple[str, str], ...]
    n_samples: int = 4
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be swept, by name, and values to begin with.

    Attributes:
        names: in the order in which they are offered.
        values: as text; empty where nobody knows.
        known: the only values there are, where that is so (models, versions).
    """

    names: tuple[str, ...]
    values: Mapping[str, str]
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


FIRST = SweepWish((("temperature", "0.2, 0.6, 1, 1.4"), ("top_p", "0.8, 0.95, 1")))
"""What the form begins with."""


def choices_of(session: Session, prepared: Prepared) -> Choices:
    """What the prompt as it stands can be swept over.

    Raises:
        UserError: the history cannot be read.
    """
    own = prepared.loaded.model
    models = [model_label(own.path)]
    models += [model_label(m.path) for m in list_models(session.profile) if m.path != own.path]
    versions = (NOW, *_versions(session, prepared.prompt))
    known = {MODEL: tuple(dict.fromkeys(models)), PROMPT: versions}
    variables = {f"{VARIABLE}{name}": value for name, value in prepared.values.items()}
    values = {name: _usual(name) for name in PARAMETERS}
    values |= {SEED: _USUAL[SEED]} | {name: as_text(texts) for name, texts in known.items()}
    values |= {
        n: as_text((str(v),)) for n, v in variables.items() if isinstance(v, str | int | float)
    }
    numbers = [n for n, p in PARAMETERS.items() if p.kind in (Kind.FLOAT, Kind.INT)]
    others = [n for n in PARAMETERS if n not in numbers]
    names = (*numbers, *variables, MODEL, PROMPT, SEED, *others)
    return Choices(names, values, known)


def plan_of(
    session: Session, wish: SweepWish, prepared: Prepared, sampling: Sampling, seed: int
) -> SweepPlan:
    """The plan, with every cell possible.

    Raises:
        UserError: an axis or a value is wrong, or names a model or a version there is none of.
    """
    axes = tuple(Axis(name, axis_values(name, text)) for name, text in wish.axes)
    named = {axis.name: axis.values for axis in axes}
    own = Path(prepared.loaded.model.path)
    plan = SweepPlan(
        axes=axes,
        models=tuple(_model(session, n, own) for n in named.get(MODEL, (model_label(own),))),
        prompts=tuple(_prompt(session, n, prepared.prompt) for n in named.get(PROMPT, (NOW,))),
        values=dict(prepared.values),
        sampling=sampling,
        seed=seed,
        n_samples=wish.n_samples,
        settings=prepared.settings,
        is_list=wish.is_list,
        chat_template=_edited_template(prepared),
    )
    if len(set(plan.models)) < len(plan.models):
        raise UserError("The axis model names one model twice.", "Leave one of them out.")
    return checked(plan, session.library)


def wish_of(plan: SweepPlan) -> SweepWish:
    """A plan as the form shows it."""
    axes = tuple((axis.name, as_text(axis.values)) for axis in plan.axes)
    return SweepWish(axes, plan.n_samples, plan.is_list)


def _edited_template(prepared: Prepared) -> str | None:
    own = prepared.loaded.model.chat_template
    used = prepared.chat_template
    return used if used is not None and own is not None and used != own else None


def _usual(name: str) -> str:
    if name in _USUAL:
        return _USUAL[name]
    parameter = PARAMETERS[name]
    if parameter.kind is Kind.BOOL:
        return "false, true"
    if parameter.kind not in (Kind.FLOAT, Kind.INT):
        return ""
    low, high = parameter.low, parameter.high
    steps = [low + (high - low) * i / 3 for i in range(4)]
    if parameter.kind is Kind.INT:
        return ", ".join(dict.fromkeys(str(round(s)) for s in steps))
    return ", ".join(dict.fromkeys(f"{round(s, 2):g}" for s in steps))


def _model(session: Session, name: str, own: Path) -> Path:
    return own if name == model_label(own) else find_model(name, session.profile)


def _versions(session: Session, prompt: PromptFile) -> Sequence[str]:
    if prompt.path is None:
        return ()
    from workbench.history.versions import PromptVersions

    key = prompt_key(prompt.path, LibraryFolders(session.profile).all())
    return [f"v{version.number}" for version in PromptVersions(session.store).list(key)]


def _prompt(session: Session, name: str, own: PromptFile) -> PromptFile:
    matched = _VERSION.fullmatch(name)
    if name == NOW:
        return own
    if matched is None or own.path is None:
        return load_prompt(session.library.find(name))
    from workbench.history.versions import PromptVersions

    versions = PromptVersions(session.store)
    version = versions.get(
        prompt_key(own.path, LibraryFolders(session.profile).all()), int(matched[1])
    )
    return parse_prompt(versions.source(version), own.name, own.path)

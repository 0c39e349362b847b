"""Which replies come from the same competitor, and what competitors are called."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from workbench.core.ids import text_hash
from workbench.core.ranking import By
from workbench.core.run import RunStart
from workbench.core.sampling import Sampling
from workbench.core.text import elide
from workbench.core.types import EngineSettings
from workbench.core.votes import Contestant, Item
from workbench.history.replies import RunReplies
from workbench.templates.chat import PLAIN_TEMPLATE

_LONGEST = 60
_SHAPING = ("kv_type", "lora", "control_vectors")
"""What of how a model was loaded can change a reply; threads and the like cannot."""


def contestant(start: RunStart) -> Contestant:
    """What wrote the replies of a run."""
    return Contestant(
        model_name=start.model.name,
        quantization=start.model.quantization,
        model_path=start.model.path,
        model_sha256=start.model.sha256,
        prompt_name=start.prompt_name,
        prompt_key=prompt_key(start.prompt_path, start.prompt_source),
        prompt_hash=text_hash(start.prompt_source),
        settings=settings_json(
            start.sampling, start.settings, start.chat_template, start.model.chat_template
        ),
    )


def contestant_of(run: RunReplies) -> Contestant:
    """The same of a run that was only read so far as it matters here."""
    return Contestant(
        model_name=run.model.name,
        quantization=run.model.quantization,
        model_path=run.model.path,
        model_sha256=run.model.sha256,
        prompt_name=run.prompt_name,
        prompt_key=run.prompt_path or run.prompt_hash,
        prompt_hash=run.prompt_hash,
        settings=settings_json(run.sampling, run.settings, run.template, run.model.template),
    )


def prompt_key(path: str, source: str) -> str:
    """What tells prompts apart, whatever version they have."""
    return path or text_hash(source)


def settings_json(
    sampling: Sampling, settings: EngineSettings, template: str | None, own: str | None
) -> str:
    """What differs from the defaults, as canonical JSON.

    A chat `template` counts only where it is not the model's `own`.
    """
    found: dict[str, object] = {}
    defaults = Sampling().to_dict()
    found.update({k: v for k, v in sampling.to_dict().items() if v != defaults[k]})
    plain = EngineSettings()
    for name in _SHAPING:
        value = getattr(settings, name)
        if value != getattr(plain, name):
            found[name] = [list(pair) for pair in value] if isinstance(value, tuple) else str(value)
    if template is not None and template not in (own, PLAIN_TEMPLATE):
        found["chat_template"] = text_hash(template).removeprefix("sha256:")[:8]
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def item_of(a: Contestant, b: Contestant, variables: Mapping[str, object]) -> Item:
    """What two contestants both answered: the prompt, if it is one, and the variables."""
    found = variables_hash(variables)
    if a.prompt_key != b.prompt_key:
        return Item(text_hash(f"\n{found}"), found, f"{a.prompt_name}, {b.prompt_name}")
    return Item(text_hash(f"{a.prompt_key}\n{found}"), found, a.prompt_name)


def variables_hash(variables: Mapping[str, object]) -> str:
    """The same for equal values, whatever their order."""
    return text_hash(json.dumps(variables, sort_keys=True, ensure_ascii=False, default=str))


class Identities:
    """Tells competitors apart among some contestants and names them."""

    def __init__(
        self, contestants: Iterable[Contestant], versions: Mapping[str, str] | None = None
    ) -> None:
        """`versions`: what prompts are called ("story v3"), by the hash of their text."""
        self._versions = dict(versions or {})
        self._all = tuple(dict.fromkeys(contestants))
        known: dict[str, set[str]] = {}
        for one in self._all:
            if one.model_sha256:
                known.setdefault(one.model_path, set()).add(one.model_sha256)
        # A vote may be older than the hash of its model's file.
        self._hash_by_path = {p: min(found) for p, found in known.items() if len(found) == 1}

    def model(self, one: Contestant) -> str:
        """The same for one file under two paths."""
        sha256 = one.model_sha256 or self._hash_by_path.get(one.model_path, "")
        return sha256 or f"{one.model_path}|{one.model_name}|{one.quantization}"

    def key(self, one: Contestant, by: By) -> str:
        """What a competitor is told apart by."""
        parts = self._parts(one)
        if by is By.ALL:
            return "\n".join(parts.values())
        return parts[by]

    def differs_otherwise(self, a: Contestant, b: Contestant, by: By) -> bool:
        """Whether something else than what is ranked differs too."""
        if by is By.ALL:
            return False
        one, other = self._parts(a), self._parts(b)
        return any(one[part] != other[part] for part in one if part is not by)

    def names(self, by: By) -> dict[str, str]:
        """A name for every competitor, by its key; no name is there twice."""
        first: dict[str, Contestant] = {}
        for one in self._all:
            first.setdefault(self.key(one, by), one)
        varying = [
            part
            for part in (By.MODEL, By.SETTINGS, By.PROMPT)
            if len({self._parts(one)[part] for one in first.values()}) > 1
        ] or [By.MODEL]
        shown = [by] if by is not By.ALL else varying
        names = {
            key: " · ".join(self._name(one, part) for part in shown) for key, one in first.items()
        }
        taken = list(names.values())
        return {
            key: name if taken.count(name) == 1 else f"{name} · {_mark(key)}"
            for key, name in names.items()
        }

    def pair_names(self, a: Contestant, b: Contestant) -> tuple[str, str]:
        """Who wrote two replies: the models, and what else differs."""
        one, other = self._parts(a), self._parts(b)
        shown = [
            part
            for part in (By.MODEL, By.SETTINGS, By.PROMPT)
            if part is By.MODEL or one[part] != other[part]
        ]
        first, second = (" · ".join(self._name(c, part) for part in shown) for c in (a, b))
        return first, second

    def _parts(self, one: Contestant) -> dict[By, str]:
        return {
            By.MODEL: self.model(one),
            By.SETTINGS: one.settings,
            By.PROMPT: f"{one.prompt_key}|{one.prompt_hash}",
        }

    def _name(self, one: Contestant, part: By) -> str:
        if part is By.MODEL:
            return f"{one.model_name} {one.quantization}".strip() or "unnamed model"
        if part is By.SETTINGS:
            return settings_name(one.settings)
        version = self._versions.get(one.prompt_hash)
        return version or f"{one.prompt_name} {one.prompt_hash.removeprefix('sha256:')[:6]}"


@cache
def settings_name(settings: str) -> str:
    """Settings in a few words."""
    found: Any = json.loads(settings)
    if not found:
        return "default settings"
    return elide(", ".join(f"{k} {_brief(v)}" for k, v in found.items()), _LONGEST)


def _brief(value: object) -> str:
    if isinstance(value, str):
        return value
    return f"{value:g}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _mark(key: str) -> str:
    return text_hash(key).removeprefix("sha256:")[:6]

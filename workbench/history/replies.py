"""Replies that could be held against others: who wrote them and what they answer. Any thread.

Of a run only what tells it from others is read, not its texts and tokens.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings
from workbench.history.store import HistoryStore
from workbench.history.values import loads, rebuild, restored, sampling_from

MOST = 5000
"""Runs that are looked at, the newest ones."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model as its runs name it; `template` is its own chat template."""

    name: str
    quantization: str
    path: str
    sha256: str
    template: str | None


@dataclass(frozen=True, slots=True)
class RunReplies:
    """The finished replies of a run.

    Attributes:
        samples: their numbers.
        source, prompt_hash: the prompt file's text as it was, and its hash.
        variables: canonical JSON.
        template: the chat template that was used; None for a raw completion.
    """

    run_id: str
    samples: tuple[int, ...]
    prompt_name: str
    prompt_path: str
    source: str
    prompt_hash: str
    variables: str
    model: ModelFile
    sampling: Sampling
    settings: EngineSettings
    template: str | None
    experiment: str
    tags: tuple[str, ...]


def run_replies(
    store: HistoryStore,
    *,
    prompt: str = "",
    experiment: str = "",
    run_ids: Sequence[str] = (),
    most: int = MOST,
) -> list[RunReplies]:
    """The newest runs that ended by themselves and said something, newest first; no forks.

    Answers that an evaluation only weighed are left out: nobody said them.

    Args:
        prompt, experiment: only runs of this prompt's name, of this experiment.
        run_ids: only these runs, whatever their age.

    Raises:
        UserError: the history cannot be read.
    """
    return store.read(lambda c: _read(c, prompt, experiment, tuple(run_ids), most))


_RUNS = """
SELECT r.run_id, r.prompt_name, r.prompt_path, r.prompt_source, r.variables, r.model,
    r.sampling, r.settings, r.chat_template, r.experiment,
    (SELECT json_group_array(idx) FROM samples WHERE run = r.id AND finish IN ('stop', 'length')),
    (SELECT json_group_array(tag) FROM tags WHERE run = r.id)
FROM runs AS r
WHERE r.trashed_us IS NULL AND r.status = 'done' AND r.parent_run IS NULL
    AND coalesce(r.decode_tokens, 1) > 0
    AND (:prompt = '' OR r.prompt_name = :prompt)
    AND (:experiment = '' OR r.experiment = :experiment)
    AND (:ids = '' OR r.run_id IN (SELECT value FROM json_each(:ids)))
ORDER BY r.id DESC LIMIT :most
"""


def _read(
    connection: sqlite3.Connection,
    prompt: str,
    experiment: str,
    run_ids: tuple[str, ...],
    most: int,
) -> list[RunReplies]:
    shared = _Shared(connection)
    rows = connection.execute(
        _RUNS,
        {
            "prompt": prompt,
            "experiment": experiment,
            "ids": json.dumps(run_ids) if run_ids else "",
            "most": most,
        },
    ).fetchall()
    return [
        RunReplies(
            run_id=run_id,
            samples=tuple(sorted(json.loads(samples))),
            prompt_name=restored(name),
            prompt_path=restored(path),
            source=shared.text(source),
            prompt_hash=shared.hash(source),
            variables=restored(variables),
            model=shared.model(model),
            sampling=shared.sampling(sampling),
            settings=shared.settings(settings),
            template=None if template is None else shared.text(template),
            experiment=restored(own or ""),
            tags=tuple(json.loads(tags)),
        )
        for run_id, name, path, source, variables, model, sampling, settings, template, own,
            samples, tags in rows
        if json.loads(samples)
    ]  # fmt: skip


class _Shared:
    """What many runs have in common, read once. What is damaged becomes empty or a default."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._texts: dict[int, tuple[str, str]] = {}
        self._models: dict[int, ModelFile] = {}
        self._sampling: dict[int, Sampling] = {}
        self._settings: dict[int, EngineSettings] = {}

    def text(self, number: int) -> str:
        return self._content(number)[0]

    def hash(self, number: int) -> str:
        return self._content(number)[1]

    def model(self, number: int) -> ModelFile:
        if number not in self._models:
            row = self._connection.execute(
                "SELECT name, quantization, path, sha256, chat_template FROM models WHERE id = ?",
                [number],
            ).fetchone()
            name, quantization, path, sha256, template = row or ("", "", "", "", None)
            own = None if template is None else self.text(template)
            self._models[number] = ModelFile(
                restored(name), restored(quantization), restored(path), restored(sha256), own
            )
        return self._models[number]

    def sampling(self, number: int) -> Sampling:
        if number not in self._sampling:
            self._sampling[number] = sampling_from(self.text(number) or "{}", [])
        return self._sampling[number]

    def settings(self, number: int) -> EngineSettings:
        if number not in self._settings:
            text = self.text(number) or "{}"
            known = loads(text)
            self._settings[number] = (
                rebuild(EngineSettings, text, "settings", [])
                if isinstance(known, dict)
                else EngineSettings()
            )
        return self._settings[number]

    def _content(self, number: int) -> tuple[str, str]:
        if number not in self._texts:
            row = self._connection.execute(
                "SELECT text, hash FROM contents WHERE id = ?", [number]
            ).fetchone()
            self._texts[number] = (restored(row[0]), row[1]) if row else ("", "")
        return self._texts[number]

"""Recorded runs as documents to hand on, without what tells whose machine it was. Any thread."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from workbench.core.errors import UserError
from workbench.experiments.documents import run_document
from workbench.experiments.live_run import RunOutcome
from workbench.history import curate
from workbench.history.load import StoredRun
from workbench.history.run_scores import scores_of
from workbench.history.store import HistoryStore

_HOMES = re.compile(
    r"(?:/home/|/Users/|/root(?=[/\s\"']|$)|[A-Za-z]:[\\/]+Users[\\/]+)[^/\\\s\"':;,)]*"
)
_NOBODY = {"root", "user", "admin", "administrator", "guest", "default", "runner", "ubuntu"}
_SHORTEST_NAME = 3
_PATH_KEYS = ("path", "prompt_path")


def export_runs(
    store: HistoryStore, run_ids: Sequence[str], *, user: str, keep_paths: bool = False
) -> Iterator[dict[str, Any]]:
    """A document for each run, in the shape of `run --json` with variables and remarks.

    Without `keep_paths` folders are cut from paths, homes become "~", and the name `user` becomes
    "user" wherever it stands as a word. Where that changed a text, its tokens are left out, since
    they would spell it: the document's `stripped` names those parts.

    Raises:
        UserError: there is no such run, or it cannot be read.
    """
    for run_id in run_ids:
        document = _document(store, store.get(run_id))
        yield document if keep_paths else strip_document(document, user)


def user_name() -> str:
    """The login name of whoever runs this program; empty when the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def strip_document(document: Mapping[str, Any], user: str) -> dict[str, Any]:
    """The document without folders, homes and the user's name; see `export_runs`."""
    clean = Cleaner(user)
    found = clean.value({k: v for k, v in document.items() if k not in ("prompt", "samples")})
    stripped = []
    prompt = clean.text(document["prompt"])
    if prompt != document["prompt"]:
        found["prompt_tokens"] = []
        stripped.append("prompt_tokens")
    samples = []
    for index, sample in enumerate(document["samples"]):
        text = clean.text(sample["text"])
        changed = text != sample["text"]
        samples.append({**sample, "text": text, **({"tokens": []} if changed else {})})
        if changed:
            stripped.append(f"samples[{index}].tokens")
    return {**found, "prompt": prompt, "samples": samples, "stripped": stripped}


class Cleaner:
    """Takes homes, folders and a user's name out of texts."""

    def __init__(self, user: str) -> None:
        known = len(user) >= _SHORTEST_NAME and user.casefold() not in _NOBODY
        self._user = (
            re.compile(rf"(?<!\w){re.escape(user)}(?!\w)", re.IGNORECASE) if known else None
        )

    def text(self, text: str) -> str:
        """A text without homes and the name."""
        text = _HOMES.sub("~", text)
        return text if self._user is None else self._user.sub("user", text)

    def value(self, value: Any, key: str = "") -> Any:
        """A JSON value without paths, homes and the name."""
        if isinstance(value, str):
            # Tokens spell the texts; whether they may stay is decided by the text.
            return re.split(r"[/\\]", value)[-1] if key in _PATH_KEYS else self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(k)): self.value(v, str(k)) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item, key) for item in value]
        return value


def _document(store: HistoryStore, run: StoredRun) -> dict[str, Any]:
    start = run.start
    remarks = curate.remarks(store, start.run_id)
    if run.end is None:
        raise UserError(f"Run {start.run_id} has not ended yet.", "Export it when it has.")
    return {
        **run_document(RunOutcome(start, run.end, saved=True)),
        "created": datetime.fromtimestamp(start.created_us / 1e6, tz=UTC).isoformat(),
        "prompt_path": start.prompt_path,
        "prompt_source": start.prompt_source,
        "variables": dict(start.variables),
        "chat_template": start.chat_template,
        "experiment": start.experiment or None,
        "tags": list(remarks.tags) if remarks else [],
        "starred": bool(remarks and remarks.starred),
        "rating": remarks.rating if remarks else None,
        "note": remarks.note if remarks else "",
        "scores": [
            {
                "sample": score.sample,
                "metric": score.metric,
                "version": score.version,
                "value": score.value,
                "reason": score.reason,
            }
            for score in scores_of(store, start.run_id)
        ],
        "problems": list(run.problems),
    }

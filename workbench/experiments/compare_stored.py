"""Comparisons of the history, opened again. Any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.core.engine_settings import EngineSettings, KvType
from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.compare_prompts import PromptChoice
from workbench.experiments.live_run import RunOutcome
from workbench.experiments.session import Session

if TYPE_CHECKING:
    from workbench.history.experiments import PlacedRun, StoredExperiment


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """A column as it was planned, and what became of it.

    Attributes:
        sampling: None where the plan holds settings this version does not know.
        seed: of its first sample.
        end: its run, or why there is none any more.
    """

    model: Path
    prompt: PromptChoice
    values: Mapping[str, object]
    sampling: Sampling | None
    settings: EngineSettings
    seed: int
    n_samples: int
    label: str
    end: ColumnEnd


@dataclass(frozen=True, slots=True)
class ComparisonEntry:
    """One comparison in a list.

    Attributes:
        created_us: microseconds since the Unix epoch.
        labels: what its columns were called.
    """

    name: str
    created_us: int
    prompt_name: str
    labels: tuple[str, ...]


def stored_comparisons(session: Session) -> list[ComparisonEntry]:
    """Every comparison of at least two columns, newest first.

    Raises:
        UserError: the history cannot be read.
    """
    from workbench.history.experiments import list_experiments

    made = [(e, _columns(e)) for e in list_experiments(session.store, "comparison")]
    return [
        ComparisonEntry(
            e.name,
            e.created_us,
            str(columns[0].get("prompt_name", "")),
            tuple(str(c.get("label", "")) for c in columns),
        )
        for e, columns in made
        if len(columns) > 1
    ]


def open_comparison(session: Session, name: str) -> tuple[StoredColumn, ...]:
    """The columns of a comparison; a column whose run was deleted says so.

    Raises:
        UserError: there is no such comparison, or the history cannot be read.
    """
    from workbench.history.experiments import get_experiment, placed_runs

    planned = _columns(get_experiment(session.store, name))
    newest: dict[int, PlacedRun] = {p.place: p for p in placed_runs(session.store, name)}
    return tuple(
        _column(plan, _end(session, newest.get(place), _settings(plan)))
        for place, plan in enumerate(planned)
    )


def _columns(experiment: StoredExperiment) -> list[Mapping[str, Any]]:
    columns = experiment.plan.get("columns")
    return [c for c in columns if isinstance(c, dict)] if isinstance(columns, list) else []


def _end(session: Session, placed: PlacedRun | None, settings: EngineSettings) -> ColumnEnd:
    if placed is None:
        return ColumnEnd(None, _gone("was deleted"), settings)
    stored = session.store.get(placed.run_id)
    if stored.end is None:
        return ColumnEnd(None, _gone("never ended"), settings)
    outcome = RunOutcome(stored.start, stored.end, saved=True)
    return ColumnEnd(outcome, None, stored.start.settings)


def _gone(what: str) -> UserError:
    return UserError(f"The run of this column {what}.", "Run the column again.")


def _column(plan: Mapping[str, Any], end: ColumnEnd) -> StoredColumn:
    values = plan.get("values")
    source = str(plan.get("prompt_source", ""))
    return StoredColumn(
        model=Path(str(plan.get("model", ""))),
        prompt=PromptChoice(
            f"{plan.get('prompt_name', '')}, stored".lstrip(", "),
            source,
            raw=bool(plan.get("prompt_raw", False)),
        ),
        values=values if isinstance(values, dict) else {},
        sampling=_sampling(plan),
        settings=end.settings,
        seed=int(plan.get("seed", 0)),
        n_samples=max(1, int(plan.get("n_samples", 1))),
        label=str(plan.get("label", "")),
        end=end,
    )


def _sampling(plan: Mapping[str, Any]) -> Sampling | None:
    values = plan.get("sampling")
    try:
        return with_values(Sampling(), values if isinstance(values, dict) else {})
    except UserError:  # written by a newer version
        return None


def _settings(plan: Mapping[str, Any]) -> EngineSettings:
    """How the model was to be loaded; what this version does not know has its default."""
    said = plan.get("settings")
    kept: dict[str, Any] = {}
    for field in fields(EngineSettings):
        value = said.get(field.name) if isinstance(said, dict) else None
        if isinstance(value, list):
            kept[field.name] = tuple(tuple(v) for v in value)
        elif value is not None:
            kept[field.name] = KvType(value) if field.name == "kv_type" else value
    return EngineSettings(**kept)

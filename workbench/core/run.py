"""A run as it is recorded: what made it, written when it starts, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workbench.core.sampling import Sampling
from workbench.core.tokens import PromptToken
from workbench.core.types import EngineInfo, EngineSettings, GenerateResult, ModelInfo


class RunStatus(StrEnum):
    """What became of a run."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """The process that ran it ended before the run did."""


@dataclass(frozen=True, slots=True)
class RunStart:
    """Everything that makes a run repeatable; stored before the first token.

    Attributes:
        created_us: microseconds since the Unix epoch.
        prompt_source: the prompt file exactly as it was (YAML), or the raw text.
        variables: the values the template was rendered with (JSON values).
        text: the exact prompt.
        chat_template: Jinja2 source used; None for a raw completion.
        parent: run id this one was forked from, with the sample and the number of its tokens
            that stand before the fork; None for a run of its own.
        given: ids of the tokens that a person put behind the fork; in every reply they follow
            the parent's tokens, and what follows them was sampled.
        experiment: name of the experiment that made the run; empty for a run of its own.
    """

    run_id: str
    created_us: int
    prompt_name: str
    prompt_path: str
    prompt_source: str
    variables: Mapping[str, object]
    text: str
    prompt_tokens: tuple[PromptToken, ...]
    chat_template: str | None
    model: ModelInfo
    engine: EngineInfo
    settings: EngineSettings
    sampling: Sampling
    seed: int
    n_samples: int
    parent: tuple[str, int, int] | None = None
    given: tuple[int, ...] = ()
    experiment: str = ""


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended. `status` is never RUNNING."""

    ended_us: int
    status: RunStatus
    result: GenerateResult

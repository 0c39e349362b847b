"""`workbench run`: a prompt, a model, a recorded reply."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.main import EXIT_BAD_INPUT, EXIT_INTERRUPTED, EXIT_NO
from workbench.cli.options import (
    engine_settings,
    json_option,
    library_of,
    list_settings_option,
    model_option,
    note,
    pairs,
    preset_of,
    preset_option,
    print_json,
    profile_option,
    read_prompt,
    sampling_of,
    setting_option,
    variable_option,
)
from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.paths import Profile, demo_model_path
from workbench.engine.launch import launch

if TYPE_CHECKING:
    from workbench.core.tokens import TokenTable
    from workbench.engine.pool import EnginePool
    from workbench.experiments.live_run import RunOutcome
    from workbench.experiments.session import RunHandle, Session

_POLL_S = 0.1


@click.command(
    epilog="Example: workbench run few-shot-story -v name=Zoe -s top_k=5 --seed 41 --json"
)
@click.argument("prompt")
@model_option
@variable_option
@setting_option
@list_settings_option
@preset_option
@click.option("--suffix", help="Fill in between PROMPT and this text (code models).")
@click.option("--seed", type=int, help="Seed of the first sample; drawn when left out.")
@click.option(
    "-n",
    "--samples",
    default=1,
    show_default=True,
    type=click.IntRange(1, 1024),
    help="How many replies to make.",
)
@json_option
@click.option("--no-save", is_flag=True, help="Keep the run out of the history.")
@profile_option
def command(
    prompt: str,
    model: str | None,
    variables: tuple[str, ...],
    settings: tuple[str, ...],
    preset: str | None,
    suffix: str | None,
    seed: int | None,
    samples: int,
    as_json: bool,
    no_save: bool,
    profile: Profile,
) -> int:
    """Run PROMPT (a .prompt.yml file, a library name, - for stdin, or @TEXT) on a model."""
    engine = engine_settings(settings)
    # The child starts and loads the model while this process still imports the rest.
    path = _plain_path(model)
    child = launch(path, engine) if path is not None else None

    from workbench.engine.pool import EnginePool
    from workbench.experiments.models import find_model

    pool = EnginePool()
    try:
        if path is None or child is None:
            path = find_model(model, profile)
        else:
            pool.adopt(path, engine, child)
        wish = _Wish(
            prompt,
            path,
            engine,
            variables,
            settings,
            preset,
            suffix,
            seed,
            samples,
            as_json,
            not no_save,
        )
        return wish.run(profile, pool)
    finally:
        pool.close()


def _plain_path(model: str | None) -> Path | None:
    """The model's file if it needs no search: the demo model, or a path that exists."""
    if not model:
        return demo_model_path()
    path = Path(model).expanduser()
    return path if path.is_file() else None


@dataclass(frozen=True, slots=True)
class _Wish:
    """The command line, parsed."""

    prompt: str
    path: Path
    engine: EngineSettings
    variables: tuple[str, ...]
    settings: tuple[str, ...]
    preset: str | None
    suffix: str | None
    seed: int | None
    samples: int
    as_json: bool
    save: bool

    def run(self, profile: Profile, pool: EnginePool) -> int:
        """Run and print; the exit code."""
        from workbench.core.sampling_input import check_seed
        from workbench.experiments.session import open_session
        from workbench.templates.variables import coerce_values

        file = read_prompt(self.prompt, profile)
        values = coerce_values(file, pairs(self.variables, "-v"), library_of(profile))
        sampling, seed = sampling_of(self.settings, file, preset_of(self.preset, profile))
        seed = self.seed if self.seed is not None else seed
        if seed is not None:
            check_seed(seed)
        session, _ = open_session(profile, pool, history=False)
        told = False
        try:
            prepared = session.prepare(self.path, self.engine, file, values, suffix=self.suffix)
            for warning in prepared.rendered.warnings:
                note(f"{warning.message} {warning.hint}".strip())
            sink = _Printer(quiet=self.as_json or self.samples > 1)
            handle = session.start(prepared, sampling, seed, self.samples, sink, save=self.save)
            for notice in session.notices:
                note(notice)
            outcome = _wait(handle)
            if self.as_json:
                print_json(self._document(session, outcome))
            code = _report(outcome, self.samples, self.as_json, in_memory=bool(session.notices))
            told = bool(outcome.save_error)
        finally:
            # Closing would say once more, as an error, that the run could not be saved.
            with suppress(UserError) if told else nullcontext():
                session.close()
        return code

    def _document(self, session: Session, outcome: RunOutcome) -> object:
        from workbench.experiments.documents import run_document

        document = run_document(outcome)
        document["model"]["sha256"] = session.sha256(self.path)
        return document


class _Printer:
    """Writes one reply as it grows."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet

    def run_prefill(self, run_id: str, done: int, total: int) -> None:
        """Prompt progress is not shown: it would stand in front of the reply."""

    def run_tokens(
        self, run_id: str, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """Write what became readable."""
        if not self._quiet and text:
            sys.stdout.write(text)
            sys.stdout.flush()

    def run_finished(self, outcome: RunOutcome) -> None:
        """The main thread reports."""


def _wait(handle: RunHandle) -> RunOutcome:
    """The outcome; Ctrl+C cancels the run, which then ends with its partial text."""
    while True:
        try:
            return handle.wait(_POLL_S)
        except TimeoutError:
            continue
        except KeyboardInterrupt:
            handle.cancel()


def _report(outcome: RunOutcome, samples: int, as_json: bool, *, in_memory: bool) -> int:
    from workbench.core.run import RunStatus

    result = outcome.end.result
    if not as_json:
        if samples > 1:
            for index, sample in enumerate(result.samples):
                print(f"--- sample {index + 1}, seed {outcome.start.seed + index}")
                print(sample.text)
        elif result.samples and not result.samples[0].text.endswith("\n"):
            print()
    if outcome.save_error and not in_memory:
        note(f"The run was not saved: {outcome.save_error}")
    if outcome.end.status is RunStatus.FAILED:
        note(f"{result.error} {result.hint}".strip())
        return EXIT_NO if outcome.engine_died else EXIT_BAD_INPUT
    if not as_json and sys.stderr.isatty():
        note(_summary(outcome))
    return EXIT_INTERRUPTED if outcome.end.status is RunStatus.CANCELLED else 0


def _summary(outcome: RunOutcome) -> str:
    timings = outcome.end.result.timings
    parts = [f"seed {outcome.start.seed}", f"{timings.decode_tokens} tokens"]
    if timings.decode_tps is not None:
        parts.append(f"{timings.decode_tps:,.0f} token/s")
    parts.append(f"saved as {outcome.start.run_id}" if outcome.saved else "not saved")
    full = any(s.context_full for s in outcome.end.result.samples)
    return ", ".join(parts) + ("; the context is full" if full else "")

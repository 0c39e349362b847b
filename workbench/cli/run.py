"""`workbench run`: a prompt, a model, a recorded reply."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.interrupts import interrupt_asks
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
from workbench.cli.running import Printer, report, wait_for
from workbench.cli.saving import close
from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.paths import Profile, demo_model_path
from workbench.engine.launch import launch

if TYPE_CHECKING:
    from workbench.engine.pool import EnginePool
    from workbench.experiments.live_run import RunOutcome
    from workbench.experiments.session import Session


@click.command(
    epilog="Example: workbench run few-shot-story -v name=Zoe -s top_k=5 --seed 41 --json"
)
@click.argument("prompt", required=False)
@click.option("--fork", metavar="RUN", help="Leave the reply of a recorded run instead of PROMPT.")
@click.option(
    "--sample",
    default=0,
    show_default=True,
    type=click.IntRange(0),
    help="With --fork: which of its replies, from 0.",
)
@click.option(
    "--at",
    type=click.IntRange(0),
    help="With --fork: how many of the reply's tokens stand; all when left out.",
)
@click.option("--put", metavar="TEXT", help="With --fork: put this text there, then go on.")
@click.option(
    "--token", type=click.IntRange(0), help="With --fork: put the token of this id there."
)
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
    prompt: str | None,
    fork: str | None,
    sample: int,
    at: int | None,
    put: str | None,
    token: int | None,
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
    """Run PROMPT (a .prompt.yml file, a library name, - for stdin, or @TEXT) on a model.

    With --fork RUN a reply that was recorded is left at a token and goes on from there, with the
    settings of its run where -s says nothing else. Only what is new is decoded.

    A history that cannot be written (a full disk) costs no reply: it is printed, a line on standard
    error says that it was not saved, and the exit code stays 0. With --json, saved is false and
    save_error says why.
    """
    if fork is not None:
        if prompt is not None or variables or suffix is not None:
            raise UserError(
                "--fork takes the prompt of its run: leave PROMPT, -v and --suffix out."
            )
        from workbench.cli.fork import ForkWish

        return ForkWish(
            fork,
            sample,
            at,
            put,
            token,
            model,
            settings,
            preset,
            seed,
            samples,
            as_json,
            not no_save,
        ).run(profile)
    if prompt is None:
        raise click.MissingParameter(param_hint="PROMPT", param_type="argument")
    if (sample, at, put, token) != (0, None, None, None):
        raise UserError("--sample, --at, --put and --token need --fork RUN.")
    engine = engine_settings(settings)
    # The child starts and loads the model while this process still imports the rest.
    path = _plain_path(model)
    child = launch(path, engine) if path is not None else None

    from workbench.engine.begin import AnyEngine
    from workbench.engine.pool import EnginePool
    from workbench.experiments.models import find_model

    pool = EnginePool(begin=AnyEngine(profile))
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
        from workbench.core.cancel import CancelToken
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
            sink = Printer(quiet=self.as_json or self.samples > 1)
            cancel = CancelToken()
            with interrupt_asks(cancel):  # from its first token on there is something to keep
                handle = session.start(prepared, sampling, seed, self.samples, sink, save=self.save)
                for notice in session.notices:
                    note(notice)
                outcome = wait_for(handle, sink, cancel)
            if self.as_json:
                print_json(self._document(session, outcome))
            code = report(outcome, self.samples, self.as_json, in_memory=bool(session.notices))
            told = bool(outcome.save_error)
        finally:
            close(session, told=told)
        return code

    def _document(self, session: Session, outcome: RunOutcome) -> object:
        from workbench.experiments.documents import run_document

        document = run_document(outcome)
        document["model"]["sha256"] = session.sha256(self.path) or None
        return document

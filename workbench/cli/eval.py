"""`workbench eval`: models measured on the items of a task."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.evaluating import Bar, print_summary, wait_for
from workbench.cli.given import not_empty
from workbench.cli.grading import graded, graders_of, grading_options
from workbench.cli.main import EXIT_INTERRUPTED, EXIT_NO
from workbench.cli.on_cluster import cluster_options, open_here_or_there
from workbench.cli.options import (
    engine_settings,
    json_option,
    list_settings_option,
    note,
    pairs,
    preset_of,
    preset_option,
    print_json,
    profile_option,
    read_prompt,
    setting_option,
)
from workbench.cli.saving import Saved, close, refused_early, tell_history, what_was_saved
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.core.sampling import Sampling
    from workbench.core.task import Task
    from workbench.experiments.evaluate.grading import Graders
    from workbench.experiments.evaluate.plan import EvalPlan
    from workbench.experiments.evaluate.runner import EvalEnd, Evaluation
    from workbench.experiments.session import Session
    from workbench.templates.prompt_file import PromptFile

_KINDS = ("choice", "generate", "sequence", "code", "call", "pair", "embed")
_SHOWN_BAD_ROWS = 5


def _list_suites(as_json: bool) -> int:
    from workbench.experiments.suites import bundled_suites

    suites = bundled_suites()
    if as_json:
        print_json(
            [{"name": s.name, "kind": s.kind.value, "description": s.description} for s in suites]
        )
        return 0
    for suite in suites:
        print(f"{suite.name:26} {suite.kind.value:9} {suite.description}")
    return 0


@click.command(
    epilog="Example: workbench eval questions.jsonl --kind choice -m demo-2m-q8_0 "
    "-m demo-2m-q4_0 --few-shot 5 --json"
)
@click.argument("task", required=False)
@click.option(
    "--kind", type=click.Choice(_KINDS), help="What is asked; the file's shape says when left out."
)
@click.option(
    "-p",
    "--prompt",
    "prompts",
    multiple=True,
    metavar="PROMPT",
    help="A prompt filled with each item; the kind's own when left out. As often as you like.",
)
@click.option(
    "-m",
    "--model",
    "models",
    multiple=True,
    metavar="MODEL",
    callback=not_empty,
    help="A GGUF file, its name or a server, as often as you like; the demo model if left out.",
)
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    metavar="NAME",
    help="A metric, such as accuracy or pass_at_k(k=5), or a .py file of your own (it is run); "
    "what suits the task when left out.",
)
@click.option("--limit", type=click.IntRange(1), help="Only the first so many items.")
@click.option("--split", default="", help="Of a data set folder; test when left out.")
@click.option("--few-shot", default=0, type=click.IntRange(0), help="Examples in front of each.")
@click.option(
    "--style",
    type=click.Choice(("letters", "answers")),
    help="Whether listed letters or whole answers are scored.",
)
@click.option("--permute", is_flag=True, help="Show answers in an order drawn for each item.")
@click.option(
    "--seed", default=0, show_default=True, type=click.IntRange(0), help="Seed of the first reply."
)
@click.option(
    "-n",
    "--samples",
    default=1,
    show_default=True,
    type=click.IntRange(1, 1024),
    help="Replies per item.",
)
@setting_option
@list_settings_option
@preset_option
@click.option(
    "--embedder", metavar="MODEL", callback=not_empty, help="A model that makes vectors of replies."
)
@click.option(
    "--infill", is_flag=True, help="Ask a code model for what stands between prefix and suffix."
)
@click.option(
    "--one-by-one",
    is_flag=True,
    help="Make every reply by itself, timed and rounded as a run of its own; without it items are "
    "made beside each other.",
)
@click.option("--run-code", is_flag=True, help="Let programs in replies run, in the sandbox.")
@click.option(
    "--force-code", is_flag=True, help="Also where the system cannot give every wall around them."
)
@grading_options
@click.option("--check", "only_check", is_flag=True, help="Read the task, name bad rows, and exit.")
@click.option(
    "--list-suites",
    "only_list",
    is_flag=True,
    help="Name the sample suites and exit.",
)
@click.option("--resume", metavar="EVALUATION", help="Go on with one of the history (or: last).")
@cluster_options
@json_option
@click.option("--no-save", is_flag=True, help="Keep the runs out of the history.")
@profile_option
def command(
    task: str | None,
    only_list: bool,
    kind: str | None,
    prompts: tuple[str, ...],
    models: tuple[str, ...],
    metrics: tuple[str, ...],
    limit: int | None,
    split: str,
    few_shot: int,
    style: str | None,
    permute: bool,
    seed: int,
    samples: int,
    settings: tuple[str, ...],
    preset: str | None,
    embedder: str | None,
    infill: bool,
    one_by_one: bool,
    run_code: bool,
    force_code: bool,
    judge_model: str | None,
    judge_prompt: str | None,
    guard_model: str | None,
    guard_prompt: str | None,
    only_check: bool,
    resume: str | None,
    cluster: str | None,
    replicas: int | None,
    as_json: bool,
    no_save: bool,
    profile: Profile,
) -> int:
    """Ask every item of TASK of every model, and score the answers.

    TASK is a file or folder: JSONL, CSV, Parquet, JSON, YAML, in the workbench's own columns or as
    well-known benchmarks keep them; or the name of a sample suite (--list-suites), which is then
    asked as it is meant: with its own prompt, metrics and examples. Rows that cannot be used are
    named and left out. Every item is a run in the history; an evaluation that was stopped goes on
    with --resume.

    A history that cannot be written (a full disk) is said before the first item, and nothing is
    asked. Where it fails later no result is lost: a line on standard error says so, the exit code
    is not changed by it, and --resume asks the items again that are not saved. With --json, saved,
    save_error and resumable tell.
    """
    from workbench.core.task import Kind
    from workbench.experiments.evaluate.ask_plan import asked_metric, usual_sampling
    from workbench.experiments.evaluate.plan import ChoiceStyle, EvalPlan, TaskSource
    from workbench.experiments.evaluate.scoring import needs_unconditional
    from workbench.experiments.evaluate.store import stored_plan, task_of
    from workbench.experiments.models import find_model
    from workbench.experiments.suites import find_suite, near_suite
    from workbench.experiments.tasks.load import load_task
    from workbench.experiments.tasks.prompt_rows import PROMPT_FILE

    if only_list:
        return _list_suites(as_json)
    if resume is not None and (task is not None or models or prompts or no_save):
        raise UserError("--resume takes everything from the evaluation: leave TASK and -m out.")
    if resume is None and task is None:
        raise click.MissingParameter(param_hint="TASK", param_type="argument")
    with open_here_or_there(profile, cluster, replicas) as session:
        graders = graders_of(
            judge_model,
            judge_prompt,
            guard_model,
            guard_prompt,
            session,
            profile,
        )
        wanted = tuple(asked_metric(metric) for metric in metrics)
        if resume is not None:
            name, plan = stored_plan(session.store, resume)
            loaded = task_of(plan)
            if wanted:
                # What was scored once can be summed up by any metric.
                plan = replace(plan, metrics=wanted)
        else:
            path = Path(task or "").expanduser()
            suite = None if path.exists() else find_suite(task or "")
            if suite is None and not path.exists():
                raise UserError(
                    f"There is no file, folder or sample suite {task}.",
                    near_suite(task or ""),
                )
            if suite is not None:
                path, kind = suite.path, kind or suite.kind.value
                prompts = prompts or ((str(suite.prompt),) if suite.prompt else ())
                style, few_shot = style or suite.style or None, few_shot or suite.few_shot
                wanted = wanted or tuple(asked_metric(metric) for metric in suite.metrics)
            wished = Kind(kind) if kind else None
            most = None if limit is None else limit + few_shot
            loaded = load_task(path, wished, limit=most, split=split)
            if only_check:
                return _checked(loaded, as_json)
            name = ""
            if not prompts and loaded.format == PROMPT_FILE:
                prompts = (str(path),)
            files = tuple(read_prompt(p, profile) for p in prompts)
            base = usual_sampling(loaded.kind, samples, own_prompt=bool(files), stop=loaded.stop)
            plan = EvalPlan(
                task=TaskSource(path.absolute(), loaded.kind, loaded.sha256, split, limit),
                models=tuple(find_model(m, profile) for m in models or ("",)),
                prompts=files or (None,),
                samplings=(_sampling(settings, files, preset, profile, base),),
                settings=engine_settings(settings),
                seed=seed,
                n_samples=samples,
                few_shot=few_shot,
                style=None if style is None else ChoiceStyle(style),
                permute=permute,
                unconditional=needs_unconditional(wanted),
                metrics=wanted,
                embedder=find_model(embedder, profile) if embedder else None,
                infill=infill,
                one_by_one=one_by_one,
                run_code=run_code or force_code,
                force_code=force_code,
            )
        _tell_bad_rows(loaded)
        return _run(session, plan, loaded, name, graders, save=not no_save, as_json=as_json)


def _sampling(
    settings: Sequence[str],
    prompts: Sequence[PromptFile],
    preset: str | None,
    profile: Profile,
    base: Sampling,
) -> Sampling:
    """A preset or what suits the kind, then the prompt file's parameters, then the options."""
    from workbench.core.engine_input import split_values
    from workbench.core.model_parameters import SEED, read_parameters
    from workbench.core.sampling_input import with_values

    _, own = split_values(pairs(settings, "-s"))
    if SEED in own:
        raise UserError("The seed of an evaluation is --seed, not -s seed.")
    chosen = preset_of(preset, profile)
    parameters = prompts[0].model_parameters if prompts and chosen is None else {}
    found, _, problems = read_parameters(parameters, chosen or base)
    for error in problems:
        note(f"modelParameters of {prompts[0].name}: {error.message} It is left out.")
    return with_values(found, own)


def _checked(task: Task, as_json: bool) -> int:
    from workbench.experiments.evaluate.document import bad_row_document

    if as_json:
        rows = [bad_row_document(bad) for bad in task.bad_rows]
        print_json(
            {
                "task": task.name,
                "kind": task.kind.value,
                "format": task.format,
                "items": len(task.items),
                "examples": len(task.few_shot),
                "bad_rows": rows,
            }
        )
    else:
        print(f"{task.name}: {len(task.items):,} {task.kind.value} items, read as {task.format}")
        for bad in task.bad_rows:
            print(_bad(bad.line, bad.column, bad.message))
    return EXIT_NO if task.bad_rows else 0


def _bad(line: int, column: str, message: str) -> str:
    return f"line {line:,}{f', {column}' if column else ''}: {message}"


def _tell_bad_rows(task: Task) -> None:
    for bad in task.bad_rows[:_SHOWN_BAD_ROWS]:
        note(f"{Path(task.path).name}, {_bad(bad.line, bad.column, bad.message)}")
    more = len(task.bad_rows) - _SHOWN_BAD_ROWS
    if more > 0:
        note(f"{more:,} more rows cannot be used; --check names them all.")


def _run(
    session: Session,
    plan: EvalPlan,
    task: Task,
    name: str,
    graders: Graders,
    *,
    save: bool,
    as_json: bool,
) -> int:
    from workbench.experiments.evaluate.document import document_of
    from workbench.experiments.evaluate.grading import keep_grades
    from workbench.experiments.evaluate.keep_scores import keep_scores
    from workbench.experiments.evaluate.runner import Evaluation
    from workbench.experiments.evaluate.scoring import Scorer
    from workbench.experiments.evaluate.summary import Summarizer

    scorer = Scorer()
    metrics = scorer.chosen(plan, task)  # an unknown name must not cost an hour first
    asked = {measured.info.name for measured in metrics}
    metrics += tuple(scorer.measured(n, {}) for n in graders.metrics if n not in asked)
    evaluation = Evaluation(session, plan, task, Bar(), name=name, save=save)
    if save:
        tell_history(session)
    with nullcontext() if name else refused_early():
        end = wait_for(evaluation)
    outcomes, error = end.outcomes, end.save_error
    grades = bool(graders.metrics) and not end.stopped
    if grades:
        outcomes = graded(session, evaluation, graders, end.outcomes)
    summary = Summarizer(plan, evaluation.items, metrics, scorer).summary(outcomes)
    if save:
        try:
            if grades:
                keep_grades(session.store, evaluation.name, outcomes)
            keep_scores(session.store, summary)
        except UserError as refused:  # the results are there all the same
            error = error or str(refused)
    saved = what_was_saved(session, evaluation.name, error, wished=save)
    if as_json:
        document = document_of(evaluation, summary, stopped=end.stopped)
        print_json({**document, **saved.document()})
    else:
        print_summary(summary)
    close(session, told=bool(error))
    return _code(evaluation, end, saved)


def _code(evaluation: Evaluation, end: EvalEnd, saved: Saved) -> int:
    failed = [outcome for outcome in end.outcomes if outcome.error]
    if failed:
        total = len(evaluation.items) * len(evaluation.plan.subjects)
        note(f"{len(failed):,} of {total:,} items failed: {failed[0].item_id}: {failed[0].error}")
    saved.tell()
    if end.stopped:
        saved.tell_stopped(f"workbench eval --resume {evaluation.name.split()[-1]}")
        return EXIT_INTERRUPTED
    return EXIT_NO if failed else 0

"""`workbench history`: what was run."""

from __future__ import annotations

from typing import Any

import click

from workbench.cli.history_diff import diff
from workbench.cli.history_find import note, rate, search, star, tag
from workbench.cli.history_keep import export, import_, keep, restore, trash, unpack
from workbench.cli.history_open import iso, open_history
from workbench.cli.history_replay import replay
from workbench.cli.history_safety import backup, repair, verify
from workbench.cli.options import json_option, print_json, profile_option
from workbench.core.paths import Profile


@click.group(epilog="Example: workbench history list --limit 20")
def command() -> None:
    """Recorded runs: list, show, compare, replay."""


@command.command("list", epilog="Example: workbench history list --limit 5 --json")
@click.option(
    "--limit",
    default=20,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="At most so many runs.",
)
@json_option
@profile_option
def list_(limit: int, as_json: bool, profile: Profile) -> None:
    """List the newest runs, newest first."""
    store = open_history(profile)
    try:
        rows = store.recent(limit)
    finally:
        store.close()
    if as_json:
        print_json(
            [
                {
                    "run_id": r.run_id,
                    "created": iso(r.created_us),
                    "status": r.status.value,
                    "prompt_name": r.prompt_name,
                    "model_name": r.model_name,
                    "reply": r.reply,
                    "n_tokens": r.n_tokens,
                    "seed": r.seed,
                    "finish_reason": r.finish.value if r.finish else None,
                    "error": r.error or None,
                }
                for r in rows
            ]
        )
        return
    for r in rows:
        said = r.error or r.reply
        print(
            f"{r.run_id}  {iso(r.created_us)[:19]}  {r.status.value:11}  "
            f"{r.prompt_name[:24]:24}  {said[:60]}"
        )


@command.command(epilog="Example: workbench history show 01jd… --json")
@click.argument("run_id")
@json_option
@profile_option
def show(run_id: str, as_json: bool, profile: Profile) -> None:
    """Show one run whole: the prompt, the settings, the replies and their tokens."""
    from workbench.experiments.documents import run_document
    from workbench.experiments.live_run import RunOutcome

    store = open_history(profile)
    try:
        run = store.get(run_id)
    finally:
        store.close()
    if run.end is None:
        document: dict[str, Any] = {
            "run_id": run_id,
            "status": run.status.value,
            "prompt": run.start.text,
            "samples": [],
        }
    else:
        document = run_document(RunOutcome(run.start, run.end, saved=True))
    if as_json:
        print_json(document)
        return
    print(f"run {run_id}, {run.status.value}, {iso(run.start.created_us)}")
    print(f"prompt {run.start.prompt_name}, model {run.start.model.name}, seed {run.start.seed}")
    for problem in run.problems:
        print(f"note: {problem}")
    print("--- prompt")
    print(run.start.text)
    for sample in document["samples"]:
        print(f"--- reply, seed {sample['seed']}, {sample['finish_reason']}")
        print(sample["text"])


for verb in (
    search, tag, star, rate, note, diff, replay, export, import_, trash, restore, keep, unpack,
    backup, verify, repair,
):  # fmt: skip
    command.add_command(verb)

"""`workbench history replay`: recorded runs made again and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbench.cli.main import EXIT_BAD_INPUT, EXIT_NO
from workbench.cli.options import (
    json_option,
    note,
    pairs,
    print_json,
    profile_option,
    progress_line,
)
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.core.replay import Replayed
    from workbench.experiments.replay import Skipped
    from workbench.experiments.session import Session


@click.command(epilog="Example: workbench history replay --all --limit 50")
@click.argument("run_ids", nargs=-1, metavar="[RUN]...")
@click.option("--all", "everything", is_flag=True, help="Replay the newest runs.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), help="With --all, how many; 100.")
@click.option(
    "-s",
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Replay under another engine setting (n_threads, kv_type, …) than the recorded one.",
)
@json_option
@profile_option
def replay(
    run_ids: tuple[str, ...],
    everything: bool,
    limit: int | None,
    settings: tuple[str, ...],
    as_json: bool,
    profile: Profile,
) -> int:
    """Make recorded runs again and say whether they come out identical, or why not.

    Exit 0: all identical; 1: one differs; 2: a run, or its model, is not there.
    """
    from workbench.core.engine_input import split_values, with_engine_values
    from workbench.core.engine_settings import EngineSettings
    from workbench.experiments.session import open_session

    if everything == bool(run_ids):
        raise UserError(
            "Name the runs to replay, or give --all.", "`workbench history list` shows their ids."
        )
    if limit is not None and not everything:
        raise UserError("--limit goes with --all.")
    engine, others = split_values(pairs(settings, "-s"))
    if others:
        raise UserError(
            f"{next(iter(others))} belongs to the run and is replayed as recorded.",
            "-s takes engine settings here: n_threads, kv_type, n_ctx, flash_attention, …",
        )
    with_engine_values(EngineSettings(), engine)
    if not profile.history_file.exists():
        raise UserError(
            f"There is no history in {profile.root} yet.", "`workbench run` records one."
        )
    session, notices = open_session(profile)
    try:
        for notice in notices:
            note(notice)
        if everything:
            return _many(session, _newest(session, limit or 100), engine, as_json)
        if len(run_ids) == 1:
            return _one(session, run_ids[0], engine, as_json)
        return _many(session, list(dict.fromkeys(run_ids)), engine, as_json, named=True)
    finally:
        session.close()


def _newest(session: Session, limit: int) -> list[str]:
    from workbench.history.replayable import replay_order

    return replay_order(session.store, limit)


def _one(session: Session, run_id: str, engine: dict[str, Any], as_json: bool) -> int:
    from workbench.experiments.replay import replay as replay_run
    from workbench.experiments.replay import replay_document

    with progress_line("token") as report:
        found = replay_run(session, session.store.get(run_id), engine, progress=report)
    if as_json:
        print_json(replay_document(found))
    else:
        _print(found)
    return 0 if found.identical else EXIT_NO


def _many(
    session: Session, run_ids: list[str], engine: dict[str, Any], as_json: bool, named: bool = False
) -> int:
    from workbench.core.replay import Replayed
    from workbench.experiments.replay import replay_all, replay_document

    done: list[Replayed] = []
    skipped: list[Skipped] = []
    with progress_line("run") as report:
        for number, found in enumerate(replay_all(session, run_ids, engine), start=1):
            report(number, len(run_ids))
            if isinstance(found, Replayed):
                done.append(found)
                if not as_json and (named or not found.identical):
                    _print(found)
            else:
                skipped.append(found)
                if not as_json or named:
                    note(f"Run {found.run_id} was not replayed: {found.reason}")
    same = sum(1 for found in done if found.identical)
    if as_json:
        print_json(
            {
                "identical": same,
                "different": len(done) - same,
                "runs": [replay_document(found) for found in done],
                "skipped": [{"run_id": s.run_id, "reason": s.reason} for s in skipped],
            }
        )
    else:
        print(f"{same:,} identical, {len(done) - same:,} different, {len(skipped):,} not replayed")
    if same < len(done):
        return EXIT_NO
    return EXIT_BAD_INPUT if named and skipped else 0


def _print(found: Replayed) -> None:
    print(f"{found.run_id}  {found.verdict}. {found.explanation}")
    first = found.first_difference
    if first is not None:
        print(
            f"    sample {first.sample}, token {first.index}: "
            f"{_said(first.expected_text, first.p_expected)} was recorded, "
            f"{_said(first.got_text, first.p_got)} came now"
            + ("" if first.logit_gap is None else f"; {first.logit_gap:.3g} apart in logits")
        )
    for change in found.changed:
        print(f"    {change.sentence}")
    for remark in found.notes:
        print(f"    note: {remark}")


def _said(text: str, p: float | None) -> str:
    if not text:
        return "the end"
    return repr(text) + ("" if p is None else f" ({100 * p:.3g} %)")

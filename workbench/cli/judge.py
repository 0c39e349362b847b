"""`workbench judge`: a local model votes on pairs of replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from workbench.cli.given import not_empty
from workbench.cli.interrupts import interrupt_asks
from workbench.cli.main import EXIT_INTERRUPTED, EXIT_NO
from workbench.cli.options import (
    engine_settings,
    json_option,
    note,
    print_json,
    profile_option,
    read_prompt,
    readable,
    setting_option,
)
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.core.votes import Vote
    from workbench.experiments.arena import Shown
    from workbench.experiments.judge import Judge, Judged


@click.command(epilog="Example: workbench judge -m demo-0.5m-q8_0 --by model --limit 50")
@click.option(
    "-m",
    "--model",
    required=True,
    metavar="MODEL",
    callback=not_empty,
    help="The model that judges.",
)
@click.option(
    "--by",
    type=click.Choice(("model", "settings", "prompt", "all")),
    default="all",
    show_default=True,
    help="What the two replies differ in, and nothing else.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="At most so many pairings.",
)
@click.option("--of-prompt", default="", metavar="NAME", help="Only runs of this prompt.")
@click.option("--experiment", default="", metavar="NAME", help="Only runs of this experiment.")
@click.option(
    "--voted", is_flag=True, help="Only pairings that a person judged, to measure agreement."
)
@click.option(
    "--prompt",
    "prompt",
    default="",
    metavar="PROMPT",
    help="The judge's prompt, with the variables question, first and second.",
)
@click.option(
    "--choices",
    default="A,B",
    show_default=True,
    help="The judge's answers for the first and the second reply.",
)
@setting_option
@json_option
@profile_option
def command(
    model: str,
    by: str,
    limit: int,
    of_prompt: str,
    experiment: str,
    voted: bool,
    prompt: str,
    choices: str,
    settings: tuple[str, ...],
    as_json: bool,
    profile: Profile,
) -> int:
    """Let a local model vote on pairs of stored replies to the same prompt and variables.

    It reads each pair in both orders; the exact probabilities of its two answers decide, and
    where the orders disagree the decision is a tie. It is never asked about replies of its own
    model. Its votes are kept apart from those of people: `workbench rank --voter judge`.
    Ctrl+C stops it; decisions so far are kept.
    """
    from workbench.core.cancel import CancelToken
    from workbench.core.ranking import By
    from workbench.experiments.arena import Arena, Source
    from workbench.experiments.judge import Judge, judge_all, judge_prompt, judged_by_people
    from workbench.experiments.models import find_model
    from workbench.experiments.session import open_session

    answers = tuple(readable(choice, "--choices") for choice in choices.split(","))
    if len(answers) != 2 or not all(answers) or answers[0] == answers[1]:
        raise UserError("--choices takes two different answers with a comma between them.")
    path = find_model(model, profile)
    session, notices = open_session(profile)
    try:
        for notice in notices:
            note(notice)
        file = read_prompt(prompt, profile) if prompt else judge_prompt(session.library)
        judge = Judge(
            session,
            path,
            file,
            settings=engine_settings(settings),
            choices=(answers[0], answers[1]),
        )
        source = Source(By(by), of_prompt, experiment)
        arena = Arena(session.store, session.new_run_id, judge.voter, source)
        arena.reload()
        first = judged_by_people(arena) if voted else []
        cancel = CancelToken()
        with interrupt_asks(cancel):
            done = judge_all(
                judge, arena, limit, cancel, first=first, only_first=voted,
                told=_tell_nothing if as_json else _tell,
            )  # fmt: skip
    finally:
        session.close()
    _report(judge, done, as_json=as_json)
    if done.stopped:
        return EXIT_INTERRUPTED
    return 0 if done.pairings else EXIT_NO


def _tell_nothing(_number: int, _shown: Shown, _votes: Sequence[Vote]) -> None:
    """The document says it."""


def _tell(number: int, shown: Shown, votes: Sequence[Vote]) -> None:
    one, other = votes
    if one.verdict is other.verdict.swapped:
        better = {"a": shown.names[0], "b": shown.names[1]}.get(one.verdict.value, "neither")
    else:
        better = "neither: the orders disagree"
    print(f"{number:4}  {one.p or 0.0:.2f} {other.p or 0.0:.2f}  {better}", flush=True)


def _report(judge: Judge, done: Judged, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "judge": judge.voter.name,
                "pairings": done.pairings,
                "consistent": done.consistent,
                "flips": done.pairings - done.consistent,
                "same_text": done.same,
                "problems": list(done.problems),
                "stopped": done.stopped,
            }
        )
    elif done.pairings:
        print(
            f"{judge.voter.name}: {done.pairings:,} decisions, {done.consistent:,} the same in"
            f" both orders; `workbench rank --voter judge` ranks them"
        )
    for problem in dict.fromkeys(done.problems):
        note(f"Not judged: {problem}")
    if done.same:
        note(f"{done.same:,} pairings were passed over: both replies are the same.")
    if done.stopped:
        note("Stopped; the decisions so far are kept.")
    elif not done.pairings and not done.problems:
        note(
            "There is nothing to judge: no two stored replies to the same prompt and variables"
            " that this judge has not judged and did not write. `workbench compare` makes some."
        )

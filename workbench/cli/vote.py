"""`workbench vote`: a person's votes from the command line."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.format_options import format_option, option_values
from workbench.cli.history_open import iso, open_history
from workbench.cli.main import EXIT_NO
from workbench.cli.options import json_option, note, print_json, profile_option
from workbench.cli.output_file import OutputFile
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.core.votes import Vote

_VERDICTS = ("a", "b", "tie", "both-bad")


@click.group(epilog="Example: workbench vote give RUN1 RUN2 a --tag story")
def command() -> None:
    """Vote on two replies, and list, take back, export and import votes.

    The window's arena (Compare, Arena) hides the names; here you name the runs yourself, so these
    votes are marked as not blind.
    """


@command.command(epilog="Example: workbench vote give RUN1 RUN2:1 a --tag story")
@click.argument("first", metavar="RUN[:SAMPLE]")
@click.argument("second", metavar="RUN[:SAMPLE]")
@click.argument("verdict", type=click.Choice(_VERDICTS))
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag for the leaderboard.")
@click.option("--as", "name", default="", metavar="NAME", help="Who votes; the login name else.")
@json_option
@profile_option
def give(
    first: str,
    second: str,
    verdict: str,
    tags: tuple[str, ...],
    name: str,
    as_json: bool,
    profile: Profile,
) -> None:
    """Say which of two replies is better: a is the one that is named first.

    Both must answer the same prompt (any version of it) with the same variables.
    """
    from workbench.core.ids import RunIds
    from workbench.core.votes import Verdict
    from workbench.experiments.arena import Arena, Source, person
    from workbench.history.curate import clean_tag

    places = (_place(first), _place(second))
    with closing(open_history(profile)) as store:
        for run_id, sample in places:
            end = store.get(run_id).end
            if end is None or sample >= len(end.result.samples):
                raise UserError(f"The run {run_id} has no reply {sample}.")
        source = Source(run_ids=tuple(run for run, _ in places))
        arena = Arena(store, RunIds().new, person(name), source)
        pairing = arena.maker.of(*places)
        if pairing is None:
            raise UserError(
                f"{first} and {second} cannot be held against each other.",
                "They must answer the same prompt with the same variables, both have ended, and"
                " differ in model, settings or version; and you vote once on a pair.",
            )
        ordered = pairing if pairing.a.place == places[0] else pairing.swapped
        shown = arena.show(ordered)
        if shown is None:
            raise UserError(f"{first} and {second} say the same.", "There is nothing to judge.")
        cast = arena.vote(
            shown,
            Verdict(verdict.replace("-", "_")),
            revealed=True,
            tags=[clean_tag(tag) for tag in tags],
        )
    if as_json:
        print_json(_document(cast.vote))
    else:
        print(f"{cast.vote.vote_id}  {_sentence(cast.vote)}")


@command.command(name="list", epilog="Example: workbench vote list --tag story --json")
@click.option("--voter", default="", metavar="NAME", help="Only votes of this voter.")
@click.option("--tag", default="", help="Only votes with this tag.")
@click.option("--all", "withdrawn", is_flag=True, help="Also those that were taken back.")
@json_option
@profile_option
def list_command(voter: str, tag: str, withdrawn: bool, as_json: bool, profile: Profile) -> None:
    """List votes, the newest first."""
    from workbench.history.votes import VoteFilter, list_votes

    with closing(open_history(profile)) as store:
        votes = list_votes(store, VoteFilter(voter=voter, tag=tag, withdrawn=withdrawn))[::-1]
    if as_json:
        print_json([_document(vote) for vote in votes])
        return
    for vote in votes:
        gone = "  (taken back)" if vote.withdrawn_us is not None else ""
        print(f"{vote.vote_id}  {iso(vote.created_us)}  {vote.voter.name}: {_sentence(vote)}{gone}")
    if not votes:
        note("There are no votes.")


@command.command(epilog="Example: workbench vote undo")
@click.argument("vote_id", required=False, default="")
@click.option("--as", "name", default="", metavar="NAME", help="Whose; the login name else.")
@profile_option
def undo(vote_id: str, name: str, profile: Profile) -> int:
    """Take back a vote by its id, or your last one. It is kept, and does not count."""
    from workbench.core.votes import VoterKind
    from workbench.experiments.arena import person
    from workbench.history.votes import VoteFilter, list_votes, withdraw

    with closing(open_history(profile)) as store:
        if vote_id:
            votes = [v for v in list_votes(store) if v.vote_id == vote_id]
        else:
            own = VoteFilter(kind=VoterKind.HUMAN, voter=person(name).name)
            votes = list_votes(store, own)[-1:]
        if not votes:
            what = f"no vote {vote_id}" if vote_id else "no vote"
            note(f"There is {what} to take back.")
            return EXIT_NO
        withdraw(store, votes[0].ballot).result()
    print(f"taken back: {_sentence(votes[0])}")
    return 0


@command.command(epilog="Example: workbench vote export pairs.jsonl --to pairs --tag story")
@click.argument("file", type=OutputFile())
@click.option(
    "--to",
    "to",
    type=click.Choice(("votes", "pairs")),
    default="votes",
    show_default=True,
    help="votes: every vote, for `import`; pairs: prompt, chosen and rejected, for tuning (DPO).",
)
@click.option("--tag", default="", help="Of pairs: only votes with this tag.")
@format_option
@click.option("--keep-paths", is_flag=True, help="Of pairs: leave folders and user names.")
@json_option
@profile_option
def export(
    file: Path,
    to: str,
    tag: str,
    options: tuple[str, ...],
    keep_paths: bool,
    as_json: bool,
    profile: Profile,
) -> None:
    """Write votes to FILE, one JSON document per line.

    Options of pairs: voters=people (judges), several=majority (each), facts=false.
    Ties and what else makes no pair are left out and counted.
    """
    if to == "pairs":
        _export_pairs(file, tag, options, keep_paths, as_json, profile)
        return
    if tag or options or keep_paths:
        raise UserError("--tag, --option and --keep-paths belong to --to pairs.")
    from workbench.core.files import write_whole
    from workbench.experiments.vote_lines import vote_line
    from workbench.history.votes import VoteFilter, list_votes

    with closing(open_history(profile)) as store:
        votes = list_votes(store, VoteFilter(withdrawn=True))
    write_whole(file, "".join(f"{vote_line(vote)}\n" for vote in votes))
    if as_json:
        print_json({"file": str(file), "votes": len(votes)})
    else:
        print(f"{len(votes):,} votes")


def _export_pairs(
    file: Path,
    tag: str,
    options: tuple[str, ...],
    keep_paths: bool,
    as_json: bool,
    profile: Profile,
) -> None:
    from workbench.experiments.preference_pairs import OPTIONS, write_pairs
    from workbench.experiments.run_export import user_name

    with closing(open_history(profile)) as store:
        done = write_pairs(
            store,
            file,
            option_values(OPTIONS, options),
            tag=tag,
            user=user_name(),
            keep_paths=keep_paths,
        )
    if as_json:
        print_json({"file": str(file), "pairs": done.written, "left_out": dict(done.left_out)})
        return
    print(f"{done.written:,} pairs")
    if done.words:
        note(done.words)


@command.command(name="import", epilog="Example: workbench vote import votes.jsonl")
@click.argument("file", type=click.Path(path_type=Path))
@profile_option
def import_command(file: Path, profile: Profile) -> None:
    """Take in votes of a file that `export` wrote; known ones are left as they are."""
    from workbench.experiments.vote_lines import read_vote_lines
    from workbench.history.store import open_store
    from workbench.history.votes import import_votes

    votes = read_vote_lines(file)
    profile.create()
    store, problem = open_store(profile.history_file)
    with closing(store):
        if problem is not None:
            raise problem
        added, known = import_votes(store, votes).result()
    print(f"{added:,} votes added, {known:,} known already")


def _place(text: str) -> tuple[str, int]:
    run_id, colon, sample = text.partition(":")
    if colon and not sample.isdecimal():
        raise UserError(f"{text} names no reply.", "Write RUN or RUN:SAMPLE, samples from 0.")
    return run_id, int(sample or 0)


def _sentence(vote: Vote) -> str:
    names = [
        f"{side.contestant.model_name} {side.contestant.quantization}" for side in (vote.a, vote.b)
    ]
    said = {"a": f"{names[0]} beats {names[1]}", "b": f"{names[1]} beats {names[0]}"}.get(
        vote.verdict.value, f"{names[0]} and {names[1]}: {vote.verdict.value.replace('_', ' ')}"
    )
    return f"{said} on {vote.item.name}" if vote.item.name else said


def _document(vote: Vote) -> object:
    import json

    from workbench.experiments.vote_lines import vote_line

    return json.loads(vote_line(vote))

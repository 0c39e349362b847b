"""`workbench history search|tag|star|rate|note`: finding runs and saying something about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.history_open import iso, open_history
from workbench.cli.options import json_option, print_json, profile_option
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.history.listing import RunLine
    from workbench.history.store import HistoryStore

_SEARCH_HELP = """Find runs, newest first.

\b
  capital city           both words, anywhere: prompt, variables, reply, note, tags, names
  "in the evening"       these words in this order
  -draft                 without it
  model:demo tag:good    also prompt: name: experiment: status: finish: quant: run:
  reply:x note:x text:x  only there
  temp>0.5 tokens:10..50 any sampling parameter, tokens, speed, seed, rating, ttft …
  score:rouge_l<0.3      a score by the metric's name
  date:2026-05 date>=2026-05-01 age<7d
  is:starred             also is:rated is:noted is:tagged is:scored is:branch

A query that begins with a minus follows `--`.
"""


@click.command(help=_SEARCH_HELP, epilog='Example: workbench history search "lima temp<0.5"')
@click.argument("query", nargs=-1)
@click.option(
    "--limit",
    default=20,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    help="At most so many runs.",
)
@json_option
@profile_option
def search(query: tuple[str, ...], limit: int, as_json: bool, profile: Profile) -> None:
    """Find runs."""
    with closing(open_history(profile)) as store:
        rows = find_lines(store, " ".join(query), limit)
    if as_json:
        print_json([line_document(row) for row in rows])
        return
    for row in rows:
        print(
            f"{row.run_id}  {iso(row.created_us)[:19]}  {row.status:11}  "
            f"{row.prompt_name[:24]:24}  {(row.error or row.reply)[:60]}"
        )


_AT_ONCE = 10_000


def find_lines(store: HistoryStore, text: str, limit: int) -> list[RunLine]:
    """The newest runs that a query finds.

    Raises:
        UserError: the query cannot be read, or the history.
    """
    from workbench.history.listing import lines

    rows = _rows(store, text, limit)
    found = store.read(partial(lines, rows=rows))
    return [found[row] for row in rows if row in found]


def find_ended(store: HistoryStore, text: str, limit: int) -> list[str]:
    """The ids of the newest runs that a query finds and that have ended, however many they are.

    Raises:
        UserError: the query cannot be read, or the history.
    """
    from workbench.history.listing import ended_run_ids

    rows = _rows(store, text, limit)
    found: list[str] = []
    for at in range(0, len(rows), _AT_ONCE):
        found += store.read(partial(ended_run_ids, rows=rows[at : at + _AT_ONCE]))
    return found


def _rows(store: HistoryStore, text: str, limit: int) -> list[int]:
    from workbench.history.find import find
    from workbench.history.query import parse_query

    rows: list[int] = []
    # A space behind the last word: it is whole, not being typed.
    for piece in find(store.read, parse_query(f"{text} ")):
        rows.extend(piece.ids[: limit - len(rows)].tolist())
        if len(rows) >= limit:
            break
    return rows


def line_document(row: RunLine) -> dict[str, Any]:
    """A run of a list as a JSON object."""
    return {
        "run_id": row.run_id,
        "created": iso(row.created_us),
        "status": row.status,
        "prompt_name": row.prompt_name,
        "version": row.version,
        "name": row.name or None,
        "experiment": row.experiment or None,
        "model_name": row.model,
        "reply": row.reply,
        "n_tokens": row.n_tokens,
        "seed": row.seed,
        "temperature": row.temperature,
        "finish_reason": row.finish or None,
        "decode_tps": row.decode_tps,
        "tags": list(row.tags),
        "starred": row.starred,
        "rating": row.rating,
        "note": row.note,
        "scores": row.scores,
        "error": row.error or None,
    }


@click.command(epilog="Example: workbench history tag 01jd… --add good --remove draft")
@click.argument("run_ids", nargs=-1)
@click.option("--add", multiple=True, metavar="TAG", help="Give the runs this tag.")
@click.option("--remove", multiple=True, metavar="TAG", help="Take this tag away.")
@json_option
@profile_option
def tag(
    run_ids: tuple[str, ...],
    add: tuple[str, ...],
    remove: tuple[str, ...],
    as_json: bool,
    profile: Profile,
) -> None:
    """Tag runs; without runs, list the tags."""
    from workbench.history import curate

    if (add or remove) and not run_ids:
        raise UserError("No run is named, so nothing is tagged.", "Name runs by their ids.")
    with closing(open_history(profile)) as store:
        if run_ids and (add or remove):
            curate.change_tags(store, run_ids, add, remove).result()
        if run_ids:
            _tell(store, run_ids, as_json)
            return
        tags = curate.all_tags(store)
    if as_json:
        print_json([{"tag": name, "runs": count} for name, count in tags])
        return
    for name, count in tags:
        print(f"{count:7,}  {name}")


@click.command(epilog="Example: workbench history star 01jd…")
@click.argument("run_ids", nargs=-1, required=True)
@click.option("--off", is_flag=True, help="Take the star away.")
@json_option
@profile_option
def star(run_ids: tuple[str, ...], off: bool, as_json: bool, profile: Profile) -> None:
    """Mark runs with a star."""
    from workbench.history import curate

    _change(profile, run_ids, as_json, partial(curate.star, starred=not off))


@click.command(epilog="Example: workbench history rate 4 01jd…")
@click.argument("rating", type=click.IntRange(0, 5))
@click.argument("run_ids", nargs=-1, required=True)
@json_option
@profile_option
def rate(rating: int, run_ids: tuple[str, ...], as_json: bool, profile: Profile) -> None:
    """Rate runs from 1 to 5; 0 takes the rating away."""
    from workbench.history import curate

    _change(profile, run_ids, as_json, partial(curate.rate, rating=rating or None))


@click.command(epilog='Example: workbench history note 01jd… "Too long; lower the temperature"')
@click.argument("run_id")
@click.argument("text")
@json_option
@profile_option
def note(run_id: str, text: str, as_json: bool, profile: Profile) -> None:
    """Write the note of a run; an empty text takes it away."""
    from workbench.history import curate

    _change(profile, [run_id], as_json, lambda store, runs: curate.note(store, runs[0], text))


def _change(
    profile: Profile,
    run_ids: Sequence[str],
    as_json: bool,
    change: Callable[[HistoryStore, Sequence[str]], Future[None]],
) -> None:
    with closing(open_history(profile)) as store:
        change(store, run_ids).result()
        _tell(store, run_ids, as_json)


def _tell(store: HistoryStore, run_ids: Sequence[str], as_json: bool) -> None:
    """What is said about the runs now."""
    from workbench.history import curate

    documents: list[dict[str, Any]] = []
    for run_id in run_ids:
        found = curate.remarks(store, run_id)
        if found is None:
            store.get(run_id)  # says that there is none
            continue
        documents.append(
            {
                "run_id": run_id,
                "tags": list(found.tags),
                "starred": found.starred,
                "rating": found.rating,
                "note": found.note,
            }
        )
    if as_json:
        print_json(documents)
        return
    for said in documents:
        star_, rating = "★" if said["starred"] else "", said["rating"] or ""
        tags = " ".join(said["tags"])
        print(f"{said['run_id']}  {star_}{rating}  {tags}  {said['note']}".rstrip())

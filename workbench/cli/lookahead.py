"""`workbench lookahead`: the most likely continuations as a tree."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.asking import Question, question_options
from workbench.cli.options import print_json, progress_line, readable

if TYPE_CHECKING:
    from workbench.experiments.ahead import Ahead


@click.command(epilog="Example: workbench lookahead capital-city --depth 4 --width 3")
@question_options
@click.option("--depth", default=3, show_default=True, type=int, help="Tokens of a continuation.")
@click.option("--width", default=4, show_default=True, type=int, help="Next tokens listed.")
@click.option(
    "--followed",
    default=24,
    show_default=True,
    type=int,
    help="Continuations of one length that are followed further, the likeliest first.",
)
@click.option(
    "--least",
    default=0.001,
    show_default=True,
    type=float,
    help="Continuations less likely than this are not followed.",
)
@click.option("--after", default="", metavar="TEXT", help="Look behind this beginning of a reply.")
def command(
    question: Question, depth: int, width: int, followed: int, least: float, after: str
) -> None:
    """What the model may say after PROMPT, as a tree with exact probabilities.

    p is of the whole continuation up to a token, before any sampler; others is the probability,
    behind a token, of all tokens that are not listed.
    """
    from workbench.core.branching import LookaheadRequest
    from workbench.experiments.ahead import Ahead, ahead_document

    after = readable(after, "--after")
    question.check_unsampled()
    with question.engine() as (engine, read, _):
        ids = read.ids + (engine.continuation(read, after) if after else ())
        request = LookaheadRequest(ids, 0, depth, width, followed, least)
        with progress_line("looking ahead") as progress:
            found = Ahead(engine.look_ahead(request, progress), engine.pieces)
        if question.as_json:
            print_json(ahead_document(found.tree, found.pieces))
            return
        _print(found, 0, [])


def _print(found: Ahead, node: int, lines: list[bool]) -> None:
    """The tree with box drawing; `lines` says at which columns a branch goes on below."""
    tree = found.tree
    rows: list[tuple[int | None, float]] = [
        (child, math.exp(float(tree.total[child]))) for child in tree.children(node)
    ]
    if tree.is_followed(node):
        rows.append((None, math.exp(float(tree.total[node])) * float(tree.rest[node])))
    for number, (child, p) in enumerate(rows):
        is_last = number == len(rows) - 1
        frame = "".join("│ " if goes_on else "  " for goes_on in lines)
        text: Any = "others" if child is None else repr(found.text(child))
        mark = " (ends)" if child is not None and tree.ends[child] else ""
        print(f"{p:8.4%}  {frame}{'└ ' if is_last else '├ '}{text}{mark}")
        if child is not None:
            _print(found, child, [*lines, not is_last])

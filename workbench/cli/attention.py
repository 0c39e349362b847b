"""`workbench attention`: where each head of a model looked while it read a text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.asking import Question, question_options
from workbench.cli.options import print_json, progress_line, readable
from workbench.cli.output_file import OutputFile
from workbench.core.errors import UserError

if TYPE_CHECKING:
    from workbench.core.attention import Attention
    from workbench.core.attention_heads import HeadNote

_SHOWN = 12


@click.command(
    epilog='Example: workbench attention "@The cat sat. The cat" --layers 0-2 --heads mean '
    "-o attention.npz"
)
@question_options
@click.option("--continuation", default="", help="A text behind the prompt, read as one with it.")
@click.option("--layers", default="all", show_default=True, help="all, or numbers such as 0,3-5.")
@click.option(
    "--heads", default="all", show_default=True, help="all, mean, or numbers such as 0,2."
)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE.npz",
    type=OutputFile(),
    help="Where the weights are written.",
)
def command(question: Question, continuation: str, layers: str, heads: str, output: Path) -> None:
    """Write the attention weights of PROMPT and a continuation to an NPZ file.

    The text is read again in a context of its own with flash attention off. The file holds
    attention (layers, heads, query, key; float32), layers, heads (-1: their mean), token_ids,
    token_texts, first_visible (what a sliding window hides) and missing_layers. What a head looks
    at is not what it uses: attention is no explanation of a reply.
    """
    from workbench.core.attention import AttentionRequest
    from workbench.core.attention_heads import head_notes
    from workbench.experiments.attention_files import token_texts, write_npz
    from workbench.experiments.inside import DirectLooker

    continuation = readable(continuation, "--continuation")
    chosen_layers = numbers(layers, "--layers")
    chosen_heads = () if heads == "mean" else numbers(heads, "--heads")
    question.check_unsampled()
    with question.engine() as (engine, read, _):
        behind = engine.continuation(read, continuation) if continuation else ()
        ids = read.ids + behind
        looker, cancel = DirectLooker(engine.engine), engine.cancel
        request = AttentionRequest(ids, chosen_layers, chosen_heads, average=heads == "mean")
        with progress_line("reading") as progress:
            found = looker.attention(request, progress, cancel)
        with progress_line("looking at every head") as progress:
            notes = head_notes(looker.head_summaries(ids, progress, cancel))
        write_npz(output, found, token_texts(ids, engine.pieces))
    if question.as_json:
        print_json(_document(found, notes, output))
        return
    shape = " x ".join(f"{n:,}" for n in found.values.shape)
    print(f"{output}: {shape} weights (layers x heads x queries x keys), KV {found.kv_type.value}")
    for reason in found.missing.values():
        print(reason)
    for note in notes[:_SHOWN]:
        print(
            f"layer {note.layer:3} head {note.head:3}  {note.kind.value:16} {note.score:6.1%} on "
            f"average over {note.places:,} tokens (evenly spread: {note.chance:.1%})"
        )


def _document(found: Attention, notes: tuple[HeadNote, ...], output: Path) -> dict[str, Any]:
    return {
        "file": str(output),
        "shape": list(found.values.shape),
        "layers": list(found.layers),
        "heads": "mean" if found.averaged else list(found.heads),
        "missing": {str(layer): why for layer, why in found.missing.items()},
        "kv_type": found.kv_type.value,
        "head_kinds": [
            {
                "layer": n.layer,
                "head": n.head,
                "kind": n.kind.value,
                "score": n.score,
                "chance": n.chance,
                "places": n.places,
            }
            for n in notes
        ],
    }


def numbers(text: str, option: str) -> tuple[int, ...]:
    """`0,3-5` as numbers, ascending; empty for `all`.

    Raises:
        UserError: it is something else.
    """
    if text.strip() == "all":
        return ()
    found: set[int] = set()
    for part in text.split(","):
        low, dash, high = part.strip().partition("-")
        if not (low.isdecimal() and (not dash or high.isdecimal())) or max(len(low), len(high)) > 5:
            raise UserError(
                f"{option} {text} is no list of numbers.", "Write all, or such as 0,3-5."
            )
        found.update(range(int(low), int(high or low) + 1))
    if not found:
        raise UserError(f"{option} {text} names nothing.", "Write the smaller number first.")
    return tuple(sorted(found))

"""`workbench influence`: which part of a prompt mattered for a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from workbench.cli.asking import Question, question_options
from workbench.cli.options import note, print_json, progress_line, readable, sampling_of
from workbench.core.errors import UserError
from workbench.core.parts import Part, PartLevel

if TYPE_CHECKING:
    from workbench.core.influence import Influence
    from workbench.core.reduction import Reduction
    from workbench.experiments.direct import DirectEngine, ReadPrompt
    from workbench.experiments.influence import Asked
    from workbench.templates.prompt_file import PromptFile
    from workbench.templates.removal import Replacement


@click.command(
    epilog="Example: workbench influence key-value-lookup --by sentence, "
    'or workbench influence few-shot-sentiment --by example --continuation " positive"'
)
@question_options
@click.option(
    "--continuation",
    help="The reply to explain; without it the model's own greedy one (-s changes how).",
)
@click.option(
    "--by",
    "level",
    default=PartLevel.AUTO.value,
    show_default=True,
    type=click.Choice([level.value for level in PartLevel]),
    help="How finely the prompt is taken apart.",
)
@click.option("--span", "spans", multiple=True, metavar="START:END", help="Characters as a part.")
@click.option("--default", "by_default", is_flag=True, help="Replace variables by their defaults.")
@click.option("--replace", "text", metavar="TEXT", help="Replace each part by this text.")
@click.option("--seed", type=int, help="Seed of the reply; 0 when left out.")
@click.option(
    "--reduce",
    "loss",
    type=float,
    metavar="NATS",
    help="Also drop parts while the reply loses no more log-probability than this.",
)
def command(
    question: Question,
    continuation: str | None,
    level: str,
    spans: tuple[str, ...],
    by_default: bool,
    text: str | None,
    seed: int | None,
    loss: float | None,
) -> None:
    """What leaving out each part of PROMPT does to the log-probability of the reply.

    Changes are in nats: below zero the part made the reply likelier. A change no larger than the
    noise floor (spaces doubled or put at line ends) says nothing. Variables, examples and
    messages are left out of what the template is given; everything else is cut from the text.
    """
    from workbench.core.text import piece_text
    from workbench.experiments.influence import influence
    from workbench.experiments.reduce import reduce_prompt
    from workbench.experiments.scorer import DirectScorer

    by = _replacement(text, by_default=by_default)
    with question.engine() as (engine, read, file):
        reply = _reply(engine, question, read, file, continuation, seed)
        asked = _asked(engine, question, file, read, reply)
        parts = _parts(asked, level, spans)
        scorer = DirectScorer(engine.engine)
        with progress_line("scoring prompts") as progress:
            found = influence(scorer, asked, parts, by, progress=progress, cancel=engine.cancel)
        reduced = None
        if loss is not None:
            with progress_line("dropping parts") as progress:
                reduced = reduce_prompt(
                    scorer, asked, parts, loss, progress=progress, cancel=engine.cancel
                )
        engine.cancel.check()
        pieces = [engine.pieces[t] for t in reply]
    said = b"".join(pieces).decode("utf-8", "replace")
    if question.as_json:
        document = _document(found, read, reply, [piece_text(p) for p in pieces], said)
        if reduced is not None:
            document["reduced"] = _reduced_document(reduced)
        print_json(document)
        return
    _show(found, said)
    if reduced is not None:
        _show_reduced(reduced)


def _replacement(text: str | None, *, by_default: bool) -> Replacement:
    from workbench.templates.removal import By, Replacement

    if text is not None and by_default:
        raise UserError("--default and --replace are both given.", "Give one of them.")
    if text is not None:
        return Replacement(By.TEXT, readable(text, "--replace"))
    return Replacement(By.DEFAULT if by_default else By.NOTHING)


def _reply(
    engine: DirectEngine,
    question: Question,
    read: ReadPrompt,
    file: PromptFile,
    continuation: str | None,
    seed: int | None,
) -> tuple[int, ...]:
    """The given reply's tokens, or those of the one the model makes."""
    if continuation is not None:
        return engine.continuation(read, readable(continuation, "--continuation"))
    sampling, own_seed = sampling_of(("temperature=0", *question.settings), file)
    with progress_line("generating") as progress:
        return engine.reply(read, sampling, seed if seed is not None else own_seed or 0, progress)


def _asked(
    engine: DirectEngine,
    question: Question,
    file: PromptFile,
    read: ReadPrompt,
    reply: tuple[int, ...],
) -> Asked:
    from workbench.cli.options import library_of, pairs
    from workbench.experiments.chat_format import chat_format
    from workbench.experiments.influence import Asked
    from workbench.templates.removal import PromptSource, checked_source
    from workbench.templates.variables import coerce_values

    library = library_of(question.profile)
    source = PromptSource(
        rendered=read.rendered,
        prompt=file,
        values=coerce_values(file, pairs(question.variables, "-v"), library),
        chat=chat_format(engine.loaded),
        fragments=library,
    )
    return Asked(checked_source(source), read.ids, reply)


def _parts(asked: Asked, level: str, spans: tuple[str, ...]) -> tuple[Part, ...]:
    """The parts asked for; given spans take the place of the level's."""
    from workbench.core.parts import parts_at, selection
    from workbench.templates.removal import deciding_variables

    rendered = asked.source.rendered
    if spans:
        return tuple(selection(rendered, *_span(s, len(rendered.text))) for s in spans)
    found = parts_at(rendered, PartLevel(level))
    if level in (PartLevel.AUTO, PartLevel.SOURCE):
        found += deciding_variables(asked.source, found)
    if not found:
        raise UserError(
            f"The prompt has no parts by {level}." if level != "auto" else "The prompt is empty.",
            "See `workbench influence --help` for other ways to take it apart.",
        )
    return found


def _span(text: str, length: int) -> tuple[int, int]:
    start, colon, end = text.partition(":")
    if not (colon and start.strip().isdecimal() and end.strip().isdecimal()):
        raise UserError(f"--span takes START:END in characters of the exact text, not {text!r}.")
    a, b = int(start), int(end)
    if not a < b <= length:
        raise UserError(f"--span {text} does not lie in the exact text of {length:,} characters.")
    return a, b


def _document(
    found: Influence, read: ReadPrompt, reply: tuple[int, ...], texts: list[str], said: str
) -> dict[str, Any]:
    return {
        "parts": [
            {
                "kind": e.part.kind.value,
                "source": e.part.source,
                "label": e.part.label,
                "message": e.part.message,
                "spans": [list(span) for span in e.part.spans],
                "text": e.part.text(read.rendered.text),
                "delta_logprob": e.change(),
                "token_deltas": None
                if e.token_change is None
                else [float(x) for x in e.token_change],
                "tokens_saved": e.tokens_saved,
                "rendered_again": e.rendered_again,
                "note": e.note or None,
                "reason": e.reason or None,
            }
            for e in found.effects
        ],
        "baseline_logprob": found.baseline_logprob,
        "reply": said,
        "reply_tokens": [
            {"id": i, "text": t, "logprob": float(p)}
            for i, t, p in zip(reply, texts, found.baseline, strict=True)
        ],
        "noise_floor": found.floor(),
        "neutral_edits": [
            {"label": n.label, "delta_logprob": float(n.token_change.sum())} for n in found.neutral
        ],
        "retokenized": found.retokenized,
    }


def _reduced_document(reduced: Reduction) -> dict[str, Any]:
    return {
        "text": reduced.text,
        "tokens_before": reduced.tokens_before,
        "tokens": len(reduced.ids),
        "tokens_saved": reduced.tokens_saved,
        "delta_logprob": reduced.change,
        "loss": reduced.loss,
        "scored_prompts": reduced.scored,
        "dropped": [
            {
                "source": d.part.source,
                "label": d.part.label,
                "delta_logprob": d.change,
                "tokens": d.tokens,
            }
            for d in reduced.drops
        ],
        "kept": [p.label for p in reduced.kept],
    }


def _show(found: Influence, said: str) -> None:
    floor = found.floor()
    print(f"reply {said!r}, log-probability {found.baseline_logprob:.4f}")
    print(f"{'change':>9} {'tokens':>7}  part")
    for e in found.ranked():
        change = e.change() or 0.0
        small = "  (within the noise)" if floor is not None and abs(change) <= floor else ""
        print(f"{change:+9.4f} {-e.tokens_saved:+7d}  {e.part.label}{small}")
        if e.note:
            note(f"{e.part.label}: {e.note}")
    for e in found.effects:
        if e.token_change is None:
            print(f"{'n/a':>9} {'':>7}  {e.part.label}: {e.reason}")
    if floor is None:
        print(f"noise floor: not available. {found.no_neutral}".rstrip())
    else:
        print(f"noise floor ±{floor:.4f} ({len(found.neutral)} edits without meaning)")


def _show_reduced(reduced: Reduction) -> None:
    print(
        f"shortened from {reduced.tokens_before:,} to {len(reduced.ids):,} tokens "
        f"({reduced.tokens_saved:,} saved), log-probability {reduced.change:+.4f}"
    )
    for d in reduced.drops:
        print(f"  without {d.part.label}: {d.change:+.4f}, {d.tokens:,} tokens")
    print(reduced.text)

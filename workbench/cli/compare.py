"""`workbench compare`: models, prompts, settings and seeds side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.comparing import columns_of, letter, number_of
from workbench.cli.given import not_empty
from workbench.cli.main import EXIT_BAD_INPUT, EXIT_INTERRUPTED, EXIT_NO
from workbench.cli.options import (
    json_option,
    list_settings_option,
    note,
    preset_option,
    print_json,
    profile_option,
    progress_line,
    read_prompt,
    readable,
    setting_option,
    variable_option,
)
from workbench.cli.saving import close
from workbench.core.errors import UserError
from workbench.core.memory import memory_words
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.core.tokens import TokenTable
    from workbench.experiments.compare import ColumnEnd, Comparison
    from workbench.experiments.compare_diff import ModelDiff, WordsChanged
    from workbench.experiments.compare_plan import Column
    from workbench.experiments.compare_scores import ColumnScores
    from workbench.experiments.session import Prepared, Session
    from workbench.templates.prompt_file import PromptFile

_POLL_S = 0.1


@click.command(
    epilog="Example: workbench compare few-shot-story -m demo-2m-q8_0 -m demo-2m-q4_0 "
    "-v name=Zoe --seed 41 --json"
)
@click.argument("prompt")
@click.option(
    "-m",
    "--model",
    "models",
    multiple=True,
    metavar="MODEL",
    callback=not_empty,
    help="A GGUF file, its name or a server, as often as you like; the demo model if left out.",
)
@click.option("--with-prompt", "prompts", multiple=True, metavar="PROMPT", help="One more prompt.")
@click.option(
    "--version",
    "versions",
    multiple=True,
    metavar="VERSION",
    help="A column per model with a stored version of PROMPT, by its number or name, as often as "
    'you like; "now" is PROMPT as it stands.',
)
@variable_option
@setting_option
@click.option(
    "--variant",
    "variants",
    multiple=True,
    metavar='"NAME=VALUE …"',
    help="One more column per model and prompt, with these settings on top of -s.",
)
@list_settings_option
@preset_option
@click.option("--seed", "seeds", multiple=True, type=int, help="Seed, as often as you like.")
@click.option(
    "-n",
    "--samples",
    default=1,
    show_default=True,
    type=click.IntRange(1, 1024),
    help="Replies per column, made in one batch.",
)
@click.option("--base", default="A", show_default=True, help="The column others are held against.")
@click.option("--text", help="Compare the models on this text, not on the base column's reply.")
@click.option(
    "--text-file",
    metavar="FILE",
    help="…on the text of this file.",
)
@click.option("--at-once", type=click.IntRange(1), help="How many models run at once at most.")
@json_option
@click.option("--no-save", is_flag=True, help="Keep the runs out of the history.")
@profile_option
def command(
    prompt: str,
    models: tuple[str, ...],
    prompts: tuple[str, ...],
    versions: tuple[str, ...],
    variables: tuple[str, ...],
    settings: tuple[str, ...],
    variants: tuple[str, ...],
    preset: str | None,
    seeds: tuple[int, ...],
    samples: int,
    base: str,
    text: str | None,
    text_file: str | None,
    at_once: int | None,
    as_json: bool,
    no_save: bool,
    profile: Profile,
) -> int:
    """Run PROMPT in columns: models x prompts x variants of the settings x seeds.

    Models that fit into memory together run at once, others one after another. Every column is
    held against the base column: in words, and, where model or prompt differ, token by token:
    the base column's first reply is forced through both, and the divergence of their whole
    distributions is measured (nats); with different vocabularies the bits per byte of each word.

    A history that cannot be written (a full disk) costs no reply: a line on standard error names
    each column that was not saved, and the exit code is not changed by it. With --json, saved and
    save_error of a column tell.
    """
    from workbench.experiments.compare import Comparison
    from workbench.experiments.models import find_model
    from workbench.experiments.session import open_session

    said = _given_text(text, text_file)
    paths = [find_model(name, profile) for name in models or [""]]
    session, _ = open_session(profile, history=False)
    told = False
    try:
        files = _files(session, prompt, prompts, versions, profile)
        columns = columns_of(
            files, paths, variables, settings, variants, seeds, samples, preset, profile
        )
        if len(columns) < 2:
            raise UserError(
                "There is only one column, and nothing to hold it against.",
                "Add -m, --with-prompt, --version, --variant or --seed.",
            )
        chosen = number_of(base, len(columns))
        comparison = Comparison(session, columns, _Quiet(), save=not no_save, at_once=at_once)
        if not as_json:
            _announce(comparison)
        ends = _wait(comparison)
        for notice in session.notices:
            note(notice)
        _hash_models(session, ends)
        words, diffs = _differences(session, ends, chosen, said)
        scores = _scores(session, columns, ends)
        if as_json:
            from workbench.experiments.compare_document import compare_document

            print_json(
                compare_document(
                    comparison.name, columns, comparison.plan, ends, words, diffs, scores
                )
            )
        else:
            _print(comparison, ends, words, diffs, scores)
        told = any(end.outcome is not None and end.outcome.save_error for end in ends)
    finally:
        close(session, told=told)
    return _code(ends) or (EXIT_BAD_INPUT if any(d.failed for d in diffs) else 0)


def _files(
    session: Session,
    prompt: str,
    others: Sequence[str],
    versions: Sequence[str],
    profile: Profile,
) -> list[tuple[str, PromptFile]]:
    """The prompts, each with what tells it from the others; stored versions of the first."""
    from workbench.experiments.compare_prompts import find_version

    first = read_prompt(prompt, profile)
    files = [(first.name, first)] if not versions else []
    for wanted in versions:
        choice = find_version(session, first, wanted)
        files.append((choice.label or "now", choice.prompt(first)))
    return [*files, *((made.name, made) for made in (read_prompt(o, profile) for o in others))]


def _scores(
    session: Session, columns: Sequence[Column], ends: Sequence[ColumnEnd]
) -> dict[str, ColumnScores]:
    from workbench.experiments.compare_scores import score_columns

    asked = [(end, column.prompt, column.values) for column, end in zip(columns, ends, strict=True)]
    return score_columns(session, asked)


def _given_text(text: str | None, file: str | None) -> str | None:
    """What the models are compared on; None for the base column's reply."""
    from workbench.experiments.given_text import read_text_file

    if text is not None and file is not None:
        raise UserError("Both --text and --text-file are given.", "Give one of them.")
    if file is not None:
        return read_text_file(Path(file))
    if text is not None and not readable(text, "--text"):
        raise UserError("--text is empty.")
    return text


class _Quiet:
    """Columns are printed whole at the end; side by side they would mix."""

    def column_started(self, column: int, prepared: Prepared) -> None:
        """A column begins."""

    def column_prefill(self, column: int, done: int, total: int) -> None:
        """A column's prompt is being read."""

    def column_tokens(
        self, column: int, sample: int, table: TokenTable, text: str, pieces: Mapping[int, bytes]
    ) -> None:
        """A column grew."""

    def column_finished(self, column: int, end: ColumnEnd) -> None:
        """A column ended."""


def _announce(comparison: Comparison) -> None:
    plan = comparison.plan
    if len(plan.waves) < 2:
        return
    for number, wave in enumerate(plan.waves):
        names = ", ".join(letter(n) for n in wave.columns)
        note(f"{'first' if number == 0 else 'then'} {names}: {memory_words(wave.need, plan.room)}")


def _wait(comparison: Comparison) -> tuple[ColumnEnd, ...]:
    comparison.start()
    while True:
        try:
            return comparison.wait(_POLL_S)
        except TimeoutError:
            continue
        except KeyboardInterrupt:
            comparison.cancel()


def _hash_models(session: Session, ends: Sequence[ColumnEnd]) -> None:
    """Wait for the hashes of small models, so that the history has them before it closes."""
    for path in {e.outcome.start.model.path for e in ends if e.outcome}:
        with suppress(UserError):
            session.sha256(Path(path))


def _differences(
    session: Session, ends: Sequence[ColumnEnd], base: int, said: str | None
) -> tuple[list[WordsChanged], list[ModelDiff]]:
    from workbench.experiments.compare_diff import ModelDiff, model_diff, words_changed

    others = [n for n in range(len(ends)) if n != base]
    words = [w for n in others if (w := words_changed(base, n, ends)) is not None]
    diffs = []
    if all(e.outcome is None or e.outcome.end.status != "cancelled" for e in ends):
        for n in others:
            try:
                with progress_line("comparing token") as progress:
                    diffs.append(model_diff(session, ends, base, n, said=said, progress=progress))
            except UserError as error:  # the replies are there all the same
                note(f"columns {letter(base)} and {letter(n)} were not compared: {error}")
                diffs.append(ModelDiff(base, n, None, None, {}, str(error), failed=True))
    return words, diffs


def _print(
    comparison: Comparison,
    ends: Sequence[ColumnEnd],
    words: Sequence[WordsChanged],
    diffs: Sequence[ModelDiff],
    scores: Mapping[str, ColumnScores],
) -> None:
    for column, end in zip(comparison.columns, ends, strict=True):
        print(f"=== {column.label}")
        if end.outcome is None:
            print(f"(no reply: {end.error})")
            continue
        result = end.outcome.end.result
        for number, sample in enumerate(result.samples):
            if len(result.samples) > 1:
                print(f"--- sample {number + 1}, seed {column.seed + number}")
            print(sample.text)
        print(_facts(end, scores.get(end.outcome.start.run_id)))
    for change in words:
        print(_words_line(change))
    for diff in diffs:
        print(
            f"{letter(diff.a)} and {letter(diff.b)} on {letter(diff.a)}'s text: {_diff_line(diff)}"
        )


def _facts(end: ColumnEnd, scores: ColumnScores | None) -> str:
    if end.outcome is None:
        return ""
    result, timings = end.outcome.end.result, end.outcome.end.result.timings
    from workbench.experiments.probability import text_score

    first = result.samples[0]
    score = text_score(first.tokens, len(first.text.encode()))
    parts = [f"{len(first.tokens):,} tokens, {len(first.text):,} characters"]
    if score.perplexity is not None:
        parts.append(f"perplexity {score.perplexity:.2f}")
    if timings.prefill_tps is not None:
        parts.append(f"prefill {timings.prefill_tps:,.0f} token/s")
    if timings.decode_tps is not None:
        parts.append(f"decode {timings.decode_tps:,.0f} token/s")
    if timings.first_token_ms is not None:
        parts.append(f"first token {timings.first_token_ms:,.0f} ms")
    if scores is not None:
        parts.append(scores.fact().value)
    if result.error:
        parts.append(result.error)
    return f"[{'; '.join(parts)}]"


def _words_line(change: WordsChanged) -> str:
    a, b = letter(change.a), letter(change.b)
    if change.first_divergence is None:
        return f"{a} and {b}: the same text"
    return (
        f"{a} and {b}: {change.words_changed:,} of {change.words:,} words differ, "
        f"first at token {change.first_divergence}"
    )


def _diff_line(diff: ModelDiff) -> str:
    from workbench.core.divergence import summary
    from workbench.experiments.compare_document import words_document

    if diff.tokens is not None:
        s = summary(diff.tokens)
        first = "none" if s.first_divergence is None else f"token {s.first_divergence}"
        return (
            f"mean KL {s.mean_kl:.4f} nats ({s.mean_kl_reverse:.4f} the other way), "
            f"JS {s.mean_js:.4f}, same likeliest token {s.same_top1:.1%}, "
            f"first divergence {first}; "
            f"bits per byte {_number(s.bits_per_byte_a)} and {_number(s.bits_per_byte_b)}"
        )
    if diff.words is not None:
        found = words_document(diff.words)
        return (
            "different vocabularies; bits per byte "
            f"{_number(found['bits_per_byte_a'])} and {_number(found['bits_per_byte_b'])}"
        )
    return diff.reason


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


def _code(ends: Sequence[ColumnEnd]) -> int:
    from workbench.core.errors import StoppedError
    from workbench.core.run import RunStatus

    code = 0
    for number, end in enumerate(ends):
        if isinstance(end.error, StoppedError) or (
            end.outcome is not None and end.outcome.end.status is RunStatus.CANCELLED
        ):
            code = code or EXIT_INTERRUPTED
        elif end.outcome is None:
            note(f"column {letter(number)}: {end.error}")
            code = EXIT_BAD_INPUT
        elif end.outcome.end.status is RunStatus.FAILED:
            result = end.outcome.end.result
            note(f"column {letter(number)}: {result.error} {result.hint}".strip())
            code = EXIT_NO if end.outcome.engine_died else EXIT_BAD_INPUT
        elif end.outcome.save_error:
            note(f"column {letter(number)} was not saved: {end.outcome.save_error}")
    return code

"""`workbench metrics`: the metrics there are, what they mean, and one number now."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.options import (
    json_option,
    note,
    pairs,
    print_json,
    profile_option,
    progress_line,
    readable,
)
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.core.metric import Evidence
    from workbench.metrics.base import Metric

user_metric_option = click.option(
    "--user-metric",
    "user_files",
    multiple=True,
    metavar="FILE.py",
    help="A metric of your own: a file with a function score(evidence). It is run.",
)
force_option = click.option(
    "--force-code",
    is_flag=True,
    help="Run your own metric also where the system cannot give every wall around it.",
)


@click.group(
    epilog="Example: workbench metrics score squad_f1 --prediction Paris --reference 'Paris, Texas'"
)
def command() -> None:
    """What replies are measured with: definitions, arguments, and a number for given texts."""


@command.command(
    "list",
    epilog="Example: workbench metrics list",
)
@user_metric_option
@force_option
@json_option
def list_metrics(user_files: tuple[str, ...], force_code: bool, as_json: bool) -> None:
    """Every metric: name, unit, which way is better, and what the number says."""
    from workbench.metrics.documents import info_document
    from workbench.metrics.guide import headings

    families = headings(_own(user_files, forced=force_code))
    if as_json:
        print_json([info_document(m.info) for _, metrics in families for m in metrics])
        return
    for heading, metrics in families:
        print(heading)
        for metric in metrics:
            info = metric.info
            print(f"  {info.name:25} {info.direction:8} {info.unit}")


@command.command("show", epilog="Example: workbench metrics show bleu")
@click.argument("name")
@user_metric_option
@force_option
@json_option
def show_metric(name: str, user_files: tuple[str, ...], force_code: bool, as_json: bool) -> None:
    """What the metric NAME means and does not mean, its arguments and its source."""
    from workbench.metrics.documents import info_document
    from workbench.metrics.guide import metric_text

    metric = _find(name, user_files, forced=force_code)
    if as_json:
        print_json(info_document(metric.info))
    else:
        print(metric_text(metric.info), end="")


@command.command(
    "score",
    epilog="Example: workbench metrics score rouge_l --prediction 'the cat' --reference 'a cat' "
    "--arg stemmer=true --json",
)
@click.argument("name")
@click.option("--prediction", metavar="TEXT", help="The reply.")
@click.option("--reference", "references", multiple=True, metavar="TEXT", help="A right answer.")
@click.option("--wrong", multiple=True, metavar="TEXT", help="An answer known to be wrong.")
@click.option("--arg", "arguments", multiple=True, metavar="NAME=VALUE", help="Of the metric.")
@click.option(
    "--evidence",
    "evidence_file",
    metavar="FILE.jsonl",
    help="One JSON object per item (choices, logprobs, attempts, calls…), or - for stdin; then the "
    "number is over all items.",
)
@click.option(
    "--embedding-model",
    metavar="MODEL",
    help="Makes vectors of reply, references and wrong answers first (of a query, of what should "
    "be found and what should not).",
)
@user_metric_option
@force_option
@json_option
@profile_option
def score_texts(
    name: str,
    prediction: str | None,
    references: tuple[str, ...],
    wrong: tuple[str, ...],
    arguments: tuple[str, ...],
    evidence_file: str | None,
    embedding_model: str | None,
    user_files: tuple[str, ...],
    force_code: bool,
    as_json: bool,
    profile: Profile,
) -> None:
    """The metric NAME of a reply and its references, or of items in a file.

    Where it cannot be scored, the value is null and a sentence says why.
    """
    from workbench.core.metric import Evidence
    from workbench.metrics.arguments import read_arguments
    from workbench.metrics.scoring import aggregate, score

    def embed(evidences: list[Evidence]) -> list[Evidence]:
        return _embedded(evidences, embedding_model, profile) if embedding_model else evidences

    metric = _find(name, user_files, forced=force_code)
    given = pairs(arguments, "--arg")
    values = dict(read_arguments(metric.info, given))
    found: dict[str, Any] = {"metric": metric.info.name, "version": metric.info.version}
    if evidence_file is not None:
        if prediction is not None or references or wrong:
            raise UserError("--evidence holds the replies: leave --prediction and the others out.")
        total = aggregate(metric, embed(_evidences(evidence_file)), given)
        found |= {"value": total.value, "reason": total.reason}
        more: dict[str, Any] = {"n": total.n, "unscored": total.unscored}
    else:
        evidence = Evidence(
            prediction=None if prediction is None else readable(prediction, "--prediction"),
            references=tuple(readable(text, "--reference") for text in references),
            wrong=tuple(readable(text, "--wrong") for text in wrong),
        )
        (evidence,) = embed([evidence])
        one = score(metric, evidence, given)
        found |= {"value": one.value, "reason": one.reason}
        more = {"detail": dict(one.detail)}
    found |= {"unit": metric.info.unit, "args": values, **more}
    if as_json:
        print_json(found)
        return
    value = found["value"]
    print("not scored: " + found["reason"] if value is None else f"{value:.6g} ({found['unit']})")
    for key, figure in more.get("detail", more).items():
        print(f"  {key}: {figure}")


def _own(files: Sequence[str], *, forced: bool) -> list[Metric]:
    from workbench.metrics.user import file_metric

    return [file_metric(Path(readable(file, "--user-metric")), forced=forced) for file in files]


def _find(name: str, files: Sequence[str], *, forced: bool) -> Metric:
    from workbench.metrics.registry import all_metrics
    from workbench.metrics.user import entry_point_metric, entry_point_metrics

    known = all_metrics(_own(files, forced=forced))
    if name not in known.names() and name in entry_point_metrics():
        return entry_point_metric(name, forced=forced)
    return known.get(name)


def _embedded(evidences: list[Evidence], model: str, profile: Profile) -> list[Evidence]:
    from workbench.core.cancel import CancelToken
    from workbench.core.types import EngineSettings
    from workbench.experiments.embedding import NOT_DECLARED, text_vectors, texts_of, with_vectors
    from workbench.experiments.models import find_model
    from workbench.experiments.session import open_session

    path, settings = find_model(model, profile), EngineSettings()
    texts = [text for evidence in evidences for text in texts_of(evidence)]
    session, _ = open_session(profile, history=False)
    try:
        with progress_line("embedding") as progress:
            vectors, declared = text_vectors(
                session, path, settings, texts, progress, CancelToken()
            )
    finally:
        session.close()
    if not declared:
        note(NOT_DECLARED)
    return with_vectors(evidences, vectors)


def _evidences(file: str) -> list[Evidence]:
    from workbench.metrics.evidence_json import evidence_from_json

    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).expanduser().read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{file} is not UTF-8 (byte {error.start}).") from error
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(evidence_from_json(json.loads(line)))
        except (ValueError, RecursionError) as error:
            raise UserError(f"Line {number} of {file} is not JSON: {error}.") from error
        except UserError as error:
            raise UserError(f"Line {number} of {file}: {error.message}", error.hint) from error
    if not found:
        raise UserError(f"{file} holds no items.", "It takes one JSON object per line.")
    return found

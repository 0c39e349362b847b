"""`workbench models`: what is in the model folders, and in those of other programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.options import json_option, print_json, profile_option
from workbench.cli.servers import add_server, check_server, remove_server, servers
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.core.model_places import Place
    from workbench.experiments.finder.values import Findings, FoundModel
    from workbench.experiments.model_fit import Machine


@click.group(epilog="Example: workbench models find")
def command() -> None:
    """List the models in the model folders, find those of other programs, or show one."""


for _verb in (add_server, servers, check_server, remove_server):
    command.add_command(_verb)


@command.command("list", epilog="Example: workbench models list --json")
@json_option
@profile_option
def list_(as_json: bool, profile: Profile) -> None:
    """List every GGUF file in the model folders: the person's own, added ones, the demo models."""
    from workbench.core.model_folders import model_folders
    from workbench.core.model_places import own_places

    if not _print_found(_search(own_places(profile)), as_json=as_json):
        print("No models. Put .gguf files into one of:")
        for folder in model_folders(profile):
            print(f"  {folder}")


@command.command(epilog="Example: workbench models find --downloads --json")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option("--downloads", is_flag=True, help="Look into Downloads, Documents and Desktop too.")
@json_option
@profile_option
def find(folders: tuple[Path, ...], downloads: bool, as_json: bool, profile: Profile) -> None:
    """Find models in FOLDERS, or in the folders of LM Studio, Ollama, Hugging Face and llama.cpp.

    Says for each whether it fits into the memory of this machine that is free now. Nothing is
    copied and only headers are read. The name in the first column can be given to -m.
    """
    from workbench.core.model_places import Origin, Place, model_places, surroundings

    places = tuple(Place(Origin.FOLDER, folder) for folder in folders)
    if not places:
        places = model_places(profile, surroundings(), downloads=downloads)
    found = _search(places)
    any_printed = _print_found(found, as_json=as_json)
    for trouble in found.troubles:
        print(f"{trouble.path}: {trouble.reason}", file=sys.stderr)
    if not any_printed:
        print("No models. These folders were looked into:")
        for place in places:
            print(f"  {place.origin.value:14} {place.folder}")


@command.command(epilog="Example: workbench models show demo-2m-q8_0")
@click.argument("model")
@json_option
@profile_option
def show(model: str, as_json: bool, profile: Profile) -> None:
    """Show what MODEL's file says of itself, without loading its weights."""
    from workbench.core.memory import size_words
    from workbench.core.types import KvType
    from workbench.experiments.model_card import read_card
    from workbench.experiments.model_fit import fit_sentence, this_machine
    from workbench.experiments.models import find_model

    machine = this_machine()
    card = read_card(find_model(model, profile), machine)
    header, info = card.header, card.header.info
    document: dict[str, Any] = {
        "name": info.name,
        "path": info.path,
        "kind": card.kind.value,
        "architecture": info.architecture,
        "quantization": info.quantization,
        "n_params": info.n_params,
        "size_bytes": info.size_bytes,
        "n_ctx_train": info.n_ctx_train,
        "n_vocab": info.n_vocab,
        "n_layer": info.n_layer,
        "n_head": info.n_head,
        "n_head_kv": info.n_head_kv,
        "n_embd": info.n_embd,
        "licence": info.licence,
        "description": info.description,
        "files": [str(f) for f in header.files],
        "tensor_types": {t.name: t.n_tensors for t in card.types},
        "memory_bytes": {
            kv.value: header.memory_needed(min(info.n_ctx_train or 2048, 8192), kv) for kv in KvType
        },
        "fit": card.fit.verdict.value if card.fit is not None else None,
        "greatest_ctx": card.fit.greatest_ctx if card.fit is not None else None,
        "chat_template": info.chat_template,
    }
    if as_json:
        print_json(document)
        return
    width = max(map(len, document))
    for name, value in document.items():
        shown = value
        if name == "memory_bytes":
            shown = ", ".join(f"{k} {size_words(v)}" for k, v in value.items())
        elif name == "tensor_types":
            shown = ", ".join(f"{n} × {k}" for k, n in value.items())
        elif name == "fit" and card.fit is not None:
            shown = f"{value}. {fit_sentence(card.fit, machine)}"
        print(f"{name:{width}}  {shown}")


def _search(places: Sequence[Place]) -> Findings:
    """Look through the places; a terminal sees how far it is."""
    from workbench.core.cancel import CancelToken
    from workbench.experiments.finder.find import add_event, find_models
    from workbench.experiments.finder.values import Findings, Looking

    made, is_terminal = Findings(), sys.stderr.isatty()
    for event in find_models(places, CancelToken()):
        if isinstance(event, Looking) and is_terminal:
            count = f" {event.done:,} of {event.total:,}" if event.total else ""
            print(f"\r\x1b[K{event.folder}{count}", end="", file=sys.stderr, flush=True)
        add_event(made, event)
    if is_terminal:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return made


def _print_found(found: Findings, *, as_json: bool) -> bool:
    """Print what was found; False where there is nothing and nothing was printed."""
    from workbench.experiments.model_fit import this_machine

    machine = this_machine()
    if as_json:
        print_json([_document(m, machine) for m in found.models if m.header is not None])
        return True
    for model in found.models:
        print(_line(model, machine))
    return bool(found.models)


def _document(model: FoundModel, machine: Machine) -> dict[str, Any]:
    from workbench.experiments.model_fit import fit

    info, header = model.info, model.header
    if info is None or header is None:
        raise TypeError(model)
    fitting = fit(header, machine) if model.can_run else None
    return {
        "name": info.name,
        "path": str(model.path),
        "architecture": info.architecture,
        "quantization": info.quantization,
        "n_params": info.n_params,
        "size_bytes": model.size_bytes,
        "found_as": model.candidate.name,
        "also": list(model.also),
        "source": model.candidate.origin.value,
        "kind": model.kind.value if model.kind is not None else None,
        "n_ctx_train": info.n_ctx_train,
        "files": [str(path) for path in model.candidate.files],
        "fit": fitting.verdict.value if fitting is not None else None,
        "greatest_ctx": fitting.greatest_ctx if fitting is not None else None,
        "needs_bytes": fitting.need.ram + fitting.need.gpu if fitting is not None else None,
    }


def _line(model: FoundModel, machine: Machine) -> str:
    from workbench.core.memory import size_words
    from workbench.core.visible import one_line
    from workbench.experiments.model_facts import count_words
    from workbench.experiments.model_fit import fit

    name, source = one_line(model.candidate.name, 80), model.candidate.origin.value
    info, header = model.info, model.header
    if info is None or header is None:
        return f"{name:32} {source:13} cannot be used: {one_line(model.error)}"
    words = fit(header, machine).words if model.can_run else f"{model.kind}, runs no prompts"
    return (
        f"{name:32} {source:13} {one_line(info.architecture, 20):10} {info.quantization:8} "
        f"{count_words(info.n_params):>8} {size_words(model.size_bytes):>11}  {words}"
    )

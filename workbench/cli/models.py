"""`workbench models`: what is in the model folders."""

from __future__ import annotations

from typing import Any

import click

from workbench.cli.options import json_option, print_json, profile_option
from workbench.core.paths import Profile, model_folders


@click.group(epilog="Example: workbench models show demo-2m-q8_0 --json")
def command() -> None:
    """List the models in the model folders, or show one."""


@command.command("list", epilog="Example: workbench models list --json")
@json_option
@profile_option
def list_(as_json: bool, profile: Profile) -> None:
    """List every GGUF file in the model folders."""
    from workbench.experiments.models import scan_models

    entries = scan_models(profile)
    if as_json:
        print_json(
            [
                {
                    "name": e.info.name,
                    "path": e.info.path,
                    "architecture": e.info.architecture,
                    "quantization": e.info.quantization,
                    "n_params": e.info.n_params,
                    "size_bytes": e.info.size_bytes,
                }
                for e in entries
                if e.info is not None
            ]
        )
        return
    for entry in entries:
        if entry.info is None:
            print(f"{entry.path.name:32} cannot be used: {entry.error}")
        else:
            info = entry.info
            print(
                f"{entry.path.stem:32} {info.architecture:10} {info.quantization:8} "
                f"{info.n_params / 1e6:>10,.1f} M {info.size_bytes / 1e6:>10,.1f} MB"
            )
    if not entries:
        print("No models. Put .gguf files into one of:")
        for folder in model_folders(profile):
            print(f"  {folder}")


@command.command(epilog="Example: workbench models show demo-2m-q8_0")
@click.argument("model")
@json_option
@profile_option
def show(model: str, as_json: bool, profile: Profile) -> None:
    """Show what MODEL's file says of itself, without loading its weights."""
    from workbench.core.types import KvType
    from workbench.engine.gguf import read_header
    from workbench.experiments.models import find_model

    header = read_header(find_model(model, profile))
    info = header.info
    document: dict[str, Any] = {
        "name": info.name,
        "path": info.path,
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
        "memory_bytes": {
            kv.value: header.memory_needed(min(info.n_ctx_train or 2048, 8192), kv) for kv in KvType
        },
        "chat_template": info.chat_template,
    }
    if as_json:
        print_json(document)
        return
    width = max(map(len, document))
    for name, value in document.items():
        shown = value
        if name == "memory_bytes":
            shown = ", ".join(f"{k} {v / 2**20:,.0f} MiB" for k, v in value.items())
        print(f"{name:{width}}  {shown}")

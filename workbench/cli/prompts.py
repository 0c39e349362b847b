"""`workbench prompts`: what is in the library, and whether a file is sound."""

from __future__ import annotations

import click

from workbench.cli.options import json_option, library_of, print_json, profile_option, read_prompt
from workbench.core.paths import Profile


@click.group(epilog="Example: workbench prompts check mine.prompt.yml")
def command() -> None:
    """List the prompts in the library, show one, or check a file."""


@command.command("list", epilog="Example: workbench prompts list --json")
@json_option
@profile_option
def list_(as_json: bool, profile: Profile) -> None:
    """List every prompt of the library, broken ones with their error."""
    entries = library_of(profile).list()
    if as_json:
        print_json(
            [
                {
                    "name": e.name,
                    "path": str(e.path),
                    "description": e.description,
                    "tags": list(e.tags),
                    "variables": list(e.variables),
                    "error": e.error or None,
                }
                for e in entries
            ]
        )
        return
    for entry in entries:
        said = f"broken: {entry.error}" if entry.error else entry.description
        print(f"{entry.path.name.removesuffix('.prompt.yml'):28} {said}")


@command.command(epilog="Example: workbench prompts show few-shot-story")
@click.argument("prompt")
@json_option
@profile_option
def show(prompt: str, as_json: bool, profile: Profile) -> None:
    """Show PROMPT's file, or its parts as JSON."""
    from workbench.templates.variables import form_variables

    file = read_prompt(prompt, profile)
    if not as_json:
        print(file.source, end="" if file.source.endswith("\n") else "\n")
        return
    print_json(
        {
            "name": file.name,
            "path": str(file.path) if file.path else None,
            "description": file.description,
            "tags": list(file.tags),
            "model": file.model,
            "model_parameters": dict(file.model_parameters),
            "messages": [{"role": m.role, "content": m.content} for m in file.messages],
            "text": file.text,
            "variables": [
                {
                    "name": v.name,
                    "type": str(v.kind),
                    "default": v.default,
                    "description": v.description,
                    "choices": list(v.choices),
                }
                for v in form_variables(file)
            ],
        }
    )


@command.command(epilog="Example: workbench prompts check prompts/techniques/role.prompt.yml")
@click.argument("files", nargs=-1, required=True)
@json_option
@profile_option
def check(files: tuple[str, ...], as_json: bool, profile: Profile) -> int:
    """Check that FILES load and that their templates parse; exit 1 if one does not."""
    from workbench.core.errors import UserError
    from workbench.templates.variables import form_variables

    results = []
    for name in files:
        try:
            form_variables(read_prompt(name, profile))
            results.append({"file": name, "ok": True, "error": None})
        except UserError as error:
            results.append({"file": name, "ok": False, "error": str(error)})
    if as_json:
        print_json(results)
    else:
        for result in results:
            print(f"{result['file']}: {'ok' if result['ok'] else result['error']}")
    return 0 if all(r["ok"] for r in results) else 1

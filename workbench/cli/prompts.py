"""`workbench prompts`: what is in the library, and whether a file is sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.options import json_option, library_of, print_json, profile_option, read_prompt
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.templates.library import Library


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
                for v in form_variables(file, None, library_of(profile))
            ],
        }
    )


@command.command(epilog="Example: workbench prompts check prompts/techniques/role.prompt.yml")
@click.argument("files", nargs=-1)
@json_option
@profile_option
def check(files: tuple[str, ...], as_json: bool, profile: Profile) -> int:
    """Check FILES, folders or the whole library; exit 1 if a prompt cannot be used.

    Every mistake is named with its line and column; notes say what is probably not meant.
    """
    from workbench.templates.check import Severity, check_file

    library = library_of(profile)
    results = []
    for label, path in _paths(files, library):
        problems = check_file(path, library)
        errors = [p for p in problems if p.severity is Severity.ERROR]
        first = f"{errors[0].message} {errors[0].hint}".strip() if errors else None
        rows = [
            {
                "severity": str(p.severity),
                "line": p.line,
                "column": p.column,
                "message": p.message,
                "hint": p.hint,
            }
            for p in problems
        ]
        results.append({"file": label, "ok": not errors, "error": first, "problems": rows})
        if as_json:
            continue
        for p in problems:
            place = "".join(f":{number}" for number in (p.line, p.column) if number is not None)
            print(f"{label}{place}: {p.severity}: {p.message} {p.hint}".rstrip())
        if not problems:
            print(f"{label}: ok")
    if as_json:
        print_json(results)
    return 0 if all(result["ok"] for result in results) else 1


def _paths(files: tuple[str, ...], library: Library) -> list[tuple[str, Path]]:
    """What to check: files and library names as given, folders searched, else the library."""
    if not files:
        return [(str(entry.path), entry.path) for entry in library.list()]
    found: list[tuple[str, Path]] = []
    for name in files:
        path = Path(name).expanduser()
        if path.is_dir():
            found += [(str(file), file) for file in sorted(path.rglob("*.prompt.y*ml"))]
        elif path.is_file():
            found.append((name, path))
        elif path.suffix in {".yml", ".yaml"}:
            raise UserError(f"There is no prompt file {name}.", "See `workbench prompts list`.")
        else:
            found.append((name, library.find(name)))
    return found

"""`workbench import`: prompts of other tools into the library."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.options import json_option, note, print_json, profile_option
from workbench.core.errors import UserError
from workbench.core.paths import Profile


@click.command(epilog="Example: workbench import promptfooconfig.yaml -o prompts")
@click.argument("file", required=False)
@click.option("-o", "--output", metavar="DIR", help="The folder; else the library's own.")
@click.option("--format", "format_name", metavar="FORMAT", help="Read it as this format.")
@click.option("--list", "as_list", is_flag=True, help="Name the formats and exit.")
@json_option
@profile_option
def command(
    file: str | None,
    output: str | None,
    format_name: str | None,
    as_list: bool,
    as_json: bool,
    profile: Profile,
) -> None:
    """Read FILE of another tool and write its prompts as prompt files.

    What is left out is named on stderr, or under "left_out" with --json.
    """
    from workbench.experiments.import_prompt import read_foreign, save_prompts

    if as_list:
        _list(as_json=as_json)
        return
    if file is None:
        raise UserError("import takes a FILE.", "--list names the formats.")
    found = read_foreign(Path(file).expanduser(), format_name)
    folder = Path(output).expanduser() if output else profile.prompts
    written = save_prompts(found.prompts, folder)
    if as_json:
        print_json(
            {
                "format": found.format,
                "prompts": [str(path) for path in written],
                "left_out": list(found.left_out),
            }
        )
        return
    for path in written:
        print(path)
    for sentence in found.left_out:
        note(f"left out: {sentence}")


def _list(*, as_json: bool) -> None:
    from workbench.export.import_formats import import_formats

    formats = list(import_formats())
    if as_json:
        print_json(
            [
                {"name": f.name, "title": f.title, "help": f.help, "suffixes": list(f.suffixes)}
                for f in formats
            ]
        )
        return
    for made in formats:
        print(f"{made.name:18} {', '.join(made.suffixes):24} {made.help}")

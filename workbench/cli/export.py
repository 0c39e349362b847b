"""`workbench export`: a prompt as a file for another tool."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbench.cli.format_options import format_option, option_values, print_formats
from workbench.cli.options import (
    json_option,
    library_of,
    model_option,
    note,
    pairs,
    preset_of,
    preset_option,
    print_json,
    profile_option,
    read_prompt,
    sampling_of,
    setting_option,
    variable_option,
)
from workbench.cli.output_file import OutputFile
from workbench.core.errors import UserError
from workbench.core.paths import Profile

if TYPE_CHECKING:
    from workbench.experiments.export_prompt import OnModel
    from workbench.templates.library import Library
    from workbench.templates.prompt_file import PromptFile


@click.command(epilog="Example: workbench export role --to messages -v animal=owl -o role.json")
@click.argument("prompt", required=False)
@click.option("--to", "to", metavar="FORMAT", help="The format; --list names them.")
@click.option("-o", "--output", type=OutputFile(), help="A file instead of stdout.")
@format_option
@click.option("--list", "as_list", is_flag=True, help="Name the formats and exit.")
@model_option
@variable_option
@setting_option
@preset_option
@json_option
@profile_option
def command(
    prompt: str | None,
    to: str | None,
    output: Path | None,
    options: tuple[str, ...],
    as_list: bool,
    model: str | None,
    variables: tuple[str, ...],
    settings: tuple[str, ...],
    preset: str | None,
    as_json: bool,
    profile: Profile,
) -> None:
    """Write PROMPT in another format.

    What the format cannot say is named on stderr, or under "lost" with --json.
    """
    from workbench.core.files import write_whole
    from workbench.experiments.export_prompt import export_prompt
    from workbench.export.formats import export_formats
    from workbench.templates.variables import coerce_values

    if as_list:
        print_formats(list(export_formats()), as_json=as_json)
        return
    if prompt is None or to is None:
        raise UserError("export takes a PROMPT and --to FORMAT.", "--list names the formats.")
    made = export_formats().get(to)
    library = library_of(profile)
    file = read_prompt(prompt, profile)
    values = coerce_values(file, pairs(variables, "-v"), library)
    sampling, seed = sampling_of(settings, file, preset_of(preset, profile))
    exported = export_prompt(
        made,
        file,
        values,
        sampling=sampling,
        seed=seed,
        fragments=library,
        on_model=_on_model(file, values, model, profile, library),
        options=option_values(made.options, options),
    )
    if output is not None:
        write_whole(output, exported.text)
    if as_json:
        written = {"file": str(output)} if output is not None else {"text": exported.text}
        print_json({"format": made.name, **written, "lost": list(exported.losses)})
        return
    if output is None:
        sys.stdout.buffer.write(exported.text.encode("utf-8"))
        sys.stdout.flush()
    for loss in exported.losses:
        note(f"not in the file: {loss}")


def _on_model(
    file: PromptFile,
    values: Mapping[str, object],
    model: str | None,
    profile: Profile,
    library: Library,
) -> Callable[[], OnModel]:
    """The prompt as the model reads it; the model is loaded when it is asked for."""

    def read() -> OnModel:
        from workbench.core.types import EngineSettings
        from workbench.experiments.direct import direct_engine
        from workbench.experiments.export_prompt import OnModel
        from workbench.experiments.models import find_model

        with direct_engine(find_model(model, profile), EngineSettings(), library) as engine:
            return OnModel(engine.read(file, values).rendered, engine.loaded)

    return read

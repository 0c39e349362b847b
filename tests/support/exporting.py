"""Prompts on their way out and in again, as the command line would send them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workbench.core.paths import prompts_folder
from workbench.core.sampling import Sampling
from workbench.core.types import EngineInfo, KvType, Loaded, ModelInfo, VocabInfo
from workbench.experiments.export_prompt import OnModel, export_prompt
from workbench.export.base import Exported
from workbench.export.formats import export_formats
from workbench.templates.library import Library
from workbench.templates.prompt_file import PromptFile
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values, form_variables

LIBRARY = Library((prompts_folder(),))
BUNDLED = [entry.path for entry in LIBRARY.list()]
LOADED = Loaded(
    ModelInfo(
        "demo", "models/demo.gguf", "llama", "Q8_0", 1, 1, 64, 10, 4, 2, 2, 8,
        chat_template="{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}",
    ),
    EngineInfo("0.3.36", "CPU : X = 1", "cpu", 1, 1024, True, KvType.F16),
    VocabInfo(10, 0, 1, None, "<s>", "</s>", True),
)  # fmt: skip


def export(
    name: str,
    prompt: PromptFile,
    sampling: Sampling | None = None,
    options: Mapping[str, str | bool] | None = None,
    seed_set: int | None = None,
    /,
    **values: object,
) -> Exported:
    """The prompt in a format, its variables as the command line would fill them."""
    filled = coerce_values(prompt, values, LIBRARY)
    return export_prompt(
        export_formats().get(name),
        prompt,
        filled,
        sampling=sampling or Sampling(),
        seed=seed_set,
        fragments=LIBRARY,
        on_model=lambda: OnModel(render_prompt(prompt, filled, None, fragments=LIBRARY), LOADED),
        options=options,
    )


def contents(prompt: PromptFile, /, **values: object) -> list[str]:
    """The rendered messages, or the rendered raw text."""
    filled = coerce_values(prompt, values, LIBRARY)
    rendered = render_prompt(prompt, filled, None, fragments=LIBRARY)
    return [m.content for m in rendered.messages] if prompt.is_chat else [rendered.text]


def known_values(prompt: PromptFile, values: Mapping[str, object]) -> dict[str, object]:
    """Those of the values that the prompt has a variable for."""
    names = {variable.name for variable in form_variables(prompt, None, LIBRARY)}
    return {name: value for name, value in values.items() if name in names}


def file_name(path: Path, suffix: str) -> str:
    """The name a bundled prompt's export would be saved under."""
    return path.name.removesuffix(".prompt.yml") + suffix

"""A prompt with its values and settings on its way out: taken apart for a format. Any thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from workbench.core.errors import UserError
from workbench.core.model_parameters import SEED, parameter_name
from workbench.core.rendered import Rendered
from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values
from workbench.core.types import Loaded
from workbench.export.base import (
    Exported,
    ExportFormat,
    Need,
    PartMessage,
    PartVariable,
    PromptParts,
    chosen,
)
from workbench.templates.declarations import Variable
from workbench.templates.edit import PromptEdit, edit_prompt
from workbench.templates.fragments import Fragments
from workbench.templates.open_prompt import open_prompt
from workbench.templates.prompt_file import PromptFile, prompt_name
from workbench.templates.render import render_prompt
from workbench.templates.tags import included_names
from workbench.templates.variables import form_variables


@dataclass(frozen=True, slots=True)
class OnModel:
    """A prompt as one model reads it."""

    rendered: Rendered
    loaded: Loaded


def export_prompt(
    made: ExportFormat,
    prompt: PromptFile,
    values: Mapping[str, object],
    *,
    sampling: Sampling,
    seed: int | None = None,
    fragments: Fragments | None = None,
    on_model: Callable[[], OnModel] | None = None,
    options: Mapping[str, str | bool] | None = None,
) -> Exported:
    """`prompt` in the format `made`.

    Args:
        values: see `templates.variables.coerce_values`.
        sampling: what is set; the parameters that are not llama.cpp's defaults travel.
        on_model: gives the prompt as a model reads it; called only where the format wants it.
        options: what was chosen of the format's options; the others take their defaults.

    Raises:
        UserError: a variable has no value, a template fails, or the format cannot say it.
    """
    picked = chosen(made.name, made.options, options or {})
    parts = _parts(made.need, prompt, values, sampling, seed, fragments)
    if made.need is Need.MODEL:
        if on_model is None:
            raise UserError(f"{made.title} needs a model.", "Choose one first.")
        parts = _with_model(
            _filled(parts, render_prompt(prompt, values, None, fragments=fragments)), on_model()
        )
    elif made.need is Need.VALUES:
        parts = _filled(parts, render_prompt(prompt, values, None, fragments=fragments))
    elif made.need is Need.OPEN:
        parts = replace(parts, open=open_prompt(prompt, values, fragments))
    return made.write(parts, picked)


def _filled(parts: PromptParts, rendered: Rendered) -> PromptParts:
    contents = [m.content for m in rendered.messages] if parts.is_chat else [rendered.text]
    messages = tuple(
        replace(message, filled=content)
        for message, content in zip(parts.messages, contents, strict=True)
    )
    return replace(parts, messages=messages)


def _with_model(parts: PromptParts, on_model: OnModel) -> PromptParts:
    model, vocab = on_model.loaded.model, on_model.loaded.vocab
    return replace(
        parts,
        exact=on_model.rendered.text,
        adds_bos=on_model.rendered.adds_bos,
        chat_template=model.chat_template,
        bos_text=vocab.bos_text,
        eos_text=vocab.eos_text,
        model_path=model.path,
    )


def _parts(
    need: Need,
    prompt: PromptFile,
    values: Mapping[str, object],
    sampling: Sampling,
    seed: int | None,
    fragments: Fragments | None,
) -> PromptParts:
    if prompt.text is None:
        messages = tuple(PartMessage(m.role, m.content) for m in prompt.messages)
    else:
        messages = (PartMessage("", prompt.text),)
    return PromptParts(
        name=prompt_name(prompt.path) if prompt.path is not None else prompt.name,
        title=prompt.name,
        is_chat=prompt.is_chat,
        messages=messages,
        yaml=_yaml(prompt, sampling, seed),
        description=prompt.description,
        tags=prompt.tags,
        model=prompt.model,
        settings=_settings(sampling),
        sampling=sampling.to_dict(),
        seed=seed,
        variables=tuple(
            PartVariable(
                v.name,
                str(v.kind),
                values.get(v.name, v.default),
                v.default,
                v.description,
                v.choices,
            )
            for v in _variables(need, prompt, fragments)
        ),
        test_data=prompt.test_data,
        evaluators=prompt.evaluators,
        includes=tuple(dict.fromkeys(_includes(prompt))),
    )


def _variables(need: Need, prompt: PromptFile, fragments: Fragments | None) -> tuple[Variable, ...]:
    """What the prompt asks for; of templates that cannot be read, what its file declares."""
    try:
        return form_variables(prompt, None, fragments)
    except UserError:
        if need is not Need.FILE:
            raise
        return prompt.variables


def _includes(prompt: PromptFile) -> Iterator[str]:
    for template in prompt.templates():
        yield from included_names(template.text)


def _settings(sampling: Sampling) -> dict[str, object]:
    defaults = Sampling().to_dict()
    return {name: value for name, value in sampling.to_dict().items() if value != defaults[name]}


def _yaml(prompt: PromptFile, sampling: Sampling, seed: int | None) -> str:
    """The prompt's file with modelParameters that say what is set.

    What says the same already keeps its words, and so does what other programs wrote.
    """
    is_set, told = sampling.to_dict(), set()
    wanted: dict[str, object] = {}
    for name, value in prompt.model_parameters.items():
        known = parameter_name(name)
        if known is None:
            wanted[name] = value
        elif known == SEED:
            wanted[name] = value if seed is None else seed
        else:
            wanted[name] = value if _means(known, value, is_set[known]) else is_set[known]
        told.add(known)
    wanted |= {name: value for name, value in _settings(sampling).items() if name not in told}
    if seed is not None and SEED not in told:
        wanted[SEED] = seed
    is_text = prompt.text is not None and prompt.source == prompt.text
    if wanted == prompt.model_parameters and not is_text:
        return prompt.source
    return edit_prompt(prompt, PromptEdit(name=prompt.name, model_parameters=wanted)).source


def _means(name: str, written: object, value: object) -> bool:
    try:
        return bool(with_values(Sampling(), {name: written}).to_dict()[name] == value)
    except UserError:
        return False

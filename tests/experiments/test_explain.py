"""Runs of the history as questions: the same parts, the same numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.influences import asked_about

from workbench.core.engine_settings import EngineSettings
from workbench.core.parts import PartKind, PartLevel, parts_at
from workbench.core.paths import prompts_folder
from workbench.core.rendered import attribute_tokens
from workbench.core.run import RunStart
from workbench.core.sampling import Sampling
from workbench.engine.llama import LlamaEngine
from workbench.experiments.explain import asked_about_run
from workbench.experiments.influence import influence
from workbench.experiments.scorer import DirectScorer
from workbench.templates.prompt_file import PromptFile, load_prompt, raw_prompt
from workbench.templates.removal import without


def run_of(engine: LlamaEngine, prompt: PromptFile) -> tuple[RunStart, tuple[int, ...]]:
    """A run as it is recorded, and its reply."""
    asked = asked_about(engine, prompt)
    rendered = asked.source.rendered
    found = engine.tokenize(rendered.text, add_bos=rendered.adds_bos)
    loaded = engine.loaded
    start = RunStart(
        run_id="r1",
        created_us=1_700_000_000_000_000,
        prompt_name=prompt.name,
        prompt_path=str(prompt.path or ""),
        prompt_source=prompt.source,
        variables=asked.source.values or {},
        text=rendered.text,
        prompt_tokens=attribute_tokens(rendered, found.ids, found.pieces, found.special),
        chat_template=loaded.model.chat_template if prompt.is_chat else None,
        model=loaded.model,
        engine=loaded.engine,
        settings=EngineSettings(),
        sampling=Sampling(),
        seed=0,
        n_samples=1,
    )
    return start, asked.reply_ids


@pytest.mark.parametrize(
    "prompt",
    [
        load_prompt(prompts_folder() / "tasks" / "key-value-lookup.prompt.yml"),
        load_prompt(prompts_folder() / "techniques" / "few-shot-sentiment.prompt.yml"),
        raw_prompt("{{ 'Once' }} upon a time: text: there was. A girl."),
    ],
    ids=["chat", "completion", "raw"],
)
def test_a_run_is_taken_apart_as_its_prompt_was(direct: LlamaEngine, prompt: PromptFile) -> None:
    start, reply = run_of(direct, prompt)
    asked = asked_about_run(start, reply, direct.loaded)
    assert asked.source.prompt is not None
    assert asked.source.rendered.text == start.text
    assert asked.prompt_ids == tuple(t.id for t in start.prompt_tokens)
    before = asked_about(direct, prompt)
    for level in PartLevel:
        parts = parts_at(asked.source.rendered, level)
        assert parts == parts_at(before.source.rendered, level)
        for part in parts:
            assert without(asked.source, [part]) == without(before.source, [part])
    assert influence(DirectScorer(direct), asked, []).retokenized is None


def test_a_run_whose_file_says_something_else_now_is_cut(direct: LlamaEngine) -> None:
    path = Path("tasks") / "key-value-lookup.prompt.yml"
    start, reply = run_of(direct, load_prompt(prompts_folder() / path))
    other = replace(start, prompt_source=start.prompt_source.replace("What is", "Say"))
    asked = asked_about_run(other, reply, direct.loaded)
    assert asked.source.prompt is None
    rendered = asked.source.rendered
    assert rendered.text == start.text
    assert [s.start for s in rendered.spans[1:]] == [s.end for s in rendered.spans[:-1]]
    assert rendered.spans[-1].end == len(start.text)
    kinds = {p.kind for p in parts_at(rendered, PartLevel.SOURCE)}
    assert PartKind.VARIABLE in kinds
    found = influence(DirectScorer(direct), asked, parts_at(rendered, PartLevel.SENTENCE))
    assert found.retokenized is None
    assert not any(e.rendered_again for e in found.effects)


def test_recorded_spans_survive_characters_of_many_tokens(direct: LlamaEngine) -> None:
    start, reply = run_of(direct, raw_prompt("Grüße 😀 an 田中 {{ 1 }}"))
    other = replace(start, prompt_source="something else")
    rendered = asked_about_run(other, reply, direct.loaded).source.rendered
    assert "".join(rendered.text[s.start : s.end] for s in rendered.spans) == start.text

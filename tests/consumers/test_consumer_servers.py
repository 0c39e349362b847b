"""Exported scripts and requests against llama-cpp-python and its own server."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.exporting import LIBRARY, export
from support.llama_server import PYTHON, llama_server
from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.paths import demo_model_path
from workbench.core.sampling import Sampling
from workbench.core.types import EngineSettings, GenerateRequest
from workbench.experiments.direct import DirectEngine, direct_engine
from workbench.experiments.export_prompt import OnModel, export_prompt
from workbench.experiments.import_prompt import as_prompt
from workbench.export.formats import export_formats
from workbench.export.from_messages import read
from workbench.templates.prompt_file import PromptFile, load_prompt, parse_prompt

pytestmark = [pytest.mark.consumer, pytest.mark.timeout(300), pytest.mark.xdist_group("server")]

GREEDY = Sampling(temperature=0.0, top_k=0, top_p=1.0, min_p=0.0, max_tokens=24)
CHATS = ("capital-city", "yes-or-no", "translate-word")
RAW = parse_prompt("text: 'The capital of France is'\nname: raw\n", "raw")


@pytest.fixture(scope="module")
def engine() -> Iterator[DirectEngine]:
    """The demo model in this process."""
    settings = EngineSettings(n_threads=1, n_ctx=1024)
    with direct_engine(demo_model_path(), settings, LIBRARY) as made:
        yield made


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """llama-cpp-python's server on the demo model; the address up to /v1."""
    with llama_server(tmp_path_factory.mktemp("server")) as running:
        yield running.url


def ours(engine: DirectEngine, prompt: PromptFile) -> str:
    """What the workbench says, greedily."""
    read = engine.read(prompt, {})
    ids = tuple(token.id for token in read.tokens)
    request = GenerateRequest(ids, GREEDY, 1, top=0)
    result = engine.engine.generate(request, KeepingSink(), CancelToken())
    return result.samples[0].text


def script(
    engine: DirectEngine, name: str, prompt: PromptFile, folder: Path, **options: str | bool
) -> Path:
    """The exported script."""
    made = export_prompt(
        export_formats().get(name),
        prompt,
        {},
        sampling=GREEDY,
        fragments=LIBRARY,
        on_model=lambda: OnModel(engine.read(prompt, {}).rendered, engine.engine.loaded),
        options=options,
    )
    file = folder / f"made{export_formats().get(name).suffix}"
    file.write_text(made.text, encoding="utf-8")
    return file


def output_of(command: list[str]) -> str:
    """What the program prints, without the line end that print adds."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.removesuffix("\n")


def prompts() -> list[PromptFile]:
    """Chats that the demo model knows, their variables written in, and raw text."""
    found = [RAW]
    for name in CHATS:
        prompt = load_prompt(LIBRARY.find(name))
        assert prompt.is_chat
        found.append(filled(prompt))
    return found


def filled(prompt: PromptFile) -> PromptFile:
    """The prompt with the defaults of its variables written in."""
    text = export("messages", prompt).text
    made, _ = as_prompt(read("filled.json", text, lambda name: name).prompts[0])
    return made


@pytest.mark.parametrize("index", range(1 + len(CHATS)))
def test_our_script_for_llama_cpp_python_says_the_same(
    engine: DirectEngine, index: int, tmp_path: Path
) -> None:
    prompt = prompts()[index]
    file = script(engine, "llama-cpp-python", prompt, tmp_path)
    wanted = ours(engine, prompt)
    assert wanted.strip()
    assert output_of([str(PYTHON), str(file)]) == wanted


@pytest.mark.parametrize("index", range(1 + len(CHATS)))
def test_the_openai_client_and_curl_get_the_same_from_a_server(
    engine: DirectEngine, server: str, index: int, tmp_path: Path
) -> None:
    prompt = prompts()[index]
    wanted = ours(engine, prompt)
    options: dict[str, str | bool] = {"base-url": server}
    client = script(engine, "openai", prompt, tmp_path, **options)
    assert output_of([str(PYTHON), str(client)]).strip() == wanted.strip()
    answer = json.loads(output_of(["sh", str(script(engine, "curl", prompt, tmp_path, **options))]))
    choice = answer["choices"][0]
    said = choice["message"]["content"] if prompt.is_chat else choice["text"]
    assert said.strip() == wanted.strip()

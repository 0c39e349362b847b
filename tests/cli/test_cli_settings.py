"""The settings explained on the command line, and presets chosen there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commands import no_window

from workbench.cli.main import run
from workbench.core.paths import Profile
from workbench.core.presets import Presets
from workbench.core.sampling import PARAMETERS, Sampling


def _run(*arguments: str) -> int:
    return run(list(arguments), no_window)


def test_every_parameter_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("run", "--list-settings") == 0
    out = capsys.readouterr().out
    for parameter in PARAMETERS.values():
        assert f"{parameter.name}" in out
        assert parameter.help in out
    assert "n_gpu_layers" in out


def test_preset_sets_the_sampling(capsys: pytest.CaptureFixture[str], own_profile: Profile) -> None:
    Presets(own_profile.presets_file).save("mine", Sampling(temperature=0.125, top_k=3))
    arguments = ("-s", "max_tokens=2", "-s", "min_p=0.5", "--json", "--no-save")
    assert _run("run", "@Once", "--preset", "mine", *arguments) == 0
    sampling = json.loads(capsys.readouterr().out)["sampling"]
    assert (sampling["temperature"], sampling["top_k"], sampling["min_p"]) == (0.125, 3, 0.5)


def test_preset_replaces_the_prompt_files_parameters(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "p.prompt.yml"
    file.write_text("text: Once\nmodelParameters: {temperature: 1.7, maxTokens: 2}\n")
    assert _run("run", str(file), "--json", "--no-save") == 0
    assert json.loads(capsys.readouterr().out)["sampling"]["temperature"] == 1.7
    assert _run("run", str(file), "--preset", "greedy", "-s", "max_tokens=2", "--json") == 0
    assert json.loads(capsys.readouterr().out)["sampling"]["temperature"] == 0.0


def test_unknown_preset_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("run", "@Once", "--preset", "gredy") == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "greedy" in error


def test_suffix_on_a_model_that_cannot_fill_in_is_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _run("run", "@def f():", "--suffix", "return x", "--no-save") == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "fill" in error

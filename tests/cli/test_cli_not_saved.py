"""A history that cannot be written: what was made is printed, and nothing looks as if saved."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.commands import ROOT, Command, Ran
from support.evaluations import choice_rows, write_rows

from workbench.cli.saving import what_was_saved
from workbench.core.paths import Profile
from workbench.experiments.session import open_session
from workbench.history.experiments import StoredExperiment, add_experiment

LITTLE = 40_000
"""Bytes no file of the process may pass: SQLite opens the history and cannot make it grow."""

STORY = ("@Once upon a time", "-s", "ignore_eos=true", "-s", "max_tokens=80", "-n", 12)

FullDisk = Callable[..., Ran]


@pytest.fixture
def full_disk(own_profile: Profile, workbench: Command) -> FullDisk:
    """Runs a command line in a process that finds no space to record what it makes."""
    # The history is there before, as on a disk that became full.
    assert workbench("run", "@Hi", "-s", "max_tokens=1").code == 0

    def call(*arguments: str | Path | int) -> Ran:
        def little_space() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (LITTLE, LITTLE))

        done = subprocess.run(
            [sys.executable, "-m", "workbench", *map(str, arguments)],
            capture_output=True,
            timeout=100,
            check=False,
            preexec_fn=little_space,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


def test_a_run_says_so_in_its_document(full_disk: FullDisk) -> None:
    ran = full_disk("run", *STORY, "--json")
    assert ran.code == 0, ran.err
    assert "the disk" in ran.line
    assert len(ran.document["samples"]) == 12
    assert ran.document["saved"] is False
    assert "the disk" in ran.document["save_error"]


def test_what_was_not_to_be_saved_has_no_reason(workbench: Command) -> None:
    wished = workbench("run", "@Hi", "-s", "max_tokens=2", "--json").document
    assert (wished["saved"], wished["save_error"]) == (True, None)
    unwished = workbench("run", "@Hi", "-s", "max_tokens=2", "--json", "--no-save").document
    assert (unwished["saved"], unwished["save_error"]) == (False, None)


def test_a_comparison_names_its_columns_and_ends_well(full_disk: FullDisk) -> None:
    ran = full_disk("compare", *STORY, "--seed", 1, "--seed", 2, "--json")
    assert ran.code == 0, ran.err
    lines = ran.err.splitlines()
    assert [line.split(" was not")[0] for line in lines] == [
        "workbench: column A",
        "workbench: column B",
    ]
    for column in ran.document["columns"]:
        assert len(column["samples"]) == 12
        assert column["saved"] is False
        assert "the disk" in column["save_error"]


def test_a_sweep_whose_cells_are_not_saved_runs_them_again(
    full_disk: FullDisk, workbench: Command
) -> None:
    ran = full_disk("sweep", *STORY, "--axis", "seed=1,2", "--json")
    assert ran.code == 0, ran.err
    assert ran.line.startswith("Not everything was saved: ")
    document = ran.document
    assert [len(cell["replies"]) for cell in document["cells"]] == [12, 12]
    assert (document["saved"], document["resumable"]) == (False, True)
    assert "the disk" in document["save_error"]
    again = workbench("sweep", "--resume", document["sweep"].split()[1], "--json").document
    assert [cell["kept"] for cell in again["cells"]] == [False, False]
    assert (again["saved"], again["save_error"], again["resumable"]) == (True, None, True)


@pytest.mark.parametrize("verb", ["sweep", "eval"])
def test_an_experiment_whose_plan_cannot_be_written_is_not_run(
    full_disk: FullDisk, workbench: Command, tmp_path: Path, verb: str
) -> None:
    prompt = tmp_path / "large.prompt.yml"
    prompt.write_text(f"# {'x' * 2 * LITTLE}\nname: large\ntext: 'Hi {{{{ question }}}}'\n")
    rows = write_rows(tmp_path / "t.jsonl", choice_rows(3))
    words: tuple[str | Path, ...] = (
        ("sweep", prompt, "-v", "question=you", "--axis", "top_k=1,2", "-s", "max_tokens=2")
        if verb == "sweep"
        else ("eval", rows, "--kind", "choice", "-p", prompt)
    )
    ran = full_disk(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "Nothing was run." in ran.line
    assert "--no-save" in ran.line
    assert "There is no" in workbench(verb, "--resume", "last").line
    unsaved = full_disk(*words, "--no-save", "--json")
    assert unsaved.code == 0, unsaved.err
    found = {name: unsaved.document[name] for name in ("saved", "save_error", "resumable")}
    assert found == {"saved": False, "save_error": None, "resumable": False}


def test_an_evaluation_shows_results_whose_scores_cannot_be_kept(
    full_disk: FullDisk, workbench: Command, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "t.jsonl", choice_rows(60))
    done = workbench("eval", path, "--kind", "choice", "--metric", "accuracy", "--json")
    assert (done.document["saved"], done.document["resumable"]) == (True, True)
    names = ("accuracy", "brier", "ece", "mcc", "f1", "precision", "recall")
    metrics = [word for name in names for word in ("--metric", name)]
    ran = full_disk("eval", "--resume", "last", *metrics, "--json")
    assert ran.code == 0, ran.err
    assert ran.line.startswith("Not everything was saved: ")
    (model,) = ran.document["models"]
    assert set(model["metrics"]) == set(names)
    assert (ran.document["saved"], ran.document["resumable"]) == (False, True)


def test_a_history_in_memory_is_said_first_and_nothing_can_go_on(
    workbench: Command, own_profile: Profile, tmp_path: Path
) -> None:
    own_profile.create()
    own_profile.history_file.write_bytes(b"no database" * 1000)
    path = write_rows(tmp_path / "t.jsonl", choice_rows(3))
    for words in (
        ("sweep", "@Hi", "--axis", "seed=1,2", "-s", "max_tokens=2"),
        ("eval", path, "--kind", "choice"),
    ):
        ran = workbench(*words, "--json")
        assert ran.code == 0, ran.err
        assert "is not a SQLite database" in ran.err.splitlines()[0]
        assert (ran.document["saved"], ran.document["resumable"]) == (False, False)
        assert "only in memory" in ran.document["save_error"]


@pytest.mark.parametrize("name", ["sweep 1", "evaluation 1"])
def test_what_is_stopped_names_the_way_on_only_where_there_is_one(
    own_profile: Profile, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    session, _ = open_session(own_profile)
    try:
        what_was_saved(session, name, "", wished=True).tell_stopped("workbench …")
        assert "nothing can go on with it" in capsys.readouterr().err
        stored = StoredExperiment(name, name.split(maxsplit=1)[0], 1, {})
        add_experiment(session.store, stored).result()
        what_was_saved(session, name, "", wished=True).tell_stopped("workbench …")
        assert "Go on with: workbench …" in capsys.readouterr().err
        what_was_saved(session, name, "", wished=False).tell_stopped("workbench …")
        assert "nothing can go on with it" in capsys.readouterr().err
    finally:
        session.close()

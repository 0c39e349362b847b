"""Unsaved edits on the disk, prompt files with their versions, and which version made a run."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.core.ids import text_hash
from workbench.core.run import RunStart
from workbench.core.sampling import Sampling
from workbench.core.types import EngineInfo, EngineSettings, KvType, ModelInfo
from workbench.experiments.drafts import MAX_BYTES, Draft, Drafts
from workbench.experiments.versions import prompt_key, run_version, save_prompt, version_used
from workbench.history.owner import Owner, this_process
from workbench.history.store import HistoryStore
from workbench.history.versions import PromptVersions

KEY = "tasks/capital.prompt.yml"


def opened(folder: Path, pid: int = 0, start: int = 1) -> Drafts:
    """The drafts of this process, or of a made-up one on this machine; a clock that ticks."""
    ticks = count(start)
    us = this_process()
    owner = us if not pid else Owner(us.host, pid, "long ago")
    return Drafts(folder, lambda: next(ticks), owner)


def parent() -> Owner:
    """A process that lives as long as the test does, and is not ours."""
    us = this_process()
    return Owner(us.host, os.getppid(), "")


def only_file(folder: Path) -> Path:
    [path] = folder.iterdir()
    return path


def test_a_draft_is_kept_found_replaced_and_dropped(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "drafts"
    drafts = opened(folder)
    assert drafts.find(KEY) is None
    assert drafts.all() == ()
    drafts.drop(KEY)
    assert not folder.exists()
    drafts.keep(KEY, "text: so far\n", text_hash("text: old\n"))
    assert drafts.find(KEY) == Draft(KEY, "text: so far\n", text_hash("text: old\n"), 1)
    drafts.keep(KEY, "text: further\n", "")
    drafts.keep("another", "x")
    assert [(d.prompt_key, d.source) for d in drafts.all()] == [
        ("another", "x"),
        (KEY, "text: further\n"),
    ]
    drafts.drop(KEY)
    assert drafts.find(KEY) is None
    drafts.drop("another")
    assert list(folder.iterdir()) == []
    assert drafts.notices == ()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(key=st.text(min_size=1), source=st.text())
def test_any_key_and_text_come_back_exactly(tmp_path: Path, key: str, source: str) -> None:
    drafts = opened(tmp_path / "drafts")
    drafts.keep(key, source, "sha256:00")
    found = drafts.find(key)
    assert found is not None
    assert (found.prompt_key, found.source) == (key, source)
    drafts.drop(key)


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "con", "a" * 5000, "/absolute/x", "half \ud800", "nul \0", "."]
)
def test_odd_keys_stay_inside_the_folder(tmp_path: Path, key: str) -> None:
    drafts = opened(tmp_path / "drafts")
    drafts.keep(key, "half \udfff a character")
    assert [p.name for p in tmp_path.iterdir()] == ["drafts"]
    assert len(only_file(tmp_path / "drafts").name) < 60
    found = opened(tmp_path / "drafts").find(key)
    assert found is not None
    assert found.source == "half \udfff a character"


def test_keys_that_differ_only_in_case_are_two_drafts(tmp_path: Path) -> None:
    drafts = opened(tmp_path)
    drafts.keep("Name", "upper")
    drafts.keep("name", "lower")
    assert {d.source for d in drafts.all()} == {"upper", "lower"}
    assert all(p.name == p.name.lower() for p in tmp_path.iterdir())


def test_a_killed_program_leaves_its_draft_to_the_next_one(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from workbench.experiments.drafts import Drafts\n"
        "Drafts(Path(sys.argv[1])).keep('k', 'typed before the crash', 'sha256:00')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert done.returncode < 0
    drafts = Drafts(tmp_path)
    found = drafts.find("k")
    assert found is not None
    assert (found.source, found.elsewhere) == ("typed before the crash", False)
    drafts.drop("k")
    assert list(tmp_path.iterdir()) == []


def test_two_windows_never_overwrite_or_drop_each_others_draft(tmp_path: Path) -> None:
    ours, theirs = opened(tmp_path), Drafts(tmp_path, lambda: 50, parent())
    ours.keep(KEY, "ours")
    theirs.keep(KEY, "theirs")
    found = ours.find(KEY)
    assert found is not None
    assert (found.source, found.elsewhere) == ("theirs", True)  # the last writer wins
    seen_by_them = theirs.find(KEY)
    assert seen_by_them is not None
    assert not seen_by_them.elsewhere
    ours.drop(KEY)
    assert [d.source for d in ours.all()] == ["theirs"]
    theirs.drop(KEY)
    assert ours.all() == ()


def test_drafts_of_dead_programs_go_only_after_somebody_saw_them(tmp_path: Path) -> None:
    gone = 2**22 + 1  # above the largest process id
    opened(tmp_path, pid=gone, start=5).keep(KEY, "older crash")
    opened(tmp_path, pid=gone + 1, start=9).keep(KEY, "newer crash")
    opened(tmp_path, pid=gone, start=7).keep("other", "another prompt")
    drafts = opened(tmp_path, start=20)
    drafts.keep(KEY, "ours")
    drafts.drop(KEY)  # saved here; what the crashed windows had was not offered yet
    assert [d.source for d in drafts.all()] == ["newer crash", "another prompt"]
    drafts.drop(KEY)
    assert [d.source for d in drafts.all()] == ["another prompt"]


def test_damaged_files_are_put_aside_and_named(tmp_path: Path) -> None:
    drafts = opened(tmp_path)
    damages: list[bytes] = [
        b"",
        b"\0" * 300,
        b"[1, 2]",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"format": 1, "prompt_key": "k"}',
    ]
    for damage in damages:
        drafts.keep(KEY, "whole")
        only = next(p for p in tmp_path.iterdir() if p.suffix == ".json")
        only.write_bytes(damage)
        assert drafts.find(KEY) is None
    drafts.keep(KEY, "whole")
    whole = next(p for p in tmp_path.iterdir() if p.suffix == ".json")
    entry: dict[str, Any] = json.loads(whole.read_text(encoding="utf-8"))
    for name in entry:
        whole.write_text(json.dumps({**entry, name: None}), encoding="utf-8")
        assert drafts.all() == ()
    kept = sorted(p.name for p in tmp_path.iterdir())
    assert len(kept) == len(damages) + len(entry) == len(drafts.notices)
    assert all(".json.bak" in name for name in kept)
    assert "cannot be read" in drafts.notices[0]
    assert {p.read_bytes() for p in tmp_path.iterdir()} >= set(damages)


def test_a_draft_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    drafts = opened(tmp_path)
    drafts.keep(KEY, "text")
    path = only_file(tmp_path)
    newer = path.read_text(encoding="utf-8").replace('"format": 1', '"format": 2')
    path.write_text(newer, encoding="utf-8")
    assert drafts.all() == ()
    assert path.read_text(encoding="utf-8") == newer
    assert drafts.notices == ()


def test_huge_texts_are_kept_and_enormous_ones_refused(tmp_path: Path) -> None:
    drafts = opened(tmp_path)
    huge = "0123456789abcdé\n" * (1 << 18)
    drafts.keep(KEY, huge)
    found = drafts.find(KEY)
    assert found is not None
    assert found.source == huge
    with pytest.raises(UserError, match="67,108,865 bytes; a draft may have 67,108,864"):
        drafts.keep(KEY, "x" * (MAX_BYTES + 1))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for folder in (tmp_path / "file", tmp_path / "file" / "drafts"):
        drafts = opened(folder)
        with pytest.raises(UserError, match=r"cannot be written in .*file") as raised:
            drafts.keep(KEY, "x")
        assert "Save the prompt itself" in raised.value.hint
        with pytest.raises(UserError, match="cannot be read"):
            drafts.all()
        with pytest.raises(UserError, match="cannot be removed"):
            drafts.drop(KEY)


def test_a_full_disk_leaves_the_draft_before_and_no_half_file(tmp_path: Path) -> None:
    drafts = opened(tmp_path)
    drafts.keep(KEY, "before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(UserError, match="cannot be written"):
            drafts.keep(KEY, "x" * 1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    found = drafts.find(KEY)
    assert found is not None
    assert found.source == "before"
    assert len(list(tmp_path.iterdir())) == 1


def test_halves_of_a_crash_are_cleared_once_they_are_old(tmp_path: Path) -> None:
    old, fresh = tmp_path / "a-b.1.tmp", tmp_path / "a-c.1.tmp"
    old.write_bytes(b"{")
    fresh.write_bytes(b"{")
    os.utime(old, (1, 1))
    assert opened(tmp_path).all() == ()
    assert list(tmp_path.iterdir()) == [fresh]


# Prompt files and their versions


@pytest.fixture
def versions(tmp_path: Path) -> Iterator[PromptVersions]:
    """Versions in a history whose clock says 10, 20, 30, …"""
    ticks = count(10, 10)
    store = HistoryStore(tmp_path / "history.db", lambda: next(ticks))
    yield PromptVersions(store)
    store.close()


def test_a_prompts_key_is_its_path_in_its_library_folder(tmp_path: Path) -> None:
    own, bundled = tmp_path / "own", tmp_path / "bundled"
    folders = (own, bundled)
    assert prompt_key(own / "tasks" / "a.prompt.yml", folders) == "tasks/a.prompt.yml"
    assert prompt_key(bundled / "tasks" / "a.prompt.yml", folders) == "tasks/a.prompt.yml"
    assert prompt_key(own / "x" / ".." / "a.prompt.yml", folders) == "a.prompt.yml"
    outside = tmp_path / "elsewhere" / "a.prompt.yml"
    assert prompt_key(outside, folders) == outside.as_posix()


def test_saving_a_file_records_what_stood_there_and_what_stands_there(
    tmp_path: Path, versions: PromptVersions
) -> None:
    path = tmp_path / "new" / "a.prompt.yml"
    assert save_prompt(versions, "a", path, "text: one\r\n").result().number == 1
    assert path.read_bytes() == b"text: one\r\n"
    path.write_bytes(b"\xef\xbb\xbftext: other editor\n")
    path.chmod(0o640)
    assert save_prompt(versions, "a", path, "text: é\n").result().number == 3
    assert path.read_text(encoding="utf-8") == "text: é\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    sources = [versions.source(v) for v in versions.list("a")]
    assert sources == ["text: é\n", "text: other editor\n", "text: one\r\n"]
    assert save_prompt(versions, "a", path, "text: é\n").result().number == 3
    path.write_bytes(b"\xff no text")
    assert save_prompt(versions, "a", path, "text: again\n").result().number == 4
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_saving_through_a_link_keeps_the_link(tmp_path: Path, versions: PromptVersions) -> None:
    real, link = tmp_path / "real.yml", tmp_path / "link.yml"
    real.write_text("text: one\n", encoding="utf-8")
    link.symlink_to(real)
    save_prompt(versions, "link.yml", link, "text: two\n").result()
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "text: two\n"


def test_what_cannot_be_saved_leaves_the_file_as_it_was(
    tmp_path: Path, versions: PromptVersions
) -> None:
    path = tmp_path / "a.prompt.yml"
    save_prompt(versions, "a", path, "text: good\n").result()
    with pytest.raises(UserError, match=r"line 2 has half a character \(U\+D800\)"):
        save_prompt(versions, "a", path, "text: x\nbad: \ud800\n")
    with pytest.raises(UserError, match="may have 16,777,216"):
        save_prompt(versions, "a", path, "x" * (16 << 20) + "x")
    with pytest.raises(UserError, match="cannot be written"):
        save_prompt(versions, "a", path / "below" / "b.yml", "text: x\n")
    with pytest.raises(UserError, match="cannot be written"):
        save_prompt(versions, "a", tmp_path, "text: x\n")
    assert path.read_text(encoding="utf-8") == "text: good\n"
    assert len(versions.list("a")) == 1


def test_a_closed_history_does_not_keep_a_file_from_being_saved(tmp_path: Path) -> None:
    store = HistoryStore(None)
    store.close()
    path = tmp_path / "a.prompt.yml"
    recorded = save_prompt(PromptVersions(store), "a", path, "text: x\n")
    assert path.read_text(encoding="utf-8") == "text: x\n"
    with pytest.raises(UserError, match="closed"):
        recorded.result()


def test_a_run_is_told_by_its_version_or_by_the_one_that_was_edited(
    versions: PromptVersions,
) -> None:
    one = versions.save(KEY, "one").result()
    two = versions.save(KEY, "two").result()
    back = versions.restore(KEY, 1).result()

    def label(text: str, when_us: int, key: str = KEY) -> str | None:
        used = version_used(versions, key, text_hash(text), when_us)
        return None if used is None else used.label

    assert label("one", one.created_us + 1) == "v1"
    assert label("one", back.created_us + 1) == "v3"
    assert label("two", back.created_us + 1) == "v2"
    assert label("two", one.created_us + 1) == "v2"  # run first, saved then
    assert label("edits", one.created_us + 1) == "v1 · edited"
    assert label("edits", two.created_us + 1) == "v2 · edited"
    assert label("edits", one.created_us - 1) is None
    assert label("two", 99, "moved/by/hand.prompt.yml") == "v2"
    assert label("edits", 99, "moved/by/hand.prompt.yml") is None


def test_a_recorded_run_finds_its_version_through_its_file(
    tmp_path: Path, versions: PromptVersions
) -> None:
    def run(source: str, path: str) -> RunStart:
        return RunStart(
            run_id="run-1",
            created_us=1000,
            prompt_name="a",
            prompt_path=path,
            prompt_source=source,
            variables={},
            text=source,
            prompt_tokens=(),
            chat_template=None,
            model=ModelInfo("m", "m.gguf", "llama", "Q8_0", 1, 1, 1, 1, 1, 1, 1, 1),
            engine=EngineInfo("0", "0", "CPU", 1, 1, False, KvType.F16),
            settings=EngineSettings(),
            sampling=Sampling(),
            seed=1,
            n_samples=1,
        )

    path = tmp_path / "prompts" / "tasks" / "a.prompt.yml"
    folders = (tmp_path / "prompts",)
    save_prompt(versions, prompt_key(path, folders), path, "text: one\n").result()
    exact = run_version(versions, folders, run("text: one\n", str(path)))
    edited = run_version(versions, folders, run("text: typed\n", str(path)))
    assert exact is not None
    assert edited is not None
    assert (exact.label, edited.label) == ("v1", "v1 · edited")
    assert exact.version.prompt_key == "tasks/a.prompt.yml"
    assert run_version(versions, folders, run("raw text", "")) is None

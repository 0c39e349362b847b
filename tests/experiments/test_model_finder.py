"""Models in the folders of other programs: found once, named rightly, broken ones with reasons."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path

import gguf
import numpy as np
import pytest
from support.model_trees import MEDIA, cached_model, ollama_manifest, ollama_model

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.errors import UserError
from workbench.core.model_places import Origin, Place
from workbench.core.paths import Profile
from workbench.engine.gguf_kinds import ModelKind
from workbench.experiments.finder.find import Known, find_all, find_models
from workbench.experiments.finder.values import ExtraKind, Findings, FoundModel, Looking
from workbench.experiments.models import find_model


def search(folder: Path, origin: Origin = Origin.FOLDER, known: Known | None = None) -> Findings:
    """Everything one folder has."""
    return find_all(find_models([Place(origin, folder)], CancelToken(), known))


def names(found: Findings) -> list[str]:
    """What the found models are called."""
    return [model.candidate.name for model in found.models]


def test_ollama_models_have_their_names_and_layers(
    tmp_path: Path, small_demo_model: Path, demo_model: Path
) -> None:
    store = tmp_path / "models"
    layers = {
        "template": b"{{ .Prompt }}",
        "params": b"{}",
        "adapter": b"a",
        "projector": b"p",
        "system": b"s",
        "license": b"MIT",
    }
    blob = ollama_model(store, "tiny:latest", small_demo_model, layers)
    ollama_model(store, "someone/story:2b", demo_model)
    ollama_model(store, "hf.co/org/repo:Q8_0", small_demo_model)
    found = search(store, Origin.OLLAMA)
    assert sorted(names(found)) == ["hf.co/org/repo:Q8_0", "someone/story:2b"]
    same, story = sorted(found.models, key=lambda m: m.candidate.name)
    assert same.also == ("tiny:latest",)
    assert same.path == blob
    assert (story.info is not None, story.can_run, story.error) == (True, True, "")
    assert story.size_bytes == demo_model.stat().st_size
    shutil.rmtree(store / "manifests" / "hf.co")
    found = search(store, Origin.OLLAMA)
    tiny = next(m for m in found.models if m.candidate.name == "tiny:latest")
    assert {extra.kind for extra in tiny.candidate.extras} == {
        ExtraKind.TEMPLATE,
        ExtraKind.PARAMS,
        ExtraKind.ADAPTER,
        ExtraKind.PROJECTOR,
        ExtraKind.SYSTEM,
        ExtraKind.LICENCE,
    }


def test_ollama_downloads_that_are_not_whole(tmp_path: Path, small_demo_model: Path) -> None:
    store = tmp_path / "models"
    ollama_model(store, "half:1b", small_demo_model).rename(store / "x")
    digest = hashlib.sha256(b"never").hexdigest()
    layer = {"mediaType": f"{MEDIA}model", "digest": f"sha256:{digest}"}
    ollama_manifest(store, "gone:1b", {"layers": [layer]})
    (store / "blobs" / f"sha256-{digest}-partial-0").touch()
    found = {model.candidate.name: model for model in search(store).models}
    assert "missing from Ollama's store" in found["half:1b"].error
    assert "half downloaded" in found["gone:1b"].error
    assert not found["gone:1b"].can_run


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"layers": {}},
        {"layers": [{"mediaType": f"{MEDIA}model", "digest": "sha256:../../etc/passwd"}]},
        {"layers": [{"mediaType": f"{MEDIA}model", "digest": 3}, 4, None]},
    ],
)
def test_manifests_that_name_no_blob_are_troubles(tmp_path: Path, document: object) -> None:
    (tmp_path / "blobs").mkdir(parents=True)
    ollama_manifest(tmp_path, "odd:1b", document)
    found = search(tmp_path)
    assert found.models == []
    assert "no model in GGUF format" in found.troubles[0].reason
    ollama_manifest(tmp_path, "odd:1b", document).write_text("{", encoding="utf-8")
    assert "JSON" in search(tmp_path).troubles[0].reason


def test_hugging_face_snapshots_show_their_revision(
    tmp_path: Path, small_demo_model: Path, demo_model: Path
) -> None:
    hub = tmp_path / "hub"
    cached_model(hub, "org/repo-GGUF", "tiny-q8_0.gguf", small_demo_model)
    cached_model(hub, "org/repo-GGUF", "Q8/story.gguf", demo_model)
    cached_model(hub, "org/repo-GGUF", "tiny-q8_0.gguf", small_demo_model, revision="ffff0000ff")
    (hub / "datasets--org--set").mkdir()
    shutil.copy(demo_model, hub / "datasets--org--set" / "not-a-model.gguf")
    found = search(hub, Origin.HUGGING_FACE)
    assert names(found) == ["org/repo-GGUF/tiny-q8_0", "org/repo-GGUF/Q8/story"]
    tiny = found.models[0]
    assert tiny.candidate.note == "revision a1b2c3d4"
    assert tiny.also == ()  # the same file in two revisions has one name
    assert search(_main(hub), Origin.HUGGING_FACE).models[0].candidate.note.endswith("(main)")


def _main(hub: Path) -> Path:
    shutil.rmtree(hub / "models--org--repo-GGUF" / "snapshots" / "a1b2c3d4e5")
    return hub


def test_hugging_face_links_that_lead_nowhere_and_halves(
    tmp_path: Path, small_demo_model: Path
) -> None:
    link = cached_model(tmp_path, "org/repo", "gone.gguf", small_demo_model)
    link.resolve().unlink()
    blobs = tmp_path / "models--org--repo" / "blobs"
    (blobs / "abc.incomplete").write_bytes(small_demo_model.read_bytes()[:1000])
    (blobs / "safetensors.incomplete").write_bytes(b"\x00\x01")
    found = search(tmp_path)
    assert [bool(model.error) for model in found.models] == [True, True]
    assert "link to a file that is gone" in found.models[0].error
    assert "half downloaded" in found.models[1].error


def test_one_file_under_many_names_is_listed_once(tmp_path: Path, small_demo_model: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    shutil.copy(small_demo_model, folder / "first.gguf")
    os.link(folder / "first.gguf", folder / "hard.gguf")
    (folder / "soft.gguf").symlink_to(folder / "first.gguf")
    store, hub = tmp_path / "ollama", tmp_path / "hub"
    ollama_model(store, "tiny:1", small_demo_model)
    cached_model(hub, "org/repo", "tiny.gguf", small_demo_model)  # another inode, the same SHA-256
    places = [Place(Origin.FOLDER, folder), Place(Origin.OLLAMA, store), Place(Origin.FOLDER, hub)]
    found = find_all(find_models(places, CancelToken()))
    assert names(found) == ["first", "tiny:1"]
    assert found.models[0].also == ("hard", "soft")
    assert found.models[1].also == ("org/repo/tiny",)


def test_split_models_are_one_and_missing_parts_are_named(tmp_path: Path) -> None:
    for number in (1, 3):
        (tmp_path / f"big-0000{number}-of-00003.gguf").write_bytes(b"GGUF")
    (tmp_path / "tail-00002-of-00002.gguf").write_bytes(b"GGUF")
    found = search(tmp_path)
    assert names(found) == ["big", "tail"]
    assert found.models[0].candidate.missing == ("big-00002-of-00003.gguf",)
    assert found.models[0].error == "1 of 3 parts are missing: big-00002-of-00003.gguf."
    assert found.models[0].size_bytes == 8
    assert found.models[1].path.name == "tail-00001-of-00002.gguf"


def test_broken_half_and_empty_files_say_why(tmp_path: Path, small_demo_model: Path) -> None:
    whole = small_demo_model.read_bytes()
    (tmp_path / "cut.gguf").write_bytes(whole[:-5000])
    (tmp_path / "empty.gguf").touch()
    (tmp_path / "renamed.GGUF").write_bytes(b"PK\x03\x04zip")
    for name in ("a.gguf.part", "b.gguf.crdownload", "downloading_c.gguf.part"):
        (tmp_path / name).write_bytes(whole[:100])
    (tmp_path / "notes.txt").write_text("gguf", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.gguf")
    (tmp_path / "loop.gguf").symlink_to(tmp_path / "loop.gguf")
    found = {model.candidate.name: model.error for model in search(tmp_path).models}
    assert "truncated" in found.pop("cut")
    assert "is empty" in found.pop("empty")
    assert "not a GGUF file" in found.pop("renamed")
    assert "cannot be read" in found.pop("loop")
    assert set(found) == {"a.gguf.part", "b.gguf.crdownload", "downloading_c.gguf.part"}
    assert all("half downloaded" in error for error in found.values())


def test_folders_that_go_round_end(tmp_path: Path, small_demo_model: Path) -> None:
    inner = tmp_path / "models" / "deep"
    inner.mkdir(parents=True)
    (inner / "up").symlink_to(tmp_path / "models")
    (inner / "self").symlink_to(inner)
    shutil.copy(small_demo_model, inner / "m.gguf")
    assert names(search(tmp_path)) == ["m"]


def test_a_locked_folder_is_named_and_the_rest_found(
    tmp_path: Path, small_demo_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    shutil.copy(small_demo_model, tmp_path / "open.gguf")
    scan = os.scandir

    def refusing(
        path: Path,
    ) -> object:  # root may read every folder, so the system's part is played
        if path == locked:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = search(tmp_path)
    assert names(found) == ["open"]
    assert [(t.path, t.reason) for t in found.troubles] == [(locked, "Permission denied")]


def test_what_is_no_model_to_run_is_marked(tmp_path: Path) -> None:
    def write(name: str, architecture: str, **keys: int) -> None:
        made = gguf.GGUFWriter(tmp_path / name, architecture)
        for key, value in keys.items():
            made.add_uint32(f"{architecture}.{key}", value)
        made.add_tensor("t", np.zeros(32, np.float32))
        made.write_header_to_file()
        made.write_kv_data_to_file()
        made.write_tensors_to_file()
        made.close()

    write("mmproj-model.gguf", "clip")
    write("embed.gguf", "nomic-bert")
    write("qwen-embed.gguf", "qwen3", pooling_type=3)
    write("rerank.gguf", "qwen3", pooling_type=4)
    write("plain.gguf", "qwen3", pooling_type=0)
    found = {
        m.candidate.name: (m.kind and m.kind.value, m.can_run) for m in search(tmp_path).models
    }
    assert found == {
        "mmproj-model": (ModelKind.PROJECTOR, False),
        "embed": (ModelKind.EMBEDDING, False),
        "qwen-embed": (ModelKind.EMBEDDING, False),
        "rerank": (ModelKind.RERANKER, False),
        "plain": (ModelKind.TEXT, True),
    }


def test_ten_thousand_files_can_be_cancelled_and_are_read_once(
    tmp_path: Path, small_demo_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10_000):
        folder = tmp_path / f"{number % 50}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.txt").touch()
    for number in range(20):
        shutil.copy(small_demo_model, tmp_path / f"{number}" / f"m{number}.gguf")
    known: Known = {}
    assert len(search(tmp_path, known=known).models) == 20
    assert len(known) == 20
    opened: list[Path] = []
    plainly = Path.open

    def counting(path: Path, mode: str = "r") -> object:
        opened.append(path)
        return plainly(path, mode)

    monkeypatch.setattr(Path, "open", counting)
    assert len(search(tmp_path, known=known).models) == 20
    assert opened == []  # every header was known
    cancel = CancelToken()
    events = find_models([Place(Origin.FOLDER, tmp_path)], cancel)
    assert any(isinstance(event, FoundModel) for event in events)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(events)


def test_progress_counts_up_to_the_total(tmp_path: Path, small_demo_model: Path) -> None:
    for number in range(3):
        shutil.copy(small_demo_model, tmp_path / f"{number}.gguf")
    events = list(find_models([Place(Origin.FOLDER, tmp_path)], CancelToken()))
    looks = [(e.done, e.total) for e in events if isinstance(e, Looking)]
    assert looks == [(0, 0), (0, 3), (1, 3), (2, 3)]


def test_a_folder_that_is_not_there_is_no_trouble(tmp_path: Path) -> None:
    assert search(tmp_path / "nowhere") == Findings()
    (tmp_path / "file").touch()
    assert search(tmp_path / "file" / "below") == Findings()


def test_only_headers_are_read(tmp_path: Path, demo_model: Path) -> None:
    """A sparse file of 40 GB is listed as quickly as any other."""
    path = tmp_path / "huge.gguf"
    shutil.copy(demo_model, path)
    os.truncate(path, 40 << 30)
    found = search(tmp_path).models[0]
    assert found.can_run
    assert found.size_bytes == 40 << 30


def test_models_of_other_programs_are_found_by_their_names(
    tmp_path: Path, own_profile: Profile, small_demo_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, hub = tmp_path / "ollama", tmp_path / "hub"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("OLLAMA_MODELS", str(store))
    monkeypatch.setenv("HF_HUB_CACHE", str(hub))
    blob = ollama_model(store, "tiny:latest", small_demo_model)
    link = cached_model(hub, "org/repo", "other.gguf", small_demo_model)
    assert find_model("tiny", own_profile) == blob
    assert find_model("tiny:latest", own_profile) == blob
    assert find_model("org/repo/other.gguf", own_profile) == link
    with pytest.raises(UserError, match="no model named tinny"):
        find_model("tinny", own_profile)

"""Pictures of opening a model: a home with models of several programs, made of the demo models."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screenshots import Stage

_ELSEWHERE = ("OLLAMA_MODELS", "HF_HOME", "HF_HUB_CACHE", "LLAMA_CACHE", "XDG_CACHE_HOME")
_SIZE = (1230, 700)
HEIGHTS = (456, 374)
"""Of prompt and reply: the card of a token opens above, the tour's own below."""


def models_pictures(stage: Stage) -> list[Path]:
    """The list of models with a card, and the tour at its second step."""
    window = stage.window
    with tempfile.TemporaryDirectory(prefix="workbench-home-") as folder, _home(Path(folder)):
        opener = window.tools.opener
        opener.ask()
        dialog = opener.dialog
        if dialog is None:
            raise RuntimeError("the dialog did not open")
        stage.until(lambda: not dialog.stop_button.isVisible() and dialog.model.rowCount() > 3)
        story = next(m for m in dialog.model.models if m.candidate.name == "story:2b")
        dialog.select(story.path)
        stage.until(lambda: dialog.card.card is not None and dialog.card.card.path == story.path)
        dialog.resize(*_SIZE)
        made = [stage.shoot("models", dialog)]
        dialog.reject()
    stage.prompt("tour")
    stage.share("middle", HEIGHTS)
    window.welcome.begin_tour()
    tour = window.welcome.tour
    if tour is None:
        raise RuntimeError("the tour did not begin")
    tour.forward()
    view = window.prompt_space.reply.view
    view.lock(-1)
    view.lock(window.shown.telling_token())
    made.append(stage.shoot("tour"))
    tour.end()
    return made


@contextmanager
def _home(home: Path) -> Iterator[None]:
    """A home in which LM Studio, Ollama and Hugging Face keep models."""
    from workbench.core.ids import file_sha256
    from workbench.core.paths import assets_folder

    demo = assets_folder() / "models"
    store = home / ".ollama" / "models"
    hub = home / ".cache" / "huggingface" / "hub" / "models--someone--small-GGUF"
    studio = home / ".lmstudio" / "models" / "someone" / "tales"
    for part in (store / "blobs", hub / "snapshots" / "4f1c9d2e7b", studio):
        part.mkdir(parents=True)
    digest = file_sha256(demo / "demo-2m-q8_0.gguf")
    # Links would be the demo models themselves, and those are listed already.
    shutil.copy(demo / "demo-2m-q8_0.gguf", store / "blobs" / f"sha256-{digest}")
    layer = {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{digest}"}
    manifest = store / "manifests" / "registry.ollama.ai" / "library" / "story" / "2b"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(json.dumps({"layers": [layer]}), encoding="utf-8")
    shutil.copy(demo / "demo-0.5m-q8_0.gguf", hub / "snapshots" / "4f1c9d2e7b" / "small-q8_0.gguf")
    shutil.copy(demo / "demo-2m-q4_0.gguf", studio / "tales-q4_0.gguf")
    whole = (demo / "demo-2m-q4_0.gguf").read_bytes()
    (studio / "tales-q8_0.gguf.part").write_bytes(whole[:400_000])
    before = {name: os.environ.get(name) for name in ("HOME", "USERPROFILE", *_ELSEWHERE)}
    for name in _ELSEWHERE:
        os.environ.pop(name, None)
    os.environ["HOME"] = os.environ["USERPROFILE"] = str(home)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

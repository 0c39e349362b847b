"""What stands where a recorded run stood: its model file, its settings, its prompt. Any thread."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.core.engine_input import with_engine_values
from workbench.core.errors import UserError
from workbench.core.model_folders import model_folders
from workbench.core.remote import not_from_server, remote_address
from workbench.core.replay import Aspect, Changed
from workbench.core.run import RunStart
from workbench.core.text import common_start
from workbench.core.types import EngineInfo, EngineSettings, Loaded
from workbench.experiments.chat_format import chat_format
from workbench.experiments.explain import rendered_again
from workbench.experiments.session import Session


@dataclass(frozen=True, slots=True)
class Setup:
    """A model loaded as a run had it.

    Attributes:
        changed: what is other than it was.
        notes: remarks about what could not be checked, each a sentence.
    """

    path: Path
    settings: EngineSettings
    loaded: Loaded
    changed: tuple[Changed, ...]
    notes: tuple[str, ...]


def set_up(session: Session, start: RunStart, wanted: Mapping[str, str]) -> Setup:
    """Load the run's model as it was loaded then; `wanted` engine settings take precedence.

    Raises:
        UserError: the model is gone or cannot be loaded.
    """
    path = model_file(session, start)
    asked = with_engine_values(start.settings, wanted)
    loaded = session.load(path, asked)
    settings = _as_recorded(start.engine, loaded.engine, asked, wanted)
    if settings != asked:
        loaded = session.load(path, settings)
    changed = [*_model_changes(session, start, path, loaded), *_engine_changes(start, loaded)]
    if settings.n_batch != start.settings.n_batch:
        then, now = str(start.settings.n_batch), str(settings.n_batch)
        changed.append(Changed(Aspect.BATCH, then, now))
    for name in ("lora", "control_vectors"):
        then, now = _files(getattr(start.settings, name)), _files(getattr(settings, name))
        if then != now:
            changed.append(Changed(Aspect.ADAPTERS, then, now))
    notes: list[str] = []
    if loaded.vocab.n_vocab == start.model.n_vocab:
        changed += _prompt_changes(session, start, path, settings, loaded, notes)
    return Setup(path, settings, loaded, tuple(changed), tuple(notes))


def model_file(session: Session, start: RunStart) -> Path:
    """The run's model: at its path, else a file of the same name and content in the model folders.

    Raises:
        UserError: there is none.
    """
    path = Path(start.model.path)
    address = remote_address(path)
    if address is not None:
        raise not_from_server(
            f"a replay of run {start.run_id}, which compares token by token", address.host
        )
    if path.is_file():
        return path
    for folder in model_folders(session.profile):
        for found in sorted(folder.rglob(path.name)) if folder.is_dir() else []:
            if start.model.sha256 and session.sha256(found) == start.model.sha256:
                return found
    known = f" (SHA-256 {start.model.sha256[:12]}…)" if start.model.sha256 else ""
    raise UserError(
        f"The model of run {start.run_id} is gone: {path}{known}.",
        "Put the file back, there or into a model folder, to replay the run.",
    )


def _as_recorded(
    then: EngineInfo, now: EngineInfo, settings: EngineSettings, wanted: Mapping[str, str]
) -> EngineSettings:
    """The settings with what the machine chose for itself then, where it chooses otherwise now."""
    named = {name.replace("-", "_") for name in wanted}
    changes: dict[str, object] = {}
    # More threads than processors only wait for each other.
    if then.n_threads != now.n_threads and 0 < then.n_threads <= (os.cpu_count() or 1):
        changes["n_threads"] = then.n_threads
    if then.n_ctx != now.n_ctx and then.n_ctx > 0:
        changes["n_ctx"] = then.n_ctx
    if then.flash_attention != now.flash_attention:
        changes["flash_attention"] = then.flash_attention
    if then.kv_type != now.kv_type:
        changes["kv_type"] = then.kv_type
    if then.backend == "cpu" != now.backend:
        changes["n_gpu_layers"] = 0
    kept = {name: value for name, value in changes.items() if name not in named}
    return replace(settings, **kept)  # type: ignore[arg-type]  # each name with its own type


def _model_changes(
    session: Session, start: RunStart, path: Path, loaded: Loaded
) -> Iterator[Changed]:
    then, now = start.model, loaded.model
    if then.sha256:
        sha256 = now.sha256 or session.sha256(path)
        if sha256 != then.sha256:
            yield Changed(
                Aspect.MODEL,
                f"SHA-256 {then.sha256[:12]}…",
                f"SHA-256 {sha256[:12]}… ({path.name})",
            )
    elif then.size_bytes != now.size_bytes:
        size = f"{now.size_bytes:,} bytes ({path.name})"
        yield Changed(Aspect.MODEL, f"{then.size_bytes:,} bytes", size)


def _engine_changes(start: RunStart, loaded: Loaded) -> Iterator[Changed]:
    then, now = start.engine, loaded.engine
    old = f"llama.cpp {then.llama_cpp} (llama-cpp-python {then.llama_cpp_python})"
    new = f"llama.cpp {now.llama_cpp} (llama-cpp-python {now.llama_cpp_python})"
    pairs = (
        (Aspect.KV_TYPE, then.kv_type, now.kv_type),
        (Aspect.BACKEND, then.backend, now.backend),
        (Aspect.BUILD, old, new),
        (Aspect.FLASH_ATTENTION, _on(then.flash_attention), _on(now.flash_attention)),
        (Aspect.CONTEXT, f"{then.n_ctx:,} tokens", f"{now.n_ctx:,} tokens"),
        (Aspect.THREADS, str(then.n_threads), str(now.n_threads)),
    )
    for aspect, before, after in pairs:
        if before != after:
            yield Changed(aspect, str(before), str(after))


def _prompt_changes(
    session: Session,
    start: RunStart,
    path: Path,
    settings: EngineSettings,
    loaded: Loaded,
    notes: list[str],
) -> Iterator[Changed]:
    chat = chat_format(loaded)
    recorded = chat if start.chat_template is None else replace(chat, template=start.chat_template)
    source = rendered_again(start, recorded, session.library, None)
    if source is None and not _is_infill(start):
        notes.append(
            "The recorded prompt file would give another text today (a fragment changed, "
            "perhaps); the recorded text was replayed."
        )
    own = start.chat_template is not None and start.chat_template == start.model.chat_template
    if own and loaded.model.chat_template != start.model.chat_template:
        now = None
        if source is not None and source.prompt is not None:
            try:
                again = replace(source, chat=chat).again(source.prompt, source.values or {})
            except UserError as error:
                now = f"a template that refuses the prompt: {error.message}"
            else:
                now = None if again.text == start.text else _where(start.text, again.text)
        elif source is None:
            now = "another template"
        if now is not None:
            yield Changed(Aspect.TEMPLATE, "the recorded prompt", now)
        else:
            notes.append("The model's chat template has changed; it writes this prompt the same.")
    if _is_infill(start):
        return
    adds_bos = chat.adds_bos and not (chat.bos_text and start.text.startswith(chat.bos_text))
    client = session.client(replace(loaded.model, path=str(path)), settings)
    ids = client.tokenize(start.text, add_bos=adds_bos).result().ids
    then = tuple(token.id for token in start.prompt_tokens)
    if ids != then:
        count = f"{len(ids):,} tokens"
        yield Changed(Aspect.TOKENS, f"a prompt of {len(then):,} tokens", f"other {count}")


def _where(then: str, now: str) -> str:
    """Where a prompt begins to differ."""
    same = common_start(then, now)
    return f"another one from character {same + 1:,} on"


def _is_infill(start: RunStart) -> bool:
    """Whether the prompt asked for the middle of a text: control tokens stand inside raw text."""
    inside = start.prompt_tokens[1:] if start.prompt_tokens else ()
    return start.chat_template is None and any(token.source == "special" for token in inside)


def _files(adapters: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{path} × {scale:g}" for path, scale in adapters) or "none"


def _on(value: bool) -> str:
    return "on" if value else "off"

"""What many runs share and is kept once: texts, settings and models, known by their hashes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sqlite_utils import Database

from workbench.core.ids import text_hash
from workbench.core.remote import remote_address
from workbench.core.sampling import Sampling
from workbench.core.types import EngineInfo, EngineSettings, ModelInfo
from workbench.history.values import dumps, sampling_json, storable, value_json

Shared = str | EngineInfo | EngineSettings | Sampling | ModelInfo


@dataclass(frozen=True, slots=True)
class Content:
    """A row of `contents`."""

    hash: str
    text: str | bytes


@dataclass(frozen=True, slots=True)
class Model:
    """A row of `models`.

    Attributes:
        columns: all but its number, its hash and its chat template.
    """

    hash: str
    columns: Mapping[str, object]
    template: Content | None


def content_of(value: Shared) -> Content | Model:
    """The row that keeps a value."""
    if isinstance(value, ModelInfo):
        return _model(value)
    if isinstance(value, Sampling):
        text = sampling_json(value)
    elif isinstance(value, EngineInfo):
        text = dumps(_engine(value))
    else:
        text = value if isinstance(value, str) else value_json(value)
    return Content(text_hash(text), storable(text))


def row_of(db: Database, kept: Content | Model) -> int:
    """The number of a row, which is written if it is not there."""
    table = "contents" if isinstance(kept, Content) else "models"
    found = db.execute(f"SELECT id FROM {table} WHERE hash = ?", [kept.hash]).fetchone()  # noqa: S608  # one of two names
    if found is not None:
        return int(found[0])
    if isinstance(kept, Content):
        row: dict[str, object] = {"hash": kept.hash, "text": kept.text}
    else:
        template = None if kept.template is None else row_of(db, kept.template)
        row = {"hash": kept.hash, **kept.columns, "chat_template": template}
    marks = ", ".join("?" * len(row))
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608  # names of this module
    return db.execute(sql, list(row.values())).lastrowid or 0


def content_id(db: Database, text: str) -> int:
    """The number of a text's row, which is written if it is not there."""
    return row_of(db, content_of(text))


def model_hash(description: str, template: str | None) -> str:
    """What a model is known by: its description as JSON and its chat template."""
    return text_hash(dumps([description, template]))


def _engine(info: EngineInfo) -> dict[str, object]:
    """An engine's columns; what means nothing for a server is null."""
    values = asdict(info)
    if info.server is None:
        del values["server"]  # as runs were written before there were servers
        return values
    unknown = ("llama_cpp_python", "llama_cpp", "n_threads", "flash_attention", "kv_type")
    return {**values, **dict.fromkeys(unknown), "n_ctx": info.n_ctx or None}


def _model(info: ModelInfo) -> Model:
    values = asdict(replace(info, chat_template=None))
    sizes: dict[str, int | None] = {"n_params": info.n_params, "size_bytes": info.size_bytes}
    if remote_address(info.path) is not None:  # 0 and "" are what its server does not tell
        values = {name: value or None for name, value in values.items()}
        sizes = {name: size or None for name, size in sizes.items()}
    description = dumps(values)
    template = None if info.chat_template is None else content_of(info.chat_template)
    columns = {
        "name": storable(info.name),
        "path": storable(info.path),
        "sha256": info.sha256,
        "architecture": storable(info.architecture),
        "quantization": storable(info.quantization),
        **sizes,
        "info": storable(description),
    }
    made = template if isinstance(template, Content) else None
    return Model(model_hash(description, info.chat_template), columns, made)

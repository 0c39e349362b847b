"""Rows of Parquet and Arrow files; pyarrow is an optional extra."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbench.core.errors import UserError
from workbench.core.extras import how_to_get
from workbench.experiments.tasks.rows import Row, Rows

_BATCH = 1024


def parquet_rows(path: Path) -> Rows:
    """Rows of a Parquet file, a batch at a time.

    Raises:
        UserError: pyarrow is not installed, or the file is damaged.
    """
    pa = _pyarrow()
    try:
        file = importlib.import_module("pyarrow.parquet").ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from error
    columns = tuple(file.schema_arrow.names)
    return Rows("parquet", _rows(path, file.iter_batches(_BATCH)), {"columns": columns})


def arrow_rows(path: Path) -> Rows:
    """Rows of an Arrow file or stream, as `datasets` writes them.

    Raises:
        UserError: pyarrow is not installed, or the file is damaged.
    """
    pa = _pyarrow()
    ipc = importlib.import_module("pyarrow.ipc")
    try:
        source = pa.memory_map(str(path))
        try:
            reader = ipc.open_stream(source)
            batches = iter(reader)
        except pa.ArrowInvalid:
            reader = ipc.open_file(source)
            batches = (reader.get_batch(i) for i in range(reader.num_record_batches))
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from error
    return Rows("arrow", _rows(path, batches), {"columns": tuple(reader.schema.names)})


def _rows(path: Path, batches: Iterator[Any]) -> Iterator[Row]:
    pa = _pyarrow()
    number = 0
    while True:
        try:
            batch = next(batches, None)
            if batch is None:
                return
            rows = batch.to_pylist()
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise _damaged(path, error) from error
        for fields in rows:
            number += 1
            yield Row(number, {name: _plain(value) for name, value in fields.items()})


def _plain(value: object) -> object:
    """JSON values of what a table can hold; bytes that are no text stay away."""
    match value:
        case dict():
            return {str(k): _plain(v) for k, v in value.items()}
        case list():
            return [_plain(v) for v in value]
        case bytes():
            return value.decode("utf-8", "replace")
        case dt.date() | dt.time():
            return value.isoformat()
        case None | bool() | int() | float() | str():
            return value
    return str(value)


def _pyarrow() -> Any:
    try:
        return importlib.import_module("pyarrow")
    except ImportError as error:
        raise UserError("Parquet and Arrow files need pyarrow.", how_to_get("data")) from error


def _damaged(path: Path, error: BaseException) -> UserError:
    reason = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
    return UserError(f"{path.name} cannot be read: {reason}.", "Is it whole?")

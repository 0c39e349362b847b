"""Runs as a Parquet file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from workbench.core.errors import UserError
from workbench.core.extras import how_to_get
from workbench.export.base import Chosen
from workbench.export.runs import COLUMNS, TABLE_LEAVES_OUT, Document, RunFormat, chunks


def write(documents: Iterator[Document], file: BinaryIO, _chosen: Chosen) -> int:
    """A row for each reply, in row groups as they come.

    Raises:
        UserError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UserError("Parquet needs pyarrow.", how_to_get("data")) from error
    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in COLUMNS])
    count = 0
    with pq.ParquetWriter(file, schema) as writer:
        for rows in chunks(documents):
            clean = [{k: _clean(v) for k, v in row.items()} for row in rows]
            writer.write_table(pa.Table.from_pylist(clean, schema=schema))
            count += len(rows)
    return count


def _clean(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


FORMAT = RunFormat(
    "parquet",
    "Parquet table",
    "A row for each reply.",
    ".parquet",
    write,
    leaves_out=TABLE_LEAVES_OUT,
    is_text=False,
)

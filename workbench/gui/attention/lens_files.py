"""The logit lens as files: a picture, a drawing, and tables. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter

from workbench.core.errors import UserError
from workbench.core.lens import Lens
from workbench.core.tokens import NO_RANK
from workbench.experiments.attention_files import write_file
from workbench.gui.attention.exporting import as_csv, write_bytes
from workbench.gui.panels.lens_grid import LensGrid
from workbench.gui.pictures import png_bytes, svg_bytes
from workbench.gui.translate import tr

_COLUMNS = (
    "layer", "position", "token_read", "top_1", "logprob", "rank_of_final", "logprob_of_final",
    "rank_of_next", "logprob_of_next", "entropy_nats", "kl_to_final_nats",
)  # fmt: skip
_WIDEST = 32_000
"""Pixels that a picture can be wide."""


def write_lens(
    kind: str,
    path: Path,
    grid: LensGrid,
    lens: Lens,
    texts: Mapping[int, str],
    labels: Sequence[str],
) -> None:
    """Write "png", "svg", "npz" or "csv".

    Raises:
        UserError: it cannot be written, or is too large for a picture.
    """
    if kind == "npz":
        write_file(path, lambda file: _npz(file, lens))
    elif kind == "csv":
        write_bytes(path, as_csv(_rows(lens, texts, labels)))
    else:
        size = QSize(*grid.whole_size())
        if size.width() > _WIDEST:
            raise UserError(
                tr("A picture of {n_labels:,} positions would be too wide.", n_labels=len(labels)),
                tr("Write the figures as NPZ or CSV."),
            )

        def paint(painter: QPainter) -> None:
            grid.draw(painter, range(lens.n_layer), range(lens.top_ids.shape[1]), whole=True)

        if kind == "png":
            write_bytes(path, png_bytes(size, grid.palette().base().color(), paint))
        else:
            write_bytes(path, svg_bytes(size, tr("Logit lens"), paint))


def _npz(file: IO[bytes], lens: Lens) -> None:
    names = (
        "top_ids", "top_logprob", "entropy", "kl_to_final", "final_rank", "final_logprob",
        "next_rank", "next_logprob",
    )  # fmt: skip
    np.savez_compressed(
        file,
        token_ids=np.array(lens.ids, np.int32),
        start=np.int32(lens.start),
        **{name: getattr(lens, name) for name in names},
    )


def _rows(lens: Lens, texts: Mapping[int, str], labels: Sequence[str]) -> list[list[object]]:
    rows: list[list[object]] = [list(_COLUMNS)]
    for layer in range(lens.n_layer):
        for at, label in enumerate(labels):
            follows = int(lens.next_rank[layer, at])
            rows.append(
                [
                    layer,
                    at,
                    label.partition(")")[2],
                    texts[int(lens.top_ids[layer, at, 0])],
                    f"{lens.top_logprob[layer, at, 0]:.6g}",
                    int(lens.final_rank[layer, at]),
                    f"{lens.final_logprob[layer, at]:.6g}",
                    "" if follows == NO_RANK else follows,
                    "" if follows == NO_RANK else f"{lens.next_logprob[layer, at]:.6g}",
                    f"{lens.entropy[layer, at]:.6g}",
                    f"{lens.kl_to_final[layer, at]:.6g}",
                ]
            )
    return rows

"""Takes what the workspace shows out of it: pictures and tables. GUI thread."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import IO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.core.attention import Attention
from workbench.core.attention_rows import head_name
from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.experiments.attention_files import write_file, write_npz
from workbench.gui.attention.asking import Asking, Progress
from workbench.gui.attention.controller import AttentionController
from workbench.gui.attention.explaining import Explaining
from workbench.gui.attention.looked import Direction, Looked, LookedText
from workbench.gui.attention.sources import Sources
from workbench.gui.direction import figure_painter
from workbench.gui.fonts import MODEL_PIXELS, Fonts
from workbench.gui.messages import MessageBar, from_error
from workbench.gui.panels.attention_space import EXPORTS, AttentionSpace
from workbench.gui.panels.attention_text import query_name
from workbench.gui.theme import Theme
from workbench.gui.token_canvas import TokenCanvas
from workbench.gui.translate import tr

_FILES = {
    "png": "attention.png",
    "svg": "attention.svg",
    "npz": "attention.npz",
    "csv": "attention.csv",
    "shares": "attention-by-part.csv",
    "parts": "influence.csv",
}
_WIDTH = 960
_CAPTION = 30
_DENSITY = 2


class Exporting(QObject):
    """The menu "Export…"."""

    def __init__(
        self,
        looked: Looked,
        controller: AttentionController,
        explaining: Explaining,
        sources: Sources,
        space: AttentionSpace,
        look: tuple[Theme, Fonts],
        notices: MessageBar,
        window: QWidget,
    ) -> None:
        super().__init__(space)
        self._looked, self._controller = looked, controller
        self._explaining, self._sources = explaining, sources
        self._space, self._look = space, look
        self._notices, self._window = notices, window
        self._asking = Asking("attention-export", self)
        space.export_wanted.connect(self._choose)
        looked.text_changed.connect(self._show_possible)
        controller.weights_changed.connect(self._show_possible)
        explaining.heat_changed.connect(self._show_possible)
        self._show_possible()

    def write(self, kind: str, path: Path) -> None:
        """Write one of `EXPORTS` to a file; what goes wrong is told above the workspace."""
        text = self._looked.text
        if text is None:
            return
        try:
            if kind == "npz":
                self._write_weights(text, path)
            else:
                make: dict[str, Callable[[], bytes]] = {
                    "png": self._png,
                    "svg": self._svg,
                    "csv": self._weights_csv,
                    "shares": self._shares_csv,
                    "parts": self._parts_csv,
                }
                write_bytes(path, make[kind]())
                self._notices.dismiss("attention-export")
        except UserError as error:
            self._failed(error)

    def close(self) -> None:
        """End the thread."""
        self._asking.close()

    def _choose(self, kind: str) -> None:
        name = _FILES[kind]
        ending = name.rpartition(".")[2]
        title = tr(EXPORTS[kind]).rstrip("…")
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, title, name, f"{ending.upper()} (*.{ending})"
        )
        if chosen:
            path = Path(chosen)
            self.write(kind, path if path.suffix else path.with_suffix(f".{ending}"))

    def _show_possible(self) -> None:
        weights = self._controller.weights
        has_weights = weights is not None and not weights.reason
        possible = {
            "png": self._looked.text is not None,
            "svg": self._looked.text is not None,
            "npz": self._looked.text is not None,
            "csv": has_weights,
            "shares": self._sources.found is not None,
            "parts": self._explaining.found is not None,
        }
        for action, kind in zip(self._space.export_button.menu().actions(), EXPORTS, strict=True):
            action.setEnabled(possible[kind])

    def _failed(self, error: Exception) -> None:
        self._notices.show_message("attention-export", from_error(error))

    # Pictures

    def _canvas(self) -> TokenCanvas:
        """The whole text, with nothing scrolled away."""
        theme, fonts = self._look
        panel = self._space.text
        canvas = TokenCanvas(
            theme, fonts, pixels=MODEL_PIXELS, spacing=2.0, grows=True, tint="more"
        )
        canvas.setFixedWidth(_WIDTH)
        canvas.resize(_WIDTH, 100)
        canvas.setStyleSheet(f"background: {theme.colours.pane}; border: none;")
        canvas.replace(panel.pieces)
        canvas.set_strengths(panel.strengths, signed=panel.signed)
        canvas.ensurePolished()
        canvas.resize(_WIDTH, canvas.sizeHint().height())
        return canvas

    def _paint(self, canvas: TokenCanvas, painter: QPainter) -> None:
        theme, fonts = self._look
        size = QSize(_WIDTH, canvas.height() + _CAPTION)
        painter.fillRect(QRect(0, 0, size.width(), size.height()), theme.colour("pane"))
        canvas.render(painter, QPoint(0, 0))
        painter.setFont(fonts.ui(12))
        painter.setPen(theme.colour("muted"))
        box = QRect(16, canvas.height(), _WIDTH - 32, _CAPTION)
        words = " · ".join(
            w for w in (self._space.chip.text(), self._space.text.caption.text()) if w
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _png(self) -> bytes:
        canvas = self._canvas()
        image = QImage(
            QSize(_WIDTH, canvas.height() + _CAPTION) * _DENSITY, QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(_DENSITY)
        painter = figure_painter(image)
        self._paint(canvas, painter)
        painter.end()
        canvas.deleteLater()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not QImageWriter(buffer, QByteArray(b"png")).write(image):
            raise UserError(
                tr("The picture cannot be made; the text is probably too long for one.")
            )
        return bytes(data.data())

    def _svg(self) -> bytes:
        from PySide6.QtSvg import QSvgGenerator

        canvas = self._canvas()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        drawing = QSvgGenerator()
        drawing.setOutputDevice(buffer)
        drawing.setSize(QSize(_WIDTH, canvas.height() + _CAPTION))
        drawing.setViewBox(QRect(0, 0, _WIDTH, canvas.height() + _CAPTION))
        drawing.setTitle(tr("Attention"))
        painter = figure_painter(drawing)
        self._paint(canvas, painter)
        painter.end()
        canvas.deleteLater()
        return bytes(data.data())

    # Tables

    def _weights_csv(self) -> bytes:
        text, weights, apart = self._looked.text, self._controller.weights, self._explaining.apart
        if text is None or weights is None:
            raise UserError(tr("There are no weights to write."), tr("Click a token first."))
        rows: list[list[object]] = [["position", "token", "id", "part", "weight"]]
        owners = None if apart is None else apart.sources.weights.argmax(axis=0)
        for position, token in enumerate(text.ids):
            weight = float(weights.weights[position])
            part = "" if apart is None or owners is None else apart.sources.labels[owners[position]]
            shown = "" if math.isnan(weight) else f"{weight:.6g}"
            rows.append([position, text.labels[position].partition(")")[2], token, part, shown])
        return as_csv(rows)

    def _shares_csv(self) -> bytes:
        found, text, looked = self._sources.found, self._looked.text, self._looked
        if found is None or text is None:
            raise UserError(tr("There are no shares to write."), tr("Click a token first."))
        row = query_name(text.labels, looked.token, looked.direction)
        rows: list[list[object]] = [["row", "heads", "part", "share"]]
        heads = head_name(looked.layer, looked.head)
        rows += [[row, heads, share.label, f"{share.share:.6g}"] for share in found.shares]
        return as_csv(rows)

    def _parts_csv(self) -> bytes:
        found, apart = self._explaining.found, self._explaining.apart
        if found is None or apart is None:
            raise UserError(tr("Nothing was measured yet."), tr("Press Measure first."))
        whole = apart.asked.source.rendered.text
        shares = self._explaining.shares()
        rows: list[list[object]] = [
            ["part", "kind", "text", "delta_logprob", "tokens_saved", "noise_floor", "attention"]
        ]
        floor = found.floor()
        for effect in found.effects:
            change, share = effect.change(), shares.get(effect.part)
            rows.append(
                [
                    effect.part.label,
                    effect.part.kind.value,
                    effect.part.text(whole),
                    "" if change is None else f"{change:.6g}",
                    effect.tokens_saved,
                    "" if floor is None else f"{floor:.6g}",
                    "" if share is None else f"{share:.6g}",
                ]
            )
        return as_csv(rows)

    def _write_weights(self, text: LookedText, path: Path) -> None:
        """Everything if it is in memory, else the row or column of the token."""
        looked, book = self._looked, text.book
        token, query, direction = looked.token, looked.query, looked.direction
        texts = [label.partition(")")[2] for label in text.labels]
        if book.whole is None and (token < 0 or (query < 0 and direction is not Direction.SEEN)):
            raise UserError(
                tr("The weights of the whole text do not fit into memory."),
                tr("Click a token, and its row is written."),
            )

        def work(progress: Progress, cancel: CancelToken) -> None:
            found: Attention
            if book.whole is not None:
                found = book.whole
            elif direction is Direction.SEEN:
                found = book.column(token, progress, cancel)
            else:
                found = book.row(query, progress, cancel)
            write_npz(path, found, texts)

        self._asking.ask(work, lambda _: self._notices.dismiss("attention-export"), self._failed)


def as_csv(rows: list[list[object]]) -> bytes:
    """A table as UTF-8."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        UserError: it cannot be written.
    """

    def write(file: IO[bytes]) -> None:
        file.write(data)

    write_file(path, write)

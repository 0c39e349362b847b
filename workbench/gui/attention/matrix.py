"""Keeps the matrix in step with what the workspace looks at. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from workbench.core.attention import Attention
from workbench.core.attention_planes import Plane, plane_of
from workbench.core.attention_rows import head_name
from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.gui.attention.asking import Asking, Progress
from workbench.gui.attention.looked import Direction, Looked, LookedText
from workbench.gui.attention.matrix_files import MatrixPicture, write_matrix
from workbench.gui.card_data import percent
from workbench.gui.matrix_image import MatrixImages
from workbench.gui.messages import from_error
from workbench.gui.page import PageTools
from workbench.gui.panels.attention_matrix import EMPTY, EXPORTS, AttentionMatrixPanel
from workbench.gui.said import tr_said
from workbench.gui.translate import mark, tr

_TOO_MUCH = mark(
    "The matrices of all layers of this text do not fit into memory together; choose one layer."
)
_READING = mark("reading the text again, with flash attention off…")


@dataclass(frozen=True, slots=True, eq=False)
class ShownMatrix:
    """What is on the screen."""

    layer: int | None
    head: int | None
    capture: Attention
    plane: Plane
    images: MatrixImages | None


class MatrixController(QObject):
    """Asks for the matrix of the chosen head and shows it.

    A short text's is fetched at once if its model is loaded; a long one's when it is wanted.
    """

    def __init__(self, tools: PageTools, looked: Looked, panel: AttentionMatrixPanel) -> None:
        super().__init__(panel)
        self._tools, self._looked, self._panel = tools, looked, panel
        self._asking = Asking("attention-matrix", self)
        self._wanted = False
        self.shown: ShownMatrix | None = None
        """The matrix on the screen; None while there is none."""
        panel.wanted.connect(self._want)
        panel.export_wanted.connect(self._choose_file)
        panel.view.pointed.connect(self._pointed)
        panel.view.chosen.connect(self._chosen)
        self._asking.busy_changed.connect(self._busy)
        self._asking.progressed.connect(self._progressed)
        looked.text_changed.connect(self._text_changed)
        looked.token_changed.connect(self._token_changed)
        looked.view_changed.connect(self._view_changed)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being fetched."""
        return not self._asking.is_asking

    def close(self) -> None:
        """End the thread."""
        self._asking.close()

    def write(self, kind: str, path: Path) -> None:
        """Write one of `EXPORTS` to a file; what goes wrong is told above the workspace."""
        shown, text = self.shown, self._looked.text
        if shown is None or text is None:
            return
        try:
            picture = MatrixPicture(
                shown.capture, shown.plane, text.labels, self._title(), shown.layer, shown.head
            )
            write_matrix(kind, path, picture, self._tools.fonts)
            self._tools.notices.dismiss("matrix-export")
        except UserError as error:
            self._tools.notices.show_message("matrix-export", from_error(error))

    # What is shown

    def _text_changed(self) -> None:
        self._wanted = False
        self.shown = None
        self._asking.stop()
        self._panel.view.show_matrix(None, (), ())
        text = self._looked.text
        if text is None:
            self._panel.show_reason(tr(EMPTY))
        elif self._is_at_hand(text):
            self._want()
        else:
            self._offer(text)

    def _offer(self, text: LookedText) -> None:
        n = len(text.ids)
        self._panel.show_reason(
            tr(
                "{name} reads the {number:,} tokens again, with flash attention off; a "
                "matrix of one head is {number:,} x {number:,} weights.",
                name=text.model.name,
                number=n,
            ),
            can_ask=True,
        )

    def _is_at_hand(self, text: LookedText) -> bool:
        run = self._tools.current.run
        if run is None or run.run_id != text.run_id:
            return False
        held = self._tools.session.held(text.model, run.start.settings) is not None
        return held and text.book.fits

    def _want(self) -> None:
        self._wanted = True
        self._fetch()

    def _view_changed(self) -> None:
        if self._wanted:
            self._fetch()

    def _token_changed(self) -> None:
        looked = self._looked
        column = looked.token if looked.direction is Direction.SEEN else -1
        self._panel.view.mark(looked.query, column)
        if not self._wanted and looked.text is not None and looked.kept >= 0:
            known = looked.text.book.known_matrix(looked.layer or 0, looked.head)
            if known is not None:
                self._want()

    def _fetch(self) -> None:
        text = self._looked.text
        if text is None:
            return
        layer, head = self._looked.layer, self._looked.head
        if layer is None and not text.book.means_fit:
            self.shown = None
            self._asking.stop()
            self._panel.show_reason(tr(_TOO_MUCH))
            return
        hidden = self._tools.theme.colours.chip

        def work(progress: Progress, cancel: CancelToken) -> ShownMatrix:
            capture = text.book.matrix(layer or 0, head, progress, cancel)
            plane = plane_of(capture, layer, head)
            images = None if plane.reason else MatrixImages(plane.weights, plane.visible, hidden)
            return ShownMatrix(layer, head, capture, plane, images)

        self._asking.ask(work, self._found, self._failed)

    def _found(self, shown: ShownMatrix) -> None:
        text = self._looked.text
        if text is None:
            return
        if shown.images is None:
            self.shown = None
            self._panel.show_reason(tr_said(shown.plane.reason))
            return
        self.shown = shown
        self._panel.view.show_matrix(shown.images, text.labels, text.labels)
        self._panel.name.setText(self._title())
        self._panel.show_view()
        self._token_changed()

    def _failed(self, error: Exception) -> None:
        self.shown = None
        message = from_error(error)
        self._panel.show_reason(f"{message.text} {message.hint}".strip(), can_ask=True)

    def _title(self) -> str:
        shown = self.shown
        if shown is None:
            return ""
        name = tr_said(head_name(shown.layer, shown.head))
        capture = shown.capture
        if shown.head is not None and capture.n_head != capture.n_head_kv:
            name += tr(" (KV head {group})", group=capture.group(shown.head))
        return f"{name} · {capture.kv_type.value} KV"

    def _busy(self, on: bool) -> None:
        self._panel.readout.setText(tr(_READING) if on else "")
        if on and self.shown is None:
            self._panel.show_reason(tr(_READING))

    def _progressed(self, done: int, total: int) -> None:
        line = tr(
            "{reading} {done:,} of {total:,} tokens", reading=tr(_READING), done=done, total=total
        )
        self._panel.readout.setText(line)
        if self.shown is None:
            self._panel.show_reason(line)

    # Pointing

    def _pointed(self, row: int, column: int) -> None:
        text, shown = self._looked.text, self.shown
        if text is None or shown is None or row < 0:
            self._panel.readout.setText("")
            return
        query, key = text.labels[row], text.labels[column]
        if shown.plane.visible[row, column]:
            weight = float(shown.plane.weights[row, column])
            said = tr(
                "{query}  looks at  {key}:  {weight} %",
                query=query,
                key=key,
                weight=percent(weight),
            )
        elif column > row:
            said = tr("{query}  cannot look at  {key}: it comes later", query=query, key=key)
        else:
            said = tr(
                "{query}  cannot look at  {key}: it is outside this layer's window",
                query=query,
                key=key,
            )
        self._panel.readout.setText(said)

    def _chosen(self, row: int, column: int) -> None:
        """Keep the token whose row this is: as a choice, the token behind it."""
        looked = self._looked
        if looked.text is None:
            return
        if looked.direction is Direction.SEEN:
            looked.keep(column)
        elif looked.direction is Direction.CHOOSING and row + 1 < len(looked.text.ids):
            looked.keep(row + 1)
        else:
            looked.set_direction(Direction.READING)
            looked.keep(row)

    def _choose_file(self, kind: str) -> None:
        if self.shown is None:
            return
        title = tr(EXPORTS[kind]).rstrip("…")
        chosen, _ = QFileDialog.getSaveFileName(
            self._tools.window, title, f"attention-matrix.{kind}", f"{kind.upper()} (*.{kind})"
        )
        if chosen:
            path = Path(chosen)
            self.write(kind, path if path.suffix else path.with_suffix(f".{kind}"))

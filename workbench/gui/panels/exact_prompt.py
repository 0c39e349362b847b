"""The exact prompt as the model reads it: special tokens as chips, variables washed. GUI thread."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from workbench.core.rendered import SPECIAL
from workbench.core.tokens import PromptToken
from workbench.gui.fonts import EDITOR_PIXELS, Fonts
from workbench.gui.parts import horizontal_line, label
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.token_text import Look, Piece
from workbench.gui.token_view import TokenView


class ExactPrompt(QFrame):
    """A dashed card under the message blocks."""

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        set_role(self, "exact")
        self.view = TokenView(
            theme, fonts, pixels=EDITOR_PIXELS, spacing=1.65, margin=12, grows=True
        )
        self.view.setAccessibleName("Exact prompt")
        self.note = label("", "good", name="bos-note")
        head = QHBoxLayout()
        head.setContentsMargins(10, 5, 12, 5)
        head.addWidget(label("exact prompt · as the model reads it", "caption"))
        head.addStretch(1)
        head.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 3)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(horizontal_line())
        column.addWidget(self.view)
        self._shown: tuple[PromptToken, ...] = ()
        self.view.pointed.connect(self._explain)

    def show_tokens(
        self, tokens: Sequence[PromptToken], control: Collection[int], bos: int | None
    ) -> None:
        """Show the prompt; `control` holds the ids of control tokens, `bos` the BOS's id."""
        if tuple(tokens) != self._shown:
            self._shown = tuple(tokens)
            self.view.replace([prompt_piece(token, control) for token in tokens])
        self._show_bos(bos, sum(token.id == bos for token in tokens))

    def show_nothing(self) -> None:
        """The prompt cannot be rendered now."""
        self._shown = ()
        self.view.clear()
        self.note.setText("")

    def _explain(self, token: int) -> None:
        tip = ""
        if 0 <= token < len(self._shown):
            one = self._shown[token]
            where = "" if one.message is None else f" · message {one.message + 1}"
            tip = f"“{one.text}” · token {token + 1:,} · id {one.id:,} · {one.source}{where}"
        self.view.viewport().setToolTip(tip)

    def _show_bos(self, bos: int | None, count: int) -> None:
        self.note.setText("" if bos is None else f"{count} BOS")
        set_role(self.note, "good" if count == 1 else "warning")
        self.note.setToolTip(
            ""
            if bos is None
            else "The prompt begins with one beginning-of-text token, as it should."
            if count == 1
            else "The model expects exactly one beginning-of-text token."
        )


def prompt_piece(token: PromptToken, control: Collection[int]) -> Piece:
    """How one token of a prompt is drawn."""
    if token.id in control:
        return Piece(token.bytes, Look.CHIP, control_label(token.text))
    if token.source == SPECIAL:
        return Piece(token.bytes, Look.MUTED)
    if token.source.startswith(("variable:", "example:")):
        return Piece(token.bytes, Look.VARIABLE)
    return Piece(token.bytes)


def control_label(text: str) -> str:
    """A control token's short name: "end" for "<|end|>"; others stay as they are."""
    if text.startswith("<|") and text.endswith("|>") and len(text) > 4:
        return text[2:-2]
    return text

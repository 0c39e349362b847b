"""The exact prompt as the model reads it: special tokens as chips, variables washed. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from workbench.core.rendered import SPECIAL
from workbench.gui.fonts import EDITOR_PIXELS, Fonts
from workbench.gui.parts import horizontal_line, label, text_button, wrapping_label
from workbench.gui.prompt_facts import PromptFacts, bos_note, overflow, token_facts
from workbench.gui.style_sheet import set_role
from workbench.gui.token_text import Look, Piece
from workbench.gui.token_view import TokenView
from workbench.gui.translate import mark, tr

if TYPE_CHECKING:
    from workbench.core.tokens import PromptToken
    from workbench.gui.messages import Message
    from workbench.gui.theme import Theme

_CAPTION = mark("exact prompt · as the model reads it")
DRAWN_FIRST, DRAWN_LAST = 12_000, 4_000
"""How many tokens are drawn of a prompt that is longer than both together: drawing hundreds of
thousands would stop the window for half a minute."""
_WAITING = mark("Stands here as soon as the mistake is mended (F8 goes to it).")


class ExactPrompt(QFrame):
    """A dashed card under the message blocks.

    Attributes:
        shown: the tokens of the prompt; none while it cannot be rendered.

    Signals:
        pointed(source): the pointer or the keyboard is at a token from a variable or an example;
            empty: at none.
    """

    pointed = Signal(str)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        set_role(self, "exact")
        self.view = TokenView(
            theme, fonts, pixels=EDITOR_PIXELS, spacing=1.65, margin=12, grows=True
        )
        self.view.setAccessibleName(tr("Exact prompt"))
        self.caption = label(tr(_CAPTION), "caption", name="exact-caption")
        self.caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.note = label("", "good", name="bos-note")
        self.template_button = text_button("", accessible=tr("Chat template"))
        self.template_button.hide()
        self.problem = wrapping_label("warning")
        self.problem.setObjectName("exact-problem")
        self.problem.setContentsMargins(12, 6, 12, 2)
        self.problem.hide()
        self.waiting = label(tr(_WAITING), "muted", name="exact-waiting")
        self.waiting.setContentsMargins(12, 6, 12, 8)
        self.waiting.hide()
        self.details = ""
        self.copy_button = text_button(
            tr("Copy what was passed in"),
            accessible=tr("Copy what was passed in to the chat template"),
        )
        self.copy_button.hide()
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details))
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 12, 0)
        below.addWidget(self.copy_button)
        below.addStretch(1)
        head = QHBoxLayout()
        head.setContentsMargins(10, 3, 12, 3)
        head.setSpacing(12)
        head.addWidget(self.caption, 1)
        head.addWidget(self.template_button)
        head.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 3)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(horizontal_line())
        column.addWidget(self.problem)
        column.addWidget(self.waiting)
        column.addLayout(below)
        column.addWidget(self.view)
        self.shown: tuple[PromptToken, ...] = ()
        self._n_hidden = 0
        self._facts = PromptFacts()
        self._lights: Callable[[str], bool] = _nothing
        self.view.pointed.connect(self._explain)

    def show_tokens(self, tokens: Sequence[PromptToken], facts: PromptFacts) -> None:
        """Show the prompt, what is wrong with its beginning, and where it would overflow."""
        if tuple(tokens) != self.shown or facts.control != self._facts.control:
            self.shown = tuple(tokens)
            self._n_hidden = max(0, len(self.shown) - DRAWN_FIRST - DRAWN_LAST)
            self.view.replace(self._pieces(facts.control))
        self._facts = facts
        self.view.set_limit(self._place(facts.n_ctx) if facts.n_ctx else None)
        self._say(overflow(len(self.shown), facts.n_ctx))
        self._show_bos()
        self.light(self._lights)

    def show_nothing(self, problem: Message | None = None, *, waiting: bool = False) -> None:
        """The prompt cannot be rendered now; `problem` says why, if that is this card's matter.

        `waiting`: a mistake that is said elsewhere has to be mended first.
        """
        self.shown, self._n_hidden = (), 0
        self.view.clear()
        self.note.setText("")
        if problem is None:
            self._say("")
            self.waiting.setVisible(waiting)
        else:
            self._say(f"{problem.text} {problem.hint}".strip(), problem.details)

    def light(self, lights: Callable[[str], bool]) -> None:
        """Light the tokens for whose source `lights` is true."""
        self._lights = lights
        drawn = ((self._place(n), self.shown[n]) for n in self._drawn())
        self.view.set_lit([place for place, token in drawn if lights(token.source)])

    def _drawn(self) -> Iterable[int]:
        """The tokens that are drawn, in order."""
        if not self._n_hidden:
            return range(len(self.shown))
        return chain(range(DRAWN_FIRST), range(DRAWN_FIRST + self._n_hidden, len(self.shown)))

    def _pieces(self, control: Collection[int]) -> list[Piece]:
        pieces = [prompt_piece(self.shown[n], control) for n in self._drawn()]
        if self._n_hidden:
            words = tr("\n… {n_hidden:,} tokens are not drawn …\n", n_hidden=self._n_hidden)
            pieces.insert(DRAWN_FIRST, Piece(words.encode(), Look.MUTED))
        return pieces

    def _place(self, number: int) -> int:
        """Where in the view a token stands; what is not drawn stands at the remark about it."""
        if not self._n_hidden or number < DRAWN_FIRST:
            return number
        return max(DRAWN_FIRST, number - self._n_hidden + 1)

    def _number(self, place: int) -> int:
        """The token at a place of the view; -1 for the remark."""
        if not self._n_hidden or place < DRAWN_FIRST:
            return place
        return -1 if place == DRAWN_FIRST else place + self._n_hidden - 1

    def _say(self, problem: str, details: str = "") -> None:
        self.problem.setText(problem)
        self.waiting.hide()
        self.problem.setVisible(bool(problem))
        self.details = details
        self.copy_button.setVisible(bool(details))

    def _explain(self, place: int) -> None:
        number = self._number(place)
        known = 0 <= number < len(self.shown)
        text = token_facts(self.shown[number], number, self._facts) if known else ""
        self.view.viewport().setToolTip(text)
        self.caption.setText(text or tr(_CAPTION))
        self.caption.setToolTip(text)
        source = self.shown[number].source if known else ""
        self.pointed.emit(source if ":" in source else "")

    def _show_bos(self) -> None:
        note = bos_note(self.shown, self._facts)
        self.note.setText("" if note is None else note.text)
        self.note.setToolTip("" if note is None else note.tip)
        self.note.setAccessibleDescription("" if note is None else note.tip)
        set_role(self.note, "warning" if note is not None and not note.is_good else "good")


def prompt_piece(token: PromptToken, control: Collection[int]) -> Piece:
    """How one token of a prompt is drawn; its id stands behind it while marks are shown."""
    note = str(token.id)
    if token.id in control:
        return Piece(token.bytes, Look.CHIP, control_label(token.text), note)
    if token.source == SPECIAL:
        return Piece(token.bytes, Look.MUTED, note=note)
    if token.source.startswith(("variable:", "example:")):
        return Piece(token.bytes, Look.VARIABLE, note=note)
    return Piece(token.bytes, note=note)


def control_label(text: str) -> str:
    """A control token's short name: "end" for "<|end|>"; others stay as they are."""
    if text.startswith("<|") and text.endswith("|>") and len(text) > 4:
        return text[2:-2]
    return text


def _nothing(_source: str) -> bool:
    return False

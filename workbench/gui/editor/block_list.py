"""The blocks of a prompt one below the other, and their one undo stack. GUI thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from workbench.gui.editor.undo import Block, History, ShapeStep, Step, TextStep
from workbench.gui.fonts import Fonts
from workbench.gui.icons import icon
from workbench.gui.panels.message_block import TEXT_ROLE, MessageBlock
from workbench.gui.parts import text_button
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import tr
from workbench.templates.roles import ROLES

_GAP = 8


class BlockText(NamedTuple):
    """One block: the message's role (TEXT_ROLE for raw text) and its template."""

    role: str
    content: str


class BlockList(QWidget):
    """Message blocks, added, moved, folded and taken away, each step of which can be undone.

    Signals:
        edited(): the prompt is another now.
        made(MessageBlock): a block was made; whoever helps it to be edited connects to it.
        cursor_moved(MessageBlock): bring its cursor into view.
        shown(QPoint): bring this place of the list into view.
    """

    edited = Signal()
    made = Signal(object)
    cursor_moved = Signal(object)
    shown = Signal(QPoint)

    def __init__(
        self, theme: Theme, fonts: Fonts, now: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._theme, self._fonts, self._now = theme, fonts, now
        self.blocks: list[MessageBlock] = []
        self.history = History()
        self._next_key = 0
        self._names: tuple[str, ...] = ()
        self._is_chat = True
        self.add = text_button(tr("Add message"), "foot", accessible=tr("Add a message"))
        self.add.clicked.connect(self._show_roles)
        self.add_menu = QMenu(self)
        for role in ROLES:
            self.add_menu.addAction(role, partial(self.add_block, role))
        self.back = text_button("", "foot", accessible=tr("Undo"))
        self.back.clicked.connect(self.undo)
        self.back.hide()
        self._mark = QFrame(self)
        set_role(self._mark, "drop-mark")
        self._mark.hide()
        foot = QHBoxLayout()
        foot.setContentsMargins(2, 0, 2, 0)
        foot.setSpacing(14)
        foot.addWidget(self.add)
        foot.addWidget(self.back)
        foot.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP)
        self._column.addLayout(foot)
        self._recolour()
        theme.changed.connect(self._recolour)

    def show_blocks(self, texts: Sequence[BlockText]) -> None:
        """Another prompt; nothing of the one before can be undone into it."""
        self._is_chat = not (len(texts) == 1 and texts[0].role == TEXT_ROLE)
        self._names = ()
        self._show([Block(self._new_key(), *text) for text in texts])
        self.history.clear()
        self.back.hide()
        self.add.setVisible(self._is_chat)

    def texts(self) -> list[BlockText]:
        """The blocks as they stand."""
        return [BlockText(block.role, block.content) for block in self.blocks]

    def set_variables(self, names: Collection[str]) -> None:
        """Which names are variables of the form."""
        self._names = tuple(names)
        for block in self.blocks:
            block.set_variables(names)

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the form."""
        return self._names

    @property
    def is_chat(self) -> bool:
        """Whether there are messages; False for one raw text."""
        return self._is_chat

    def current(self) -> MessageBlock | None:
        """The block that has the keyboard."""
        focus: QWidget | None = self.focusWidget()  # the stubs forget that there may be none
        if focus is None:
            return None
        return next((b for b in self.blocks if b.isAncestorOf(focus)), None)

    def add_block(self, role: str, after: MessageBlock | None = None) -> None:
        """A new empty message, last or behind `after`; the keyboard goes there."""
        if not self._is_chat:
            return
        blocks = self._values()
        at = len(blocks) if after is None else self.blocks.index(after) + 1
        fresh = Block(self._new_key(), role, "")
        self._reshape(tr("add the message"), [*blocks[:at], fresh, *blocks[at:]], fresh.key)

    def duplicate(self, block: MessageBlock) -> None:
        """The same message once more, below."""
        if not self._is_chat:
            return
        blocks = self._values()
        at = self.blocks.index(block) + 1
        fresh = replace(block.block, key=self._new_key())
        self._reshape(tr("duplicate the message"), [*blocks[:at], fresh, *blocks[at:]], fresh.key)

    def delete(self, block: MessageBlock) -> None:
        """Take the message away; the last one stays. Beside "add" it can be brought back."""
        if not self._is_chat or len(self.blocks) < 2:
            return
        at = self.blocks.index(block)
        blocks = self._values()
        rest = [*blocks[:at], *blocks[at + 1 :]]
        self._reshape(tr("delete the message"), rest, rest[min(at, len(rest) - 1)].key)
        self.back.setText(tr("{role} message deleted · Undo", role=block.role))
        self.back.setAccessibleName(tr("Undo: bring the {role} message back", role=block.role))
        self.back.show()

    def move_block(self, block: MessageBlock, to: int) -> None:
        """Make it message number `to` (0-based, kept within the list)."""
        blocks = self._values()
        at = self.blocks.index(block)
        to = max(0, min(to, len(blocks) - 1))
        if to != at:
            blocks.insert(to, blocks.pop(at))
            self._reshape(tr("move the message"), blocks, block.key)

    def set_role(self, block: MessageBlock, role: str) -> None:
        """Another role for this message."""
        blocks = self._values()
        at = self.blocks.index(block)
        if blocks[at].role != role:
            blocks[at] = replace(blocks[at], role=role)
            self._reshape(tr("change the role"), blocks, block.key)

    def replace_texts(self, texts: Sequence[str], label: str) -> None:
        """Other texts for all blocks, as one step."""
        blocks = [
            b.block if text == b.edit.text() else replace(b.block, content=text)
            for b, text in zip(self.blocks, texts, strict=True)
        ]
        focus = self.current()
        self._reshape(label, blocks, None if focus is None else focus.key)

    def replace_part(self, block: MessageBlock, start: int, length: int, text: str) -> None:
        """Put `text` instead of `length` code points of a block, as a step of its own."""
        removed = block.edit.text()[start : start + length]
        self.history.seal()
        self.history.push(TextStep(block.key, start, removed, text, self._now()))
        self.history.seal()
        block.edit.replace_text(start, length, text)
        self.back.hide()
        self.edited.emit()

    def undo(self) -> None:
        """Take the last step back."""
        step = self.history.undo()
        if step is not None:
            self._carry_out(step, back=True)

    def redo(self) -> None:
        """Make the step again that was taken back last."""
        step = self.history.redo()
        if step is not None:
            self._carry_out(step, back=False)

    def _values(self) -> list[Block]:
        return [block.block for block in self.blocks]

    def _new_key(self) -> int:
        self._next_key += 1
        return self._next_key

    def _typed(self, block: MessageBlock, start: int, removed: str, inserted: str) -> None:
        self.history.push(TextStep(block.key, start, removed, inserted, self._now()))
        self.back.hide()
        self.edited.emit()

    def _reshape(self, label: str, after: Sequence[Block], key: int | None) -> None:
        focus = self.current()
        before = tuple(self._values())
        if before == tuple(after):
            return
        key_before = key if focus is None else focus.key
        self.history.push(ShapeStep(label, before, tuple(after), key_before, key))
        self.back.hide()
        self._show(after)
        self._focus(key)
        self.edited.emit()

    def _carry_out(self, step: Step, *, back: bool) -> None:
        self.back.hide()
        if isinstance(step, ShapeStep):
            self._show(step.before if back else step.after)
            self._focus(step.key_before if back else step.key_after)
        else:
            block = next(b for b in self.blocks if b.key == step.key)
            gone, put = (step.inserted, step.removed) if back else (step.removed, step.inserted)
            block.edit.replace_text(step.start, len(gone), put)
            self._focus(step.key)
        self.edited.emit()

    def _show(self, wanted: Sequence[Block]) -> None:
        """Make the widgets say what `wanted` says; those that are there already are kept."""
        there = {block.key: block for block in self.blocks}
        gone = [b for b in self.blocks if b.key not in {w.key for w in wanted}]
        blocks = []
        for at, value in enumerate(wanted):
            block = there.get(value.key) or self._make(value)
            block.show_block(value)
            if self._column.indexOf(block) != at:
                self._column.removeWidget(block)
                self._column.insertWidget(at, block)
                block.show()  # the layout would do so too late to take the keyboard
            blocks.append(block)
        for block in gone:
            self._column.removeWidget(block)
            with QSignalBlocker(block.edit):
                block.hide()
            block.deleteLater()
        self.blocks = blocks
        for block in blocks:
            block.header.allow_delete(allowed=len(blocks) > 1)
        self._order_tabs()

    def _make(self, value: Block) -> MessageBlock:
        block = MessageBlock(self._theme, self._fonts, value)
        block.set_variables(self._names)
        block.edited.connect(partial(self._typed, block))
        block.cursor_moved.connect(partial(self.cursor_moved.emit, block))
        block.role_chosen.connect(partial(self.set_role, block))
        block.duplicate_wanted.connect(partial(self.duplicate, block))
        block.delete_wanted.connect(partial(self.delete, block))
        block.move_wanted.connect(partial(self._move_by, block))
        block.dragged.connect(partial(self._drag, block))
        block.dropped.connect(partial(self._drop, block))
        block.drag_left.connect(self._mark.hide)
        block.edit.undo_wanted.connect(self.undo)
        block.edit.redo_wanted.connect(self.redo)
        self.made.emit(block)
        return block

    def _order_tabs(self) -> None:
        order = [w for block in self.blocks for w in block.focusables()]
        order += [self.add, self.back]
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    def _focus(self, key: int | None) -> None:
        block = next((b for b in self.blocks if b.key == key), None)
        if block is None or block.isHidden():
            return
        if block.is_folded:
            block.fold(False)
        block.edit.setFocus()
        self.cursor_moved.emit(block)

    def _move_by(self, block: MessageBlock, by: int) -> None:
        self.move_block(block, self.blocks.index(block) + by)

    def _gap_at(self, point: QPoint) -> int:
        """In front of which block the mouse is; the number of blocks when behind the last."""
        y = self.mapFromGlobal(point).y()
        middles = [b.geometry().center().y() for b in self.blocks]
        return sum(y > middle for middle in middles)

    def _drag(self, block: MessageBlock, point: QPoint) -> None:
        gap = self._gap_at(point)
        last = self.blocks[-1].geometry()
        top = self.blocks[gap].y() if gap < len(self.blocks) else last.bottom() + 1 + _GAP
        self._mark.setGeometry(0, max(0, top - _GAP // 2 - 1), self.width(), 2)
        self._mark.raise_()
        self._mark.show()
        self.shown.emit(self.mapFromGlobal(point))

    def _drop(self, block: MessageBlock, point: QPoint) -> None:
        self._mark.hide()
        gap, at = self._gap_at(point), self.blocks.index(block)
        self.move_block(block, gap - 1 if gap > at else gap)

    def _recolour(self) -> None:
        self.add.setIcon(icon("plus", self._theme.colour("chip_ink"), 14))

    def _show_roles(self) -> None:
        self.add_menu.popup(self.add.mapToGlobal(QPoint(0, self.add.height())))

"""Find and replace over all blocks. Matching happens on a lane, with a time limit. GUI thread."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from workbench.gui.editor.block_list import BlockList
from workbench.gui.editor.find_bar import FindBar
from workbench.gui.editor.search import Found, Query, find_all, replaced, replacement_of
from workbench.gui.lane import Lane
from workbench.gui.said import said_error
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

_DELAY_MS = 60


class FindController(QObject):
    """Keeps the bar, the matches and the washed places in step.

    Signals:
        shown(MessageBlock): the current match is selected in this block; bring it into view.
        found(): the count in the bar holds for what stands in the blocks.
    """

    shown = Signal(object)
    found = Signal()

    def __init__(self, owner: QWidget, blocks: BlockList, theme: Theme) -> None:
        super().__init__(owner)
        self._blocks = blocks
        self.bar = FindBar(theme)
        self._lane = Lane("find", self)
        self._found: Found | None = None
        self._current = -1
        self._from = (0, 0)  # block number and place behind which the next match is looked for
        self._step: int | None = None  # asked for while the search was not up to date
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._search)
        self.bar.changed.connect(self._query_changed)
        self.bar.step_wanted.connect(self.step)
        self.bar.replace_wanted.connect(self.replace)
        self.bar.replace_all_wanted.connect(self.replace_all)
        self.bar.left.connect(self.leave)

    def open(self, *, replace: bool) -> None:
        """Show the bar; what is selected in a block is what to find."""
        block = self._blocks.current()
        if block is not None:
            cursor = block.edit.textCursor()
            number = self._blocks.blocks.index(block)
            self._from = (number, block.edit.place() - len(cursor.selectedText()))
            chosen = cursor.selectedText()
            if chosen and "\u2029" not in chosen:
                self.bar.field.setText(chosen)
        self.bar.show_replace(shown=replace or (self.bar.isVisible() and self.bar.replaces))
        self.bar.show()
        self.bar.field.setFocus()
        self.bar.field.selectAll()
        self._timer.start()

    def leave(self) -> None:
        """Hide the bar; the keyboard goes to the match."""
        self.bar.hide()
        self._timer.stop()
        self._lane.forget()
        match = self._match()
        blocks = self._blocks.blocks
        self._forget()
        number = match[0] if match is not None else min(self._from[0], len(blocks) - 1)
        if 0 <= number < len(blocks):
            blocks[number].edit.setFocus()

    def close(self) -> None:
        """End the lane."""
        self._timer.stop()
        self._lane.close()

    def texts_changed(self) -> None:
        """Some block's text is another now, perhaps."""
        if self.bar.isVisible() and not self._is_fresh():
            self._timer.start()

    def step(self, by: int) -> None:
        """Go to the next match (1) or the one before (-1), round the ends."""
        if not self.bar.isVisible():
            self.open(replace=False)
        if not self._is_fresh():
            self._step = by
            self._search()
            return
        if self._found is not None and self._found.matches:
            self._choose((self._current + by) % len(self._found.matches))

    def replace(self) -> None:
        """Replace the current match and go to the next."""
        found, number = self._found, self._current
        if found is None or number < 0 or not self._is_fresh():
            self.step(1)
            return
        query = self.bar.query()
        now = Found(query, found.texts, found.matches, found.complete)
        self._lane.submit(
            lambda: replacement_of(now, number), partial(self._put, now, number), self._failed
        )

    def replace_all(self) -> None:
        """Replace every match, as one step to undo."""
        query, texts = self.bar.query(), self._texts()
        if query.text:
            self._lane.submit(
                lambda: replaced(query, texts), partial(self._put_all, texts), self._failed
            )

    def _put(self, found: Found, number: int, text: str) -> None:
        if not self._is_fresh():
            self._timer.start()
            return
        match = found.matches[number]
        block = self._blocks.blocks[match.block]
        self._from = (match.block, match.start + len(text) + (match.start == match.end))
        self._blocks.replace_part(block, match.start, match.end - match.start, text)
        self._search()

    def _put_all(self, texts: tuple[str, ...], answer: tuple[list[str], int]) -> None:
        fresh, count = answer
        if self._texts() != texts:
            self.replace_all()
            return
        self._blocks.replace_texts(fresh, tr("replace all"))
        self._found, self._current = Found(self.bar.query(), tuple(fresh), ()), -1
        self._mark()
        self.bar.show_error("")
        self.bar.show_count(tr("{count:,} replaced", count=count))
        self.found.emit()

    def _query_changed(self) -> None:
        self._timer.start()

    def _search(self) -> None:
        self._timer.stop()
        query, texts = self.bar.query(), self._texts()
        if not query.text:
            self._step = None
            self._lane.forget()
            self._forget()
            self.bar.show_error("")
            self.bar.show_count("")
            return
        self._lane.submit(lambda: find_all(query, texts), self._show, self._failed)

    def _show(self, found: Found) -> None:
        if found.texts != self._texts():
            self._timer.start()
            return
        self._found = found
        self.bar.show_error("")
        step, self._step = self._step, None
        behind = [n for n, m in enumerate(found.matches) if (m.block, m.start) >= self._from]
        if not found.matches:
            self._current = -1
            self._mark()
            self.bar.show_count(tr("nothing found"))
        elif step == -1:
            self._choose((behind[0] if behind else 0) - 1)
        else:
            self._choose(behind[0] if behind else 0)
        self.found.emit()

    def _failed(self, error: Exception) -> None:
        self._step = None
        self._forget()
        self.bar.show_error(said_error(error))
        self.found.emit()

    def _choose(self, number: int) -> None:
        found = self._found
        if found is None:
            return
        self._current = number % len(found.matches)
        match = found.matches[self._current]
        self._from = (match.block, match.start)
        block = self._blocks.blocks[match.block]
        if block.is_folded:
            block.fold(False)
        block.edit.select(match.start, match.end)
        self._mark()
        of = (
            f"{len(found.matches):,}"
            if found.complete
            else tr("over {n_matches:,}", n_matches=len(found.matches))
        )
        self.bar.show_count(tr("{current:,} of {of}", current=self._current + 1, of=of))
        self.shown.emit(block)

    def _match(self) -> tuple[int, int, int] | None:
        if self._found is None or self._current < 0:
            return None
        return self._found.matches[self._current]

    def _mark(self) -> None:
        places: list[list[tuple[int, int]]] = [[] for _ in self._blocks.blocks]
        if self._found is not None:
            for match in self._found.matches:
                if match.end > match.start:
                    places[match.block].append((match.start, match.end))
        now = self._match()
        for number, block in enumerate(self._blocks.blocks):
            is_here = now is not None and now[0] == number
            block.edit.show_found(places[number], now[1:] if now and is_here else None)

    def _forget(self) -> None:
        self._found, self._current = None, -1
        for block in self._blocks.blocks:
            block.edit.show_found([])

    def _is_fresh(self) -> bool:
        found = self._found
        if found is None or found.texts != self._texts():
            return False
        query = self.bar.query()
        return found.query == Query(
            query.text,
            query.is_regex,
            query.match_case,
            query.whole_word,
            found.query.replacement,
        )

    def _texts(self) -> tuple[str, ...]:
        return tuple(block.edit.text() for block in self._blocks.blocks)

"""Holds the columns against the base: words at once, models one pair after another. GUI thread."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.core.cancel import Cancelled, CancelToken
from workbench.core.divergence import summary
from workbench.core.errors import StoppedError, UserError
from workbench.core.text import elide
from workbench.experiments.compare import ColumnEnd
from workbench.experiments.compare_diff import SAME, ModelDiff, ReplyOf, model_diff
from workbench.experiments.compare_facts import Marked, marked
from workbench.experiments.diff_facts import nats
from workbench.experiments.given_text import read_text_file
from workbench.experiments.session import Session
from workbench.gui.compare.diff_panel import DiffPanel, Text
from workbench.gui.compare.letters import letter
from workbench.gui.compare.shown_diff import ShownDiff
from workbench.gui.compare.text_dialog import TextDialog
from workbench.gui.key_hints import keyed
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.token_cards import TokenCards
from workbench.gui.translate import mark, tr

_POLL_MS = 100
_PATIENCE_S = 0.6
_EMPTY = mark("Once two columns ran, one text forced through both stands here, token by token.")
_ALIKE = mark(
    "Settings and seeds choose among the same probabilities; models and prompts change them."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The columns as they stand.

    Attributes:
        ends: by number, of those that ran.
        texts: the shown reply of each column.
        samples: which of its replies that is, from 0.
        different_only: leave out what is equal.
    """

    ends: Mapping[int, ColumnEnd]
    texts: Sequence[str]
    samples: Sequence[int]
    base: int
    different_only: bool


class Differences(QObject):
    """Everything that compares.

    Signals:
        words(found): a column's shown reply with what differs from the base's, by its number.
        diverged(column, text): its mean divergence from the base, for reading.
        settled(): nothing is being compared any more.
    """

    words = Signal(object)
    diverged = Signal(int, str)
    settled = Signal()

    def __init__(
        self, session: Session, panel: DiffPanel, cards: TokenCards, window: QWidget
    ) -> None:
        super().__init__(panel)
        self._session, self._panel, self._window = session, panel, window
        self.shown = ShownDiff(panel, cards)
        self._lane, self._word_lane = Lane("compare-diff", self), Lane("compare-words", self)
        self._standing: Standing | None = None
        self._other: int | None = None
        self._text, self._given, self._name = Text.BASE, "", ""
        self._queue: list[int] = []
        self._found: dict[int, ModelDiff] = {}
        self._cancel = CancelToken()
        self._progress: tuple[int, int] = (0, 0)
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._tell)
        panel.pair_chosen.connect(self.choose_pair)
        panel.text_chosen.connect(self.choose_text)
        self.clear()

    @property
    def is_busy(self) -> bool:
        """Whether something is being compared."""
        return self._timer.isActive()

    def clear(self) -> None:
        """Nothing is compared: columns run, or there are none."""
        self.stop()
        self._standing = None
        self.shown.clear()
        self._show_choices()
        self._panel.title.setText(tr("Token by token"))
        self._panel.note.setText(tr(_EMPTY))

    def stop(self) -> bool:
        """Stop comparing; False when nothing was."""
        busy = self.is_busy
        self._cancel.cancel()
        self._lane.forget()
        self._word_lane.forget()
        self._queue = []
        self._timer.stop()
        if busy:
            self._panel.note.setText(tr("Stopped. Choose what to look at to compare again."))
        return busy

    def hold(self, standing: Standing) -> None:
        """Compare everything anew."""
        self.stop()
        self._standing = standing
        self._found = {}
        self._mark_words(standing)
        others = [n for n in sorted(standing.ends) if n != standing.base]
        if self._other not in others:
            self._other = others[0] if others else None
        self._show_choices()
        if self._other is None or standing.base not in standing.ends:
            self.shown.clear()
            self._say(tr("Two columns that ran are needed to hold them against each other."))
            return
        self._begin([self._other, *(n for n in others if n != self._other)])

    def hold_words(self, standing: Standing) -> None:
        """Another reply of a column is shown, or more or less of it: the models stay compared."""
        self._standing = standing
        self._mark_words(standing)
        if self._text is Text.OTHER and self._other is not None:
            self._begin([self._other])

    def choose_pair(self, column: int) -> None:
        """Look at another column beside the base."""
        self._other = column
        self._show_choices()
        if self._text is Text.BASE and column in self._found:
            self._show(column, self._found[column])
        else:
            self._begin([column, *(n for n in self._queue if n != column)])

    def choose_text(self, text: Text) -> None:
        """Look at another text; a given one is asked for."""
        if text is Text.GIVEN:
            dialog = TextDialog(self._window, self._given)
            dialog.taken.connect(lambda said: self.use_text(said, tr(tr("the given text"))))
            dialog.rejected.connect(self._show_choices)
            dialog.open()
        elif text is Text.FILE:
            chosen, _ = QFileDialog.getOpenFileName(self._window, tr("A text to compare on"))
            if chosen:
                self.use_file(Path(chosen))
            else:
                self._show_choices()
        else:
            self._text, self._given, self._name = text, "", ""
            self._again()

    def use_text(self, text: str, name: str) -> None:
        """Force this text through both sides from now on; it is called `name`."""
        self._text = Text.GIVEN if name == "the given text" else Text.FILE
        self._given, self._name = text, name
        self._again()

    def use_file(self, path: Path) -> None:
        """Force a file's text through both sides from now on."""
        self._lane.submit(
            lambda: read_text_file(path),
            lambda text: self.use_text(text, path.name),
            self._not_read,
        )

    def close(self) -> None:
        """End the threads."""
        self.stop()
        self._lane.close()
        self._word_lane.close()

    def _mark_words(self, standing: Standing) -> None:
        self._word_lane.submit(
            lambda: _words(standing),
            self.words.emit,
            lambda error: self._say(from_error(error).text),
        )

    def _again(self) -> None:
        self._show_choices()
        if self._standing is not None and self._other is not None:
            self._begin([self._other])

    def _begin(self, queue: list[int]) -> None:
        self._cancel.cancel()
        self._queue = queue
        self.shown.clear()
        self._say(tr("Comparing…"))
        self._timer.start()
        self._next()

    def _next(self) -> None:
        standing = self._standing
        if not self._queue or standing is None:
            self._timer.stop()
            self.settled.emit()
            return
        number = self._queue.pop(0)
        self._cancel = cancel = CancelToken()
        self._since, self._progress = time.monotonic(), (0, 0)
        session, said = self._session, self._said(standing, number)
        ends = [
            standing.ends.get(n, ColumnEnd(None, None, standing.ends[standing.base].settings))
            for n in range(len(standing.texts))
        ]

        def progress(done: int, total: int) -> None:
            self._progress = (done, total)

        self._lane.submit(
            lambda: model_diff(
                session, ends, standing.base, number, said=said, progress=progress, cancel=cancel
            ),
            partial(self._arrived, number),
            partial(self._failed, number),
        )

    def _said(self, standing: Standing, number: int) -> ReplyOf | str:
        if self._text in (Text.GIVEN, Text.FILE):
            return self._given
        if self._text is Text.OTHER:
            return ReplyOf(number, standing.samples[number])
        return ReplyOf(standing.base, standing.samples[standing.base])

    def _arrived(self, number: int, diff: ModelDiff) -> None:
        if self._text is Text.BASE:
            self._found[number] = diff
            self.diverged.emit(number, _mean(diff))
        if number == self._other:
            self._show(number, diff)
        self._next()

    def _failed(self, number: int, error: Exception) -> None:
        if isinstance(error, (StoppedError, Cancelled)):
            return
        if number == self._other:
            message = from_error(error)
            self._say(f"{message.text} {message.hint}".strip())
        if self._text is Text.BASE:
            self.diverged.emit(number, tr("n/a") if isinstance(error, UserError) else tr("failed"))
        self._next()

    def _not_read(self, error: Exception) -> None:
        self._show_choices()
        message = from_error(error)
        self._say(f"{message.text} {message.hint}".strip())

    def _show(self, number: int, diff: ModelDiff) -> None:
        standing = self._standing
        if standing is None:
            return
        a, b = letter(standing.base), letter(number)
        self.shown.show(diff, a, b)
        self._panel.title.setText(tr("Where {b} differs from {a}, token by token", b=b, a=a))
        self._say(self._note(diff, a, b))

    def _note(self, diff: ModelDiff, a: str, b: str) -> str:
        if diff.reason:
            return f"{tr(diff.reason)} {tr(_ALIKE)}" if diff.reason == SAME else diff.reason
        name = {
            Text.BASE: tr("{base}'s reply", base=a),
            Text.OTHER: tr("{other}'s reply", other=b),
        }.get(self._text, self._name)
        name = name if self._text is Text.FILE else name[:1].upper() + name[1:]
        forced = tr(
            "{name}, forced through both columns behind their own prompts.", name=elide(name, 60)
        )
        if diff.words is not None:
            self._panel.title.setText(tr("Where {b} differs from {a}, word by word", b=b, a=a))
            return tr(
                "{forced} The vocabularies differ, so no token can be compared: words are "
                "held against each other byte by byte, in bits.",
                forced=forced,
            )
        if diff.tokens is None:
            return forced
        first = summary(diff.tokens).first_divergence
        if first is None:
            return tr("{forced} The likeliest token is the same everywhere.", forced=forced)
        return tr(
            "{forced} Underlined: another token is likeliest, first at token {first:,}.",
            forced=forced,
            first=first + 1,
        )

    def _tell(self) -> None:
        """How far it is, once it takes long."""
        done, total = self._progress
        passed = time.monotonic() - self._since
        if passed < _PATIENCE_S or not total:
            return
        left = (
            tr(" · about {passed:,.0f} s left", passed=passed * (total - done) / done)
            if done
            else ""
        )
        self._say(
            tr(
                "Comparing token {done:,} of {total:,}{left}. Esc stops.",
                done=done,
                total=total,
                left=left,
            )
        )

    def _say(self, text: str) -> None:
        self._panel.note.setText(keyed(self._panel.note, text))

    def _show_choices(self) -> None:
        standing = self._standing
        ran = sorted(standing.ends) if standing is not None else []
        base = standing.base if standing is not None else 0
        self._panel.show_pairs([(n, letter(n)) for n in ran if n != base], self._other)
        ready = standing is not None and self._other is not None
        self._panel.text.setVisible(ready)
        if ready:
            self._panel.show_texts(letter(base), letter(self._other or 0), self._text)


def _words(standing: Standing) -> dict[int, Marked]:
    """The shown replies with what differs from the base's."""
    base = standing.texts[standing.base]
    return {
        number: Marked(base, ())
        if number == standing.base
        else marked(base, text, different_only=standing.different_only)
        for number, text in enumerate(standing.texts)
        if number in standing.ends
    }


def _mean(diff: ModelDiff) -> str:
    if diff.tokens is not None:
        return nats(summary(diff.tokens).mean_kl)
    if diff.words:
        n_bytes = diff.words[-1].end
        more = sum(w.bits_b - w.bits_a for w in diff.words) / n_bytes
        return tr("{more:+.3f} bits/byte", more=more)
    return "same" if diff.reason == SAME else tr("n/a")

"""What mattered: the change of the reply's log-probability without each part. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from workbench.core.influence import Influence
from workbench.core.parts import PartLevel
from workbench.core.reduction import Reduction
from workbench.gui.attention.bars import Bar, Bars
from workbench.gui.fonts import Fonts
from workbench.gui.parts import EDGE, horizontal_line, label, text_button, title_row, wrapping_label
from workbench.gui.primary_button import PrimaryButton
from workbench.gui.said import tr_said
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr
from workbench.templates.removal import By, Replacement

EMPTY = mark(
    "Leaves out each part of the prompt in turn and scores the same reply again: what made it "
    "likely, measured rather than guessed."
)
LEVELS = {
    PartLevel.AUTO: mark("parts: automatic"),
    PartLevel.SOURCE: mark("parts: by source"),
    PartLevel.MESSAGE: mark("parts: messages"),
    PartLevel.EXAMPLE: mark("parts: examples"),
    PartLevel.SENTENCE: mark("parts: sentences"),
}
_BY = {
    By.NOTHING: mark("removed"),
    By.DEFAULT: mark("default instead"),
    By.TEXT: mark("text instead"),
}
_FOOT = mark("attention is not explanation: where the two disagree, trust the ablation")


@dataclass(frozen=True, slots=True)
class Settings:
    """How it is measured."""

    level: PartLevel = PartLevel.AUTO
    by: Replacement = field(default_factory=Replacement)


class InfluencePanel(QWidget):
    """Title, settings, bars to both sides of zero, the noise floor, and shortening.

    Signals:
        measure_wanted(): measure the shown reply with `settings`.
        reduce_wanted(): drop parts while the reply stays likely.
        stop_wanted(): stop what is under way.
        scope_chosen(whole): changes are of the whole reply, or of the chosen token.
        help_wanted(): the person wants to know what stands here.
        pointed(effect): the part asked about, by its number among the effects; -1 for none.
        text_wanted(): copy the shortened prompt.
        settings_changed(): other parts or another replacement.
        order_changed(): the parts are to be shown in another order.
        selection_wanted(): measure the selected tokens as one more part.
    """

    measure_wanted = Signal()
    reduce_wanted = Signal()
    stop_wanted = Signal()
    scope_chosen = Signal(bool)
    pointed = Signal(int)
    help_wanted = Signal()
    text_wanted = Signal()
    settings_changed = Signal()
    order_changed = Signal()
    selection_wanted = Signal()

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self._settings = Settings()
        self.scope = text_button(tr("the whole reply"), accessible=tr("Whole reply or this token"))
        self.scope.setToolTip(tr("Changes of the whole reply, or of the token that is kept."))
        self.level = text_button("", accessible=tr("Which parts"))
        self.by = text_button("", accessible=tr("What takes a part's place"))
        self.sort = text_button(tr("largest first"), accessible=tr("Order of the parts"))
        self.sort.setToolTip(
            tr("Parts by the size of their change, or as they stand in the prompt.")
        )
        self._by_size = True
        self._order: list[int] = []
        self.replacing = QLineEdit()
        self.replacing.setPlaceholderText(tr("text that takes each part's place"))
        self.replacing.setAccessibleName(tr("Text that takes each part's place"))
        self.replacing.editingFinished.connect(self._text_entered)
        self.replacing.hide()
        self.button = PrimaryButton(theme, fonts)
        self.button.show_text(tr("Measure"), "Ctrl ↵")
        self.button.clicked.connect(self._pressed)
        self.progress = label("", "muted")
        self.bars = Bars(theme, fonts, tr("What mattered"), signed=True)
        self.note = wrapping_label("caption")
        self.reason = wrapping_label("muted")
        self.shorten = text_button(tr("Shorten…"), accessible=tr("Shorten the prompt"))
        self.shorten.setToolTip(
            tr(
                "Drop the parts that matter least, one after another, while the log-probability of "
                "this reply falls by no more than the given number of nats. Another reply may need "
                "what this one does not."
            )
        )
        self.loss = QLineEdit("0.5")
        self.loss.setFixedWidth(52)
        self.loss.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.loss.setAccessibleName(tr("Nats that may be lost"))
        self.shortened = wrapping_label()
        self.problem = wrapping_label("warning")
        self.problem.hide()
        self.copy = text_button(tr("Copy the shortened prompt"), "action")
        self.help = text_button("?", accessible=tr("Help: what stands here"))
        self.help.clicked.connect(self.help_wanted)
        self._is_busy = False
        self._make_menus()
        self._assemble()
        self.bars.pointed.connect(lambda row: self.pointed.emit(self._effect(row)))
        self.sort.clicked.connect(self._turn)
        self.shorten.clicked.connect(self.reduce_wanted)
        self.loss.returnPressed.connect(self.reduce_wanted)
        self.copy.clicked.connect(self.text_wanted)
        self._show_settings()
        self.show_reason(tr(EMPTY))

    @property
    def settings(self) -> Settings:
        """How it is to be measured."""
        return self._settings

    def set_settings(self, settings: Settings) -> None:
        """Measure in another way from now on, without telling anybody."""
        self._settings = settings
        self._show_settings()

    def show_scope(self, *, whole: bool, token: str) -> None:
        """What the changes are of; without a token only the whole reply can be chosen."""
        self.scope.setText(
            tr("the whole reply ▾") if whole else tr("this token {token} ▾", token=token)
        )
        for action in self.scope.menu().actions()[1:]:
            action.setEnabled(bool(token))

    def show_effects(
        self,
        found: Influence,
        scope: tuple[int, int | None],
        shares: Sequence[float | None],
    ) -> None:
        """Show measured changes of the reply's tokens scope[0]..scope[1].

        Args:
            shares: of attention, one per part, 0 to 1; None where it is not known.
        """
        floor = found.floor(*scope)
        rows = []
        for effect, share in zip(found.effects, shares, strict=True):
            change = effect.change(*scope)
            tip = [tr_said(effect.part.label)]
            if change is None:
                tip.append(tr_said(effect.reason))
            else:
                tip.append(
                    tr(
                        "{tokens_saved:,} tokens shorter without it.",
                        tokens_saved=effect.tokens_saved,
                    )
                )
                how = (
                    tr("rendered again without it")
                    if effect.rendered_again
                    else tr("cut from the text")
                )
                tip.append(effect.note or tr("The prompt was {how}.", how=how))
            rows.append(
                Bar(
                    tr_said(effect.part.label),
                    change,
                    "n/a" if change is None else signed(change),
                    second="" if share is None else f"{100 * share:.0f} %",
                    faint=change is None or (floor is not None and abs(change) <= floor),
                    tip="\n".join(tip),
                )
            )
        heads = (tr("attention") if any(s is not None for s in shares) else "", tr("Δ nats"))
        kept = self._effect(self.bars.kept_row)
        self._order = list(range(len(rows)))
        if self._by_size:
            self._order.sort(key=lambda i: -abs(rows[i].value or 0.0))
        self.bars.show_rows([rows[i] for i in self._order], noise=floor, heads=heads)
        self.bars.keep(self._order.index(kept) if kept in self._order else -1)
        notes = _notes(found, floor)
        if scope == (0, None) and any(s is not None for s in shares):
            notes.insert(1, tr("attention: of the one row shown above"))
        self.note.setText(" · ".join(notes))
        self.note.setToolTip(_neutral(found, scope))
        self._show_numbers(True)

    def show_reason(self, text: str, *, wrong: bool = False) -> None:
        """Say what will stand here, or why nothing does."""
        self.bars.show_rows(())
        self.reason.setText(text)
        set_role(self.reason, "warning" if wrong else "muted")
        self.show_reduction(None)
        self._show_numbers(False)

    def show_busy(self, on: bool) -> None:
        """The button measures, or stops what is under way."""
        self._is_busy = on
        self.show_problem("")
        self.button.show_text(*((tr("Stop"), "Esc") if on else (tr("Measure"), "Ctrl ↵")))
        self.shorten.setEnabled(not on)
        if not on:
            self.progress.setText("")

    def show_progress(self, text: str) -> None:
        """How far it is; beside the button."""
        self.progress.setText(text)

    def show_reduction(self, found: Reduction | None) -> None:
        """What shortening came to; None hides it."""
        self.shortened.setVisible(found is not None)
        self.copy.setVisible(found is not None and bool(found.drops))
        if found is None:
            return
        if not found.drops:
            said = tr("No part can go: each would cost more than {loss:g} nats.", loss=found.loss)
        else:
            names = ", ".join(drop.part.label for drop in found.drops)
            said = tr(
                "{tokens_before:,} → {n_ids:,} tokens ({tokens_saved:,} saved), {change} "
                "nats, without {names}.",
                tokens_before=found.tokens_before,
                n_ids=len(found.ids),
                tokens_saved=found.tokens_saved,
                change=signed(found.change),
                names=names,
            )
        if not found.complete:
            said += tr(" Stopped before everything was tried.")
        self.shortened.setText(said)

    def show_problem(self, text: str) -> None:
        """What was asked for cannot be done; what was measured stays."""
        self.progress.setText("")
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def loss_entered(self) -> float | None:
        """Nats that may be lost; None when the field holds no such number."""
        try:
            loss = float(self.loss.text().replace(",", "."))
        except ValueError:
            return None
        return loss if 0 <= loss < float("inf") else None

    # Private

    @property
    def effect(self) -> int:
        """The part asked about, by its number among the effects; -1 for none."""
        return self._effect(self.bars.row)

    def _effect(self, row: int) -> int:
        return self._order[row] if 0 <= row < len(self._order) else -1

    def _turn(self) -> None:
        self._by_size = not self._by_size
        self.sort.setText(tr("largest first") if self._by_size else tr("in order"))
        self.order_changed.emit()

    def _make_menus(self) -> None:
        scope = QMenu(self)
        scope.addAction(tr("the whole reply"), partial(self.scope_chosen.emit, True))
        scope.addAction(tr("the kept token"), partial(self.scope_chosen.emit, False))
        self.scope.setMenu(scope)
        level = QMenu(self)
        for which, text in LEVELS.items():
            level.addAction(tr(text), partial(self._choose_level, which))
        level.addSeparator()
        level.addAction(tr("Measure the selected tokens"), self.selection_wanted.emit)
        self.level.setMenu(level)
        by = QMenu(self)
        for how, text in _BY.items():
            by.addAction(tr(text), partial(self._choose_by, how))
        self.by.setMenu(by)

    def _assemble(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(EDGE, 0, EDGE, 4)
        tools.setSpacing(10)
        for part in (self.level, self.by):
            tools.addWidget(part)
        tools.addStretch(1)
        tools.addWidget(self.progress)
        tools.addWidget(self.button)
        below = QHBoxLayout()
        below.setContentsMargins(6, 0, 6, 0)
        below.setSpacing(6)
        for piece in (self.shorten, self.loss, label(tr("nats may be lost"), "muted")):
            below.addWidget(piece)
        below.addStretch(1)
        below.addWidget(self.sort)
        self._below = QWidget()
        self._below.setLayout(below)
        inner = QVBoxLayout()
        inner.setContentsMargins(EDGE - 6, 0, EDGE - 6, 10)
        inner.setSpacing(4)
        inner.addWidget(self.bars)
        for words in (self.note, self.reason):
            words.setContentsMargins(6, 0, 6, 0)
            inner.addWidget(words)
        inner.addWidget(self._below)
        self.shortened.setContentsMargins(6, 0, 6, 0)
        inner.addWidget(self.shortened)
        self.problem.setContentsMargins(6, 0, 6, 0)
        inner.addWidget(self.problem)
        inner.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(title_row(tr("What mattered"), self.scope, self.help))
        column.addLayout(tools)
        holder = QHBoxLayout()
        holder.setContentsMargins(EDGE, 0, EDGE, 4)
        holder.addWidget(self.replacing)
        column.addLayout(holder)
        column.addLayout(inner)
        column.addWidget(horizontal_line())

    def _show_numbers(self, on: bool) -> None:
        for part in (self.bars, self.note, self._below):
            part.setVisible(on)
        self.reason.setVisible(not on)

    def _show_settings(self) -> None:
        self.level.setText(f"{tr(LEVELS[self._settings.level])} ▾")
        self.by.setText(f"{tr(_BY[self._settings.by.by])} ▾")
        self.replacing.setVisible(self._settings.by.by is By.TEXT)
        self.replacing.setText(self._settings.by.text)

    def _choose_level(self, level: PartLevel) -> None:
        self._change(Settings(level, self._settings.by))

    def _choose_by(self, by: By) -> None:
        self._change(Settings(self._settings.level, Replacement(by, self.replacing.text())))

    def _text_entered(self) -> None:
        if self._settings.by.by is By.TEXT and self.replacing.text() != self._settings.by.text:
            self._choose_by(By.TEXT)

    def _change(self, settings: Settings) -> None:
        self._settings = settings
        self._show_settings()
        self.settings_changed.emit()

    def _pressed(self) -> None:
        (self.stop_wanted if self._is_busy else self.measure_wanted).emit()


def signed(value: float) -> str:
    """A change with its sign, two decimals; one that rounds to nothing has none."""
    shown = f"{value:+.2f}"
    return "0.00" if shown in ("+0.00", "-0.00") else shown.replace("-", "−")


def _notes(found: Influence, floor: float | None) -> list[str]:
    floor_text = tr("noise floor not available: {why}", why=found.no_neutral).rstrip(": .")
    if floor is not None:
        floor_text = (
            tr("noise floor ±{floor:.2f}", floor=floor)
            if floor >= 0.01
            else tr("noise floor ±{floor:.3f}", floor=floor)
        )
    notes = [floor_text]
    if found.retokenized is not None:
        notes.append(
            tr(
                "the prompt's tokens were others: {retokenized}",
                retokenized=signed(found.retokenized),
            )
        )
    return [*notes, tr(_FOOT)]


def _neutral(found: Influence, scope: tuple[int, int | None]) -> str:
    start, stop = scope
    changes = [(float(n.token_change[start:stop].sum()), tr_said(n.label)) for n in found.neutral]
    lines = [f"{signed(change)}  {label}" for change, label in changes]
    return "\n".join([tr("Edits that mean nothing, and what they did:"), *lines]) if lines else ""

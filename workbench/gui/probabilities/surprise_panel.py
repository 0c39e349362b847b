"""The Prompt tab: what surprised the model in the prompt, in words and bars. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from workbench.experiments.surprise import PromptSurprise, SourceSurprise, Surprise
from workbench.gui.bar_list import BarLine, BarList
from workbench.gui.card_data import visible_token
from workbench.gui.fonts import Fonts
from workbench.gui.parts import EDGE, label, pane, wrapping_label
from workbench.gui.prompt_facts import source_words
from workbench.gui.theme import Theme
from workbench.gui.translate import mark, tr

_EMPTY = mark("What surprised the model in the prompt will stand here once the prompt is scored.")
_READING = mark(
    "Text that people wrote surprises a model by 2 to 4 nats per token; a marker of the chat "
    "template hardly at all. A marker that stands out was written by another template."
)


class SurprisePanel(QScrollArea):
    """Sums, warnings, the most surprising tokens, and the sources.

    Signals:
        token_chosen(index): the person wants to see token number `index` of the prompt.
    """

    token_chosen = Signal(int)

    def __init__(self, theme: Theme, fonts: Fonts) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sums = wrapping_label()
        self.warnings = wrapping_label("warning")
        self.most = BarList(theme, fonts, tr("Most surprising tokens"))
        self.sources = BarList(theme, fonts, tr("Surprise by source"))
        self._shown: PromptSurprise | None = None
        self._titles = [label("", "title"), label("", "title")]
        self._notes = [label(tr("nats · rank"), "muted"), label(tr("mean nats · tokens"), "muted")]
        reading = wrapping_label("caption")
        reading.setText(tr(_READING))
        page = pane()
        column = QVBoxLayout(page)
        column.setContentsMargins(EDGE - 6, 10, EDGE - 6, 10)
        column.setSpacing(6)
        for part in (self.sums, self.warnings):
            column.addWidget(_indented(part))
        for title, note, bars in zip(
            self._titles, self._notes, (self.most, self.sources), strict=True
        ):
            column.addSpacing(8)
            column.addWidget(_indented(title))
            column.addWidget(_indented(note))
            column.addWidget(bars)
        column.addSpacing(8)
        column.addWidget(_indented(reading))
        column.addStretch(1)
        self._parts = (*self._titles, *self._notes, self.most, self.sources, reading)
        self.setWidget(page)
        self.most.pressed.connect(self._press)
        self.show_reason("")

    def show_reason(self, why: str) -> None:
        """There is nothing to show; empty says what will be here."""
        self._shown = None
        self.sums.setText(why or tr(_EMPTY))
        self.warnings.hide()
        for part in self._parts:
            part.hide()

    def show_summary(self, found: PromptSurprise) -> None:
        """Show a scored prompt."""
        self._shown = found
        self.sums.setText(sums(found))
        said = warnings(found)
        self.warnings.setText("\n\n".join(said))
        self.warnings.setVisible(bool(said))
        self._titles[0].setText(tr("Most surprising tokens"))
        self._titles[1].setText(tr("By source"))
        self.most.show_lines(tuple(_token_line(one, found.most[0].nats) for one in found.most))
        top = max((one.mean for one in found.by_source), default=1.0)
        self.sources.show_lines(tuple(_source_line(one, top) for one in found.by_source))
        for part in self._parts:
            part.show()

    def _press(self, line: int) -> None:
        if self._shown is not None:
            self.token_chosen.emit(self._shown.most[line].index)


def sums(found: PromptSurprise) -> str:
    """The whole prompt in one line."""
    score = found.score
    if not score.n_tokens:
        return tr("No token of this prompt has another before it: nothing to score.")
    parts = [
        tr("{n_tokens:,} tokens scored", n_tokens=score.n_tokens),
        tr("mean {logprob:.2f} nats", logprob=-score.logprob / score.n_tokens),
    ]
    if score.perplexity is not None:
        parts.append(tr("perplexity {perplexity:,.2f}", perplexity=score.perplexity))
    if score.bits_per_byte is not None:
        parts.append(tr("{bits_per_byte:.2f} bits per byte", bits_per_byte=score.bits_per_byte))
    return " · ".join(parts)


def warnings(found: PromptSurprise) -> list[str]:
    """One sentence per mistake that can be seen."""
    said = []
    if found.doubled_bos:
        where = ", ".join(f"{i + 1:,}" for i in found.doubled_bos[:3])
        said.append(
            tr(
                "A second beginning-of-text token stands inside the prompt (token "
                "{where}). The tokenizer or the chat template adds one already; remove the "
                "other.",
                where=where,
            )
        )
    said += [
        tr(
            "The chat template's “{words}” (token {index:,}) surprised the model by "
            "{nats:.1f} nats, rank {rank:,}: it does not expect it there. Is this the "
            "model's own template?",
            words=visible_token(one.text),
            index=one.index + 1,
            nats=one.nats,
            rank=one.rank,
        )
        for one in found.spikes[:4]
    ]
    return said


def _token_line(one: Surprise, most: float) -> BarLine:
    text = visible_token(one.text)
    number = f"{one.nats:.1f} · {one.rank:,}"
    tip = tr(
        "“{words}”, token {index:,}: {nats:.2f} nats, rank {rank:,}. Click to go.",
        words=text,
        index=one.index + 1,
        nats=one.nats,
        rank=one.rank,
    )
    return BarLine(f"“{text}”", one.nats / (most or 1.0), number, tip, is_code=True)


def _source_line(one: SourceSurprise, most: float) -> BarLine:
    name = source_words(one.source)
    tip = tr(
        "{name}: {n_tokens:,} tokens, {total:.1f} nats together.",
        name=name,
        n_tokens=one.n_tokens,
        total=one.total,
    )
    return BarLine(name, one.mean / (most or 1.0), f"{one.mean:.2f} · {one.n_tokens:,}", tip)


def _indented(part: QWidget) -> QWidget:
    part.setContentsMargins(6, 0, 6, 0)
    return part

"""Colours of templates and of YAML in the editor. GUI thread.

A template is read line by line with the lexer's state carried from one line to the next, so an
edit costs its own line, and the lines below only when they now mean something else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence

from PySide6.QtGui import QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextDocument

from workbench.gui.editor.template_lexer import ROOT, Kind, Mode, State, Token, lex_line
from workbench.gui.editor.text_units import is_plain, to_units
from workbench.gui.editor.yaml_lexer import YamlKind, lex_yaml
from workbench.gui.theme import Theme

_COLOURS: dict[Kind, str] = {
    Kind.DELIMITER: "syntax",
    Kind.TAG: "syntax",
    Kind.KEYWORD: "syntax",
    Kind.FILTER: "syntax",
    Kind.TEST: "syntax",
    Kind.STRING: "good",
    Kind.NUMBER: "good",
    Kind.COMMENT: "muted",
}
_YAML_COLOURS = {
    YamlKind.KEY: "accent",
    YamlKind.CONSTANT: "good",
    YamlKind.SIGN: "muted",
    YamlKind.COMMENT: "muted",
}


class _Formats:
    """One format per colour and wash, in the colours that are on."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[str, bool], QTextCharFormat] = {}

    def get(self, colour: str, *, washed: bool = False) -> QTextCharFormat:
        """Text in the theme's colour of that name; "" keeps the ordinary ink."""
        made = self._made.get((colour, washed))
        if made is None:
            made = QTextCharFormat()
            if colour:
                made.setForeground(self._theme.colour(colour))
            if washed:
                made.setBackground(self._theme.colour("accent_wash"))
            self._made[(colour, washed)] = made
        return made

    def clear(self) -> None:
        """The theme has other colours now."""
        self._made.clear()


class TemplateHighlighter(QSyntaxHighlighter):
    """Variables washed in the accent colour, statements in the syntax colour, comments muted."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats = _Formats(theme)
        self._variables: frozenset[str] = frozenset()
        # Qt keeps one number per line; these are the states the numbers stand for.
        self._states: list[State] = [ROOT]
        self._numbers: dict[State, int] = {ROOT: 0}
        theme.changed.connect(self._recolour)

    def set_variables(self, names: Collection[str]) -> None:
        """These names are variables of the form; other names belong to loops."""
        changed = self._variables ^ frozenset(names)
        if changed:
            self._variables = frozenset(names)
            self._again(changed)

    def highlightBlock(self, text: str) -> None:  # noqa: N802  # Qt's name
        """Colour one line."""
        before = max(0, self.previousBlockState())
        if before == 0 and "{" not in text:
            self.setCurrentBlockState(0)
            return
        tokens, state = lex_line(text, self._states[before])
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = len(self._states)
            self._states.append(state)
        self.setCurrentBlockState(number)
        if not is_plain(text):
            tokens = tuple(
                t._replace(start=to_units(text, t.start), end=to_units(text, t.end)) for t in tokens
            )
        self._paint(tokens)

    def _paint(self, tokens: Sequence[Token]) -> None:
        at = 0
        while at < len(tokens):
            stop = _end_of_tag(tokens, at)
            tag = tokens[at:stop]
            uses = any(t.kind is Kind.NAME and t.text in self._variables for t in tag)
            if tag[0].mode is Mode.VARIABLE:
                self._paint_variable(tag, washed=uses)
            else:
                self._paint_tag(tag)
            at = stop

    def _paint_variable(self, tag: Sequence[Token], *, washed: bool) -> None:
        if washed:
            start, end = tag[0].start, tag[-1].end
            self.setFormat(start, end - start, self._formats.get("accent", washed=True))
        for token in tag:
            colour = _COLOURS.get(token.kind, "")
            if token.kind is Kind.DELIMITER:
                colour = "accent" if washed else ""
            if colour:
                made = self._formats.get(colour, washed=washed)
                self.setFormat(token.start, token.end - token.start, made)

    def _paint_tag(self, tag: Sequence[Token]) -> None:
        for token in tag:
            colour = _COLOURS.get(token.kind, "")
            if token.mode is Mode.COMMENT:
                colour = "muted"
            is_variable = token.kind is Kind.NAME and token.text in self._variables
            if colour or is_variable:
                made = self._formats.get("accent" if is_variable else colour, washed=is_variable)
                self.setFormat(token.start, token.end - token.start, made)

    def _again(self, names: Collection[str]) -> None:
        """Colour the lines anew that hold one of `names`."""
        block = self.document().begin()
        while block.isValid():
            text = block.text()
            if any(name in text for name in names):
                self.rehighlightBlock(block)
            block = block.next()

    def _recolour(self) -> None:
        self._formats.clear()
        self.rehighlight()


class YamlHighlighter(QSyntaxHighlighter):
    """Keys, values and comments of a whole YAML text, and the templates in its values."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats = _Formats(theme)
        self._marks: list[tuple[int, int, str]] = []
        self._starts: list[int] = []
        theme.changed.connect(self._recolour)

    def read(self, source: str) -> None:
        """Colour the document, whose text is `source`."""
        found = lex_yaml(source)
        plain = is_plain(source)
        marks = [(p.start, p.end, _YAML_COLOURS.get(p.kind, "")) for p in found.parts]
        marks += [(t.start, t.end, _template_colour(t)) for t in found.template]
        if not plain:
            marks = [(to_units(source, a), to_units(source, b), c) for a, b, c in marks]
        self._marks = sorted((m for m in marks if m[2]), key=lambda mark: mark[0])
        self._starts = [start for start, _, _ in self._marks]
        self._longest = max((end - start for start, end, _ in self._marks), default=0)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802  # Qt's name
        """Colour one line."""
        block: QTextBlock = self.currentBlock()
        begin = block.position()
        end = begin + block.length()
        first = bisect_left(self._starts, begin - self._longest) if self._marks else 0
        for start, stop, colour in self._marks[first : bisect_right(self._starts, end)]:
            if stop > begin and start < end:
                low = max(start, begin)
                self.setFormat(low - begin, min(stop, end) - low, self._formats.get(colour))

    def _recolour(self) -> None:
        self._formats.clear()
        self.rehighlight()


def _end_of_tag(tokens: Sequence[Token], at: int) -> int:
    """The number behind the last token of the tag that token `at` is in."""
    stop = at + 1
    while stop < len(tokens):
        token = tokens[stop]
        if token.kind is Kind.DELIMITER:
            ends = token.text[-1:] == "}" and token.text[:2] not in ("{{", "{%", "{#")
            return stop + 1 if ends else stop
        stop += 1
    return stop


def _template_colour(token: Token) -> str:
    if token.mode is Mode.COMMENT:
        return "muted"
    if token.mode is Mode.VARIABLE and token.kind in (Kind.DELIMITER, Kind.NAME):
        return "accent"
    return _COLOURS.get(token.kind, "")

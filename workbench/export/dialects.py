"""Open texts in the template languages of other tools: what is escaped, how a hole is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from workbench.core.errors import UserError
from workbench.core.open_text import Branch, Hole, Loop, OpenText
from workbench.export.base import PromptParts

_ASCII_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_JINJA_OPENS = re.compile(r"\{(?=[{%#\r])")
_JINJA_OPENS_OR_ENDS = re.compile(r"\{(?=[{%#\r])|\{\Z")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a template language writes its parts.

    Attributes:
        name: for messages.
        text: escapes literal text; it is told whether a tag stands right before and right after.
        hole: writes a variable; its second argument is the text that follows it.
        opens, closes: what stands around a loop; None where the language has none.
        branches: what stands around a condition's two texts: opening, middle, closing.
        item: writes the row of the innermost loop, or a field of it; None where rows have names.
        outer: writes a variable from inside a loop; None where it is written as ever.
        sayable: whether a text with loops and conditions can be said at all.
        eats_lines: whether a tag that is alone on its line takes the line end with it.
        ascii_names: whether names are ASCII letters, digits and underscores.
    """

    name: str
    text: Callable[[str, bool, bool], str]
    hole: Callable[[Hole, str], str]
    opens: Callable[[Loop], str] | None = None
    closes: Callable[[Loop], str] | None = None
    branches: Callable[[Branch], tuple[str, str, str]] | None = None
    item: Callable[[str], str] | None = None
    outer: Callable[[str], str] | None = None
    sayable: Callable[[OpenText], bool] = lambda _text: True
    eats_lines: bool = False
    ascii_names: bool = True


@dataclass(frozen=True, slots=True)
class Opened:
    """All messages in a template language.

    Attributes:
        filled: variables that no longer stand open anywhere.
        lost: a sentence for each of them.
    """

    texts: tuple[str, ...]
    filled: frozenset[str] = frozenset()
    lost: tuple[str, ...] = ()


def open_texts(parts: PromptParts, dialect: Dialect) -> Opened:
    """The templates of all messages in `dialect`.

    Loops and conditions stay where the language has them and a message holds nothing else.

    Raises:
        UserError: a variable's name is none in this language.
    """
    texts, filled, lost = chosen_texts(parts, dialect.opens is not None, dialect.sayable)
    return Opened(tuple(_Writer(dialect).write(text) for text in texts), filled, lost)


def chosen_texts(
    parts: PromptParts, has_sections: bool, sayable: Callable[[OpenText], bool] = lambda _text: True
) -> tuple[tuple[OpenText, ...], frozenset[str], tuple[str, ...]]:
    """The open texts a format should write, the variables filled in, a sentence for each."""
    if parts.open is None:
        raise ValueError("the format did not ask for open messages")
    fixed = dict(parts.open.fixed)
    kept = {
        index
        for index, outline in enumerate(parts.open.outlines)
        if has_sections and outline is not None and sayable(outline)
    }
    # A variable is open everywhere or filled in everywhere: else two messages could disagree.
    while True:
        others = (use for i, use in enumerate(parts.open.uses) if i not in kept)
        filled = frozenset(fixed) & frozenset().union(*others)
        agreeing = {index for index in kept if not parts.open.uses[index] & filled}
        if agreeing == kept:
            break
        kept = agreeing
    lost = tuple(
        f"The variable {name}: {fixed[name]} uses it, which this format cannot say as it is"
        " written here; its value is filled in."
        for name in fixed
        if name in filled
    )
    texts = tuple(
        (outline if index in kept and outline is not None else flat)
        for index, (outline, flat) in enumerate(
            zip(parts.open.outlines, parts.open.flat, strict=True)
        )
    )
    return texts, filled, lost


def write_open(text: OpenText, dialect: Dialect) -> str:
    """One open text in `dialect`.

    Raises:
        UserError: a variable's name is none in this language.
    """
    return _Writer(dialect).write(text)


class _Writer:
    """Writes one text; remembers the line it is on for languages that eat lines."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._item = ""
        self._tokens: list[tuple[Literal["text", "hole", "tag"], str]] = []

    def write(self, text: OpenText) -> str:
        self._pieces(text)
        tokens = self._kept_lines() if self._dialect.eats_lines else self._tokens
        out: list[str] = []
        for index, (kind, value) in enumerate(tokens):
            if kind != "text":
                out.append(value)
                continue
            after_tag = index > 0 and tokens[index - 1][0] != "text"
            before_tag = index + 1 < len(tokens) and tokens[index + 1][0] != "text"
            out.append(self._dialect.text(value, after_tag, before_tag))
        return "".join(out)

    def _pieces(self, text: OpenText) -> None:
        dialect = self._dialect
        for index, piece in enumerate(text):
            if isinstance(piece, str):
                self._tokens.append(("text", piece))
            elif isinstance(piece, Hole):
                following = text[index + 1] if index + 1 < len(text) else ""
                after = following if isinstance(following, str) else ""
                self._tokens.append(("hole", self._hole(piece, after)))
            elif isinstance(piece, Loop):
                if dialect.opens is None or dialect.closes is None:
                    raise ValueError(f"{dialect.name} has no loops")
                self._check(piece.over)
                self._tokens.append(("tag", dialect.opens(piece)))
                outside, self._item = self._item, piece.item
                self._pieces(piece.body)
                self._item = outside
                self._tokens.append(("tag", dialect.closes(piece)))
            else:
                if dialect.branches is None:
                    raise ValueError(f"{dialect.name} has no conditions")
                self._check(piece.name)
                begin, middle, end = dialect.branches(piece)
                self._tokens.append(("tag", begin))
                self._pieces(piece.then)
                if piece.otherwise:
                    self._tokens.append(("tag", middle))
                    self._pieces(piece.otherwise)
                self._tokens.append(("tag", end))

    def _hole(self, hole: Hole, after: str) -> str:
        dialect = self._dialect
        if dialect.item is not None and self._item:
            if hole.name == self._item:
                return dialect.item(hole.field)
            if dialect.outer is not None:
                self._check(hole.name)
                return dialect.outer(hole.name)
        self._check(hole.name)
        return dialect.hole(hole, after)

    def _check(self, name: str) -> None:
        if self._dialect.ascii_names and not _ASCII_NAME.match(name):
            raise UserError(
                f"{self._dialect.name} cannot have a variable called {name}.",
                "Give it a name of ASCII letters, digits and underscores.",
            )

    def _kept_lines(self) -> list[tuple[Literal["text", "hole", "tag"], str]]:
        """The tokens with one more line end behind every tag that would eat its own.

        White space in front of such a tag would be eaten too; an empty value keeps it.
        """
        found: list[tuple[Literal["text", "hole", "tag"], str]] = []
        for index, token in enumerate(self._tokens):
            if token[0] != "tag":
                found.append(token)
                continue
            before = _line_before(self._tokens[:index])
            after = _line_after(self._tokens[index + 1 :])
            if before is None or after is None:
                found.append(token)
            else:
                # A value on the line keeps every language from taking the line away.
                found.append(("hole", self._dialect.hole(Hole("_"), "")))
                found.append(token)
        return found


def _line_before(tokens: list[tuple[Literal["text", "hole", "tag"], str]]) -> str | None:
    """The white space between the last line end and here; None when something else stands there."""
    line = ""
    for kind, value in reversed(tokens):
        if kind == "hole":
            return None
        if kind == "text":
            head, newline, tail = value.rpartition("\n")
            line = tail + line
            if newline or head:
                break
    return line if not line.strip() else None


def _line_after(tokens: list[tuple[Literal["text", "hole", "tag"], str]]) -> str | None:
    line = ""
    for kind, value in tokens:
        if kind == "hole":
            return None
        if kind == "text":
            head, newline, _rest = value.partition("\n")
            line += head
            if newline:
                break
    return line if not line.strip() else None


def _fstring(text: str, _after_tag: bool, _before_tag: bool) -> str:
    return text.replace("{", "{{").replace("}", "}}")


FSTRING = Dialect("an f-string", _fstring, lambda hole, _after: f"{{{hole.name}}}")


def _dollar_hole(hole: Hole, after: str) -> str:
    joined = after[:1] == "_" or after[:1].isalnum()
    return f"${{{hole.name}}}" if joined else f"${hole.name}"


DOLLAR = Dialect("$-templates", lambda text, _after, _before: text.replace("$", "$$"), _dollar_hole)


def _jinja_text(text: str, _after_tag: bool, before_tag: bool) -> str:
    """Literal text for Jinja2 and Nunjucks: what would open a tag is written as a value."""
    pattern = _JINJA_OPENS_OR_ENDS if before_tag else _JINJA_OPENS
    return pattern.sub('{{ "{" }}', text).replace("\r", '{{ "\\r" }}')


def _jinja_hole(hole: Hole, _after: str) -> str:
    return f"{{{{ {hole.name}{f'.{hole.field}' if hole.field else ''} }}}}"


JINJA = Dialect(
    "Jinja2",
    _jinja_text,
    _jinja_hole,
    lambda loop: f"{{% for {loop.item} in {loop.over} %}}",
    lambda _loop: "{% endfor %}",
    lambda branch: (f"{{% if {branch.name} %}}", "{% else %}", "{% endif %}"),
    ascii_names=False,
)
NUNJUCKS = Dialect("Nunjucks", _jinja_text, _jinja_hole, JINJA.opens, JINJA.closes, JINJA.branches)


def _one_level(text: OpenText) -> bool:
    """Whether loops hold texts and their own rows only, and there are no conditions."""
    return not any(
        isinstance(piece, Branch)
        or (
            isinstance(piece, Loop)
            and not all(isinstance(p, str) or _is_row(p, piece.item) for p in piece.body)
        )
        for piece in text
    )


def _no_nested_loops(text: OpenText) -> bool:
    return not any(
        isinstance(piece, Loop) and any(isinstance(p, Loop | Branch) for p in piece.body)
        for piece in text
    )


def _is_row(piece: object, item: str) -> bool:
    return isinstance(piece, Hole) and piece.name == item


def _mustache_text(text: str, _after_tag: bool, before_tag: bool) -> str:
    """Literal text for Mustache: braces that would open a tag stand between other delimiters."""
    pattern = r"\{{2,}|\{\Z" if before_tag else r"\{{2,}"
    return re.sub(pattern, lambda m: f"{{{{=<% %>=}}}}{m[0]}<%={{{{ }}}}=%>", text)


MUSTACHE = Dialect(
    "Mustache",
    _mustache_text,
    lambda hole, _after: f"{{{{{{{hole.name}}}}}}}",
    lambda loop: f"{{{{#{loop.over}}}}}",
    lambda loop: f"{{{{/{loop.over}}}}}",
    item=lambda field: f"{{{{{{{field or '.'}}}}}}}",
    sayable=_one_level,
    eats_lines=True,
)


def _handlebars_text(text: str, after_tag: bool, before_tag: bool) -> str:
    """Literal text for Handlebars: a brace that would open a tag is escaped by a backslash.

    A backslash in front of a tag would escape it; of two or more in a row one is dropped.
    """
    if before_tag and text.endswith("{"):
        raise UserError(
            "Handlebars cannot say a { right in front of a variable or a block.",
            "Put something between them.",
        )
    escaped = re.sub(r"(\\*)(\{{2,})", _escaped_braces, text)
    if after_tag and text.startswith("}"):
        escaped = f"{{{{!}}}}{escaped}"  # the brace would end the tag before
    if not before_tag:
        return escaped
    return f"{escaped}\\" if escaped.endswith("\\") else escaped


def _escaped_braces(found: re.Match[str]) -> str:
    """Pairs behind backslashes; an odd brace stands first, since no escape may precede `{{{`."""
    slashes, count = found[1], len(found[2])
    pairs = "\\{{" * (count // 2)
    if count % 2:
        return slashes + "{" + pairs
    # Two backslashes in front of a tag are one; a comment keeps that one from the escape's own.
    return f"{slashes}\\{{{{!}}}}{pairs}" if slashes else pairs


HANDLEBARS = Dialect(
    "Handlebars",
    _handlebars_text,
    lambda hole, _after: f"{{{{{{{hole.name}}}}}}}",
    lambda loop: f"{{{{#each {loop.over}}}}}",
    lambda _loop: "{{/each}}",
    lambda branch: (f"{{{{#if {branch.name}}}}}", "{{else}}", "{{/if}}"),
    item=lambda field: f"{{{{{{this{f'.{field}' if field else ''}}}}}}}",
    outer=lambda name: f"{{{{{{@root.{name}}}}}}}",
    sayable=_no_nested_loops,
    eats_lines=True,
)


def jinja_source(text: OpenText) -> str:
    """The open text as a whole Jinja2 template; the line end that Jinja2 drops is added."""
    source = write_open(text, JINJA)
    return f"{source}\n" if source.endswith("\n") else source

"""YAML text into coloured parts by PyYAML's own scanner, with the templates in its texts. No Qt."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench.gui.editor.template_lexer import Token, lex_text

if TYPE_CHECKING:
    import yaml

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*")
_TEMPLATE = re.compile(r"\{[{%#]")
_CONSTANT = re.compile(r"(?:true|false|null|~|[-+]?\d[\d_.eE+-]*)")


class YamlKind(Enum):
    """What a part of a YAML text is."""

    KEY = "key"
    TEXT = "text"
    CONSTANT = "constant"
    SIGN = "sign"
    COMMENT = "comment"


class YamlPart(NamedTuple):
    """Characters start..end of the text and what they are."""

    start: int
    end: int
    kind: YamlKind


class YamlColours(NamedTuple):
    """Everything of a YAML text that has a colour.

    Attributes:
        parts: of YAML itself; texts include their templates.
        template: tokens of the templates inside texts, with positions in the whole text.
    """

    parts: tuple[YamlPart, ...]
    template: tuple[Token, ...]


def lex_yaml(source: str) -> YamlColours:
    """The parts of `source`; of a broken text, those before the mistake."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parts: list[YamlPart] = []
    template: list[Token] = []
    covered = 0
    is_key = False
    try:
        for token in yaml.scan(source, Loader=loader):
            start, end = token.start_mark.index, token.end_mark.index
            if end > covered:
                parts += _comments(source, covered, start)
                covered = end
            if isinstance(token, yaml.ScalarToken):
                parts.append(YamlPart(start, end, _scalar_kind(source, token, is_key=is_key)))
                template += _template(source, start, end)
            elif isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                parts.append(YamlPart(start, end, YamlKind.CONSTANT))
            elif end > start and not isinstance(token, yaml.KeyToken):
                parts.append(YamlPart(start, end, YamlKind.SIGN))
            is_key = isinstance(token, yaml.KeyToken)
    except (yaml.YAMLError, RecursionError, ValueError):
        return YamlColours(tuple(parts), tuple(template))
    parts += _comments(source, covered, len(source))
    return YamlColours(tuple(parts), tuple(template))


def _comments(source: str, start: int, end: int) -> list[YamlPart]:
    found = _COMMENT.finditer(source, max(0, start - 1), end) if "#" in source[start:end] else ()
    return [YamlPart(c.start(), c.end(), YamlKind.COMMENT) for c in found]


def _scalar_kind(source: str, token: yaml.ScalarToken, *, is_key: bool) -> YamlKind:
    if is_key:
        return YamlKind.KEY
    text = source[token.start_mark.index : token.end_mark.index]
    plain = token.style in (None, "")
    return YamlKind.CONSTANT if plain and _CONSTANT.fullmatch(text) else YamlKind.TEXT


def _template(source: str, start: int, end: int) -> list[Token]:
    text = source[start:end]
    if not _TEMPLATE.search(text):
        return []
    return [t._replace(start=t.start + start, end=t.end + start) for t in lex_text(text)]

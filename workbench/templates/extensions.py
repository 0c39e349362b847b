"""Extensions of the templates' language: bounds while reading, and `{% generation %}`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser

if TYPE_CHECKING:
    from workbench.templates.sandbox import SandboxEnvironment


class Bounds(Extension):
    """Counts the tokens of a template while it is read, and looks at the clock."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens, unchanged; the environment learns of each."""
        env = cast("SandboxEnvironment", self.environment)
        for token in stream:
            env.guard.read_token()
            yield token


class Generation(Extension):
    """`{% generation %}…{% endgeneration %}`, which marks the assistant's part in training."""

    tags = {"generation"}  # noqa: RUF012  # the base class declares it so

    def parse(self, parser: Parser) -> nodes.Node:
        """The block's body, in a scope of its own as transformers has it."""
        line = next(parser.stream).lineno
        body = parser.parse_statements(("name:endgeneration",), drop_needle=True)
        call = self.call_method("body_of")
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def body_of(self, caller: Callable[[], str]) -> str:
        """What stands in the block."""
        return caller()

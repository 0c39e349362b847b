"""Braces, backslashes and line ends: Handlebars and Mustache themselves against our writer."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Mapping

import pytest
from support.node_programs import node_environment

from workbench.core.errors import UserError
from workbench.core.open_text import Hole, Loop, OpenText, Piece
from workbench.export.braces import read_braces
from workbench.export.dialects import HANDLEBARS, MUSTACHE, write_open

pytestmark = [pytest.mark.consumer, pytest.mark.timeout(120)]

CASES = 400
PARTS = ["\\", "\\\\", "{", "{{", "{{{", "}}", "}", "a", "\n", " ", "{{x}}", "{{#x}}", "!"]
ROWS = ("1", "2")
SCRIPT = """
const H = require("handlebars"), M = require("mustache"), fs = require("fs");
const values = {x: "X", rows: ["1", "2"]};
console.log(JSON.stringify(JSON.parse(fs.readFileSync(0)).map(([handlebars, text]) => {
  try {
    return handlebars ? H.compile(text, {noEscape: true})(values) : M.render(text, values);
  } catch (error) { return "refused: " + error.message; }
})));
"""


def some_text(rng: random.Random) -> OpenText:
    """Odd literal text around a variable and a loop."""

    def odd() -> str:
        return "".join(rng.choice(PARTS) for _ in range(rng.randrange(7)))

    body = [p for p in (odd(), Hole("row"), odd()) if p != ""]
    pieces: list[Piece] = [odd(), Hole("x"), odd(), Loop("rows", "row", tuple(body)), odd()]
    return tuple(p for p in pieces if p != "")


def said(text: OpenText, values: Mapping[str, str]) -> str:
    """The text filled in, by its meaning alone."""
    out = []
    for piece in text:
        if isinstance(piece, str):
            out.append(piece)
        elif isinstance(piece, Hole):
            out.append(values[piece.name])
        elif isinstance(piece, Loop):
            out += [said(piece.body, {**values, piece.item: row}) for row in ROWS]
    return "".join(out)


def test_texts_mean_the_same_in_javascript_and_when_read_back() -> None:
    rng = random.Random(5)
    cases: list[tuple[bool, str, str]] = []
    while len(cases) < CASES:
        text = some_text(rng)
        for dialect, handlebars in ((HANDLEBARS, True), (MUSTACHE, False)):
            try:
                source = write_open(text, dialect)
            except UserError:
                continue  # a brace right in front of a tag, which Handlebars cannot say
            cases.append((handlebars, source, said(text, {"x": "X"})))
    done = subprocess.run(
        ["node", "-e", SCRIPT],
        input=json.dumps([(handlebars, source) for handlebars, source, _ in cases]),
        capture_output=True,
        text=True,
        check=True,
        env=node_environment(),
    )
    for (handlebars, source, wanted), found in zip(cases, json.loads(done.stdout), strict=True):
        assert found == wanted, source
        assert said(read_braces(source, "t", handlebars=handlebars), {"x": "X"}) == wanted, source

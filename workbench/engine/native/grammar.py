"""Grammars: JSON schemas turned into GBNF, and what llama.cpp would not survive refused before."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from workbench.core.errors import UserError
from workbench.core.sampling import Sampling
from workbench.engine.native.binding import submodule
from workbench.engine.native.lib import NativeLog, lib
from workbench.engine.native.model import NativeModel

MAX_DEPTH = 1000
MAX_RULES = 20_000
MAX_LENGTH = 1 << 20
MAX_COUNT = 10_000

# Comments, literals and character classes swallow whatever looks like structure inside them.
_PARTS = re.compile(r'#[^\n]*|"(?:\\.|[^"\\\n])*"|\[(?:\\.|[^\]\\\n])*\]|::=|[()]', re.DOTALL)
_BRACES = re.compile(r"\{\s*(\d*)\s*(?:,\s*(\d*)\s*)?\}")
_NAMED_PARTS = ("properties", "$defs", "definitions")
_ANYTHING = {"type": ["string", "number", "object", "array", "boolean", "null"]}
_COUNTS = ("minLength", "maxLength", "minItems", "maxItems")
_REASON = re.compile(r"error parsing grammar: (.+)")


def grammar_text(sampling: Sampling) -> str:
    """The GBNF grammar in force: the given one, or the one its JSON schema turns into.

    Raises:
        UserError: the schema is not JSON, not one that can become a grammar, or asks for an
            endless reply; or the grammar is larger than llama.cpp's stack. Names the field.
    """
    if not sampling.json_schema.strip():
        _check_size("grammar", sampling.grammar)
        return sampling.grammar if sampling.grammar.strip() else ""
    try:
        text = _from_schema(sampling.json_schema)
    except RecursionError as error:
        raise UserError("json_schema is nested too deeply.") from error
    _check_size("json_schema", text)
    return text


def make_sampler(model: NativeModel, grammar: str) -> Any:
    """llama.cpp's sampler for a grammar that `check_grammar` let pass."""
    sampler = lib.llama_sampler_init_grammar(model.vocab, grammar.encode(), b"root")
    if not sampler:
        raise UserError("grammar: llama.cpp cannot parse this grammar.")
    return sampler


def check_grammar(model: NativeModel, sampling: Sampling, log: NativeLog) -> None:
    """Refuse a grammar before anything is decoded.

    Raises:
        UserError: naming the field and llama.cpp's reason.
    """
    grammar = grammar_text(sampling)
    if not grammar:
        return
    log.clear()
    with _caught_stderr() as caught:
        sampler = lib.llama_sampler_init_grammar(model.vocab, grammar.encode(), b"root")
    if sampler:
        lib.llama_sampler_free(sampler)
        return
    field = "json_schema" if sampling.json_schema.strip() else "grammar"
    found = _REASON.search("\n".join(caught))
    reason = found[1] if found else next(iter(log.errors()), "it gave no reason")
    reason = re.sub(r" at$", " at its end", reason.strip())
    raise UserError(
        f"{field}: llama.cpp cannot parse this grammar: {reason.rstrip('.')[:200]}.",
        "It needs a rule named root, and every rule it mentions.",
        "\n".join([*caught, *log.errors()]),
    )


def _check_size(field: str, grammar: str) -> None:
    if len(grammar) > MAX_LENGTH:
        raise UserError(
            f"{field}: this grammar is {len(grammar):,} characters long; {MAX_LENGTH:,} are the "
            "most llama.cpp is given."
        )
    depth = deepest = rules = 0
    for part in _PARTS.findall(grammar):
        if part in ("(", "::="):
            rules += 1
        if part == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif part == ")":
            depth -= 1
    if deepest > MAX_DEPTH or rules > MAX_RULES:
        # llama.cpp recurses through both and would overflow its stack.
        raise UserError(
            f"{field}: this grammar has {rules:,} rules and groups, nested {deepest:,} deep; "
            f"llama.cpp can take {MAX_RULES:,}, nested {MAX_DEPTH:,} deep.",
            "Allow shorter texts and lists (maxLength, maxItems) or split the schema."
            if field == "json_schema"
            else "Write long repetitions as {m,n}.",
        )


def _from_schema(source: str) -> str:
    SchemaConverter = submodule("llama_grammar").SchemaConverter  # noqa: N806  # a class

    try:
        schema = json.loads(source, parse_constant=_refuse_constant)
    except ValueError as error:
        raise UserError(f"json_schema is not valid JSON: {error}.") from error
    if not isinstance(schema, dict):
        raise UserError("json_schema must be a JSON object.", 'For example {"type": "object"}.')
    _check_counts(schema)
    if not _can_end(schema):
        raise UserError(
            "json_schema refers to itself without end.",
            "Break the cycle of references, or make one optional.",
        )
    schema = _with_own_names(schema)
    converter = SchemaConverter(prop_order={}, allow_fetch=False, dotall=False, raw_pattern=False)
    converter._format_literal = _literal  # noqa: SLF001  # its own loses backslashes
    try:
        converter.visit(converter.resolve_refs(schema, "schema"), "")
        text = str(converter.format_grammar())
    except RecursionError:
        raise
    except Exception as error:  # the converter raises whatever a bad schema trips
        raise UserError(
            f"json_schema cannot be turned into a grammar: {type(error).__name__}: {error}."
        ) from error
    return _within_json_strings(text)


def _literal(json_text: str) -> str:
    """A JSON value as a GBNF literal, characters beyond ASCII as they are."""
    plain = json.dumps(json.loads(json_text), ensure_ascii=False)
    if any("\ud800" <= c <= "\udfff" for c in plain):
        plain = json_text  # half a character can only be written as an escape
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _with_own_names(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema, every reference under a name of its own, and `true` spelt out.

    The converter names the rule of a reference by its last word and takes a property's rule of
    that name for it; it misses references beside one at the top, and cannot refer to the whole.
    """
    # No property may have the name of a reference's rule, so the prefix is one the schema lacks.
    prefix, spelt = "ref", json.dumps(schema)
    while prefix in spelt.replace('"$ref"', ""):
        prefix += "r"
    names = {}
    for index, ref in enumerate(sorted(_references(schema))):
        if ref.startswith("#"):
            if _target(schema, ref) is None:
                raise UserError(f"json_schema refers to {ref}, which it does not hold.")
            names[ref] = f"{prefix}-{index}"

    def renamed(node: Any, key: str = "") -> Any:
        if key in ("const", "enum", "default", "examples"):
            return node
        if isinstance(node, list):
            return [renamed(item) for item in node]
        if key == "pattern" and isinstance(node, str) and "|" in node:
            # Its alternatives would otherwise take in the quotes around the string.
            return re.sub(r"\A\^(.*)\$\Z", r"^(\1)$", node, flags=re.DOTALL)
        if not isinstance(node, dict):
            return node
        made = {
            k: f"#/{prefix}/{names[v]}"
            if k == "$ref" and isinstance(v, str) and v in names
            else renamed(v, "" if key in _NAMED_PARTS else k)
            for k, v in node.items()
        }
        if key == "properties":
            if "" in made:
                raise UserError("json_schema: a property with an empty name cannot be asked for.")
            made = {k: _ANYTHING if v is True or v == {} else v for k, v in made.items()}
        elif made.get("items") in (True, {}) and "items" in made:
            made["items"] = _ANYTHING
        return made

    own: dict[str, Any] = renamed(schema)
    if "$ref" in own:
        own = {"anyOf": [own]}
    if names:
        own[prefix] = {name: renamed(_target(schema, ref)) for ref, name in names.items()}
    return own


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON value")


def _check_counts(node: Any) -> None:
    """The converter writes every repetition out: refuse what would fill the memory."""
    if isinstance(node, list):
        for item in node:
            _check_counts(item)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        counts = [value] if key in _COUNTS and isinstance(value, int) else []
        if key == "pattern" and isinstance(value, str):
            counts = [int(n[:9]) for found in _BRACES.findall(value) for n in found if n]
        if max(counts, default=0) > MAX_COUNT:
            raise UserError(
                f"json_schema: {key} asks for {max(counts):,} repetitions; {MAX_COUNT:,} are the "
                "most a grammar can hold."
            )
        _check_counts(value)


def _within_json_strings(grammar: str) -> str:
    """Negated classes stand inside strings, where JSON allows no quote and no control character.

    The converter's own let raw line breaks through, and a pattern's dot even quotes.
    """

    def narrowed(match: re.Match[str]) -> str:
        token = match[0]
        return rf'[^"\\\x00-\x1F{token[2:]}' if token.startswith("[^") else token

    return _PARTS.sub(narrowed, grammar)


def _can_end(schema: Mapping[str, Any]) -> bool:
    """Whether some finite reply matches, looking at references, unions and required parts."""
    targets = {ref: _target(schema, ref) for ref in _references(schema)}
    ending: set[str] = set()
    while True:
        more = {r for r, t in targets.items() if r not in ending and _ends(t, ending)}
        if not more:
            return _ends(schema, ending)
        ending |= more


def _ends(schema: Any, ending: set[str]) -> bool:
    """The same, `ending` being the references known to end."""
    if not isinstance(schema, dict):
        return True
    if isinstance(schema.get("$ref"), str):
        return schema["$ref"] in ending
    union = schema.get("oneOf") or schema.get("anyOf")
    if isinstance(union, list):
        return any(_ends(s, ending) for s in union)
    parts: list[Any] = [*_listed(schema.get("allOf"))]
    properties = schema.get("properties")
    if isinstance(properties, dict):
        required = _listed(schema.get("required"))
        parts += [s for name, s in properties.items() if name in required]
    items = schema.get("items", schema.get("prefixItems"))
    if isinstance(items, list):
        parts += items
    elif schema.get("minItems"):
        parts.append(items)
    return all(_ends(s, ending) for s in parts)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*map(_references, node.values()))
    return set().union(*map(_references, node)) if isinstance(node, list) else set()


def _target(schema: Any, ref: str) -> Any:
    """What `#/a/b` names; None where the converter will complain itself."""
    for word in ref.removeprefix("#").split("/")[1:]:
        key = word.replace("~1", "/").replace("~0", "~")
        schema = schema.get(key) if isinstance(schema, dict) else None
    return schema


@contextmanager
def _caught_stderr() -> Iterator[list[str]]:
    """Lines that C code writes to stderr meanwhile; llama.cpp's parser tells its reason there."""
    lines: list[str] = []
    sys.stderr.flush()
    with tempfile.TemporaryFile() as file:
        kept = os.dup(2)
        try:
            os.dup2(file.fileno(), 2)
            yield lines
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            file.seek(0)
            lines += file.read(4000).decode("utf-8", "replace").splitlines()

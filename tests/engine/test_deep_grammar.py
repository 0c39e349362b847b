"""Grammars and JSON schemas: what ends by itself parses and fits; what cannot work is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reference.gguf_models import ModelFolder
from support.engines import PLAIN, generated, ignored, opened, ordinary, said
from support.sinks import KeepingSink

from workbench.core.cancel import CancelToken
from workbench.core.errors import UserError
from workbench.core.sampling import NEUTRAL, SAMPLERS, Sampling
from workbench.core.types import EngineSettings, Finish, GenerateRequest, TraceRequest
from workbench.engine.client import EngineClient
from workbench.engine.llama import LlamaEngine
from workbench.engine.native.lib import NativeLog

Schema = dict[str, Any]

# Names that the converter uses itself, and characters that GBNF and JSON both escape.
NAMES = (
    "a", "root", "string", "char", "space", "value", "ref-", "two words", 'quo"te', "back\\slash",
    "naïve 🙂", "a-b", "[^x]", "#", "new\nline", "items", "$id", "pattern", "const",
)  # fmt: skip
PLAIN_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.text(max_size=6),
    st.lists(st.integers(0, 9), max_size=3),
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, 9), max_size=2),
)


def leaves() -> st.SearchStrategy[Schema]:
    """Schemas without parts."""
    lengths = st.tuples(st.integers(0, 4), st.integers(0, 6)).map(sorted)
    return st.one_of(
        st.sampled_from(["integer", "number", "boolean", "null", "string"]).map(
            lambda kind: {"type": kind}
        ),
        lengths.map(lambda n: {"type": "string", "minLength": n[0], "maxLength": n[1]}),
        st.lists(PLAIN_VALUES, min_size=1, max_size=4).map(lambda values: {"enum": values}),
        PLAIN_VALUES.map(lambda value: {"const": value}),
        st.sampled_from(["^a|bc$", "^[a-c]{2,4}$", "^(x|.){1,3}-[^z]$"]).map(
            lambda pattern: {"type": "string", "pattern": pattern}
        ),
        st.lists(st.sampled_from(["null", "integer", "boolean"]), min_size=1, unique=True).map(
            lambda kinds: {"type": kinds}
        ),
    )


def wholes(parts: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    """Objects, arrays, tuples and unions of `parts`."""
    properties = st.dictionaries(st.sampled_from(NAMES), parts, min_size=1, max_size=4)
    counts = st.tuples(st.integers(0, 2), st.integers(0, 3)).map(sorted)
    return st.one_of(
        st.tuples(properties, st.integers(0, 4)).map(
            lambda p: {
                "type": "object",
                "properties": p[0],
                "required": list(p[0])[: p[1]],
                "additionalProperties": False,
            }
        ),
        st.tuples(parts, counts).map(
            lambda p: {"type": "array", "items": p[0], "minItems": p[1][0], "maxItems": p[1][1]}
        ),
        st.lists(parts, min_size=1, max_size=3).map(lambda p: {"type": "array", "prefixItems": p}),
        st.lists(parts, min_size=1, max_size=3).map(lambda p: {"anyOf": p}),
        st.tuples(properties, parts).map(
            lambda p: {
                "type": "object",
                "properties": {**p[0], "by name": {"$ref": "#/$defs/a"}},
                "required": ["by name"],
                "$defs": {"a": p[1]},
            }
        ),
    )


SCHEMAS = st.recursive(leaves(), wholes, max_leaves=6)


def flat(schema: Schema) -> Schema:
    """References replaced by what they name, so that a schema can stand inside another."""

    def put(node: Any, a: Schema | None, named: bool = False) -> Any:
        if isinstance(node, list):
            return [put(n, a) for n in node]
        if not isinstance(node, dict):
            return node
        if node.get("$ref") == "#/$defs/a":
            return a
        own = put(node["$defs"]["a"], a) if "$defs" in node else a
        return {
            k: v if k in ("const", "enum") and not named else put(v, own, k == "properties")
            for k, v in node.items()
            if k != "$defs"
        }

    made: Schema = put(schema, None)
    return made


def shaped(value: str, schema: Schema) -> bool:
    """Whether a text matches the schema's pattern, the whole of it."""
    pattern = str(schema.get("pattern", "^.*$"))[1:-1]
    return re.fullmatch(pattern, value, re.DOTALL) is not None


def fits(value: Any, schema: Schema, *, exact_length: bool) -> bool:
    """Whether a value matches a schema of the kinds made above."""
    if "anyOf" in schema:
        return any(fits(value, s, exact_length=exact_length) for s in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        allowed = [schema["const"]] if "const" in schema else schema["enum"]
        return json.dumps(value) in [json.dumps(v) for v in allowed]
    kind = schema["type"]
    if isinstance(kind, list):
        return any(fits(value, {"type": k}, exact_length=exact_length) for k in kind)
    if kind == "object":
        known = schema["properties"]
        return (
            isinstance(value, dict)
            and set(schema["required"]) <= set(value) <= set(known)
            and all(fits(v, known[k], exact_length=exact_length) for k, v in value.items())
        )
    if kind == "array":
        if not isinstance(value, list):
            return False
        items = schema.get("prefixItems") or [schema["items"]] * len(value)
        low, high = schema.get("minItems", len(items)), schema.get("maxItems", len(items))
        return low <= len(value) <= high and all(
            fits(v, s, exact_length=exact_length) for v, s in zip(value, items, strict=True)
        )
    if kind == "string":
        if not isinstance(value, str):
            return False
        long = len(value.encode("utf-16-le", "surrogatepass")) // 2
        low, high = schema.get("minLength", 0), schema.get("maxLength", long)
        return not exact_length or (low <= long and len(value) <= high and shaped(value, schema))
    kinds: dict[str, Any] = {"integer": int, "number": (int, float), "boolean": bool}
    if kind == "null":
        return value is None
    return isinstance(value, kinds[kind]) and (kind == "boolean" or not isinstance(value, bool))


@pytest.fixture(scope="module")
def deep_engine(random_models: ModelFolder, native_log: NativeLog) -> Iterator[LlamaEngine]:
    """A small random model: it says anything that a grammar lets it say."""
    with opened(random_models.path("llama"), native_log, PLAIN) as engine:
        yield engine


def asked(engine: LlamaEngine, sampling: Sampling, seed: int = 0) -> tuple[str, Finish]:
    """Text and ending of a reply."""
    sample = generated(engine, ordinary(engine, 10), sampling, seed=seed).samples[0]
    return sample.text, sample.finish


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(schema=SCHEMAS, seed=st.integers(0, 1000), ignore_eos=st.booleans())
def test_every_reply_that_ends_by_itself_is_json_of_the_schema(
    deep_engine: LlamaEngine, schema: Schema, seed: int, ignore_eos: bool
) -> None:
    # A reference reads from the top: only a schema with one part by that name can be sent as it is.
    own = "$defs" in schema and json.dumps(schema).count("$defs") == 2
    text = json.dumps(schema if own else flat(schema))
    sampling = replace(NEUTRAL, json_schema=text, max_tokens=300, ignore_eos=ignore_eos)
    said_text, finish = asked(deep_engine, sampling, seed)
    if finish is Finish.STOP:
        # A random model also says bytes that are no characters: then lengths cannot be compared.
        value = json.loads(said_text)
        assert fits(value, flat(schema), exact_length="\ufffd" not in said_text), (said_text, text)
    else:
        assert finish is Finish.LENGTH


def test_most_small_schemas_end_by_themselves(deep_engine: LlamaEngine) -> None:
    """Else the test above would look at nothing."""
    schema = {
        "type": "object",
        "properties": {
            "name": {"type": "string", "maxLength": 8},
            "tags": {"type": "array", "items": {"enum": ["🙂", 'a "b"', "c\\d"]}, "minItems": 1},
            "size": {"$ref": "#/$defs/name"},
        },
        "required": ["name", "tags", "size"],
        "$defs": {"name": {"type": "integer"}},
    }
    sampling = replace(NEUTRAL, json_schema=json.dumps(schema), max_tokens=300)
    ended = [asked(deep_engine, sampling, seed) for seed in range(20)]
    texts = [text for text, finish in ended if finish is Finish.STOP]
    assert len(texts) > 15
    for text in texts:
        value = json.loads(text)
        assert isinstance(value["size"], int)
        assert set(value["tags"]) <= {"🙂", 'a "b"', "c\\d"}


def test_optional_recursion_works(deep_engine: LlamaEngine) -> None:
    tree = {
        "type": "object",
        "properties": {
            "leaf": {"type": "boolean"},
            "more": {"type": "array", "items": {"$ref": "#"}, "maxItems": 2},
        },
        "required": ["leaf"],
    }
    sampling = replace(NEUTRAL, json_schema=json.dumps(tree), max_tokens=400, temperature=0.7)
    for seed in range(6):
        text, finish = asked(deep_engine, sampling, seed)
        if finish is Finish.STOP:
            assert isinstance(json.loads(text)["leaf"], bool)


DEEP = '{"items":' * 3000 + "{}" + "}" * 3000
NEXT = '{"type":"object","properties":{"next":{"$ref":"#/$defs/a"}},"required":["next"]}'
REFUSED: dict[str, tuple[str, str, str]] = {
    "no JSON": ("json_schema", "{", "not valid JSON"),
    "NaN": ("json_schema", '{"const": NaN}', "not valid JSON"),
    "no object": ("json_schema", "[1]", "must be a JSON object"),
    "nested": ("json_schema", "[" * 100_000, "nested too deeply"),
    "nested schemas": ("json_schema", DEEP, "nested too deeply"),
    "itself": ("json_schema", '{"$ref": "#"}', "without end"),
    "a circle": (
        "json_schema",
        '{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}',
        "without end",
    ),
    "always another": (
        "json_schema",
        f'{{"$ref":"#/$defs/a","$defs":{{"a":{NEXT}}}}}',
        "without end",
    ),
    "a nameless property": ("json_schema", '{"properties":{"":{"type":"null"}}}', "empty name"),
    "another in a list": (
        "json_schema",
        '{"type":"array","items":{"$ref":"#"},"minItems":1}',
        "without end",
    ),
    "left recursion": (
        "json_schema",
        '{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/a"},{"type":"null"}]}}}',
        "left recursion",
    ),
    "a missing part": ("json_schema", '{"$ref": "#/$defs/b"}', "#/\\$defs/b"),
    "the network": ("json_schema", '{"$ref": "https://example.com/s"}', "not allowed"),
    "a reference of no text": ("json_schema", '{"$ref": 5}', "cannot be turned"),
    "no choices": ("json_schema", '{"enum": []}', "cannot parse"),
    "an unknown type": ("json_schema", '{"type": "complex"}', "complex"),
    "a long text": ("json_schema", '{"type":"string","maxLength":100000}', "maxLength.*100,000"),
    "a text of 5,000": ("json_schema", '{"type":"string","maxLength":5000}', "nested 5,000 deep"),
    "a huge pattern": ("json_schema", '{"type":"string","pattern":"^a{999999999}$"}', "pattern"),
    "an open pattern": ("json_schema", '{"type":"string","pattern":"a.*b"}', "Pattern must start"),
    "an open group": ("grammar", "root ::= (", "cannot parse"),
    "no root": ("grammar", 'start ::= "a"', "root"),
    "an unknown rule": ("grammar", "root ::= foo", "foo"),
    "left recursion by hand": ("grammar", 'root ::= root "a" | "a"', "left recursion"),
    "many groups": ("grammar", "root ::= " + "(" * 200_000 + '"a"' + ")" * 200_000, "200,000 deep"),
    "many open groups": ("grammar", "root ::= " + "(" * 500_000, "500,000 deep"),
    "many rules": (
        "grammar",
        "root ::= r0\n" + "".join(f"r{i} ::= r{i + 1}\n" for i in range(40_000)),
        "40,001 rules",
    ),
    "a megabyte": ("grammar", 'root ::= "' + "a" * (1 << 20) + '"', "characters long"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_work_is_refused_naming_the_field(
    deep_engine: LlamaEngine, capfd: pytest.CaptureFixture[str], case: str
) -> None:
    field, text, why = REFUSED[case]
    grammar, schema = (text, "") if field == "grammar" else ("", text)
    sampling = replace(NEUTRAL, max_tokens=5, grammar=grammar, json_schema=schema)
    with pytest.raises(UserError, match=why) as caught:
        asked(deep_engine, sampling)
    assert caught.value.message.startswith(field)
    assert len(caught.value.message) < 400
    request = TraceRequest(ordinary(deep_engine, 5), sampling, 0)
    with pytest.raises(UserError, match=why):
        deep_engine.trace(request, ignored, CancelToken())
    assert capfd.readouterr().err == ""
    assert asked(deep_engine, replace(NEUTRAL, grammar='root ::= "ok"'))[0] == "ok"


def test_what_only_looks_like_structure_is_not_counted(
    random_models: ModelFolder, native_log: NativeLog
) -> None:
    brackets = "(" * 1500
    with opened(random_models.path("llama"), native_log, PLAIN, n_ctx=2048) as engine:
        for grammar in (f'"{brackets}"', f'"ok" # {brackets}', f"[{brackets}]"):
            sampling = replace(NEUTRAL, grammar=f"root ::= {grammar}", max_tokens=2000)
            text, finish = asked(engine, sampling)
            assert finish is Finish.STOP
            assert text in (brackets, "ok", "(")


@pytest.mark.parametrize("ignore_eos", [False, True])
@pytest.mark.parametrize("mirostat", [0, 1, 2])
@pytest.mark.parametrize("samplers", [SAMPLERS, ("adaptive_p",), ("typ_p", "top_p", "xtc")])
def test_a_finished_grammar_ends_the_reply(
    deep_engine: LlamaEngine, ignore_eos: bool, mirostat: int, samplers: tuple[str, ...]
) -> None:
    sampling = Sampling(
        grammar='root ::= "yes" | "no"',
        ignore_eos=ignore_eos,
        mirostat=mirostat,
        samplers=samplers,
        typical_p=0.7,
        xtc_probability=0.5,
        max_tokens=50,
    )
    for seed in range(4):
        text, finish = asked(deep_engine, sampling, seed)
        assert text in ("yes", "no")
        assert finish is Finish.STOP
    many = generated(deep_engine, ordinary(deep_engine, 10), sampling, n_samples=5)
    assert {s.text for s in many.samples} <= {"yes", "no"}
    assert {s.finish for s in many.samples} == {Finish.STOP}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("temperature", float("nan")), ("temperature", -0.5), ("temperature", float("inf")),
        ("top_k", -1), ("top_p", 1.5), ("top_p", -0.1), ("min_p", 2.0), ("typical_p", float("nan")),
        ("top_n_sigma", -2.0), ("xtc_probability", 1.1), ("xtc_threshold", -1.0),
        ("repeat_penalty", 0.0), ("repeat_last_n", -1), ("frequency_penalty", 1e9),
        ("presence_penalty", float("-inf")), ("dry_multiplier", -1.0), ("dry_base", 0.5),
        ("dry_allowed_length", -1), ("dry_penalty_last_n", -1), ("dry_sequence_breakers", ("\0",)),
        ("dynatemp_range", -1.0), ("dynatemp_exponent", float("nan")), ("mirostat", 3),
        ("mirostat_tau", -1.0), ("mirostat_eta", 2.0), ("adaptive_target", 1.5),
        ("adaptive_decay", 1.0), ("logit_bias", ((5, float("nan")),)),
        ("logit_bias", ((5, float("inf")),)), ("logit_bias", ((295, 1.0),)),
        ("banned_tokens", (-1,)), ("samplers", ("top_k", "top_k")), ("samplers", ("topk",)),
        ("stop", ("a\0b",)), ("grammar", "\0"), ("json_schema", "\ud800"), ("max_tokens", 0),
        ("max_tokens", -1),
    ],
)  # fmt: skip
def test_bad_sampler_values_are_refused_by_name(
    deep_engine: LlamaEngine, field: str, value: object
) -> None:
    sampling = replace(Sampling(max_tokens=3), **{field: value})  # type: ignore[arg-type]  # on purpose
    with pytest.raises(UserError) as caught:
        asked(deep_engine, sampling)
    assert field in caught.value.message
    with pytest.raises(UserError) as caught:
        deep_engine.trace(
            TraceRequest(ordinary(deep_engine, 5), sampling, 0), ignored, CancelToken()
        )
    assert field in caught.value.message
    assert len(said(generated(deep_engine, (5,), Sampling(max_tokens=3, ignore_eos=True)))) == 3


def test_hostile_grammars_are_one_error_each_or_a_reply_and_the_engine_goes_on(
    random_models: ModelFolder,
) -> None:
    hostile = [
        "root ::= " + "(" * 200_000,
        "root ::= r0\n" + "".join(f"r{i} ::= r{i + 1}\n" for i in range(100_000)),
        'root ::= "a"{1,1000000000}',
        'root ::= (((("a"{0,2000}){0,2000}){0,2000}){0,2000})',
        'root ::= (""*)*',
        'root ::= ("a"? "a"?){20}',
        "root ::= [" + "".join(chr(0x4E00 + i) for i in range(20_000)) + "]",
        'root ::= "\\U0010FFFF" | "\\x00" | [\\x00-\\U0010FFFF]',
        'root ::= "\\xZZ"',
        "root ::= [z-a]",
        "::= root",
        "root",
    ]
    client = EngineClient(random_models.path("llama"), EngineSettings(n_ctx=256, n_threads=1))
    try:
        for grammar in hostile:
            sampling = replace(NEUTRAL, grammar=grammar, max_tokens=20)
            request = GenerateRequest((5, 6, 7), sampling, seed=0)
            error = client.generate(request, KeepingSink()).future.exception(60)
            assert error is None or (isinstance(error, UserError) and error.message), grammar[:60]
            plain = GenerateRequest((5, 6, 7), Sampling(max_tokens=2, ignore_eos=True), seed=0)
            result = client.generate(plain, KeepingSink()).future.result(60)
            assert len(result.samples[0].tokens) == 2
    finally:
        client.close()

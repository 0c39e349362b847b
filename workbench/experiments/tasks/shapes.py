"""Items of each kind from a row's columns, under the names that data sets commonly use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.core.metric import CallEvidence
from workbench.core.task import Item, Kind
from workbench.experiments.tasks.fields import Fields, as_text, gold_of, is_missing, shown
from workbench.experiments.tasks.rows import BadField

QUESTION = ("question", "input", "query", "text", "goal", "problem", "instruction", "sentence")
ANSWER: tuple[str, ...] = ("answer", "answers", "answer_number", "target", "targets")
ANSWER += ("references", "reference", "ideal", "expected")
GOLD = (
    "answer",
    "gold",
    "label",
    "answer_index",
    "answerKey",
    "correct",
    "target",
    "best",
    "ideal",
)
CONTEXT = ("context", "passage", "story", "document")


def common(fields: Fields) -> dict[str, Any]:
    """What items of every kind have."""
    tags = fields.texts("tags") if fields.has("tags") else ()
    return {
        "id": fields.text("id", "task_id", "item_id", "qid", default=str(fields.line)),
        "line": fields.line,
        "group": fields.text("group", "subject", "category", default=""),
        "cluster": fields.text("cluster", "group_id", "passage_id", default=""),
        "split": fields.text("split", default=""),
        "weight": _weight(fields),
        "tags": tags,
        "variant_of": fields.text("variant_of", default=""),
        "variant": fields.text("variant", default=""),
    }


def _weight(fields: Fields) -> float:
    weight = fields.number("weight", 1.0)
    if weight < 0:
        raise BadField("weight", f"It must be 0 or more, not {weight:g}.")
    return weight


def finished(fields: Fields, kind: Kind, made: Mapping[str, Any]) -> Item:
    """The item, with what a prompt file may be filled with and with the columns left over."""
    known = made.get("variables", {})
    shared = common(fields)
    whole = {**shared, **made, "kind": kind, "variables": {**fields.strings(), **known}}
    return Item(**whole, extra=fields.extra())


def asked(fields: Fields) -> dict[str, Any]:
    """What the model reads: an exact prompt, or a question with what stands before it."""
    made: dict[str, Any] = {"variables": {}}
    if fields.has("prompt"):
        made["prompt"] = fields.text("prompt")
        made["variables"]["question"] = fields.text(*QUESTION, default=made["prompt"])
    else:
        made["variables"]["question"] = fields.text(*QUESTION)
    if name := fields.one_of(*CONTEXT):
        made["variables"]["context"] = fields.text(name)
    return made


def choice(fields: Fields) -> Item:
    """An item whose answers are weighed.

    Raises:
        BadField: it has no answers, fewer than two, or its right one is missing.
    """
    if fields.has("true", "false"):
        return _truths(fields)
    if fields.has("target_scores"):
        return _scored(fields, asked(fields))
    made = asked(fields)
    if fields.has("classes"):
        # Inverse scaling: the texts are scored exactly as they stand.
        made["choices"] = _several("classes", fields.texts("classes"))
        made["gold"] = gold_of("answer_index", fields.raw("answer_index"), made["choices"])
    else:
        name = fields.one_of("choices", "options", "answers", "endings") or "choices"
        made["options"] = _several(name, fields.texts(name))
        gold = next((g for g in GOLD if fields.has(g) and g != name), GOLD[0])
        made["gold"] = gold_of(gold, fields.raw(gold), made["options"])
    if control := fields.one_of("other_prompt", "control_prompt"):
        made["other_prompt"] = fields.text(control)
    if fields.has("permute"):
        made["tags"] = (*common(fields)["tags"], "permute") if fields.raw("permute") else ()
    return finished(fields, Kind.CHOICE, made)


def _several(name: str, texts: Sequence[str]) -> tuple[str, ...]:
    if len(texts) < 2:
        raise BadField(name, f"There must be at least two, not {len(texts)}.")
    if any(text == "" for text in texts):
        raise BadField(name, "One of them is empty.")
    return tuple(texts)


def _truths(fields: Fields) -> Item:
    """True and false answers, the best one first."""
    made = asked(fields)
    true, false = fields.texts("true"), fields.texts("false")
    best = fields.text("best", default=true[0])
    ordered = (best, *(t for t in true if t != best))
    made["options"] = _several("false", (*ordered, *false))
    made["gold"] = tuple(range(len(ordered)))
    made["references"], made["wrong"] = ordered, false
    return finished(fields, Kind.CHOICE, made)


def _scored(fields: Fields, made: dict[str, Any]) -> Item:
    """Answers with a credit each; the ones with the most are right."""
    scores = {k: _credit(k, v) for k, v in fields.mapping("target_scores").items()}
    made["options"] = _several("target_scores", tuple(scores))
    most = max(scores.values())
    if most <= 0:
        raise BadField("target_scores", "No answer has a credit above 0.")
    made["gold"] = tuple(i for i, credit in enumerate(scores.values()) if credit == most)
    return finished(fields, Kind.CHOICE, made)


def _credit(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise BadField("target_scores", f"The credit of {name!r} is no number.")
    return float(value)


def generate(fields: Fields) -> Item:
    """An item that is answered in words.

    Raises:
        BadField: there is no question or no right answer.
    """
    if fields.has("true"):
        made = asked(fields)
        made["references"] = fields.texts("true")
        made["wrong"] = fields.texts("false") if fields.has("false") else ()
        return finished(fields, Kind.GENERATE, made)
    made = asked(fields)
    name = fields.one_of(*ANSWER, "best")
    if name is None and fields.has("solution"):
        # MATH keeps its answer in the last box of the solution.
        solution = fields.text("solution")
        made["variables"]["solution"] = solution
        made["references"] = (boxed(solution),)
        return finished(fields, Kind.GENERATE, made)
    if name is None:
        fields.missing(*ANSWER)
    answers = fields.texts(name)
    if name == "answer" and len(answers) == 1 and "####" in answers[0]:
        # GSM8K writes its reasoning first; the first mark counts, what follows may be more items.
        made["variables"]["solution"] = answers[0]
        answers = (answers[0].split("####")[1].split("\n")[0].strip(),)
    if fields.has("choices") and name == "answer":
        options = fields.texts("choices")
        gold = gold_of("answer", fields.raw("answer"), options)
        answers = tuple(options[i] for i in gold)
    made["references"] = answers
    return finished(fields, Kind.GENERATE, made)


def boxed(solution: str) -> str:
    """What stands in the last \\boxed{…} of a solution, braces inside it included.

    Raises:
        BadField: there is none, or it is never closed.
    """
    start = max(solution.rfind("\\boxed{"), solution.rfind("\\fbox{"))
    if start < 0:
        raise BadField("solution", "It has no \\boxed{…} answer.")
    depth = 0
    begin = solution.index("{", start)
    for at in range(begin, len(solution)):
        depth += {"{": 1, "}": -1}.get(solution[at], 0)
        if not depth:
            return solution[begin + 1 : at].strip()
    raise BadField("solution", "Its last \\boxed{ is never closed.")


def sequence(fields: Fields) -> Item:
    """An item whose given text is scored: a completion behind a prompt, or a text alone.

    Raises:
        BadField: there is nothing to score.
    """
    if name := fields.one_of("completion", "continuation", "target"):
        made: dict[str, Any] = {"completion": fields.text(name)}
        made["prompt"] = fields.text("prompt", "input", "context", default="")
    else:
        made = {"prompt": "", "completion": fields.text("text", "sentence", "sequence")}
    if fields.has("other_prompt"):
        made["other_prompt"] = fields.text("other_prompt")
    return finished(fields, Kind.SEQUENCE, made)


def code(fields: Fields) -> Item:
    """An item that is answered with a program and checked by tests.

    Raises:
        BadField: there is no prompt or there are no tests.
    """
    tests = "\n".join(fields.texts("test", "tests", "test_list", "check"))
    if "def check(" in tests and not fields.has("entry_point"):
        fields.missing("entry_point")
    made: dict[str, Any] = {
        "prompt": fields.text("prompt", "prefix", "question", "input"),
        "tests": tests,
        "entry_point": fields.text("entry_point", default=""),
    }
    if name := fields.one_of("canonical_solution", "code", "answer", "solution"):
        made["references"] = (fields.text(name),)
    return finished(fields, Kind.CODE, made)


def call(fields: Fields) -> Item:
    """An item that is answered by calling functions.

    Raises:
        BadField: there is no question or no function, or the answer names no call.
    """
    made = asked(fields)
    made["functions"] = fields.mappings("functions", "function", "tools")
    for number, function in enumerate(made["functions"], 1):
        inner = function.get("function", function)
        if not isinstance(inner, dict) or not isinstance(inner.get("name"), str):
            raise BadField("functions", f"Function {number} has no name.")
    name = fields.one_of("answer", "calls", "ground_truth")
    made["calls"] = calls_of(name, fields.raw(name)) if name is not None else ()
    return finished(fields, Kind.CALL, made)


def calls_of(name: str, value: object) -> tuple[CallEvidence, ...]:
    """Right calls: a list of {function: {parameter: [values that count]}} or {name, arguments}.

    Raises:
        BadField: it is something else.
    """
    found = []
    for entry in value if isinstance(value, list) else [value]:
        if not isinstance(entry, dict) or not entry:
            raise BadField(name, f"A call must be an object, not {shown(entry)}.")
        if "name" in entry and "arguments" in entry:
            pairs = {str(entry["name"]): entry["arguments"]}
        else:
            pairs = entry
        for function, arguments in pairs.items():
            if not isinstance(arguments, dict):
                raise BadField(name, f"The arguments of {function} must be keys and values.")
            allowed = {k: v if isinstance(v, list) else [v] for k, v in arguments.items()}
            found.append(CallEvidence(str(function), allowed))
    return tuple(found)


def pair(fields: Fields) -> Item:
    """Two replies and, if somebody judged, which is preferred.

    Raises:
        BadField: a reply is missing, or the winner is none of a, b and tie.
    """
    made = asked(fields)
    made["options"] = (
        fields.text("a", "response_a", "answer_a", "chosen"),
        fields.text("b", "response_b", "answer_b", "rejected"),
    )
    if fields.has("winner"):
        winner = as_text("winner", fields.raw("winner")).lower().removeprefix("model_")
        golds = {"a": (0,), "b": (1,), "tie": (0, 1), "both": (0, 1)}
        if winner not in golds:
            raise BadField("winner", f"It must be a, b or tie, not {shown(winner)}.")
        made["gold"] = golds[winner]
    elif fields.has("chosen", "rejected"):
        made["gold"] = (0,)
    return finished(fields, Kind.PAIR, made)


def embed(fields: Fields) -> Item:
    """Texts that become vectors: a query with what should be found, or two texts and a rating.

    Raises:
        BadField: a text is missing.
    """
    if fields.has("sentence1", "sentence2"):
        made: dict[str, Any] = {
            "prompt": fields.text("sentence1"),
            "references": (fields.text("sentence2"),),
        }
        if name := fields.one_of("score", "rating", "similarity"):
            made["rating"] = fields.number(name, 0.0)
        return finished(fields, Kind.EMBED, made)
    made = {"prompt": fields.text("query", "question", "anchor")}
    made["references"] = fields.texts("positives", "positive", "pos")
    if name := fields.one_of("negatives", "negative", "neg"):
        made["wrong"] = fields.texts(name)
    return finished(fields, Kind.EMBED, made)


MAKERS = {
    Kind.EMBED: embed,
    Kind.CHOICE: choice,
    Kind.GENERATE: generate,
    Kind.SEQUENCE: sequence,
    Kind.CODE: code,
    Kind.CALL: call,
    Kind.PAIR: pair,
}


def kind_of(columns: Mapping[str, object]) -> Kind | None:
    """The kind that a row's columns suggest; None when they suggest none."""
    there = {name for name, value in columns.items() if not is_missing(value)}
    tests = (
        (Kind.CALL, bool(there & {"functions", "function", "tools"})),
        (Kind.CODE, bool(there & {"test", "tests", "test_list"})),
        (Kind.PAIR, {"a", "b"} <= there or {"chosen", "rejected"} <= there),
        (
            Kind.CHOICE,
            bool(there & {"choices", "classes", "options", "target_scores"})
            or {"true", "false"} <= there
            or (isinstance(columns.get("answers"), list) and bool(there & {"label", "ambig"})),
        ),
        (Kind.EMBED, "query" in there and bool(there & {"positives", "positive", "pos"})),
        (Kind.EMBED, {"sentence1", "sentence2", "score"} <= there),
        (Kind.SEQUENCE, bool(there & {"completion", "continuation"})),
        (Kind.GENERATE, bool(there & set(ANSWER)) or {"problem", "solution"} <= there),
        (Kind.SEQUENCE, "text" in there),
    )
    return next((kind for kind, fits in tests if fits), None)

"""How a prompt is taken apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.parts import (
    PartKind,
    PartLevel,
    by_example,
    by_message,
    by_sentence,
    by_source,
    parts_at,
    selection,
)
from workbench.core.rendered import Message, Rendered, Span


def rendered(*pieces: tuple[str, str, int | None], roles: tuple[str, ...] = ()) -> Rendered:
    """A prompt from (text, source, message)."""
    spans, at = [], 0
    for text, source, message in pieces:
        spans.append(Span(at, at + len(text), source, message))
        at += len(text)
    messages = tuple(Message(role, "") for role in roles)
    return Rendered("".join(p[0] for p in pieces), tuple(spans), messages)


CHAT = rendered(
    ("<s><|system|>\n", "special", None),
    ("Be brief.", "literal", 0),
    ("<|end|>\n<|user|>\n", "special", None),
    ("Read this: ", "literal", 1),
    ("The sky.", "variable:context", 1),
    ("\nNow say ", "literal", 1),
    ("why", "variable:question", 1),
    (" and ", "literal", 1),
    ("The sky.", "variable:context", 1),
    ("<|end|>\n<|assistant|>\n", "special", None),
    roles=("system", "user"),
)


def test_by_source_gives_variables_everywhere_and_whole_literal_messages() -> None:
    parts = by_source(CHAT)
    assert [(p.kind, p.source, p.label) for p in parts] == [
        (PartKind.MESSAGE, "message:0", "system"),
        (PartKind.WORDS, "literal", "words of user"),
        (PartKind.VARIABLE, "variable:context", "{{context}}"),
        (PartKind.VARIABLE, "variable:question", "{{question}}"),
    ]
    assert parts[2].text(CHAT.text) == "The sky.The sky."
    assert parts[1].text(CHAT.text) == "Read this: \nNow say  and "
    assert len(parts[2].spans) == 2


def test_by_message_takes_everything_of_a_message() -> None:
    parts = by_message(CHAT)
    assert [p.label for p in parts] == ["system", "user"]
    assert parts[1].text(CHAT.text) == "Read this: The sky.\nNow say why and The sky."


def test_roles_that_occur_twice_are_numbered() -> None:
    twice = rendered(("a", "literal", 0), ("b", "literal", 1), roles=("user", "user"))
    assert [p.label for p in by_message(twice)] == ["user 1", "user 2"]


def test_examples_alone() -> None:
    shots = rendered(
        ("Q: ", "literal", None), ("x", "example:0", None), ("\n", "literal", None),
        ("Q: ", "literal", None), ("y", "example:1", None), ("\nQ: ", "literal", None),
    )  # fmt: skip
    assert [(p.source, p.label) for p in by_example(shots)] == [
        ("example:0", "example 1"),
        ("example:1", "example 2"),
    ]


def test_sentences_and_lines_keep_the_white_space_behind_them() -> None:
    text = rendered(("One here. Two there!\nA line\n\n  - item 3.5 of 4\nlast", "literal", None))
    parts = by_sentence(text)
    assert [p.text(text.text) for p in parts] == [
        "One here. ",
        "Two there!\n",
        "A line\n\n",
        "  - item 3.5 of 4\n",
        "last",
    ]
    assert parts[0].label == "“One here.”"
    assert parts[2].label == "line “A line”"


def test_chinese_sentences_need_no_space() -> None:
    text = rendered(("今天下雨。我们在家！好", "literal", None))
    assert [p.text(text.text) for p in by_sentence(text)] == ["今天下雨。", "我们在家！", "好"]


def test_a_variable_in_a_sentence_does_not_cut_it() -> None:
    assert [p.text(CHAT.text) for p in by_sentence(CHAT)] == [
        "Be brief.",
        "Read this: The sky.\n",
        "Now say why and The sky.",
    ]


@given(
    st.lists(
        st.tuples(
            st.text('aB .!?\n。"”…', max_size=30),
            st.sampled_from(["literal", "special", "variable:x"]),
            st.sampled_from([None, 0, 1]),
        )
    )
)
def test_sentences_tile_what_is_not_the_templates(
    pieces: list[tuple[str, str, int | None]],
) -> None:
    prompt = rendered(*pieces)
    covered = [i for p in by_sentence(prompt) for a, b in p.spans for i in range(a, b)]
    own = [i for s in prompt.spans if s.source != "special" for i in range(s.start, s.end)]
    assert covered == own


def test_too_many_sentences_are_taken_together() -> None:
    text = rendered(("".join(f"Line {i}\n" for i in range(100)), "literal", None))
    parts = by_sentence(text, limit=20)
    assert len(parts) == 20
    assert "".join(p.text(text.text) for p in parts) == text.text


def test_auto_is_by_source_only_when_that_says_enough() -> None:
    assert parts_at(CHAT, PartLevel.AUTO) == by_source(CHAT)
    plain = rendered(("One. Two. Three.", "literal", None))
    assert len(parts_at(plain, PartLevel.AUTO)) == 3


def test_a_selection_may_lie_anywhere() -> None:
    part = selection(CHAT, 9, 2)
    assert part.spans == ((2, 9),)
    assert selection(CHAT, 14, 16).message == 0
    assert selection(CHAT, 0, 10**6).spans == ((0, len(CHAT.text)),)


def test_nothing_has_no_parts() -> None:
    for level in PartLevel:
        assert parts_at(Rendered("", ()), level) == ()

"""The HTML page of runs: nothing is lost, nothing is fetched, columns and grounds are right."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.core.errors import UserError
from workbench.export.base import chosen
from workbench.export.html_reply import STEPS, TINTS, Shown, ground, reply_html, shown
from workbench.export.run_formats import run_formats
from workbench.export.token_text import groups
from workbench.export.visible import visible


def token(text: str, logprob: float | None = -0.5, rank: int = 0) -> dict[str, Any]:
    """A token of a document."""
    spelled = text.encode("utf-8", "replace").hex()
    return {"text": text, "bytes": spelled, "logprob": logprob, "rank": rank, "entropy": 1.25}


def document(*replies: str, **changes: object) -> dict[str, Any]:
    """A run whose replies are a token for every word."""
    samples = [
        {"text": text, "finish_reason": "stop", "tokens": [token(t) for t in re.split("( )", text)]}
        for text in replies
    ]
    return {
        "run_id": "01abc",
        "prompt_name": "Tale",
        "model": {"name": "demo", "quantization": "Q8_0"},
        "seed": 3,
        "prompt": "Say it",
        "sampling": {"temperature": 0.5, "top_k": 4},
        "samples": samples,
        **changes,
    }


class Page(HTMLParser):
    """What a page holds: its texts, and every address it names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside: dict[str, list[str]] = {"ins": [], "del": [], "pre": []}
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "link"):
            self.open.append(tag)
        if tag in self.inside:
            self.inside[tag].append("")
        self.addresses += [v or "" for k, v in attrs if k in ("src", "href", "action", "data")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        for tag, found in self.inside.items():
            if tag in self.open:
                found[-1] += data


def page(documents: list[dict[str, Any]], **options: str | bool) -> Page:
    """The page of the runs."""
    out = io.BytesIO()
    made = run_formats().get("html")
    made.write(iter(documents), out, chosen("html", made.options, options))
    return Page(out.getvalue().decode())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["1", "2"]))
def test_a_page_asks_for_nothing_and_shows_every_character(one: str, two: str, n: str) -> None:
    texts = [f"<script>{one}</script>", f"<script>{two}</script>"]
    found = page([document(text) for text in texts], columns=n, differences=False)
    assert "script" not in found.tags
    assert found.addresses == ["data:,"]
    assert found.open == []
    joined = "".join(found.texts)
    for text in texts:
        assert visible(text) in joined


@settings(max_examples=200, deadline=None)
@given(st.text("ab c\n", max_size=30), st.text("ab c\n", max_size=30))
def test_marks_take_nothing_away(text: str, base: str) -> None:
    tokens = tuple(token(text[n : n + 2]) for n in range(0, len(text), 2))
    html = reply_html(Shown(text, tokens), "probability", Shown(base))
    without_gone = Page(re.sub("<del>.*?</del>", "", html, flags=re.DOTALL))
    without_new = Page(re.sub("<ins>.*?</ins>", "", html, flags=re.DOTALL))
    assert "".join(without_gone.texts) == text
    assert "".join(without_new.texts) == base


def test_columns_mark_what_differs_from_the_first() -> None:
    rows = [document("the red cat sat"), document("the blue cat sat down", run_id="2")]
    found = page(rows, columns="2")
    assert found.inside["del"] == ["struck out", "red"]
    assert found.inside["ins"][0] == "Underlined"
    assert "".join(found.inside["ins"][1:]) == "blue down"
    assert found.inside["pre"][0] == "Say it"
    assert len(found.inside["pre"]) == 3


def test_prompts_that_differ_stand_in_their_columns_and_settings_in_a_table() -> None:
    rows = [
        document("a", prompt="one"),
        document("a", prompt="two", sampling={"temperature": 0.9, "top_k": 4}),
        document("a", prompt="three"),
    ]
    found = page(rows, columns="2")
    assert found.inside["pre"] == ["one", "a", "two", "a", "three", "a"]
    joined = "".join(found.texts)
    assert "temperature0.50.9" in joined
    assert "top_k" not in joined


def test_several_replies_meet_the_reply_of_the_same_number() -> None:
    found = page([document("a b", "c d"), document("a b", "c e")], columns="2")
    assert found.inside["del"][1:] == ["d"]
    assert found.inside["ins"][1:] == ["e"]


def test_a_character_of_several_tokens_is_whole() -> None:
    parts: list[dict[str, Any]] = [
        {"text": "\ufffd", "bytes": byte, "logprob": -1.0, "rank": 2} for byte in ("f0", "9f")
    ]
    parts += [{"text": "\ufffd", "bytes": b, "logprob": -9.0, "rank": 2} for b in ("99", "82")]
    parts.append({"text": "\ufffd", "bytes": "ff", "logprob": None, "rank": None})
    assert [(group.text, len(group.tokens)) for group in groups(parts)] == [
        ("🙂", 4),
        ("\ufffd", 1),
    ]
    reply = shown({"text": "🙂", "tokens": parts})
    html = reply_html(reply, "probability")
    assert f"t h{STEPS - 1}" in html
    assert "🙂" in html
    assert "not scored" in html


@pytest.mark.parametrize("tint", TINTS)
def test_grounds_grow_with_what_they_show(tint: str) -> None:
    quiet = {"logprob": -0.0, "rank": 0, "entropy": 0.0}
    loud = {"logprob": -50.0, "rank": 10**6, "entropy": 11.0}
    expected = (None, None) if tint == "none" else (0, STEPS - 1)
    assert (ground(tint, quiet), ground(tint, loud)) == expected
    assert ground(tint, {"logprob": None, "rank": None, "entropy": None}) is None


def test_control_characters_are_pictures() -> None:
    found = page([document("a\x00b\x1b[31m\r\x85")])
    assert found.inside["pre"][1] == "a␀b␛[31m␍\ufffd"


def test_stripped_texts_say_so() -> None:
    assert "cut out" in "".join(page([document("a", stripped=["prompt_tokens"])]).texts)


def test_an_unknown_option_is_refused_by_name() -> None:
    made = run_formats().get("html")
    with pytest.raises(UserError, match="no option column"):
        chosen("html", made.options, {"column": "2"})
    with pytest.raises(UserError, match="columns of html is 1, 2, 3, 4"):
        chosen("html", made.options, {"columns": "9"})

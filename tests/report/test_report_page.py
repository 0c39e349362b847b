"""The report is one sound file: well formed, self-contained, whatever models wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.reports import NASTY, metric, report

from workbench.core.metric import Aggregate
from workbench.experiments.plot_data.board import board
from workbench.experiments.report.axis import Axis, span_of, tick_text
from workbench.experiments.report.charts import Row, interval_chart, version_chart
from workbench.experiments.report.from_evaluation import board_entries
from workbench.experiments.report.render import board_html, report_html
from workbench.experiments.report.svg import clean, shortened
from workbench.experiments.report.tables import score_cell

_VOID = {"meta", "br", "img", "link", "input", "hr"}


class Checker(HTMLParser):
    """Fails on tags that do not nest; collects names, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def checked(html: str) -> Checker:
    """The page, if it is sound and asks nobody for anything."""
    found = Checker()
    found.feed(html)
    found.close()
    assert found.open == []
    assert not {"script", "img", "link", "iframe", "object", "image", "use"} & set(found.tags)
    for name, value in found.attributes:
        assert not name.startswith("on")
        assert name != "src"
        assert name != "href" or value.startswith("#")
    style = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
    assert "url(" not in style
    assert "@import" not in style
    ids = [value for name, value in found.attributes if name == "id"]
    links = [value[1:] for name, value in found.attributes if name == "href"]
    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)
    for drawing in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        ET.fromstring(drawing)  # noqa: S314  # our own drawing
    html.encode("utf-8")
    return found


def test_a_report_with_everything() -> None:
    found = checked(report_html(report(), "today"))
    for title in (
        "What was asked",
        "Scores",
        "Is the difference noise?",
        "By group",
        "Stability",
        "Repeats",
        "Over prompts",
        "Size against score",
        "Calibration",
        "Confusion",
        "Item by item",
        "Items",
        "What the numbers say",
    ):
        assert title in found.text, title
    assert any("default-src 'none'" in value for _, value in found.attributes)
    assert "<img src=http://evil.example/x" in found.text  # as text, not as a tag
    assert "unlikely to be noise" in found.text or "may well be noise" in found.text
    assert "One row was left out." in found.text
    assert "every group alike" in found.text
    certain = replace(report().pairs[0].result, p=1e-9)
    pair = replace(report().pairs[0], result=certain)
    assert '<td class="n" title="McNemar exact">&lt; 0.001</td>' in report_html(
        replace(report(), pairs=(pair,)), "today"
    )


def test_whether_the_order_of_models_depends_on_the_prompt() -> None:
    data = report()
    small, large = (subject.aggregates for subject in data.subjects[:2])
    same = (
        *data.subjects[:2],
        replace(data.subjects[2], aggregates=small),
        replace(data.subjects[3], aggregates=large),
    )
    alone = replace(data, subjects=same)
    words = checked(report_html(alone, "today")).text
    assert "The order of the models by accuracy is the same with every prompt." in words
    swapped = (
        *data.subjects[:2],
        replace(data.subjects[2], aggregates=large),
        replace(data.subjects[3], aggregates=small),
    )
    words = checked(report_html(replace(data, subjects=swapped), "today")).text
    assert "In 100% of comparisons the model that leads with plain" in words


def test_how_an_interval_was_made_is_said_with_names_as_names() -> None:
    def tip(method: str) -> str:
        return score_cell(Aggregate(0.5, 0.25, 0.75, 10, 0, method)).hint

    assert tip("wilson") == "10 items; Wilson"
    assert tip("cluster bootstrap") == "10 items; cluster bootstrap"


def test_a_report_with_one_subject_and_few_items() -> None:
    data = report(4)
    alone = replace(data, subjects=data.subjects[:1], pairs=())
    found = checked(report_html(alone, "today"))
    assert "Is the difference noise?" not in found.text
    assert "Size against score" not in found.text
    empty = replace(data, subjects=(), items=(), pairs=(), metrics=())
    assert "What was asked" in checked(report_html(empty, "today")).text


def test_many_items_and_groups_stay_readable() -> None:
    data = report(1200)
    items = tuple(replace(item, group=f"g{n % 60}") for n, item in enumerate(data.items))
    html = report_html(replace(data, items=items), "today")
    found = checked(html)
    assert "The first 500 of 1,200 items" in found.text
    assert "The first 40 of 60 groups are drawn" in found.text
    assert len(html) < 3_000_000


def test_a_leaderboard_with_its_reports() -> None:
    one, two = report(), replace(report(), task="second quiz")
    entries = [e for data in (one, two) for e in board_entries(data, 1, 5)]
    found = checked(board_html(board(entries), [one, two], "today"))
    assert "second quiz, 5-shot" in found.text
    assert "mean" in found.text
    assert found.text.count("What was asked") == 2


@settings(deadline=None)
@given(st.text())
def test_any_text_is_safe(text: str) -> None:
    shown = clean(text)
    assert "<" not in shown
    assert '"' not in shown
    ET.fromstring(f"<p>{shown}</p>".encode())  # noqa: S314  # our own text
    assert len(shortened(text, 10)) <= 10


@settings(deadline=None)
@given(
    st.floats(-1e12, 1e12),
    st.floats(1e-9, 1e12),
    st.integers(2, 9),
)
def test_ticks_lie_on_the_axis(low: float, span: float, most: int) -> None:
    axis = Axis(low, low + span, 0.0, 100.0)
    ticks = axis.ticks(most)
    assert len(ticks) <= most + 1
    assert ticks == sorted(ticks)
    assert all(-0.5 <= axis.at(tick) <= 100.5 for tick in ticks)
    assert all(tick_text(tick) for tick in ticks)


@settings(deadline=None)
@given(st.floats(1, 1e13), st.floats(1.01, 1e5))
def test_ticks_of_sizes(low: float, factor: float) -> None:
    axis = Axis(low, low * factor, 0.0, 100.0, log=True)
    ticks = axis.ticks()
    assert all(low * 0.99 <= tick <= low * factor * 1.01 for tick in ticks)
    assert len(ticks) <= 8
    assert axis.at(low) == 0.0
    assert axis.at(low * factor) == pytest.approx(100.0)


def test_where_an_axis_begins() -> None:
    assert span_of([0.2, 0.4], 0.0, 1.0) == (0.0, 1.0)
    low, high = span_of([100.0, 200.0], None, None)
    assert 50 < low < 100
    assert 200 < high < 250
    assert span_of([100.0, 200.0], None, None, whole=True)[0] == 0.0
    assert span_of([-5.0], None, None, whole=True)[0] < -5.0
    assert span_of([], None, None) == (0.0, 1.0)
    assert span_of([3.0, 3.0], 0.0, None)[0] >= 0.0


def test_what_was_not_scored_is_said_and_not_drawn_at_zero() -> None:
    nothing = Aggregate(None, None, None, 0, 5, reason="No reply.")
    drawing = interval_chart(
        metric(), [Row("a", nothing), Row("b", Aggregate(0.5, 0.4, 0.6, 9, 0))]
    )
    assert drawing.count("not scored") == 1
    assert drawing.count("<circle") == 1
    versions = version_chart(metric(), ["v1", "v2"], [[Row("a", nothing), Row("a", nothing)]])
    assert "<circle" not in versions


def test_the_same_evaluation_gives_the_same_file() -> None:
    assert report_html(report(), "today") == report_html(report(), "today")
    assert NASTY not in report_html(report(), "today")

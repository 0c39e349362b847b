"""Reports as HTML: of one evaluation, or of several with a leaderboard in front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.experiments.plot_data.board import Board
from workbench.experiments.report.board_section import board_section
from workbench.experiments.report.item_sections import item_sections_of
from workbench.experiments.report.page import Chapter, Section, page, paragraph, table
from workbench.experiments.report.sections import sections_of
from workbench.experiments.report.values import ReportData


def report_html(data: ReportData, made: str) -> str:
    """The report of one evaluation. `made` says when, by what: "… with workbench 0.1.0"."""
    return page(data.task, _lead([data], made), [facts_section(data), *_all(data)])


def board_html(board: Board, reports: Sequence[ReportData], made: str) -> str:
    """A leaderboard, and behind it the report of every evaluation."""
    parts: list[Section | Chapter] = [board_section(board)]
    for place, data in enumerate(reports):
        own = (facts_section(data), *_all(data))
        sections = tuple(replace(one, anchor=f"e{place}-{one.anchor}") for one in own)
        parts.append(Chapter(f"e{place}", data.task, sections))
    return page("Leaderboard", _lead(reports, made), parts)


def _all(data: ReportData) -> list[Section]:
    if not data.subjects or not data.metrics:
        return []
    return [*sections_of(data), *item_sections_of(data)]


def _lead(reports: Sequence[ReportData], made: str) -> str:
    models = sorted({subject.model for data in reports for subject in data.subjects})
    items = sum(len(data.items) for data in reports)
    words = f"{items:,} items, {len(models)} model{'' if len(models) == 1 else 's'}. {made}"
    warnings = "".join(paragraph(f"{d.task}: {note}", "warn") for d in reports for note in d.notes)
    return paragraph(words, "muted") + warnings


def facts_section(data: ReportData) -> Section:
    """What made this evaluation."""
    rows = [[name, value] for name, value in data.facts.items() if value]
    return Section("facts", "What was asked", table(["", ""], rows))

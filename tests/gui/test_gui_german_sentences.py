"""Sentences that the rooms below make, as a German window says them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.core.errors import UserError
from workbench.core.replay import Aspect, Changed, FirstDifference, judge
from workbench.core.sampling import PARAMETERS
from workbench.experiments.evaluate.assertions import INFO as ASSERTIONS
from workbench.experiments.suites import bundled_suites
from workbench.gui.compare_runs.checks import message
from workbench.gui.dialogs.loss_words import loss_words
from workbench.gui.experiments.task_list import _CHOICE, TaskList
from workbench.gui.said import pattern_of, said_error, tr_parts, tr_said
from workbench.gui.translate import tr
from workbench.metrics.registry import built_in_metrics


def test_captions_are_said_part_by_part_and_names_stay(german: QApplication) -> None:
    assert (
        tr_parts("another token at 8 · 42 tokens · stop")
        == "anderes Token bei 8 · 42 Token · Stopp"
    )
    assert tr_parts("history · 51 tokens · running", first=1) == "history · 51 Token · läuft"
    assert tr_parts("4 replies together") == "4 Antworten zusammen"


def test_a_unit_belongs_to_a_figure_only(german: QApplication) -> None:
    assert tr_said("1,024 tokens") == "1,024 Token"
    assert tr_said("my tokens") == "my tokens"
    assert pattern_of("{0} tokens").fullmatch("1.5e-05 tokens") is not None


def test_several_sentences_are_said_one_by_one(german: QApplication) -> None:
    said = tr_said(
        "big and small have the same mean on 30 items (95 % interval of the difference −0.2 to "
        "+0.2). This may well be noise (p = 1, p = 1 after correction for many comparisons)."
    )
    assert said == (
        "big und small haben denselben Mittelwert über 30 Items (95-%-Intervall des Unterschieds "
        "−0.2 bis +0.2). Das kann gut Rauschen sein (p = 1, p = 1 nach Korrektur für viele "
        "Vergleiche)."
    )
    mixed = tr_said("Nobody ever wrote this. The system does not tell what is free.")
    assert mixed == "Nobody ever wrote this. Das System sagt nicht, was frei ist."


def test_errors_are_said_with_both_sentences(german: QApplication) -> None:
    error = UserError("demo.gguf is not a GGUF file.", "Download it again.")
    assert said_error(error) == "demo.gguf ist keine GGUF-Datei. Noch einmal herunterladen."
    assert said_error(ValueError("as it came")) == "as it came"


def test_a_replay_that_came_out_the_same(german: QApplication) -> None:
    threads = Changed(Aspect.THREADS, "1", "4")
    said = message(judge("r1", None, [threads], 51, 0.0))
    assert said.text == (
        "Identisch. 51 gezogene Token, alle dieselben. Ihre Wahrscheinlichkeiten sind bis aufs "
        "letzte Bit dieselben. Etwas hat sich trotzdem geändert: Threads."
    )
    assert "Threads: damals 1, jetzt 4" in said.details


@pytest.mark.parametrize("drift", [0.0, 1e-6, 0.4, None])
@pytest.mark.parametrize("aspect", [None, *Aspect])
def test_no_verdict_of_a_replay_is_left_in_english(
    german: QApplication, aspect: Aspect | None, drift: float | None
) -> None:
    first = FirstDifference(0, 3, 7, 8, " a", " b", 0.5, 0.4, 0.2)
    changed = [] if aspect is None else [Changed(aspect, "1", "2")]
    for difference in (first, None):
        said = message(judge("r1", difference, changed, 3, drift))
        words = set(f"{said.text} {said.hint} {said.details}".split())
        assert not words & {"the", "is", "now", "then", "different", "changed", "moved", "by"}


def test_what_a_format_leaves_out(german: QApplication) -> None:
    assert loss_words("The description, the tags and 2 rows of test data.") == (
        "Die Beschreibung, die Tags und 2 Zeilen Testdaten."
    )
    assert loss_words("The settings: seed 41.") == "Die Einstellungen: Seed 41."
    assert loss_words("The tags.") == "Die Tags."
    assert loss_words("Something nobody wrote.") == "Something nobody wrote."


def test_bundled_tasks_are_told_in_german_and_found_in_both_languages(
    german: QApplication, qtbot: QtBot
) -> None:
    suites = bundled_suites()
    tasks = TaskList(suites)
    qtbot.addWidget(tasks)
    families = [tasks.tree.topLevelItem(n) for n in range(tasks.tree.topLevelItemCount())]
    assert "Lesen und Sprache" in [family.text(0) for family in families if family is not None]
    memo = next(item for item in tasks._items() if item.data(0, _CHOICE).suite.name == "memo-trap")
    assert memo.text(0) == memo.data(0, _CHOICE).name == "Zitatfalle"
    assert memo.toolTip(0).startswith("Die Anweisung gegen das Ende eines bekannten Spruchs")
    for words in ("Zitatfalle", "memo trap", "well-known saying"):
        tasks._filter(words)
        assert [i.text(0) for i in tasks._items() if not i.isHidden()] == ["Zitatfalle"]
    for suite in suites:
        for text in (suite.family, suite.title, suite.description):
            assert tr(text) != text or text == "Demo: JSON"


def test_no_explanation_of_a_parameter_or_a_metric_is_left_in_english(
    german: QApplication,
) -> None:
    metrics = [*(metric.info for metric in built_in_metrics()), ASSERTIONS]
    texts = [parameter.help for parameter in PARAMETERS.values()]
    texts += [text for info in metrics for text in (info.means, info.means_not)]
    assert [text for text in texts if text and tr(text) == text] == []

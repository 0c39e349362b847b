"""The code of the page "Extending": run as it stands, and short."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.exporting import LIBRARY, LOADED
from support.guide import HELP, fenced

from workbench.core.metric import Evidence
from workbench.core.sampling import Sampling
from workbench.core.task import BadRow, Item, Kind
from workbench.experiments.export_prompt import OnModel, export_prompt
from workbench.experiments.tasks.fields import Fields
from workbench.experiments.tasks.reader import Look, Source
from workbench.experiments.tasks.rows import BadField, Row
from workbench.metrics.scoring import aggregate, score
from workbench.metrics.user import file_metric
from workbench.templates.prompt_file import parse_prompt
from workbench.templates.render import render_prompt
from workbench.templates.variables import coerce_values

PAGE = HELP / "extending.md"
MOST_LINES = 30


def run(title: str) -> dict[str, Any]:
    """What a block of the page defines."""
    names: dict[str, Any] = {"__name__": "guide"}
    exec(compile(fenced(PAGE, title), f"extending.md: {title}", "exec"), names)  # noqa: S102  # our own page
    return names


@pytest.mark.parametrize("title", ["metric", "built-in metric", "exporter", "task reader"])
def test_each_is_under_thirty_lines(title: str) -> None:
    assert len(fenced(PAGE, title).splitlines()) < MOST_LINES


def test_the_metric_scores_in_the_sandbox(tmp_path: Path) -> None:
    file = tmp_path / "brevity.py"
    file.write_text(fenced(PAGE, "metric"), encoding="utf-8")
    metric = file_metric(file)
    assert (metric.info.label, metric.info.low, metric.info.high) == ("Brevity", 0, 1)
    assert score(metric, Evidence(prediction="Rome", references=("Paris",))).value == 1.0
    assert score(metric, Evidence(prediction="x" * 10, references=("Paris",))).value == 0.5
    assert score(metric, Evidence(prediction="Rome")).value is None


def test_the_built_in_metric_scores_one_and_many() -> None:
    metric = run("built-in metric")["BREVITY"]
    items = [Evidence(prediction="a" * n, references=("ab",)) for n in (2, 4)]
    assert aggregate(metric, items).value == pytest.approx(0.75)
    missing = score(metric, Evidence(prediction="a"))
    assert missing.value is None
    assert "reference" in missing.reason


def test_the_exporter_writes_and_says_what_is_lost() -> None:
    prompt = parse_prompt("messages: [{role: user, content: 'Hello {{ who }}.'}]\n", "hello")
    filled = coerce_values(prompt, {"who": "Zoe"}, LIBRARY)
    made = export_prompt(
        run("exporter")["FORMAT"],
        prompt,
        filled,
        sampling=Sampling(temperature=0.1),
        seed=None,
        fragments=LIBRARY,
        on_model=lambda: OnModel(render_prompt(prompt, filled, None, fragments=LIBRARY), LOADED),
        options=None,
    )
    assert made.text == "[user]\nHello Zoe.\n"
    assert any("temperature" in loss for loss in made.losses)


def test_the_reader_knows_its_files_and_names_a_bad_row() -> None:
    reader = run("task reader")["FLASH_CARDS"]
    rows = (Row(1, {"front": "2 + 2", "back": "4", "deck": "sums"}), Row(2, {"front": "3 + 3"}))
    bad: list[BadRow] = []
    source = Source(Path("cards.jsonl"), Kind.GENERATE, {}, bad.append)
    assert reader.fits(Look(Path("cards.jsonl"), "jsonl", {}, rows[:1], None))
    assert not reader.fits(Look(Path("cards.jsonl"), "jsonl", {}, rows, None))
    assert list(reader.items(source, Fields(rows[0]))) == [
        Item(
            "1",
            Kind.GENERATE,
            1,
            variables={"question": "2 + 2"},
            references=("4",),
            group="sums",
        )
    ]
    with pytest.raises(BadField, match="back"):
        list(reader.items(source, Fields(rows[1])))

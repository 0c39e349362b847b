"""The parts of a sweep that need no engine: values, grids, figures, files, wishes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.paths import Profile
from workbench.core.sampling import PARAMETERS, Sampling
from workbench.engine.pool import EnginePool
from workbench.experiments.session import Session, open_session
from workbench.experiments.sweep import Cell
from workbench.experiments.sweep_files import sweep_csv
from workbench.experiments.sweep_grid import View, first_view, grid_of
from workbench.experiments.sweep_numbers import NUMBERS
from workbench.experiments.sweep_plan import Axis, SweepPlan, checked
from workbench.experiments.sweep_scores import Figures, answers, known_figures
from workbench.experiments.sweep_values import as_text, axis_values
from workbench.experiments.sweep_wish import FIRST, NOW, SweepWish, choices_of, plan_of, wish_of
from workbench.history.versions import PromptVersions
from workbench.templates.prompt_file import parse_prompt, raw_prompt

SOURCE = """name: Capitals
variables:
  country: {type: text, default: Norway}
text: "What is the capital of {{ country }}?"
testData:
  - {country: Kenya, expected: Nairobi}
  - {country: Greece, expected: [Athens, Athina]}
  - {country: Kenya, ideal: Nairobi City}
  - {country: Peru}
"""


def plan_with(*axes: Axis, **more: object) -> SweepPlan:
    made = SweepPlan(
        axes=axes,
        models=(Path("model.gguf"),),
        prompts=(parse_prompt(SOURCE, "capitals"),),
        values={},
        sampling=Sampling(),
        seed=7,
        n_samples=2,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def cell_with(plan: SweepPlan, index: int, *texts: str, error: str = "") -> Cell:
    return Cell(index, plan.at(index), f"run{index}", {"tokens": 3.5}, texts, error)


T = Axis("temperature", ("0", "0.5", "1"))
P = Axis("top_p", ("0.8", "1"))
K = Axis("top_k", ("5", "40", "100", "0"))
V = Axis("var:country", ("Kenya", "Greece", "Peru"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0:1:0.25", ("0", "0.25", "0.5", "0.75", "1")),
        ("-1:1:1", ("-1", "0", "1")),
        (" a , b ,, c", ("a", "b", "c")),
        ('["a, b", 2, true, null]', ("a, b", "2", "true", "null")),
        ("", ()),
    ],
)
def test_values_as_people_write_them(text: str, values: tuple[str, ...]) -> None:
    assert axis_values("x", text) == values


@pytest.mark.parametrize("text", ["1:0:1", "0:1:0", "0:1000000:0.1", "1.2.3:4:5", "[1", "[1, 2]]"])
def test_values_that_are_none(text: str) -> None:
    with pytest.raises(UserError, match=r"^x: "):
        axis_values("x", text)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6).map(tuple))
def test_values_are_read_as_they_are_written(values: tuple[str, ...]) -> None:
    said = as_text(values)
    if not said.lstrip().startswith("[") or said.startswith("["):
        plain = ", ".join(values) == said
        assert axis_values("x", said) == values or (plain and _looks_special(said))


def _looks_special(text: str) -> bool:
    """One value alone may look like a range or the beginning of a list."""
    return ":" in text or text.lstrip().startswith("[")


def test_every_cell_stands_once_in_the_heatmaps() -> None:
    plan = plan_with(T, P, K)
    view = first_view(plan)
    assert view == View("top_k", "temperature", "top_p")
    grid = grid_of(plan, view)
    cells = [cell for face in grid.faces for line in face.cells for cell in line]
    assert sorted(cells) == list(range(24))
    for face in grid.faces:
        for row, line in zip(grid.rows, face.cells, strict=True):
            for column, cell in zip(grid.columns, line, strict=True):
                assert plan.at(cell) == {"top_k": column, "temperature": row, "top_p": face.title}


def test_axes_that_are_not_shown_are_held() -> None:
    plan = plan_with(T, P, K, V)
    grid = grid_of(plan, View("temperature", fixed={"top_k": "40", "top_p": "no such"}))
    assert grid.fixed == {"top_p": "0.8", "top_k": "40", "var:country": "Kenya"}
    (face,) = grid.faces
    assert [plan.at(cell)["top_k"] for cell in face.cells[0]] == ["40"] * 3
    for view in (View("min_p"), View("top_p", "top_p")):
        with pytest.raises(UserError):
            grid_of(plan, view)


def test_a_list_is_one_row() -> None:
    plan = plan_with(T, replace(P, values=("0.8", "0.9", "1")), is_list=True)
    grid = grid_of(plan, first_view(plan))
    assert grid.columns == ("0 · 0.8", "0.5 · 0.9", "1 · 1")
    assert grid.faces[0].cells == ((0, 1, 2),)
    assert first_view(plan_with(Axis("top_p", ("1",)))) == View("top_p")


def test_right_answers_come_from_the_row_with_the_cells_variables() -> None:
    prompt = parse_prompt(SOURCE, "capitals")
    assert answers(prompt, {"country": "Kenya"}) == ("Nairobi", "Nairobi City")
    assert answers(prompt, {"country": "Greece"}) == ("Athens", "Athina")
    assert answers(prompt, {"country": "Peru"}) == ()
    assert answers(raw_prompt("Hi"), {}) == ()


def test_figures_of_cells() -> None:
    plan = plan_with(V)
    figures = Figures(plan)
    kenya = cell_with(plan, 0, "It is Nairobi.", "Oslo")
    assert figures.of(kenya, "contains").value == 0.5
    assert figures.of(kenya, "tokens").value == 3.5
    assert figures.of(kenya, "entropy").value is None
    peru = figures.of(cell_with(plan, 2, "Lima"), "contains")
    assert peru.value is None
    assert "testData" in peru.reason
    failed = figures.of(cell_with(plan, 1, error="It died."), "contains")
    assert (failed.value, failed.reason) == (None, "It died.")
    with pytest.raises(UserError, match="no number bloo"):
        figures.of(kenya, "bloo")
    names = known_figures()
    assert list(names)[: len(NUMBERS)] == list(NUMBERS)
    assert {"exact_match", "bleu", "rouge_l", "chrf"} <= names.keys()
    assert "accuracy" not in names or names["accuracy"].help
    assert not {"perplexity_of_judge", "pass_at_k", "ece"} & names.keys()


def test_a_table_for_spreadsheets() -> None:
    plan = plan_with(V)
    cells = {
        0: cell_with(plan, 0, "=SUM(A1)", "-5"),
        2: cell_with(plan, 2, error="@broken"),
        1: cell_with(plan, 1, "two\nlines, and a comma"),
    }
    text = sweep_csv(plan, cells, Figures(plan), ["tokens", "contains"])
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["cell"] for row in rows] == ["0", "1", "2"]
    assert [row["var:country"] for row in rows] == ["Kenya", "Greece", "Peru"]
    assert rows[0]["reply_1"] == "'=SUM(A1)"
    assert rows[0]["reply_2"] == "-5"
    assert rows[1]["reply_1"] == "two\nlines, and a comma"
    assert (rows[1]["tokens"], rows[1]["contains"], rows[1]["reply_2"]) == ("3.5", "0.0", "")
    assert (rows[2]["tokens"], rows[2]["error"]) == ("", "'@broken")


@pytest.fixture
def session(own_profile: Profile) -> Iterator[Session]:
    opened, _ = open_session(own_profile, EnginePool())
    yield opened
    opened.close()


def test_what_can_be_swept_and_the_plan_of_a_wish(
    session: Session, demo_model: Path, own_profile: Profile
) -> None:
    path = own_profile.prompts / "capitals.prompt.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SOURCE, encoding="utf-8")
    older = SOURCE.replace("What is", "Name")
    versions = PromptVersions(session.store)
    versions.save("capitals.prompt.yml", older).result()
    versions.save("capitals.prompt.yml", SOURCE).result()
    prompt = parse_prompt(SOURCE, "capitals", path)
    prepared = session.prepare(demo_model, EngineSettings(n_ctx=512), prompt, {"country": "Peru"})
    choices = choices_of(session, prepared)
    assert choices.names[0] in PARAMETERS
    assert choices.known["model"][0] == demo_model.stem
    assert set(choices.known["prompt"]) == {NOW, "v1", "v2"}
    assert choices.values["var:country"] == "Peru"
    for name in ("min_p", "mirostat", "repeat_last_n"):
        assert len(axis_values(name, choices.values[name])) >= 2
    wish = SweepWish((("prompt", "now, v1"), ("model", "demo-2m-q8_0, demo-0.5m-q8_0")), 3)
    plan = plan_of(session, wish, prepared, Sampling(), 5)
    assert [p.source for p in plan.prompts] == [SOURCE, older]
    assert plan.models[0] == demo_model
    assert wish_of(plan) == wish
    assert plan_of(session, FIRST, prepared, Sampling(), 5).n_cells == 12
    for axes in (
        (("model", "nothing"),),
        (("prompt", "v9"),),
        (("prompt", "no such prompt"),),
        (),
    ):
        with pytest.raises(UserError):
            plan_of(session, SweepWish(axes), prepared, Sampling(), 5)


def test_cells_with_one_prompt_stand_together() -> None:
    plan = checked(plan_with(T, V, P), None)
    texts = {plan.text_of(cell) for cell in range(plan.n_cells)}
    assert len(texts) == 3
    assert {plan.at(c)["var:country"] for c in range(18) if plan.text_of(c) == (0, 0, 1)} == {
        "Greece"
    }

"""Shows the cells of a sweep: which figure, which axes where, one cell's replies. GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QFileDialog

from workbench.core.errors import UserError
from workbench.experiments.sweep import Cell
from workbench.experiments.sweep_files import sweep_csv
from workbench.experiments.sweep_grid import Grid, View, first_view, grid_of
from workbench.experiments.sweep_numbers import NUMBERS
from workbench.experiments.sweep_plan import SweepPlan
from workbench.experiments.sweep_scores import Figure, Figures, Value
from workbench.gui.attention.exporting import write_bytes
from workbench.gui.lane import Lane
from workbench.gui.messages import from_error
from workbench.gui.page import PageTools
from workbench.gui.panels.rail import Workspace
from workbench.gui.pictures import png_bytes, svg_bytes
from workbench.gui.said import tr_said
from workbench.gui.sweep.axis_names import axis_name, with_names
from workbench.gui.sweep.heatmap import Shown, number
from workbench.gui.sweep.space import SweepSpace
from workbench.gui.translate import mark, tr

_FIRST = "agreement"
_ALONE = "tokens"
_EXPORTS = {
    "csv": mark("Table as CSV…"),
    "png": mark("Heatmap as PNG…"),
    "svg": mark("Heatmap as SVG…"),
}
_KEY = "sweep-export"
_PLACES = ("x", "y", "facet")
_CELLS_PER_MS, _SLOWEST_MS = 20, 2000
"""A picture of 20,000 cells is painted once a second while the sweep runs."""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A figure of every cell that is done."""

    cells: Mapping[int, Cell]
    figure: Figure
    values: Mapping[int, Value]


class SweepPicture(QObject):
    """Heatmap, table and the cell at the right."""

    def __init__(self, tools: PageTools, space: SweepSpace, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._space = tools, space
        self._plan: SweepPlan | None = None
        self._figures: Figures | None = None
        self._cells: dict[int, Cell] = {}
        self._found: _Found | None = None
        self._view = View("")
        self._filling = False
        self._lane = Lane("sweep-figures", self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._show_found)
        space.figure.currentIndexChanged.connect(self._chosen_figure)
        for place, box in zip(_PLACES, self._boxes(), strict=True):
            box.currentIndexChanged.connect(partial(self._chosen_axis, place))
        space.as_map.clicked.connect(lambda: space.show_table(False))  # the view
        space.as_table.clicked.connect(lambda: space.show_table(True))  # the view
        space.heatmap.chosen.connect(self.show_cell)
        space.heatmap.opened.connect(self._open_run)
        space.table.selectionModel().currentRowChanged.connect(self._chosen_row)
        space.table.activated.connect(
            lambda index: self._open_run(space.rows.cell_at(index.row()).index)
        )
        space.cell.wanted.connect(self._act)
        for kind, text in _EXPORTS.items():
            space.export_menu.addAction(tr(text), partial(self._export, kind))

    def show_plan(self, plan: SweepPlan) -> None:
        """Another sweep is on show; the same one keeps figure, axes and cell."""
        if plan == self._plan:
            return
        self._plan, self._figures = plan, Figures(plan)
        self._cells, self._found = {}, None
        self._view = first_view(plan)
        self._fill_boxes(plan)
        self._space.cell.show_cell(None, ())
        self._space.show_plan(True)  # there is one
        self._show()
        self._measure()

    def show_cells(self, cells: Mapping[int, Cell]) -> None:
        """So many cells are done."""
        self._cells = dict(cells)
        self._measure()

    def show_cell(self, index: int) -> None:
        """Show the replies of a cell."""
        plan, cell = self._plan, self._cells.get(index)
        if plan is None:
            return
        facts = [(axis_name(name), value) for name, value in plan.at(index).items()]
        if cell is not None and not cell.error:
            facts += [(tr_said(NUMBERS[name].label), _said(cell, name)) for name in _facts(cell)]
        if self._found is not None and self._found.figure.name not in NUMBERS:
            value = self._found.values.get(index)
            if value is not None:
                said = tr_said(value.reason) if value.value is None else number(value.value)
                facts.append((tr_said(self._found.figure.label), said))
        shown = cell or Cell(index, plan.at(index), None, {}, (), tr("This cell is not done yet."))
        self._space.cell.show_cell(shown, facts)

    def show_figure(self, name: str) -> None:
        """Colour the cells by another figure."""
        self._space.figure.setCurrentIndex(max(0, self._space.figure.findData(name)))

    def choose(self, index: int) -> None:
        """Mark a cell and show its replies."""
        self._space.heatmap.choose(index)
        self.show_cell(index)

    def release(self) -> bool:
        """Release the chosen cell; False when there is none."""
        had = self._space.heatmap.release()
        if had:
            self._space.cell.show_cell(None, ())
        return had

    def write(self, kind: str, path: Path) -> None:
        """Write the table or the picture; what goes wrong is told above the sheet.

        Raises:
            UserError: it cannot be written.
        """
        plan, figures, space = self._plan, self._figures, self._space
        if plan is None or figures is None:
            return
        if kind == "csv":
            name = self._figure_name()
            names = [*NUMBERS, *([] if name in NUMBERS else [name])]
            write_bytes(path, sweep_csv(plan, self._cells, figures, names).encode("utf-8"))
            return
        heatmap = space.heatmap
        size = heatmap.size().expandedTo(QSize(320, 200))
        if kind == "png":
            data = png_bytes(size, self._tools.theme.colour("pane"), heatmap.paint)
        else:
            data = svg_bytes(
                size, tr("Sweep: {figure_name}", figure_name=self._figure_name()), heatmap.paint
            )
        write_bytes(path, data)

    def close(self) -> None:
        """End the thread."""
        self._later.stop()
        self._lane.close()

    # Choices

    def _fill_boxes(self, plan: SweepPlan) -> None:
        space, figures = self._space, self._figures
        if figures is None:
            return
        self._filling = True
        wanted = self._figure_name() or (_FIRST if plan.n_samples > 1 else _ALONE)
        space.figure.clear()
        for figure in figures.all.values():
            space.figure.addItem(tr_said(figure.label), figure.name)
            space.figure.setItemData(
                space.figure.count() - 1, _help(figure), Qt.ItemDataRole.ToolTipRole
            )
        space.figure.setCurrentIndex(max(0, space.figure.findData(wanted)))
        names = [axis.name for axis in plan.axes]
        for box, now, has_none in (
            (space.x, self._view.x, False),
            (space.y, self._view.y, True),
            (space.facet, self._view.facet, True),
        ):
            box.clear()
            if has_none:
                box.addItem("–", "")
            for name in names:
                box.addItem(axis_name(name), name)
            box.setCurrentIndex(max(0, box.findData(now)))
            box.setEnabled(not plan.is_list)
        self._filling = False

    def _figure_name(self) -> str:
        return str(self._space.figure.currentData() or "")

    def _chosen_figure(self) -> None:
        if not self._filling:
            self._measure()

    def _boxes(self) -> tuple[QComboBox, QComboBox, QComboBox]:
        return self._space.x, self._space.y, self._space.facet

    def _chosen_axis(self, place: str, _index: int) -> None:
        if self._filling:
            return
        boxes = dict(zip(_PLACES, self._boxes(), strict=True))
        self._view = placed(self._view, place, str(boxes[place].currentData() or ""))
        self._filling = True
        for name, box in boxes.items():
            box.setCurrentIndex(max(0, box.findData(getattr(self._view, name))))
        self._filling = False
        self._show()

    def _chosen_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            index = self._space.rows.cell_at(now.row()).index
            self._space.heatmap.choose(index)
            self.show_cell(index)

    # What is shown

    def _measure(self) -> None:
        """The figure of every cell, off this thread: a metric may take its time."""
        figures, name, cells = self._figures, self._figure_name(), dict(self._cells)
        if figures is None or not name:
            return

        def found() -> _Found:
            values = {index: figures.of(cell, name) for index, cell in cells.items()}
            return _Found(cells, figures.all[name], values)

        self._lane.submit(found, self._measured, self._failed)

    def _measured(self, found: _Found) -> None:
        self._found = found
        # Painting many cells takes its time: the window must not do it all the time.
        if not self._later.isActive():
            self._later.start(min(_SLOWEST_MS, len(found.cells) // _CELLS_PER_MS))

    def _show_found(self) -> None:
        self._show()
        if (cell := self._space.heatmap.cell) is not None:
            self.show_cell(cell)

    def _show(self) -> None:
        plan, found, space = self._plan, self._found, self._space
        if plan is None:
            return
        try:
            grid = with_names(grid_of(plan, self._view), tuple(a.name for a in plan.axes))
        except UserError as error:
            self._failed(error)
            return
        if found is None:
            space.heatmap.show_cells(grid, Shown("", {}, ()))
            space.rows.show_cells([], [], "", {})
            return
        good = {index for index, cell in found.cells.items() if not cell.error}
        values = {index: found.values[index].value for index in good}
        figure = found.figure
        unit = f" ({figure.unit})" if figure.unit else ""
        failed = found.cells.keys() - good
        space.heatmap.show_cells(
            grid,
            Shown(
                f"{tr_said(figure.label)}{unit}",
                values,
                failed,
                figure.bounds,
                partial(_about, found),
            ),
        )
        space.note.setText(_note(figure, grid, found))
        chosen = space.heatmap.cell
        names = [axis.name for axis in plan.axes]
        ordered = [found.cells[index] for index in sorted(found.cells)]
        space.rows.show_cells(names, ordered, figure.name, values)
        row = None if chosen is None else space.rows.row_of(chosen)
        if row is not None:
            space.table.selectRow(row)

    def _act(self, action: str) -> None:
        index, plan = self._space.heatmap.cell, self._plan
        if index is None or plan is None:
            return
        if action == "run":
            self._open_run(index)
        else:
            column = plan.column(index, self._tools.session.library)
            self._tools.runs.use_sampling(column.sampling)
            self._tools.open_page(Workspace.PROMPT)

    def _open_run(self, index: int) -> None:
        cell = self._cells.get(index)
        if cell is not None and cell.run_id is not None:
            self._tools.open_run(cell.run_id)
            self._tools.open_page(Workspace.PROBABILITIES)

    def _export(self, kind: str) -> None:
        ending = f"{kind.upper()} (*.{kind})"
        chosen, _ = QFileDialog.getSaveFileName(
            self._tools.window, tr(_EXPORTS[kind]).rstrip("…"), f"sweep.{kind}", ending
        )
        if chosen:
            path = Path(chosen)
            try:
                self.write(kind, path if path.suffix else path.with_suffix(f".{kind}"))
                self._space.messages.dismiss(_KEY)
            except UserError as error:
                self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._space.messages.show_message(_KEY, from_error(error))


def placed(view: View, place: str, name: str) -> View:
    """The view with an axis at a place ("x", "y", "facet"); where it stood before stands what it
    takes the place of. One axis always goes across.
    """
    now = {one: str(getattr(view, one)) for one in _PLACES}
    before, now[place] = now[place], name
    for other in _PLACES:
        if other != place and name and now[other] == name:
            now[other] = before
    if not now["x"]:
        return view
    return replace(view, x=now["x"], y=now["y"], facet=now["facet"])


def _facts(cell: Cell) -> list[str]:
    return [name for name in NUMBERS if cell.numbers.get(name) is not None]


def _said(cell: Cell, name: str) -> str:
    value, unit = cell.numbers[name], tr(NUMBERS[name].unit)
    return "–" if value is None else f"{number(value)} {unit}".strip()


def _about(found: _Found, index: int) -> str:
    cell = found.cells.get(index)
    if cell is None:
        return tr("not done")
    at = ", ".join(f"{axis_name(name)} {value}" for name, value in cell.at.items())
    if cell.error:
        return tr("{at}\nfailed: {error}", at=at, error=tr_said(cell.error))
    value = found.values[cell.index]
    said = tr_said(value.reason) if value.value is None else number(value.value)
    first = " ".join((cell.texts[0] if cell.texts else "").split())[:160]
    return f"{at}\n{tr_said(found.figure.label)}: {said}\n{first}"


def _help(figure: Figure) -> str:
    """What it means; a metric's sentence is known with a small letter in front."""
    known, small = tr_said(figure.help), f"{figure.help[:1].lower()}{figure.help[1:]}"
    said = tr(small)
    return known if said == small else f"{said[:1].upper()}{said[1:]}"


def _note(figure: Figure, grid: Grid, found: _Found) -> str:
    parts = [_help(figure)]
    if grid.fixed:
        held = ", ".join(f"{name} = {value}" for name, value in grid.fixed.items())
        parts.append(tr("Shown where {held}.", held=held))
    reasons = {
        v.reason for i, v in found.values.items() if v.value is None and not found.cells[i].error
    }
    if reasons:
        parts.append(f"n/a: {tr_said(min(reasons))}")
    return " ".join(parts)

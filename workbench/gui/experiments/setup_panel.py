"""What is to be measured with what: models, prompts, settings, metrics, numbers. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from workbench.core.memory import size_words
from workbench.core.metric import MetricInfo
from workbench.core.sampling import MAX_SEED, Sampling
from workbench.core.task import Kind, Task
from workbench.core.types import ModelInfo
from workbench.experiments.suites import Suite
from workbench.gui.experiments.check_list import CheckList
from workbench.gui.experiments.wish import SETTINGS, USUAL, EvalWish, PromptChoice
from workbench.gui.parts import EDGE, label, number_field, pane, text_button, wrapping_label
from workbench.gui.translate import mark, tr

_STYLES = (
    ("", mark("as the task suggests")),
    ("letters", mark("listed letters")),
    ("answers", mark("whole answers")),
)
_NO_SHOTS = (Kind.PAIR, Kind.CALL, Kind.EMBED)
_GENERATES = (Kind.GENERATE, Kind.CODE, Kind.CALL)


class SetupPanel(QWidget):
    """The form.

    Signals:
        changed(): it says something else now.
        model_wanted(), prompt_wanted(): the person wants to add a file.
    """

    changed = Signal()
    model_wanted = Signal()
    prompt_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.about = wrapping_label("muted")
        self.models, self.prompts = CheckList(tr("Models")), CheckList(tr("Prompts"))
        self.settings, self.metrics = CheckList(tr("Settings")), CheckList(tr("Metrics"))
        self.add_model = text_button(tr("Add…"), accessible=tr("Add a model file"))
        self.add_prompt = text_button(tr("Add…"), accessible=tr("Add a prompt file"))
        self.own_metric = QLineEdit()
        self.own_metric.setPlaceholderText(tr("+ pass_at_k(k=5) or my_metric.py"))
        self.own_metric.setAccessibleName(tr("Add a metric with arguments, or a file of your own"))
        self.own_metric.setToolTip(
            tr(
                "A metric with arguments, name(argument=value), or the path of a Python file "
                "with a\nmetric of your own, which runs in a child process. Return adds it."
            )
        )
        self.own_metric.returnPressed.connect(self._add_metric)
        self.add_model.clicked.connect(self.model_wanted)
        self.add_prompt.clicked.connect(self.prompt_wanted)
        self.limit = _number(
            tr("Items from the beginning; 0 means all"), 0, 1_000_000, 0, tr("all")
        )
        self.few_shot = _number(tr("Examples shown in front of each item"), 0, 100, 0)
        self.samples = _number(tr("Replies per item"), 1, 1024, 1)
        self.seed = _number(
            tr("Seed of replies and of drawn orders"), 0, min(MAX_SEED, 2**31 - 1), 0
        )
        self.scored = QComboBox()
        self.scored.setAccessibleName(tr("What is scored of a choice item"))
        for key, text in _STYLES:
            self.scored.addItem(tr(text), key)
        self.permute = QCheckBox(tr("answers in a drawn order"))
        self.run_code = QCheckBox(tr("let programs run, in the sandbox"))
        self.run_code.setToolTip(
            tr(
                "Programs that the model wrote run in a child process with limits, without "
                "network.\nOff until you switch it on, and off again for the next task."
            )
        )
        self.infill = QCheckBox(tr("gaps by the model's own marks"))
        self.infill.setToolTip(tr("For code models that were trained to fill in the middle."))
        self.judge = _other_model(tr("A model that gives every reply one to five points"))
        self.guard = _other_model(tr("A model that calls every reply safe or unsafe"))
        self.embedder = _other_model(tr("A model that makes vectors of replies and references"))
        self._prompts: dict[str, PromptChoice] = {}
        self._metrics: list[tuple[str, str, str]] = []
        self._kind: Kind | None = None
        self._rows: dict[str, QWidget] = {}
        self._lay_out()
        for box in (self.models, self.prompts, self.settings, self.metrics):
            box.ticked.connect(self.changed)
        for spin in (self.limit, self.few_shot, self.samples, self.seed):
            spin.valueChanged.connect(lambda _v: self.changed.emit())
        self.scored.activated.connect(lambda _i: self.changed.emit())
        self.settings.show_rows([(k, tr(t), "") for k, t in SETTINGS.items()], [USUAL])

    def show_models(self, models: Sequence[ModelInfo], ticked: Sequence[Path]) -> None:
        """Offer these models."""
        rows = [
            (m.path, f"{m.name} {m.quantization}", f"{m.path}\n{size_words(m.size_bytes)}")
            for m in models
        ]
        self.models.show_rows(rows, [str(path) for path in ticked])
        for box in (self.judge, self.guard, self.embedder):
            kept = box.currentData()
            box.clear()
            box.addItem(tr("none"), "")
            for path, text, _ in rows:
                box.addItem(text, path)
            box.setCurrentIndex(max(0, box.findData(kept)))

    def show_prompts(self, prompts: Sequence[PromptChoice], ticked: Sequence[str]) -> None:
        """Offer these prompts."""
        self._prompts = {p.key: p for p in prompts}
        self.prompts.show_rows([(p.key, p.label, "") for p in prompts], ticked)

    def show_task(
        self, task: Task, suite: Suite | None, metrics: Sequence[MetricInfo], first: Sequence[str]
    ) -> None:
        """Fit the form to a task."""
        kind = self._kind = task.kind
        about = tr(suite.description) if suite is not None else task.description
        licence = suite.licence if suite is not None else task.licence
        facts = [
            tr("{value} · {n_items:,} items", value=tr(kind.value), n_items=len(task.items)),
            task.format,
            licence,
        ]
        shots = len(task.few_shot)
        facts.append(tr("{shots:,} examples", shots=shots) if shots else "")
        self.about.setText("\n".join(p for p in (about, " · ".join(f for f in facts if f)) if p))
        with QSignalBlocker(self):
            place = {name: number for number, name in enumerate(first)}
            ordered = sorted(metrics, key=lambda m: place.get(m.name, len(first)))
            self._metrics = [
                (
                    m.name,
                    m.label,
                    tr("{means}\nNot: {means_not}", means=tr(m.means), means_not=tr(m.means_not)),
                )
                for m in ordered
            ]
            self.metrics.show_rows(self._metrics, first)
            self.limit.setMaximum(len(task.items))
            self.limit.setValue(0)
            self.few_shot.setValue(suite.few_shot if suite is not None else 0)
            self.scored.setCurrentIndex(
                max(0, self.scored.findData(suite.style if suite is not None else ""))
            )
            self.permute.setChecked(False)
            self.run_code.setChecked(False)
            self.infill.setChecked(False)
            if kind not in _GENERATES:
                self.samples.setValue(1)
        choice, made = kind is Kind.CHOICE, kind in _GENERATES
        for name, on in (
            ("settings", made), ("replies", made), ("style", choice), ("permute", choice),
            ("code", kind is Kind.CODE), ("examples", kind not in _NO_SHOTS),
            ("judge", made), ("guard", made), ("embedder", kind is Kind.GENERATE),
            ("infill", made and all("suffix" in item.variables for item in task.items)),
        ):  # fmt: skip
            self._rows[name].setVisible(on)
        self.changed.emit()

    def wish(self, window: Sampling) -> EvalWish:
        """What the form says; `window` is what stands in the Prompt workspace."""
        made = self._kind in _GENERATES
        return EvalWish(
            models=tuple(Path(key) for key in self.models.ticked_keys()),
            prompts=tuple(self._prompts[key] for key in self.prompts.ticked_keys()),
            settings=tuple(self.settings.ticked_keys()) if made else (USUAL,),
            metrics=tuple(self.metrics.ticked_keys()),
            window=window,
            limit=self.limit.value() or None,
            few_shot=self.few_shot.value(),
            n_samples=self.samples.value() if made else 1,
            seed=self.seed.value(),
            style=str(self.scored.currentData()) if self._kind is Kind.CHOICE else "",
            permute=self.permute.isChecked() and self._kind is Kind.CHOICE,
            run_code=self.run_code.isChecked() and self._kind is Kind.CODE,
            infill=self.infill.isChecked() and made,
            judge=_path(self.judge) if made else None,
            guard=_path(self.guard) if made else None,
            embedder=_path(self.embedder) if self._kind is Kind.GENERATE else None,
        )

    def _add_metric(self) -> None:
        text = self.own_metric.text().strip()
        if not text:
            return
        if all(key != text for key, _, _ in self._metrics):
            self._metrics.insert(0, (text, text, ""))
        self.metrics.show_rows(self._metrics, [*self.metrics.ticked_keys(), text])
        self.own_metric.clear()

    def _lay_out(self) -> None:
        inner = pane()
        column = QVBoxLayout(inner)
        column.setContentsMargins(EDGE, 10, EDGE, 10)
        column.setSpacing(4)
        column.addWidget(self.about)
        self._section(column, tr("Models"), self.models, self.add_model)
        self._section(column, tr("Prompts"), self.prompts, self.add_prompt)
        self._rows["settings"] = self._section(column, tr("Settings"), self.settings)
        self._section(column, tr("Metrics"), self.metrics)
        column.addWidget(self.own_metric)
        column.addSpacing(6)
        for name, text, part in (
            ("items", tr("items"), self.limit),
            ("examples", tr("examples"), self.few_shot),
            ("replies", tr("replies per item"), self.samples),
            ("seed", tr("seed"), self.seed),
            ("style", tr("scored are"), self.scored),
            ("judge", tr("judge"), self.judge),
            ("guard", tr("guard"), self.guard),
            ("embedder", tr("vectors by"), self.embedder),
        ):
            self._rows[name] = _row(text, part)
            column.addWidget(self._rows[name])
        for name, box in (
            ("permute", self.permute),
            ("infill", self.infill),
            ("code", self.run_code),
        ):
            self._rows[name] = box
            column.addWidget(box)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _section(
        self, column: QVBoxLayout, title: str, part: QWidget, button: QPushButton | None = None
    ) -> QWidget:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 6, 0, 0)
        inside.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(label(title, "title"))
        head.addStretch(1)
        if button is not None:
            head.addWidget(button)
        inside.addLayout(head)
        inside.addWidget(part)
        column.addWidget(holder)
        return holder


def _number(name: str, low: int, high: int, value: int, zero: str = "") -> QSpinBox:
    made = number_field()
    made.setRange(low, high)
    made.setValue(value)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setSpecialValueText(zero)
    made.setGroupSeparatorShown(True)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setFixedWidth(88)
    return made


def _other_model(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.addItem(tr("none"), "")
    made.setFixedWidth(150)
    return made


def _path(box: QComboBox) -> Path | None:
    return Path(str(box.currentData())) if box.currentData() else None


def _row(text: str, part: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label(text, "muted"))
    row.addStretch(1)
    row.addWidget(part)
    return holder

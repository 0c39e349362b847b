"""A variable and what it became, lit together: in the editor, the form, the exact prompt, the
budget. GUI thread.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHoverEvent, QMouseEvent, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from workbench.core.budget import token_budget
from workbench.core.rendered import variable_source
from workbench.experiments.session import Prepared
from workbench.gui.highlights import Highlights
from workbench.gui.panels.budget import BudgetLine
from workbench.gui.panels.editor import EditorPanel
from workbench.gui.panels.variables import VariableField, VariablesPanel
from workbench.gui.prompt_controller import PromptController
from workbench.gui.style_sheet import set_role
from workbench.gui.template_names import mention_at, mentions
from workbench.gui.theme import Theme
from workbench.templates.few_shot import few_shot_names

_MINE = QTextFormat.Property.UserProperty.value + 77
"""Marks our selections, so that those of others (matches, errors) stay as they are."""

_POINTS = (QEvent.Type.MouseMove, QEvent.Type.HoverMove)


class ProvenanceController(QObject):
    """Tells the shared highlights what is pointed at, and shows what is lit."""

    def __init__(
        self,
        theme: Theme,
        prompts: PromptController,
        editor: EditorPanel,
        form: VariablesPanel,
        budget: BudgetLine,
        highlights: Highlights,
    ) -> None:
        super().__init__(editor)
        self._theme, self._editor, self._form = theme, editor, form
        self._budget, self.highlights = budget, highlights
        prompts.prepared.connect(self._prepared)
        prompts.failed.connect(self._failed)
        editor.exact.pointed.connect(highlights.point)
        budget.pointed.connect(highlights.point)
        highlights.changed.connect(self._light)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """The pointer or the keyboard came to a field or moved over a block; or it left."""
        kind = event.type()
        if kind in (QEvent.Type.Leave, QEvent.Type.FocusOut):
            self.highlights.point("")
        elif kind in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            field = self._field_of(watched)
            if field is not None:
                self.highlights.point(variable_source(field.variable.name))
        elif kind in _POINTS and isinstance(event, QMouseEvent | QHoverEvent):
            edit = watched.parent()
            if isinstance(edit, QTextEdit):
                name = self._name_at(edit, event.position().toPoint())
                self.highlights.point(variable_source(name) if name else "")
        return False

    def _prepared(self, prepared: Prepared) -> None:
        self._budget.show_parts(() if prepared.n_tokens is None else token_budget(prepared.tokens))
        self.highlights.set_examples(few_shot_names(prepared.prompt, prepared.values))
        self._watch()

    def _failed(self, _why: str) -> None:
        self._budget.show_parts(())
        self._watch()

    def _watch(self) -> None:
        """Listen to every block and field; those that are listened to already stay so."""
        for block in self._editor.blocks:
            block.edit.viewport().setMouseTracking(True)
            block.edit.viewport().installEventFilter(self)
        for field in self._form.fields:
            field.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            field.installEventFilter(self)
            field.field.installEventFilter(self)
        self._light()

    def _names(self) -> set[str]:
        return {field.variable.name for field in self._form.fields}

    def _field_of(self, watched: QObject) -> VariableField | None:
        return next((f for f in self._form.fields if watched in (f, f.field)), None)

    def _name_at(self, edit: QTextEdit, point: QPoint) -> str:
        cursor = edit.cursorForPosition(point)
        place = edit.cursorRect(cursor)
        # The nearest place may be far away: behind the end of a line or below the text.
        if abs(point.x() - place.x()) > place.height() or not (
            place.top() <= point.y() <= place.bottom()
        ):
            return ""
        position = cursor.position() - (1 if point.x() < place.x() else 0)
        return mention_at(edit.toPlainText(), self._names(), position)

    def _light(self) -> None:
        lights = self.highlights
        self._editor.exact.light(lights.lights)
        for field in self._form.fields:
            _set_lit(field, lights.lights_variable(field.variable.name))
        lit = {name for name in self._names() if lights.lights_variable(name)}
        for block in self._editor.blocks:
            _select(block.edit, lit, self._format())

    def _format(self) -> QTextCharFormat:
        found = QTextCharFormat()
        found.setBackground(self._theme.colour("accent"))
        found.setForeground(self._theme.colour("on_accent"))
        found.setProperty(_MINE, 1)
        return found


def _set_lit(field: QWidget, on: bool) -> None:
    wanted = "lit" if on else ""
    if (field.property("role") or "") != wanted:
        set_role(field, wanted)


def _select(edit: QTextEdit, names: set[str], look: QTextCharFormat) -> None:
    """Light every mention of `names`; the selections of others stay."""
    before = edit.extraSelections()
    others = [one for one in before if not _is_mine(one)]
    if not names and len(others) == len(before):
        return
    selections = []
    for mention in mentions(edit.toPlainText(), names) if names else ():
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(edit.document())
        cursor.setPosition(mention.start)
        cursor.setPosition(mention.end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, look
        selections.append(selection)
    edit.setExtraSelections([*others, *selections])


def _is_mine(selection: QTextEdit.ExtraSelection) -> bool:
    return bool(selection.format.property(_MINE))

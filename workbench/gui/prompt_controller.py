"""The open prompt: edits and values in, the exact prompt out, rendered while one types.

Reading, parsing, rendering and tokenising happen on two lanes; widgets only show the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.core.errors import EngineDiedError, UserError
from workbench.core.rendered import SPECIAL
from workbench.core.types import EngineSettings
from workbench.experiments.session import Prepared, Session
from workbench.gui.lane import Lane
from workbench.gui.messages import Level, Message, from_error
from workbench.gui.panels.editor import TEXT_ROLE, BlockText, EditorPanel
from workbench.gui.panels.variables import VariablesPanel
from workbench.gui.prompt_edit import contents, with_blocks
from workbench.gui.prompt_facts import bos_note, bos_warning, prompt_facts
from workbench.gui.prompt_mistakes import (
    Mistake,
    MistakesError,
    for_the_window,
    lacks_value,
    telling_all,
)
from workbench.gui.said import said_error, tr_said
from workbench.gui.translate import tr, tr_n
from workbench.templates.prompt_file import PromptFile, Variable, load_prompt
from workbench.templates.row_fields import row_fields
from workbench.templates.variables import form_variables

DEBOUNCE_MS = 120
CHAT_TEMPLATE = "The chat template"
"""How every error of a chat template begins."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A prompt as edited, and what it asks for; `problem` when its templates have no syntax.

    Attributes:
        columns: the fields that the templates read of a list's rows, by the list's name.
    """

    prompt: PromptFile
    variables: tuple[Variable, ...]
    columns: Mapping[str, tuple[str, ...]]
    problem: UserError | None = None


class PromptController(QObject):
    """Keeps editor, form and exact prompt in step.

    Signals:
        prepared(Prepared): the prompt as it stands is ready to run.
        failed(str): it cannot run as it stands; one sentence.
        opened(PromptFile): another prompt is open.
        leaving(): another prompt is about to take the place of the open one.
        edited(PromptFile): the open prompt as it stands now, a moment after the last key; it is
            `prompt` itself when nothing differs from it.
    """

    prepared = Signal(object)
    failed = Signal(str)
    opened = Signal(object)
    leaving = Signal()
    edited = Signal(object)

    def __init__(self, session: Session, editor: EditorPanel, form: VariablesPanel) -> None:
        super().__init__(editor)
        self._session, self._editor, self._form = session, editor, form
        self._files = Lane("prompt", self)
        self._engine = Lane("prepare", self)
        self._base: PromptFile | None = None
        self._edited: PromptFile | None = None
        self._broken = self._failed = False
        self._model: tuple[Path, EngineSettings] | None = None
        self._chat_template: Callable[[], str | None] = _models_own
        self._current: Prepared | None = None
        self._waiting: Callable[[Prepared], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._read_form)
        editor.edited.connect(self._changed)
        form.changed.connect(self._changed)

    @property
    def prompt(self) -> PromptFile | None:
        """The prompt as it was opened."""
        return self._base

    def open(self, path: Path, values: Mapping[str, object] | None = None) -> None:
        """Open a prompt file, its form filled with `values` or else its defaults."""
        self._files.submit(
            lambda: self._form_of(load_prompt(path), values or {}),
            lambda form: self._opened(form, values or {}),
            self.not_opened,
        )

    def open_prompt(self, prompt: PromptFile, values: Mapping[str, object]) -> None:
        """Open a prompt that is at hand (out of the history, say)."""
        self._files.submit(
            lambda: self._form_of(prompt, values),
            lambda form: self._opened(form, values),
            self._show_error,
        )

    def snapshot(self) -> Callable[[], PromptFile] | None:
        """A call that makes the prompt as it stands at this moment; None when none is open.

        The call may take a while and may be made on any thread. It raises UserError when no file
        can hold the texts.
        """
        base = self._base
        if base is None:
            return None
        blocks = self._editor.texts()
        return lambda: with_blocks(base, blocks)

    def rebase(self, prompt: PromptFile) -> None:
        """Go on with `prompt`, which says what stands in the editor (it was just saved).

        Blocks, cursor and undo stay as they are.
        """
        self._base = prompt
        self._editor.title.setText(prompt.name)
        self._changed()

    def close_prompt(self) -> None:
        """Nothing is open any more."""
        self.leaving.emit()
        self._timer.stop()
        self._files.forget()
        self._base = self._edited = self._current = None
        self._editor.show_empty()
        self._form.open_prompt((), {})
        self.failed.emit(tr("No prompt is open."))

    def set_model(
        self, path: Path, settings: EngineSettings, chat_template: Callable[[], str | None]
    ) -> None:
        """Prepare for this model from now on.

        `chat_template` gives the Jinja2 source at every rendering, None for the model's own; it is
        called off the GUI thread and may raise UserError.
        """
        self._model = (path, settings)
        self.set_chat_template(chat_template)

    def set_chat_template(self, chat_template: Callable[[], str | None]) -> None:
        """Write messages with another chat template from now on; see `set_model`."""
        self._chat_template = chat_template
        self._current = None
        self._prepare()

    def preparer(self) -> Callable[[], Prepared] | None:
        """A call that prepares the prompt as it stands; None without a prompt or a model.

        It may be made on any thread and raises UserError when the prompt cannot be rendered.
        """
        make, model = self.snapshot(), self._model
        if make is None or model is None:
            return None
        (path, settings), values, read = model, self._form.values(), self._chat_template
        return lambda: self._session.prepare(path, settings, make(), values, chat_template=read())

    def renderer(self) -> Callable[[str], Prepared] | None:
        """A call that renders the prompt as it stands with a chat template; None without a prompt
        or a model. It may be called on any thread.
        """
        if self._model is None or self._edited is None:
            return None
        (path, settings), prompt, values = self._model, self._edited, self._form.values()
        return lambda source: self._session.prepare(
            path, settings, prompt, values, chat_template=source
        )

    def when_ready(self, then: Callable[[Prepared], None]) -> None:
        """Call `then` with the prompt as it stands now, as soon as it is rendered.

        If it cannot be rendered, `failed` tells and `then` is never called.
        """
        if self._current is not None:
            then(self._current)
            return
        self._waiting = then
        if self._timer.isActive():
            self._timer.stop()
            self._read_form()
        elif self._edited is None or self._model is None:
            self._waiting = None
            what = tr("No prompt is open.") if self._edited is None else tr("No model is loaded.")
            self.failed.emit(what)
        elif self._failed:
            self._read_form()  # say again what is wrong

    def forget_waiting(self) -> None:
        """Nobody wants to run any more what is being rendered."""
        self._waiting = None

    def close(self) -> None:
        """End the lanes."""
        self._timer.stop()
        self._waiting = None
        self._files.close()
        self._engine.close()
        self._editor.close_lanes()

    def _form_of(self, prompt: PromptFile, values: Mapping[str, object]) -> _Form:
        """What a prompt asks for, its included fragments too. Any thread."""
        columns = row_fields(contents(prompt))
        library = self._session.library
        known = {v.name: v.default for v in prompt.variables if v.default is not None}
        try:
            variables = telling_all(
                lambda: form_variables(prompt, None, library), prompt, {**known, **values}, library
            )
        except UserError as problem:
            # What the file declares is there, whatever its texts say.
            return _Form(prompt, prompt.variables, columns, problem)
        return _Form(prompt, variables, columns)

    def _opened(self, form: _Form, values: Mapping[str, object]) -> None:
        self.leaving.emit()
        prompt = form.prompt
        self._base = self._edited = prompt
        self._current = None
        self._timer.stop()
        roles = [TEXT_ROLE] if prompt.text is not None else [m.role for m in prompt.messages]
        blocks = [BlockText(r, c) for r, c in zip(roles, contents(prompt), strict=True)]
        self._editor.messages.dismiss("open")
        self._editor.show_prompt(prompt.name, blocks)
        self._form.close_tables()
        whole = form.problem is None
        self._form.open_prompt(form.variables, values, form.columns, is_known=whole)
        self.opened.emit(prompt)
        self._show_form(form)

    def not_opened(self, error: Exception) -> None:
        """Say why a prompt cannot be opened; the open one stays."""
        message = from_error(error)
        self._editor.messages.show_message("open", message)
        self.failed.emit(message.text)
        if self._base is None:
            self._editor.show_empty()
        else:
            kept = Message(tr("{name} stays open.", name=self._base.name), level=Level.INFO)
            self._editor.messages.show_message("kept", kept)
            QTimer.singleShot(8000, self, lambda: self._editor.messages.dismiss("kept"))

    def _changed(self) -> None:
        self._current = None
        self._failed = False
        self._timer.start()

    def _read_form(self) -> None:
        make = self.snapshot()
        if make is not None:
            values = self._form.values()
            self._files.submit(
                lambda: self._form_of(make(), values), self._show_form, self._show_error
            )

    def _show_form(self, form: _Form) -> None:
        self._edited = form.prompt
        self._broken = form.problem is not None
        self.edited.emit(form.prompt)
        self._editor.show_source(form.prompt.source)
        if form.problem is not None:
            self._show_error(form.problem)
            return
        if [f.variable for f in self._form.fields] != list(form.variables):
            self._form.show_variables(form.variables, self._form.values(), form.columns)
        self._form.set_columns(form.columns)
        self._editor.set_variables([v.name for v in form.variables])
        self._prepare()

    def _prepare(self) -> None:
        if self._model is None or self._edited is None or self._broken or self._timer.isActive():
            return
        (path, settings), prompt, values = self._model, self._edited, self._form.values()
        wrong = next((f.error() for f in self._form.fields if f.error()), "")
        if wrong:
            self._fail(wrong)
            return
        read = self._chat_template
        self._engine.submit(
            lambda: telling_all(
                lambda: self._session.prepare(path, settings, prompt, values, chat_template=read()),
                prompt,
                values,
                self._session.library,
            ),
            self._show_prepared,
            self._show_error,
        )

    def _show_prepared(self, prepared: Prepared) -> None:
        if self._timer.isActive():
            return  # something was typed meanwhile; the next answer is on its way
        self._current = prepared
        self._failed = False
        self._editor.clear_error()
        self._editor.messages.dismiss("engine")
        self._editor.exact.show_tokens(prepared.tokens, prompt_facts(prepared))
        self._editor.show_counts(_counts(prepared, len(self._editor.blocks)))
        self._show_warnings(prepared)
        self.prepared.emit(prepared)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting(prepared)

    def _show_warnings(self, prepared: Prepared) -> None:
        self._editor.messages.dismiss("warnings")
        warnings = list(prepared.rendered.warnings)
        note = bos_note(prepared.tokens, prompt_facts(prepared))
        more = bos_warning(note, warnings)
        if more is not None:
            warnings.append(more)
        if warnings:
            text = " ".join(tr_said(w.message) for w in warnings)
            hint = " ".join(tr_said(w.hint) for w in warnings if w.hint)
            self._editor.messages.show_message("warnings", Message(text, hint))

    def _show_error(self, error: Exception) -> None:
        if isinstance(error, EngineDiedError) or not isinstance(error, UserError):
            self._editor.messages.show_message("engine", from_error(error))
            self._fail(said_error(error))
            return
        text = for_the_window(str(error))
        if isinstance(error, MistakesError):
            text = error.mistakes[0].text
            self._editor.show_errors(error.mistakes)
        elif error.message.startswith(CHAT_TEMPLATE):
            self._editor.clear_error()
            self._fail(text, from_error(error))
            return
        else:
            self._editor.show_errors([Mistake(text)])
        self._fail(text)

    def _fail(self, text: str, problem: Message | None = None) -> None:
        if self._waiting is not None:
            self._lead_to_mistake()
        self._current = None
        self._failed = True
        self._waiting = None
        self._editor.show_counts([""] * len(self._editor.blocks))
        self._editor.exact.show_nothing(problem, waiting=bool(self._editor.error_text()))
        self.failed.emit(text)

    def _lead_to_mistake(self) -> None:
        """Whoever wanted to run is put where something is missing or wrong."""
        said = self._editor.error_text()
        for field in self._form.fields:
            if field.error() or lacks_value(field.variable.name) in said:
                field.field.setFocus()
                return
        self._editor.go_to_error()


def _models_own() -> None:
    return None


def _counts(prepared: Prepared, blocks: int) -> list[str]:
    """For each block "61 tokens", with the variable that takes the most of it."""
    if prepared.n_tokens is None:
        return [tr("tokens: not available")] * blocks
    out = []
    only = blocks == 1 and not prepared.prompt.is_chat
    for block in range(blocks):
        sources = [t.source for t in prepared.tokens if only or t.message == block]
        own = [s for s in sources if s != SPECIAL]
        text = tr_n("1 token", "{n:,} tokens", len(own))
        out.append(" · ".join([text, *_largest(own)]))
    return out


def _largest(sources: Sequence[str]) -> list[str]:
    names = [
        s.partition(":")[2] if s.startswith("variable:") else "examples"
        for s in sources
        if ":" in s
    ]
    if not names:
        return []
    most = max(set(names), key=lambda name: (names.count(name), name))
    return [f"{most} {names.count(most):,}"] if names.count(most) > 4 else []

"""What a window remembers, and how it goes on where it stopped. GUI thread."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QSize, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QSplitter

from workbench.core.errors import UserError
from workbench.core.paths import demo_model_path
from workbench.core.remote import model_label, remote_address
from workbench.core.sampling import Sampling
from workbench.core.sampling_input import with_values
from workbench.gui.messages import Level, Message, from_error
from workbench.gui.panels.rail import Workspace
from workbench.gui.state import WindowState
from workbench.gui.steady_splitter import SteadySplitter
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

if TYPE_CHECKING:  # the window makes this, and is quickly on the screen
    from workbench.gui.current import TokenPlace
    from workbench.gui.main_window import MainWindow
    from workbench.templates.prompt_file import PromptFile

SIZE = QSize(1440, 900)
_PATIENCE_MS = 1500


class Remembering(QObject):
    """Reads the state of one window and puts it back."""

    def __init__(self, window: MainWindow, state: WindowState, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._state, self._theme = window, state, theme
        self._run = state.run
        self._prompt_is_back = False
        self._restore()

    def state(self) -> WindowState:
        """What to remember now."""
        window, space = self._window, self._window.prompt_space
        defaults, sampling = Sampling().to_dict(), space.sampling.sampling.to_dict()
        try:
            seed = space.sampling.seed()
        except UserError:
            seed = None
        run, token = window.current.run, window.current.token
        return replace(
            self._with_document(),
            theme=self._theme.mode.value,
            model=str(window.models.path or self._state.model),
            sampling={k: v for k, v in sampling.items() if v != defaults[k]},
            seed=seed,
            tint=window.shown.tint,
            chat_templates=window.templates.remembered(),
            splitters={s.objectName(): _places(s) for s in self._splitters()},
            size=(window.width(), window.height()),
            geometry=bytes(window.saveGeometry().toBase64().data()).decode("ascii"),
            workspace=window.pages.workspace.value,
            run=run.run_id if run is not None else self._run,
            token=_numbers(token) if run is not None else self._state.token,
            pages={**self._state.pages, **window.pages.remember()},
            is_new=False,
            has_toured=window.welcome.has_toured,
        )

    def restore_pages(self) -> None:
        """Every workspace is there: its splitters and its tint go back."""
        self._restore_splitters()
        self._window.shown.set_tint(self._state.tint)

    def _restore(self) -> None:
        """Put back what needs no file and no other workspace: sizes and sampling."""
        state, window, space = self._state, self._window, self._window.prompt_space
        window.resize(QSize(*state.size) if len(state.size) == 2 else SIZE)
        if state.geometry:
            window.restoreGeometry(QByteArray.fromBase64(state.geometry.encode("ascii", "ignore")))
        self._restore_splitters()
        try:
            space.sampling.set_sampling(with_values(Sampling(), state.sampling))
        except UserError as error:
            window.show_notice("settings", from_error(error))
        space.sampling.set_seed(state.seed)

    def start(self, model: Path | None, prompt: Path | None) -> None:
        """Load what was open; `model` and `prompt` come before what is remembered."""
        window, state = self._window, self._state
        remembered = Path(state.model) if state.model else None
        if model is None and remembered is not None and not _is_there(remembered):
            text = tr("The model {path} is gone.", path=str(remembered))
            hint = tr("The demo model is used instead.")
            window.show_notice("model-gone", Message(text, hint))
            remembered = None
        window.models.refresh()
        server = remote_address(remembered) if model is None and remembered is not None else None
        if server is not None and remembered is not None:
            self._offer_connecting(remembered, server.host)
        else:
            window.models.choose(model or remembered or demo_model_path())
        wanted = prompt or (Path(state.prompt) if state.prompt else None)
        if prompt is None and wanted is not None and not wanted.is_file():
            text = tr("The prompt {path} is gone.", path=str(wanted))
            window.show_notice("prompt-gone", Message(text, level=Level.INFO))
        if prompt is None:
            window.prompts.opened.connect(self._prompt_opened)
        window.library.begin(wanted, "" if prompt is not None else state.draft)
        is_other = state.workspace != window.pages.workspace.value
        if prompt is None and is_other and state.workspace in list(Workspace):
            window.show_workspace(Workspace(state.workspace))
        if self._run:
            window.current.run_changed.connect(self._run_shown)
            window.history.open(self._run)
        window.history.refresh()

    def _offer_connecting(self, model: Path, host: str) -> None:
        """A server hears of this program only when the person uses it."""
        window = self._window
        window.models.show_waiting(model)
        text = tr("The model {name} is on the server {host}.", name=model_label(model), host=host)
        hint = tr("It is not asked for anything until you connect, or choose another model.")
        connect = (tr("Connect"), partial(window.models.choose, model))
        window.show_notice("server", Message(text, hint, level=Level.INFO, actions=(connect,)))
        window.models.loading.connect(self._loads)

    def _loads(self) -> None:
        self._window.notices.dismiss("server")

    def _with_document(self) -> WindowState:
        """The state with the open prompt, and where the keyboard stood in it."""
        window = self._window
        opened, editor = window.documents.opened, window.prompt_space.editor
        if opened is None:
            return self._state
        blocks = editor.blocks
        block = next((n for n, one in enumerate(blocks) if one.edit.hasFocus()), -1)
        if block < 0:
            cursor: tuple[int, ...] = self._state.cursor
        else:
            cursor = (block, blocks[block].edit.textCursor().position())
        return replace(
            self._state,
            prompt=str(opened.path) if opened.path is not None else "",
            draft="" if opened.path is not None else opened.draft_key,
            cursor=cursor,
            scroll={name: _scrolled(area) for name, area in self._areas().items()},
        )

    def _prompt_opened(self, _prompt: PromptFile) -> None:
        """The first prompt is on the screen: the cursor and the scroll bars go back."""
        if self._prompt_is_back:
            return
        self._prompt_is_back = True
        blocks = self._window.prompt_space.editor.blocks
        if len(self._state.cursor) == 2 and self._state.cursor[0] < len(blocks):
            number, place = self._state.cursor
            edit = blocks[number].edit
            cursor = edit.textCursor()
            cursor.setPosition(min(place, max(0, edit.document().characterCount() - 1)))
            edit.setTextCursor(cursor)
            if self._window.pages.workspace is Workspace.PROMPT:
                edit.setFocus()
        # The blocks get their heights when control returns to Qt.
        QTimer.singleShot(0, self, self._scroll_back)

    def _run_shown(self) -> None:
        """The remembered run is on show: its token is chosen; another one ends the waiting."""
        run, wanted = self._window.current.run, self._run
        self._run = ""
        self._window.current.run_changed.disconnect(self._run_shown)
        place = _place(self._state.token)
        if run is not None and run.run_id == wanted and place is not None:
            # Whoever shows the run fills its views after this signal.
            QTimer.singleShot(0, self, lambda: self._choose(wanted, place))

    def _choose(self, run_id: str, place: TokenPlace) -> None:
        current = self._window.current
        if current.run is not None and current.run.run_id == run_id and current.token is None:
            current.choose(place)
        self._scroll_back()

    def _scroll_back(self) -> None:
        """Put the scroll bars where they were; one whose content still grows follows it."""
        for name, area in self._areas().items():
            value = self._state.scroll.get(name)
            if value is not None:
                ScrollBack(area.verticalScrollBar(), value)

    def _areas(self) -> dict[str, QAbstractScrollArea]:
        space = self._window.prompt_space
        return {
            "editor": space.editor.area,
            "reply": space.reply.view,
            "library": space.library.tree,
        }

    def _restore_splitters(self) -> None:
        for part in self._splitters():
            sizes = self._state.splitters.get(part.objectName())
            if sizes is not None and len(sizes) == part.count() and sum(sizes) > 0:
                part.setSizes(list(sizes))

    def _splitters(self) -> list[QSplitter]:
        return [s for s in self._window.findChildren(QSplitter) if s.objectName()]


class ScrollBack(QObject):
    """Brings a scroll bar back to its value as soon as there is enough to scroll; gives up after
    a while, or when the person scrolls."""

    def __init__(self, bar: QScrollBar, value: int) -> None:
        super().__init__(bar)
        self._bar, self._value = bar, value
        bar.actionTriggered.connect(self.deleteLater)
        bar.rangeChanged.connect(self._try)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.deleteLater)
        self._timer.start(_PATIENCE_MS)
        # Whatever brings the cursor into view does so first.
        QTimer.singleShot(0, self, self._try)

    def _try(self) -> None:
        if self._bar.maximum() >= self._value:
            self._bar.setValue(self._value)


def _scrolled(area: QAbstractScrollArea) -> int:
    return area.verticalScrollBar().value()


def _places(splitter: QSplitter) -> tuple[int, ...]:
    """The sizes to come back to, also when the window was small at the end."""
    return tuple(splitter.wanted if isinstance(splitter, SteadySplitter) else splitter.sizes())


def _numbers(place: TokenPlace | None) -> tuple[int, ...]:
    if place is None:
        return ()
    from workbench.gui.current import Part

    return (list(Part).index(place.part), place.sample, place.index)


def _place(numbers: tuple[int, ...]) -> TokenPlace | None:
    from workbench.gui.current import Part, TokenPlace

    if len(numbers) != 3 or numbers[0] >= len(Part):
        return None
    return TokenPlace(list(Part)[numbers[0]], numbers[1], numbers[2])


def _is_there(model: Path) -> bool:
    """Whether a remembered model can be loaded: a file that exists, or one that a server holds."""
    return remote_address(model) is not None or model.is_file()

"""The top bar: which model, on which device, and how the window looks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from workbench.core.memory import size_words
from workbench.core.settings import BY_NAME
from workbench.gui.icons import icon, pixmap
from workbench.gui.palette.search_chip import SearchChip
from workbench.gui.parts import icon_button, label, pane, text_button
from workbench.gui.said import tr_said
from workbench.gui.style_sheet import set_role
from workbench.gui.theme import Mode, Theme
from workbench.gui.translate import tr, tr_n

if TYPE_CHECKING:
    from workbench.core.remote import ServerInfo
    from workbench.core.types import Loaded, ModelInfo

HEIGHT = 43


class TopBar(QWidget):
    """Title, model chip, device chip, help, theme.

    Signals:
        model_chosen(path): the person picked a listed model.
        server_wanted(): the person wants a model that a server holds.
        open_model(): the person wants to see every model of this machine.
        card_wanted(): the person wants to read about the model in use.
        theme_chosen(mode): the person picked a theme.
        palette_wanted(): the person pressed the search field.
        settings_wanted(): the person pressed Settings.
        help_wanted(): the person pressed Help.
    """

    model_chosen = Signal(str)
    open_model = Signal()
    server_wanted = Signal()
    card_wanted = Signal()
    theme_chosen = Signal(object)
    help_wanted = Signal()
    palette_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._loaded: Loaded | None = None
        self._busy = False
        self.setFixedHeight(HEIGHT)
        self.model_chip = text_button(tr("no model"), "chip", accessible=tr("Model"))
        self.model_menu = QMenu(self)
        self.model_chip.setMenu(self.model_menu)
        self._dot = label()
        self._device = label("", "", name="device-text")
        self.device_chip = _chip(self._dot, self._device)
        self.device_chip.setAccessibleName(tr("Device"))
        self.help_button = icon_button(tr("Help and shortcuts (F1)"), "chip")
        self.theme_button = icon_button(tr("Theme"), "chip")
        self.settings_button = icon_button(tr("Settings (Ctrl+,)"), "chip")
        self.search = SearchChip(theme)
        for button in (self.help_button, self.settings_button, self.theme_button):
            button.setIconSize(QSize(15, 15))
        self.search.clicked.connect(self.palette_wanted)
        self.settings_button.clicked.connect(self.settings_wanted)
        self.help_button.clicked.connect(self.help_wanted)
        self.theme_button.setMenu(self._theme_menu())
        self.theme_button.setPopupMode(self.theme_button.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(10)
        row.addWidget(label("Prompt Workbench", "title"))
        row.addWidget(self.model_chip)
        row.addWidget(self.device_chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addWidget(self.help_button)
        row.addWidget(self.settings_button)
        row.addWidget(self.theme_button)
        theme.changed.connect(self._recolour)
        self._recolour()
        self.show_models([])
        self.show_unloaded(tr("no model"))

    def show_models(self, models: Sequence[ModelInfo], broken: Sequence[str] = ()) -> None:
        """List `models` in the chip's menu; `broken` are sentences about unreadable files."""
        self.model_menu.clear()
        for model in models:
            text = f"{model.name} · {model.quantization} · {size_words(model.size_bytes)}"
            self.model_menu.addAction(text, partial(self.model_chosen.emit, model.path))
        for sentence in broken:
            self.model_menu.addAction(sentence).setEnabled(False)
        self.model_menu.addSeparator()
        self.model_menu.addAction(tr("Model card…\tCtrl+Shift+M"), self.card_wanted.emit)
        self.model_menu.addAction(tr("Open…\tCtrl+O"), self.open_model.emit)
        self.model_menu.addAction(tr("Connect to a server…\tCtrl+Alt+O"), self.server_wanted.emit)

    def show_loading(self, name: str) -> None:
        """A model is being loaded."""
        self._busy = True
        self._set_model(tr("{name} · loading…", name=name))
        self._recolour()

    def show_loaded(self, loaded: Loaded) -> None:
        """The model that is ready, and what runs it."""
        self._loaded, self._busy = loaded, False
        model, engine = loaded.model, loaded.engine
        if engine.server is not None:
            self._show_server(model.name, engine.server)
            return
        set_role(self._device, "")
        self._set_model(f"{model.name} · {model.quantization} · {size_words(model.size_bytes)}")
        tip = tr(
            "{architecture}, {n_params:,} parameters, {n_layer} layers",
            architecture=model.architecture,
            n_params=model.n_params,
            n_layer=model.n_layer,
        )
        self.model_chip.setToolTip(f"{tip}\n{model.path}")
        threads = tr_n("1 thread", "{n} threads", engine.n_threads)
        backend = engine.backend.upper() if engine.backend == "cpu" else engine.backend
        text = f"{backend} · {threads} · {engine.kv_type} KV"
        self._device.setText(text)
        self.device_chip.setAccessibleDescription(text)
        self.device_chip.setToolTip(
            tr(
                "llama.cpp {llama_cpp}, context {n_ctx:,} tokens, flash attention {value}",
                llama_cpp=engine.llama_cpp,
                n_ctx=engine.n_ctx,
                value=tr("on") if engine.flash_attention else tr("off"),
            )
        )
        self.device_chip.show()
        self._recolour()

    def _show_server(self, model: str, server: ServerInfo) -> None:
        """A model that a server holds; one beyond this machine is marked."""
        from workbench.core.remote import Address
        from workbench.experiments.server_prompt import abilities

        self._set_model(model)
        host = Address(server.url).host
        can = server.capabilities
        self.model_chip.setToolTip(f"{can.kind} {can.version}".strip() + f"\n{server.url}")
        away = not server.is_loopback
        text = (
            tr("⇢ {host} · prompts leave this machine", host=host)
            if away
            else tr("{kind} · on this machine", kind=can.kind)
        )
        self._device.setText(text)
        set_role(self._device, "warning" if away else "")
        self.device_chip.setAccessibleDescription(text)
        rows = [f"{'✓' if a.there else '–'} {tr_said(a.what)}" for a in abilities(server)]
        self.device_chip.setToolTip("\n".join(rows))
        self.device_chip.show()
        self._recolour()

    def show_unloaded(self, text: str) -> None:
        """No model is ready; `text` says which one failed or that none was chosen."""
        self._loaded, self._busy = None, False
        self._set_model(text)
        self.device_chip.hide()

    def _set_model(self, text: str) -> None:
        self.model_chip.setText(f"{text}  ▾")
        self.model_chip.setAccessibleDescription(text)

    def _theme_menu(self) -> QMenu:
        menu = QMenu(self)
        for choice in BY_NAME["theme"].choices:
            menu.addAction(tr(choice.label), partial(self.theme_chosen.emit, Mode(choice.value)))
        return menu

    def _recolour(self) -> None:
        colour = self._theme.colour
        self.model_chip.setIcon(icon("chip", colour("ink"), 13))
        self.help_button.setIcon(icon("help", colour("ink"), 15))
        self.settings_button.setIcon(icon("settings", colour("ink"), 15))
        self.theme_button.setIcon(icon("contrast", colour("ink"), 15))
        self._dot.setPixmap(_dot(self._theme, ready=not self._busy))


def _chip(*parts: QWidget) -> QWidget:
    holder = pane("chip-box")
    row = QHBoxLayout(holder)
    row.setContentsMargins(9, 3, 9, 3)
    row.setSpacing(7)
    for part in parts:
        row.addWidget(part)
    return holder


def _dot(theme: Theme, *, ready: bool) -> QPixmap:
    return pixmap("dot", theme.colour("good" if ready else "warning"), 10)

"""Connect to a server: its address and key, what it can do, and which model. GUI thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import UserError
from workbench.core.remote import Address, parse_address
from workbench.experiments.server_setup import Findings, KnownServer, Wish
from workbench.gui.parts import label, text_button, wrapping_label
from workbench.gui.said import tr_said
from workbench.gui.style_sheet import set_role
from workbench.gui.translate import mark, tr

_WIDTH = 560
_PROMISE = mark(
    "Nothing is sent before you ask or run. A key is kept in the system's keyring, or only until "
    "the window closes; certificates are always checked."
)


class ConnectDialog(QDialog):
    """Fields above, what the server offers below. It asks nobody by itself.

    Signals:
        asked(Wish): ask the server what it can do.
        taken(Wish): use the model.
    """

    asked = Signal(object)
    taken = Signal(object)

    def __init__(self, parent: QWidget, known: Sequence[KnownServer]) -> None:
        super().__init__(parent)
        self._known = {server.url: server for server in known}
        self._found: Findings | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Connect to a server"))
        self.setMinimumWidth(_WIDTH)
        self.url = QComboBox()
        self.url.setEditable(True)
        self.url.addItems([server.url for server in known])
        self.url.setCurrentText(known[0].url if known else "http://127.0.0.1:8080/v1")
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("a name, to find it again"))
        self.keep = QCheckBox(tr("Keep the key in the system's keyring"))
        self.model = QComboBox()
        self.model.setEditable(True)
        self.state = wrapping_label("muted")
        self.state.setObjectName("server-state")
        self.abilities = wrapping_label("")
        self.abilities.setObjectName("server-abilities")
        self.ask_button = text_button(tr("Ask the server"), "")
        self.use_button = text_button(tr("Connect"), "primary")
        self.ask_button.setAutoDefault(False)
        cancel = text_button(tr("Cancel"), "")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.ask_button.clicked.connect(lambda: self._tell(self.asked))
        self.use_button.clicked.connect(lambda: self._tell(self.taken))
        self.use_button.setDefault(True)
        self._lay_out(cancel)
        self.url.editTextChanged.connect(self._address_changed)
        self.name.textChanged.connect(self._name_changed)
        self._address_changed(self.url.currentText())
        self._name_changed()

    def show_asking(self) -> None:
        """The server is being asked."""
        self.ask_button.setEnabled(False)
        self._say(tr("Asking the server…"), "muted")
        self.abilities.setText("")

    def show_found(self, found: Findings) -> None:
        """What the server offers."""
        self._found = found
        self.ask_button.setEnabled(True)
        chosen = found.model or self.model.currentText()
        self.model.clear()
        self.model.addItems(list(found.models))
        self.model.setCurrentText(chosen)
        self._say(found.summary, "")
        rows = [f"{'✓' if a.there else '–'} {tr_said(a.what)}" for a in found.rows]
        self.abilities.setText("\n".join(rows))

    def show_error(self, error: Exception) -> None:
        """Why the server cannot be used; the fields stay."""
        self.ask_button.setEnabled(True)
        self._say(str(error), "warning")

    def _lay_out(self, cancel: QWidget) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        rows = (
            (tr("Address"), self.url),
            (tr("Key"), self.key),
            (tr("Name"), self.name),
            ("", self.keep),
            (tr("Model"), self.model),
        )
        for words, field in rows:
            field.setAccessibleName(words or self.keep.text())
            form.addRow(label(words), field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.ask_button)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.use_button)
        promise = wrapping_label("caption")
        promise.setText(tr(_PROMISE))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addLayout(form)
        column.addWidget(self.state)
        column.addWidget(self.abilities)
        column.addWidget(promise)
        column.addLayout(buttons)

    def _address_changed(self, text: str) -> None:
        server = self._known.get(text.partition("#")[0].rstrip("/"))
        self.key.setPlaceholderText(
            tr("none needed") if server is None or server.key == "none" else tr("kept; unchanged")
        )
        if server is not None:
            self.name.setText(server.name)
            self.model.setCurrentText(server.model)
        try:
            address: Address | None = parse_address(text)
        except UserError:
            address = None
        if address is None or address.is_loopback:
            self._say("", "muted")
        else:
            self._say(tr("Prompts you run are sent to {host}.", host=address.host), "warning")

    def _name_changed(self) -> None:
        self.keep.setEnabled(bool(self.name.text().strip()))
        self.keep.setChecked(self.keep.isEnabled())

    def _say(self, text: str, role: str) -> None:
        self.state.setText(text)
        set_role(self.state, role)
        self.state.setVisible(bool(text))

    def _tell(self, signal: object) -> None:
        try:
            address = parse_address(self.url.currentText())
        except UserError as error:
            self.show_error(error)
            return
        model = self.model.currentText().strip() or address.model
        wish = Wish(
            Address(address.url, model),
            self.key.text(),
            self.name.text().strip(),
            keep=self.keep.isChecked(),
        )
        (self.asked if signal is self.asked else self.taken).emit(wish)

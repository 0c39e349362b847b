"""The settings of a profile while windows are open: one value each, and who hears of changes.

Another program on the same profile may change the file; its changes arrive here too. GUI thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from workbench.core.engine_settings import EngineSettings
from workbench.core.errors import UserError
from workbench.core.library_folders import LibraryFolders
from workbench.core.model_folders import ModelFolders
from workbench.core.paths import Profile
from workbench.core.settings import BY_NAME, SettingValue
from workbench.core.settings_store import Settings, SettingsStore, engine_settings

_SETTLE_MS = 50


class Preferences(QObject):
    """Reads, changes and announces settings; shared by all windows of the program.

    Signals:
        changed(name): a setting has another value now, here or through another program.
        shortcuts_changed(): actions have other keys now.
        failed(UserError): a change could not be written; it counts until the program ends.
    """

    changed = Signal(str)
    shortcuts_changed = Signal()
    failed = Signal(object)

    def __init__(self, profile: Profile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = SettingsStore(profile.settings_file)
        self._folders: dict[str, LibraryFolders | ModelFolders] = {
            "prompt_folders": LibraryFolders(profile),
            "model_folders": ModelFolders(profile),
        }
        """Settings that have files of their own, which others read too."""
        self._now = self._with_folders(self._store.read())
        self.problem = self._now.problem
        self._unsaved: dict[str, SettingValue] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self.read_again)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self._timer.start())
        self._root = profile.root
        self._watch()

    def value(self, name: str) -> SettingValue:
        """The value of a setting."""
        return self._now.value(name)

    def text(self, name: str) -> str:
        """The value of a `Kind.CHOICE`."""
        return self._now.text(name)

    def switch(self, name: str) -> bool:
        """The value of a `Kind.SWITCH`."""
        return self._now.switch(name)

    def number(self, name: str) -> int:
        """The value of a `Kind.NUMBER`."""
        return self._now.number(name)

    def is_chosen(self, name: str) -> bool:
        """Whether the person gave it a value of their own."""
        return name in self._now.chosen

    @property
    def engine(self) -> EngineSettings:
        """How models are loaded."""
        return engine_settings(self._now)

    @property
    def shortcuts(self) -> Mapping[str, object]:
        """Keys of actions that have others than usual, as they stand in the file."""
        return self._now.shortcuts

    def set(self, name: str, value: SettingValue) -> None:
        """Give a setting a value and keep it; where it cannot be kept, `failed` says so.

        Raises:
            UserError: the setting does not take the value.
        """
        good = BY_NAME[name].checked(value)
        if good == self.value(name):
            return
        failure: UserError | None = None
        try:
            # First the file: who hears of the change may read it there.
            self._keep(name, good)
            self._unsaved.pop(name, None)
        except UserError as error:
            self._unsaved[name] = good
            failure = error
        chosen = {**self._now.chosen, name: good}
        if good == BY_NAME[name].default:
            del chosen[name]
        self._use(replace(self._now, chosen=chosen))
        if failure is not None:
            self.failed.emit(failure)

    def reset(self, name: str) -> None:
        """Put a setting back to its default."""
        self.set(name, BY_NAME[name].default)

    def reset_all(self) -> dict[str, SettingValue]:
        """Put every setting back; shortcuts stay. Answers with what they were, for `put_back`."""
        before = dict(self._now.chosen)
        for name in before:
            self.reset(name)
        return before

    def put_back(self, before: Mapping[str, SettingValue]) -> None:
        """Take `reset_all` back; what was changed since then stays."""
        for name, value in before.items():
            if not self.is_chosen(name):
                self.set(name, value)

    def set_shortcuts(self, shortcuts: Mapping[str, list[str]]) -> None:
        """Have actions react to other keys than usual, and keep that."""
        self._now = replace(self._now, shortcuts=dict(shortcuts))
        self.shortcuts_changed.emit()
        try:
            self._store.change_shortcuts(shortcuts)
        except UserError as error:
            self.failed.emit(error)

    def read_again(self) -> None:
        """Follow what another program wrote; what could not be written here stays as it is."""
        found = self._with_folders(self._store.read(keep_bad=False))
        if found.problem and not found.chosen:
            return  # half written by hand, say: what counts now goes on counting
        before = self._now.shortcuts
        self._use(replace(found, chosen={**found.chosen, **self._unsaved}))
        if self._now.shortcuts != before:
            self.shortcuts_changed.emit()

    def _use(self, settings: Settings) -> None:
        before, self._now = self._now, settings
        for name in BY_NAME:
            if before.value(name) != settings.value(name):
                self.changed.emit(name)

    def _keep(self, name: str, value: SettingValue) -> None:
        if name in self._folders and isinstance(value, tuple):
            self._folders[name].replace([Path(text) for text in value])
        else:
            self._store.change(name, value)
        self._watch()

    def _watch(self) -> None:
        """Hear of changes in the folder, as soon as there is one."""
        if not self._watcher.directories() and self._root.is_dir():
            self._watcher.addPath(str(self._root))

    def _with_folders(self, settings: Settings) -> Settings:
        chosen = {name: v for name, v in settings.chosen.items() if name not in self._folders}
        for name, kept in self._folders.items():
            added = tuple(map(str, kept.added()))
            if added:
                chosen[name] = added
        return replace(settings, chosen=chosen)

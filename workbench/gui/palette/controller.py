"""Opens the palette with everything there is now, and does what was chosen. GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from workbench.core.memory import size_words
from workbench.core.recent import RecentKind
from workbench.core.settings import SETTINGS, Setting
from workbench.core.settings import Kind as SettingKind
from workbench.gui.actions import ACTIONS
from workbench.gui.fonts import Fonts
from workbench.gui.help_dialog import HelpDialog
from workbench.gui.help_pages import HelpPage, help_pages
from workbench.gui.keymap import Keymap
from workbench.gui.library_search import LibraryEntry
from workbench.gui.palette.availability import Facts, why_not
from workbench.gui.palette.entries import Entry, Index, Kind, entry
from workbench.gui.palette.panel import PalettePanel
from workbench.gui.palette.recent import RecentlyUsed
from workbench.gui.panels.rail import Workspace
from workbench.gui.settings.preferences import Preferences
from workbench.gui.theme import Theme
from workbench.gui.translate import tr

if TYPE_CHECKING:  # the window makes this
    from workbench.gui.main_window import MainWindow

_SHOWS_RUNS = (
    Workspace.PROMPT, Workspace.PROBABILITIES, Workspace.ATTENTION, Workspace.HISTORY
)  # fmt: skip
_LONGEST_MORE = 200


class PaletteController(QObject):
    """The palette of one window."""

    def __init__(
        self,
        window: MainWindow,
        preferences: Preferences,
        keymap: Keymap,
        look: tuple[Theme, Fonts],
        show_setting: Callable[[str], object],
        recent: Path,
    ) -> None:
        """`recent`: the file that remembers what was used lately."""
        super().__init__(window)
        self._window, self._preferences, self._keymap = window, preferences, keymap
        self._show_setting = show_setting
        self._recent = RecentlyUsed(recent)
        self._pages: tuple[HelpPage, ...] | None = None
        self._prompts: tuple[Sequence[LibraryEntry], list[Entry]] = ((), [])
        self._before: QWidget | None = None
        self.panel = PalettePanel(*look, window)
        self.panel.chosen.connect(self._do)
        self.panel.closed.connect(self._go_back)

    def toggle(self) -> None:
        """Open the palette; close it when it is open."""
        if self.panel.isVisible():
            self.panel.close_panel()
            return
        self._before = QApplication.focusWidget()
        recent = self._recent.all()
        self.panel.open(Index(self.entries(), recent))

    def entries(self) -> Iterator[Entry]:
        """Everything that can be found now."""
        yield from self._actions()
        yield from self._found_prompts()
        yield from self._models()
        yield from self._recent_files()
        yield from self._runs()
        yield from self._settings()
        yield from self._help()

    def _do(self, chosen: Entry) -> None:
        self._recent.add(chosen.key)
        self._go_back()
        chosen.call()

    def _go_back(self) -> None:
        """The keyboard returns to where it was, so that an action acts there."""
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()

    def _facts(self) -> Facts:
        window = self._window
        editor = window.prompt_space.editor
        return Facts(
            prompt=window.prompts.prompt is not None,
            model=window.models.path is not None,
            idle=window.runs.is_idle(),
            run=window.current.run is not None,
            token=window.current.token is not None,
            mistake=bool(editor.error_text()),
            generates=window.pages.workspace is Workspace.PROMPT,
            busy=not window.runs.is_idle()
            or window.current.token is not None
            or window.pages.workspace is not Workspace.PROMPT,
        )

    def _actions(self) -> Iterator[Entry]:
        facts = self._facts()
        for spec in ACTIONS:
            if spec.name == "palette":
                continue
            yield entry(
                f"action:{spec.name}",
                Kind.ACTION,
                tr(spec.label),
                tr(spec.help),
                self._window.actions_by_name[spec.name].trigger,
                keys=self._keymap.shown(spec.name),
                why_not=tr(why_not(spec.name, facts)),
                more=spec.label,
            )

    def _found_prompts(self) -> list[Entry]:
        listed = self._window.prompt_space.library.entries
        if self._prompts[0] is not listed:
            self._prompts = (listed, [self._prompt(one) for one in listed])
        return self._prompts[1]

    def _prompt(self, one: LibraryEntry) -> Entry:
        summary = one.summary
        tags = " ".join(f"#{tag}" for tag in summary.tags)
        return entry(
            f"prompt:{summary.path}",
            Kind.PROMPT,
            summary.title or summary.name,
            " · ".join(part for part in (summary.folder, tags) if part),
            partial(self._open_prompt, summary.path),
            why_not=summary.error or "",
            more=f"{summary.name} {summary.description[:_LONGEST_MORE]}",
        )

    def _open_prompt(self, path: Path) -> None:
        self._window.show_workspace(Workspace.PROMPT)
        self._window.documents.open(path)

    def _models(self) -> Iterator[Entry]:
        models = self._window.models
        for one in models.listed:
            info, path = one.info, one.path
            detail = ""
            if info is not None:
                detail = f"{info.quantization} · {size_words(info.size_bytes)}"
            used = models.path is not None and models.path == path
            yield entry(
                f"model:{path}",
                Kind.MODEL,
                info.name if info is not None else path.stem,
                detail,
                partial(models.choose, path),
                why_not=one.error or (tr("this one is in use") if used else ""),
                more=path.stem,
            )

    def _recent_files(self) -> Iterator[Entry]:
        """What was opened lately and stands in no folder that is listed."""
        known = {one.path for one in self._window.models.listed}
        known |= {one.summary.path for one in self._window.prompt_space.library.entries}
        for recent in self._window.tools.recents.entries():
            if recent.path not in known:
                kind = Kind.MODEL if recent.kind is RecentKind.MODELS else Kind.PROMPT
                key = f"{'model' if kind is Kind.MODEL else 'prompt'}:{recent.path}"
                yield entry(key, kind, recent.title, str(recent.path.parent), recent.open)

    def _runs(self) -> Iterator[Entry]:
        for row in self._window.history_model.rows:
            when = datetime.fromtimestamp(row.created_us / 1e6).astimezone()
            yield entry(
                f"run:{row.run_id}",
                Kind.RUN,
                row.reply.strip() or row.prompt_name or row.run_id,
                f"{row.prompt_name} · {row.model_name} · {when:%d %b, %H:%M}",
                partial(self._open_run, row.run_id),
                more=row.run_id,
            )

    def _open_run(self, run_id: str) -> None:
        if self._window.pages.workspace not in _SHOWS_RUNS:
            self._window.show_workspace(Workspace.PROMPT)
        self._window.history.open(run_id)

    def _settings(self) -> Iterator[Entry]:
        for setting in SETTINGS:
            label = tr(setting.label)
            group = tr(setting.group.value)
            yield entry(
                f"setting:{setting.name}",
                Kind.SETTING,
                label,
                f"{group} · {tr(setting.help)}",
                partial(self._show_setting, setting.name),
                more=f"{setting.name} {setting.label}",
            )
            for value, words in _values(setting):
                is_now = self._preferences.value(setting.name) == value
                yield entry(
                    f"setting:{setting.name}={value}",
                    Kind.SETTING,
                    f"{label}: {words}",
                    group,
                    partial(self._preferences.set, setting.name, value),
                    why_not=tr("it is so already") if is_now else "",
                    more=setting.name,
                )

    def _help(self) -> Iterator[Entry]:
        if self._pages is None:
            self._pages = help_pages()
        for page in self._pages:
            yield entry(
                f"help:{page.name}",
                Kind.HELP,
                page.said_title,
                tr("a page of the guide"),
                partial(self._open_help, page.name),
                more=page.name,
            )

    def _open_help(self, name: str) -> None:
        HelpDialog(self._window, name).open()


def _values(setting: Setting) -> list[tuple[bool | str, str]]:
    """Values that can be chosen in the palette itself; none for numbers and folders, and none
    for what only counts at the next start."""
    if setting.restart:
        return []
    if setting.kind is SettingKind.SWITCH:
        return [(True, tr("on")), (False, tr("off"))]
    return [(choice.value, tr(choice.label)) for choice in setting.choices]

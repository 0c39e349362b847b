"""One workspace as the window sees it, and what workspaces are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from workbench.experiments.session import Session
    from workbench.gui.activity import Activity
    from workbench.gui.branches.fork_controller import ForkController
    from workbench.gui.current import Current
    from workbench.gui.fonts import Fonts
    from workbench.gui.messages import MessageBar
    from workbench.gui.panels.rail import Workspace
    from workbench.gui.prompt_controller import PromptController
    from workbench.gui.run_controller import RunController
    from workbench.gui.theme import Theme
    from workbench.gui.token_cards import TokenCards


def do_nothing() -> None:
    """For a page that has nothing to do there."""


def nothing_kept() -> bool:
    """For a page in which nothing is ever kept."""
    return False


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A workspace.

    Attributes:
        workspace: its place on the rail.
        primary: what Ctrl+Enter does.
        escape: release what is kept (a locked token); False when nothing was, and Esc stops the
            run then.
        shown: it came to the front; the run and the token to show stand in `Current`.
        close: end its threads; the window closes.
        calls: what further actions of `actions.ACTIONS` do, by name.
        remember: JSON values to have back in `PageTools.remembered` at the next start.
        help: the page of the guide that F1 opens here, or what says which one; empty for the
            list of keys.
        first: what the keyboard comes to when the page is in front for the first time; None for
            whatever stands first in it.
    """

    workspace: Workspace
    widget: QWidget
    primary: Callable[[], object]
    escape: Callable[[], bool] = nothing_kept
    shown: Callable[[], object] = do_nothing
    close: Callable[[], object] = do_nothing
    calls: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    remember: Callable[[], Mapping[str, object]] = dict
    help: str | Callable[[], str] = ""
    first: QWidget | None = None

    @property
    def help_page(self) -> str:
        """The page of the guide for what is in front now."""
        return self.help if isinstance(self.help, str) else self.help()


@dataclass(frozen=True, slots=True, eq=False)
class PageTools:
    """What a workspace may use.

    Attributes:
        current: the run and the token everybody looks at.
        cards: the one hover card, for every token view.
        window: the parent of dialogs and controllers.
        open_page: bring a workspace to the front.
        open_run: put a run of the history on show, by its id.
        history_changed: something in the history is other now; its lists are read again.
        tell: a few words at the right end of the status bar.
        choose_model: load another model for the prompt workspace.
        forks: leaves the reply on show at a token and goes on differently.
        activity: what takes long is told there, for the title and the taskbar.
        remembered: what the page said in `Page.remember` last time; by workspace.
    """

    session: Session
    theme: Theme
    fonts: Fonts
    current: Current
    prompts: PromptController
    runs: RunController
    notices: MessageBar
    cards: TokenCards
    window: QWidget
    open_page: Callable[[Workspace], None]
    remembered: Mapping[str, Mapping[str, object]]
    forks: ForkController
    open_run: Callable[[str], None]
    history_changed: Callable[[], None]
    choose_model: Callable[[Path], None]
    tell: Callable[[str], None]
    activity: Activity

"""Where things lie: bundled data (checkout, wheel, frozen app) and the person's own folders.

The only module that knows the three places bundled files can have.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from workbench.core.errors import UserError

APP = "prompt-workbench"


def _bundled(name: str) -> Path:
    """The folder `name` that ships with the program."""
    package = Path(__file__).resolve().parent.parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [package / "_data" / name, package.parent / name]
    if frozen is not None:
        places.insert(0, Path(frozen) / name)
    for place in places:
        if place.is_dir():
            return place
    raise UserError(
        f"The bundled folder {name} is missing from this installation.",
        "Reinstall the workbench.",
    )


def assets_folder() -> Path:
    """Bundled models, icons, fonts and help."""
    return _bundled("assets")


def prompts_folder() -> Path:
    """The bundled prompt library."""
    return _bundled("prompts")


def demo_model_path() -> Path:
    """The model that runs when none is named."""
    return assets_folder() / "models" / "demo-2m-q8_0.gguf"


@dataclass(frozen=True, slots=True)
class Profile:
    """The person's own folder: settings, history, prompts, models.

    Everything the program writes lies below `root`, so that `--profile DIR` moves all of it.
    """

    root: Path

    @property
    def settings_file(self) -> Path:
        """What the window remembers."""
        return self.root / "settings.json"

    @property
    def presets_file(self) -> Path:
        """The person's own sampling presets."""
        return self.root / "presets.json"

    @property
    def library_file(self) -> Path:
        """Which folders of prompts were added."""
        return self.root / "library.json"

    @property
    def models_file(self) -> Path:
        """Which folders of models were added."""
        return self.root / "models.json"

    @property
    def recent_file(self) -> Path:
        """Models and prompts that were open lately."""
        return self.root / "recent.json"

    @property
    def servers_file(self) -> Path:
        """The servers the person named; no key is in it."""
        return self.root / "servers.json"

    @property
    def history_file(self) -> Path:
        """The database of runs."""
        return self.root / "history.db"

    @property
    def prompts(self) -> Path:
        """The person's own prompts."""
        return self.root / "prompts"

    @property
    def models(self) -> Path:
        """A folder for the person's models."""
        return self.root / "models"

    @property
    def cache(self) -> Path:
        """What can be made again."""
        return self.root / "cache"

    @property
    def crashes(self) -> Path:
        """What a crash left behind, until the person forgets it."""
        return self.root / "crashes"

    def create(self) -> None:
        """Make the folder.

        Raises:
            UserError: it cannot be made or written; the message names the folder and why.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            probe = self.root / f".write-test-{os.getpid()}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise UserError(
                f"The profile folder {self.root} cannot be written: {error.strerror or error}.",
                "Choose another with --profile DIR or WORKBENCH_PROFILE.",
            ) from error


def open_profile(root: str | Path | None = None) -> Profile:
    """The profile at `root`, else at WORKBENCH_PROFILE, else in the platform's user data folder."""
    chosen = root or os.environ.get("WORKBENCH_PROFILE")
    if chosen:
        return Profile(Path(chosen).expanduser().absolute())
    import platformdirs

    return Profile(Path(platformdirs.user_data_dir(APP, appauthor=False)))

"""Every setting of a profile in one table: what it is, what it may be, and what it does.

The settings dialog, the command palette and the file are made from it. A new setting is one more
row here; who follows it reads its value from `core.settings_store`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workbench.core.engine_settings import EngineSettings, KvType
from workbench.core.errors import UserError
from workbench.core.text import elide

SettingValue = bool | int | str | tuple[str, ...]


class Kind(StrEnum):
    """What a setting holds."""

    SWITCH = "switch"
    NUMBER = "number"
    CHOICE = "choice"
    FOLDERS = "folders"


class Group(StrEnum):
    """Pages of the settings dialog, in their order; the value is the title."""

    APPEARANCE = "Appearance"
    STARTING = "Starting"
    FOLDERS = "Folders"
    ENGINE = "Model engine"
    HISTORY = "History and privacy"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a `Kind.CHOICE` and how it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    Attributes:
        name: its key in the settings file.
        help: one sentence what it does.
        default: what counts until the person says something else.
        choices: of a `Kind.CHOICE`, in their order.
        minimum, maximum: of a `Kind.NUMBER`, both allowed.
        unit: behind a number.
        lowest: what the smallest number means ("automatic"); empty when it is just a number.
        restart: whether it takes effect only when the program starts again.
    """

    name: str
    group: Group
    kind: Kind
    label: str
    help: str
    default: SettingValue
    choices: tuple[Choice, ...] = ()
    minimum: int = 0
    maximum: int = 0
    unit: str = ""
    lowest: str = ""
    restart: bool = False

    def checked(self, value: object) -> SettingValue:
        """`value` as this setting holds it.

        Raises:
            UserError: it cannot hold that; the message says what it takes.
        """
        good: SettingValue | None = _CHECKS[self.kind](self, value)
        if good is None:
            raise UserError(f"{self.name} takes {self.takes()}, not {elide(repr(value), 40)}.")
        return good

    def takes(self) -> str:
        """What it may be, in words."""
        if self.kind is Kind.NUMBER:
            return f"a whole number between {self.minimum} and {self.maximum:,}"
        if self.kind is Kind.CHOICE:
            return "one of " + ", ".join(repr(choice.value) for choice in self.choices)
        return "true or false" if self.kind is Kind.SWITCH else "a list of folders"


def _switch(_setting: Setting, value: object) -> SettingValue | None:
    return value if isinstance(value, bool) else None


def _number(setting: Setting, value: object) -> SettingValue | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if setting.minimum <= value <= setting.maximum else None


def _choice(setting: Setting, value: object) -> SettingValue | None:
    return next((choice.value for choice in setting.choices if choice.value == value), None)


def _folders(_setting: Setting, value: object) -> SettingValue | None:
    if not isinstance(value, list | tuple):
        return None
    texts = [text for text in value if isinstance(text, str) and text and "\0" not in text]
    return tuple(dict.fromkeys(texts)) if len(texts) == len(value) else None


_CHECKS = {
    Kind.SWITCH: _switch,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.FOLDERS: _folders,
}

_ENGINE = EngineSettings()
_KV = tuple(Choice(kind.value, kind.value) for kind in KvType)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme", Group.APPEARANCE, Kind.CHOICE, "Theme",
        "Colours of the window; “system” follows light, dark and high contrast of the system.",
        "system",
        (
            Choice("system", "system"), Choice("light", "light"), Choice("dark", "dark"),
            Choice("contrast-light", "high contrast, light"),
            Choice("contrast-dark", "high contrast, dark"),
        ),
    ),
    Setting(
        "interface_size", Group.APPEARANCE, Kind.NUMBER, "Size of the interface",
        "Makes all text, lines and pictures larger or smaller, beyond what the screen asks for.",
        100, minimum=75, maximum=250, unit="%", restart=True,
    ),
    Setting(
        "model_font", Group.APPEARANCE, Kind.NUMBER, "Size of model text",
        "Height of the text of replies; prompts, tokens and figures keep their proportion to it.",
        15, minimum=10, maximum=28, unit="px", restart=True,
    ),
    Setting(
        "motion", Group.APPEARANCE, Kind.CHOICE, "Motion",
        "Reduced stops the blinking of the caret and everything that slides, fades or pulses.",
        "system",
        (Choice("system", "as the system"), Choice("reduced", "reduced"), Choice("full", "full")),
    ),
    Setting(
        "language", Group.APPEARANCE, Kind.CHOICE, "Language",
        "Language of the window. Prompts, names of metrics and copied figures stay as they are.",
        "",
        (Choice("", "as the system"), Choice("en", "English"), Choice("de", "Deutsch")),
        restart=True,
    ),
    Setting(
        "restore_session", Group.STARTING, Kind.SWITCH, "Go on where I stopped",
        "Opens the windows, the workspace, the prompt, the run and the token of last time. "
        "Unsaved text is kept in any case.",
        default=True,
    ),
    Setting(
        "model_folders", Group.FOLDERS, Kind.FOLDERS, "Folders of models",
        "Searched for GGUF files with all their subfolders, beside the profile's own folder.",
        (),
    ),
    Setting(
        "prompt_folders", Group.FOLDERS, Kind.FOLDERS, "Folders of prompts",
        "Shown in the library beside your own prompts; the command line knows them too.",
        (),
    ),
    Setting(
        "n_ctx", Group.ENGINE, Kind.NUMBER, "Context",
        "Tokens that prompt and reply may have together; more costs memory.",
        _ENGINE.n_ctx, maximum=1 << 24, unit="tokens", lowest="the model's own, at most 8,192",
    ),
    Setting(
        "n_threads", Group.ENGINE, Kind.NUMBER, "CPU threads",
        "Threads that compute; more than there are cores makes it slower.",
        _ENGINE.n_threads, maximum=1024, lowest="one per core",
    ),
    Setting(
        "n_gpu_layers", Group.ENGINE, Kind.NUMBER, "Layers on the GPU",
        "Where llama.cpp was built with a GPU; 0 computes everything on the CPU.",
        _ENGINE.n_gpu_layers, minimum=-1, maximum=100_000, lowest="all of them",
    ),
    Setting(
        "kv_type", Group.ENGINE, Kind.CHOICE, "KV cache",
        "Precision of the cache of keys and values; q8_0 halves its memory and rounds a little.",
        _ENGINE.kv_type.value, _KV,
    ),
    Setting(
        "flash_attention", Group.ENGINE, Kind.SWITCH, "Flash attention",
        "Faster and smaller; the attention view turns it off for itself.",
        _ENGINE.flash_attention,
    ),
    Setting(
        "use_mmap", Group.ENGINE, Kind.SWITCH, "Map the model file",
        "Maps the file into memory instead of reading it; two windows then share one copy.",
        _ENGINE.use_mmap,
    ),
    Setting(
        "n_batch", Group.ENGINE, Kind.NUMBER, "Prompt tokens per step",
        "Tokens of a prompt that are computed at once; Esc waits for one such step at most.",
        _ENGINE.n_batch, minimum=32, maximum=8192, unit="tokens",
    ),
    Setting(
        "private", Group.HISTORY, Kind.SWITCH, "Begin private",
        "New windows keep no runs until “Private” is switched off in the History workspace.",
        default=False,
    ),
)  # fmt: skip
"""The table."""

BY_NAME: dict[str, Setting] = {setting.name: setting for setting in SETTINGS}

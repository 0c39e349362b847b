"""Every action and its shortcut, in one table: the menus, the tooltips and the help read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from workbench.gui.translate import mark, tr


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the person can do.

    Attributes:
        keys: shortcuts; the first is the one that is shown.
        help: one sentence.
    """

    name: str
    label: str
    keys: tuple[str, ...]
    help: str


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "generate", mark("Generate"), ("Ctrl+Return", "Ctrl+Enter"), mark("Run the prompt.")
    ),
    ActionSpec("stop", mark("Stop"), ("Esc",), mark("Release the kept token; then stop the run.")),
    ActionSpec("retry", mark("Retry"), ("Ctrl+R",), mark("Run the prompt again with a new seed.")),
    ActionSpec(
        "open_model", mark("Open model…"), ("Ctrl+O",), mark("Choose a model of this machine.")
    ),
    ActionSpec(
        "connect_server",
        mark("Connect to a server…"),
        ("Ctrl+Alt+O",),
        mark("Use a model that another program serves."),
    ),
    ActionSpec(
        "model_card",
        mark("Model card…"),
        ("Ctrl+Shift+M",),
        mark("Read what the model's file says of itself."),
    ),
    ActionSpec(
        "open_prompt", mark("Open prompt…"), ("Ctrl+Shift+O",), mark("Choose a prompt file.")
    ),
    ActionSpec("new_prompt", mark("New prompt"), ("Ctrl+N",), mark("Begin an empty prompt.")),
    ActionSpec("save", mark("Save"), ("Ctrl+S",), mark("Save the prompt; that makes a version.")),
    ActionSpec(
        "save_as", mark("Save as…"), ("Ctrl+Shift+S",), mark("Save the prompt under another name.")
    ),
    ActionSpec(
        "export", mark("Export…"), ("Ctrl+E",), mark("Write the prompt as a file for another tool.")
    ),
    ActionSpec(
        "import", mark("Import…"), ("Ctrl+I",), mark("Take in prompts that another tool wrote.")
    ),
    ActionSpec(
        "versions",
        mark("Versions…"),
        ("Ctrl+Shift+H",),
        mark("Compare, name and restore versions."),
    ),
    ActionSpec(
        "search", mark("Search prompts"), ("Ctrl+P",), mark("Find a prompt by name, text or #tag.")
    ),
    ActionSpec(
        "find", mark("Find…"), ("Ctrl+F",), mark("Find text in all messages of the prompt.")
    ),
    ActionSpec(
        "replace", mark("Replace…"), ("Ctrl+H",), mark("Find text and put other text in its place.")
    ),
    ActionSpec(
        "find_next", mark("Next match"), ("F3",), mark("Go to the next place that was found.")
    ),
    ActionSpec("find_previous", mark("Previous match"), ("Shift+F3",), mark("…to the one before.")),
    ActionSpec(
        "to_error",
        mark("To the mistake"),
        ("F8",),
        mark("Put the cursor where the prompt is wrong."),
    ),
    ActionSpec(
        "refresh", mark("Read again"), ("F5",), mark("Read the library and the models again.")
    ),
    ActionSpec("prompt", mark("Prompt"), ("Ctrl+1",), mark("Show the prompt workspace.")),
    ActionSpec(
        "probabilities",
        mark("Probabilities"),
        ("Ctrl+2",),
        mark("Show what the model nearly said."),
    ),
    ActionSpec(
        "attention", mark("Attention"), ("Ctrl+3",), mark("Show where the model looked, and why.")
    ),
    ActionSpec(
        "compare", mark("Compare"), ("Ctrl+4",), mark("Show models and settings side by side.")
    ),
    ActionSpec(
        "columns",
        mark("Columns…"),
        ("Ctrl+Shift+C",),
        mark("Choose what stands side by side in Compare."),
    ),
    ActionSpec(
        "arena", mark("Arena"), ("Ctrl+Shift+A",), mark("Vote on two replies without their names.")
    ),
    ActionSpec(
        "experiments",
        mark("Experiments"),
        ("Ctrl+5",),
        mark("Measure models, prompts and settings on tasks."),
    ),
    ActionSpec(
        "branches", mark("Branches"), ("Ctrl+B",), mark("Show the forks of this reply as a tree.")
    ),
    ActionSpec(
        "samplers",
        mark("Sampler microscope"),
        ("Ctrl+M",),
        mark("Show what every sampler leaves at the chosen token."),
    ),
    ActionSpec(
        "ahead",
        mark("Look ahead"),
        ("Ctrl+L",),
        mark("Show the likeliest continuations as a tree."),
    ),
    ActionSpec(
        "preview",
        mark("Grey preview"),
        ("Ctrl+Shift+G",),
        mark(
            "Show the likeliest next words in grey behind the reply or a raw prompt, or hide them."
        ),
    ),
    ActionSpec("history", mark("History"), ("Ctrl+6",), mark("Show the history workspace.")),
    ActionSpec("find_runs", mark("Find runs"), ("Ctrl+Shift+P",), mark("Search the history.")),
    ActionSpec(
        "focus_library",
        mark("To the library"),
        ("Alt+1",),
        mark("Put the keyboard in the library."),
    ),
    ActionSpec(
        "focus_variables", mark("To the variables"), ("Alt+2",), mark("…in the first variable.")
    ),
    ActionSpec("focus_prompt", mark("To the prompt"), ("Alt+3",), mark("…in the last message.")),
    ActionSpec(
        "focus_reply", mark("To the reply"), ("Alt+4",), mark("…in the reply; arrows walk tokens.")
    ),
    ActionSpec(
        "focus_sampling", mark("To the sampling"), ("Alt+5",), mark("…in the first parameter.")
    ),
    ActionSpec(
        "focus_next_token", mark("To the next token"), ("Alt+6",), mark("…in the next token now.")
    ),
    ActionSpec("focus_samplers", mark("To the samplers"), ("Alt+8",), mark("…in their order.")),
    ActionSpec(
        "focus_exact", mark("To the exact prompt"), ("Alt+7",), mark("…in it; arrows walk tokens.")
    ),
    ActionSpec(
        "chat_template",
        mark("Chat template…"),
        ("Ctrl+Shift+T",),
        mark("Edit how messages are written."),
    ),
    ActionSpec(
        "marks", mark("Marks"), ("Ctrl+.",), mark("Show spaces, newlines and bytes of tokens.")
    ),
    ActionSpec("tour", mark("Tour"), ("Ctrl+F1",), mark("Six steps through the window.")),
    ActionSpec(
        "welcome", mark("Welcome"), ("Shift+F1",), mark("Show the welcome and recent files.")
    ),
    ActionSpec("help", mark("Help"), ("F1",), mark("Show this list.")),
    ActionSpec(
        "quit", mark("Quit"), ("Ctrl+Q",), mark("End the program; a run that goes on is stopped.")
    ),
    ActionSpec(
        "palette",
        mark("Command palette"),
        ("Ctrl+K",),
        mark("Find and run anything by its name."),
    ),
    ActionSpec(
        "settings",
        mark("Settings…"),
        ("Ctrl+,",),
        mark("Change how the program looks and works."),
    ),
    ActionSpec("shortcuts", mark("Shortcuts…"), (), mark("Give actions other keys.")),
    ActionSpec("new_window", mark("New window"), ("Ctrl+Shift+N",), mark("Open one more window.")),
)

EDITOR_KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+Z", mark("Undo the last step in any message, moves and deletions included.")),
    ("Ctrl+Shift+Z", mark("Make the step again (also Ctrl+Y).")),
    ("Ctrl+Space", mark("Offer names, filters and tags; ↑ ↓ choose, Return takes one.")),
    ("Alt+↑ Alt+↓", mark("Move the message up or down.")),
    ("Ctrl+Shift+Return", mark("Add a message below this one.")),
    ("Ctrl+Shift+D", mark("Duplicate the message.")),
    ("Ctrl+Shift+Backspace", mark("Delete the message.")),
    ("Ctrl+Shift+F", mark("Fold or unfold the message.")),
    ("Alt+↑ Alt+↓ Space", mark("In the samplers: move the current one, or switch it on or off.")),
    ("Tab Shift+Tab", mark("Leave the message for the next or the previous control.")),
)
"""What keys do inside the messages of a prompt."""

TOKEN_KEYS: tuple[tuple[str, str], ...] = (
    ("← →", mark("Walk from token to token in the reply or the exact prompt.")),
    ("↑ ↓", mark("Walk to the token above or below.")),
    ("Home End", mark("Go to the first or last token.")),
    ("Ctrl+C", mark("Copy the selected tokens, or the kept one.")),
    ("Ctrl+A", mark("Select every token.")),
    (mark("click"), mark("Keep a token's card open; click again to release it.")),
    (mark("click in the card"), mark("Say that token instead: the reply forks there and goes on.")),
    ("1 … 9", mark("At a kept token of the reply: say the likeliest, the second … token instead.")),
    ("R", mark("At a kept token: say the reply anew from there, with a new seed.")),
    ("N", mark("At a kept token: four continuations from there, beside each other.")),
    ("E F2", mark("At a kept token: edit it (or the selected ones) and go on from there.")),
    ("L", mark("At a kept token: look ahead, the likeliest continuations as a tree.")),
    ("Alt+← Alt+→", mark("In the sampler microscope: move a sampler; Ctrl+C copies the numbers.")),
    ("Tab", mark("While grey words stand behind the text: take them all.")),
    ("Ctrl+→", mark("…take the next word of them; Esc puts them away.")),
    (mark("right-click"), mark("Everything that can be done at a token.")),
    (mark("double-click"), mark("Put a slider back to its default.")),
)
"""What keys and clicks do inside a token view and on a slider."""

ARENA_KEYS: tuple[tuple[str, str], ...] = (
    ("1 A ←", mark("In the arena: the first reply is better.")),
    ("2 B →", mark("…the second is.")),
    ("3 T", mark("…a tie.")),
    ("4 N", mark("…both are bad.")),
    ("Space Return", mark("…show the next pairing.")),
    ("U Ctrl+Z", mark("…take the last vote back.")),
    ("S", mark("…skip this pairing.")),
    ("↑ ↓", mark("…read on in both replies.")),
)
"""What keys do in the arena."""


def add_actions(window: QWidget, calls: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Give `window` every action of the table; `calls` says what each does, by name.

    Raises:
        KeyError: an action nobody carries out.
    """
    made = {}
    for spec in ACTIONS:
        action = QAction(tr(spec.label), window)
        action.setObjectName(f"action-{spec.name}")
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setToolTip(tr(spec.help))
        action.triggered.connect(_without_argument(calls[spec.name]))
        window.addAction(action)
        made[spec.name] = action
    return made


def _without_argument(call: Callable[[], object]) -> Callable[[bool], object]:
    return lambda _checked: call()

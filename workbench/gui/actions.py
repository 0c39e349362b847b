"""Every action and its shortcut, in one table: the menus, the tooltips and the help read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


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
    ActionSpec("generate", "Generate", ("Ctrl+Return", "Ctrl+Enter"), "Run the prompt."),
    ActionSpec("stop", "Stop", ("Esc",), "Release the kept token; then stop the run."),
    ActionSpec("retry", "Retry", ("Ctrl+R",), "Run the prompt again with a new seed."),
    ActionSpec("open_model", "Open model…", ("Ctrl+O",), "Choose a GGUF file."),
    ActionSpec("open_prompt", "Open prompt…", ("Ctrl+Shift+O",), "Choose a prompt file."),
    ActionSpec("new_prompt", "New prompt", ("Ctrl+N",), "Begin an empty prompt."),
    ActionSpec("save", "Save", ("Ctrl+S",), "Save the prompt; that makes a version."),
    ActionSpec("save_as", "Save as…", ("Ctrl+Shift+S",), "Save the prompt under another name."),
    ActionSpec("export", "Export…", ("Ctrl+E",), "Write the prompt as a file for another tool."),
    ActionSpec("import", "Import…", ("Ctrl+I",), "Take in prompts that another tool wrote."),
    ActionSpec("versions", "Versions…", ("Ctrl+Shift+H",), "Compare, name and restore versions."),
    ActionSpec("search", "Search prompts", ("Ctrl+P",), "Find a prompt by name, text or #tag."),
    ActionSpec("find", "Find…", ("Ctrl+F",), "Find text in all messages of the prompt."),
    ActionSpec("replace", "Replace…", ("Ctrl+H",), "Find text and put other text in its place."),
    ActionSpec("find_next", "Next match", ("F3",), "Go to the next place that was found."),
    ActionSpec("find_previous", "Previous match", ("Shift+F3",), "…to the one before."),
    ActionSpec("to_error", "To the mistake", ("F8",), "Put the cursor where the prompt is wrong."),
    ActionSpec("refresh", "Read again", ("F5",), "Read the library and the models again."),
    ActionSpec("prompt", "Prompt", ("Ctrl+1",), "Show the prompt workspace."),
    ActionSpec("probabilities", "Probabilities", ("Ctrl+2",), "Show what the model nearly said."),
    ActionSpec("attention", "Attention", ("Ctrl+3",), "Show where the model looked, and why."),
    ActionSpec("compare", "Compare", ("Ctrl+4",), "Show models and settings side by side."),
    ActionSpec(
        "columns", "Columns…", ("Ctrl+Shift+C",), "Choose what stands side by side in Compare."
    ),
    ActionSpec("arena", "Arena", ("Ctrl+Shift+A",), "Vote on two replies without their names."),
    ActionSpec(
        "experiments", "Experiments", ("Ctrl+5",), "Measure models, prompts and settings on tasks."
    ),
    ActionSpec("branches", "Branches", ("Ctrl+B",), "Show the forks of this reply as a tree."),
    ActionSpec(
        "samplers",
        "Sampler microscope",
        ("Ctrl+M",),
        "Show what every sampler leaves at the chosen token.",
    ),
    ActionSpec("ahead", "Look ahead", ("Ctrl+L",), "Show the likeliest continuations as a tree."),
    ActionSpec(
        "preview",
        "Grey preview",
        ("Ctrl+Shift+G",),
        "Show the likeliest next words in grey behind the reply or a raw prompt, or hide them.",
    ),
    ActionSpec("history", "History", ("Ctrl+6",), "Show the history workspace."),
    ActionSpec("find_runs", "Find runs", ("Ctrl+Shift+P",), "Search the history."),
    ActionSpec("focus_library", "To the library", ("Alt+1",), "Put the keyboard in the library."),
    ActionSpec("focus_variables", "To the variables", ("Alt+2",), "…in the first variable."),
    ActionSpec("focus_prompt", "To the prompt", ("Alt+3",), "…in the last message."),
    ActionSpec("focus_reply", "To the reply", ("Alt+4",), "…in the reply; arrows walk tokens."),
    ActionSpec("focus_sampling", "To the sampling", ("Alt+5",), "…in the first parameter."),
    ActionSpec("focus_next_token", "To the next token", ("Alt+6",), "…in the next token now."),
    ActionSpec("focus_samplers", "To the samplers", ("Alt+8",), "…in their order."),
    ActionSpec("focus_exact", "To the exact prompt", ("Alt+7",), "…in it; arrows walk tokens."),
    ActionSpec(
        "chat_template", "Chat template…", ("Ctrl+Shift+T",), "Edit how messages are written."
    ),
    ActionSpec("marks", "Marks", ("Ctrl+.",), "Show spaces, newlines and bytes of tokens."),
    ActionSpec("help", "Help", ("F1",), "Show this list."),
    ActionSpec("quit", "Quit", ("Ctrl+Q",), "End the program; a run that goes on is stopped."),
)

EDITOR_KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+Z", "Undo the last step in any message, moves and deletions included."),
    ("Ctrl+Shift+Z", "Make the step again (also Ctrl+Y)."),
    ("Ctrl+Space", "Offer names, filters and tags; ↑ ↓ choose, Return takes one."),
    ("Alt+↑ Alt+↓", "Move the message up or down."),
    ("Ctrl+Shift+Return", "Add a message below this one."),
    ("Ctrl+Shift+D", "Duplicate the message."),
    ("Ctrl+Shift+Backspace", "Delete the message."),
    ("Ctrl+Shift+F", "Fold or unfold the message."),
    ("Alt+↑ Alt+↓ Space", "In the samplers: move the current one, or switch it on or off."),
    ("Tab Shift+Tab", "Leave the message for the next or the previous control."),
)
"""What keys do inside the messages of a prompt."""

TOKEN_KEYS: tuple[tuple[str, str], ...] = (
    ("← →", "Walk from token to token in the reply or the exact prompt."),
    ("↑ ↓", "Walk to the token above or below."),
    ("Home End", "Go to the first or last token."),
    ("Ctrl+C", "Copy the selected tokens, or the kept one."),
    ("Ctrl+A", "Select every token."),
    ("click", "Keep a token's card open; click again to release it."),
    ("click in the card", "Say that token instead: the reply forks there and goes on."),
    ("1 … 9", "At a kept token of the reply: say the likeliest, the second … token instead."),
    ("R", "At a kept token: say the reply anew from there, with a new seed."),
    ("N", "At a kept token: four continuations from there, beside each other."),
    ("E F2", "At a kept token: edit it (or the selected ones) and go on from there."),
    ("L", "At a kept token: look ahead, the likeliest continuations as a tree."),
    ("Alt+← Alt+→", "In the sampler microscope: move a sampler; Ctrl+C copies the numbers."),
    ("Tab", "While grey words stand behind the text: take them all."),
    ("Ctrl+→", "…take the next word of them; Esc puts them away."),
    ("right-click", "Everything that can be done at a token."),
    ("double-click", "Put a slider back to its default."),
)
"""What keys and clicks do inside a token view and on a slider."""

ARENA_KEYS: tuple[tuple[str, str], ...] = (
    ("1 A ←", "In the arena: the first reply is better."),
    ("2 B →", "…the second is."),
    ("3 T", "…a tie."),
    ("4 N", "…both are bad."),
    ("Space Return", "…show the next pairing."),
    ("U Ctrl+Z", "…take the last vote back."),
    ("S", "…skip this pairing."),
    ("↑ ↓", "…read on in both replies."),
)
"""What keys do in the arena."""


def add_actions(window: QWidget, calls: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Give `window` every action of the table; `calls` says what each does, by name.

    Raises:
        KeyError: an action nobody carries out.
    """
    made = {}
    for spec in ACTIONS:
        action = QAction(spec.label, window)
        action.setObjectName(f"action-{spec.name}")
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setToolTip(spec.help)
        action.triggered.connect(_without_argument(calls[spec.name]))
        window.addAction(action)
        made[spec.name] = action
    return made


def _without_argument(call: Callable[[], object]) -> Callable[[bool], object]:
    return lambda _checked: call()

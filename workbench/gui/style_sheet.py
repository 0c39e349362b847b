"""The window's style sheet, made from the colours. Widgets choose a rule by object name or role.

A role is the dynamic property `role`; `set_role` sets it.
"""

from __future__ import annotations

from string import Template

from PySide6.QtWidgets import QWidget

from workbench.gui.fonts import MODEL_PIXELS, SMALL_PIXELS, UI_PIXELS, Fonts
from workbench.gui.theme import Colours


def set_role(widget: QWidget, role: str) -> None:
    """Draw `widget` by the rules of `role`; it may change while the widget is shown."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def style_sheet(
    colours: Colours, fonts: Fonts, icons: dict[str, str], *, still: bool = False
) -> str:
    """The rules in these colours. `icons`: paths of the few pictures only a rule can place.

    With `still` no widget moves by itself.
    """
    names = {f: getattr(colours, f) for f in Colours.__slots__}
    rules = _RULES + (_STRONG if colours.is_contrast else "") + (_STILL if still else "")
    return Template(rules).substitute(
        names,
        ui=fonts.ui_family,
        mono=fonts.mono_family,
        mono_small=f"{fonts.mono_pixels(SMALL_PIXELS)}px",
        mono_ui=f"{fonts.mono_pixels(UI_PIXELS)}px",
        mono_large=f"{fonts.mono_pixels(MODEL_PIXELS)}px",
        **icons,
    )


_STILL = "* { widget-animation-duration: 0; }\n"

_STRONG = """
QPushButton:focus, QToolButton:focus, QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus,
QSpinBox:focus, QCheckBox:focus, QTableView:focus, QListView:focus { border: 2px solid $focus; }
QPushButton[role="chip"], QToolButton[role="chip"], QLabel[role="chip"],
QWidget[role="chip-box"], QFrame[role="message"] { border: 1px solid $line; }
QPushButton[role="chip"]:focus, QToolButton[role="chip"]:focus,
QPushButton[role="text"]:focus, QPushButton[role="action"]:focus, QPushButton[role="tab"]:focus,
QPushButton[role="foot"]:focus, QPushButton[role="role"]:focus, QPushButton[role="primary"]:focus,
QToolButton[role="rail"]:focus, QToolButton[role="icon"]:focus { border: 2px solid $focus; }
QToolButton[role="rail"]:checked { border: 2px solid $accent; }
QPushButton[role="tab"]:checked { text-decoration: underline; }
QMenu::item:selected { border: 1px solid $focus; }
"""


_RULES = """
* { font-family: "$ui"; font-size: 13px; color: $ink; outline: none; }
QMainWindow, QWidget[role="pane"], QDialog { background: $pane; }
QWidget[role="lit"] { background: $pane; border: none; border-left: 4px solid $accent; }
QWidget[role="well"] { background: $background; }
QLabel { background: transparent; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="muted"], QLabel[role="caption"] { color: $muted; }
QLabel[role="caption"] { font-size: 12px; }
QLabel[role="good"] { color: $good; font-size: 12px; }
QLabel[role="warning"] { color: $warning; font-size: 12px; }
QLabel[role="chip"] { background: $chip; border-radius: 6px; padding: 3px 8px; }
QWidget[role="chip-box"] { background: $chip; border-radius: 6px; }
QLabel[role="empty"] { color: $muted; }
QFrame[role="hline"] { background: $line; max-height: 1px; min-height: 1px; border: none; }
QFrame[role="vline"] { background: $line; max-width: 1px; min-width: 1px; border: none; }

QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QPushButton, QToolButton { border: 1px solid $line; border-radius: 7px; background: $pane;
  padding: 4px 12px; min-height: 18px; }
QPushButton:hover, QToolButton:hover { background: $chip; }
QPushButton:focus, QToolButton:focus { border: 1px solid $focus; }
QPushButton:disabled, QToolButton:disabled { color: $muted; }
QPushButton[role="primary"] { background: $accent; border: 1px solid $accent; color: $on_accent;
  font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:disabled { background: $chip; border-color: $chip; color: $chip_ink; }
QPushButton[role="primary"]:focus { border: 1px solid $ink; }
QPushButton[role="chip"], QToolButton[role="chip"] { background: $chip; border: 1px solid $chip;
  border-radius: 6px; padding: 3px 8px; }
QPushButton[role="chip"]:hover { border-color: $line; }
QPushButton[role="chip"]:focus { border-color: $focus; }
QPushButton[role="chip"]::menu-indicator { width: 0px; image: none; }
QToolButton[role="chip"] { padding: 0px; min-width: 27px; min-height: 24px; }
QToolButton[role="chip"]:hover { border-color: $line; }
QToolButton[role="chip"]:focus { border-color: $focus; }
QToolButton[role="chip"]::menu-indicator { width: 0px; image: none; }
QPushButton[role="text"] { background: transparent; border: 1px solid transparent; color: $muted;
  padding: 2px 0px; border-radius: 5px; text-align: left; }
QPushButton[role="text"]:hover { color: $ink; }
QPushButton[role="text"]:focus { border-color: $focus; }
QPushButton[role="text"]::menu-indicator { width: 0px; image: none; }
QPushButton[role="action"] { background: transparent; border: 1px solid transparent;
  color: $accent; padding: 2px 4px; border-radius: 5px; font-weight: 600; }
QPushButton[role="action"]:hover { background: $pane; }
QPushButton[role="action"]:focus { border-color: $focus; }
QPushButton[role="tab"] { background: transparent; border: 1px solid transparent; color: $muted;
  padding: 2px 5px; border-radius: 5px; }
QPushButton[role="tab"]:hover { color: $ink; }
QPushButton[role="tab"]:checked { color: $accent; font-weight: 600; }
QPushButton[role="tab"]:focus { border-color: $focus; }
QPushButton[role="toggle"] { background: transparent; border: 1px solid transparent;
  color: $muted; font-family: "$mono"; font-size: 12px; padding: 2px 5px; border-radius: 5px; }
QPushButton[role="toggle"]:hover { background: $chip; color: $ink; }
QPushButton[role="toggle"]:checked { background: $accent_wash; color: $accent; font-weight: 600; }
QPushButton[role="toggle"]:focus { border-color: $focus; }
QPushButton[role="source"] { background: transparent; border: 1px solid $line; color: $muted;
  border-radius: 6px; padding: 2px 8px; }
QPushButton[role="source"]:hover { color: $ink; }
QPushButton[role="source"]:checked { background: $accent_wash; border-color: $accent_wash;
  color: $accent; }
QPushButton[role="source"]:focus { border-color: $focus; }
QPushButton[role="foot"] { background: transparent; border: 1px solid transparent;
  color: $chip_ink; padding: 1px 4px; border-radius: 5px; text-align: left; }
QPushButton[role="foot"]:hover { color: $ink; }
QPushButton[role="foot"]:focus { border-color: $focus; }
QPushButton[role="primary-small"] { background: $accent; border: 1px solid $accent;
  color: $on_accent; font-weight: 600; padding: 1px 10px; border-radius: 5px; }
QPushButton[role="primary-small"]:focus { border: 1px solid $ink; }
QPushButton[role="small"] { padding: 1px 10px; border-radius: 5px; }
QListView[role="words"], QListView[role="choices"] { background: $pane; border: 1px solid $line;
  border-radius: 6px; }
QListView[role="choices"] { padding: 4px; }
QListView[role="choices"]:focus { border-color: $focus; }
QListView[role="choices"]::item { padding: 5px 8px; border-radius: 5px; color: $ink; }
QListView[role="choices"]::item:selected { background: $accent_wash; color: $accent; }
QPushButton[role="role"] { background: transparent; border: 1px solid transparent; color: $muted;
  font-size: 12px; padding: 1px 4px; min-height: 16px; border-radius: 5px; text-align: left; }
QPushButton[role="role"]:hover { background: $chip; color: $ink; }
QPushButton[role="role"]:focus { border-color: $focus; }
QToolButton[role="rail"] { background: transparent; border: 1px solid transparent;
  border-radius: 8px; padding: 0px; min-width: 36px; min-height: 36px; }
QToolButton[role="rail"]:hover { background: $chip; }
QToolButton[role="rail"]:checked { background: $accent_wash; }
QToolButton[role="rail"]:focus { border-color: $focus; }
QToolButton[role="icon"] { background: transparent; border: 1px solid transparent; padding: 2px;
  border-radius: 5px; min-height: 0px; }
QToolButton[role="icon"]::menu-indicator { width: 0px; image: none; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0px; min-height: 0px; }
QToolButton[role="icon"]:hover { background: $chip; }
QToolButton[role="icon"]:focus { border-color: $focus; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox { background: $pane;
  border: 1px solid $line; border-radius: 5px; padding: 2px 6px; color: $ink;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 1px solid $focus; }
HelpBrowser { qproperty-linkColour: $accent; }
QLineEdit[role="plain"] { border: 1px solid transparent; padding: 0px; min-height: 0px; }
QLineEdit[role="plain"]:focus { border: 1px solid $focus; }
QLineEdit[role="wrong"], QPlainTextEdit[role="wrong"] { border: 1px solid $warning; }
QLineEdit, QComboBox, QSpinBox { min-height: 18px; }
QSpinBox QLineEdit { border: none; padding: 0px 6px; min-height: 0px; background: transparent; }
QSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 0px; }
QSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 0px; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url("$down"); width: 10px; height: 10px; }
QComboBox QAbstractItemView, QMenu { background: $pane; border: 1px solid $line; padding: 4px;
  selection-background-color: $accent_wash; selection-color: $accent; }
QMenu { border-radius: 6px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_wash; color: $accent; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QCheckBox { spacing: 8px; background: transparent; border: 1px solid transparent;
  border-radius: 5px; padding: 1px; }
QCheckBox:focus { border-color: $focus; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $muted; border-radius: 4px;
  background: $pane; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QListView[role="checks"] { border: 1px solid $line; border-radius: 6px; padding: 4px; }
QListView[role="checks"]:focus { border-color: $focus; }
QListView[role="checks"]::item { padding: 3px 4px; border-radius: 5px; color: $ink; }
QListView[role="checks"]::item:selected { background: $accent_wash; }
QListView[role="checks"]::indicator { width: 14px; height: 14px; border: 1px solid $muted;
  border-radius: 4px;
  background: $pane; }
QListView[role="checks"]::indicator:checked { background: $accent; border-color: $accent;
  image: url("$tick"); }
QTextEdit[role="source"] { border: none; border-radius: 0px; background: $pane;
  font-family: "$mono"; padding: 0px; }
QPlainTextEdit[role="json"] { font-family: "$mono"; font-size: $mono_small; }
QPlainTextEdit[role="reading"] { border: 1px solid transparent; border-radius: 0px;
  font-family: "$mono"; padding: 8px 9px; }
QPlainTextEdit[role="reading"] { font-size: $mono_ui; }
QPlainTextEdit[role="reading"][large="true"] { font-size: $mono_large; }
QPlainTextEdit[role="reading"]:focus { border-color: $focus; }
QTextBrowser { border: none; }
QFrame[role="palette"] { background: $pane; border: 1px solid $line; border-radius: 10px; }
QLineEdit[role="palette"] { border: none; border-radius: 10px; padding: 10px 14px;
  font-size: 15px; }
QKeySequenceEdit { min-height: 24px; }

QTreeView, QListView { background: $pane; border: none;
    selection-background-color: $accent_wash; selection-color: $ink; }
QTreeView[role="tasks"]::item { padding: 3px 0px; }
QTreeView[role="keys"]::item { padding: 4px 2px; }
QTreeView[role="tasks"], QTreeView[role="keys"], QListView[role="ticks"] {
  border: 1px solid transparent; }
QTreeView[role="tasks"]:focus, QTreeView[role="keys"]:focus, QListView[role="ticks"]:focus {
  border-color: $focus; }
QListView[role="ticks"]::item { padding: 0px 2px; border-radius: 4px; }
QListView[role="ticks"]::indicator { width: 14px; height: 14px; border: 1px solid $muted;
  border-radius: 4px; background: $pane; }
QListView[role="ticks"]::indicator:checked { background: $accent; border-color: $accent;
  image: url("$tick"); }
QPlainTextEdit[role="reading"] { padding: 4px 10px; }
QProgressBar { background: $chip; border: none; border-radius: 1px; }
QProgressBar::chunk { background: $accent; }
QListView[role="samplers"] { border: 1px solid transparent; border-radius: 6px; }
QListView[role="samplers"]::item { border: none; }
QAbstractScrollArea { background: $pane; }
QScrollArea { border: none; background: transparent; }
QScrollArea[role="well"] > QWidget > QWidget { background: $background; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar::handle:vertical { background: $line; border-radius: 3px; min-height: 28px; }
QScrollBar::handle:vertical:hover { background: $muted; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle:horizontal { background: $line; border-radius: 3px; min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $pane; color: $ink; border: 1px solid $line; padding: 4px 6px; }

QFrame[role="block"] { background: $pane; border: 1px solid $line; border-radius: 8px; }
QFrame[role="block-focus"] { background: $pane; border: 1px solid $focus; border-radius: 8px; }
QFrame[role="block-wrong"] { background: $pane; border: 1px solid $warning; border-radius: 8px; }
QFrame[role="drop-mark"] { background: $accent; border: none; border-radius: 1px; }
QFrame[role="exact"] { background: $pane; border: 1px dashed $line; border-radius: 8px; }
QFrame[role="tour"] { background: $pane; border: 1px solid $accent; border-radius: 8px; }
QFrame[role="tour"]:focus { border: 2px solid $focus; }
QFrame[role="message"] { background: $accent_wash; border: none; }
QFrame[role="message"] QLabel { background: transparent; }

QTableView { background: $pane; border: 1px solid $line; border-radius: 6px; gridline-color: $line;
  selection-background-color: $accent_wash; selection-color: $ink; }
QTableView:focus { border: 1px solid $focus; }
QTableView[role="runs"] { border: 1px solid transparent; border-radius: 0px; }
QTableView[role="runs"]:focus { border-color: $focus; }
QTableView::item { padding: 2px 6px; }
QTableView QLineEdit, QTableView QPlainTextEdit { border-radius: 0px; }
QHeaderView { background: $pane; border: none; }
QHeaderView::section { background: $chip; color: $chip_ink; border: none;
  border-right: 1px solid $line; border-bottom: 1px solid $line; padding: 4px 6px; }
QTableCornerButton::section { background: $chip; border: none; border-bottom: 1px solid $line; }
QPushButton[role="summary"] { background: $pane; border-radius: 5px; padding: 2px 6px;
  text-align: left; }
QPushButton[role="summary"]:hover { background: $chip; }
QPushButton[role="summary"]:focus { border: 1px solid $focus; }
"""

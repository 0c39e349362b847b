"""Every text of the window can be translated, and the German one is whole."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

import workbench

GUI = Path(workbench.__file__).parent / "gui"
ROOT = GUI.parent.parent
GERMAN = ROOT / "assets" / "translations" / "workbench_de.ts"

SHOWN_BY = {
    "setText", "setToolTip", "setAccessibleName", "setAccessibleDescription",
    "setPlaceholderText", "setWindowTitle", "setStatusTip", "setTitle", "addAction", "addMenu",
    "addSection", "addItem", "addItems", "insertItem", "QLabel", "QPushButton", "QCheckBox",
    "QRadioButton", "QGroupBox", "QAction", "QMenu", "label", "text_button", "title_row",
    "icon_button", "show_text", "show_reason", "show_problem", "show_nothing", "show_note",
    "Message", "UserError", "NameDialog", "CheckList", "addTab", "setSuffix",
}  # fmt: skip
"""Calls whose texts a person reads."""

NO_WORDS = {"Prompt Workbench", "Aa", "Top-k", "Top-p", "Min-p"}
"""Names, and signs that are the same in every language."""


def script() -> ModuleType:
    """packaging/translations.py, which is in no package."""
    spec = importlib.util.spec_from_file_location(
        "translations_script", ROOT / "packaging" / "translations.py"
    )
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def gathering() -> ModuleType:
    """The script that gathers the texts."""
    return script()


@pytest.fixture(scope="module")
def messages() -> list[ET.Element]:
    """Every message of the German file."""
    return list(ET.parse(GERMAN).getroot().iter("message"))  # noqa: S314  # our own file


def is_prose(text: str) -> bool:
    """Whether a literal says something: words of a person, no key, sign or file ending."""
    words = re.sub(r"\{[^}]*\}|\(\*\.\w+\)", " ", text)
    return (
        text not in NO_WORDS
        and re.search(r"[^\W\d_]{3}", words) is not None
        and re.fullmatch(r"[a-z0-9_./*#:%-]+", text) is None
        and re.fullmatch(r"((Ctrl|Alt|Shift|Esc|Tab|Del|Return|Up|Down|\S)[+ ]?)+", text) is None
    )


def unwrapped(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Literals that stand directly in a call a person reads from."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in SHOWN_BY:
            for argument in (*node.args, *(k.value for k in node.keywords if k.arg != "name")):
                for text in said(argument):
                    if is_prose(text):
                        yield node.lineno, text


def said(node: ast.expr) -> Iterator[str]:
    """The texts an expression may be, f-strings with their holes as {}."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in values)
        case ast.IfExp(body=body, orelse=other):
            yield from (*said(body), *said(other))
        case ast.BinOp(left=left, right=right):
            yield from (*said(left), *said(right))


def test_every_text_a_person_reads_is_wrapped() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in sorted(GUI.rglob("*.py"))
        for line, text in unwrapped(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found


def test_values_go_in_after_the_lookup() -> None:
    """An f-string inside tr() would be looked up with its values in it, and never be found."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(GUI.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("tr", "tr_n", "mark")
        and any(isinstance(argument, ast.JoinedStr) for argument in node.args)
    ]
    assert not found


def test_the_german_file_has_every_text_and_no_other(
    gathering: ModuleType, messages: list[ET.Element]
) -> None:
    wanted = {(t.source, t.about, t.one is not None) for t in gathering.all_texts()}
    there = {gathering.key_of(m) for m in messages}
    assert wanted - there == set(), "run `make translations` and translate them"
    assert there - wanted == set(), "run `make translations`"


def forms(message: ET.Element) -> list[str]:
    """The translation, or its forms."""
    translation = message.find("translation")
    assert translation is not None
    many = translation.findall("numerusform")
    return [form.text or "" for form in many] if many else [translation.text or ""]


def test_nothing_is_left_to_translate(messages: list[ET.Element]) -> None:
    for message in messages:
        translation = message.find("translation")
        assert translation is not None
        source = message.findtext("source")
        assert translation.get("type") is None, source
        assert all(form.strip() for form in forms(message)), source
        assert len(forms(message)) == (2 if message.get("numerus") == "yes" else 1), source


def holes(text: str) -> Counter[str]:
    """The values a text takes, with how each is written."""
    return Counter(
        re.findall(r"\{\w+(?:!\w)?(?::[^{}]*)?\}", text.replace("{{", "").replace("}}", ""))
    )


def without_number(found: Counter[str]) -> Counter[str]:
    """The same but for the number of a plural."""
    return Counter({hole: count for hole, count in found.items() if not re.match(r"\{n\b", hole)})


def test_translations_take_the_same_values(messages: list[ET.Element]) -> None:
    for message in messages:
        source = message.findtext("source") or ""
        plural = message.get("numerus") == "yes"
        for number, form in enumerate(forms(message)):
            wanted, there = holes(source), holes(form)
            if plural and number == 0:  # "1 token" need not take the number
                wanted, there = without_number(wanted), without_number(there)
            assert wanted.keys() == there.keys(), source


def test_translations_end_as_their_texts_do(messages: list[ET.Element]) -> None:
    """Blanks at the ends join parts of a line; a tab parts a menu's text from its keys."""
    for message in messages:
        source = message.findtext("source") or ""
        for form in forms(message):
            assert (
                form[: len(form) - len(form.lstrip())]
                == source[: len(source) - len(source.lstrip())]
            ), source
            assert form[len(form.rstrip()) :] == source[len(source.rstrip()) :], source
            assert form.count("\t") == source.count("\t"), source
            assert form.rstrip().endswith("…") == source.rstrip().endswith("…"), source


def accelerators(texts: list[str]) -> Counter[str]:
    """The letters behind a single ampersand."""
    found = [re.search(r"(?<!&)&(\w)", text) for text in texts]
    return Counter(one.group(1).lower() for one in found if one)


def test_letters_of_one_menu_differ(messages: list[ET.Element]) -> None:
    places: dict[str, list[ET.Element]] = {}
    for message in messages:
        for location in message.findall("location"):
            places.setdefault(str(location.get("filename")), []).append(message)
    for place, those in places.items():
        english = accelerators([m.findtext("source") or "" for m in those])
        german = accelerators([forms(m)[0] for m in those])
        assert english.total() == german.total(), place
        assert all(count == 1 for count in german.values()), place


def test_the_compiled_file_is_the_newest(gathering: ModuleType, tmp_path: Path) -> None:
    made = tmp_path / "made.qm"
    try:
        gathering.compile_file(GERMAN, made)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.fail(f"pyside6-lrelease does not run: {error}")
    assert made.read_bytes() == GERMAN.with_suffix(".qm").read_bytes(), "run `make translations`"

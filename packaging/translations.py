"""Gathers the window's texts into Qt Linguist files and compiles them: `make translations`.

pyside6-lupdate reads `tr` in Python too, but makes the class the context and drops named forms of
plurals; this reads the calls of gui/translate.py, and texts of the rooms below from their tables.
What is translated stays; a text that is used no more is dropped. Compiled by pyside6-lrelease.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import sysconfig
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo

if TYPE_CHECKING:
    from workbench.core.settings import Setting
    from workbench.export.base import ExportFormat
    from workbench.export.runs import RunFormat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

GUI = ROOT / "workbench" / "gui"
FOLDER = ROOT / "assets" / "translations"
CONTEXT = "workbench"
ROOMS_BELOW = ("core", "engine", "history", "metrics", "export", "templates", "experiments")
NAMING = {
    "workbench/core/attention_rows.py",
    "workbench/core/attention_share.py",
    "workbench/core/extras.py",
    "workbench/core/neutral_edits.py",
    "workbench/core/parts.py",
    "workbench/core/registry.py",
    "workbench/core/replay.py",
    "workbench/experiments/compare_facts.py",
    "workbench/experiments/diff_facts.py",
    "workbench/experiments/model_card.py",
    "workbench/experiments/model_facts.py",
    "workbench/experiments/model_fit.py",
    "workbench/experiments/ranking_remarks.py",
    "workbench/experiments/replay_setup.py",
    "workbench/experiments/run_tree.py",
    "workbench/experiments/sweep_numbers.py",
    "workbench/experiments/sweep_wish.py",
    "workbench/experiments/plot_data/size_trend.py",
    "workbench/experiments/statistics/many.py",
    "workbench/experiments/statistics/words.py",
    "workbench/export/losses.py",
    "workbench/templates/template_errors.py",
}
"""Files of the rooms below whose words are shown as they are."""
SAYING = {
    "AlreadyVotedError", "BusyError", "EngineDiedError", "MissingFragmentError",
    "NewerSchemaError", "NotReplayableError", "QueryError", "Refusal", "RenderWarning",
    "StorageError", "UserError", "YamlError",
}  # fmt: skip
"""Calls of the rooms below whose first two texts are shown."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text to translate.

    Attributes:
        source: the English text; of a plural the form for many.
        about: what tells apart two uses of one text; empty for none.
        one: the English text for one; None where no number decides.
    """

    source: str
    about: str = ""
    one: str | None = None


def texts_of_window() -> dict[Text, list[str]]:
    """Every text of gui with the files it stands in, in the files' order."""
    found: dict[Text, list[str]] = {}
    for path in sorted(GUI.rglob("*.py")):
        for text in texts_of(ast.parse(path.read_text(encoding="utf-8"))):
            places = found.setdefault(text, [])
            place = path.relative_to(ROOT).as_posix()
            if place not in places:
                places.append(place)
    return found


def texts_of(tree: ast.AST) -> Iterator[Text]:
    """The literals in calls of tr, tr_n, mark and day."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        literals = [literals_of(argument) for argument in node.args]
        match node.func.id, literals:
            case "tr" | "mark", [texts, *rest]:
                about = "".join(rest[0]) if rest else ""
                yield from (Text(text, about) for text in texts)
            case "tr_n", [[one], [many], *_]:
                yield Text(many, one=one)
            case "day", [_, patterns, *_]:
                yield from (Text(pattern, "pattern of a date") for pattern in patterns)


def literals_of(node: ast.expr) -> list[str]:
    """What an expression can be, where that stands in it: both ends of `a if x else b`."""
    match node:
        case ast.Constant(value=str(text)):
            return [text] if text else []
        case ast.IfExp(body=body, orelse=other):
            return [*literals_of(body), *literals_of(other)]
    return []


def texts_of_lower_rooms() -> dict[Text, list[str]]:
    """What the window shows out of tables of the rooms below, which know no Qt."""
    from workbench.core.attention_heads import HeadKind
    from workbench.core.attention_share import SINKS, SinkMode
    from workbench.core.lens_statistics import LENS_STATISTICS
    from workbench.core.model_places import Origin
    from workbench.core.replay import Aspect, verdict_of
    from workbench.core.run import RunStatus
    from workbench.core.sampler_order import chain_steps
    from workbench.core.sampling import (
        OPTIONAL_SAMPLERS,
        PARAMETERS,
        PRESETS,
        SAMPLERS,
        Sampling,
    )
    from workbench.core.settings import SETTINGS
    from workbench.core.task import Kind
    from workbench.engine.gguf_kinds import ModelKind
    from workbench.experiments.compare_facts import FACTS
    from workbench.experiments.diff_shades import QUANTITIES, WORD_HELP
    from workbench.experiments.evaluate.assertions import INFO as ASSERTIONS
    from workbench.experiments.finder.values import ExtraKind
    from workbench.experiments.model_fit import Verdict
    from workbench.experiments.run_tree import FINISH_WORDS
    from workbench.experiments.suites import bundled_suites
    from workbench.experiments.sweep_numbers import NUMBERS
    from workbench.export.formats import export_formats
    from workbench.export.run_formats import run_formats
    from workbench.gui.help_pages import help_pages
    from workbench.history.figures import FIGURES
    from workbench.metrics.registry import built_in_metrics

    found: dict[Text, list[str]] = {}
    metrics, suites = [*(m.info for m in built_in_metrics()), ASSERTIONS], bundled_suites()
    formats = [*export_formats(), *run_formats()]
    lens, shades = LENS_STATISTICS.items(), [t for q in QUANTITIES for t in (q.name, q.help)]
    steps = chain_steps(Sampling(), (*SAMPLERS, *OPTIONAL_SAMPLERS))
    for place, texts in (
        ("workbench/core/sampling.py", [t for p in PARAMETERS.values() for t in (p.help, p.unit)]),
        ("workbench/core/presets.py", [t for p in PRESETS for t in (p, f"preset {p}")]),
        ("workbench/core/sampler_order.py", ["off", "neutral", *(step.help for step in steps)]),
        ("workbench/core/settings.py", [t for one in SETTINGS for t in setting_texts(one)]),
        ("workbench/core/attention_share.py", [SINKS]),
        ("workbench/core/lens_statistics.py", [t for n, s in lens for t in (n, s.help)]),
        ("workbench/core/replay.py", [t for one in Aspect for t in (one.value, verdict_of(one))]),
        ("workbench/experiments/run_tree.py", FINISH_WORDS.values()),
        ("workbench/core/run.py", [status.value for status in RunStatus]),
        ("workbench/experiments/diff_shades.py", [WORD_HELP, *shades]),
        ("workbench/history/figures.py", FIGURES.values()),
        ("workbench/export", [t for made in formats for t in format_texts(made)]),
        ("assets/help", [page.title for page in help_pages()]),
        ("workbench/experiments/compare_facts.py", FACTS),
        ("workbench/experiments/sweep_numbers.py", [n.label for n in NUMBERS.values()]),
        ("workbench/core/task.py", [kind.value for kind in Kind]),
        ("workbench/core/attention_share.py", [mode.value for mode in SinkMode]),
        ("workbench/core/attention_heads.py", [kind.value for kind in HeadKind]),
        ("workbench/core/model_places.py", [origin.value for origin in Origin]),
        ("workbench/engine/gguf_kinds.py", [kind.value for kind in ModelKind]),
        ("workbench/experiments/finder/values.py", [kind.value for kind in ExtraKind]),
        ("workbench/experiments/model_fit.py", [verdict.value for verdict in Verdict]),
        ("workbench/metrics", [t for i in metrics for t in (i.means, i.means_not)]),
        ("prompts/suites", [t for s in suites for t in (s.family, s.title, s.description)]),
    ):
        for text in filter(None, texts):
            found.setdefault(Text(text), [place])
    return found


def format_texts(made: ExportFormat | RunFormat) -> Iterator[str]:
    """What the export dialogs say of a format; names that other tools gave stay."""
    yield from (made.title, made.help, *getattr(made, "leaves_out", ()))
    for option in made.options:
        yield from (option.label, option.help)


def setting_texts(setting: Setting) -> Iterator[str]:
    """What the settings dialog says of one; choices that are values stay as they are."""
    yield from (setting.group.value, setting.label, setting.help, setting.lowest)
    yield "" if setting.unit == "%" else setting.unit
    yield from (choice.label for choice in setting.choices if choice.label != choice.value)
    if setting.name == "theme":
        yield from (choice.label for choice in setting.choices)


def forms_of_lower_rooms() -> dict[Text, list[str]]:
    """Sentences of the rooms below: of errors, and of the files that name things.

    Values become numbered holes: "{0} cannot be read: {1}." (gui/said.py finds them again).
    """
    found: dict[Text, list[str]] = {}
    for room in ROOMS_BELOW:
        for path in sorted((ROOT / "workbench" / room).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                    continue  # a docstring
                if place in NAMING and isinstance(node, ast.stmt):
                    parts = [e for e in ast.iter_child_nodes(node) if not isinstance(e, ast.stmt)]
                    whole = [form for part in parts for form in forms_in(part)]
                    texts = [one for form in whole for one in parts_of(form)]
                elif place in NAMING and isinstance(node, ast.Call):
                    texts = []
                    for name in names_of_fact(node):
                        found.setdefault(Text(name), [place])
                elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING:
                    texts = [form for argument in node.args[:2] for form in forms_in(argument)]
                elif isinstance(node, ast.Call) and is_loss(node):
                    texts = [form for argument in node.args for form in forms_in(argument)]
                else:
                    continue
                for form in texts:
                    if is_sentence(form):
                        places = found.setdefault(Text(form), [])
                        if place not in places:
                            places.append(place)
    return found


def forms_in(node: ast.AST) -> Iterator[str]:
    """The texts that stand in an expression, whole, not those that are values in another text."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            form = "".join(
                str(v.value).replace("{", "{{").replace("}", "}}")
                if isinstance(v, ast.Constant)
                else "{}"
                for v in values
            )
            for number in range(form.count("{}")):
                form = form.replace("{}", f"{{{number}}}", 1)
            yield form
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            return
        case ast.expr() | ast.keyword() | ast.comprehension():
            for child in ast.iter_child_nodes(node):
                yield from forms_in(child)


def parts_of(form: str) -> Iterator[str]:
    """Sentences, and parts of a caption "a · b", each with holes of its own (gui/said.py)."""
    for part in re.split(r" · |(?<=[.?!]) (?=[A-Z{])", form):
        bare = re.sub(r"^(\{\d+\} )+(?=[A-Z])", "", part)
        holes = list(dict.fromkeys(re.findall(r"\{(\d+)\}", bare)))
        for number, hole in enumerate(holes):
            bare = bare.replace(f"{{{hole}}}", f"{{{number}}}")
        yield bare.strip() if re.match(r" [A-Z]", bare) else bare


def names_of_fact(node: ast.Call) -> Iterator[str]:
    """The literals of `Fact("Model", "size", …)`, however short."""
    if isinstance(node.func, ast.Name) and node.func.id == "Fact":
        for argument in node.args:
            yield from (text for text in literals_of(argument) if len(text) > 2)


def is_loss(node: ast.Call) -> bool:
    """`lost.append("…")`: what a format leaves out."""
    match node.func:
        case ast.Attribute(value=ast.Name(id="lost"), attr="append"):
            return True
    return False


def is_sentence(form: str) -> bool:
    """Whether a text has words enough to be told from others by them."""
    words = re.sub(r"\{\d+\}", " ", form)
    letters = len(re.findall(r"[^\W\d_]", words))
    if re.fullmatch(r"\{0\} [a-z]{3,}|[a-z]{3,} \{0\}", form):
        return True  # a figure with its unit; see gui/said.py
    if re.search(r"\{:[^}]*\}", form):
        return False  # a format
    return letters >= (7 if "{0}" in form else 3) and (" " in form.strip() or form.istitle())


def all_texts() -> dict[Text, list[str]]:
    """Every text to translate, with where it stands."""
    found = texts_of_window()
    for more in (texts_of_lower_rooms(), forms_of_lower_rooms()):
        for text, places in more.items():
            found[text] = [*found.get(text, []), *places]
    merged: dict[tuple[str, str, bool], Text] = {}
    texts: dict[Text, list[str]] = {}
    for text, places in found.items():  # "1 run" and "One run" of "{n:,} runs" are one message
        first = merged.setdefault((text.source, text.about, text.one is not None), text)
        texts[first] = list(dict.fromkeys([*texts.get(first, []), *places]))
    return texts


def write_forms(path: Path) -> None:
    """The forms with values in them, for the window to find the one a sentence fits."""
    forms = sorted(text.source for text in forms_of_lower_rooms() if "{0}" in text.source)
    path.write_text(json.dumps(forms, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def key_of(message: ET.Element) -> tuple[str, str, bool]:
    """What a message of a .ts file is found by: source, remark, whether a number decides."""
    return (
        message.findtext("source") or "",
        message.findtext("comment") or "",
        message.get("numerus") == "yes",
    )


def translated(path: Path) -> dict[tuple[str, str, bool], list[str]]:
    """The finished translations of a .ts file; of a plural one text for each form."""
    known = {}
    if path.exists():
        for message in ET.parse(path).getroot().iter("message"):  # noqa: S314  # our own file
            translation = message.find("translation")
            if translation is None or translation.get("type"):
                continue
            forms = [f.text or "" for f in translation.findall("numerusform")]
            known[key_of(message)] = forms or [translation.text or ""]
    return known


def write(path: Path, language: str, texts: dict[Text, list[str]]) -> int:
    """Write the .ts file with what was translated before; answers with how many are missing."""
    known = translated(path)
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    missing = 0
    for text in sorted(texts, key=lambda t: (texts[t][0], t.source, t.about)):
        plural = text.one is not None
        message = ET.SubElement(context, "message", {"numerus": "yes"} if plural else {})
        for place in texts[text]:
            ET.SubElement(message, "location", filename=f"../../{place}")
        ET.SubElement(message, "source").text = text.source
        if text.about:
            ET.SubElement(message, "comment").text = text.about
        if text.one is not None:
            ET.SubElement(message, "extracomment").text = f"For one: {text.one}"
        translation = ET.SubElement(message, "translation")
        forms = known.get((text.source, text.about, plural))
        if forms is None or not all(forms):
            translation.set("type", "unfinished")
            missing += 1
            forms = ["", ""] if plural else [""]
        if plural:
            for form in forms:
                ET.SubElement(translation, "numerusform").text = form
        else:
            translation.text = forms[0]
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{body}\n", encoding="utf-8")
    return missing


def compile_file(source: Path, target: Path) -> None:
    """Make the .qm file that the window loads."""
    beside = Path(sysconfig.get_path("scripts")) / "pyside6-lrelease"
    tool = beside if beside.exists() else Path(QLibraryInfo.path(_EXECUTABLES)) / "lrelease"
    subprocess.run([str(tool), "-silent", str(source), "-qm", str(target)], check=True)


_EXECUTABLES = QLibraryInfo.LibraryPath.LibraryExecutablesPath


def main() -> int:
    """Bring every .ts file up to date and compile it."""
    texts = all_texts()
    write_forms(FOLDER / "sentences.json")
    for path in sorted(FOLDER.glob("workbench_*.ts")):
        language = path.stem.removeprefix("workbench_")
        missing = write(path, language, texts)
        compile_file(path, path.with_suffix(".qm"))
        print(f"{path.name}: {len(texts):,} texts, {missing:,} of them without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())

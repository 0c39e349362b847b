"""Texts of the window in the person's language: Qt Linguist files behind three small functions.

The English text is the key. Formats are filled in after the lookup, so that a translation may
move or leave out values: `tr("{n:,} of {total:,} runs", n=n, total=total)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import (
    QCoreApplication,
    QDate,
    QDateTime,
    QLibraryInfo,
    QLocale,
    QTime,
    QTranslator,
)
from PySide6.QtGui import QGuiApplication

from workbench.core.paths import assets_folder

CONTEXT = "workbench"
"""One context for the whole window: a string that moves to another file keeps its translation."""


@dataclass(frozen=True, slots=True)
class Language:
    """One the window speaks.

    Attributes:
        code: what the setting holds: "en", "de".
        name: what its own speakers call it.
    """

    code: str
    name: str


LANGUAGES: tuple[Language, ...] = (Language("en", "English"), Language("de", "Deutsch"))


def tr(text: str, about: str = "", /, **values: object) -> str:
    """`text` in the person's language, with `{name}` replaced by the values.

    Args:
        text: a literal, or something a table made with `mark`. Braces are only read when there
            are values.
        about: tells apart two uses of one English text ("Open", "a verb"); shown to translators.
    """
    found = QCoreApplication.translate(CONTEXT, text, about or None) if text else ""
    return found.format(**values) if values else found


def tr_n(one: str, many: str, n: int, /, **values: object) -> str:
    """A text that depends on a number: `tr_n("{n} token", "{n:,} tokens", n)`.

    Both English forms are given; translations have the forms their language needs. `{n}` is the
    number. Zero takes the second form.
    """
    found = QCoreApplication.translate(CONTEXT, many, None, n)
    if found == many and n == 1:
        found = one
    return found.format(n=n, **values)


def mark(text: str) -> str:
    """`text` itself, for tables made at import time; whoever shows it calls `tr` on it."""
    return text


_KEYS = (
    mark("Ctrl"), mark("Shift"), mark("Alt"), mark("Return"), mark("Enter"), mark("Space"),
    mark("Backspace"), mark("Del"), mark("Ins"), mark("Home"), mark("End"), mark("Esc"),
    mark("Tab"),
)  # fmt: skip
_KEY = re.compile(rf"\b(?:{'|'.join(_KEYS)})\b")


def language_shown() -> str:
    """The code of the language the window speaks; English without an application."""
    return tr("en", "code of the language that this file translates to")


def day(when: datetime, pattern: str) -> str:
    """A date for reading, in the person's language.

    Args:
        when: in the zone that is shown.
        pattern: Qt's, a literal; translations may order it otherwise: `day(when, "d MMM yyyy")`.
    """
    locale = QLocale(language_shown())
    date = QDate(when.year, when.month, when.day)
    return locale.toString(QDateTime(date, QTime(when.hour, when.minute, when.second)), tr(pattern))


def key_names(keys: str) -> str:
    """Keys such as "Ctrl+Shift+Z" or "Alt+← Home" by the names on the person's keyboard."""
    return _KEY.sub(lambda found: tr(found.group()), keys)


def language_code(setting: str) -> str:
    """The language to show for the setting `language`: its own, else the system's, else English."""
    codes = [language.code for language in LANGUAGES]
    if setting in codes:
        return setting
    for wanted in QLocale.system().uiLanguages():
        code = wanted.replace("_", "-").split("-")[0].lower()
        if code in codes:
            return code
    return "en"


def install_language(app: QGuiApplication, setting: str) -> str:
    """Have `app` speak the language of the setting ("" is the system's); returns its code.

    To be called before the first window is made; a change shows at the next start. Numbers keep
    their decimal point in every language: they are copied into code, files and papers, and 1,234
    must never mean two things in one table. Dates in sentences follow the language.
    """
    code = language_code(setting)
    QLocale.setDefault(QLocale.c())
    for file, folder in (
        (f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"workbench_{code}", str(assets_folder() / "translations")),
    ):
        translator = QTranslator(app)
        if code != "en" and translator.load(file, folder):
            app.installTranslator(translator)
    app.setLayoutDirection(QLocale(code).textDirection())
    return code

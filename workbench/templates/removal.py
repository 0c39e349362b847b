"""A prompt without some of its parts, or with something else in their place.

Variables, examples and messages are taken out of what the template is given, and the prompt is
rendered again, so that headings, separators and the chat format around them stay right. The file's
own words, sentences and selections have no counterpart there that could be left out alone: they
are cut from the exact text, and every other character stays as it was. A part that the template
cannot do without (a chat template that refuses the conversation, say) is cut as well, with a note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from workbench.core.errors import UserError
from workbench.core.parts import Part, PartKind
from workbench.core.rendered import LITERAL, Rendered
from workbench.templates.chat import ChatFormat, Now
from workbench.templates.code_cache import CodeCache
from workbench.templates.declarations import coerce
from workbench.templates.few_shot import few_shot_names
from workbench.templates.fragments import Fragments
from workbench.templates.prompt_file import PromptFile
from workbench.templates.render import render_prompt
from workbench.templates.variables import form_variables

_RENDERED_AGAIN = (PartKind.VARIABLE, PartKind.EXAMPLE, PartKind.MESSAGE)


class By(StrEnum):
    """What takes a part's place."""

    NOTHING = "nothing"
    DEFAULT = "default"
    """The default that a variable declares."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Replacement:
    """What takes a part's place; `text` counts only with `By.TEXT`."""

    by: By = By.NOTHING
    text: str = ""


@dataclass(frozen=True, slots=True)
class PromptSource:
    """An exact prompt and what it can be rendered from again.

    Attributes:
        prompt: None when only the exact text is known; every part is cut then.
        now: the time the chat template sees; the run's own, so that a date does not change.
    """

    rendered: Rendered
    prompt: PromptFile | None = None
    values: Mapping[str, object] | None = None
    chat: ChatFormat | None = None
    fragments: Fragments | None = None
    codes: CodeCache | None = None
    now: Now = datetime.now

    def again(self, prompt: PromptFile, values: Mapping[str, object]) -> Rendered:
        """Another prompt or other values, rendered the same way.

        Raises:
            UserError: as `render_prompt`.
        """
        return render_prompt(
            prompt,
            values,
            self.chat,
            now=self.now,
            fragments=self.fragments,
            codes=self.codes,
        )


@dataclass(frozen=True, slots=True)
class Without:
    """A prompt without some parts.

    Attributes:
        rendered_again: whether the template wrote it; else the text was cut.
        note: why it was cut although a template exists; may be empty.
    """

    text: str
    adds_bos: bool
    rendered_again: bool
    note: str = ""


def checked_source(source: PromptSource) -> PromptSource:
    """`source`, without the means to render again when those do not give the exact text.

    A fragment of the library that was edited since is one reason why they may not.
    """
    if source.prompt is None:
        return source
    try:
        same = source.again(source.prompt, source.values or {}).text == source.rendered.text
    except UserError:
        same = False
    return source if same else replace(source, prompt=None)


def without(source: PromptSource, parts: Sequence[Part], by: Replacement | None = None) -> Without:
    """The prompt without `parts`, all at once.

    Raises:
        UserError: a part cannot be replaced that way (it has no default, say).
    """
    by = by or Replacement()
    _check(source, parts, by)
    again = [p for p in parts if p.kind in _RENDERED_AGAIN]
    loose = [p for p in parts if p.kind in (PartKind.SENTENCE, PartKind.SELECTION)]
    if not again or loose or source.prompt is None:
        return _cut(source, parts, by, "")
    try:
        return _rendered(source, source.prompt, again, parts, by)
    except UserError as error:
        if by.by is By.DEFAULT or not any(part.spans for part in parts):
            raise
        note = f"The template cannot do without it ({error.message.rstrip('.')}), so it was cut"
        return _cut(source, parts, by, f"{note} from the text.")


def deciding_variables(source: PromptSource, shown: Sequence[Part]) -> tuple[Part, ...]:
    """Variables that write nothing themselves but decide what is written (`{% if formal %}`)."""
    if source.prompt is None or not source.values:
        return ()
    known = {part.source for part in shown}
    few_shot = few_shot_names(source.prompt, source.values)
    found = []
    for name in source.values:
        part = Part(PartKind.VARIABLE, f"variable:{name}", "{{" + name + "}}", ())
        if part.source in known or name in few_shot:
            continue
        try:
            changed = without(source, (part,)).text != source.rendered.text
        except UserError:
            continue
        if changed:
            found.append(part)
    return tuple(found)


def _check(source: PromptSource, parts: Sequence[Part], by: Replacement) -> None:
    if by.by is By.DEFAULT:
        defaults = _defaults(source)
        for part in parts:
            if part.kind is not PartKind.VARIABLE or _name(part) not in defaults:
                raise UserError(f"{part.label} has no default.", "Replace it by nothing instead.")
    if by.by is By.TEXT:
        for part in parts:
            if part.kind is PartKind.EXAMPLE:
                raise UserError(
                    f"{part.label} is a row of several values, which no single text can replace.",
                    "Replace it by nothing instead.",
                )


def _defaults(source: PromptSource) -> dict[str, object]:
    if source.prompt is None:
        return {}
    return {
        v.name: coerce(v, v.default)
        for v in form_variables(source.prompt, None, source.fragments)
        if v.default is not None
    }


def _rendered(
    source: PromptSource,
    prompt: PromptFile,
    again: Sequence[Part],
    parts: Sequence[Part],
    by: Replacement,
) -> Without:
    values = dict(source.values or {})
    defaults = _defaults(source) if by.by is By.DEFAULT else {}
    for part in again:
        if part.kind is PartKind.VARIABLE and (name := _name(part)) in values:
            values[name] = {
                By.NOTHING: _nothing(values[name]),
                By.DEFAULT: defaults.get(name),
                By.TEXT: by.text,
            }[by.by]
    rows = {int(_name(p)) for p in again if p.kind is PartKind.EXAMPLE}
    if rows:
        for name in few_shot_names(prompt, source.values or {}):
            kept = values[name]
            if isinstance(kept, list | tuple):
                values[name] = [row for i, row in enumerate(kept) if i not in rows]
    gone = {p.message for p in again if p.kind is PartKind.MESSAGE}
    messages = [m for i, m in enumerate(prompt.messages) if i not in gone]
    if by.by is By.TEXT and gone:
        # As the value of a variable of its own, braces in the text mean nothing.
        stand_in = _unused(values)
        values[stand_in] = by.text
        messages = [
            replace(m, content="{{ " + stand_in + " }}") if i in gone else m
            for i, m in enumerate(prompt.messages)
        ]
        gone = set()
    made = source.again(replace(prompt, messages=tuple(messages)), values)
    words = {_now_at(p.message, gone) for p in parts if p.kind is PartKind.WORDS}
    places = (
        [(s.start, s.end) for s in made.spans if s.source == LITERAL and s.message in words]
        if words
        else []
    )
    text = _cut_text(made.text, places, by)
    return Without(text, made.adds_bos, rendered_again=True)


def _now_at(message: int | None, gone: set[int | None]) -> int | None:
    """The index of a message once others before it are gone."""
    if message is None:
        return None
    return message - sum(1 for other in gone if other is not None and other < message)


def _cut(source: PromptSource, parts: Sequence[Part], by: Replacement, note: str) -> Without:
    places = [place for part in parts for place in part.spans]
    text = _cut_text(source.rendered.text, places, by)
    return Without(text, source.rendered.adds_bos, rendered_again=False, note=note)


def _cut_text(text: str, places: Sequence[tuple[int, int]], by: Replacement) -> str:
    """The text without the places; a replacing text stands where the first of them began."""
    out, at = [], 0
    for number, (start, end) in enumerate(sorted(places)):
        out.append(text[at:start] if start > at else "")
        if number == 0 and by.by is By.TEXT:
            out.append(by.text)
        at = max(at, end)
    return "".join(out) + text[at:]


def _name(part: Part) -> str:
    return part.source.partition(":")[2]


def _nothing(value: object) -> object:
    """The empty value of the same kind; numbers become an empty text."""
    if isinstance(value, bool):
        return False
    if isinstance(value, list | tuple):
        return []
    return {} if isinstance(value, Mapping) else ""


def _unused(values: Mapping[str, object]) -> str:
    name = "replacement"
    while name in values:
        name += "_"
    return name

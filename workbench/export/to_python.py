"""A Python function that fills the prompt, without any library."""

from __future__ import annotations

import keyword

from workbench.core.errors import UserError
from workbench.core.open_text import Branch, Hole, Loop, OpenText
from workbench.export.base import Chosen, Exported, ExportFormat, Need, PromptParts
from workbench.export.dialects import chosen_texts
from workbench.export.losses import about_lost, settings_lost
from workbench.export.text_files import not_in_file, plain

_INDENT = "    "


def write(parts: PromptParts, _chosen: Chosen) -> Exported:
    """`def NAME(variables) -> list[dict[str, str]]`, or `-> str` for raw text.

    Loops and conditions become Python's own where the templates hold nothing else.

    Raises:
        UserError: a variable's name is none in Python.
    """
    texts, fixed, filled = chosen_texts(parts, has_sections=True)
    lost = list(filled)
    lost += [*settings_lost(parts), *about_lost(parts, has_description=True)]
    arguments = []
    for variable in sorted(
        (v for v in parts.variables if v.name not in fixed), key=lambda v: v.value is not None
    ):
        if not variable.name.isidentifier() or keyword.iskeyword(variable.name):
            raise UserError(
                f"Python cannot have an argument called {variable.name}.", "Rename the variable."
            )
        default = f" = {plain(variable.value)!r}" if variable.value is not None else ""
        mutable = isinstance(variable.value, list | tuple | dict)
        arguments.append(f"{variable.name}{' = None' if mutable else default}")
    name = _identifier(parts.name)
    kind = "list[dict[str, str]]" if parts.is_chat else "str"
    about = f"{parts.title}. {parts.description}".strip().replace("\\", "\\\\").replace('"', "'")
    head = f"def {name}({', '.join(arguments)}) -> {kind}:\n"
    lines = [f'{_INDENT}"""{" ".join(about.split())}"""\n']
    lines += [
        f"{_INDENT}if {v.name} is None:\n{_INDENT * 2}{v.name} = {plain(v.value)!r}\n"
        for v in parts.variables
        if isinstance(v.value, list | tuple | dict) and v.name not in fixed
    ]
    if parts.is_chat:
        lines.append(f"{_INDENT}messages = []\n")
    for message, text in zip(parts.messages, texts, strict=True):
        lines += [f"{_INDENT}text = []\n", *_statements(text, 1)]
        if parts.is_chat:
            row = f'{{"role": {message.role!r}, "content": "".join(text)}}'
            lines.append(f"{_INDENT}messages.append({row})\n")
    lines.append(
        f"{_INDENT}return messages\n" if parts.is_chat else f'{_INDENT}return "".join(text)\n'
    )
    return Exported(not_in_file(lost) + head + "".join(lines), tuple(lost))


def _statements(text: OpenText, depth: int) -> list[str]:
    indent, found = _INDENT * depth, []
    run: list[str | Hole] = []

    def end_run() -> None:
        if run:
            found.append(f"{indent}text.append({_literal(tuple(run))})\n")
            run.clear()

    for piece in text:
        if isinstance(piece, str | Hole):
            run.append(piece)
            continue
        end_run()
        if isinstance(piece, Loop):
            found.append(f"{indent}for {piece.item} in {piece.over}:\n")
            found += _statements(piece.body, depth + 1) or [f"{indent}{_INDENT}pass\n"]
        elif isinstance(piece, Branch):
            found.append(f"{indent}if {piece.name}:\n")
            found += _statements(piece.then, depth + 1) or [f"{indent}{_INDENT}pass\n"]
            if piece.otherwise:
                found += [f"{indent}else:\n", *_statements(piece.otherwise, depth + 1)]
    end_run()
    return found


def _literal(pieces: tuple[str | Hole, ...]) -> str:
    """Texts and holes as one expression; a text alone is a plain literal."""
    if len(pieces) == 1 and isinstance(pieces[0], str):
        return repr(pieces[0])
    parts = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(repr(piece))
        else:
            field = f"[{piece.field!r}]" if piece.field else ""
            parts.append(f"str({piece.name}{field})")
    return " + ".join(parts)


def _identifier(name: str) -> str:
    made = "".join(c if c.isalnum() and c.isascii() else "_" for c in name).strip("_").lower()
    made = made or "prompt"
    return f"prompt_{made}" if made[0].isdigit() or keyword.iskeyword(made) else made


FORMAT = ExportFormat(
    "python",
    "Python function",
    "A function that fills the prompt; it needs no library.",
    ".py",
    Need.OPEN,
    write,
)

"""PDFs, read and drawn again by PDFium: every character is there or named."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.small_fonts import box_font

from workbench.core.errors import UserError
from workbench.export.base import chosen
from workbench.export.html_reply import STEPS, ground_colour
from workbench.export.pdf_sheet import PdfSheet
from workbench.export.run_formats import run_formats
from workbench.export.runs_pdf import MOST_RUNS
from workbench.export.visible import visible


def document(*words: str, prompt: str = "Say it", logprob: float = -0.1) -> dict[str, Any]:
    """A run with a token for every word."""
    tokens = [
        {"text": word, "bytes": word.encode().hex(), "logprob": logprob, "rank": 0, "entropy": 1.0}
        for word in words
    ]
    return {
        "run_id": "01abc",
        "created": "2026-01-01T00:00:00+00:00",
        "prompt_name": "Tale",
        "model": {"name": "demo", "quantization": "Q8_0"},
        "seed": 3,
        "prompt": prompt,
        "samples": [{"text": "".join(words), "finish_reason": "stop", "tokens": tokens}],
    }


def written(*documents: dict[str, Any], **options: str | bool) -> bytes:
    """The PDF of the runs."""
    out = io.BytesIO()
    made = run_formats().get("pdf")
    made.write(iter(documents), out, chosen("pdf", made.options, options))
    return out.getvalue()


def text_of(data: bytes) -> str:
    """What PDFium reads from all pages."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        pages = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    finally:
        pdf.close()
    return "\n".join(pages).replace("\r\n", "\n")


def pixels(data: bytes) -> set[tuple[int, int, int]]:
    """The colours of the first page."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        image = np.asarray(pdf[0].render(scale=1.5).to_pil().convert("RGB"))
    finally:
        pdf.close()
    return set(map(tuple, np.unique(image.reshape(-1, 3), axis=0).tolist()))


def test_a_run_stands_in_it_with_its_grounds() -> None:
    data = written(document("Once", " upon", " a time"), document("x", logprob=-50.0))
    text = text_of(data)
    for part in ("Tale", "demo Q8_0", "Say it", "Once upon a time", "perplexity 1.105"):
        assert part in text
    assert ground_colour(STEPS - 1) in pixels(data)
    assert "characters" not in text


def test_the_same_runs_make_the_same_file() -> None:
    assert written(document("a")) == written(document("a"))


def test_no_ground_is_drawn_where_none_is_wanted() -> None:
    data = written(document("a", logprob=-50.0), ground="none")
    assert ground_colour(STEPS - 1) not in pixels(data)


def test_what_no_font_has_is_named_and_counted() -> None:
    text = text_of(written(document("中", "文中 ok", " 🙂"), document("e\u0301 \u0000")))
    assert "[U+4E2D][U+6587][U+4E2D] ok [U+1F642]" in text
    assert "characters of this file are in none of its fonts" in text
    assert "U+4E2D, U+6587, U+1F642" in text.replace("\n", " ")


def test_a_font_of_the_persons_has_them(tmp_path: Path) -> None:
    font = box_font(tmp_path / "boxes.ttf", "中文שלום")
    data = written(document("中", "文 ok"), fonts=str(font))
    text = text_of(data)
    assert "中文 ok" in text
    assert "[U+" not in text


def test_a_line_from_right_to_left_is_laid_out_as_one(tmp_path: Path) -> None:
    font = box_font(tmp_path / "boxes.ttf", "אבגד")
    data = written(document("אב", "גד"), fonts=str(font))
    text = text_of(data)
    assert "אבגד" in text
    assert "without the grounds" in text
    pdf = pypdfium2.PdfDocument(data)
    try:
        page = pdf[0].get_textpage()
        at = page.get_text_range().index("א")
        places = [page.get_charbox(at + n)[0] for n in range(4)]
    finally:
        pdf.close()
    assert places == sorted(places, reverse=True)  # the first letter stands rightmost
    assert places[0] > 400


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(max_codepoint=0x17F), max_size=60))
def test_latin_text_is_read_back_whole(text: str) -> None:
    shown = visible(text).replace("\t", " ")
    read = text_of(written(document(f"<{text}>")))
    marks = "-\u00ad\ufffe\u0002"  # PDFium tells hyphens at line ends in its own way
    wanted = [sign for sign in shown if not sign.isspace() and sign not in marks]
    missing = [sign for sign in wanted if sign not in read and f"[U+{ord(sign):04X}]" not in read]
    assert missing == []


def test_long_lines_wrap_and_long_texts_turn_pages() -> None:
    words = [f"word{number} " for number in range(3000)]
    data = written(document(*words, "x" * 500))
    pdf = pypdfium2.PdfDocument(data)
    pages = len(pdf)
    pdf.close()
    assert pages > 2
    text = text_of(data)
    assert all(word.strip() in text for word in words)


def test_no_runs_say_so() -> None:
    assert "There are no runs." in text_of(written())


def test_more_runs_than_a_pdf_takes_are_refused() -> None:
    with pytest.raises(UserError, match=r"A PDF takes 2,000 runs\."):
        written(*({"prompt": ""} for _ in range(MOST_RUNS + 1)))


@pytest.mark.parametrize("content", [None, b"", b"no font"])
def test_a_font_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "bad.ttf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=r"The font .*bad\.ttf cannot be used"):
        written(document("a"), fonts=f"{path};")


def test_without_the_library_the_line_to_install_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "fpdf", None)
    with pytest.raises(UserError) as caught:
        PdfSheet("x")
    assert caught.value.hint == "pip install 'prompt-workbench[pdf]'"

"""One file per format for runs: what it writes of the same two runs, to be read by people."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest

from workbench import export
from workbench.export.base import chosen
from workbench.export.formats import export_formats
from workbench.export.import_formats import import_formats
from workbench.export.run_formats import run_formats

GOLDEN = Path(__file__).parent / "golden_runs"


def document(number: int, *words: str) -> dict[str, Any]:
    """A run with a token for every word."""
    tokens: list[dict[str, Any]] = [
        {
            "id": place, "text": word, "bytes": word.encode().hex(), "logprob": -0.25 * place,
            "rank": place, "entropy": 0.5, "p_sampled": None, "top": [],
        }
        for place, word in enumerate(words)
    ]  # fmt: skip
    return {
        "run_id": f"run-{number}",
        "created": f"2026-01-0{number}T00:00:00+00:00",
        "prompt_name": "Müller & Söhne",
        "model": {"name": "demo", "quantization": "Q8_0"},
        "seed": 3 + number,
        "prompt": 'Say "it",\n<b>now</b>.',
        "variables": {"a": 1},
        "sampling": {"temperature": 0.5 * number, "top_k": 4, "top_p": 1.0, "min_p": 0.0},
        "samples": [
            {
                "seed": 3 + number, "text": "".join(words), "finish_reason": "stop",
                "tokens": tokens,
            },
        ],
        "timings": {"decode_tps": 12.5},
        "tags": ["good"],
        "starred": number == 1,
        "rating": 4,
        "note": "=1+1",
        "scores": [{"sample": 0, "metric": "bleu", "version": 1, "value": 12.5, "reason": ""}],
        "stripped": [],
    }  # fmt: skip


def written(name: str) -> str:
    """The file of two runs; of one that is no text what its own library reads in it."""
    out = io.BytesIO()
    made = run_formats().get(name)
    given = {"columns": "2"} if name == "html" else {}
    runs = [document(1, "Once", " a", " cat"), document(2, "Once", " an", " owl 🦉")]
    made.write(iter(runs), out, chosen(name, made.options, given))
    data = out.getvalue()
    if name == "parquet":
        import pyarrow.parquet as pq

        table = pq.read_table(io.BytesIO(data))
        rows = "\n".join(map(str, table.to_pylist()))
        return f"{table.schema.remove_metadata()}\n{rows}\n"
    if name == "xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(io.BytesIO(data)).active
        return "".join(f"{[cell.value for cell in row]}\n" for row in sheet.iter_rows())
    if name == "pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(data) as pdf:
            return str(pdf[0].get_textpage().get_text_range()).replace("\r\n", "\n")
    return data.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("name", run_formats().names())
def test_files_of_runs_are_as_they_were(name: str) -> None:
    """A change here changes what people's tools read: look at the difference.

    WORKBENCH_WRITE_GOLDEN=1 writes the files anew.
    """
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("WORKBENCH_WRITE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(written(name), encoding="utf-8", newline="\n")
    assert written(name) == file.read_text(encoding="utf-8")


def test_every_golden_file_has_its_format() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(run_formats().names())


FORMATS = {
    "to_mine.py": """
from workbench.export.base import Exported, ExportFormat, Need
FORMAT = ExportFormat(
    "mine", "Mine", "My own.", ".mine", Need.FILE, lambda parts, chosen: Exported(parts.yaml)
)
""",
    "from_mine.py": """
from workbench.export.reading import Imported, ImportFormat, ReadPrompt
FORMAT = ImportFormat(
    "mine", "Mine", "My own.", (".mine",), lambda name, text: name.endswith(".mine"),
    lambda name, text, beside: Imported((ReadPrompt("p", text=text),)),
)
""",
    "runs_mine.py": """
from workbench.export.runs import RunFormat
FORMAT = RunFormat("mine", "Mine", "My own.", ".mine", lambda runs, file, chosen: 0)
""",
}


def test_a_new_format_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put beside the others it is found: in the registries that window and commands ask."""
    for name, source in FORMATS.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    monkeypatch.setattr(export, "__path__", [*export.__path__, str(tmp_path)])
    assert export_formats().get("mine").title == "Mine"
    assert import_formats().get("mine").suffixes == (".mine",)
    assert run_formats().get("mine").is_text

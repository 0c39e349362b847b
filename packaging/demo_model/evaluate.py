"""Ask the exported GGUF files held-out questions through llama.cpp and write REPORT.md.

An answer counts only when it is right and the model itself ended it with its end token.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from random import Random

import llama_cpp
from corpus import Family, Task, held_out_task, training_task
from export import SHIPPED
from families_text import talk
from long_context import long_lookup, long_question
from model import CONTEXT
from tokenizer import FAMILIES
from verify import verify

LONG = (long_lookup, long_question)
PACKAGES = ("torch", "tokenizers", "gguf", "numpy", "llama-cpp-python")
MAX_NEW = 110


@dataclass
class Score:
    """Answers of one family."""

    right: int = 0
    asked: int = 0
    tokens: int = 0

    def __str__(self) -> str:
        return f"{100 * self.right / self.asked:.1f} %" if self.asked else "-"


def reply_to(llm: llama_cpp.Llama, task: Task) -> tuple[str, bool, int]:
    """The greedy reply, whether it ended by itself, and the prompt's length."""
    ids = llm.tokenize(task.prompt_text().encode(), add_bos=False, special=True)
    room = CONTEXT - len(ids)
    made: list[int] = []
    for token in llm.generate(ids, temp=0.0, top_k=1):
        if token == llm.token_eos():
            return llm.detokenize(made).decode(errors="replace"), True, len(ids)
        made.append(token)
        if len(made) >= min(MAX_NEW, room - 1):
            break
    return llm.detokenize(made).decode(errors="replace"), False, len(ids)


def draw(family: Family, rng: Random) -> Task:
    """A held-out task that fits the context; small talk has nothing to hold out."""
    pick: Callable[[Random], Task] = partial(
        training_task if family is talk else held_out_task, family
    )
    return pick(rng)


def evaluate(path: Path, count: int, seed: int, show: int) -> dict[str, Score]:
    """Accuracy per task family of one file."""
    llm = llama_cpp.Llama(str(path), n_ctx=CONTEXT, n_threads=1, verbose=False)
    scores: dict[str, Score] = defaultdict(Score)
    rng = Random(seed)
    for family in (*(f for f, _ in FAMILIES), *LONG):
        shown = 0
        for _ in range(count):
            task = draw(family, rng)
            size = len(llm.tokenize(task.prompt_text().encode(), add_bos=False, special=True))
            while size > CONTEXT - 20:
                task = draw(family, rng)
                size = len(llm.tokenize(task.prompt_text().encode(), add_bos=False, special=True))
            reply, ended, size = reply_to(llm, task)
            score = scores[task.family]
            right = ended and task.is_right(reply)
            score.right += right
            score.asked += 1
            score.tokens += size
            if not right and shown < show and not task.family.startswith("hard"):
                shown += 1
                print(f"  {path.stem} | {task.prompt_text()[-160:]!r}")
                print(f"    wanted {task.answer!r}\n    got    {reply!r} ended={ended}")
    llm.close()
    return scores


def report(out: Path, files: list[Path], count: int, seed: int, show: int) -> str:
    """The whole report as Markdown."""
    began = time.monotonic()
    results = {path.stem: evaluate(path, count, seed, show) for path in files}
    names = list(results)
    families = sorted(next(iter(results.values())), key=lambda f: (f.startswith("hard"), f))
    lines = [
        "# Report of the demo models",
        "",
        (
            "Written by `evaluate.py`. Greedy answers of the exported files through llama.cpp to "
            "questions whose items never occurred in training; an answer counts only if the model "
            "also ended it with `<|end|>`."
        ),
        "",
        "| Task family | Asked | Prompt tokens | " + " | ".join(names) + " |",
        "| --- | ---: | ---: |" + " ---: |" * len(names),
    ]
    for family in families:
        first = results[names[0]][family]
        cells = " | ".join(str(results[name][family]) for name in names)
        lines.append(f"| {family} | {first.asked} | {first.tokens // first.asked} | {cells} |")
    lines += ["", "Families named `hard` are beyond the models on purpose.", "", "## Files", ""]
    lines += [f"- `{path.name}`: {path.stat().st_size:,} bytes" for path in files]
    lines += ["", "## Training", ""]
    for model in sorted({name for name, _ in SHIPPED}, reverse=True):
        kept = json.loads((out / f"{model}.json").read_text())
        lines.append(
            f"- {model}: seed {kept['seed']}, step {kept['step']:,} of {kept['steps']:,}, "
            f"{kept['tokens']:,} tokens, "
            f"{kept['seconds'] / 60:.0f} minutes on {kept['device']}, top rate "
            f"{kept['rate']}, last training loss {kept['loss']:.4f}"
            + (", begun with the weights of an earlier training" if kept["skipped"] else "")
        )
    lines += ["", "## Against PyTorch", ""]
    for model in sorted({name for name, _ in SHIPPED}, reverse=True):
        lines += [f"- {line}" for line in verify(out, model)]
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    lines += ["", f"Python {platform.python_version()}, {versions}."]
    lines.append(f"Evaluation seed {seed}, {(time.monotonic() - began) / 60:.0f} minutes.")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Evaluate the shipped files and write the report beside this script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder with the checkpoints")
    parser.add_argument("--models", type=Path, required=True, help="folder with the GGUF files")
    parser.add_argument("--count", type=int, default=100, help="questions per family")
    parser.add_argument("--seed", type=int, default=99)
    parser.add_argument("--show", type=int, default=0, help="wrong answers to print per family")
    parser.add_argument(
        "--report", type=Path, default=Path(__file__).with_name("REPORT.md"), help="output file"
    )
    args = parser.parse_args()
    files = [args.models / f"{name}-{kind}.gguf" for name, kind in SHIPPED]
    text = report(args.out, [f for f in files if f.exists()], args.count, args.seed, args.show)
    args.report.write_text(text)
    print(text)


if __name__ == "__main__":
    main()

"""Check an exported file against PyTorch: same tokens, same logits, generation that ends."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import llama_cpp
import numpy as np
import torch
from corpus import held_out_task
from export import export, load_model
from long_context import long_lookup
from model import DemoModel
from tokenizer import FAMILIES
from tokenizers import Tokenizer

ODD_TEXTS = (
    "",
    " ",
    "  two  spaces ",
    "tabs\tand\nnew\n\n\nlines \n ",
    "don't we'll I'M they've 's",
    "12345 1,000.50 3.14e-10 ½ ² ٣ \uff14",
    "café naïve Schlüssel weiß élève ÉCOLE",
    "Привет, мир! Ελληνικά עברית العربية हिन्दी",
    "日本語のテキスト 中文 한국어",
    "😀 👩‍👩‍👧‍👦 🇫🇷 👍🏽 ❤️",
    "e\u0301 vs \u00e9 \u200b zero \u00a0 width\u3000wide",
    "<s><|user|>\nHi<|end|>\n<|assistant|>\n",
    "not<|special|> <| user |> </s> <s >",
    '{"a": [1, 2, {"b": null}], "c": "\\n"}',
    "snake_case CamelCase kebab-case a/b\\c $x #y @z ~!%^&*()",
    "'''\"\"\"```<text></text>",
    "\x01\x7f\u2028\ufeff",
)


def texts(count: int) -> Iterator[str]:
    """Hand-picked odd strings, prompts of every family, and random characters."""
    rng = Random(7)
    yield from ODD_TEXTS
    for index in range(count - len(ODD_TEXTS)):
        if index % 2:
            family = FAMILIES[rng.randrange(len(FAMILIES) - 1)][0]
            yield held_out_task(family, rng).prompt_text()
        else:
            blocks = ((32, 126), (160, 591), (0x370, 0x5EA), (0x3041, 0x30FF), (0x1F300, 0x1F64F))
            low, high = rng.choice(blocks)
            yield "".join(
                chr(rng.randint(low, high)) if rng.random() < 0.8 else rng.choice(" \n7a'")
                for _ in range(rng.randint(1, 40))
            )


def tokenizer_differences(llm: llama_cpp.Llama, tokenizer: Tokenizer, count: int) -> list[str]:
    """Texts that llama.cpp splits differently from the trained tokenizer."""
    wrong = []
    for text in texts(count):
        there = llm.tokenize(text.encode(), add_bos=False, special=True)
        if there != tokenizer.encode(text).ids:
            wrong.append(text)
    return wrong


def logit_difference(llm: llama_cpp.Llama, model: DemoModel, prompts: list[list[int]]) -> float:
    """The largest difference of any log probability that matters (above 1e-4)."""
    worst = 0.0
    for ids in prompts:
        llm.reset()
        llm.eval(ids)
        there = torch.tensor(np.array(llm.scores[: len(ids)], dtype=np.float32)).log_softmax(-1)
        with torch.no_grad():
            here = model(torch.tensor([ids]))[0].log_softmax(-1)
        counted = here > np.log(1e-4)
        worst = max(worst, float((there - here)[counted].abs().max()))
    return worst


def verify(out: Path, name: str) -> list[str]:
    """All checks of one model as lines for the report."""
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    model = load_model(out, name)
    rng = Random(11)
    prompts = [tokenizer.encode(held_out_task(f, rng).prompt_text()).ids for f, _ in FAMILIES[:-1]]
    prompts.append(tokenizer.encode(held_out_task(long_lookup, rng).prompt_text()).ids)
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("f32", "q8_0", "q4_0"):
            path = Path(folder) / f"{kind}.gguf"
            export(model, tokenizer, path, kind)
            llm = llama_cpp.Llama(
                str(path), n_ctx=1024, n_batch=1024, logits_all=True, verbose=False, n_threads=1
            )
            gap = logit_difference(llm, model, prompts)
            lines.append(f"{name} {kind}: largest log-probability difference {gap:.4f}")
            if kind == "f32":
                wrong = tokenizer_differences(llm, tokenizer, 300)
                lines.append(f"{name}: {300 - len(wrong)} of 300 texts tokenised alike {wrong}")
            llm.close()
    return lines


def main() -> None:
    """Verify both models and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder with the checkpoints")
    args = parser.parse_args()
    for name in ("demo-2m", "demo-0.5m"):
        if (args.out / f"{name}.pt").exists():
            print("\n".join(verify(args.out, name)))


if __name__ == "__main__":
    main()

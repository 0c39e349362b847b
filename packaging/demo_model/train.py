"""Train one demo model from nothing: corpus, tokenizer, weights.

Everything is seeded. Checkpoints go to the output folder, and a stopped run continues from the
last one. `export.py` turns them into GGUF files, `evaluate.py` writes the report.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as nnf
from corpus import BOS, SPECIAL_TOKENS
from data import Rows, cached
from model import CONTEXT, SHAPES, DemoModel, as_q4_0
from muon import Muon
from tokenizer import train_tokenizer
from tokenizers import Tokenizer
from torch import Tensor

ROW = 192
SHORT_BATCH = 128
LONG_BATCH = 24
LONG_EVERY = 3
SHORT_ROWS = 400_000
LONG_ROWS = 32_000
PRIMER_ROWS = 50_000
WARMUP = 150
SAVE_EVERY = 500
FLOOR = 0.01
PRIMER_STEPS = (300, 1500)
STEPS = 16_000
FOUR_BITS_FROM = 0.6
BOS_ID = SPECIAL_TOKENS.index(BOS)


@dataclass
class Progress:
    """What a run knows about itself; it is saved in the checkpoint and read by the report."""

    model: str
    seed: int
    steps: int
    rate: float
    device: str = "cpu"
    skipped: int = 0
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    loss: float = 0.0


def load_tokenizer(out: Path, seed: int) -> Tokenizer:
    """The run's tokenizer, trained on first use."""
    path = out / "tokenizer.json"
    if not path.exists():
        train_tokenizer(seed).save(str(path))
    return Tokenizer.from_file(str(path))


def learning_rate(step: int, steps: int, top: float) -> float:
    """Linear warm-up, then a cosine down to a small floor."""
    if step < WARMUP:
        return top * (step + 1) / WARMUP
    along = (step - WARMUP) / max(1, steps - WARMUP)
    return top * (FLOOR + (1 - FLOOR) * 0.5 * (1 + math.cos(math.pi * min(1.0, along))))


class Batches:
    """One set of rows on the device that trains; steps take them in order, again and again."""

    def __init__(self, rows: Rows, size: int, device: torch.device) -> None:
        self._ids = torch.from_numpy(rows.ids).to(device)
        self._weights = torch.from_numpy(rows.weights).to(device)
        self._size = size

    def get(self, index: int) -> tuple[Tensor, Tensor, Tensor]:
        """Inputs, targets and target weights of batch number `index`."""
        count = len(self._ids)
        start = index * self._size
        at = torch.arange(start, start + self._size, device=self._ids.device) % count
        ids, weights = self._ids[at].long(), self._weights[at].float()
        return ids[:, :-1].contiguous(), ids[:, 1:].contiguous(), weights[:, 1:].contiguous()


def rows_of(step: int) -> tuple[str, int]:
    """Which rows a step takes, and the how-manieth batch of them.

    The first steps are primers that ask for nothing but association. Mixed in with twenty other
    families from the start, looking things up took many times as long to form.
    """
    for number, steps in enumerate(PRIMER_STEPS):
        if step < steps:
            return f"primer{number}", step
        step -= steps
    if step % LONG_EVERY == LONG_EVERY - 1:
        return "long", step // LONG_EVERY
    return "short", step - step // LONG_EVERY


def document_mask(inputs: Tensor) -> Tensor:
    """Causal attention inside each document of a packed row, as it will be when it is used.

    Without it a row's other documents distract the heads that copy: extraction and memory were
    not learned after 500 steps.
    """
    document = (inputs == BOS_ID).cumsum(1)
    same = document[:, None, :, None] == document[:, None, None, :]
    length = inputs.shape[1]
    return same & torch.ones(length, length, dtype=torch.bool, device=inputs.device).tril()


class Optimizer:
    """Muon for the matrices, AdamW for the embedding table and the norms.

    On the smaller model AdamW alone needed about twice the steps for the same loss.
    """

    def __init__(self, model: DemoModel, rate: float) -> None:
        matrices: list[Tensor] = []
        others: list[Tensor] = []
        for name, parameter in model.named_parameters():
            inner = parameter.dim() == 2 and "embd" not in name
            (matrices if inner else others).append(parameter)
        self.parts: tuple[torch.optim.Optimizer, ...] = (
            Muon(matrices, rate),
            torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.95), weight_decay=0.0, fused=True),
        )

    def set_rate(self, rate: float) -> None:
        """Use this learning rate from now on."""
        for part in self.parts:
            for group in part.param_groups:
                group["lr"] = rate

    def step(self) -> None:
        """Update the weights and forget the gradients."""
        for part in self.parts:
            part.step()
            part.zero_grad()

    def state(self) -> list[dict[str, Any]]:
        """What a checkpoint keeps."""
        return [part.state_dict() for part in self.parts]

    def restore(self, state: list[dict[str, Any]]) -> None:
        """Continue from a checkpoint."""
        for part, kept in zip(self.parts, state, strict=True):
            part.load_state_dict(kept)


@torch.no_grad()
def round_matrices(matrices: list[Tensor]) -> list[Tensor]:
    """Make every matrix what Q4_0 stores of it; returns the exact values."""
    exact = [matrix.clone() for matrix in matrices]
    for matrix in matrices:
        matrix.copy_(as_q4_0(matrix))
    return exact


@torch.no_grad()
def restore(matrices: list[Tensor], exact: list[Tensor]) -> None:
    """Give the matrices their exact values back."""
    torch._foreach_copy_(matrices, exact)


def save(path: Path, model: DemoModel, optimizer: Optimizer, state: Progress) -> None:
    """Write the checkpoint in one move, so that a reader never sees half a file."""
    part = path.with_suffix(".part")
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state(),
            "progress": asdict(state),
        },
        part,
    )
    part.replace(path)
    path.with_suffix(".json").write_text(json.dumps(asdict(state), indent=1) + "\n")


def all_rows(out: Path, args: argparse.Namespace) -> dict[str, Rows]:
    """Every set of rows a training uses, from disk where they were built before."""
    mixed = args.steps - sum(PRIMER_STEPS)
    sizes = {
        "short": (ROW + 1, min(SHORT_ROWS, mixed * SHORT_BATCH)),
        "long": (CONTEXT + 1, min(LONG_ROWS, max(1, mixed // LONG_EVERY) * LONG_BATCH)),
    }
    for number, primer_steps in enumerate(PRIMER_STEPS):
        sizes[f"primer{number}"] = (ROW + 1, min(PRIMER_ROWS, primer_steps * SHORT_BATCH))
    rows = {
        name: cached(out, args.seed, name, length, count) for name, (length, count) in sizes.items()
    }
    print(", ".join(f"{len(part.ids)} {name} rows" for name, part in rows.items()), flush=True)
    return rows


def train(args: argparse.Namespace) -> None:
    """Run the remaining steps of one model."""
    out: Path = args.out
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    device = torch.device(args.device)
    load_tokenizer(out, args.seed)
    batches = {
        name: Batches(rows, LONG_BATCH if name == "long" else SHORT_BATCH, device)
        for name, rows in all_rows(out, args).items()
    }
    model = DemoModel(SHAPES[args.model]).to(device)
    matrices = [p for n, p in model.named_parameters() if p.dim() == 2 and "embd" not in n]
    optimizer = Optimizer(model, args.rate)
    state = Progress(args.model, args.seed, args.steps, args.rate, args.device)
    path = out / f"{args.model}.pt"
    if args.start is not None:
        model.load_state_dict(torch.load(args.start, weights_only=True)["model"])
        state.skipped = sum(PRIMER_STEPS)
    if path.exists() and not args.fresh:
        kept = torch.load(path, weights_only=True, map_location=device)
        model.load_state_dict(kept["model"])
        optimizer.restore(kept["optimizer"])
        state = Progress(**{**kept["progress"], "steps": args.steps})
    print(f"{args.model}: {model.size():,} parameters, from step {state.step}", flush=True)
    forward = torch.compile(model, dynamic=False) if args.compile else model

    began = time.monotonic()
    mean = torch.tensor(state.loss, device=device)
    while state.step < args.steps:
        step = state.step
        name, index = rows_of(step + state.skipped)
        inputs, targets, weights = batches[name].get(index)
        optimizer.set_rate(learning_rate(step, args.steps, args.rate))
        # In turns, so that the same weights serve both types that are shipped. The gradient at the
        # rounded weights is applied to the exact ones.
        rounded = step > FOUR_BITS_FROM * args.steps and step // LONG_EVERY % 2 == 1
        exact = round_matrices(matrices) if rounded else []
        with torch.autocast(device.type, torch.bfloat16):
            logits = forward(inputs, document_mask(inputs))
        each = nnf.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), reduction="none")
        loss = (each * weights.flatten()).sum() / weights.sum()
        torch.autograd.backward(loss)
        if exact:
            restore(matrices, exact)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        state.step += 1
        state.tokens += inputs.numel()
        if name != "long":
            mean = torch.where(mean > 0, 0.98 * mean + 0.02 * loss.detach(), loss.detach())
        if state.step % SAVE_EVERY == 0 or state.step == args.steps:
            state.loss = mean.item()
            state.seconds += time.monotonic() - began
            began = time.monotonic()
            save(path, model, optimizer, state)
            speed = state.tokens / state.seconds
            print(
                f"{args.model} step {state.step}/{args.steps} loss {state.loss:.4f} "
                f"last {name} {loss.item():.4f} "
                f"{speed:,.0f} tokens/s {state.seconds:,.0f} s",
                flush=True,
            )


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=sorted(SHAPES), default="demo-2m")
    parser.add_argument("--out", type=Path, required=True, help="folder for rows and checkpoints")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--rate", type=float, default=6e-3, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=20_240)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--device", default="cuda" if torch.cuda.is_available() else "cpu", help="cpu or cuda"
    )
    parser.add_argument(
        "--start", type=Path, help="begin with these weights and without primers, as a new training"
    )
    parser.add_argument("--fresh", action="store_true", help="ignore an existing checkpoint")
    parser.add_argument(
        "--compile",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="torch.compile needs a C++ compiler and is about 1.4 times as fast",
    )
    train(parser.parse_args())


if __name__ == "__main__":
    main()

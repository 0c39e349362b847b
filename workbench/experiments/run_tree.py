"""Forked runs as the lines of a tree, and replies side by side. Pure functions, any thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.core.run import RunStatus
from workbench.core.text import elide
from workbench.core.tokens import TokenTable
from workbench.core.types import Finish
from workbench.experiments.branches import difference
from workbench.experiments.probability import text_score
from workbench.history.branches import BranchRow, SampleRow

FINISH_WORDS = {
    Finish.STOP: "stop",
    Finish.LENGTH: "length",
    Finish.CANCELLED: "stopped",
    Finish.ERROR: "failed",
}
_STATUS_WORDS = {
    RunStatus.RUNNING: "running",
    RunStatus.CANCELLED: "stopped",
    RunStatus.FAILED: "failed",
    RunStatus.INTERRUPTED: "interrupted",
}
_TITLE = 80


@dataclass(frozen=True, slots=True)
class TreeNode:
    """One line of the tree: a reply, or a run of several replies with each below it.

    Attributes:
        sample: which reply; None for a run that has several.
        parent: number of the line above it in the tree; -1 for the first.
        title: what it says where it differs from its parent, or its name.
        at: how many tokens of its parent stand; None for a run of its own.
        is_run: whether it stands for its whole run, not for one of several replies.
        is_named: whether a person named it.
        trashed: deleted, and here only because something stands on it.
    """

    run_id: str
    sample: int | None
    parent: int
    title: str
    caption: str
    status: RunStatus
    at: int | None
    is_run: bool
    is_named: bool
    trashed: bool

    @property
    def key(self) -> tuple[str, int | None]:
        """What it is, whatever else changes."""
        return self.run_id, self.sample


def run_tree(rows: Sequence[BranchRow]) -> tuple[TreeNode, ...]:
    """The lines of a family, parents before their forks, older forks first.

    Deleted runs are left out unless something that is not deleted stands on them.
    """
    known = {row.run_id: row for row in rows}
    below: dict[tuple[str, int] | None, list[BranchRow]] = {}
    for row in sorted(rows, key=lambda r: r.run_id):
        parent = row.parent
        place = (parent[0], parent[1]) if parent is not None and parent[0] in known else None
        below.setdefault(place, []).append(row)
    living = _living(rows)
    nodes: list[TreeNode] = []
    waiting = [(row, -1) for row in reversed(below.get(None, []))]
    while waiting:
        row, above = waiting.pop()
        if row.run_id not in living:
            continue
        number = len(nodes)
        nodes.append(_node(row, above, known))
        places = [(0, number)]
        if row.n_samples > 1:
            places = []
            for sample in range(row.n_samples):
                places.append((sample, len(nodes)))
                nodes.append(_sample_node(row, sample, number, known))
        under = [(f, at) for sample, at in places for f in below.get((row.run_id, sample), [])]
        waiting += reversed(under)
    return tuple(nodes)


def growing(row: BranchRow, tables: Sequence[TokenTable], pieces: Mapping[int, bytes]) -> BranchRow:
    """A running run's row with what its replies say by now."""
    texts = [b"".join(pieces[t] for t in table.ids.tolist()) for table in tables]
    return replace(
        row,
        samples=tuple(
            SampleRow(text.decode("utf-8", "ignore"), len(table), None)
            for text, table in zip(texts, tables, strict=True)
        ),
    )


def descendants(rows: Sequence[BranchRow], run_id: str) -> list[str]:
    """Every run that stands on `run_id`, itself first."""
    found = [run_id]
    for row in sorted(rows, key=lambda r: r.run_id):
        if row.parent is not None and row.parent[0] in found and row.run_id not in found:
            found.append(row.run_id)
    return found


def reply_facts(table: TokenTable, begin: int, finish: Finish | None) -> str:
    """A reply from token `begin` on in a few words: length, mean surprise, why it ended."""
    rest = table.slice(begin)
    count = len(rest)
    words = ["1 token" if count == 1 else f"{count:,} tokens"]
    score = text_score(rest, 0)
    if score.n_tokens:
        words.append(f"{abs(score.logprob) / score.n_tokens:.2f} nats each")
    if finish is not None:
        words.append(FINISH_WORDS[finish])
    return " · ".join(words)


def common_beginning(tables: Sequence[TokenTable]) -> int:
    """How many leading tokens all replies share."""
    same = 0
    for ids in zip(*(table.ids.tolist() for table in tables), strict=False):
        if len(set(ids)) > 1:
            break
        same += 1
    return same


def _living(rows: Sequence[BranchRow]) -> set[str]:
    parents = {row.run_id: row.parent[0] for row in rows if row.parent is not None}
    living: set[str] = set()
    for row in rows:
        run_id: str | None = None if row.trashed else row.run_id
        while run_id is not None and run_id not in living:
            living.add(run_id)
            run_id = parents.get(run_id)
    return living


def _node(row: BranchRow, above: int, known: dict[str, BranchRow]) -> TreeNode:
    several = row.n_samples > 1
    words = [_origin(row)]
    if several:
        words.append(f"{row.n_samples} replies together")
    else:
        words.append(_length(row, 0))
    word = _STATUS_WORDS.get(row.status, "")
    if word and word not in words[-1]:
        words.append(word)
    title = row.name or (_several_title(row) if several else _said(row, 0, known))
    return TreeNode(
        row.run_id,
        None if several else 0,
        above,
        title,
        " · ".join(w for w in words if w),
        row.status,
        None if row.parent is None else row.parent[2],
        True,
        bool(row.name),
        row.trashed,
    )


def _sample_node(row: BranchRow, sample: int, above: int, known: dict[str, BranchRow]) -> TreeNode:
    at = None if row.parent is None else row.parent[2]
    caption = " · ".join(w for w in (f"seed {row.seed + sample}", _length(row, sample)) if w)
    title = _said(row, sample, known)
    return TreeNode(
        row.run_id, sample, above, title, caption, row.status, at, False, False, row.trashed
    )


def _several_title(row: BranchRow) -> str:
    return f"{row.n_samples} continuations" if row.parent is not None else row.prompt_name


def _said(row: BranchRow, sample: int, known: dict[str, BranchRow]) -> str:
    text = row.samples[sample].text if sample < len(row.samples) else ""
    said = elide(text, _TITLE)
    if row.parent is not None and row.parent[0] in known:
        parent = known[row.parent[0]].samples
        if row.parent[1] < len(parent):
            said = difference(text, parent[row.parent[1]].text, _TITLE)
    return said or row.error or _STATUS_WORDS.get(row.status, "empty reply")


def _origin(row: BranchRow) -> str:
    if row.parent is None:
        return row.prompt_name or "run"
    at = row.parent[2] + 1
    if row.n_given > 1:
        return f"edited at {at:,}"
    return f"another token at {at:,}" if row.n_given else f"said anew at {at:,}"


def _length(row: BranchRow, sample: int) -> str:
    if sample >= len(row.samples):
        return ""
    found = row.samples[sample]
    words = []
    if found.n_tokens is not None:
        words.append("1 token" if found.n_tokens == 1 else f"{found.n_tokens:,} tokens")
    if found.finish is not None:
        words.append(FINISH_WORDS[found.finish])
    return " · ".join(words)

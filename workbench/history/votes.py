"""Votes of people and judges. Any thread; writes answer with Futures.

Votes are only added and taken back, never changed; they stay when the runs they are about are
deleted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import astuple, dataclass

from sqlite_utils import Database

from workbench.core.errors import UserError
from workbench.core.ids import text_hash
from workbench.core.votes import Contestant, Item, Side, Verdict, Vote, Voter, VoterKind
from workbench.history.store import HistoryStore
from workbench.history.values import dumps, restored, storable


class AlreadyVotedError(UserError):
    """The same voter judged the same replies in the same order, perhaps in another window."""


@dataclass(frozen=True, slots=True)
class VoteFilter:
    """Which votes are wanted; everything empty wants all that count.

    Attributes:
        kind, voter, tag: of the voter and the vote; empty for any.
        withdrawn: also those that were taken back.
    """

    kind: VoterKind | None = None
    voter: str = ""
    tag: str = ""
    withdrawn: bool = False


def add_votes(store: HistoryStore, votes: Sequence[Vote]) -> Future[None]:
    """Record votes, all of them or none.

    The future raises UserError when a reply is not in the history (any more), and
    AlreadyVotedError when the voter judged the same replies in this order before.
    """

    def task(db: Database) -> None:
        for vote in votes:
            for side in (vote.a, vote.b):
                _check_there(db, side)
            _check_first(db, vote)
            _insert(db, vote)

    return store.write(task)


def import_votes(store: HistoryStore, votes: Iterable[Vote]) -> Future[tuple[int, int]]:
    """Take in votes from elsewhere, whether their runs are here or not.

    The future answers with how many were added and how many were known already.
    """
    chosen = tuple(votes)

    def task(db: Database) -> tuple[int, int]:
        added = 0
        for vote in chosen:
            known = db.execute("SELECT 1 FROM votes WHERE vote_id = ?", [vote.vote_id]).fetchone()
            if known is None and (vote.withdrawn_us is not None or not _same(db, vote)):
                _insert(db, vote)
                added += 1
        return added, len(chosen) - added

    return store.write(task)


def withdraw(store: HistoryStore, ballot: str) -> Future[int]:
    """Take back the votes of a ballot; answers with how many, 0 when none counted any more."""
    now = store.now_us()
    sql = "UPDATE votes SET withdrawn_us = ? WHERE ballot = ? AND withdrawn_us IS NULL"
    return store.write(lambda db: db.execute(sql, [now, storable(ballot)]).rowcount)


def list_votes(store: HistoryStore, wanted: VoteFilter | None = None) -> list[Vote]:
    """The votes that are wanted, the oldest first.

    Raises:
        UserError: the history cannot be read.
    """
    chosen = wanted or VoteFilter()
    return store.read(lambda connection: read_votes(connection, chosen))


def voters(store: HistoryStore) -> list[tuple[Voter, int]]:
    """Everybody whose votes count, with how many ballots, people first.

    Raises:
        UserError: the history cannot be read.
    """

    def query(connection: sqlite3.Connection) -> list[tuple[Voter, int]]:
        rows = connection.execute(
            "SELECT voter_kind, voter, max(voter_sha256), max(voter_path), count(DISTINCT ballot) "
            "FROM votes WHERE withdrawn_us IS NULL GROUP BY voter_kind, voter "
            "ORDER BY voter_kind, voter"
        ).fetchall()
        return [
            (Voter(VoterKind(kind), restored(name), restored(sha), restored(path)), count)
            for kind, name, sha, path, count in rows
        ]

    return store.read(query)


def vote_tags(store: HistoryStore) -> list[tuple[str, int]]:
    """Every tag of votes that count, with how many have it, the most used first.

    Raises:
        UserError: the history cannot be read.
    """
    sql = (
        "SELECT t.tag, count(*) FROM vote_tags AS t JOIN votes AS v ON v.id = t.vote "
        "WHERE v.withdrawn_us IS NULL GROUP BY t.tag ORDER BY 2 DESC, 1"
    )
    return store.read(lambda c: [(restored(tag), n) for tag, n in c.execute(sql).fetchall()])


def prompt_labels(store: HistoryStore, hashes: Iterable[str]) -> dict[str, str]:
    """What versions of prompts are called ("story v3"), by the hash of their text.

    Raises:
        UserError: the history cannot be read.
    """

    def query(connection: sqlite3.Connection) -> dict[str, str]:
        rows = connection.execute(
            "SELECT c.hash, v.prompt_key, max(v.number) FROM prompt_versions AS v "
            "JOIN contents AS c ON c.id = v.content "
            "WHERE c.hash IN (SELECT value FROM json_each(?)) GROUP BY c.hash",
            [json.dumps(sorted(set(hashes)))],
        ).fetchall()
        return {content: f"{_short(restored(key))} v{number}" for content, key, number in rows}

    return store.read(query)


def _short(key: str) -> str:
    name = key.rpartition("/")[2]
    return name.removesuffix(".prompt.yml").removesuffix(".prompt.yaml")


def _check_there(db: Database, side: Side) -> None:
    row = db.execute(
        "SELECT r.trashed_us FROM runs AS r JOIN samples AS s ON s.run = r.id "
        "WHERE r.run_id = ? AND s.idx = ?",
        [side.run_id, side.sample],
    ).fetchone()
    if row is None or row[0] is not None:
        where = "lies in the trash" if row is not None else "is not in the history any more"
        raise UserError(
            f"The run {side.run_id} {where}, so the vote was not counted.",
            "Go on with the next pairing; earlier votes on it stay.",
        )


def _check_first(db: Database, vote: Vote) -> None:
    if _same(db, vote):
        raise AlreadyVotedError(
            f"{vote.voter.name} has judged these two replies in this order already.",
            "Perhaps in another window; the first vote counts.",
        )


def _same(db: Database, vote: Vote) -> bool:
    row = db.execute(
        "SELECT 1 FROM votes WHERE voter_kind = ? AND voter = ? AND a_run = ? AND a_sample = ? "
        "AND b_run = ? AND b_sample = ? AND withdrawn_us IS NULL",
        [
            vote.voter.kind.value,
            storable(vote.voter.name),
            vote.a.run_id,
            vote.a.sample,
            vote.b.run_id,
            vote.b.sample,
        ],
    ).fetchone()
    return row is not None


def _insert(db: Database, vote: Vote) -> None:
    a, b = (_contestant_id(db, side.contestant) for side in (vote.a, vote.b))
    values = {
        "vote_id": vote.vote_id,
        "ballot": storable(vote.ballot),
        "created_us": vote.created_us,
        "withdrawn_us": vote.withdrawn_us,
        "voter_kind": vote.voter.kind.value,
        "voter": storable(vote.voter.name),
        "voter_sha256": vote.voter.model_sha256,
        "voter_path": storable(vote.voter.model_path),
        "item": vote.item.key,
        "item_name": storable(vote.item.name),
        "variables_hash": vote.item.variables_hash,
        "verdict": vote.verdict.value,
        "p": vote.p,
        "seconds": vote.seconds,
        "revealed": int(vote.revealed),
        "a_run": vote.a.run_id,
        "a_sample": vote.a.sample,
        "a_reply": vote.a.reply_hash,
        "a_contestant": a,
        "b_run": vote.b.run_id,
        "b_sample": vote.b.sample,
        "b_reply": vote.b.reply_hash,
        "b_contestant": b,
    }
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    row = db.execute(
        f"INSERT INTO votes ({names}) VALUES ({marks})",  # noqa: S608  # names from above
        list(values.values()),
    ).lastrowid
    for tag in dict.fromkeys(vote.tags):
        db.execute("INSERT INTO vote_tags (vote, tag) VALUES (?, ?)", [row, storable(tag)])


_COLUMNS = tuple(Contestant.__slots__)


def _contestant_id(db: Database, one: Contestant) -> int:
    digest = text_hash(dumps(astuple(one)))
    row = db.execute("SELECT id FROM contestants WHERE hash = ?", [digest]).fetchone()
    if row is not None:
        return int(row[0])
    marks = ", ".join("?" * (len(_COLUMNS) + 1))
    made = db.execute(
        f"INSERT INTO contestants (hash, {', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608  # names of the value
        [digest, *(storable(text) for text in astuple(one))],
    )
    return int(made.lastrowid or 0)


def read_votes(connection: sqlite3.Connection, wanted: VoteFilter) -> list[Vote]:
    """The votes that are wanted of any history file, the oldest first."""
    known = {
        row[0]: Contestant(*(restored(text) for text in row[1:]))
        for row in connection.execute(f"SELECT id, {', '.join(_COLUMNS)} FROM contestants")  # noqa: S608  # names of the value
    }
    tags: dict[int, list[str]] = {}
    for row, tag in connection.execute("SELECT vote, tag FROM vote_tags ORDER BY vote, tag"):
        tags.setdefault(row, []).append(restored(tag))
    rows = connection.execute(
        "SELECT id, vote_id, ballot, created_us, withdrawn_us, voter_kind, voter, voter_sha256, "
        "voter_path, item, item_name, variables_hash, verdict, p, seconds, revealed, "
        "a_run, a_sample, a_reply, a_contestant, b_run, b_sample, b_reply, b_contestant "
        "FROM votes WHERE (:withdrawn OR withdrawn_us IS NULL) "
        "AND (:kind = '' OR voter_kind = :kind) AND (:voter = '' OR voter = :voter) "
        "AND (:tag = '' OR EXISTS (SELECT 1 FROM vote_tags WHERE vote = votes.id AND tag = :tag)) "
        "ORDER BY vote_id",
        {
            "withdrawn": wanted.withdrawn,
            "kind": "" if wanted.kind is None else wanted.kind.value,
            "voter": storable(wanted.voter),
            "tag": storable(wanted.tag),
        },
    ).fetchall()
    return [_vote(row, known, tags.get(row[0], [])) for row in rows]


def _vote(row: tuple[object, ...], known: dict[int, Contestant], tags: list[str]) -> Vote:
    (_, vote_id, ballot, created_us, withdrawn_us, kind, voter, sha256, path, item, item_name,
     variables, verdict, p, seconds, revealed, *sides) = row  # fmt: skip

    def side(run: object, sample: object, reply: object, contestant: object) -> Side:
        if not isinstance(sample, int) or not isinstance(contestant, int):
            raise TypeError("the schema holds integers here")
        return Side(_text(run), sample, known[contestant], _text(reply))

    values: dict[str, object] = {
        "vote_id": vote_id,
        "ballot": _text(ballot),
        "created_us": created_us,
        "voter": Voter(VoterKind(_text(kind)), _text(voter), _text(sha256), _text(path)),
        "item": Item(_text(item), _text(variables), _text(item_name)),
        "a": side(*sides[:4]),
        "b": side(*sides[4:]),
        "verdict": Verdict(_text(verdict)),
        "tags": tuple(tags),
        "p": p,
        "seconds": seconds,
        "revealed": bool(revealed),
        "withdrawn_us": withdrawn_us,
    }
    return Vote(**values)  # type: ignore[arg-type]  # the schema holds each field's own type


def _text(value: object) -> str:
    return restored(value) if isinstance(value, str | bytes) else ""

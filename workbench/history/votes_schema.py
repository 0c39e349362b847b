"""The tables of votes: part of `schema`.

A vote refers to nothing that deleting a run could take away: what wrote the two replies is
described in `contestants`, once for all votes about it.
"""

from __future__ import annotations

VOTES: tuple[str, ...] = (
    """
    CREATE TABLE contestants (
        -- what wrote a reply: a model, a prompt and settings
        id INTEGER PRIMARY KEY,
        hash TEXT NOT NULL UNIQUE,      -- "sha256:<hex>" of all the other columns
        model_name TEXT NOT NULL,
        quantization TEXT NOT NULL,
        model_path TEXT NOT NULL,
        model_sha256 TEXT NOT NULL,     -- of the file; empty when it was not computed yet
        prompt_name TEXT NOT NULL,
        prompt_key TEXT NOT NULL,       -- the prompt file's path, else the hash of its text
        prompt_hash TEXT NOT NULL,      -- of its text: tells versions apart
        settings TEXT NOT NULL          -- JSON: what differs from the defaults
    )
    """,
    """
    CREATE TABLE votes (
        id INTEGER PRIMARY KEY,
        vote_id TEXT NOT NULL UNIQUE,   -- sorts by time
        ballot TEXT NOT NULL,           -- one decision; a judge's two orders share it
        created_us INTEGER NOT NULL,
        withdrawn_us INTEGER,           -- NULL while it counts
        voter_kind TEXT NOT NULL,       -- human, judge
        voter TEXT NOT NULL,            -- a person's name, or the judge's model
        voter_sha256 TEXT NOT NULL,     -- of a judge's model file; empty for a person
        voter_path TEXT NOT NULL,
        item TEXT NOT NULL,             -- hash of prompt and variables
        item_name TEXT NOT NULL,
        variables_hash TEXT NOT NULL,
        verdict TEXT NOT NULL,          -- a, b, tie, both_bad; a is what was shown first
        p REAL,                         -- a judge's probability for its verdict
        seconds REAL,                   -- how long a person looked
        revealed INTEGER NOT NULL,      -- 1: the names had been shown before
        -- no foreign keys on runs: a vote outlives them
        a_run TEXT NOT NULL,
        a_sample INTEGER NOT NULL,
        a_reply TEXT NOT NULL,          -- hash of the reply's text
        a_contestant INTEGER NOT NULL REFERENCES contestants(id),
        b_run TEXT NOT NULL,
        b_sample INTEGER NOT NULL,
        b_reply TEXT NOT NULL,
        b_contestant INTEGER NOT NULL REFERENCES contestants(id)
    )
    """,
    """
    CREATE TABLE vote_tags (
        vote INTEGER NOT NULL REFERENCES votes(id) ON DELETE CASCADE,
        tag TEXT NOT NULL,
        PRIMARY KEY (vote, tag)         -- with row numbers, by which a damaged file is read
    )
    """,
    # one vote of a voter per pairing and order, whatever windows are open
    """
    CREATE UNIQUE INDEX votes_once ON votes
        (voter_kind, voter, a_run, a_sample, b_run, b_sample) WHERE withdrawn_us IS NULL
    """,
    "CREATE INDEX votes_by_ballot ON votes (ballot)",
    "CREATE INDEX votes_by_tag ON vote_tags (tag, vote)",
    """
    CREATE VIEW votes_readable AS
    SELECT
        v.vote_id,
        strftime('%Y-%m-%d %H:%M:%f', v.created_us / 1e6, 'unixepoch') AS created_utc,
        v.voter_kind,
        v.voter,
        v.verdict,
        v.p,
        v.seconds,
        v.withdrawn_us IS NOT NULL AS withdrawn,
        v.revealed,
        v.item_name,
        a.model_name || ' ' || a.quantization AS a_model,
        a.settings AS a_settings,
        a.prompt_name AS a_prompt,
        b.model_name || ' ' || b.quantization AS b_model,
        b.settings AS b_settings,
        b.prompt_name AS b_prompt,
        v.a_run, v.a_sample, v.b_run, v.b_sample,
        v.ballot,
        v.item,
        (SELECT group_concat(tag, ', ') FROM vote_tags WHERE vote = v.id) AS tags
    FROM votes AS v
    JOIN contestants AS a ON a.id = v.a_contestant
    JOIN contestants AS b ON b.id = v.b_contestant
    ORDER BY v.vote_id DESC
    """,
)

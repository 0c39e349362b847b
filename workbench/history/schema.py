"""The tables of the history, as append-only migrations. Runs on the writer's thread.

A migration that was released is never edited; a change is a new one at the end. All pending ones
run inside one transaction, so that a kill in the middle leaves the file as it was, and two
programs that start together do not migrate twice. (So none of them may use VACUUM.)

Times are microseconds since the Unix epoch. Texts that hold lone surrogates are kept as UTF-8
blobs. Large columns stand last, so that a list never reads their pages.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from workbench.history.finding_schema import FINDING, SCRIPTS, UNPACKED
from workbench.history.scripts import register
from workbench.history.servers_schema import SERVERS
from workbench.history.votes_schema import VOTES

APPLICATION_ID = 0x50574B42
"""What the file's header says about whose database it is ("PWKB")."""

MIGRATIONS = Migrations("workbench.history")


@MIGRATIONS()
def m001_runs(db: Database) -> None:
    """Runs with everything that made them, their replies, scores and tags."""
    for statement in (_CONTENTS, _MODELS, _RUNS, _SAMPLES, _SCORES, _TAGS, *_INDEXES):
        db.execute(statement)


@MIGRATIONS()
def m002_readable_views(db: Database) -> None:
    """Views for people with `sqlite3` or Datasette, with names instead of numbers."""
    db.execute(_RUNS_READABLE)
    db.execute(_SAMPLES_READABLE)


@MIGRATIONS()
def m003_prompt_versions(db: Database) -> None:
    """What prompt files contained, each time one was saved."""
    for statement in (_PROMPT_VERSIONS, *_PROMPT_VERSIONS_INDEXES, _PROMPT_VERSIONS_READABLE):
        db.execute(statement)


@MIGRATIONS()
def m004_branches(db: Database) -> None:
    """What a fork was given, and names for runs in the tree of branches."""
    for statement in _BRANCHES:
        db.execute(statement)


@MIGRATIONS()
def m005_finding(db: Database) -> None:
    """Full-text search, an index for every order and group, rules for what is kept."""
    for statement in FINDING:
        db.execute(statement)


@MIGRATIONS()
def m006_experiments(db: Database) -> None:
    """Plans of comparisons and sweeps, and which of their runs stands where."""
    for statement in _EXPERIMENTS:
        db.execute(statement)


@MIGRATIONS()
def m007_token_rows(db: Database) -> None:
    """Token records as plain rows, for the runs that somebody asks for."""
    for statement in UNPACKED:
        db.execute(statement)


@MIGRATIONS()
def m008_votes(db: Database) -> None:
    """Votes on pairs of replies, and what wrote them."""
    for statement in VOTES:
        db.execute(statement)


@MIGRATIONS()
def m009_experiment_items(db: Database) -> None:
    """What became of every item of an evaluation."""
    db.execute(_EXPERIMENT_ITEMS)


@MIGRATIONS()
def m010_scripts(db: Database) -> None:
    """Texts that are not plain ASCII are indexed sign by sign where their script needs it."""
    register(db.conn)
    for statement in SCRIPTS:
        db.execute(statement)


@MIGRATIONS()
def m011_servers(db: Database) -> None:
    """What servers said of themselves; sizes of models that nobody told are NULL."""
    for statement in SERVERS:
        db.execute(statement)


@MIGRATIONS()
def m012_beside(db: Database) -> None:
    """Whether replies grew beside those of other runs in one batch."""
    for statement in _BESIDE:
        db.execute(statement)


MIGRATION_NAMES: tuple[str, ...] = (
    "m001_runs",
    "m002_readable_views",
    "m003_prompt_versions",
    "m004_branches",
    "m005_finding",
    "m006_experiments",
    "m007_token_rows",
    "m008_votes",
    "m009_experiment_items",
    "m010_scripts",
    "m011_servers",
    "m012_beside",
)
"""Every migration in order; their number is the file's `user_version`."""


_CONTENTS = """
CREATE TABLE contents (
    -- every text once: prompt files, rendered prompts, chat templates, settings as JSON
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,      -- "sha256:<hex>" of the text's UTF-8 bytes
    text TEXT NOT NULL
)
"""

_MODELS = """
CREATE TABLE models (
    -- a model file as its header described it; the same file under another path is another row
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,      -- "sha256:<hex>" of the description
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,           -- of the file; empty when it was not computed
    architecture TEXT NOT NULL,
    quantization TEXT NOT NULL,
    n_params INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    chat_template INTEGER REFERENCES contents(id),
    info TEXT NOT NULL              -- the whole description as JSON, without the chat template
)
"""

_RUNS = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,    -- sorts by time of creation
    created_us INTEGER NOT NULL,
    updated_us INTEGER NOT NULL,    -- the last sign of life before it ended
    ended_us INTEGER,               -- NULL while it runs
    status TEXT NOT NULL,           -- running, done, cancelled, failed, interrupted
    prompt_name TEXT NOT NULL,
    prompt_path TEXT NOT NULL,
    prompt_source INTEGER NOT NULL REFERENCES contents(id),
    variables TEXT NOT NULL,        -- JSON
    rendered INTEGER NOT NULL REFERENCES contents(id),
    chat_template INTEGER REFERENCES contents(id),
    model INTEGER NOT NULL REFERENCES models(id),
    engine INTEGER NOT NULL REFERENCES contents(id),    -- JSON: build, backend, threads, context
    settings INTEGER NOT NULL REFERENCES contents(id),  -- JSON: how the model was loaded
    sampling INTEGER NOT NULL REFERENCES contents(id),  -- JSON: every decoding parameter
    seed INTEGER NOT NULL,          -- of the first sample; sample i uses seed + i
    n_samples INTEGER NOT NULL,
    finish TEXT,                    -- of the first sample; NULL while it runs
    n_tokens INTEGER,               -- all samples together; NULL while it runs
    prefill_tokens INTEGER,
    cached_tokens INTEGER,
    prefill_tps REAL,
    decode_tokens INTEGER,
    decode_tps REAL,
    first_token_ms REAL,
    error TEXT NOT NULL DEFAULT '',
    hint TEXT NOT NULL DEFAULT '',
    parent_run TEXT,                -- run_id; no foreign key: a parent may be deleted or private
    parent_sample INTEGER,
    fork_token INTEGER,             -- how many of the parent's tokens stand before the fork
    starred INTEGER NOT NULL DEFAULT 0,
    rating INTEGER,
    note TEXT NOT NULL DEFAULT '',
    trashed_us INTEGER,             -- NULL unless it lies in the trash
    owner_host TEXT NOT NULL,       -- the process that runs it, to notice its death
    owner_pid INTEGER NOT NULL,
    owner_started TEXT NOT NULL,
    prompt_tokens BLOB NOT NULL     -- layout: workbench/history/blob.py
)
"""

_SAMPLES = """
CREATE TABLE samples (
    run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    idx INTEGER NOT NULL,
    finish TEXT,                    -- stop, length, cancelled, error; NULL while it runs
    context_full INTEGER NOT NULL DEFAULT 0,
    n_tokens INTEGER,               -- NULL when only the text is known
    text TEXT NOT NULL,
    tokens BLOB,                    -- layout: workbench/history/blob.py; NULL like n_tokens
    PRIMARY KEY (run, idx)
)
"""

_SCORES = """
CREATE TABLE scores (
    -- a new version of a metric adds rows, it never overwrites old ones
    run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    sample INTEGER NOT NULL,
    metric TEXT NOT NULL,
    version INTEGER NOT NULL,
    args_json TEXT NOT NULL,
    value REAL,                     -- NULL when not scored; then `reason` says why
    reason TEXT NOT NULL DEFAULT '',
    created_us INTEGER NOT NULL,
    PRIMARY KEY (run, sample, metric, version, args_json)
)
"""

_TAGS = """
CREATE TABLE tags (
    run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (run, tag)
)
"""

_INDEXES = (
    "CREATE INDEX runs_by_prompt ON runs (prompt_name, run_id)",
    "CREATE INDEX runs_by_model ON runs (model, run_id)",
    "CREATE INDEX runs_by_parent ON runs (parent_run) WHERE parent_run IS NOT NULL",
    "CREATE INDEX runs_running ON runs (run_id) WHERE status = 'running'",
    "CREATE INDEX scores_by_metric ON scores (metric, value)",
    "CREATE INDEX tags_by_tag ON tags (tag, run)",
)

_RUNS_READABLE = """
CREATE VIEW runs_readable AS
SELECT
    r.run_id,
    strftime('%Y-%m-%d %H:%M:%f', r.created_us / 1e6, 'unixepoch') AS created_utc,
    (r.ended_us - r.created_us) / 1e6 AS seconds,
    r.status,
    r.prompt_name,
    m.name AS model,
    m.quantization,
    r.seed,
    json_extract(g.text, '$.temperature') AS temperature,
    json_extract(g.text, '$.top_k') AS top_k,
    json_extract(g.text, '$.top_p') AS top_p,
    json_extract(g.text, '$.min_p') AS min_p,
    r.n_samples,
    r.n_tokens,
    r.finish,
    r.decode_tps,
    r.error,
    (SELECT group_concat(tag, ', ') FROM tags WHERE tags.run = r.id) AS tags,
    r.starred,
    r.rating,
    r.note,
    r.parent_run,
    r.variables,
    p.text AS prompt,
    s.text AS reply
FROM runs AS r
JOIN models AS m ON m.id = r.model
JOIN contents AS g ON g.id = r.sampling
JOIN contents AS p ON p.id = r.rendered
LEFT JOIN samples AS s ON s.run = r.id AND s.idx = 0
WHERE r.trashed_us IS NULL
ORDER BY r.run_id DESC
"""

_SAMPLES_READABLE = """
CREATE VIEW samples_readable AS
SELECT r.run_id, s.idx, r.seed + s.idx AS seed, s.finish, s.context_full, s.n_tokens, s.text
FROM samples AS s
JOIN runs AS r ON r.id = s.run
"""

_PROMPT_VERSIONS = """
CREATE TABLE prompt_versions (
    id INTEGER PRIMARY KEY,
    prompt_key TEXT NOT NULL,       -- the prompt's path in its library folder, as it is now
    number INTEGER NOT NULL,        -- 1, 2, 3, … for each prompt
    content INTEGER NOT NULL REFERENCES contents(id),
    created_us INTEGER NOT NULL,
    name TEXT,                      -- given by a person; NULL when it has none
    origin_run TEXT,                -- run_id the content was taken from; NULL when typed
    restored_from INTEGER,          -- number of the older version it repeats, else NULL
    saved_as TEXT NOT NULL          -- the prompt's key when this was saved; renaming keeps it
)
"""

_PROMPT_VERSIONS_INDEXES = (
    "CREATE UNIQUE INDEX prompt_versions_by_number ON prompt_versions (prompt_key, number)",
    "CREATE UNIQUE INDEX prompt_versions_by_name ON prompt_versions (prompt_key, name)",
    "CREATE INDEX prompt_versions_by_content ON prompt_versions (content)",
    "CREATE INDEX prompt_versions_saved_as ON prompt_versions (saved_as, created_us)",
)

_PROMPT_VERSIONS_READABLE = """
CREATE VIEW prompt_versions_readable AS
SELECT
    v.prompt_key AS prompt,
    v.number,
    v.name,
    strftime('%Y-%m-%d %H:%M:%f', v.created_us / 1e6, 'unixepoch') AS created_utc,
    v.origin_run,
    v.restored_from,
    c.text AS content
FROM prompt_versions AS v
JOIN contents AS c ON c.id = v.content
ORDER BY v.prompt_key, v.number DESC
"""

_BRANCHES = (
    # ids of the tokens a person put behind the fork, as a JSON list
    "ALTER TABLE runs ADD COLUMN given TEXT NOT NULL DEFAULT '[]'",
    # given by a person; NULL when it has none
    "ALTER TABLE runs ADD COLUMN name TEXT",
)

_BESIDE = (
    # replies of other runs that grew at most in one batch with these; NULL where it is not known
    "ALTER TABLE runs ADD COLUMN beside INTEGER",
)

_EXPERIMENTS = (
    """
CREATE TABLE experiments (
    name TEXT PRIMARY KEY,          -- what runs.experiment says
    kind TEXT NOT NULL,             -- comparison, sweep
    created_us INTEGER NOT NULL,
    plan TEXT NOT NULL              -- JSON
)
""",
    """
CREATE TABLE experiment_runs (
    -- no foreign keys: a run may be deleted or never have been written
    experiment TEXT NOT NULL,
    place INTEGER NOT NULL,         -- column of a comparison, cell of a sweep, from 0
    run_id TEXT NOT NULL,
    PRIMARY KEY (experiment, place, run_id)
)
""",
)

_EXPERIMENT_ITEMS = """
CREATE TABLE experiment_items (
    -- written together with the item's run; no foreign key: a run may be deleted, the result stays
    experiment TEXT NOT NULL,
    place INTEGER NOT NULL,         -- subject (model, prompt, settings) x items + item, from 0
    item TEXT NOT NULL,             -- its id in the task
    run_id TEXT,                    -- NULL when nothing could be run
    error TEXT NOT NULL DEFAULT '', -- empty when the item is done
    evidence TEXT NOT NULL,         -- JSON: what metrics are computed from
    PRIMARY KEY (experiment, place)
) WITHOUT ROWID
"""

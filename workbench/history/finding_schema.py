"""What search, sorting, grouping and clearing up need of the tables: part of `schema`.

Two full-text indexes hold words and no texts; the texts stay where they are. `run_words` has a
row for every run that has ended (a running one is indexed when it ends), `prompt_words` one for
every rendered prompt, once, however many runs had it. `history/words.py` keeps both up to date.
"""

from __future__ import annotations

FINDING: tuple[str, ...] = (
    # the experiment that made the run (an evaluation, a comparison); NULL for a run of its own
    "ALTER TABLE runs ADD COLUMN experiment TEXT",
    # newest first; then one index for each order and each group, all with what hides a row
    "CREATE INDEX runs_listed ON runs (trashed_us)",
    "CREATE INDEX runs_listed_by_prompt ON runs (prompt_name, trashed_us)",
    "CREATE INDEX runs_listed_by_model ON runs (model, trashed_us)",
    "CREATE INDEX runs_listed_by_tokens ON runs (n_tokens, trashed_us)",
    "CREATE INDEX runs_listed_by_speed ON runs (decode_tps, trashed_us)",
    "CREATE INDEX runs_listed_by_rating ON runs (rating, trashed_us) WHERE rating IS NOT NULL",
    "CREATE INDEX runs_listed_starred ON runs (starred, trashed_us) WHERE starred",
    """CREATE INDEX runs_listed_by_experiment ON runs (experiment, trashed_us)
    WHERE experiment IS NOT NULL""",
    "CREATE INDEX runs_listed_by_source ON runs (prompt_source, trashed_us)",
    "CREATE INDEX runs_listed_by_sampling ON runs (sampling, trashed_us)",
    "CREATE INDEX runs_listed_by_seed ON runs (seed, trashed_us)",
    "CREATE INDEX runs_listed_by_status ON runs (status, trashed_us)",
    "CREATE INDEX runs_named ON runs (name) WHERE name IS NOT NULL",
    "CREATE INDEX runs_listed_by_time ON runs (created_us, trashed_us)",
    "CREATE INDEX scores_by_value ON scores (metric, value, run)",
    # whether a text is still needed when runs are deleted for good
    "CREATE INDEX runs_by_rendered ON runs (rendered, trashed_us)",
    "CREATE INDEX runs_by_chat_template ON runs (chat_template)",
    "CREATE INDEX runs_by_engine ON runs (engine)",
    "CREATE INDEX runs_by_settings ON runs (settings)",
    """
    CREATE VIEW run_texts AS
    SELECT
        r.id,
        (SELECT group_concat(text, char(10)) FROM samples WHERE samples.run = r.id) AS reply,
        replace(replace(substr(r.variables, 1, 4000), '\\n', ' '), '\\t', ' ') AS variables,
        r.note,
        (SELECT group_concat(tag, ' ') FROM tags WHERE tags.run = r.id) AS tags,
        r.prompt_name || ' ' || coalesce(r.name, '') || ' ' || coalesce(r.experiment, '')
            || ' ' || m.name AS names
    FROM runs AS r
    JOIN models AS m ON m.id = r.model
    WHERE r.status <> 'running'
    """,
    """
    CREATE VIRTUAL TABLE run_words USING fts5 (
        reply, variables, note, tags, names,
        content = 'run_texts', content_rowid = 'id',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    )
    """,
    """
    CREATE VIEW prompt_texts AS
    SELECT id, text FROM contents WHERE id IN (SELECT rendered FROM runs)
    """,
    """
    CREATE VIRTUAL TABLE prompt_words USING fts5 (
        text,
        content = 'prompt_texts', content_rowid = 'id',
        tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    )
    """,
    "INSERT INTO run_words (run_words) VALUES ('rebuild')",
    "INSERT INTO prompt_words (prompt_words) VALUES ('rebuild')",
    """
    CREATE TABLE keeping (
        -- the rules for how long runs are kept, in one row; NULL: no such rule
        id INTEGER PRIMARY KEY CHECK (id = 1),
        days INTEGER,               -- older runs go to the trash
        runs INTEGER,               -- so many of the newest stay
        trash_days INTEGER          -- what lies longer in the trash is deleted for good
    )
    """,
    "DROP VIEW runs_readable",
    """
    CREATE VIEW runs_readable AS
    SELECT
        r.run_id,
        strftime('%Y-%m-%d %H:%M:%f', r.created_us / 1e6, 'unixepoch') AS created_utc,
        (r.ended_us - r.created_us) / 1e6 AS seconds,
        r.status,
        r.prompt_name,
        r.name,
        r.experiment,
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
        r.first_token_ms,
        r.decode_tps,
        r.error,
        (SELECT group_concat(tag, ', ') FROM tags WHERE tags.run = r.id) AS tags,
        r.starred,
        r.rating,
        r.note,
        r.parent_run,
        r.parent_sample,
        r.fork_token,
        r.variables,
        CAST(p.text AS TEXT) AS prompt,
        CAST(s.text AS TEXT) AS reply
    FROM runs AS r
    JOIN models AS m ON m.id = r.model
    JOIN contents AS g ON g.id = r.sampling
    JOIN contents AS p ON p.id = r.rendered
    LEFT JOIN samples AS s ON s.run = r.id AND s.idx = 0
    WHERE r.trashed_us IS NULL
    ORDER BY r.id DESC
    """,
)

UNPACKED: tuple[str, ...] = (
    """
    CREATE TABLE token_rows (
        -- token records of runs that `workbench history unpack` was asked for
        run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
        sample INTEGER NOT NULL,
        position INTEGER NOT NULL,      -- 0-based, in the reply
        token INTEGER NOT NULL,         -- id in the model's vocabulary
        text TEXT,                      -- NULL when its bytes were not recorded
        logprob REAL,                   -- natural log, full softmax of the raw logits
        rank INTEGER,                   -- 0-based; NULL like logprob where nothing was measured
        entropy REAL,                   -- nats, over the whole vocabulary
        p_sampled REAL,                 -- probability after the sampler chain
        PRIMARY KEY (run, sample, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE VIEW tokens_readable AS
    -- filled by `workbench history unpack RUN…`; a run that was not unpacked has no rows here
    SELECT r.run_id, t.sample, t.position, t.token, t.text, t.logprob,
        t.rank, t.entropy, t.p_sampled
    FROM token_rows AS t
    JOIN runs AS r ON r.id = t.run
    WHERE r.trashed_us IS NULL
    """,
)
"""Room for token records as plain rows, see `unpack`."""


def _not_ascii(*columns: str) -> str:
    tests = (f"length({column}) <> length(CAST({column} AS BLOB))" for column in columns)
    return " OR ".join(tests)


# What was indexed as it stands is taken out as it stands.
SCRIPTS: tuple[str, ...] = (
    f"""
    CREATE TEMP TABLE other_scripts AS
    SELECT * FROM run_texts WHERE id IN (SELECT id FROM run_words_docsize)
    AND ({_not_ascii("reply", "variables", "note", "tags", "names")})
    """,  # noqa: S608  # columns of this module
    """
    INSERT INTO run_words (run_words, rowid, reply, variables, note, tags, names)
    SELECT 'delete', id, reply, variables, note, tags, names FROM other_scripts
    """,
    """
    INSERT INTO run_words (rowid, reply, variables, note, tags, names)
    SELECT id, search_form(CAST(reply AS BLOB)), search_form(CAST(variables AS BLOB)),
        search_form(CAST(note AS BLOB)), search_form(CAST(tags AS BLOB)),
        search_form(CAST(names AS BLOB))
    FROM other_scripts
    """,
    "DROP TABLE other_scripts",
    f"""
    CREATE TEMP TABLE other_scripts AS
    SELECT id, text FROM contents WHERE id IN (SELECT id FROM prompt_words_docsize)
    AND ({_not_ascii("text")})
    """,  # noqa: S608  # columns of this module
    """
    INSERT INTO prompt_words (prompt_words, rowid, text)
    SELECT 'delete', id, text FROM other_scripts
    """,
    """
    INSERT INTO prompt_words (rowid, text)
    SELECT id, search_form(CAST(text AS BLOB)) FROM other_scripts
    """,
    "DROP TABLE other_scripts",
)
"""The form in which `scripts` has the texts, for those that it changes."""

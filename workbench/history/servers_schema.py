"""Columns for replies of servers. Statements of the schema's migrations."""

SERVERS = (
    # what the server said of itself in its answer, as JSON; NULL where no server answered
    "ALTER TABLE runs ADD COLUMN served TEXT",
    # A server does not tell how large its model is, and that is not 0. Dropping NOT NULL changes
    # nothing on the disk, which is the case SQLite's manual allows this for.
    "PRAGMA writable_schema = 1",
    """
UPDATE sqlite_master
SET sql = replace(
    replace(sql, 'n_params INTEGER NOT NULL', 'n_params INTEGER'),
    'size_bytes INTEGER NOT NULL', 'size_bytes INTEGER'
)
WHERE type = 'table' AND name = 'models'
""",
    "PRAGMA writable_schema = RESET",
)

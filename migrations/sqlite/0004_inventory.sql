-- What the data centre has, and the commands that work on it.

CREATE TABLE host (
    id      BLOB NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL,
    address TEXT NOT NULL,
    status  TEXT NOT NULL
) STRICT;

CREATE TABLE storage_domain (
    id   BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE vm (
    id             BLOB NOT NULL PRIMARY KEY,
    -- Goes up with each save; a save that names an older one is refused.
    version        INTEGER NOT NULL,
    name           TEXT NOT NULL,
    -- Bytes.
    memory         INTEGER NOT NULL,
    status         TEXT NOT NULL,
    -- Where it runs; NULL when it is down.
    host_id        BLOB,
    -- Where it is moved to; NULL when it is not.
    target_host_id BLOB
) STRICT;

CREATE TABLE disk (
    id                BLOB NOT NULL PRIMARY KEY,
    -- Goes up with each save; a save that names an older one is refused.
    version           INTEGER NOT NULL,
    name              TEXT NOT NULL,
    description       TEXT NOT NULL,
    -- Bytes.
    provisioned_size  INTEGER NOT NULL,
    format            TEXT NOT NULL,
    storage_domain_id BLOB NOT NULL REFERENCES storage_domain (id),
    status            TEXT NOT NULL
) STRICT;

-- The commands that run. When one is over, its row goes.
CREATE TABLE command (
    id         BLOB NOT NULL PRIMARY KEY,
    begin_time INTEGER NOT NULL,
    -- All that is needed to go on with it, as JSON.
    body       TEXT NOT NULL
) STRICT;

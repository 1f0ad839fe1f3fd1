-- Times are milliseconds since 1970 in UTC. Ids are the 16 bytes of a UUID, which sort as their text does.

CREATE TABLE job (
    id             BLOB    NOT NULL PRIMARY KEY,
    -- Goes up with each save; a save that names an older one is refused.
    version        INTEGER NOT NULL,
    description    TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    external       INTEGER NOT NULL,
    auto_cleared   INTEGER NOT NULL,
    owner          BLOB,
    start_time     INTEGER,
    end_time       INTEGER,
    last_updated   INTEGER,
    correlation_id TEXT    NOT NULL,
    -- Whether the sample world made it and nobody else has touched it since.
    scenario       INTEGER NOT NULL
) STRICT;

CREATE INDEX job_by_start_time ON job (start_time, id);
CREATE INDEX job_by_correlation_id ON job (correlation_id);

CREATE TABLE step (
    id              BLOB    NOT NULL PRIMARY KEY,
    job_id          BLOB    NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    -- Where it stands among the steps of its job, so that a load gives what was saved.
    position        INTEGER NOT NULL,
    parent_id       BLOB,
    step_type       TEXT    NOT NULL,
    description     TEXT    NOT NULL,
    number          INTEGER,
    status          TEXT    NOT NULL,
    progress        INTEGER,
    start_time      INTEGER,
    end_time        INTEGER,
    external        INTEGER NOT NULL,
    external_system TEXT,
    execution_host  BLOB
) STRICT;

CREATE INDEX step_by_job ON step (job_id, position);

CREATE TABLE user (
    id               BLOB    NOT NULL PRIMARY KEY,
    -- login@profile
    name             TEXT    NOT NULL UNIQUE,
    -- Argon2id, in the PHC string format.
    password_hash    TEXT    NOT NULL,
    -- Goes up with each change of the password, which ends the sessions that the old one opened.
    password_version INTEGER NOT NULL
) STRICT;

CREATE TABLE user_role (
    user_id BLOB NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    role    TEXT NOT NULL,
    PRIMARY KEY (user_id, role)
) STRICT;

-- The sample world, if this database was filled with one: enough to go on with it after a restart.
CREATE TABLE sample_world (
    seed       INTEGER NOT NULL,
    start_time INTEGER NOT NULL
) STRICT;

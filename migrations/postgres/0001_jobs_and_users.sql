-- The same tables as in migrations/sqlite. Times are milliseconds since 1970 in UTC.

CREATE TABLE job (
    id             UUID    NOT NULL PRIMARY KEY,
    -- Goes up with each save; a save that names an older one is refused.
    version        BIGINT  NOT NULL,
    description    TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    external       BOOLEAN NOT NULL,
    auto_cleared   BOOLEAN NOT NULL,
    owner          UUID,
    start_time     BIGINT,
    end_time       BIGINT,
    last_updated   BIGINT,
    correlation_id TEXT    NOT NULL,
    -- Whether the sample world made it and nobody else has touched it since.
    scenario       BOOLEAN NOT NULL
);

CREATE INDEX job_by_start_time ON job (start_time NULLS FIRST, id);
CREATE INDEX job_by_correlation_id ON job (correlation_id);

CREATE TABLE step (
    id              UUID    NOT NULL PRIMARY KEY,
    job_id          UUID    NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    -- Where it stands among the steps of its job, so that a load gives what was saved.
    position        BIGINT  NOT NULL,
    parent_id       UUID,
    step_type       TEXT    NOT NULL,
    description     TEXT    NOT NULL,
    number          BIGINT,
    status          TEXT    NOT NULL,
    progress        BIGINT,
    start_time      BIGINT,
    end_time        BIGINT,
    external        BOOLEAN NOT NULL,
    external_system TEXT,
    execution_host  UUID
);

CREATE INDEX step_by_job ON step (job_id, position);

CREATE TABLE "user" (
    id               UUID   NOT NULL PRIMARY KEY,
    -- login@profile
    name             TEXT   COLLATE "C" NOT NULL UNIQUE,
    -- Argon2id, in the PHC string format.
    password_hash    TEXT   NOT NULL,
    -- Goes up with each change of the password, which ends the sessions that the old one opened.
    password_version BIGINT NOT NULL
);

CREATE TABLE user_role (
    user_id UUID NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    role    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (user_id, role)
);

-- The sample world, if this database was filled with one: enough to go on with it after a restart.
CREATE TABLE sample_world (
    seed       BIGINT NOT NULL,
    start_time BIGINT NOT NULL
);

-- One world, also when two processes start at the same moment.
CREATE UNIQUE INDEX only_one_sample_world ON sample_world ((true));

-- What the data centre has, and the commands that work on it.

CREATE TABLE host (
    id      UUID NOT NULL PRIMARY KEY,
    name    TEXT COLLATE "C" NOT NULL,
    address TEXT NOT NULL,
    status  TEXT NOT NULL
);

CREATE TABLE storage_domain (
    id   UUID NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL
);

CREATE TABLE vm (
    id             UUID NOT NULL PRIMARY KEY,
    -- Goes up with each save; a save that names an older one is refused.
    version        BIGINT NOT NULL,
    name           TEXT COLLATE "C" NOT NULL,
    -- Bytes.
    memory         BIGINT NOT NULL,
    status         TEXT NOT NULL,
    -- Where it runs; NULL when it is down.
    host_id        UUID,
    -- Where it is moved to; NULL when it is not.
    target_host_id UUID
);

CREATE TABLE disk (
    id                UUID NOT NULL PRIMARY KEY,
    -- Goes up with each save; a save that names an older one is refused.
    version           BIGINT NOT NULL,
    name              TEXT COLLATE "C" NOT NULL,
    description       TEXT NOT NULL,
    -- Bytes.
    provisioned_size  BIGINT NOT NULL,
    format            TEXT NOT NULL,
    storage_domain_id UUID NOT NULL REFERENCES storage_domain (id),
    status            TEXT NOT NULL
);

-- The commands that run. When one is over, its row goes.
CREATE TABLE command (
    id         UUID NOT NULL PRIMARY KEY,
    begin_time BIGINT NOT NULL,
    -- All that is needed to go on with it, as JSON.
    body       TEXT NOT NULL
);

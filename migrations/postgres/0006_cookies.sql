-- Sessions of clients that want one, by cookie, so that every process knows them.

CREATE TABLE cookie (
    -- SHA-256 of the secret, which itself is kept nowhere.
    secret_hash      BYTEA  NOT NULL PRIMARY KEY,
    user_id          UUID   NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    -- Of the password that opened it: another password ends it.
    password_version BIGINT NOT NULL,
    -- The log-in that opened it, if one did: it ends with that.
    token_hash       BYTEA,
    -- How long it may stay unused, in milliseconds.
    idle             BIGINT NOT NULL,
    expires          BIGINT NOT NULL
);

CREATE INDEX cookie_by_user ON cookie (user_id, expires);
CREATE INDEX cookie_by_expiry ON cookie (expires);

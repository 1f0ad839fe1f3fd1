-- Log-ins, so that they outlive a restart and every process knows them.

CREATE TABLE session (
    -- SHA-256 of the token, which itself is kept nowhere.
    token_hash       BYTEA  NOT NULL PRIMARY KEY,
    user_id          UUID   NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
    -- Of the password that opened it: another password ends it.
    password_version BIGINT NOT NULL,
    expires          BIGINT NOT NULL
);

CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_expiry ON session (expires);

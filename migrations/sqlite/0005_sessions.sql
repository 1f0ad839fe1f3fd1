-- Log-ins, so that they outlive a restart.

CREATE TABLE session (
    -- SHA-256 of the token, which itself is kept nowhere.
    token_hash       BLOB    NOT NULL PRIMARY KEY,
    user_id          BLOB    NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    -- Of the password that opened it: another password ends it.
    password_version INTEGER NOT NULL,
    expires          INTEGER NOT NULL
) STRICT;

CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_expiry ON session (expires);

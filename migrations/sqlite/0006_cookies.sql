-- Sessions of clients that want one, by cookie, so that every process knows them.

CREATE TABLE cookie (
    -- SHA-256 of the secret, which itself is kept nowhere.
    secret_hash      BLOB    NOT NULL PRIMARY KEY,
    user_id          BLOB    NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    -- Of the password that opened it: another password ends it.
    password_version INTEGER NOT NULL,
    -- The log-in that opened it, if one did: it ends with that.
    token_hash       BLOB,
    -- How long it may stay unused, in milliseconds.
    idle             INTEGER NOT NULL,
    expires          INTEGER NOT NULL
) STRICT;

CREATE INDEX cookie_by_user ON cookie (user_id, expires);
CREATE INDEX cookie_by_expiry ON cookie (expires);

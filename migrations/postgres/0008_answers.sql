-- Answers to requests with an Idempotency-Key, which are sent again when the request is repeated. They are kept for minutes.

CREATE TABLE answer (
    user_id         UUID   NOT NULL,
    idempotency_key TEXT   NOT NULL,
    -- SHA-256 of what was asked for.
    asked           BYTEA  NOT NULL,
    status          BIGINT NOT NULL,
    content_type    TEXT   NOT NULL,
    -- Without the origin.
    location        TEXT,
    body            BYTEA  NOT NULL,
    expires         BIGINT NOT NULL,
    PRIMARY KEY (user_id, idempotency_key)
);

CREATE INDEX answer_by_expiry ON answer (expires);

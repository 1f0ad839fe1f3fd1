-- Events: the engine's audit log.

CREATE TABLE event (
    -- A later event has a greater id.
    id             BIGINT  NOT NULL PRIMARY KEY,
    code           BIGINT  NOT NULL,
    -- 0, 1, 2 and 10, as in oVirt: normal, warning, error, alert.
    severity       BIGINT  NOT NULL,
    -- When it happened. A program may name another time than that of its request.
    time           BIGINT  NOT NULL,
    -- When it was written: it is kept for some days from then on.
    logged         BIGINT  NOT NULL,
    correlation_id TEXT,
    description    TEXT    NOT NULL,
    origin         TEXT    NOT NULL,
    custom_id      BIGINT  NOT NULL,
    flood_rate     BIGINT  NOT NULL,
    custom_data    TEXT,
    -- What it is about, as JSON.
    about          TEXT    NOT NULL,
    -- Whether the sample world made it.
    scenario       BOOLEAN NOT NULL
);

CREATE INDEX event_by_correlation_id ON event (correlation_id, id);
CREATE INDEX event_by_logged ON event (logged);
CREATE INDEX event_of_scenario ON event (time) WHERE scenario;
CREATE UNIQUE INDEX event_of_program ON event (origin, custom_id) WHERE origin <> 'oVirt';

-- The last id. Who adds an event changes this row, so that events become visible in the order of their ids.
CREATE TABLE event_number (
    last BIGINT  NOT NULL
);

INSERT INTO event_number (last) VALUES (0);

-- The version of the list of jobs: who has the list in this version need not read it again. Every change of a job or step makes
-- a new one. It is random, so that after the restoration of a backup no version comes back that meant other jobs.

CREATE TABLE list_version (
    -- PostgreSQL has several, for transactions at the same time. Here only one can write.
    slot  INTEGER NOT NULL PRIMARY KEY,
    token BLOB    NOT NULL
) STRICT;

INSERT INTO list_version (slot, token) VALUES (0, randomblob(16));

CREATE TRIGGER job_inserted AFTER INSERT ON job BEGIN UPDATE list_version SET token = randomblob(16); END;
CREATE TRIGGER job_updated AFTER UPDATE ON job BEGIN UPDATE list_version SET token = randomblob(16); END;
CREATE TRIGGER job_deleted AFTER DELETE ON job BEGIN UPDATE list_version SET token = randomblob(16); END;
CREATE TRIGGER step_inserted AFTER INSERT ON step BEGIN UPDATE list_version SET token = randomblob(16); END;
CREATE TRIGGER step_updated AFTER UPDATE ON step BEGIN UPDATE list_version SET token = randomblob(16); END;
CREATE TRIGGER step_deleted AFTER DELETE ON step BEGIN UPDATE list_version SET token = randomblob(16); END;

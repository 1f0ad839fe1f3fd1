-- The version of the list of jobs: who has the list in this version need not read it again. Every change of a job or step makes
-- a new one. It is random, so that after the restoration of a backup no version comes back that meant other jobs.

CREATE TABLE list_version (
    -- The version is all tokens together. One row alone would make all transactions wait for each other, so each process of
    -- PostgreSQL changes the row of its own number.
    slot  INTEGER NOT NULL PRIMARY KEY,
    token UUID    NOT NULL
);

INSERT INTO list_version (slot, token) SELECT slot, gen_random_uuid() FROM generate_series(0, 63) AS slot;

-- Once in a transaction is enough. The setting ends with the transaction.
CREATE FUNCTION change_list_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('jobs_engine.list_changed', true) IS DISTINCT FROM 'yes' THEN
        UPDATE list_version SET token = gen_random_uuid() WHERE slot = pg_backend_pid() % 64;
        PERFORM set_config('jobs_engine.list_changed', 'yes', true);
    END IF;
    RETURN NULL;
END
$$;

-- Deferred to the commit: whoever waits for a row of this table then holds it only for a commit, and needs no other lock, so
-- that there is no deadlock.
CREATE CONSTRAINT TRIGGER job_changed AFTER INSERT OR UPDATE OR DELETE ON job
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_list_version();
CREATE CONSTRAINT TRIGGER step_changed AFTER INSERT OR UPDATE OR DELETE ON step
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION change_list_version();

-- Disks and storage domains are no longer part of this engine. Commands on disks that still run can never end by
-- themselves: they stop here, and what shows them becomes unknown, as an engine marks the jobs that it lost at a restart.

CREATE TEMPORARY TABLE disk_command AS
    SELECT id,
        coalesce(body::json #>> '{monitoring,own_job,job}', body::json #>> '{monitoring,attached,job}')::uuid AS job
    FROM command
    WHERE body::json #> '{work,add_disk}' IS NOT NULL OR body::json #> '{work,move_disk}' IS NOT NULL;

-- The steps that the engine added itself; in an external job the other steps belong to its owner.
UPDATE step SET status = 'unknown', end_time = (extract(epoch FROM now()) * 1000)::bigint
    WHERE status = 'started' AND NOT external AND job_id IN (SELECT job FROM disk_command);

-- An external job goes on: its owner ends it.
UPDATE job SET version = version + 1, last_updated = (extract(epoch FROM now()) * 1000)::bigint,
        status = CASE WHEN external THEN status ELSE 'unknown' END,
        end_time = CASE WHEN external THEN end_time ELSE (extract(epoch FROM now()) * 1000)::bigint END
    WHERE status = 'started' AND id IN (SELECT job FROM disk_command);

DELETE FROM command WHERE id IN (SELECT id FROM disk_command);
DROP TABLE disk_command;

DROP TABLE disk;
DROP TABLE storage_domain;

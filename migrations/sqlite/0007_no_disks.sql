-- Disks and storage domains are no longer part of this engine. Commands on disks that still run can never end by
-- themselves: they stop here, and what shows them becomes unknown, as an engine marks the jobs that it lost at a restart.

CREATE TEMPORARY TABLE disk_command AS
    SELECT id,
        lower(replace(coalesce(
            json_extract(body, '$.monitoring.own_job.job'), json_extract(body, '$.monitoring.attached.job')), '-', '')) AS job
    FROM command
    WHERE json_extract(body, '$.work.add_disk') IS NOT NULL OR json_extract(body, '$.work.move_disk') IS NOT NULL;

-- The steps that the engine added itself; in an external job the other steps belong to its owner.
UPDATE step SET status = 'unknown', end_time = CAST(strftime('%s', 'now') AS INTEGER) * 1000
    WHERE status = 'started' AND external = 0 AND lower(hex(job_id)) IN (SELECT job FROM disk_command);

-- An external job goes on: its owner ends it.
UPDATE job SET version = version + 1, last_updated = CAST(strftime('%s', 'now') AS INTEGER) * 1000,
        status = CASE WHEN external = 0 THEN 'unknown' ELSE status END,
        end_time = CASE WHEN external = 0 THEN CAST(strftime('%s', 'now') AS INTEGER) * 1000 ELSE end_time END
    WHERE status = 'started' AND lower(hex(id)) IN (SELECT job FROM disk_command);

DELETE FROM command WHERE id IN (SELECT id FROM disk_command);
DROP TABLE disk_command;

DROP TABLE disk;
DROP TABLE storage_domain;

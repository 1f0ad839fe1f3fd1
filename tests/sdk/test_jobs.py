"""Jobs: list, search, get, add, end, clear."""

from datetime import datetime, timedelta, timezone

import pytest
from ovirtsdk4 import types

TEXTS = ["Nightly backup", "a < b && c > \"d\" 'e'", "  spaces at both ends ", "zwölf Boxkämpfer 🥊", "two\nlines\tand a tab"]


def named(jobs, description):
    return [job for job in jobs if job.description == description]


@pytest.mark.parametrize("text", TEXTS)
def test_an_added_job_is_read_back(jobs, text):
    added = jobs.add(types.Job(description=text))
    got = jobs.job_service(added.id).get()
    for job in (added, got):
        assert (job.id, job.description, job.status) == (added.id, text, types.JobStatus.STARTED)
        assert (job.external, job.auto_cleared, job.end_time) == (True, False, None)
        assert job.start_time == job.last_updated
        assert abs(datetime.now(timezone.utc) - job.start_time) < timedelta(minutes=10)
    assert named(jobs.list(), text)


@pytest.mark.parametrize("auto_cleared", [True, False])
def test_a_job_is_auto_cleared_when_it_says_so(jobs, auto_cleared):
    assert jobs.add(types.Job(description="cleared", auto_cleared=auto_cleared)).auto_cleared is auto_cleared


def test_the_list_has_the_engines_own_jobs_too(jobs):
    everything = jobs.list()
    assert {job.external for job in everything} == {True, False}
    assert all(job.id and job.href and job.status and job.start_time for job in everything)
    starts = [job.start_time for job in everything]
    assert starts == sorted(starts)


def test_the_list_can_be_cut_and_searched(jobs):
    run = {"correlation_id": "sdk-run-1"}
    added = jobs.add(types.Job(description="searched"), query=run)
    again = jobs.add(types.Job(description="searched too"), headers={"Correlation-Id": "sdk-run-1"})
    found = jobs.list(search="correlation_id=sdk-run-1")
    assert {job.id for job in found} >= {added.id, again.id}
    assert all(job.description.startswith("searched") for job in found)
    assert jobs.list(search="correlation_id=nothing-has-this") == []
    assert len(jobs.list(search="correlation_id!=sdk-run-1", max=3)) == 3
    assert jobs.list(max=0) == []


@pytest.mark.parametrize(
    "options, status",
    [
        ({}, types.JobStatus.FINISHED),
        ({"succeeded": True}, types.JobStatus.FINISHED),
        ({"succeeded": False}, types.JobStatus.FAILED),
        ({"succeeded": False, "force": True}, types.JobStatus.FAILED),
    ],
)
def test_a_job_ends_with_the_requested_status(jobs, job, options, status):
    service = jobs.job_service(job.id)
    service.end(**options)
    ended = service.get()
    assert ended.status == status
    assert ended.end_time == ended.last_updated >= ended.start_time
    assert ended.auto_cleared is options.get("force", False)
    # Ending it again changes nothing, and is no error.
    service.end(succeeded=True)
    assert service.get().status == status


def test_clear_marks_a_job_for_removal(jobs, job):
    service = jobs.job_service(job.id)
    service.clear()
    cleared = service.get()
    assert (cleared.auto_cleared, cleared.status) == (True, types.JobStatus.STARTED)


def test_the_owner_is_who_added_it(connection, job):
    assert connection.follow_link(job.owner).id == connection.system_service().get().authenticated_user.id


def test_requests_may_be_in_flight_together(jobs):
    futures = [jobs.add(types.Job(description=f"future {number}"), wait=False) for number in range(10)]
    added = [future.wait() for future in futures]
    assert [job.description for job in added] == [f"future {number}" for number in range(10)]
    assert len({job.id for job in added}) == 10

"""Fixtures: an engine for each scheme, an admin's connection to it, and a new job."""

import pytest
from ovirtsdk4 import types

from engine import JobsEngine


@pytest.fixture(scope="session", params=["http", "https"])
def engine(request, tmp_path_factory):
    """A running engine."""
    with JobsEngine(tmp_path_factory.mktemp(request.param), request.param) as engine:
        yield engine


@pytest.fixture
def connection(engine):
    """An admin's connection, which ends with a log-out."""
    connection = engine.connect()
    yield connection
    connection.close()


@pytest.fixture
def system(connection):
    """The root of the services."""
    return connection.system_service()


@pytest.fixture
def jobs(system):
    """The service for jobs."""
    return system.jobs_service()


@pytest.fixture
def job(jobs, request):
    """A new external job, named after the test."""
    return jobs.add(types.Job(description=request.node.name))


@pytest.fixture
def steps(jobs, job):
    """The service for that job's steps."""
    return jobs.job_service(job.id).steps_service()

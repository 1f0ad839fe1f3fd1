"""Log-in, log-out, and the root of the API."""

import ovirtsdk4 as sdk
import pytest
from ovirtsdk4 import types

from engine import ADMIN, ROLES


@pytest.mark.parametrize("name", ROLES)
def test_every_role_connects_with_a_password(engine, name):
    connection = engine.connect(name)
    assert connection.test(raise_exception=True)
    connection.close()


def test_a_token_can_replace_a_password(engine, connection):
    token = connection.authenticate()
    other = engine.connect(token=token)
    assert other.test(raise_exception=True)
    other.close(logout=False)
    assert connection.test(raise_exception=True)


def test_log_out_ends_the_token(engine):
    connection = engine.connect()
    token = connection.authenticate()
    assert connection.test()
    connection.close()
    late = engine.connect(token=token)
    assert not late.test()
    with pytest.raises(sdk.AuthError):
        late.system_service().jobs_service().list()


def test_a_token_that_has_ended_is_replaced_when_there_is_a_password(engine):
    connection, other = engine.connect(), engine.connect(token="")
    other._sso_token = connection.authenticate()
    other.close()
    assert connection.test(raise_exception=True)
    connection.close()


@pytest.mark.parametrize("name, password", [(ADMIN, "wrong"), ("nobody@internal", "wrong"), ("", "")])
def test_wrong_credentials_are_an_auth_error(engine, name, password):
    connection = engine.connect(name, password)
    assert not connection.test()
    with pytest.raises(sdk.AuthError, match="access_denied"):
        connection.authenticate()


def test_a_certificate_is_checked(engine):
    if engine.scheme == "http":
        with pytest.raises(sdk.Error):
            engine.connect(url=engine.url.replace("http:", "https:")).test(raise_exception=True)
    else:
        with pytest.raises(sdk.Error, match="certificate"):
            engine.connect(ca_file=None).test(raise_exception=True)
        assert engine.connect(ca_file=None, insecure=True).test(raise_exception=True)


def test_the_root_names_product_and_user(connection, system):
    api = system.get()
    assert isinstance(api, types.Api)
    assert api.product_info.name and api.product_info.version.major == 4
    assert connection.follow_link(api.authenticated_user).user_name == ADMIN
    assert connection.follow_link(api.effective_user).id == api.authenticated_user.id


@pytest.mark.parametrize("compress", [True, False])
def test_answers_may_be_compressed(engine, compress):
    connection = engine.connect(compress=compress)
    assert len(connection.system_service().jobs_service().list()) > 10
    connection.close()


def test_the_versioned_path_is_the_same_api(engine):
    connection = engine.connect(url=f"{engine.url}/v4")
    jobs = connection.system_service().jobs_service()
    job = jobs.add(types.Job(description="under v4"))
    assert job.href == f"/ovirt-engine/api/v4/jobs/{job.id}"
    assert connection.follow_link(job).description == "under v4"
    connection.close()

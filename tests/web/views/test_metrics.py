"""Figures for Prometheus: for the machine itself, admins and tokens; for others there is no such page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from archive.accounts.api_tokens import new_api_token
from archive.app import Archive, open_archive
from archive.catalogue.accounts import accounts
from archive.model.accounts import Role, TokenScope
from archive.model.extraction import Outcome
from archive.settings.sections import WebSettings
from archive.settings.settings import Settings
from archive.web.factory import create_app
from tests.catalogue.operation.planted import end
from tests.web.people import signed_in

OUTSIDE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(Settings(data=tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


def _figures(client: FlaskClient) -> dict[tuple[str, ...], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_figures_are_those_of_the_archive(archive: Archive, client: FlaskClient) -> None:
    with archive.database.write() as session:
        end(session, "/in/a.pdf", Outcome.CRASH)
        end(session, "/in/b.pdf", Outcome.OK)
    client.get("/about")
    client.get("/finnsinte")
    found = _figures(client)
    assert found["archive_documents", "crash"] == found["archive_documents", "ok"] == 1
    assert found["archive_failed_documents", "crash"] == 1
    assert found["archive_jobs", "extract", "waiting"] == 0
    assert found["archive_index_lag_changes",] > 0
    assert found["archive_disk_free_bytes",] > 0
    assert found["archive_http_requests_total", "2xx"] == found["archive_http_requests_total", "4xx"] == 1
    assert found["archive_http_request_seconds_count",] == 2
    assert found["archive_http_request_seconds_bucket", "+Inf"] == 2


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 200),
        ({"environ_overrides": {"REMOTE_ADDR": "::1"}}, 200),
        ({"environ_overrides": OUTSIDE}, 404),
        ({"headers": {"X-Forwarded-For": "192.0.2.7"}}, 404),
        ({"headers": {"Forwarded": "for=192.0.2.7"}}, 404),
        ({"base_url": "http://arkiv.example.org/"}, 404),
        ({"environ_overrides": OUTSIDE, "headers": {"Authorization": "Bearer wrong"}}, 404),
    ],
)
def test_outside_the_machine_there_is_no_such_page(
    archive: Archive, asked: dict[str, Any], status: int
) -> None:
    web = WebSettings(trusted_hosts=("localhost", "arkiv.example.org"))
    client = _behind(archive, web)
    answer = client.get("/metrics", **asked)
    assert answer.status_code in {status, 401 if "headers" in asked and status == 404 else status}
    assert "archive_documents" not in answer.text or status == 200


@pytest.mark.parametrize(
    ("proxies", "headers", "status"),
    [
        ((), {}, 404),  # the proxy that the address speaks of may stand on this machine
        ((), {"X-Forwarded-For": "127.0.0.1"}, 404),
        (("127.0.0.1",), {"X-Forwarded-For": "192.0.2.7"}, 404),
        (("127.0.0.1",), {"X-Forwarded-For": "127.0.0.1, 192.0.2.7"}, 404),
        (("127.0.0.1",), {}, 200),
        (("10.0.0.1",), {"X-Forwarded-For": "127.0.0.1"}, 404),
    ],
)
def test_behind_a_proxy_the_visitors_address_counts(
    archive: Archive, proxies: tuple[str, ...], headers: dict[str, str], status: int
) -> None:
    web = WebSettings(base_url="https://arkiv.example.org", trusted_proxies=proxies)
    assert _behind(archive, web).get("/metrics", headers=headers).status_code == status


@pytest.mark.parametrize(("role", "status"), [(Role.MEMBER, 404), (Role.STAFF, 404), (Role.ADMIN, 200)])
def test_admins_get_the_figures_anywhere(archive: Archive, role: Role, status: int) -> None:
    client = signed_in(create_app(archive).test_client(), archive, role)
    assert client.get("/metrics", environ_overrides=OUTSIDE).status_code == status


@pytest.mark.parametrize(("role", "status"), [(Role.MEMBER, 404), (Role.STAFF, 200)])
@pytest.mark.parametrize("scope", list(TokenScope))
def test_token_of_staff_gets_the_figures_anywhere(
    archive: Archive, role: Role, status: int, scope: TokenScope
) -> None:
    with archive.database.write() as session:
        account = accounts.add(session, "kim", "Kim", role, "test")
    token, _ = new_api_token(archive.database, account, "Prometheus", scope, 30, "test")
    client = create_app(archive).test_client()
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.get("/metrics", environ_overrides=OUTSIDE, headers=headers)
    assert answer.status_code == status


def _behind(archive: Archive, web: WebSettings) -> FlaskClient:
    from dataclasses import replace

    settings = archive.settings.model_copy(update={"web": web})
    return create_app(replace(archive, settings=settings)).test_client()

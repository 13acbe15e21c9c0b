"""The OpenAPI document: valid, whole, and as the page for people has it."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from archive.web.presenters.api.route_texts import route_text
from tests.web.page_tree import text, texts, tree

MACHINES = ("/api/", ".atom", ".ics", ".xml", "/healthz", "/suggest")
PAGE = "/api/"


def document(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").get_json(force=True)
    return found


def test_the_document_is_valid(client: FlaskClient) -> None:
    # Imported here, since it reads forty grammars, and every process collects this file.
    from openapi_spec_validator import OpenAPIV31SpecValidator

    found = document(client)
    OpenAPIV31SpecValidator(found).validate()
    assert found["openapi"] == "3.1.0"
    assert document(client)["servers"] == [{"url": "/"}]
    assert client.get("/en/api/openapi.json").get_json(force=True)["servers"] == [{"url": "/en"}]


def test_every_route_for_machines_is_in_the_document(app: Flask, client: FlaskClient) -> None:
    routes = {
        rule.rule.replace("<int:", "{").replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(MACHINES) or rule.rule.endswith(MACHINES)
    }
    assert routes - {PAGE} == document(client)["paths"].keys()


def test_operations_have_names_of_their_own_and_texts(client: FlaskClient, app: Flask) -> None:
    names = [
        operation["operationId"]
        for operations in document(client)["paths"].values()
        for operation in operations.values()
    ]
    assert len(names) == len(set(names))
    with app.test_request_context("/en/"):
        assert all(route_text(name) for name in names)


def test_errors_are_told_as_problems(client: FlaskClient) -> None:
    for path, operations in document(client)["paths"].items():
        for status, said in operations["get"]["responses"].items():
            if int(status) >= 400 and (path, status) != ("/healthz", "503"):
                assert list(said["content"]) == ["application/problem+json"]


def test_the_page_names_every_route_and_asks_no_other_site(client: FlaskClient) -> None:
    page = tree(client, PAGE)
    shown = {heading.removeprefix("GET ") for heading in texts(page, "//h3")}
    assert shown == document(client)["paths"].keys()
    addresses = page.xpath("//@src | //link/@href")
    assert not [one for one in addresses if "//" in one and not one.startswith("http://localhost/")]
    assert "What a visitor" not in text(page)
    assert "JSON" in text(tree(client, f"/en{PAGE}"))

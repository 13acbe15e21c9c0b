"""No page is left out by the tests with axe-core: a new one needs an address there, or a reason."""

from dataclasses import fields, replace

from flask import Flask

from tests.web.addresses import every_page
from tests.web.staff_addresses import NOT_PAGES, StaffBuilt, every_staff_page
from tests.web.web_archive import Built


def test_every_page_is_looked_at(app: Flask, built: Built) -> None:
    routes = app.url_map.bind("localhost")
    tokens = {"link": f"/link/{'x' * 43}", "speaker": f"/speaker/{'x' * 43}"}
    staff = every_staff_page(replace(StaffBuilt(*["abcdefghjk"] * len(fields(StaffBuilt))), **tokens))
    looked_at = set()
    for address in (*every_page(built).values(), *staff.values()):
        path = address.partition("?")[0].removeprefix("/en")
        if path != "/missing":
            looked_at.add(routes.match(path or "/", method="GET")[0])
    by_get = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert by_get - looked_at - set(NOT_PAGES) == set()
    assert looked_at & set(NOT_PAGES) == set()
    assert set(NOT_PAGES) <= by_get

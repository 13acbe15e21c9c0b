"""Every route by every visitor for every kind of record: who gets it, who does not, and no word too many.

The table is `access/expectations.py`. A route that it does not have fails here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from archive.app import Archive, open_archive
from archive.model.accounts import Role
from archive.settings.settings import Settings
from archive.web.factory import create_app
from archive.web.http.signed_in import by_people_alone
from tests.web.access.expectations import QUERIES, VALUES, other_cells, record_cells
from tests.web.access.records import WORDS, WORDS_FROM, Records, build
from tests.web.access.visitors import VISITORS, Visitor
from tests.web.conftest import Client
from tests.web.people import SAME_SITE

pytestmark = pytest.mark.long

NOTHING_HAS_IT = "zzzzzzzzzz"
_FORM_TOKEN = re.compile(rb'name="csrf" value="[0-9a-f]+"')
# 412: a piece of a file that does not come by the protocol.
OPEN_STATUSES = frozenset({200, 302, 303, 400, 401, 403, 404, 412})
FROM = {"all": "nobody", "members": "member", "staff": "staff"}


@dataclass(frozen=True)
class Ground:
    """An archive with its records, and the application that shows it."""

    archive: Archive
    app: Flask
    records: Records

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Yield each route with its name: method and endpoint."""
        for rule in self.app.url_map.iter_rules():
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield f"{method} {rule.endpoint}", rule

    def role(self, rule: Rule) -> Role | None:
        """Return the role that a view asks for."""
        found: Role | None = getattr(self.app.view_functions[rule.endpoint], "required_role", None)
        return found

    def ask(self, route: str, address: str, headers: Mapping[str, str], method: str = "") -> TestResponse:
        """Ask as a browser does, which need not wait for files that it has."""
        known = {"If-None-Match": ", ".join(f'"{one}"' for one in self.records.digests)}
        client = self.app.test_client(use_cookies=False)
        method = method or route.split()[0]
        return client.open(address, method=method, headers={**headers, **known, **SAME_SITE})


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    data = tmp_path_factory.mktemp("access") / "data"
    settings = Settings.model_validate(
        {"data": data, "uploads": {"members_may_send": True}, "downloads": {"per_hour_max": 10_000}}
    )
    with open_archive(settings) as archive:
        records = build(archive)
        app = create_app(archive)
        app.test_client_class = Client
        yield Ground(archive, app, records)


@pytest.fixture(scope="module")
def headers(ground: Ground) -> dict[str, Mapping[str, str]]:
    """Return what each visitor sends along."""
    return {name: visitor.headers(ground.archive) for name, visitor in VISITORS.items()}


def addresses(rule: Rule, values: Mapping[str, str | int]) -> Iterator[str]:
    """Yield the addresses of a route for what its parameters may be."""
    if "/v<version>/" in rule.rule:
        values = {**values, "number": values.get("number_then", values.get("number", NOTHING_HAS_IT))}
    elif "version" in rule.rule and "version" in values:
        values = {**values, "number": values["version"]}
    chosen = {name: VALUES.get(name, (values.get(name, NOTHING_HAS_IT),)) for name in sorted(rule.arguments)}
    for one in product(*chosen.values()):
        built = rule.build(_fitting(rule, dict(zip(chosen, one, strict=True))))
        assert built is not None
        yield built[1]


def _fitting(rule: Rule, values: Mapping[str, str | int]) -> dict[str, str | int]:
    """Return values that the parameters take: numbers for numbers."""
    return {
        name: 1 if value == NOTHING_HAS_IT and f"<int:{name}>" in rule.rule else value
        for name, value in values.items()
    }


def queries(route: str, visitor: Visitor) -> Sequence[str]:
    """Return what a page is asked for: by programs and admins, who see what staff see, only once."""
    found = QUERIES.get(route, ("",))
    is_like_others = visitor.scope is not None or visitor.role is Role.ADMIN
    return found[:1] if is_like_others else found


def is_refused(answer: TestResponse) -> bool:
    """Return whether somebody was told that they may not, and not that what they sent is wrong."""
    texts = ("Det får du inte göra", '"not_allowed"')
    is_told = answer.status_code == 403 and any(text in answer.text for text in texts)
    return answer.status_code >= 500 or answer.status_code == 401 or is_told


def words_too_many(answer: TestResponse, visitor: Visitor) -> set[str]:
    """Return the words in an answer that the visitor may not read."""
    text = answer.get_data().decode("utf-8", "replace").casefold() + str(answer.headers).casefold()
    return {
        word for name, word in WORDS.items() if WORDS_FROM[name].rank > visitor.level.rank and word in text
    }


def test_every_route_has_an_expectation(ground: Ground) -> None:
    known = record_cells().keys() | other_cells().keys()
    lacking = {route for route, rule in ground.rules() if ground.role(rule) is None} - known
    assert not lacking, "Say in tests/web/access/expectations.py who is answered by these routes."
    assert not known - {route for route, _ in ground.rules()}, "There are no such routes any more."


def test_records_are_for_whom_the_table_says(ground: Ground, headers: dict[str, Mapping[str, str]]) -> None:
    rules, wrong = dict(ground.rules()), []
    for route, cells in record_cells().items():
        for record, cell in cells.items():
            values = ground.records.values[record]
            applies = rules[route].arguments <= values.keys()
            assert applies == (cell != "-"), f"{route} has a page for {record}: {applies}"
            for address in addresses(rules[route], values) if applies else ():
                for name, visitor in VISITORS.items():
                    # What everybody gets, programs get: they are asked where it matters.
                    is_asked = visitor.scope is None or cell != "all"
                    for query in queries(route, visitor) if is_asked else ():
                        answer = ground.ask(route, address + query, headers[name])
                        expected = _expected(cell, visitor, route)
                        if answer.status_code not in expected or words_too_many(answer, visitor):
                            wrong.append((route, record, name, query, answer.status_code, expected))
    assert not wrong


def _expected(cell: str, visitor: Visitor, route: str) -> set[int]:
    if cell == "gone":
        return {410}
    sees = cell in FROM and visitor.level.rank >= VISITORS[FROM[cell]].level.rank
    found = {302} if ".newest_" in route else {200, 304}
    return found if sees else {404}


def is_by_people_alone(app: Flask, rule: Rule) -> bool:
    """Return whether a route is of a part of the site that programs are kept out of."""
    of_part = app.before_request_funcs.get(rule.endpoint.partition(".")[0], [])
    return by_people_alone in of_part


def test_a_record_that_is_not_theirs_is_as_unknown_as_none(
    ground: Ground, headers: dict[str, Mapping[str, str]]
) -> None:
    rules = dict(ground.rules())
    for route, cells in record_cells().items():
        for record, cell in cells.items():
            if record not in ("members", "staff", "draft") or cell == "-":
                continue
            values = ground.records.values[record]
            unknown = dict.fromkeys(values, NOTHING_HAS_IT) | {"number": 1, "version": 1}
            (address,), (other,) = addresses(rules[route], values), addresses(rules[route], unknown)
            for name, visitor in VISITORS.items():
                if _expected(cell, visitor, route) != {404}:
                    continue
                for method in ("GET", "HEAD") if record == "staff" else ("GET",):
                    closed = ground.ask(route, address, headers[name], method)
                    missing = ground.ask(route, other, headers[name], method)
                    assert _without_addresses(closed, address) == _without_addresses(missing, other)


def _without_addresses(answer: TestResponse, address: str) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return all of an answer but the address that was asked for and the random token of a form."""
    kept = [(name, value) for name, value in answer.headers if name != "Content-Length"]
    body = _FORM_TOKEN.sub(b"", answer.get_data())
    return answer.status_code, body.replace(address.encode(), b"/here"), kept


def test_other_pages_are_for_everybody_and_say_no_word_too_many(
    ground: Ground, headers: dict[str, Mapping[str, str]]
) -> None:
    rules, wrong = dict(ground.rules()), []
    for (route, cell), (name, visitor) in product(other_cells().items(), VISITORS.items()):
        for address, query in product(addresses(rules[route], {}), queries(route, visitor)):
            # A form may end a session: each is sent in one of its own.
            own = headers[name] if route.startswith("GET") else visitor.headers(ground.archive)
            answer = ground.ask(route, address + query, own)
            expected = {200} if cell == "all" else OPEN_STATUSES
            if answer.status_code not in expected or words_too_many(answer, visitor):
                wrong.append((route, query, name, answer.status_code))
    assert not wrong


def test_pages_of_a_role_are_for_it_and_those_above(
    ground: Ground, headers: dict[str, Mapping[str, str]]
) -> None:
    """Others are refused with a real identifier; whoever may, asks for one that nothing has."""
    wrong = []
    real = {name: value for one in ground.records.values.values() for name, value in one.items()}
    for (route, rule), (name, visitor) in product(ground.rules(), VISITORS.items()):
        role = ground.role(rule)
        if role is None:
            continue
        is_form = not route.startswith("GET")
        may = visitor.may(role, is_form, is_by_people_alone(ground.app, rule))
        values: Mapping[str, str | int] = {} if may else real
        own = visitor.headers(ground.archive) if may and is_form else headers[name]
        for address in addresses(rule, values):
            answer = ground.ask(route, address, own)
            refused = {303, 401} if visitor.role is None else {403}
            is_right = not is_refused(answer) if may else answer.status_code in refused
            if not is_right or words_too_many(answer, visitor):
                wrong.append((route, address, name, answer.status_code))
    assert not wrong


def test_staff_find_all_of_it(ground: Ground, headers: dict[str, Mapping[str, str]]) -> None:
    """The words that the matrix looks for are there to be found by those who may."""
    for name in ("members", "staff", "hidden", "notes", "draft"):
        found = ground.ask("GET", f"/api/search?q={WORDS[name]}", headers["staff"]).get_json()
        assert found["total"] == 1, name
        assert ground.ask("GET", f"/api/search?q={WORDS[name]}", headers["nobody"]).get_json()["total"] == 0

"""Addresses are built as Werkzeug builds them, by code that is compiled when it is asked for, and once."""

import re
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment
from werkzeug.routing import Map, MapAdapter, Rule

from archive.app import Archive
from archive.web import routes
from archive.web.factory import create_app


def compilations(action: Callable[[], object]) -> int:
    """Return how often `action` has Python compile something."""
    count = 0

    def look(_frame: FrameType, event: str, called: object) -> None:
        nonlocal count
        count += event == "c_call" and called is compile

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count


_CHOICE = re.compile(r"<any\(([\w-]+).*?\):(\w+)>")


def choices(rule: Rule) -> dict[str, str]:
    """Return a value for each argument of a route that has a few."""
    return {name: first for first, name in _CHOICE.findall(rule.rule)}


def all_addresses(rules: list[Rule], map_of_rules: Map) -> list[str]:
    """Return an address of each route, with and without a parameter that it does not know."""
    adapter: MapAdapter = map_of_rules.bind("arkivet.example", script_name="/en")
    return [
        adapter.build(rule.endpoint, {**dict.fromkeys(rule.arguments, 7), **choices(rule), **more})
        for rule in rules
        for more in ({}, {"q": "får & lamm"})
    ]


def test_addresses_are_those_of_plain_rules(app: Flask) -> None:
    rules = list(app.url_map.iter_rules())
    plain = Map(
        [Rule(rule.rule, endpoint=rule.endpoint, methods=rule.methods) for rule in rules],
        strict_slashes=False,
    )
    assert len(rules) > 100
    assert all_addresses(rules, app.url_map) == all_addresses(rules, plain)


def test_no_route_is_compiled_before_it_is_asked_for(archive: Archive) -> None:
    routes = len(list(create_app(archive).url_map.iter_rules()))
    assert compilations(lambda: create_app(archive)) < routes / 20  # annotations are compiled, too


def test_what_one_application_has_compiled_serves_the_next(archive: Archive) -> None:
    first, second = create_app(archive), create_app(archive)
    rules = list(first.url_map.iter_rules())
    all_addresses(rules, first.url_map)
    assert compilations(lambda: all_addresses(rules, second.url_map)) == 0


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the templates that are compiled from here on."""
    names: list[str] = []
    compile_template = Environment.compile

    def noted(self: Environment, source: Any, name: str | None = None, *rest: Any, **named: Any) -> Any:
        names.append(name or "")
        return compile_template(self, source, name, *rest, **named)

    monkeypatch.setattr(Environment, "compile", noted)
    return names


def _rendered(text: str) -> str:
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"counted.html": text})
    routes.share_compiled_templates(app)
    return app.jinja_env.get_template("counted.html").render(what="malm")


def test_second_application_takes_what_the_first_has_compiled(compiled: list[str]) -> None:
    assert [_rendered("Om {{ what }}"), _rendered("Om {{ what }}")] == ["Om malm"] * 2
    assert compiled == ["counted.html"]


def test_template_of_the_same_name_with_another_text_is_another_one(compiled: list[str]) -> None:
    assert [_rendered("Ett {{ what }}"), _rendered("Två {{ what }}")] == ["Ett malm", "Två malm"]
    assert compiled == ["counted.html"] * 2

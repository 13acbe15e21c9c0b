"""Templates are compiled once for all applications of a process."""

from typing import Any

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment

from archive.web.factory import share_compiled_templates


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
    share_compiled_templates(app)
    return app.jinja_env.get_template("counted.html").render(what="malm")


def test_second_application_takes_what_the_first_has_compiled(compiled: list[str]) -> None:
    assert [_rendered("Om {{ what }}"), _rendered("Om {{ what }}")] == ["Om malm"] * 2
    assert compiled == ["counted.html"]


def test_template_of_the_same_name_with_another_text_is_another_one(compiled: list[str]) -> None:
    assert [_rendered("Ett {{ what }}"), _rendered("Två {{ what }}")] == ["Ett malm", "Två malm"]
    assert compiled == ["counted.html"] * 2

"""Filters of the templates: two parts never give one name to two functions."""

from pathlib import Path

from flask import Flask

from archive.app import open_archive
from archive.settings.settings import Settings
from archive.web import factory
from archive.web.http import context


def test_no_part_takes_the_name_of_another_one_s_filter(tmp_path: Path) -> None:
    app = Flask("archive.web")
    taken: list[str] = []
    with open_archive(Settings(data=tmp_path / "data")) as archive:
        context.install(app, archive)
        for part in factory.PARTS:
            before = [(names, dict(names)) for names in (app.jinja_env.filters, app.jinja_env.globals)]
            part.install(app)
            taken += [name for names, old in before for name, one in old.items() if names[name] is not one]
    assert taken == []

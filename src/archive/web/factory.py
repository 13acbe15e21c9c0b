"""The web application, put together."""

from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import StrictUndefined

from archive.web.http import assets, cache, compression, language, security
from archive.web.http.context import EXTENSION, is_staff
from archive.web.presenters import formats, names
from archive.web.presenters.addresses import asked_text, is_widened
from archive.web.views import (
    about,
    api,
    directories,
    documents,
    errors,
    events,
    facets,
    files,
    health,
    search,
    suggest,
)

if TYPE_CHECKING:
    from archive.app import Archive


def create_app(archive: "Archive") -> Flask:
    """Return the web application that shows `archive`."""
    app = Flask("archive.web")
    app.config.update(
        MAX_CONTENT_LENGTH=archive.settings.web.body_max_bytes,
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    app.extensions[EXTENSION] = archive
    app.url_map.strict_slashes = False
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for part in (compression, security, language, errors, assets, formats, names, cache, suggest):
        part.install(app)
    for module in (search, suggest, facets, documents, files, events, directories, about, api, health):
        app.register_blueprint(module.blueprint)
    app.context_processor(
        lambda: {
            "site_name": archive.settings.web.site_name,
            "is_staff_view": is_staff(),
            "asked": asked_text(),
            "is_typed_only": not is_widened(),
        }
    )
    return app

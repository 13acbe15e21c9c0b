"""Addresses of static files: each changes with its file, so browsers may cache it for good."""

import hashlib
import mimetypes
from pathlib import Path

from flask import Flask, Response, request, url_for

from archive.errors import NotFound
from archive.web.http.language import site_root
from archive.web.http.sending import file_response

_YEAR_S = 365 * 24 * 3600
IMMUTABLE = f"public, max-age={_YEAR_S}, immutable"


def install(app: Flask) -> None:
    """Serve the static files and give the templates `asset(filename)`."""
    folder = Path(app.static_folder or "")
    versions = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in folder.iterdir()
        if path.is_file()
    }

    below_root: dict[str, str] = {}

    def asset(filename: str) -> str:
        address = below_root.get(filename)
        if address is None:
            # Without the language of the page, so that a browser fetches and caches each file once.
            address = url_for("static", filename=filename, v=versions[filename])
            address = below_root[filename] = address.removeprefix(request.script_root)
        return site_root() + address

    def static(filename: str) -> Response:
        version = versions.get(filename)
        if version is None:
            raise NotFound("There is no such file.")
        media_type = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        response = file_response(folder / filename, media_type, version)
        response.headers["Cache-Control"] = IMMUTABLE if request.args.get("v") == version else "no-cache"
        return response

    app.jinja_env.globals["asset"] = asset
    app.view_functions["static"] = static  # in place of Flask's own, which answers bad ranges with 416

"""Addresses of static files: each changes with its file, so browsers may cache it for good."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for

from archive.web.http.language import site_root

_YEAR_S = 365 * 24 * 3600
IMMUTABLE = f"public, max-age={_YEAR_S}, immutable"


def install(app: Flask) -> None:
    """Give the templates `asset(filename)`."""
    folder = Path(app.static_folder or "")
    versions = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in folder.iterdir()
        if path.is_file()
    }

    def asset(filename: str) -> str:
        # Without the language of the page, so that a browser fetches and caches each file once.
        below_root = url_for("static", filename=filename, v=versions[filename]).removeprefix(
            request.script_root
        )
        return site_root() + below_root

    def set_cache_control(response: Response) -> Response:
        name = (request.view_args or {}).get("filename", "")
        if request.endpoint == "static" and response.status_code in (200, 206):
            is_current = name in versions and request.args.get("v") == versions[name]
            response.headers["Cache-Control"] = IMMUTABLE if is_current else "no-cache"
        return response

    app.jinja_env.globals["asset"] = asset
    app.after_request(set_cache_control)

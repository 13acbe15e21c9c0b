"""Files as responses: from the disk, whole or one range of them (RFC 9110); and addresses of static files.

A static file's address changes with the file, so that browsers may cache it for good.
"""

import hashlib
import io
import mimetypes
import re
import unicodedata
from http import HTTPStatus
from pathlib import Path
from typing import IO, cast
from urllib.parse import quote

from flask import Flask, Response, request, url_for
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from archive.errors import NotFound
from archive.web.http.language import site_root

_SINGLE_RANGE = re.compile(
    r"bytes=[ \t]*(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))[ \t]*", re.ASCII | re.IGNORECASE
)

_UNQUOTED = "!#$&+-.^_`|~"  # attr-char of RFC 8187

_YEAR_S = 365 * 24 * 3600
IMMUTABLE = f"public, max-age={_YEAR_S}, immutable"


def file_response(source: Path | IO[bytes], media_type: str, etag: str, name: str = "") -> Response:
    """Return a response that sends a file, or what the request's `Range` asks for.

    The server reads the file while the client takes it, so that a response costs no memory.

    Args:
        source: a file that nobody changes, by its path or open.
        media_type: what it is.
        etag: a digest of the bytes (a strong validator).
        name: the name to save it under; "" where the browser shows it.

    Raises:
        RequestedRangeNotSatisfiable: the range begins after the end.
        OSError: the file cannot be opened.
    """
    response = Response(mimetype=media_type)
    response.set_etag(etag)
    response.headers["Accept-Ranges"] = "bytes"
    if name:
        save_as(response, name)
    if request.if_none_match.contains_weak(etag):
        response.status_code = HTTPStatus.NOT_MODIFIED
        return response
    file: IO[bytes] = source.open("rb") if isinstance(source, Path) else source
    try:
        _send_from(response, file, etag)
    except BaseException:
        file.close()
        raise
    return response


def save_as(response: Response, name: str) -> None:
    """Let the browser save a response as a file of this name."""
    response.headers.set("Content-Disposition", "attachment", **_names(name))


def _send_from(response: Response, file: IO[bytes], etag: str) -> None:
    size_bytes = file.seek(0, io.SEEK_END)
    part = _asked_range(size_bytes, etag)
    start, stop = part or (0, size_bytes)
    if part:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size_bytes}"
    response.content_length = stop - start
    response.direct_passthrough = True
    response.response = wrap_file(request.environ, cast("IO[bytes]", _FilePart(file, start, stop)))


def _asked_range(size_bytes: int, etag: str) -> tuple[int, int] | None:
    """Return where the range that is asked for begins and ends, None where the whole is to be sent.

    A range of another unit must be ignored, also one whose `If-Range` does not name these bytes, compared
    strongly (section 13.1.5); one that is no range, or several, may be (section 14.2).
    """
    found = _SINGLE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not found or request.headers.get("If-Range", f'"{etag}"') != f'"{etag}"':
        return None
    first, last, suffix = found.groups()
    if suffix is None and last and int(last) < int(first):
        return None  # no range at all (section 14.1.1)
    start = int(first) if suffix is None else max(0, size_bytes - int(suffix))
    stop = min(size_bytes, int(last) + 1) if last else size_bytes
    if start >= stop:
        raise RequestedRangeNotSatisfiable(size_bytes)
    return start, stop


def _names(name: str) -> dict[str, str]:
    """Return the parameters of a file's name: RFC 6266 wants one in ASCII beside the right one."""
    if name.isascii():
        return {"filename": name}
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return {"filename": plain, "filename*": f"UTF-8''{quote(name, safe=_UNQUOTED)}"}


class _FilePart:
    """A part of an open file, as if it were a file of its own: what WSGI servers ask of one."""

    def __init__(self, file: IO[bytes], start: int, stop: int) -> None:
        self._file = file
        self._start = start
        self._size = stop - start
        file.seek(start)

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._file.tell() - self._start

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self.tell(), self._size)[whence]
        self._file.seek(self._start + base + offset)
        return self.tell()

    def read(self, size_bytes: int = -1) -> bytes:
        left = max(0, self._size - self.tell())
        return self._file.read(left if size_bytes < 0 else min(size_bytes, left))

    def close(self) -> None:
        self._file.close()


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

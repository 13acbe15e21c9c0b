"""How responses are sent: files from the disk, whole or one range of them (RFC 9110), and text compressed.

A static file's address changes with the file, so that browsers may cache it for good. Each page has an ETag,
so that an unchanged one is not sent again. The length of a compressed page cannot be used to guess secrets
(BREACH): no page contains any.
"""

import gzip
import hashlib
import io
import mimetypes
import re
import unicodedata
from functools import lru_cache
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

_COMPRESSIBLE = frozenset(
    {"text/html", "text/css", "text/plain", "text/javascript", "application/javascript", "application/json",
     "application/problem+json", "image/svg+xml", "application/atom+xml", "application/xml", "text/calendar",
     "application/vnd.oai.openapi+json", "application/opensearchdescription+xml"}
)  # fmt: skip
# About one network packet: what fits into one gains nothing.
_MIN_BYTES = 1_000
_MAX_BYTES = 4 * 1024 * 1024
# Level 6 takes a third of the time of level 9 for 1 % more bytes on our pages.
_LEVEL = 6
_SUFFIX = "-gzip"


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


def tag_and_compress(app: Flask) -> None:
    """Tag and compress responses. Install it early: Flask calls the first installed last."""
    app.after_request(_finish)


def _finish(response: Response) -> Response:
    is_static = request.endpoint == "static"
    if response.direct_passthrough and not is_static:
        return response  # a file: it is sent as it is, from the disk
    is_text = response.mimetype in _COMPRESSIBLE and "Content-Encoding" not in response.headers
    if is_text:
        response.vary.add("Accept-Encoding")
    if response.status_code in (HTTPStatus.NOT_MODIFIED, HTTPStatus.PARTIAL_CONTENT):
        return response
    if not is_text:
        return _tagged(response, False)
    response.direct_passthrough = False  # a style sheet or script comes as an open file
    plain = response.get_data()
    is_wanted = request.accept_encodings.quality("gzip") > 0 and _MIN_BYTES <= len(plain) <= _MAX_BYTES
    response = _tagged(response, is_wanted)
    if is_wanted and response.status_code != HTTPStatus.NOT_MODIFIED:
        response.set_data(_compressed_file(plain) if is_static else _compressed(plain))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
    return response


def _tagged(response: Response, is_compressed: bool) -> Response:
    """Set a page's ETag, a digest of its content; compressed it has another (RFC 9110, section 8.8.3.3)."""
    digest, is_weak = response.get_etag()
    if response.mimetype == "text/html" and response.status_code == HTTPStatus.OK:
        digest, is_weak = hashlib.blake2b(response.get_data(), digest_size=12).hexdigest(), True
    if digest is None:
        return response
    response.set_etag(digest + (_SUFFIX if is_compressed else ""), weak=bool(is_weak))
    response.make_conditional(request)
    return response


def _compressed(plain: bytes) -> bytes:
    return gzip.compress(plain, _LEVEL, mtime=0)


@lru_cache(maxsize=64)
def _compressed_file(plain: bytes) -> bytes:
    return gzip.compress(plain, 9, mtime=0)

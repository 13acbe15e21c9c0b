"""What every address that takes files in pieces answers, by tus 1.0 (https://tus.io/protocols/resumable-upload).

The core protocol with the extensions creation, termination, expiration and checksum (SHA-256). A piece that
was acknowledged is on the disk; how many bytes there are is asked with HEAD after any break. Whose an upload
is (its `login`) the view says: an account's, or one of a link's own.
"""

import base64
import binascii
from collections.abc import Callable
from email.utils import formatdate
from functools import wraps
from typing import ParamSpec

from flask import Response, request

from archive.errors import ArchiveError, InputError, TooLarge, TooMany, UploadConflict
from archive.model.uploads import Upload, UploadState
from archive.web.http.context import current_archive
from archive.web.http.language import message_text

_VERSION = "1.0.0"
_PIECE_TYPE = "application/offset+octet-stream"
_CHECKSUM_WRONG = 460  # the extension's own
_UNSUPPORTED_MEDIA, _PRECONDITION_FAILED, _CREATED, _NO_CONTENT = 415, 412, 201, 204
_LENGTH_MAX_DIGITS = 15
_SHA256_BYTES = 32
Arguments = ParamSpec("Arguments")


def by_tus(view: Callable[Arguments, Response]) -> Callable[Arguments, Response]:
    """Answer as tus has it: its version in each answer, errors as one line of text."""

    @wraps(view)
    def answered(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != _VERSION:
            response = Response("Tus-Resumable: 1.0.0\n", _PRECONDITION_FAILED, mimetype="text/plain")
            response.headers["Tus-Version"] = _VERSION
        else:
            try:
                response = view(*args, **kwargs)
            except ArchiveError as error:
                text = f"{message_text(error.message)}\n"
                response = Response(text, error.status, mimetype="text/plain")
                if isinstance(error, TooMany):
                    response.headers["Retry-After"] = str(error.wait_s)
        response.headers["Tus-Resumable"] = _VERSION
        response.headers["Cache-Control"] = "no-store"
        return response

    return answered


def abilities() -> Response:
    """Say what of the protocol there is."""
    settings = current_archive().settings
    response = Response(status=_NO_CONTENT)
    response.headers["Tus-Version"] = _VERSION
    response.headers["Tus-Extension"] = "creation,termination,expiration,checksum"
    response.headers["Tus-Checksum-Algorithm"] = "sha256"
    response.headers["Tus-Max-Size"] = str(
        max(settings.extract.file_max_bytes, settings.extract.zip_max_bytes)
    )
    return response


def begun(upload: Upload, address: str) -> Response:
    """Say that an upload has begun, and where its pieces go."""
    response = Response(status=_CREATED)
    response.headers["Location"] = address
    return _told(response, upload, 0)


def progress(upload_id: str, login: str) -> Response:
    """Say how many bytes are safely here."""
    upload, offset = current_archive().receiving.find(upload_id, login)
    response = Response(status=200)
    response.headers["Upload-Length"] = str(upload.given.size_bytes)
    return _told(response, upload, offset)


def take_piece(upload_id: str, login: str) -> Response:
    """Take a piece that begins at `Upload-Offset`; what is acknowledged is on the disk."""
    if request.mimetype != _PIECE_TYPE:
        return Response(f"Content-Type: {_PIECE_TYPE}\n", _UNSUPPORTED_MEDIA, mimetype="text/plain")
    receiving = current_archive().receiving
    offset, size_bytes = number("Upload-Offset"), request.content_length
    if size_bytes is None:
        raise InputError("The length of the piece is missing.")
    upload, end = receiving.find(upload_id, login)
    if offset != end:
        raise UploadConflict(f"The file has {end} bytes here. Send it on from there.")
    sha256 = _checksum()
    if size_bytes:
        try:
            end = receiving.take_piece(upload_id, login, offset, request.stream, size_bytes, sha256)
        except UploadConflict as error:
            if not sha256 or receiving.find(upload_id, login)[1] != offset:
                raise
            return Response(f"{message_text(error.message)}\n", _CHECKSUM_WRONG, mimetype="text/plain")
    return _told(Response(status=_NO_CONTENT), upload, end)


def end(upload_id: str, login: str) -> Response:
    """End an upload; what came of it is deleted, documents that were made of it stay."""
    receiving = current_archive().receiving
    receiving.find(upload_id, login)
    receiving.remove(upload_id, login)
    return Response(status=_NO_CONTENT)


def _told(response: Response, upload: Upload, offset: int) -> Response:
    """Say how far an upload is, and until when it may be gone on with."""
    response.headers["Upload-Offset"] = str(offset)
    if upload.state is UploadState.RECEIVING and offset < upload.given.size_bytes:
        expires_s = current_archive().receiving.expires_at_s(upload)
        response.headers["Upload-Expires"] = formatdate(expires_s, usegmt=True)
    return response


def is_sha256(text: str) -> bool:
    """Return whether a text is a SHA-256 in hexadecimal, in small letters."""
    return len(text) == 2 * _SHA256_BYTES and not set(text) - set("0123456789abcdef")


def metadata(header: str) -> dict[str, str]:
    """Read `Upload-Metadata`: names, each with a value in Base64. Raises InputError."""
    given: dict[str, str] = {}
    for pair in filter(None, map(str.strip, header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            given[name] = base64.b64decode(value.strip(), validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            raise InputError("Upload-Metadata: names with values in Base64 were expected.") from None
    return given


def number(header: str) -> int:
    """Return the whole number that a header of the request has; raise InputError where it has none."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit()):
        raise InputError(f"{header}: a number was expected.")
    if len(text) > _LENGTH_MAX_DIGITS:
        raise TooLarge("The file is larger than the archive takes.")
    return int(text)


def _checksum() -> str:
    """Return the SHA-256 that the piece is said to have, "" where nothing is said. Raises InputError."""
    algorithm, _, value = request.headers.get("Upload-Checksum", "").partition(" ")
    if not algorithm:
        return ""
    try:
        digest = base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if algorithm != "sha256" or len(digest) != _SHA256_BYTES:
        raise InputError("Upload-Checksum: sha256 with a value in Base64 was expected.")
    return digest.hex()

"""Which requests may have a large body: files that are sent in by those who may.

The server asks when it has the head of a request, so that nobody else can make it write to the disk.
"""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.http import parse_cookie

from archive.accounts.credentials import token_digest
from archive.catalogue.proposals import links
from archive.errors import ArchiveError
from archive.model.accounts import Role
from archive.web.http.body_bounds import large_body_max_bytes, least_role, speakers_token
from archive.web.http.signed_in import COOKIE

if TYPE_CHECKING:
    from archive.app import Archive

_EXTENSION = "archive.large_bodies"


def install(app: Flask, archive: "Archive") -> None:
    """Let the server take large bodies from those who may send them, and keep files of forms on the disk."""
    app.extensions[_EXTENSION] = LargeBodies(archive)
    temporary = archive.temporary

    class DiskRequest(app.request_class):  # type: ignore[name-defined,misc] # a class of the application's
        def _get_file_stream(
            self, total_content_length: int | None, *args: Any, **kwargs: Any
        ) -> "tempfile.SpooledTemporaryFile[bytes]":
            del total_content_length, args, kwargs
            return _spooled(temporary)

    app.request_class = DiskRequest


def large_bodies_of(app: Flask) -> "LargeBodies | None":
    """Return who may send large bodies to an application, None where nobody may."""
    found: LargeBodies | None = app.extensions.get(_EXTENSION)
    return found


class LargeBodies:
    """What the server asks of a request when it has its head."""

    def __init__(self, archive: "Archive") -> None:
        """Take the archive that knows who has signed in."""
        self._archive = archive

    @property
    def folder(self) -> Path:
        """Return where bodies are kept until they are answered."""
        return self._archive.temporary

    def max_bytes(self, method: str, path: str, cookies: str, authorization: str) -> int:
        """Return how large a body may be: 0 for those that are no larger than others, or of strangers."""
        max_bytes = large_body_max_bytes(self._archive.settings, method, path)
        if not max_bytes:
            return 0
        try:
            if token := speakers_token(path):
                return max_bytes if self._is_link(token) else 0
            role = least_role(self._archive.settings, path)
            return max_bytes if self._has_role(role, cookies, authorization) else 0
        except ArchiveError:
            return 0

    def has_room(self, size_bytes: int) -> bool:
        """Return whether a body has room on the disk."""
        try:
            self._archive.receiving.require_room(size_bytes)
        except ArchiveError:
            return False
        return True

    def _is_link(self, token: str) -> bool:
        """Return whether there is such a link for a speaker; raises TalkLinkUnknown and TalkLinkEnded."""
        with self._archive.database.read() as session:
            return bool(links.look(session, token_digest(token)))

    def _has_role(self, role: Role, cookies: str, authorization: str) -> bool:
        """Return whether somebody of a role asks, or a program that may write for them (no cookie counts)."""
        from archive.accounts.api_tokens import may_write_as

        scheme, _, bearer = authorization.partition(" ")
        if scheme.lower() == "bearer":
            return may_write_as(self._archive.database, bearer.strip(), role)
        token = parse_cookie(cookies).get(COOKIE, "")
        return bool(token) and self._archive.sign_in.has_role(token, role)


def _spooled(folder: Path) -> "tempfile.SpooledTemporaryFile[bytes]":
    """Return a file without a name on the archive's disk, for a file of a form."""
    return tempfile.SpooledTemporaryFile(512 * 1024, dir=str(folder))

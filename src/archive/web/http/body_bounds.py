"""How large the bodies of requests may be: small, but for files that are sent in."""

import re

from flask import Request

from archive.model.accounts import Role
from archive.settings.settings import Settings

# Fields and boundaries of a form, beside its files.
_FORM_BYTES = 1024 * 1024
_PIECE = re.compile(r"(?:^|/)staff/uploads/[0-9a-f]{32}$")
_IMPORT = re.compile(r"(?:^|/)staff/imports(?:/[a-z0-9]{10})?$")
# A page (10 MB), or the fields of a seminar with many talks.
_IMPORT_BYTES = 12 * 1024 * 1024
_TABLE = re.compile(r"(?:^|/)staff/bulk/table(?:/preview)?$")
# A table of documents as a file, or packed in a field of the form that makes its changes.
_TABLE_BYTES = 8 * 1024 * 1024
_FORM = re.compile(r"(?:^|/)staff/uploads/form$")
_SENT_IN = re.compile(r"(?:^|/)send-in(?:/uploads/[0-9a-f]{32})?$")
# What members and speakers send: a form with files, or a piece of one.
_SPEAKER = re.compile(r"(?:^|/)speaker/([A-Za-z0-9_-]{43})(?:/uploads/[0-9a-f]{32})?$")
_OTHERS_FORM = re.compile(r"(?:^|/)(?:send-in|speaker/[A-Za-z0-9_-]{43})$")
_OTHERS_PIECE = re.compile(r"(?:^|/)(?:send-in|speaker/[A-Za-z0-9_-]{43})/uploads/[0-9a-f]{32}$")


def large_body_max_bytes(settings: Settings, method: str, path: str) -> int:
    """Return how large the body of a request may be, 0 where it is no larger than others."""
    if method == "PATCH" and (_PIECE.search(path) or _OTHERS_PIECE.search(path)):
        return settings.uploads.piece_max_bytes
    if method == "POST" and (_FORM.search(path) or _OTHERS_FORM.search(path)):
        return settings.extract.file_max_bytes + _FORM_BYTES
    if method == "POST" and _IMPORT.search(path):
        return _IMPORT_BYTES
    if method == "POST" and _TABLE.search(path):
        return _TABLE_BYTES
    return 0


def least_role(settings: Settings, path: str) -> Role:
    """Return the role from which on somebody may send a large body to an address."""
    return Role.MEMBER if settings.uploads.members_may_send and _SENT_IN.search(path) else Role.STAFF


def speakers_token(path: str) -> str:
    """Return the token of the speaker's link that an address is below, "" for others."""
    found = _SPEAKER.search(path)
    return found[1] if found else ""


def raise_bound(request: Request, settings: Settings) -> int:
    """Let the application read as much of a request as it may have; return that."""
    max_bytes = large_body_max_bytes(settings, request.method, request.path) or settings.web.body_max_bytes
    request.max_content_length = max_bytes
    if _IMPORT.search(request.path) or _TABLE.search(request.path):
        request.max_form_memory_size = max_bytes  # a page that is pasted into a field, or a packed table
    return max_bytes

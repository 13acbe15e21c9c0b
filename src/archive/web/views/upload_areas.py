"""The part of a page that takes files and shows what became of them."""

from urllib.parse import urlencode

from flask import request, url_for

from archive.catalogue.database.sessions import Session
from archive.catalogue.uploads import readings
from archive.model.accounts import Role
from archive.model.uploads import UploadProgress, UploadState, UploadTarget
from archive.web.http.context import current_archive
from archive.web.http.signed_in import may
from archive.web.presenters.addresses import page_number
from archive.web.presenters.upload_rows import UploadArea, place_of, row_view, target_fields

_ROWS_A_PAGE = 100


def upload_area(session: Session, target: UploadTarget, refusal: str = "") -> UploadArea | None:
    """Return what a page needs to take files for a target, None for visitors who may send none."""
    if not may(Role.STAFF):
        return None
    fields = target_fields(target)
    page = page_number() if request.endpoint == "upload_forms.rows" else 1
    found = readings.rows(
        session, target if fields else None, _ROWS_A_PAGE + 1, offset=(page - 1) * _ROWS_A_PAGE
    )
    settings = current_archive().settings
    return UploadArea(
        target=target,
        here=place_of(target),
        rows=[row_view(row, _received_bytes(row)) for row in found[:_ROWS_A_PAGE]],
        file_max_bytes=settings.extract.file_max_bytes,
        zip_max_bytes=max(settings.extract.zip_max_bytes, settings.extract.file_max_bytes),
        piece_max_bytes=settings.uploads.piece_max_bytes,
        older=_page_address(fields, page + 1) if len(found) > _ROWS_A_PAGE else "",
        newer=_page_address(fields, page - 1) if page > 1 else "",
        refusal=refusal,
        fields=fields,
    )


def _received_bytes(row: UploadProgress) -> int:
    if row.upload.state is not UploadState.RECEIVING:
        return row.upload.given.size_bytes
    return current_archive().receiving.store.size_bytes(row.upload.id)


def _page_address(fields: dict[str, str], page: int) -> str:
    return f"{url_for('upload_forms.rows')}?{urlencode({**fields, 'page': page})}"

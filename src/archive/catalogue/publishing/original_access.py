"""Who gets a document's originals, where staff have chosen otherwise than the setting."""

from sqlalchemy.orm import Session

from archive.catalogue import audit, taken_out
from archive.model.visibility import OriginalsPolicy


def set_original_access(
    session: Session, document_id: str, access: OriginalsPolicy | None, actor: str
) -> bool:
    """Set who gets the originals of a document, None for what the setting says; return whether it changed.

    It holds for all its versions, those that come later too. Raises NotFound and Gone.
    """
    row = taken_out.live_row(session, document_id)
    before, after = row.original_access, access.value if access else ""
    if before == after:
        return False
    row.original_access = after
    audit.record(session, actor, "document.original", document_id, after or "setting", f"was {before}")
    return True

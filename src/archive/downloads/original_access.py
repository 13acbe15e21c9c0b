"""Which originals a visitor may have: what `archive.visibility` says, and what is known of the file."""

from archive.catalogue.database.sessions import Session
from archive.catalogue.hidden_pages import shows_staff_words
from archive.ingest.filetypes.media_types import FULLY_READ, PDF
from archive.model.documents import Document, Version
from archive.model.extraction import Outcome
from archive.model.pages import BlockField
from archive.model.visibility import OriginalsPolicy, Visibility
from archive.visibility import STAFF_FIELDS, may_have_original, policy_of

# The names of files attached to a PDF stand in this field: they may hold anything.
_ATTACHED = frozenset({BlockField.EMBEDDED})
TELLING = (Outcome.OK, Outcome.EMPTY_NEEDS_OCR)
"""How a reading ended after which it is known what the file holds."""


def gets_original(
    session: Session, document: Document, version: Version, visitor: Visibility, setting: OriginalsPolicy
) -> bool:
    """Return whether a visitor may have the file of a version; that they may see it is known.

    `setting`: who gets the originals of which staff have chosen nothing.
    """
    policy = policy_of(document.original_access, setting)
    if may_have_original(visitor, policy, holds_staff_words=True):
        return True
    is_possible = may_have_original(visitor, policy, holds_staff_words=False)
    return is_possible and not holds_staff_words(session, version)


def holds_staff_words(session: Session, version: Version) -> bool:
    """Return whether the file holds what only staff may see, or whether nobody knows."""
    media_type = version.original.media_type
    is_partial_pdf = media_type == PDF and version.category is Outcome.OK_PARTIAL
    if media_type not in FULLY_READ or not (version.category in TELLING or is_partial_pdf):
        return True
    fields = STAFF_FIELDS | _ATTACHED if media_type == PDF else STAFF_FIELDS
    return shows_staff_words(session, version.id, fields)

"""Documents whose reading ended in a given way."""

from sqlalchemy.orm import Session

from archive.catalogue import documents, jobs, pages
from archive.model.extraction import Extraction, Outcome
from tests.catalogue.conftest import put


def end(session: Session, source: str, category: Outcome, message: str = "") -> str:
    """Put in a document whose reading has ended; return its identifier."""
    document_id = put(session, source, source)
    version_id = documents.document(session, document_id).version.id
    extraction = Extraction(category, message=message)
    pages.save_extraction(session, version_id, extraction, "", "application/pdf")
    jobs.drop(session, [version_id])
    return document_id

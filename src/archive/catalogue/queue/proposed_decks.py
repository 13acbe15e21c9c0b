"""Decks that a speaker has sent with a proposal: they wait with that, not by themselves."""

from sqlalchemy import ColumnElement, exists, select

from archive.catalogue.tables.documents import DocumentRow
from archive.catalogue.tables.proposals import TalkProposalRow
from archive.catalogue.tables.submissions import SubmittedUploadRow
from archive.catalogue.tables.uploads import UploadedFileRow
from archive.model.proposals import ProposalState


def came_with_a_proposal() -> ColumnElement[bool]:
    """Return the condition that a document is one of a proposal that nobody has decided on."""
    return exists(
        select(UploadedFileRow.upload_id)
        .join(SubmittedUploadRow, SubmittedUploadRow.upload_id == UploadedFileRow.upload_id)
        .join(TalkProposalRow, TalkProposalRow.submission_id == SubmittedUploadRow.submission_id)
        .where(
            TalkProposalRow.state == ProposalState.WAITING.value,
            UploadedFileRow.document_id == DocumentRow.id,
        )
        .correlate(DocumentRow)
    )

"""The log of a document, without paths and traces."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import audit
from archive.catalogue.operation import history
from archive.catalogue.outcomes import retry
from archive.errors import NotFound
from archive.model.extraction import Outcome
from archive.model.jobs import JobKind
from tests.catalogue.operation.planted import end

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def test_log_has_outcome_jobs_and_events_newest_first(session: Session) -> None:
    document_id = end(session, "/in/a.pdf", Outcome.CRASH, "The reader crashed.")
    audit.record(session, "kim", "page.visibility", f"{document_id}/4", "hidden")
    audit.record(session, "kim", "document.retry", f"{document_id}x", "asked")
    retry(session, [document_id], "kim")
    log = history.log(session, document_id, NOW)
    assert (log.filename, log.category, log.message) == ("a.pdf", Outcome.CRASH, "The reader crashed.")
    assert [job.kind for job in log.jobs] == [JobKind.EXTRACT, JobKind.RENDER]
    actions = ["document.retry", "page.visibility", "document.accept"]
    assert [event.action for event in log.events] == actions


def test_log_has_thirty_lines_at_most(session: Session) -> None:
    document_id = end(session, "/in/a.pdf", Outcome.CRASH)
    for number in range(40):
        audit.record(session, "kim", "document.visibility", document_id, "public", f"was {number}")
    log = history.log(session, document_id, NOW)
    assert len(log.events) == history.LINES_MAX
    assert log.events[0].detail == "was 39"


def test_paths_and_traces_are_left_out(session: Session) -> None:
    trace = 'It broke in /srv/arkiv/tmp/x1/deck.pptx.\nTraceback (most recent call last):\n  File "/a/b.py"'
    document_id = end(session, "/in/a.pdf", Outcome.CRASH, trace)
    audit.record(session, "kim", "document.read", document_id, "crash", trace)
    log = history.log(session, document_id, NOW)
    assert log.message == log.events[0].detail == "It broke in deck.pptx."


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("/home/anna/Dokument/bok.pdf", "bok.pdf"),
        (r"C:\Users\Anna\bok.pdf is damaged.", "bok.pdf is damaged."),
        ("Save it as .pptx or .pdf and ingest that.", "Save it as .pptx or .pdf and ingest that."),
        ("3 of 4 pictures could not be read.", "3 of 4 pictures could not be read."),
        ("och/eller", "och/eller"),
        ("", ""),
    ],
)
def test_folders_are_cut_out_of_texts(told: str, shown: str) -> None:
    assert history.without_paths(told) == shown


def test_unknown_document_has_no_log(session: Session) -> None:
    with pytest.raises(NotFound):
        history.log(session, "finnsinte", NOW)

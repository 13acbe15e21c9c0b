"""What has not come in: by state, and by why it was refused."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from archive.catalogue.operation import incoming
from archive.catalogue.outcomes import note_refusal, refusals, settle_refusals
from archive.catalogue.uploads import uploads
from archive.model.uploads import REFUSED, NewUpload, UploadedFile, UploadState
from tests.servers.postgres.fixtures import only_on_sqlite


def _begin(session: Session, name: str) -> str:
    return uploads.add(session, NewUpload("anna", name, 3)).id


def _received(session: Session, name: str) -> str:
    upload_id = _begin(session, name)
    uploads.receive(session, upload_id)
    return upload_id


def _refused(session: Session) -> dict[str, list[str]]:
    found = incoming.refused(session, refusals(session))
    return {code: [file.name for file in files] for code, files in found.items()}


def test_uploads_that_wait_are_counted_by_what_they_wait_for(session: Session) -> None:
    _begin(session, "a.pptx")
    _begin(session, "b.pptx")
    _received(session, "c.pptx")
    uploads.wait(session, _received(session, "d.pptx"), "storage", "There is no room.")
    told = [(one.state, one.message, one.count) for one in incoming.waiting(session)]
    assert told == [
        (UploadState.RECEIVING, "", 2),
        (UploadState.RECEIVED, "", 1),
        (UploadState.RECEIVED, "There is no room.", 1),
    ]


def test_refused_files_are_listed_by_reason_wherever_they_came_from(session: Session) -> None:
    uploads.refuse(session, _received(session, "a.exe"), "unsupported_type", "Another type.")
    files = [
        UploadedFile("b.pptx", "new"),
        UploadedFile("c.bin", REFUSED, code="damaged", message="Damaged."),
    ]
    uploads.take(session, _received(session, "d.zip"), files, "")
    note_refusal(session, "/in/e.exe", "unsupported_type", "Another type.", "kim")
    assert _refused(session) == {"damaged": ["c.bin"], "unsupported_type": ["/in/e.exe", "a.exe"]}


def test_file_that_was_taken_in_or_removed_since_is_no_longer_listed(session: Session) -> None:
    upload_id = _received(session, "a.exe")
    uploads.refuse(session, upload_id, "unsupported_type", "Another type.")
    note_refusal(session, "/in/e.exe", "unsupported_type", "Another type.", "kim")
    uploads.remove(session, upload_id, "anna")
    settle_refusals(session, ["/in/e.exe"], "kim")
    assert _refused(session) == {}


@only_on_sqlite
def test_refused_files_are_found_by_their_own_indexes(session: Session) -> None:
    statements: list[str] = []
    for sql, index in (
        (
            "select max(id) from audit_event where action = 'file.refuse' group by subject",
            "ix_audit_event_refused",
        ),
        ("select upload_id from uploaded_file where outcome = 'refused'", "ix_uploaded_file_refused"),
    ):
        plan: Sequence[object] = session.execute(text(f"explain query plan {sql}")).all()
        statements.append(str(plan))
        assert index in str(plan)


def test_each_reason_has_its_advice() -> None:
    assert "Send it again" in incoming.advice("expired")
    assert incoming.advice("a reason of tomorrow") == incoming.OTHER

"""Measure a change of 10,000 documents: plan, edit, undo, and until searches show it.

    python -m bench.bulk

Each document has a talk of its own in one of 500 events, and one page of text.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from archive.app import Archive, open_archive
from archive.catalogue import pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.bulk.applying import apply
from archive.catalogue.bulk.planning import plan
from archive.catalogue.database.sessions import Session
from archive.catalogue.identifiers import new_id
from archive.catalogue.journal.undo import undo
from archive.catalogue.tables.documents import DocumentRow, PageRow, VersionRow
from archive.catalogue.tables.events import EventRow, TalkRow
from archive.catalogue.tables.journal import ChangeRow
from archive.model.bulk import BulkChange, BulkKind
from archive.model.documents import DocumentKind, Original
from archive.model.edits import Author, Reason
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.selection import Selection, selected
from archive.settings.settings import Settings

_EVENTS = 500
_CHANGES = (
    BulkChange(BulkKind.ADD_REGION, "SE12"),
    BulkChange(BulkKind.VISIBILITY, "members"),
    BulkChange(BulkKind.LANGUAGE, "en"),
    BulkChange(BulkKind.WITHDRAW),
)


def main(count: int, with_index: bool, only: str) -> None:
    """Fill an archive and print how long each change takes."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(Settings(data=Path(folder) / "data")) as archive,
    ):
        _timed(f"filling with {count:,} documents", lambda: _fill(archive, count))
        if with_index:
            _timed("indexing all", archive.indexer.catch_up)
        for change in _CHANGES:
            if only in ("", change.kind.value):
                _measure(archive, change, with_index)


def _measure(archive: Archive, change: BulkChange, with_index: bool) -> None:
    ids = _selected(archive, with_index)
    edits: list[int] = []

    def write() -> None:
        with archive.database.write() as session:
            made = plan(session, ids, change)
            edit = apply(session, made, Author("bench", Reason.BULK, group=new_id()))
            assert edit is not None
            assert len(made.changes) >= len(ids) - 1  # the one that was copied has no talk
            edits.append(edit.id)

    def take_back() -> None:
        with archive.database.write() as session:
            assert undo(session, edits, Author("bench", Reason.UNDO)).conflicts == ()

    name = f"{change.kind} {change.value}".strip()
    _timed(f"{name}: {len(ids):,} records planned and changed", write)
    if with_index:
        _timed(f"{name}: until the index has it", archive.indexer.catch_up)
    _timed(f"{name}: undone", take_back)
    if with_index:
        _timed(f"{name}: until the index has that", archive.indexer.catch_up)


def _selected(archive: Archive, with_index: bool) -> Sequence[str]:
    with archive.database.read() as session:
        if not with_index:
            return list(session.scalars(select(DocumentRow.id)))
        started = time.perf_counter()
        found = selected(archive.search, session, Selection(Question("skogen")), Visibility.STAFF)
        print(f"the question finds {len(found):,} documents: {time.perf_counter() - started:.2f} s")
        return found


def _timed(what: str, do: Callable[[], object]) -> None:
    started, cpu = time.perf_counter(), time.process_time()
    do()
    print(
        f"{what}: {time.perf_counter() - started:.2f} s ({time.process_time() - cpu:.2f} s CPU)", flush=True
    )


def _fill(archive: Archive, count: int) -> None:
    """Take one document in and copy its rows."""
    with archive.database.write() as session:
        original = Original("0" * 64, 1, "application/pdf")
        new = NewDocument(DocumentKind.DECK, "mall", "/in/mall.pdf", "mall.pdf", original)
        accepted = accept(session, new, "bench")
        page = Page(1, (Block(BlockField.BODY, (Paragraph("Ute i skogen växer granar och tallar"),)),))
        pages.save_extraction(
            session, accepted.newest.id, Extraction(Outcome.OK, (page,)), "sv", "application/pdf"
        )
        session.flush()
        session.expire_all()
        document = _values(session.get_one(DocumentRow, accepted.document.id))
        version = _values(session.get_one(VersionRow, accepted.newest.id))
        stored = _values(session.get_one(PageRow, (accepted.newest.id, 1)))
        _copy(session, count, document, version, stored)


def _copy(
    session: Session,
    count: int,
    document: dict[str, object],
    version: dict[str, object],
    page: dict[str, object],
) -> None:
    event = {"kind": "seminar", "visibility": "public"} | dict.fromkeys(
        ("place", "occasion", "organiser", "text", "source_url", "source"), ""
    )
    talk = {"abstract": "", "language": "sv", "visibility": "public"}
    session.execute(insert(EventRow), [event | {"id": f"e{n}", "title": f"Dag {n}"} for n in range(_EVENTS)])
    numbers = range(count)
    session.execute(
        insert(TalkRow),
        [
            talk | {"id": f"t{n}", "topic": f"Skog {n}", "event_id": f"e{n % _EVENTS}", "position": n}
            for n in numbers
        ],
    )
    session.execute(
        insert(DocumentRow),
        [document | {"id": f"d{n:06}", "source": f"/in/{n}.pdf", "talk_id": f"t{n}"} for n in numbers],
    )
    session.execute(
        insert(VersionRow), [version | {"id": f"v{n}", "document_id": f"d{n:06}"} for n in numbers]
    )
    session.execute(insert(PageRow), [page | {"version_id": f"v{n}"} for n in numbers])
    now = datetime.now(UTC)
    session.execute(
        insert(ChangeRow), [{"document_id": f"d{n:06}", "hides": False, "at": now} for n in numbers]
    )


def _values(row: DocumentRow | VersionRow | PageRow) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=10_000)
    asked.add_argument("--without-index", action="store_true")
    asked.add_argument("--only", default="", choices=[change.kind.value for change in _CHANGES])
    given = asked.parse_args()
    main(given.documents, not given.without_index, given.only)

"""Replacing words in the catalogue's rows, within a session that writes; nothing of it is in the journal."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Table, and_, delete, select, update
from sqlalchemy.orm import Session

from archive.catalogue import changes, jobs
from archive.catalogue.block_codec import pack_words, unpack_blocks
from archive.catalogue.erasing.columns import Masking, Row, changed, rows, tables
from archive.catalogue.erasing.places import Slides, documents_of_versions, logins
from archive.catalogue.events.names import name_key
from archive.catalogue.hidden_pages import digest_of_blocks
from archive.catalogue.queue import findings
from archive.catalogue.reuse import duplicates, signatures
from archive.catalogue.tables.documents import OriginalRow, PageChoiceRow, PictureRow, VersionRow
from archive.catalogue.tables.events import ContributionRow, PersonRow
from archive.catalogue.tables.imports import SeminarImportRow
from archive.catalogue.tables.names import DistinctPeopleRow, FormerPersonRow, PersonSpellingRow
from archive.catalogue.tables.proposals import TalkLinkRow
from archive.model.documents import Original
from archive.model.jobs import JobKind
from archive.model.pages import WordBox

_PAGE: Final = "page"
_NAMED: Final = ("person", "organisation")


@dataclass(frozen=True, slots=True)
class NewPicture:
    """What takes the place of a page's picture, and of its words."""

    number: int
    large_sha256: str
    small_sha256: str
    words: tuple[WordBox, ...]


@dataclass(frozen=True, slots=True)
class NewFiles:
    """What takes the place of a version's original and of some of its pictures."""

    version_id: str
    original: Original
    filename: str
    pictures: tuple[NewPicture, ...] = ()


@dataclass(slots=True)
class Rewritten:
    """What was replaced: how many rows, and which documents are others now."""

    rows: int = 0
    documents: set[str] = field(default_factory=set)


def replace_words(session: Session, masking: Masking, only: Slides | None) -> Rewritten:
    """Replace words in every table, or in the words of some slides only.

    Rows that are found by the words themselves (a question, a further spelling) go.
    """
    known, documents, done = logins(session), documents_of_versions(session), Rewritten()
    for table in tables():
        if only is not None and table.name != _PAGE:
            continue
        found = [
            (row, without)
            for row in rows(session, table)
            if _is_wanted(table, row, documents, only) and (without := changed(table, row, masking, known))
        ]
        for row, without in found:
            _replace(session, table, row, without)
            if document_id := _document_of(table, row, documents):
                done.documents.add(document_id)
        done.rows += len(found)
    return done


def replace_files(session: Session, new: NewFiles) -> str:
    """Let a version have other files; return its document. What was made of its words is made again."""
    row = session.get_one(VersionRow, new.version_id)
    _add_original(session, new.original)
    row.sha256, row.filename, row.drawn_sha256 = new.original.sha256, new.filename, ""
    row.properties, row.pictures_done = {}, True
    for picture in new.pictures:
        is_it = and_(PictureRow.version_id == row.id, PictureRow.number == picture.number)
        values = {"large_sha256": picture.large_sha256, "small_sha256": picture.small_sha256}
        statement = (
            update(PictureRow).where(is_it).values(words=pack_words(picture.words), grey=None, **values)
        )
        session.execute(statement)
    session.flush()
    jobs.drop(session, [row.id])
    if row.category is None:  # it has not been read yet
        jobs.queue(session, row.id, JobKind.EXTRACT)
    duplicates.forget(session, row.id)
    signatures.forget(session, row.id)
    findings.forget(session, row.id)
    return row.document_id


def imports_with(session: Session, masking: Masking) -> list[tuple[str, str]]:
    """Return the imports that hold words, each with its file's SHA-256. Ask before they are replaced."""
    table = SeminarImportRow.__table__
    assert isinstance(table, Table)
    known = logins(session)
    found = [row["id"] for row in rows(session, table) if changed(table, row, masking, known)]
    of_them = select(SeminarImportRow.id, SeminarImportRow.sha256).where(SeminarImportRow.id.in_(found))
    return [(row.id, row.sha256) for row in session.execute(of_them)]


def replace_import_file(session: Session, import_id: str, original: Original) -> None:
    """Let an import have another file."""
    _add_original(session, original)
    statement = update(SeminarImportRow).where(SeminarImportRow.id == import_id)
    session.execute(statement.values(sha256=original.sha256))


def _add_original(session: Session, original: Original) -> None:
    if session.get(OriginalRow, original.sha256) is None:
        session.add(
            OriginalRow(
                sha256=original.sha256,
                size_bytes=original.size_bytes,
                media_type=original.media_type,
                created_at=datetime.now(UTC),
            )
        )
        session.flush()


def digests_of(session: Session, version_ids: Collection[str]) -> set[str]:
    """Return the SHA-256 of the originals of versions."""
    found = session.execute(select(VersionRow.id, VersionRow.sha256))
    return {row.sha256 for row in found if row.id in version_ids}


def drop_originals(session: Session, digests: Sequence[str]) -> list[str]:
    """Drop the rows of originals that nothing refers to any more; return their SHA-256."""
    used = set(session.scalars(select(VersionRow.sha256)))
    used.update(session.scalars(select(SeminarImportRow.sha256)))
    gone = [digest for digest in dict.fromkeys(digests) if digest not in used]
    for digest in gone:
        session.execute(delete(OriginalRow).where(OriginalRow.sha256 == digest))
    return gone


def drop_person(session: Session, person_id: str) -> None:
    """Drop a person's record. Talks stay; where an organisation spoke by the person, it alone does now."""
    theirs = ContributionRow.person_id == person_id
    session.execute(delete(ContributionRow).where(theirs, ContributionRow.organisation_id.is_(None)))
    session.execute(update(ContributionRow).where(theirs).values(person_id=None, person_name="", role=""))
    for table in (PersonSpellingRow, FormerPersonRow, DistinctPeopleRow):
        session.execute(delete(table).where(table.record_id == person_id))
    session.execute(delete(DistinctPeopleRow).where(DistinctPeopleRow.other_id == person_id))
    session.execute(update(TalkLinkRow).where(TalkLinkRow.person_id == person_id).values(person_id=None))
    session.execute(delete(PersonRow).where(PersonRow.id == person_id))
    session.flush()


def note_documents(session: Session, document_ids: Sequence[str]) -> None:
    """Let searches leave documents out until the index has followed."""
    for document_id in document_ids:
        changes.record(session, document_id, hides=True)


def _is_wanted(table: Table, row: Row, documents: Mapping[str, str], only: Slides | None) -> bool:
    return only is None or (_document_of(table, row, documents), row["number"]) in only


def _document_of(table: Table, row: Row, documents: Mapping[str, str]) -> str:
    if table.name == "document":
        return str(row["id"])
    version_id = row["id"] if table.name == "version" else row.get("version_id")
    return documents.get(str(version_id), "")


def _replace(session: Session, table: Table, row: Row, without: dict[str, Any]) -> None:
    is_it = and_(*(column == row[column.name] for column in table.primary_key))
    if any(column.name in without for column in table.primary_key):
        session.execute(delete(table).where(is_it))
        return
    if table.name in _NAMED:
        # Nobody else is called so: what was erased is never taken for another that was.
        name = str(without.get("name", row["name"]))
        without["name_key"] = f"{name_key(name)} {row['id']}"
    if table.name == _PAGE and "blocks" in without:
        _keep_choice(session, row["blocks"], without["blocks"])
        signatures.forget(session, row["version_id"])
    session.execute(update(table).where(is_it).values(without))


def _keep_choice(session: Session, old: Sequence[Any], new: Sequence[Any]) -> None:
    """Let what staff chose for a slide hold for its new words."""
    digests = [digest_of_blocks(unpack_blocks(blocks)) for blocks in (old, new)]
    statement = update(PageChoiceRow).where(PageChoiceRow.words_sha256 == digests[0])
    session.execute(statement.values(words_sha256=digests[1]))

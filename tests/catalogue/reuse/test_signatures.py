"""Signatures of slides: kept by version, forgotten with what they were made of, joined into families."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import documents, jobs
from archive.catalogue.database.database import Database
from archive.catalogue.reuse import families, signatures
from archive.catalogue.reuse.signatures import Signature
from archive.catalogue.tables.reuse import FamilyKeyRow, SlideSignatureRow
from tests.catalogue.conftest import database, put, read, session

__all__ = ["database", "session"]


def signature(*keys: int) -> Signature:
    return Signature(20, bytes(512), keys)


def version(session: Session, name: str) -> str:
    document_id = put(session, name, source=f"/in/{name}.pptx")
    version_id = documents.versions(session, document_id)[0].id
    read(session, version_id, "Ett", "Två")
    jobs.drop(session, [version_id])
    return version_id


def family_of(session: Session, version_id: str, number: int) -> int:
    return families.own_signatures(session, version_id)[number][0]


def keys_of(session: Session, family: int) -> set[int]:
    return set(session.scalars(select(FamilyKeyRow.key).where(FamilyKeyRow.family == family)))


def test_version_waits_until_it_is_read_and_nothing_is_left_to_do(session: Session) -> None:
    document_id = put(session, "ett")
    version_id = documents.versions(session, document_id)[0].id
    jobs.drop(session, [version_id])
    assert not signatures.waiting(session, 1, 9)
    read(session, version_id, "Ett")
    assert list(signatures.waiting(session, 1, 9)) == [version_id]
    signatures.note_signed(session, version_id, 1)
    assert not signatures.waiting(session, 1, 9)
    assert list(signatures.waiting(session, 2, 9)) == [version_id]


def test_version_with_jobs_waits(session: Session) -> None:
    version_id = documents.versions(session, put(session, "ett"))[0].id
    read(session, version_id, "Ett")
    assert jobs.remaining(session, [version_id])
    assert not signatures.waiting(session, 1, 9)


def test_families_that_a_slide_is_like_become_one(session: Session) -> None:
    one, two, three = (version(session, name) for name in ("ett", "två", "tre"))
    signatures.add(session, one, 1, signature(1, 2), ())
    signatures.add(session, two, 1, signature(2, 3), ())
    apart = {family_of(session, one, 1), family_of(session, two, 1)}
    assert len(apart) == 2
    signatures.add(session, three, 1, signature(3, 4), apart)
    together = {family_of(session, each, 1) for each in (one, two, three)}
    assert len(together) == 1
    assert keys_of(session, together.pop()) == {1, 2, 3, 4}


def test_candidates_have_a_key_in_common(session: Session) -> None:
    one, two = version(session, "ett"), version(session, "två")
    signatures.add(session, one, 1, signature(1, 2), ())
    signatures.add(session, two, 1, signature(7), ())
    found = signatures.candidates(session, (2, 9))
    assert [family for family, _ in found] == [family_of(session, one, 1)]
    assert not signatures.candidates(session, (9,))


def test_forgotten_signatures_leave_nothing_behind(session: Session) -> None:
    one, two = version(session, "ett"), version(session, "två")
    signatures.add(session, one, 1, signature(1), ())
    shared = family_of(session, one, 1)
    signatures.add(session, two, 1, signature(2), {shared})
    signatures.add(session, two, 2, signature(5), ())
    alone = family_of(session, two, 2)
    signatures.note_signed(session, two, 1)
    signatures.forget(session, two)
    assert signatures.is_waiting(session, two, 1)
    assert list(session.scalars(select(SlideSignatureRow.version_id))) == [one]
    assert keys_of(session, shared) == {1, 2}
    assert not keys_of(session, alone)


@pytest.mark.parametrize("count", [1, 3])
def test_large_numbers_are_kept_as_they_are(database: Database, count: int) -> None:
    keys = (-(2**63), 2**63 - 1, 0)[:count]
    with database.write() as writing:
        one = version(writing, "ett")
        signatures.add(writing, one, 1, signature(*keys), ())
    with database.read() as reading:
        assert keys_of(reading, family_of(reading, one, 1)) == set(keys)

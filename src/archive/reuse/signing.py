"""Giving the slides of a version their signatures, each in the family of the slides that it is like."""

from archive.catalogue import pages
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.reuse import greys, signatures
from archive.reuse.likeness import alike
from archive.reuse.signature import signature_of
from archive.reuse.sketches import SCHEME
from archive.reuse.words import WORDS_MIN, own_words


def waiting(database: Database, at_most: int) -> list[str]:
    """Return versions whose slides have no signatures yet."""
    with database.read() as session:
        return list(signatures.waiting(session, SCHEME, at_most))


def pictures_wanted(database: Database, version_id: str) -> list[str]:
    """Return the SHA-256 of the small pictures that are compared and have no grey one yet, each once."""
    with database.read() as session:
        missing = greys.missing(session, version_id)
        if not missing or not signatures.is_shown(session, version_id):
            return []
        texts = pages.texts_at(session, [(version_id, number) for number in missing])
    few = [number for (_, number), page in texts.items() if len(set(own_words(page))) < WORDS_MIN]
    return list(dict.fromkeys(missing[number] for number in sorted(few)))


def sign(database: Database, version_id: str) -> int:
    """Give a version's slides their signatures; return how many have one. None where that is done.

    Words are read where they are kept, in one transaction, so that no new reading comes between.
    """
    with database.write() as session:
        if not signatures.is_waiting(session, version_id, SCHEME):
            return 0
        signatures.forget(session, version_id)
        count = _sign(session, version_id) if signatures.is_shown(session, version_id) else 0
        signatures.note_signed(session, version_id, SCHEME)
    return count


def _sign(session: Session, version_id: str) -> int:
    known, count = greys.of_version(session, version_id), 0
    for number, page in pages.texts(session, version_id).items():
        signature = signature_of(page, known.get(number), number == 1)
        if signature is None:
            continue
        found = signatures.candidates(session, signature.keys)
        likes = alike(signature, [other for _, other in found])
        families = {family for (family, _), like in zip(found, likes, strict=True) if like}
        signatures.add(session, version_id, number, signature, families)
        count += 1
    return count

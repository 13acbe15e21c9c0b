"""Slides of other documents that may be the same, as far as a visitor may see them.

A family has slides of every rank, hidden ones and ones of older versions. What a visitor may not see is left
out before anything is bounded or counted; which versions readers see, `seen_slides.py` says.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.reuse.seen_slides import PageKey, in_chunks
from archive.catalogue.reuse.signatures import Signature
from archive.catalogue.tables.documents import DocumentRow, PageRow, VersionRow
from archive.catalogue.tables.reuse import SlideSignatureRow
from archive.catalogue.visibility import page_visible, select_visible_documents
from archive.model.visibility import Visibility

_SIGNATURE, _VERSION, _PAGE = SlideSignatureRow.__table__, VersionRow.__table__, PageRow.__table__
RELATIVES_MAX: Final = 1_000
"""So many slides of a family are compared with one; larger families are covers and slides of thanks."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A slide of the same family: maybe the same slide, maybe not for the visitor."""

    version_id: str
    number: int
    document_id: str
    signature: Signature

    @property
    def key(self) -> PageKey:
        """Return where the slide is."""
        return self.version_id, self.number


def family_of(
    session: Session, version_id: str, number: int, visitor: Visibility
) -> tuple[Signature | None, list[Relative]]:
    """Return the signature of a slide, None where it has none (yet), and the slides of its family elsewhere.

    Those are slides of other versions that the visitor may see, up to RELATIVES_MAX; `seen_slides.seen` says
    which of the versions readers see. One query, since most slides have no family but themselves.
    """
    named = {"version_id": version_id, "number": number}
    rows = session.connection().execute(_family_statement(visitor), named)
    own, found = None, []
    for of_version, nth, document_id, word_count, sketch in rows:
        signature = Signature(word_count, sketch)
        if of_version == version_id:
            own = signature
        else:
            found.append(Relative(of_version, nth, document_id, signature))
    return own, found


def own_signatures(session: Session, version_id: str) -> dict[int, tuple[int, Signature]]:
    """Return family and signature of each slide of a version that has one, by number."""
    columns = (_SIGNATURE.c.number, _SIGNATURE.c.family, _SIGNATURE.c.word_count, _SIGNATURE.c.minima)
    statement = select(*columns).where(_SIGNATURE.c.version_id == version_id).order_by(_SIGNATURE.c.number)
    rows = session.connection().execute(statement)
    return {row.number: (row.family, Signature(row.word_count, row.minima)) for row in rows}


def relatives_of(
    session: Session, families: Collection[int], visitor: Visibility, without_version: str = ""
) -> dict[int, list[Relative]]:
    """Return the slides of several families that the visitor may see, by family.

    Of the largest families they are as many as fit; `seen_slides.seen` says which versions readers see.
    """
    found: dict[int, list[Relative]] = {}
    for some in in_chunks(sorted(set(families))):
        found |= _relatives(session, some, visitor, without_version)
    return found


def reused(session: Session, families_max: int, visitor: Visibility) -> list[int]:
    """Return the families with slides of two documents or more that the visitor may see, largest first."""
    documents = func.count(_VERSION.c.document_id.distinct())
    statement = (
        _slides(visitor)
        .with_only_columns(_SIGNATURE.c.family)
        .group_by(_SIGNATURE.c.family)
        .having(documents > 1)
        .order_by(documents.desc(), _SIGNATURE.c.family)
        .limit(families_max)
    )
    return [row.family for row in session.connection().execute(statement)]


@cache
def _family_statement(visitor: Visibility) -> Select[*tuple[Any, ...]]:
    """Return the query for a slide (`version_id`, `number`) and its family, itself first."""
    version_id: BindParameter[str] = bindparam("version_id")
    number: BindParameter[int] = bindparam("number")
    is_own = _SIGNATURE.c.version_id == version_id
    own = select(_SIGNATURE.c.family).where(is_own, _SIGNATURE.c.number == number).scalar_subquery()
    columns = (
        _SIGNATURE.c.version_id,
        _SIGNATURE.c.number,
        _VERSION.c.document_id,
        _SIGNATURE.c.word_count,
        _SIGNATURE.c.minima,
    )
    return (
        _slides(visitor)
        .with_only_columns(*columns)
        .where(_SIGNATURE.c.family == own)
        .where(or_(_SIGNATURE.c.version_id != version_id, _SIGNATURE.c.number == number))
        .order_by(case((is_own, 0), else_=1), _SIGNATURE.c.version_id, _SIGNATURE.c.number)
        .limit(RELATIVES_MAX + 1)
    )


def _slides(visitor: Visibility) -> Select[*tuple[Any, ...]]:
    """Return the query for all signed slides, of any version, that a visitor may see."""
    is_page = and_(_PAGE.c.version_id == _SIGNATURE.c.version_id, _PAGE.c.number == _SIGNATURE.c.number)
    return (
        select_visible_documents(visitor.rank)
        .join(_VERSION, _VERSION.c.document_id == DocumentRow.id)
        .join(_SIGNATURE, _SIGNATURE.c.version_id == _VERSION.c.id)
        .join(_PAGE, is_page)
        .where(page_visible(visitor), DocumentRow.withdrawn_at.is_(None))
    )


def _relatives(
    session: Session, families: Sequence[int], visitor: Visibility, without_version: str
) -> dict[int, list[Relative]]:
    columns = (
        _SIGNATURE.c.family,
        _SIGNATURE.c.version_id,
        _SIGNATURE.c.number,
        _VERSION.c.document_id,
        _SIGNATURE.c.word_count,
        _SIGNATURE.c.minima,
    )
    statement = (
        _slides(visitor)
        .with_only_columns(*columns)
        .where(_SIGNATURE.c.family.in_(families), _SIGNATURE.c.version_id != without_version)
        .order_by(_SIGNATURE.c.family, _SIGNATURE.c.version_id, _SIGNATURE.c.number)
        .limit(RELATIVES_MAX if len(families) == 1 else RELATIVES_MAX * 10)
    )
    found: dict[int, list[Relative]] = {}
    for family, version_id, number, document_id, word_count, sketch in session.connection().execute(
        statement
    ):
        of_family = found.setdefault(family, [])
        if len(of_family) < RELATIVES_MAX:
            of_family.append(Relative(version_id, number, document_id, Signature(word_count, sketch)))
    return found

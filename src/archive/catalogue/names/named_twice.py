"""Talks that name the same person twice once two records are merged: the entry that says less goes."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue.events.names import name_key
from archive.catalogue.tables.events import ContributionRow
from archive.model.names import NameKind


def rows_to_drop(session: Session, kind: NameKind, identifiers: Collection[str]) -> Sequence[ContributionRow]:
    """Return the entries of talks that would say nothing more; none of organisations: two may come from one.

    An entry says nothing more where another of the talk has its role and organisation, or it has none.
    """
    if kind is not NameKind.PERSON:
        return ()
    theirs = ContributionRow.person_id.in_(identifiers)
    talk = ContributionRow.talk_id
    several = select(talk).where(theirs).group_by(talk).having(func.count() > 1)
    by_talk: defaultdict[str, list[ContributionRow]] = defaultdict(list)
    for row in session.scalars(
        select(ContributionRow)
        .where(theirs, ContributionRow.talk_id.in_(several))
        .order_by(ContributionRow.talk_id, ContributionRow.position)
    ):
        by_talk[row.talk_id].append(row)
    return [row for rows in by_talk.values() for row in _redundant(rows)]


def drop(session: Session, kind: NameKind, identifiers: Collection[str]) -> None:
    """Delete the entries that would say nothing more."""
    for row in rows_to_drop(session, kind, identifiers):
        session.delete(row)
    session.flush()


def _redundant(rows: Sequence[ContributionRow]) -> Sequence[ContributionRow]:
    kept: list[ContributionRow] = []
    gone: list[ContributionRow] = []
    for row in rows:
        if any(_says_all_of(one, row) for one in kept):
            gone.append(row)
            continue
        gone += [one for one in kept if _says_all_of(row, one)]
        kept = [one for one in kept if not _says_all_of(row, one)] + [row]
    return gone


def _says_all_of(one: ContributionRow, other: ContributionRow) -> bool:
    """Return whether an entry has the role and organisation of another, as far as that has any."""
    has_role = not other.role or name_key(one.role) == name_key(other.role)
    has_role = has_role and one.is_moderator == other.is_moderator
    return has_role and other.organisation_id in (None, one.organisation_id)

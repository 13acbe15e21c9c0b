"""Records that look alike and are not the same: staff have said so, and they are not proposed again."""

from collections.abc import Iterable

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from archive.catalogue.journal.recording import recording
from archive.catalogue.names.kinds import row_of, tables_of
from archive.errors import InputError
from archive.model.edits import Author
from archive.model.names import NameKind

Pair = tuple[str, str]
"""Two identifiers, the lower first."""


def pair(one: str, other: str) -> Pair:
    """Return two identifiers in order."""
    return (one, other) if one < other else (other, one)


def distinct_pairs(session: Session, kind: NameKind) -> frozenset[Pair]:
    """Return all pairs that are known not to be the same."""
    table = tables_of(kind).distinct
    rows = session.execute(select(table.record_id, table.other_id))
    return frozenset((one, other) for one, other in rows)


def tell_apart(session: Session, kind: NameKind, identifiers: Iterable[str], author: Author) -> None:
    """Remember that no two of some records are the same. Raises NotFound, InputError where it is one."""
    wanted = sorted(set(identifiers))
    if len(wanted) < 2:
        raise InputError("Choose two names at least.")
    for identifier in wanted:
        row_of(session, kind, identifier)
    table = tables_of(kind).distinct
    with recording(session, author):
        for at, one in enumerate(wanted):
            for other in wanted[at + 1 :]:
                if session.get(table, (one, other)) is None:
                    session.add(table(record_id=one, other_id=other))
        session.flush()


def follow_merge(session: Session, kind: NameKind, keeper: str, gone: Iterable[str]) -> None:
    """Let the keeper be distinct from what those that go were distinct from."""
    table = tables_of(kind).distinct
    going = set(gone)
    concerned = or_(table.record_id.in_(going), table.other_id.in_(going))
    partners = {
        identifier
        for row in session.execute(select(table.record_id, table.other_id).where(concerned))
        for identifier in row
    } - going
    session.execute(delete(table).where(concerned).execution_options(synchronize_session=False))
    session.expire_all()
    for partner in sorted(partners - {keeper}):
        one, other = pair(keeper, partner)
        if session.get(table, (one, other)) is None:
            session.add(table(record_id=one, other_id=other))
    session.flush()

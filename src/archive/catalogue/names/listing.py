"""All people or all organisations for staff, with how many talks each has; and where old addresses lead."""

from collections import defaultdict
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.analysis.collation import surname_sort_key, swedish_sort_key
from archive.catalogue.names.kinds import tables_of
from archive.catalogue.tables.events import ContributionRow
from archive.model.names import NameEntry, NameKind

_SORT_KEYS: dict[NameKind, Callable[[str], str]] = {
    NameKind.PERSON: surname_sort_key,
    NameKind.ORGANISATION: swedish_sort_key,
}


def name_entries(session: Session, kind: NameKind) -> tuple[NameEntry, ...]:
    """Return all of a kind in the order of the alphabet, also those without a talk."""
    tables = tables_of(kind)
    session.flush()
    links = select(tables.link, func.count(ContributionRow.talk_id.distinct())).group_by(tables.link)
    counts = {identifier or "": count for identifier, count in session.execute(links)}
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for identifier, name in session.execute(select(tables.spelling.record_id, tables.spelling.name)):
        spellings[identifier].append(name)
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in session.execute(select(tables.link, tables.beside).distinct()):
        if one and other:
            beside[one].add(other)
    entries = [
        NameEntry(key, name, counts.get(key, 0), tuple(sorted(spellings[key])), frozenset(beside[key]))
        for key, name in session.execute(select(tables.record.id, tables.record.name))
    ]
    sort_key = _SORT_KEYS[kind]
    return tuple(sorted(entries, key=lambda entry: (sort_key(entry.name), entry.id)))


def present_id(session: Session, kind: NameKind, identifier: str) -> str | None:
    """Return the identifier of the record that one was merged into, None where it was not merged."""
    former = tables_of(kind).former
    return session.scalar(select(former.record_id).where(former.id == identifier))

"""The records of the catalogue that are alike, without those that staff have told apart."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from archive.catalogue.database.sessions import Session
from archive.catalogue.names.distinct import distinct_pairs, pair
from archive.model.names import NameEntry, NameKind
from archive.review.alike.pairs import AlikePair, alike_pairs


def alike_in(session: Session, kind: NameKind, entries: Collection[NameEntry]) -> tuple[AlikePair, ...]:
    """Return the pairs of a catalogue's names that are alike, the likeliest first."""
    distinct = distinct_pairs(session, kind)
    found = alike_pairs(kind, entries)
    return tuple(one for one in found if pair(one.one.id, one.other.id) not in distinct)


def by_record(pairs: Sequence[AlikePair]) -> Mapping[str, Sequence[NameEntry]]:
    """Return, by identifier, the records that each is alike."""
    found: defaultdict[str, list[NameEntry]] = defaultdict(list)
    for one in pairs:
        found[one.one.id].append(one.other)
        found[one.other.id].append(one.one)
    return found

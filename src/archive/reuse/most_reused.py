"""Which slides most talks have in common, in one deck and in the whole archive."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.catalogue.reuse import families
from archive.catalogue.reuse.families import Relative
from archive.model.visibility import Visibility
from archive.reuse.folding import is_stock
from archive.reuse.likeness import alike
from archive.reuse.same_slide import Copies, Copy, one_a_talk, seen_copies

_FAMILIES_MAX: Final = 400


@dataclass(frozen=True, slots=True)
class ReusedSlide:
    """A slide of the archive and how many talks have it: `copy` is the newest, `copies` the others."""

    copy: Copy
    copies: Copies

    @property
    def talk_count(self) -> int:
        """Return how many talks have it."""
        return 1 + len(self.copies.copies)


@dataclass(frozen=True, slots=True)
class DeckReuse:
    """Which slides of a deck are in other talks too.

    `slides`: where else each is, by number. `talks`: one document of each other talk with how many of the
    slides it has, most first. `boilerplate`: what was left out of both: agendas, thanks, slides of very many.
    """

    slides: dict[int, Copies]
    talks: tuple[tuple[Copy, int], ...]
    boilerplate: tuple[int, ...] = ()


def of_deck(
    session: Session, record: CatalogueRecord, numbers: Sequence[int], visitor: Visibility
) -> DeckReuse:
    """Return where else the slides of a document are; `numbers` are those that the visitor may see."""
    version_id = record.document.version.id
    wanted = frozenset(numbers)
    signed = families.own_signatures(session, version_id)
    own = {number: signed[number] for number in signed if number in wanted}
    relatives = families.relatives_of(
        session, {family for family, _ in own.values()}, visitor, without_version=version_id
    )
    same: dict[int, list[Relative]] = {}
    for number, (family, signature) in own.items():
        theirs = relatives.get(family, [])
        likes = alike(signature, [relative.signature for relative in theirs])
        same[number] = [relative for relative, like in zip(theirs, likes, strict=True) if like]
    every = {relative.key: relative for some in same.values() for relative in some}
    seen = {
        (copy.version_id, copy.number): copy
        for copy in seen_copies(session, list(every.values()), visitor)
        if copy.group != record.group
    }
    found = {
        number: Copies(one_a_talk(seen[relative.key] for relative in some if relative.key in seen))
        for number, some in same.items()
    }
    elsewhere = {number: copies for number, copies in found.items() if copies.copies}
    texts = pages.texts_at(session, [(version_id, number) for number in elsewhere])
    stock = {number for number in elsewhere if is_stock(texts[version_id, number])}
    return _deck_reuse(elsewhere, stock)


def _deck_reuse(found: dict[int, Copies], stock: set[int]) -> DeckReuse:
    boilerplate = tuple(
        number for number, copies in found.items() if copies.is_boilerplate or number in stock
    )
    kept = {number: copies for number, copies in found.items() if number not in boilerplate}
    counts: Counter[str] = Counter()
    documents: defaultdict[str, Counter[Copy]] = defaultdict(Counter)
    for copies in kept.values():
        for copy in copies.copies:
            counts[copy.group] += 1
            documents[copy.group][copy] += 1
    by_talk = {group: _representative(documents[group]) for group in counts}
    in_order = sorted(counts, key=lambda group: (-counts[group], by_talk[group].document_id))
    return DeckReuse(kept, tuple((by_talk[group], counts[group]) for group in in_order), boilerplate)


def _representative(copies: Counter[Copy]) -> Copy:
    """Return a slide of the document of a talk that has most of the slides."""
    of_document: Counter[str] = Counter()
    for copy, count in copies.items():
        of_document[copy.document_id] += count
    best = min(of_document, key=lambda document: (-of_document[document], document))
    return min((copy for copy in copies if copy.document_id == best), key=lambda copy: copy.number)


def most_reused(session: Session, visitor: Visibility, limit: int) -> tuple[ReusedSlide, ...]:
    """Return the slides that most talks have of what the visitor may see, those of most talks first.

    Those of very many talks are among them; `Copies.is_boilerplate` tells.
    """
    largest = families.reused(session, _FAMILIES_MAX, visitor)
    relatives = families.relatives_of(session, largest, visitor)
    every = [relative for some in relatives.values() for relative in some]
    seen = {(copy.version_id, copy.number): copy for copy in seen_copies(session, every, visitor)}
    found = [_reused(some, seen) for some in relatives.values()]
    reused = [one for one in found if one is not None and one.copies.copies]
    reused.sort(key=lambda one: (-one.talk_count, one.copy.document_id, one.copy.number))
    return tuple(reused[:limit])


def _reused(relatives: Sequence[Relative], seen: dict[tuple[str, int], Copy]) -> ReusedSlide | None:
    """Return the newest slide of a family that may be seen, with the slides that are the same as it."""
    visible = [relative for relative in relatives if relative.key in seen]
    if not visible:
        return None
    newest = one_a_talk(seen[relative.key] for relative in visible)[0]
    chosen = next(one for one in visible if one.key == (newest.version_id, newest.number))
    likes = alike(chosen.signature, [relative.signature for relative in visible])
    same = (seen[relative.key] for relative, like in zip(visible, likes, strict=True) if like)
    others = one_a_talk(copy for copy in same if copy.group != newest.group)
    return ReusedSlide(newest, Copies(others))

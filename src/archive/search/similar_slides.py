"""Finds slides of other talks that say much the same as one slide."""

from collections.abc import Callable, Collection, Mapping, Sequence

from archive.catalogue import pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.highlight.matcher import Matcher
from archive.index.query import MatchNone
from archive.index.search import GroupHit, PageRef, SearchRequest
from archive.model.visibility import Visibility
from archive.search.hit_reader import HitReader, visible_texts
from archive.search.results import SimilarSlide
from archive.search.similarity import SIMILAR_MIN, TermVectors, Texts, Wording, alike, is_same, more_like_this
from archive.search.understood import Index, visible_scope
from archive.visibility import may_see, may_see_page

_SIMILAR = 6
_CANDIDATES = 12


def similar_slides(
    index: Index,
    session: Session,
    record: CatalogueRecord,
    number: int,
    visitor: Visibility,
    wording_of: Callable[[Texts], Wording],
    vectors: TermVectors,
    shown_groups: Collection[str] = (),
) -> tuple[SimilarSlide, ...]:
    """Return slides of other talks that say much the same as one slide, the most alike first.

    Talks of `shown_groups` are shown beside them already: they are left out, and take up their places. Of
    the candidates only the words are read; all else only of those that are shown. `wording_of` and
    `vectors` remember: slides of one deck have many candidates in common.
    """
    own = PageRef(record.document.id, number)
    texts = _texts(session, {own.document: record}, [own], visitor).get(own)
    if not texts:
        return ()
    vocabulary = index.engine.vocabulary(visitor.rank)
    said = wording_of(texts)
    query = more_like_this(said, vocabulary)
    scope = visible_scope(index.engine, session, visitor)
    answer = index.engine.search(SearchRequest(query, scope, limit=_CANDIDATES + 1, best=1))
    others = {hit.best[0]: hit for hit in answer.groups if hit.group != record.group}
    first = list(others)[:_CANDIDATES]
    candidates = [ref for ref in first if others[ref].group not in shown_groups]
    found = records.records(session, sorted({ref.document for ref in candidates}))
    their = _texts(session, found, candidates, visitor)
    ours, *theirs = vectors.of([said, *map(wording_of, their.values())], vocabulary)
    likeness = {ref: alike(ours, vector) for ref, vector in zip(their, theirs, strict=True)}
    chosen = sorted((ref for ref in their if likeness[ref] >= SIMILAR_MIN), key=lambda ref: -likeness[ref])
    if not chosen:
        return ()
    places = max(0, _SIMILAR - (len(first) - len(candidates)))
    shown = [_of_one_slide(others[ref]) for ref in chosen[:places]]
    nothing = Matcher(MatchNone(), index.analyzer)
    return tuple(
        SimilarSlide(group, is_same(texts, their[PageRef(group.record.document.id, group.best[0].number)]))
        for group in HitReader(session, shown, nothing, visitor).groups()
    )


def _of_one_slide(hit: GroupHit) -> GroupHit:
    """Return a talk with the one slide that is shown of it: its others need not be counted."""
    return GroupHit(hit.group, hit.best, hit.best)


def _texts(
    session: Session, known: Mapping[str, CatalogueRecord], refs: Sequence[PageRef], visitor: Visibility
) -> dict[PageRef, Texts]:
    """Return the texts of slides that the visitor may read, each with its language, in the order given."""
    seen = {name: record for name, record in known.items() if may_see(visitor, record.rank)}
    places = {
        ref: (seen[ref.document].document.version.id, ref.number) for ref in refs if ref.document in seen
    }
    read = pages.texts_at(session, list(places.values()))
    visible = {ref: page for ref, place in places.items() if (page := read.get(place))}
    texts = {
        ref: tuple(visible_texts(page, visitor))
        for ref, page in visible.items()
        if may_see_page(visitor, page)
    }
    return {ref: said for ref, said in texts.items() if said}

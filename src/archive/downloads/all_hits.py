"""All pages that a question finds, in its order: listed at once, of one state of the index, read in portions.

What is read is looked at with the visitor's eyes once more, portion by portion: what was withdrawn, hidden or
replaced since the pages were listed is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.analysis.swedish import SwedishAnalyzer
from archive.catalogue import changes, pages, records
from archive.catalogue.database.sessions import Session
from archive.catalogue.pages import PageTexts
from archive.catalogue.records import CatalogueRecord
from archive.highlight.matcher import Matcher
from archive.index.engine import SearchEngine
from archive.index.search import PageRef
from archive.model.visibility import Visibility
from archive.search.hit_reader import snippet_of, visible_texts
from archive.search.matching_strategy import Answered
from archive.search.question import Question
from archive.search.service import SearchService
from archive.visibility import index_rank, may_see, may_see_page


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page that was found; `has_all_words`: not only some of the question's."""

    ref: PageRef
    has_all_words: bool


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was found and read; `rank` is the one from which on it is seen."""

    record: CatalogueRecord
    number: int
    texts: PageTexts
    has_all_words: bool
    rank: int


class AllHits:
    """What one question found for one visitor. It serves one thread."""

    def __init__(
        self, answered: Answered, analyzer: SwedishAnalyzer, visitor: Visibility, since: int
    ) -> None:
        """Take an answer with all of its groups.

        Args:
            answered: the answer, and the queries that were asked for it.
            analyzer: the one that made the index.
            visitor: who sees the pages.
            since: how far the index had come (number of a change).
        """
        self.visitor = visitor
        self.page_count = answered.answer.total_pages
        self.talk_count = answered.answer.total_groups
        self._groups = answered.answer.groups
        self._matcher = Matcher(answered.query, analyzer)
        self._some = Matcher(answered.some.query, analyzer) if answered.some else self._matcher
        self._since = since

    def documents(self) -> Sequence[str]:
        """Return the documents of all pages, each once, in the question's order."""
        return tuple(dict.fromkeys(ref.document for group in self._groups for ref in group.pages))

    def portions(self, page_count: int) -> Iterator[Sequence[ListedPage]]:
        """Yield all pages, `page_count` at a time: talks in order, the pages of each as they are read."""
        listed = (ListedPage(ref, not group.is_fallback) for group in self._groups for ref in group.pages)
        while portion := list(islice(listed, page_count)):
            yield portion

    def still_seen(self, session: Session, documents: Sequence[str]) -> dict[str, CatalogueRecord]:
        """Return those of the documents that the visitor still sees as they were found."""
        gone = changes.hidden_after(session, self._since)
        read = records.records(session, [one for one in documents if one not in gone])
        return {key: record for key, record in read.items() if may_see(self.visitor, record.rank)}

    def read(self, session: Session, portion: Sequence[ListedPage]) -> list[ReadPage]:
        """Return those of the pages that are still there for the visitor, in their order."""
        known = self.still_seen(session, list(dict.fromkeys(one.ref.document for one in portion)))
        here = [one for one in portion if one.ref.document in known]
        places = [(known[one.ref.document].document.version.id, one.ref.number) for one in here]
        texts = pages.texts_at(session, places)
        found = []
        for one, place in zip(here, places, strict=True):
            page, record = texts.get(place), known[one.ref.document]
            if page is not None and may_see_page(self.visitor, page):
                rank = index_rank(record.rank, page)
                found.append(ReadPage(record, one.ref.number, page, one.has_all_words, rank))
        return found

    def snippet(self, page: ReadPage) -> str:
        """Return the words around the matches on a page, as a page of results shows them."""
        matcher = self._matcher if page.has_all_words else self._some
        return "".join(part.text for part in snippet_of(page.texts, matcher, self.visitor).segments)

    def text(self, page: ReadPage) -> str:
        """Return all words of a page that the visitor may read, each of its parts on lines of its own."""
        return "\n".join(text for text, _ in visible_texts(page.texts, self.visitor) if text)


def all_hits(
    service: SearchService,
    engine: SearchEngine,
    analyzer: SwedishAnalyzer,
    session: Session,
    question: Question,
    visitor: Visibility,
) -> AllHits:
    """Return all pages that a page of results says to have found.

    Raises:
        IndexUnusable, SearchAway, Busy, CatalogueError: the archive itself is in trouble.
    """
    mark = engine.watermark()  # before the question: what changes meanwhile is left out
    answered = service.understand(session, question, visitor).answered()
    return AllHits(answered, analyzer, visitor, mark.seq if mark else 0)

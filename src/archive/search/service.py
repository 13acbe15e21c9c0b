"""A question in, a page of results out. Only what the visitor may see, in hits as in counts."""

from archive.analysis.swedish import SwedishAnalyzer
from archive.catalogue import pages
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import DocumentRecord
from archive.highlight.matcher import Matcher
from archive.index.engine import SearchEngine
from archive.index.query import MatchNone
from archive.index.search import SearchRequest
from archive.model.visibility import Visibility
from archive.query.more_like_this import more_like_this
from archive.search.hit_reader import HitReader, visible_texts
from archive.search.question import Question
from archive.search.results import ResultPage, SimilarSlide
from archive.search.similarity import SIMILAR_MIN, Similarity, is_same, wording
from archive.search.understood import Index, Meaning, Understood, meaning_of, visible_scope
from archive.settings_sections import SearchSettings
from archive.visibility import may_see, may_see_page

# Where the catalogue changed between the index's answer and the reading of its pages, both are asked again.
_ATTEMPTS = 3
_SIMILAR = 6
_CANDIDATES = 12


class SearchService:
    """Searches one archive. Safe to use from several threads."""

    def __init__(
        self, database: Database, engine: SearchEngine, analyzer: SwedishAnalyzer, settings: SearchSettings
    ) -> None:
        self._database = database
        self._index = Index(engine, analyzer, settings)

    def understand(self, session: Session, question: Question, visitor: Visibility) -> Understood:
        """Parse, read and compile a question once, for all that a visitor wants of it in a session."""
        return Understood(self._index, session, question, visitor, self._meaning(question, visitor))

    def search(self, question: Question, visitor: Visibility) -> ResultPage:
        """Answer a question for a visitor. Any text whatever gives a page of results.

        Raises:
            IndexUnusable, Busy, CatalogueError: the archive itself is in trouble.
        """
        meaning = self._meaning(question, visitor)
        for _ in range(_ATTEMPTS):
            with self._database.read() as session:
                understood = Understood(self._index, session, question, visitor, meaning)
                result, is_complete = understood.result_page()
            if is_complete:
                break
        return result

    def total(self, question: Question, visitor: Visibility) -> int:
        """Return on how many slides a question has all that it asks for."""
        with self._database.read() as session:
            return self.understand(session, question, visitor).total()

    def found(self, question: Question, visitor: Visibility) -> int:
        """Return on how many slides a question has all that it asks for, else some of it."""
        with self._database.read() as session:
            return self.understand(session, question, visitor).found()

    def similar(
        self, session: Session, record: DocumentRecord, number: int, visitor: Visibility
    ) -> tuple[SimilarSlide, ...]:
        """Return slides of other talks that say much the same as one slide, the most alike first."""
        if not may_see(visitor, record.rank):
            return ()
        texts = self._texts(session, record, number, visitor)
        if not texts:
            return ()
        engine, analyzer = self._index.engine, self._index.analyzer
        vocabulary = engine.vocabulary(visitor.rank)
        query = more_like_this(texts, analyzer, vocabulary)
        scope = visible_scope(engine, session, visitor)
        answer = engine.search(SearchRequest(query, scope, limit=_CANDIDATES + 1, best=1))
        others = [group for group in answer.groups if group.group != record.group][:_CANDIDATES]
        groups = tuple(HitReader(session, others, self.nothing_to_mark(), visitor).groups())
        own = wording(texts, analyzer)
        wordings = [
            wording(self._texts(session, group.record, group.best[0].number, visitor), analyzer)
            for group in groups
        ]
        similarity = Similarity(vocabulary, engine.counts()[1], [own, *wordings])
        alike = [similarity.between(own, other) for other in wordings]
        ranked = sorted(range(len(groups)), key=lambda at: -alike[at])
        return tuple(
            SimilarSlide(groups[at], is_same(own, wordings[at]))
            for at in ranked[:_SIMILAR]
            if alike[at] >= SIMILAR_MIN
        )

    def _texts(
        self, session: Session, record: DocumentRecord, number: int, visitor: Visibility
    ) -> list[tuple[str, str]]:
        """Return the texts of a slide that the visitor may read, each with its language."""
        found = pages.texts_at(session, [(record.document.version.id, number)])
        return [
            text
            for page in found.values()
            if may_see_page(visitor, page)
            for text in visible_texts(page, visitor)
        ]

    def nothing_to_mark(self) -> Matcher:
        """Return a matcher that finds nothing: for slides that are shown without any question."""
        return Matcher(MatchNone(), self._index.analyzer)

    def _meaning(self, question: Question, visitor: Visibility) -> Meaning:
        return meaning_of(self._index, question, visitor)

"""A question in, a page of results out. Only what the visitor may see, in hits as in counts."""

from collections.abc import Collection
from functools import lru_cache, partial

from archive.analysis.swedish import SwedishAnalyzer
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.highlight.matcher import Matcher
from archive.index.documents import Watermark
from archive.index.engine import SearchEngine
from archive.index.query import MatchNone
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.results import ResultPage, SimilarSlide
from archive.search.similar_slides import similar_slides
from archive.search.similarity import TermVectors, wording
from archive.search.understood import Index, Meaning, Understood, meaning_of
from archive.settings.sections import SearchSettings

# Where the catalogue changed between the index's answer and the reading of its pages, both are asked again.
_ATTEMPTS = 3
# A slide's words take about as much memory as its text.
_WORDINGS = 2048


class SearchService:
    """Searches one archive. Safe to use from several threads."""

    def __init__(
        self, database: Database, engine: SearchEngine, analyzer: SwedishAnalyzer, settings: SearchSettings
    ) -> None:
        self._database = database
        self._index = Index(engine, analyzer, settings)
        self._wording = lru_cache(maxsize=_WORDINGS)(partial(wording, analyzer=analyzer))
        self._vectors: dict[Visibility, tuple[Watermark | None, TermVectors]] = {}

    def understand(self, session: Session, question: Question, visitor: Visibility) -> Understood:
        """Parse, read and compile a question once, for all that a visitor wants of it in a session."""
        return Understood(self._index, session, question, visitor, self._meaning(question, visitor))

    def search(self, question: Question, visitor: Visibility) -> ResultPage:
        """Answer a question for a visitor. Any text whatever gives a page of results.

        Raises:
            IndexUnusable, SearchAway, Busy, CatalogueError: the archive itself is in trouble.
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
        self,
        session: Session,
        record: CatalogueRecord,
        number: int,
        visitor: Visibility,
        shown_groups: Collection[str] = (),
    ) -> tuple[SimilarSlide, ...]:
        """Return slides of other talks that say much the same as one slide, the most alike first.

        `shown_groups` are talks that are shown beside them, and left out here.
        """
        vectors = self._term_vectors(visitor)
        return similar_slides(
            self._index, session, record, number, visitor, self._wording, vectors, shown_groups
        )

    def _term_vectors(self, visitor: Visibility) -> TermVectors:
        """Return what weighs terms for a visitor, made anew where the index has changed."""
        watermark = self._index.engine.watermark()
        kept = self._vectors.get(visitor)
        if kept is None or kept[0] != watermark:
            kept = self._vectors[visitor] = watermark, TermVectors()
        return kept[1]

    def nothing_to_mark(self) -> Matcher:
        """Return a matcher that finds nothing: for slides that are shown without any question."""
        return Matcher(MatchNone(), self._index.analyzer)

    def _meaning(self, question: Question, visitor: Visibility) -> Meaning:
        return meaning_of(self._index, question, visitor)

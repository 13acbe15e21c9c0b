"""A question as one visitor asks it: parsed, read and compiled once, whatever is then wanted of it."""

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from archive.analysis.swedish import SwedishAnalyzer
from archive.catalogue import changes
from archive.catalogue.database.sessions import Session
from archive.highlight.matcher import Matcher
from archive.index.engine import SearchEngine
from archive.index.query import MatchAll
from archive.index.schema import Facet
from archive.index.search import PageRef, Scope, SearchAnswer, SearchRequest, Sort
from archive.model.visibility import Visibility
from archive.query.ast import Everything, ParsedQuery
from archive.query.compile import CompiledQuery, compile_query
from archive.query.parser import parse_query
from archive.query.query_expansion import Expander, Expansion
from archive.query.word_reader import read_words
from archive.query.word_readings import Readings
from archive.search.filters import facet_choices, with_present_names
from archive.search.hit_reader import HitReader
from archive.search.matching_strategy import Answered, ask
from archive.search.question import SHOWN_FACETS, Question, View
from archive.search.results import FacetChoice, ResultPage
from archive.settings.sections import SearchSettings
from archive.visibility import may_see_staff_words


@dataclass(frozen=True, slots=True)
class Index:
    """What questions are answered with."""

    engine: SearchEngine
    analyzer: SwedishAnalyzer
    settings: SearchSettings


@dataclass(frozen=True, slots=True)
class Meaning:
    """A question's tree, the readings of its words and its queries.

    They are those of one visitor: nothing is added to the words that they may not see.
    """

    query: ParsedQuery
    readings: Readings
    compiled: CompiledQuery


@dataclass(frozen=True, slots=True)
class DocumentMatches:
    """Which pages of a document match, in order, and what marks the question's words on them."""

    pages: tuple[int, ...]
    matcher: Matcher


class Understood:
    """A question in one state of the catalogue. It serves one thread while its session lasts."""

    def __init__(
        self, index: Index, session: Session, question: Question, visitor: Visibility, meaning: Meaning
    ) -> None:
        self.question = with_present_names(session, question)
        self.visitor = visitor
        self.meaning = meaning
        self._engine = index.engine
        self._analyzer = index.analyzer
        self._settings = index.settings
        self._session = session

    @cached_property
    def scope(self) -> Scope:
        """Return what the visitor may see, whatever values are chosen."""
        return visible_scope(self._engine, self._session, self.visitor)

    def in_document(self, document_id: str) -> DocumentMatches:
        """Return which slides of one document match, with what to mark. No words: none.

        They are those that a page of results counts: with all words, or with some where few talks have all.
        """
        compiled = self.meaning.compiled
        if compiled.relaxed is None and compiled.loose is None:
            return DocumentMatches(self._complete(document_id), Matcher(compiled.strict, self._analyzer))
        request = SearchRequest(compiled.strict, self.scope, limit=0, document=document_id)
        answered = ask(self._engine, compiled, request)
        pages = answered.answer.document_pages
        query = answered.query
        if answered.some and not (answered.complete != (0, 0) and self._complete(document_id)):
            query = answered.some.query
        return DocumentMatches(pages, Matcher(query, self._analyzer))

    def _complete(self, document_id: str) -> tuple[int, ...]:
        """Return which slides of a document have all that is asked for. No words: none."""
        if isinstance(self.meaning.query, Everything):
            return ()
        return self._engine.matching_pages(self.meaning.compiled.strict, self.scope, document_id)

    def documents(self) -> tuple[str, ...]:
        """Return all documents with a slide that has all that is asked for, by title."""
        strict = self.meaning.compiled.strict
        answer = self._engine.search(SearchRequest(strict, self._narrowed(), Sort.TITLE, limit=sys.maxsize))
        return tuple(dict.fromkeys(ref.document for group in answer.groups for ref in group.pages))

    def total(self) -> int:
        """Return how many slides have all that is asked for."""
        request = SearchRequest(self.meaning.compiled.strict, self._narrowed(), limit=0)
        return self._engine.search(request).total_pages

    def answered(self, talks_max: int = sys.maxsize) -> Answered:
        """Return all talks, or the first ones, in the question's order, each with its slides."""
        strict, sort = self.meaning.compiled.strict, self.question.sort
        request = SearchRequest(strict, self._narrowed(), sort, limit=talks_max, best=0)
        return ask(self._engine, self.meaning.compiled, request)

    def found(self) -> int:
        """Return how many slides are found: those with all that is asked for, else those with some."""
        answered = self.answered(0)
        complete = answered.complete[1] if answered.complete else answered.answer.total_pages
        return complete or answered.answer.total_pages

    def facet_values(self, facet: Facet, max_values: int) -> tuple[FacetChoice, ...]:
        """Return the values of one facet that would narrow the question, most talks first."""
        request = SearchRequest(
            MatchAll(), self._narrowed(), limit=0, facets=(facet,), facet_limit=max_values
        )
        return self._choices(ask(self._engine, self.meaning.compiled, request).answer)[facet]

    def result_page(self) -> tuple[ResultPage, bool]:
        """Return the page of results asked for, and whether the catalogue had all that the index found."""
        answered, page_number = self._answered()
        answer = answered.answer
        matcher = Matcher(answered.query, self._analyzer)
        some = Matcher(answered.some.query, self._analyzer) if answered.some else matcher
        lacking = self._lacking(answered)
        reader = HitReader(self._session, answer.groups, matcher, self.visitor, some, lacking)
        result = ResultPage(
            question=self.question,
            groups=tuple(reader.groups()),
            total_groups=answer.total_groups,
            total_slides=answer.total_pages,
            page_number=page_number,
            last_page=self._last_page(answer),
            facets=self._choices(answer),
            is_everything=isinstance(self.meaning.query, Everything),
            complete=answered.complete,
            widened=self._widened(answered),
        )
        return result, reader.is_complete

    def _lacking(self, answered: Answered) -> Mapping[PageRef, tuple[str, ...]]:
        """Return which words the slides lack that are shown for some of the words."""
        some = [ref for hit in answered.answer.groups if hit.is_fallback for ref in hit.best]
        if answered.some is None or not some:
            return {}
        words = answered.some.words
        holding = self._engine.holding([query for _, query in words], some)
        return {
            ref: tuple(word for (word, _), refs in zip(words, holding, strict=True) if ref not in refs)
            for ref in some
        }

    def _answered(self) -> tuple[Answered, int]:
        """Return the answer for the page asked for, or the last one, and that page's number."""
        page = min(max(self.question.page, 1), self._settings.result_pages_max)
        answered = self._ask(page)
        last = self._last_page(answered.answer)
        if page <= last:
            return answered, page
        return (self._ask(last) if answered.answer.total_groups else answered), last

    def _ask(self, page: int) -> Answered:
        settings, compiled = self._settings, self.meaning.compiled
        best = {View.SLIDES: settings.slides_per_group_in_grid, View.LIST: 1}
        request = SearchRequest(
            compiled.strict,
            self._narrowed(),
            self.question.sort,
            offset=(page - 1) * settings.groups_per_page,
            limit=settings.groups_per_page,
            best=best.get(self.question.view, settings.slides_per_group),
            facets=SHOWN_FACETS,
            facet_limit=settings.facet_values_max,
        )
        return ask(self._engine, compiled, request)

    def _narrowed(self) -> Scope:
        scope = self.scope
        return Scope(scope.max_rank, self.question.filters, scope.masked)

    def _widened(self, answered: Answered) -> tuple[Expansion, ...]:
        """Return what was added to the words of the query that was asked."""
        compiled = self.meaning.compiled
        return compiled.widened if answered.some is None else (*compiled.widened, *compiled.translated)

    def _last_page(self, answer: SearchAnswer) -> int:
        wanted = math.ceil(answer.total_groups / self._settings.groups_per_page)
        return max(1, min(wanted, self._settings.result_pages_max))

    def _choices(self, answer: SearchAnswer) -> Mapping[Facet, tuple[FacetChoice, ...]]:
        return facet_choices(self._session, answer, self.question.filters, self.visitor.rank)


def meaning_of(index: Index, question: Question, visitor: Visibility) -> Meaning:
    """Parse a question, read its words and compile them, for this visitor."""
    query = parse_query(question.text)
    expander = None
    if question.widen:
        vocabulary = index.engine.vocabulary(visitor.rank)
        expander = Expander(index.analyzer, index.analyzer.lexicon, vocabulary)
    readings = read_words(query, index.analyzer, expander)
    return Meaning(query, readings, compile_query(query, readings, may_see_staff_words(visitor)))


def visible_scope(engine: SearchEngine, session: Session, visitor: Visibility) -> Scope:
    """Return what a visitor may see: documents that a pending change hides are masked."""
    # The watermark first: were the changes read first, one that the index follows meanwhile were masked by
    # nobody.
    mark = engine.watermark()
    return Scope(visitor.rank, {}, changes.hidden_after(session, mark.seq if mark else 0))

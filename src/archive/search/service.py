"""A question in, a page of results out. Only what the visitor may see, in hits as in counts."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from archive.analysis.collation import swedish_sort_key
from archive.analysis.swedish import SwedishAnalyzer
from archive.catalogue import changes, facet_labels, pages, records, regions
from archive.catalogue.database.database import Database
from archive.highlight.matcher import Matcher
from archive.index.engine import SearchEngine
from archive.index.query import MatchAll, MatchNone
from archive.index.schema import Facet
from archive.index.search import Scope, SearchAnswer, SearchRequest
from archive.model.visibility import Visibility
from archive.query.ast import Everything, ParsedQuery
from archive.query.compile import CompiledQuery, compile_query
from archive.query.more_like_this import alike
from archive.query.parser import parse_query
from archive.query.query_expansion import Expander
from archive.query.word_readings import read_words
from archive.search.hit_reader import HitReader, visible_texts
from archive.search.matching_strategy import Answered, ask, tree_asked
from archive.search.question import Question, View
from archive.search.results import FacetChoice, GroupResult, ResultPage
from archive.settings import SearchSettings
from archive.visibility import may_see, may_see_page, may_see_staff_words

SHOWN_FACETS = (
    Facet.FOCUS_AREA,
    Facet.EVENT,
    Facet.YEAR,
    Facet.REGION,
    Facet.ORGANISATION,
    Facet.SPEAKER,
    Facet.KIND,
    Facet.LANGUAGE,
    Facet.MEDIA_TYPE,
)
# Where the catalogue changed between the index's answer and the reading of its pages, both are asked again.
_MORE_ATTEMPTS = 2
_SIMILAR = 6


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question in the forms that are needed to answer it."""

    question: Question
    visitor: Visibility
    expansion: CompiledQuery
    is_everything: bool


class SearchService:
    """Searches one archive. Safe to use from several threads."""

    def __init__(
        self, database: Database, engine: SearchEngine, analyzer: SwedishAnalyzer, settings: SearchSettings
    ) -> None:
        self._database = database
        self._engine = engine
        self._analyzer = analyzer
        self._settings = settings

    def matcher(self, text: str, visitor: Visibility, widen: bool = True) -> Matcher:
        """Return what finds the question's words in a text, to mark them for a visitor.

        `widen`: as in `Question`, here and in `matching_slides`.
        """
        expansion = self._expanded(parse_query(text), visitor, widen)
        with self._database.read() as session:
            tree = tree_asked(self._engine, expansion, self._scope(session, visitor, {}))
        return Matcher(tree, self._analyzer)

    def search(self, question: Question, visitor: Visibility) -> ResultPage:
        """Answer a question for a visitor. Any text whatever gives a page of results.

        Raises IndexUnusable, Busy or CatalogueError where the archive itself is in trouble.
        """
        query = parse_query(question.text)
        expansion = self._expanded(query, visitor, question.widen)
        asked = _Asked(
            question=question,
            visitor=visitor,
            expansion=expansion,
            is_everything=isinstance(query, Everything),
        )
        result, is_complete = self._try(asked)
        for _ in range(_MORE_ATTEMPTS):
            if is_complete:
                break
            result, is_complete = self._try(asked)
        return result

    def matching_slides(
        self, text: str, document_id: str, visitor: Visibility, widen: bool = True
    ) -> tuple[int, ...]:
        """Return the numbers of one document's slides that match, in order. No words: none.

        They are those that a page of results counts: with all words, or with some where few talks have all.
        """
        query = parse_query(text)
        if isinstance(query, Everything):
            return ()
        expansion = self._expanded(query, visitor, widen)
        with self._database.read() as session:
            scope = self._scope(session, visitor, {})
            tree = tree_asked(self._engine, expansion, scope)
            return self._engine.matching_pages(tree, scope, document_id)

    def expansion(self, question: Question, visitor: Visibility) -> CompiledQuery:
        """Return what a question stands for, to a visitor."""
        return self._expanded(parse_query(question.text), visitor, question.widen)

    def total(self, question: Question, visitor: Visibility) -> int:
        """Return on how many slides a question has all that it asks for."""
        expansion = self.expansion(question, visitor)
        with self._database.read() as session:
            scope = self._scope(session, visitor, question.filters)
            return self._engine.search(SearchRequest(expansion.strict, scope, limit=1, best=1)).total_pages

    def similar(self, document_id: str, number: int, visitor: Visibility) -> tuple[GroupResult, ...]:
        """Return slides of other talks that say much the same as one slide, the most alike first."""
        with self._database.read() as session:
            record = records.record(session, document_id)
            found = pages.texts_at(session, [(record.document.version.id, number)])
            texts = [visible_texts(page, visitor) for page in found.values() if may_see_page(visitor, page)]
            if not texts or not may_see(visitor, record.rank):
                return ()
            tree = alike(texts[0], self._analyzer, self._engine.vocabulary(visitor.rank))
            scope = self._scope(session, visitor, {})
            answer = self._engine.search(SearchRequest(tree, scope, limit=_SIMILAR + 1, best=1))
            others = [group for group in answer.groups if group.group != record.group][:_SIMILAR]
            return tuple(HitReader(session, others, Matcher(MatchNone(), self._analyzer), visitor).groups())

    def facet_values(
        self, question: Question, facet: Facet, visitor: Visibility, max_values: int
    ) -> tuple[FacetChoice, ...]:
        """Return the values of one facet that would narrow a question, most talks first."""
        expansion = self.expansion(question, visitor)
        with self._database.read() as session:
            scope = self._scope(session, visitor, question.filters)
            request = SearchRequest(
                MatchAll(), scope, limit=1, best=1, facets=(facet,), facet_limit=max_values
            )
            answer = ask(self._engine, expansion, request).answer
            return _choices(session, answer, question.filters, visitor.rank)[facet]

    def _try(self, asked: _Asked) -> tuple[ResultPage, bool]:
        """Return a result page, and whether the catalogue had all that the index found."""
        with self._database.read() as session:
            answered, page = self._answer(session, asked)
            answer = answered.answer
            matcher = Matcher(answered.tree, self._analyzer)
            reader = HitReader(session, answer.groups, matcher, asked.visitor)
            result = ResultPage(
                question=asked.question,
                groups=tuple(reader.groups()),
                total_groups=answer.total_groups,
                total_pages=answer.total_pages,
                page=page,
                page_count=self._page_count(answer),
                facets=_choices(session, answer, asked.question.filters, asked.visitor.rank),
                is_everything=asked.is_everything,
                complete=answered.complete,
                widened=asked.expansion.widened,
            )
        return result, reader.is_complete

    def _answer(self, session: Session, asked: _Asked) -> tuple[Answered, int]:
        """Return the answer for the page asked for, or the last one, and that page's number."""
        page = min(max(asked.question.page, 1), self._settings.pages_max)
        answered = self._ask(session, asked, page)
        last = self._page_count(answered.answer)
        if page <= last:
            return answered, page
        return (self._ask(session, asked, last) if answered.answer.total_groups else answered), last

    def _expanded(self, query: ParsedQuery, visitor: Visibility, widen: bool = True) -> CompiledQuery:
        """Return what a question stands for, to this visitor: nothing is added that they may not see."""
        analyzer = self._analyzer
        words = self._engine.vocabulary(visitor.rank)
        expander = Expander(analyzer, analyzer.lexicon, words) if widen else None
        return compile_query(query, read_words(query, analyzer, expander), may_see_staff_words(visitor))

    def _ask(self, session: Session, asked: _Asked, page: int) -> Answered:
        limit = self._settings.groups_per_page
        return ask(
            self._engine,
            asked.expansion,
            SearchRequest(
                tree=asked.expansion.strict,
                scope=self._scope(session, asked.visitor, asked.question.filters),
                sort=asked.question.sort,
                offset=(page - 1) * limit,
                limit=limit,
                best=self._best(asked.question.view),
                facets=SHOWN_FACETS,
                facet_limit=self._settings.facet_values_max,
            ),
        )

    def _best(self, view: View) -> int:
        settings = self._settings
        return settings.slides_per_group_in_grid if view is View.SLIDES else settings.slides_per_group

    def _scope(
        self, session: Session, visitor: Visibility, filters: Mapping[Facet, tuple[str, ...]]
    ) -> Scope:
        # The watermark first: were the changes read first, one that the index follows meanwhile were masked
        # by nobody.
        mark = self._engine.watermark()
        hidden = changes.hidden_after(session, mark.seq if mark else 0)
        return Scope(max_rank=visitor.rank, filters=filters, masked=hidden)

    def _page_count(self, answer: SearchAnswer) -> int:
        wanted = math.ceil(answer.total_groups / self._settings.groups_per_page)
        return max(1, min(wanted, self._settings.pages_max))


def _choices(
    session: Session, answer: SearchAnswer, filters: Mapping[Facet, tuple[str, ...]], max_rank: int
) -> dict[Facet, tuple[FacetChoice, ...]]:
    choices: dict[Facet, tuple[FacetChoice, ...]] = {}
    counted_values = {facet.value: [one.value for one in counted] for facet, counted in answer.facets.items()}
    labelled = facet_labels.labels(session, counted_values)
    for facet, counted in answer.facets.items():
        chosen = filters.get(facet, ())
        seen = {count.value for count in counted}
        names = labelled[facet.value]
        broader = regions.broader_codes(session, sorted(seen)) if facet is Facet.REGION else {}
        rows = [
            FacetChoice(
                one.value,
                names.get(one.value, one.value),
                one.groups,
                one.pages,
                one.value in chosen,
                broader.get(one.value, ""),
            )
            for one in counted
        ]
        rows += [
            FacetChoice(value, name, 0, 0, True)
            for value in chosen
            if value not in seen
            and (name := facet_labels.visible_label(session, facet.value, value, max_rank))
        ]
        rows.sort(key=lambda row: (-row.groups, swedish_sort_key(row.label)))
        choices[facet] = tuple(rows)
    return choices

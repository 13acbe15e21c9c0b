"""A question in, a page of results out. Only what the visitor may see, in hits as in counts."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from archive.catalogue import changes, labels, regions
from archive.catalogue.database import Database
from archive.hits import HitReader
from archive.index.base import Scope, SearchAnswer, SearchEngine, SearchRequest
from archive.model import Visibility
from archive.results import FacetChoice, Question, ResultPage, View
from archive.settings import SearchSettings
from archive.text.analysis import Analyzer
from archive.text.expand import expand
from archive.text.matching import Matcher
from archive.text.parse import parse_query
from archive.text.query import Everything
from archive.text.terms import Facet, TermTree

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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question in the forms that are needed to answer it."""

    question: Question
    visitor: Visibility
    tree: TermTree
    matcher: Matcher
    is_everything: bool


class SearchService:
    """Searches one archive. Safe to use from several threads."""

    def __init__(
        self, database: Database, engine: SearchEngine, analyzer: Analyzer, settings: SearchSettings
    ) -> None:
        self._database = database
        self._engine = engine
        self._analyzer = analyzer
        self._settings = settings

    def matcher(self, text: str) -> Matcher:
        """Return what finds the question's words in a text, to mark them."""
        return Matcher(expand(parse_query(text), self._analyzer, notes=True), self._analyzer)

    def search(self, question: Question, visitor: Visibility) -> ResultPage:
        """Answer a question for a visitor. Any text whatever gives a page of results.

        Raises IndexUnusable, Busy or CatalogueError where the archive itself is in trouble.
        """
        query = parse_query(question.text)
        tree = expand(query, self._analyzer, notes=visitor is Visibility.STAFF)
        asked = _Asked(
            question=question,
            visitor=visitor,
            tree=tree,
            matcher=Matcher(tree, self._analyzer),
            is_everything=isinstance(query, Everything),
        )
        result, is_complete = self._try(asked)
        for _ in range(_MORE_ATTEMPTS):
            if is_complete:
                break
            result, is_complete = self._try(asked)
        return result

    def matching_slides(self, text: str, document_id: str, visitor: Visibility) -> tuple[int, ...]:
        """Return the numbers of one document's slides that match, in order. No words: none."""
        query = parse_query(text)
        if isinstance(query, Everything):
            return ()
        tree = expand(query, self._analyzer, notes=visitor is Visibility.STAFF)
        with self._database.read() as session:
            return self._engine.matching_pages(tree, self._scope(session, visitor, {}), document_id)

    def facet_values(
        self, question: Question, facet: Facet, visitor: Visibility, max_values: int
    ) -> tuple[FacetChoice, ...]:
        """Return the values of one facet that would narrow a question, most talks first."""
        tree = expand(parse_query(question.text), self._analyzer, notes=visitor is Visibility.STAFF)
        with self._database.read() as session:
            scope = self._scope(session, visitor, question.filters)
            request = SearchRequest(tree, scope, limit=1, best=1, facets=(facet,), facet_limit=max_values)
            answer = self._engine.search(request)
            return _choices(session, answer, question.filters, visitor.rank)[facet]

    def _try(self, asked: _Asked) -> tuple[ResultPage, bool]:
        """Return a result page, and whether the catalogue had all that the index found."""
        with self._database.read() as session:
            answer, page = self._answer(session, asked)
            reader = HitReader(session, answer.groups, asked.matcher, asked.visitor)
            result = ResultPage(
                question=asked.question,
                groups=tuple(reader.groups()),
                total_groups=answer.total_groups,
                total_pages=answer.total_pages,
                page=page,
                page_count=self._page_count(answer),
                facets=_choices(session, answer, asked.question.filters, asked.visitor.rank),
                is_everything=asked.is_everything,
            )
        return result, reader.is_complete

    def _answer(self, session: Session, asked: _Asked) -> tuple[SearchAnswer, int]:
        """Return the answer for the page asked for, or the last one, and that page's number."""
        page = min(max(asked.question.page, 1), self._settings.pages_max)
        answer = self._ask(session, asked, page)
        if page <= self._page_count(answer):
            return answer, page
        page = self._page_count(answer)
        return (self._ask(session, asked, page) if answer.total_groups else answer), page

    def _ask(self, session: Session, asked: _Asked, page: int) -> SearchAnswer:
        limit = self._settings.groups_per_page
        return self._engine.search(
            SearchRequest(
                tree=asked.tree,
                scope=self._scope(session, asked.visitor, asked.question.filters),
                sort=asked.question.sort,
                offset=(page - 1) * limit,
                limit=limit,
                best=self._best(asked.question.view),
                facets=SHOWN_FACETS,
                facet_limit=self._settings.facet_values_max,
            )
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
    for facet, counted in answer.facets.items():
        chosen = filters.get(facet, ())
        seen = {count.value for count in counted}
        names = labels.labels(session, facet.value, sorted(seen))
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
            if value not in seen and (name := labels.visible_label(session, facet.value, value, max_rank))
        ]
        choices[facet] = tuple(rows)
    return choices

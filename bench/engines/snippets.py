"""Times the grouped search of our engines together with the snippets of its thirty slides.

Texts come from the catalogue in an archive; here they are made beforehand and not counted. FTS5 and Tantivy
hold no texts in this comparison and take no part.
"""

import statistics
import time
from collections.abc import Mapping, Sequence

from archive.analysis.swedish import open_analyzer
from archive.catalogue.pages import PageTexts
from archive.highlight.matcher import Matcher
from archive.index.search import PageRef
from archive.model.visibility import Visibility
from archive.query.compile import compile_query
from archive.query.parser import parse_query
from archive.query.word_reader import read_words
from archive.search.hit_reader import snippet_of
from archive.settings.sections import TextSettings
from bench.engines.archive_engine import ArchiveEngine
from bench.engines.timing import Timed
from bench.report import percentile
from bench.synthetic.catalogue import page_of, page_texts
from bench.synthetic.decks import DeckMaker
from bench.synthetic.questions import Question

TITLE = "grouped top 10 with 3 slides each, and snippets"


def time_snippets(
    engines: Mapping[str, ArchiveEngine], maker: DeckMaker, questions: Sequence[Question], rounds: int
) -> list[Timed]:
    """Put every question to every engine and make the snippets of the best slides of each group."""
    analyzer, pages = open_analyzer(TextSettings()), _Pages(maker)
    taken: dict[str, list[list[float]]] = {name: [[] for _ in questions] for name in engines}
    hits: list[int] = []
    for round_ in range(rounds):
        for number, question in enumerate(questions):
            for name, engine in engines.items():
                if round_ == 0:
                    answer = engine.answer(question)
                    pages.learn([ref for group in answer.groups for ref in group.best])
                    hits.append(answer.total_pages)
                began = time.process_time_ns()
                query = parse_query(" OR ".join(question.words))
                compiled = compile_query(query, read_words(query, analyzer), notes=False)
                matcher = Matcher(compiled.strict, analyzer)
                for group in engine.answer(question).groups:
                    for ref in group.best:
                        snippet_of(pages.page(ref), matcher, Visibility.PUBLIC)
                taken[name][number].append((time.process_time_ns() - began) / 1e6)
    timed = []
    for name in engines:
        each = [statistics.median(spent) for spent in taken[name]]
        first = statistics.median(spent[0] for spent in taken[name])
        middle, slow = statistics.median(each), percentile(each, 95)
        timed.append(Timed(TITLE, name, middle, slow, first, statistics.median(hits)))
    return timed


class _Pages:
    """The words of the decks' pages as the catalogue gives them, generated once."""

    def __init__(self, maker: DeckMaker) -> None:
        self._maker = maker
        self._pages: dict[str, dict[int, PageTexts]] = {}

    def learn(self, refs: Sequence[PageRef]) -> None:
        """Make the pages of the decks named."""
        for ref in refs:
            if ref.document not in self._pages:
                deck = self._maker.deck(int(ref.document.removeprefix("deck")))
                self._pages[ref.document] = {page.number: page_texts(page_of(page)) for page in deck.pages}

    def page(self, ref: PageRef) -> PageTexts:
        """Return the words of a generated page."""
        return self._pages[ref.document][ref.number]

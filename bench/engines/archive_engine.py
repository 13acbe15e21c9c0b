"""The archive's own engines in the bench, through the protocol of all engines."""

from collections.abc import Iterable, Sequence

from archive.index.documents import Batch, IndexDocument, Watermark
from archive.index.engine import SearchEngine
from archive.index.query import AllOf, AnyOf, BestOf, Query, Term, TermPhrase, TermPrefix
from archive.index.schema import TextField
from archive.index.search import Scope, SearchAnswer, SearchRequest
from bench.engines.base import TEXT_BOOSTS, Found
from bench.synthetic.questions import COUNTED_FACETS, Question, Work

_BODY = TextField.EXACT


class ArchiveEngine:
    """Any engine that keeps the protocol. Next to the ten best it groups slides by talk, always."""

    def __init__(self, engine: SearchEngine) -> None:
        self.name = engine.name
        self._engine = engine

    def fill(self, chunks: Iterable[Sequence[IndexDocument]]) -> None:
        with self._engine.rebuild() as rebuild:
            for chunk in chunks:
                rebuild.write(chunk)
            rebuild.publish(Watermark("bench", 1, "bench"))

    def ask(self, question: Question) -> Found:
        answer = self.answer(question)
        best = [(page.document, page.number) for group in answer.groups for page in group.best]
        return Found(answer.total_pages, tuple(best))

    def answer(self, question: Question) -> SearchAnswer:
        """Return the whole answer."""
        return self._engine.search(
            SearchRequest(
                query=_tree(question),
                scope=Scope(filters={facet: (value,) for facet, value in question.filters.items()}),
                limit=10,
                best=3 if question.work is Work.GROUPED else 1,
                facets=COUNTED_FACETS if question.work is Work.FACETS else (),
                facet_limit=1000,
            )
        )

    def replace(self, old: IndexDocument, new: IndexDocument) -> None:
        if old.id != new.id:
            raise ValueError("A deck is replaced by one of its own identifier.")
        watermark = self._engine.watermark()
        seq = watermark.seq if watermark else 0
        self._engine.write(Batch((new,), Watermark("bench", seq + 1, "bench")))

    def size_bytes(self) -> int:
        return self._engine.size_bytes()

    def close(self) -> None:
        self._engine.close()


def _tree(question: Question) -> Query:
    words = question.words
    match question.work:
        case Work.AND:
            return AllOf(tuple(Term(_BODY, word) for word in words))
        case Work.OR | Work.GROUPED:
            return AnyOf(tuple(Term(_BODY, word) for word in words))
        case Work.PHRASE:
            return TermPhrase(_BODY, words)
        case Work.PREFIX:
            return TermPrefix(_BODY, words[0])
        case Work.EXPANDED:
            return AllOf((_alternatives(words[:2]), _alternatives(words[2:])))
    return Term(_BODY, words[0])


def _alternatives(words: Sequence[str]) -> BestOf:
    return BestOf(
        tuple(Term(TextField(name), word, boost) for name, boost in TEXT_BOOSTS.items() for word in words)
    )

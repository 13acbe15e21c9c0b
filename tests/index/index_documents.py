"""Records for engine tests from plain strings, so that no analyser is needed."""

from collections.abc import Iterable, Mapping, Sequence

from archive.analysis.analyzer import Token
from archive.index.documents import Batch, IndexDocument, IndexPage, Watermark
from archive.index.engine import SearchEngine
from archive.index.query import Query
from archive.index.schema import Facet, TextField
from archive.index.search import Scope, SearchAnswer, SearchRequest, Sort

EPOCH = "epoch-1"
FINGERPRINT = "fingerprint-1"
PART_BOOST = 0.6
STAFF = 2


def tokens(text: str) -> list[Token]:
    """Return a token per word. `_` leaves a place free; `gruvnät|gruva|nät` puts parts at its place."""
    made = []
    start = 0
    for position, word in enumerate(text.split()):
        for nth, term in enumerate(word.split("|")):
            if term != "_":
                boost = PART_BOOST if nth else 1.0
                made.append(Token(term, position, start, start + len(word), boost))
        start += len(word) + 1
    return made


def page(number: int, text: str = "", rank: int = 0, language: str = "", **fields: str) -> IndexPage:
    """Return a page; `text` goes into TEXT and EXACT, other fields by their names."""
    texts = {TextField.TEXT: text, TextField.EXACT: text}
    texts.update({TextField(name): value for name, value in fields.items()})
    return IndexPage(number, rank, {name: tokens(value) for name, value in texts.items() if value}, language)


def document(
    identifier: str,
    *pages: IndexPage | str,
    group: str = "",
    date: str = "",
    sort_title: str = "",
    group_order: str = "",
    order: str = "",
    **facets: str,
) -> IndexDocument:
    """Return a document; a page may be just its text, facets are given as words (`year="2019 2020"`)."""
    made = [one if isinstance(one, IndexPage) else page(n, one) for n, one in enumerate(pages, start=1)]
    held = {Facet(name): values.split() for name, values in facets.items()}
    return IndexDocument(identifier, group or identifier, made, held, date, sort_title, group_order, order)


def mark(seq: int, epoch: str = EPOCH, fingerprint: str = FINGERPRINT) -> Watermark:
    """Return a watermark."""
    return Watermark(epoch, seq, fingerprint)


def write(engine: SearchEngine, *documents: IndexDocument, seq: int = 0) -> None:
    """Write documents in one batch, with the next watermark if none is given."""
    held = engine.watermark()
    engine.write(Batch(documents, mark(seq or (held.seq + 1 if held else 1))))


def ask(
    engine: SearchEngine,
    query: Query,
    *,
    max_rank: int = 0,
    filters: Mapping[Facet, Sequence[str]] | None = None,
    masked: Iterable[str] = (),
    sort: Sort = Sort.RELEVANCE,
    offset: int = 0,
    limit: int = 20,
    best: int = 3,
    facets: Sequence[Facet] = (),
    facet_limit: int = 50,
) -> SearchAnswer:
    """Search with everything in one call."""
    scope = Scope(max_rank, filters or {}, frozenset(masked))
    return engine.search(SearchRequest(query, scope, sort, offset, limit, best, facets, facet_limit))


def found(engine: SearchEngine, query: Query, max_rank: int = 0) -> set[tuple[str, int]]:
    """Return all pages that match, as (document, number)."""
    answer = ask(engine, query, max_rank=max_rank, limit=100_000)
    return {(ref.document, ref.number) for group in answer.groups for ref in group.pages}


def documents_found(engine: SearchEngine, query: Query, max_rank: int = 0) -> str:
    """Return the documents that match, sorted, as one string."""
    return " ".join(sorted({name for name, _ in found(engine, query, max_rank)}))


def order(answer: SearchAnswer) -> list[str]:
    """Return the groups of an answer in their order."""
    return [group.group for group in answer.groups]


def counted(answer: SearchAnswer, facet: Facet) -> list[tuple[str, int, int]]:
    """Return a facet's counts as (value, groups, pages)."""
    return [(one.value, one.groups, one.pages) for one in answer.facets[facet]]

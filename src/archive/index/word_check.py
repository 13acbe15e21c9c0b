"""Whether the index has the words that the catalogue has: of each page its longest word, by its pages."""

from collections.abc import Iterator, Sequence

from archive.analysis.analyzer import Analyzer
from archive.catalogue import documents
from archive.catalogue.database.database import Database
from archive.index.catalogue_reader import read
from archive.index.documents import IndexDocument
from archive.index.engine import SearchEngine
from archive.index.indexer import DOCUMENTS_PER_READ, REBUILD, Indexer
from archive.index.query import Term
from archive.index.schema import TextField
from archive.index.search import Scope
from archive.model.visibility import Visibility

_EVERYTHING = Scope(max_rank=Visibility.STAFF.rank)


def other_words(
    database: Database, engine: SearchEngine, analyzer: Analyzer, indexer: Indexer
) -> Iterator[str]:
    """Yield a sentence for each document whose words in the index are not those of the catalogue.

    One that was changed meanwhile is looked at once more, when the index has followed.

    Raises IndexUnusable, SearchAway and CatalogueError.
    """
    after, doubtful = "", []
    while True:
        with database.read() as session:
            state = read(session, documents.document_ids(session, after, DOCUMENTS_PER_READ))
        if not state.ids:
            break
        doubtful += [one.id for one in state.index(analyzer) if not _is_as_indexed(engine, one)]
        after = state.ids[-1]
    if doubtful:
        indexer.catch_up()
    for document_id in doubtful:
        with database.read() as session:
            again: Sequence[IndexDocument] = read(session, [document_id]).index(analyzer)
        if not all(_is_as_indexed(engine, one) for one in again):
            yield f"Index: document {document_id} has other words than the catalogue. {REBUILD}"


def _is_as_indexed(engine: SearchEngine, document: IndexDocument) -> bool:
    words = {
        page.number: {token.term for token in page.terms.get(TextField.EXACT, ())} for page in document.pages
    }
    longest = {max(of_page, key=lambda word: (len(word), word)) for of_page in words.values() if of_page}
    for word in sorted(longest):
        expected = {number for number, of_page in words.items() if word in of_page}
        if set(engine.matching_pages(Term(TextField.EXACT, word), _EVERYTHING, document.id)) != expected:
            return False
    return True

"""Questions compiled with real readings of their words."""

from archive.analysis.analyzer import Analyzer
from archive.query.ast import ParsedQuery
from archive.query.compile import CompiledQuery, compile_query
from archive.query.parser import parse_query
from archive.query.query_expansion import Expander
from archive.query.word_reader import read_words
from tests.analysis.analyzers import ANALYZER


def compiled(
    question: str | ParsedQuery,
    notes: bool = False,
    expander: Expander | None = None,
    analyzer: Analyzer = ANALYZER,
) -> CompiledQuery:
    """Return what a question means, as the search service makes it."""
    query = parse_query(question) if isinstance(question, str) else question
    return compile_query(query, read_words(query, analyzer, expander), notes)

"""What finds a question's words in texts, made as the search service makes it."""

from archive.analysis.analyzer import Analyzer
from archive.highlight.matcher import Matcher
from archive.query.compile import expand
from archive.query.parser import parse_query
from tests.analysis.analyzers import ANALYZER


def matcher_of(question: str, analyzer: Analyzer = ANALYZER) -> Matcher:
    """Return the matcher of a question."""
    return Matcher(expand(parse_query(question), analyzer, notes=True), analyzer)

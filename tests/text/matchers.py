"""What finds a question's words in texts, made as the search service makes it."""

from archive.text.analysis import Analyzer
from archive.text.expand import expand
from archive.text.matching import Matcher
from archive.text.parse import parse_query
from tests.analysis import ANALYZER


def matcher_of(question: str, analyzer: Analyzer = ANALYZER) -> Matcher:
    """Return the matcher of a question."""
    return Matcher(expand(parse_query(question), analyzer, notes=True), analyzer)

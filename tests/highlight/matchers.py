"""What finds a question's words in texts, made as the search service makes it."""

from archive.analysis.analyzer import Analyzer
from archive.highlight.matcher import Matcher
from tests.analysis.analyzers import ANALYZER
from tests.query.compiling import compiled


def matcher_of(question: str, analyzer: Analyzer = ANALYZER) -> Matcher:
    """Return the matcher of a question."""
    return Matcher(compiled(question, notes=True, analyzer=analyzer).strict, analyzer)

"""More like this: the words that tell most of what a page says."""

from collections import Counter
from collections.abc import Sequence

from archive.analysis.analyzer import Analyzer
from archive.index.query import AnyOf, BestOf, MatchNone, Query, Term
from archive.index.schema import TextField
from archive.index.vocabulary import Vocabulary

_TERMS_MAX = 16
_CANDIDATES_MAX = 200
# A term of one page alone leads nowhere; one of very many says nothing.
_PAGES_MIN = 2


def more_like_this(texts: Sequence[tuple[str, str]], analyzer: Analyzer, vocabulary: Vocabulary) -> Query:
    """Return a query of a page's rarest terms.

    Only whole words count, not parts of compounds; a term that the page repeats weighs more.

    Args:
        texts: the page's texts, each with its language.
        analyzer: what the index was made with.
        vocabulary: the words that the visitor may find.
    """
    counts: Counter[str] = Counter()
    for text, language in texts:
        counts.update(token.term for token in analyzer.main_terms(text, language) if token.boost == 1.0)
    terms = [term for term in counts if len(term) > 2][:_CANDIDATES_MAX]
    frequencies = dict(zip(terms, vocabulary.frequencies(TextField.TEXT, terms), strict=True))
    rarest = sorted((term for term in terms if frequencies[term] >= _PAGES_MIN), key=frequencies.__getitem__)
    if not rarest:
        return MatchNone()
    return AnyOf(
        tuple(
            BestOf(
                (Term(TextField.TITLE, term, 1.5), Term(TextField.TEXT, term, 1.0 + 0.2 * (counts[term] > 1)))
            )
            for term in rarest[:_TERMS_MAX]
        )
    )

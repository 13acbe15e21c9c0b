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


def alike(texts: Sequence[tuple[str, str]], analyzer: Analyzer, vocabulary: Vocabulary) -> Query:
    """Return a tree of a page's rarest terms. `texts` are (text, language) pairs.

    Only whole words count, not parts of compounds; a term that the page repeats weighs more.
    """
    counts: Counter[str] = Counter()
    for text, language in texts:
        counts.update(one.term for one in analyzer.main_terms(text, language) if one.boost == 1.0)
    terms = [term for term in counts if len(term) > 2][:_CANDIDATES_MAX]
    held = dict(zip(terms, vocabulary.frequencies(TextField.TEXT, terms), strict=True))
    rarest = sorted((term for term in terms if held[term] >= _PAGES_MIN), key=lambda term: held[term])
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

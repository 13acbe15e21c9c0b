"""A vocabulary of a few words, for tests."""

from collections.abc import Iterator, Sequence

from archive.index.schema import TextField
from archive.index.vocabulary import Vocabulary
from tests.analysis.analyzers import ANALYZER


class Words(Vocabulary):
    """The words of some sentences in either language, each on one page."""

    def __init__(self, *sentences: str) -> None:
        text = "\n".join(sentences)
        self._held = {
            TextField.EXACT: {token.term for token in ANALYZER.exact_terms(text)},
            TextField.TEXT: {
                token.term for language in ("sv", "en") for token in ANALYZER.main_terms(text, language)
            },
        }

    def page_count(self) -> int:
        return 1

    def frequencies(self, field: TextField, terms: Sequence[str]) -> Sequence[int]:
        return [int(term in self._held.get(field, ())) for term in terms]

    def terms(self, field: TextField) -> Iterator[tuple[str, int]]:
        yield from ((term, 1) for term in sorted(self._held.get(field, ())))

"""Whether an uploaded file is findable: a search for one of its words, as staff make it, has found it."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from archive.catalogue import pages
from archive.catalogue.database.database import Database
from archive.catalogue.uploads import readings
from archive.catalogue.uploads.readings import Unconfirmed
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.service import SearchService

_WORD = re.compile(r"[^\W_]+")
_TELLING = re.compile(r"[^\W\d_]{4,40}")
# Words that are looked for: one is enough, but a word may be one that the language reads away.
_TRIED = 4


class Confirming:
    """Counts the words of uploaded files and looks for them."""

    def __init__(self, database: Database, search: SearchService) -> None:
        """Take the catalogue, and what answers questions."""
        self._database = database
        self._search = search

    def confirm_all(self) -> int:
        """Look for all files that were read and not found yet; return how many were found.

        Raises IndexUnusable, SearchAway, Busy and CatalogueError.
        """
        with self._database.read() as session:
            waiting = readings.unconfirmed(session, datetime.now(UTC))
        return sum(self._confirm(one) for one in waiting)

    def _confirm(self, one: Unconfirmed) -> bool:
        with self._database.read() as session:
            read = pages.pages(session, one.version_id)
        texts = [block.text for page in read for block in page.blocks]
        word_count = sum(len(_WORD.findall(text)) for text in texts)
        is_found = any(self._finds(one.document_id, word) for word in _rarest(texts))
        if is_found or one.word_count != word_count:
            with self._database.write() as session:
                readings.confirm(session, one.upload_id, one.number, word_count, is_found)
        return is_found

    def _finds(self, document_id: str, word: str) -> bool:
        question = Question(word, widen=False)
        with self._database.read() as session:
            understood = self._search.understand(session, question, Visibility.STAFF)
            return bool(understood.in_document(document_id).pages)


def _rarest(texts: Iterable[str]) -> list[str]:
    """Return a few words that tell these texts from others: those said least often, the longest first."""
    counts = Counter(word.lower() for text in texts for word in _TELLING.findall(text))
    words = counts or Counter(word.lower() for text in texts for word in _WORD.findall(text))
    return sorted(words, key=lambda word: (words[word], -len(word), word))[:_TRIED]

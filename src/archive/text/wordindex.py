"""All words looked at so far, by what they can be found by, so that a question need not look again.

Texts of an archive repeat the same words. Each is analysed once a process; a question then asks which known
words answer it, and finds them in any number of texts with look-ups alone.
"""

import threading
from collections.abc import Iterable
from itertools import chain
from weakref import WeakKeyDictionary

from archive.text.analysis import Analyzer
from archive.text.tokens import surface

# About 40 MB; beyond it the words are learned anew.
_WORDS_MAX = 120_000


class WordIndex:
    """Words of one language as they stand in texts, by surface form and index terms. Safe in threads.

    `version` grows whenever words are learned, before they are said to be known.
    """

    def __init__(self, analyzer: Analyzer, language: str) -> None:
        self._analyzer = analyzer
        self._language = language
        self._lock = threading.Lock()
        self._by_key: dict[str, list[str]] = {}
        self._known: set[str] = set()
        self.version = 0

    def __len__(self) -> int:
        return len(self._known)

    def learn(self, words: Iterable[str]) -> None:
        """Analyse those of some words that are not known yet."""
        if self._known.issuperset(words):
            return
        new = set(words).difference(self._known)
        keys = {word: self.keys(word) for word in new}
        with self._lock:
            added = [word for word in keys if word not in self._known]
            for word in added:
                for key in keys[word]:
                    self._by_key.setdefault(key, []).append(word)
            self.version += 1
            self._known.update(added)

    def found_by(self, keys: Iterable[str]) -> set[str]:
        """Return the known words with any of some surface forms or index terms."""
        return set(chain.from_iterable(list(self._by_key.get(key, ())) for key in keys))

    def keys(self, word: str) -> set[str]:
        """Return all that a word can be found by: its surface form and its index terms."""
        return {surface(word), *(one.term for one in self._analyzer.word_terms(word, self._language))}


_lock = threading.Lock()
_indexes: "WeakKeyDictionary[Analyzer, dict[str, WordIndex]]" = WeakKeyDictionary()


def word_index(analyzer: Analyzer, language: str) -> WordIndex:
    """Return the words of an analyser's language that are known in this process."""
    with _lock:
        of_analyzer = _indexes.setdefault(analyzer, {})
        found = of_analyzer.get(language)
        if found is None or len(found) > _WORDS_MAX:
            found = of_analyzer[language] = WordIndex(analyzer, language)
        return found

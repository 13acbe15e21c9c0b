"""Analyses the words of the index once, beside the searches, so that the first pages of results need not."""

import threading
import time

from archive.errors import ArchiveError
from archive.index.base import SearchEngine
from archive.model import Visibility
from archive.text.analysis import Analyzer
from archive.text.terms import TextField

# As many as the analyser remembers.
_WORDS_MAX = 100_000
_FREQUENCY_MIN = 2
# Searches get their turn: a pause after every so many words.
_WORDS_AT_ONCE = 100
_PAUSE_S = 0.005


def learn_words(
    engine: SearchEngine, analyzer: Analyzer, visitor: Visibility, stop: threading.Event | None = None
) -> int:
    """Analyse the words that stand on two pages or more; return how many. Ends early when `stop` is set."""
    count = 0
    for word, frequency in engine.vocabulary(visitor.rank).terms(TextField.EXACT):
        if frequency < _FREQUENCY_MIN:
            continue
        analyzer.word_terms(word, "sv")
        count += 1
        if count == _WORDS_MAX or (stop is not None and stop.is_set()):
            break
        if stop is not None and count % _WORDS_AT_ONCE == 0:
            time.sleep(_PAUSE_S)
    return count


class WordLearner:
    """Learns an index's words in a thread of its own, from `start` to `close`."""

    def __init__(self, engine: SearchEngine, analyzer: Analyzer, visitor: Visibility) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._learn, args=(engine, analyzer, visitor), name="word-learner", daemon=True
        )

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End, and wait until the index is let go."""
        self._stop.set()
        self._thread.join()

    def _learn(self, engine: SearchEngine, analyzer: Analyzer, visitor: Visibility) -> None:
        try:
            learn_words(engine, analyzer, visitor, self._stop)
        except ArchiveError:
            return  # the index is being made anew: words are then learnt as pages show them

"""Counts what is asked, for staff: which questions come again and again, and which find nothing.

Of who asks nothing is kept: a day and a question. A question is counted in memory and written by
`flush` once in a while, so that no page of results waits for it. What looks like something about a person (an
address of e-mail, a long number) is not counted at all.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from archive.analysis.normalize import normalize
from archive.catalogue.database.database import Database
from archive.catalogue.operation import question_counts
from archive.errors import ArchiveError
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.service import SearchService
from archive.visibility import finds_more_than_everybody, may_see_staff_words

_log = logging.getLogger(__name__)

MAX_CHARS = 80
FLUSH_EVERY_S = 60.0
_STOP_S = 10.0
_WAITING_MAX = 2_000
_SEARCHES_A_FLUSH = 50
# E-mail addresses, personal identity numbers and telephone numbers, however they are written.
_PERSONAL = re.compile(r"@|\d{6}|(?:\d[ -]?){9}")
_SPACES = re.compile(r"\s+")


class AskedQuestions:
    """The questions that wait to be written. Safe for several threads."""

    def __init__(
        self, database: Database, search: SearchService, today: Callable[[], date] = question_counts.today
    ) -> None:
        self._database = database
        self._search = search
        self._today = today
        self._lock = threading.Lock()
        self._waiting: dict[tuple[date, str], tuple[int, bool | None]] = {}
        self._told_cause = ""

    def note(self, question: Question, visitor: Visibility, has_hits: bool) -> None:
        """Count a question that a visitor has asked; has no effect for staff, and where it is narrowed.

        Whether it finds something is what the public finds: for members that is looked up by `flush`.
        """
        text = counted_text(question)
        if not text or may_see_staff_words(visitor):
            return
        key = self._today(), text
        with self._lock:
            count, known = self._waiting.get(key, (0, None))
            if count or len(self._waiting) < _WAITING_MAX:
                is_known = not finds_more_than_everybody(visitor)
                self._waiting[key] = count + 1, has_hits if is_known else known

    def flush(self) -> int:
        """Write what was counted; return how many questions.

        What cannot be written now waits on; a cause is logged once, and again only after it had passed.
        """
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        if not waiting:
            return 0
        try:
            count = self._write(waiting)
        except ArchiveError as error:
            if error.code != self._told_cause:
                _log.warning("Questions cannot be counted just now, and wait: %s", error.message)
            self._told_cause = error.code
            with self._lock:
                for key, (count, has_hits) in waiting.items():
                    newer, known = self._waiting.get(key, (0, None))
                    self._waiting[key] = count + newer, has_hits if known is None else known
            return 0
        self._told_cause = ""
        return count

    @contextmanager
    def written_regularly(self, every_s: float = FLUSH_EVERY_S) -> Iterator[None]:
        """Write what was counted every minute while the context lasts, and at its end."""
        is_over = threading.Event()

        def write() -> None:
            while not is_over.wait(every_s):
                self.flush()
            self.flush()

        thread = threading.Thread(target=write, name="asked-questions", daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join(_STOP_S)

    def _write(self, waiting: dict[tuple[date, str], tuple[int, bool | None]]) -> int:
        by_day: dict[date, dict[str, tuple[int, bool]]] = {}
        searches = 0
        for (day, text), (count, has_hits) in waiting.items():
            if has_hits is None:
                searches += 1
                if searches > _SEARCHES_A_FLUSH:
                    continue  # a flood of questions must not become one of searches
                has_hits = bool(self._search.search(Question(text), Visibility.PUBLIC).total_groups)
            by_day.setdefault(day, {})[text] = count, has_hits
        with self._database.write() as session:
            return sum(question_counts.add(session, day, asked) for day, asked in by_day.items())


def counted_text(question: Question) -> str:
    """Return a question as it is counted: in small letters, one space between words; "" if it is not."""
    if question.filters or question.page != 1:
        return ""
    text = _SPACES.sub(" ", normalize(question.text)).strip().casefold()
    return "" if len(text) > MAX_CHARS or _PERSONAL.search(text) else text

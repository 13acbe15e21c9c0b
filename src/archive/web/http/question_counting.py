"""Questions that visitors ask are counted while the site is served, unless a setting says otherwise."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import Flask, current_app

from archive.disk.data_folder import is_read_only
from archive.search.asked_questions import AskedQuestions
from archive.search.results import ResultPage
from archive.web.http.context import current_visitor

if TYPE_CHECKING:
    from archive.app import Archive

FLUSH_EVERY_S = 60.0
_EXTENSION = "archive.asked_questions"
_STOP_S = 10.0


def install(app: Flask, archive: "Archive") -> None:
    """Give the application a place where questions are counted, where they are to be."""
    settings = archive.settings
    if settings.web.count_questions and not is_read_only(settings.data):
        app.extensions[_EXTENSION] = AskedQuestions(archive.database, archive.search)


def note_question(result: ResultPage) -> None:
    """Count the question of a page of results for the visitor of this request."""
    asked: AskedQuestions | None = current_app.extensions.get(_EXTENSION)
    if asked is not None:
        asked.note(result.question, current_visitor(), bool(result.total_groups))


@contextmanager
def counting(app: Flask, every_s: float = FLUSH_EVERY_S) -> Iterator[None]:
    """Write what was counted every minute while the context lasts, and at its end."""
    asked: AskedQuestions | None = app.extensions.get(_EXTENSION)
    if asked is None:
        yield
        return
    is_over = threading.Event()

    def write() -> None:
        while not is_over.wait(every_s):
            asked.flush()
        asked.flush()

    thread = threading.Thread(target=write, name="asked-questions", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(_STOP_S)

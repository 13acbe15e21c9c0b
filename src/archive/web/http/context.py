"""What every view needs: the archive, the visitor, and records that this visitor may see."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import Flask, current_app, g

from archive.app.job_overview import Overviews
from archive.baskets.files import BasketFiles
from archive.catalogue import records
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.disk.data_folder import is_read_only
from archive.errors import NotFound
from archive.model.visibility import Visibility
from archive.search.asked_questions import AskedQuestions
from archive.visibility import may_see, may_see_staff_words

if TYPE_CHECKING:
    from archive.app import Archive

_EXTENSION = "archive"
_OVERVIEWS = "archive.overviews"
_BASKETS = "archive.baskets"
_ASKED = "archive.asked_questions"


def install(app: Flask, archive: "Archive") -> None:
    """Let the application show `archive`, and give the templates the site's name and the visitor's level."""
    app.extensions[_EXTENSION] = archive
    app.extensions[_OVERVIEWS] = Overviews(
        archive.database, archive.pictures, archive.engine, archive.indexer, archive.settings
    )
    app.extensions[_BASKETS] = BasketFiles(
        archive.originals, archive.pictures, archive.settings, archive.clean_copies
    )
    if archive.settings.web.count_questions and not is_read_only(archive.settings.data):
        app.extensions[_ASKED] = AskedQuestions(archive.database, archive.search)
    app.context_processor(
        lambda: {
            "site_name": archive.settings.web.site_name,
            "is_staff_view": may_see_staff_words(current_visitor()),
        }
    )


def current_archive() -> "Archive":
    """Return the archive that this application shows."""
    archive: Archive = current_app.extensions[_EXTENSION]
    return archive


def current_overviews() -> Overviews:
    """Return what tells the state of all work in this archive."""
    overviews: Overviews = current_app.extensions[_OVERVIEWS]
    return overviews


def current_baskets() -> BasketFiles:
    """Return what makes files of gathered slides, one at a time."""
    baskets: BasketFiles = current_app.extensions[_BASKETS]
    return baskets


def asked_questions_of(app: Flask) -> AskedQuestions | None:
    """Return what counts the questions that visitors of an application ask; None where none are counted."""
    asked: AskedQuestions | None = app.extensions.get(_ASKED)
    return asked


def current_visitor() -> Visibility:
    """Return the visitor's level: that of their account, and at least `web.visitor`, everybody's."""
    level: Visibility | None = g.get("visitor")
    return level or Visibility(current_archive().settings.web.visitor)


def raise_visitor(level: Visibility) -> None:
    """Let the visitor of this request see as much as a level allows, or more where everybody may."""
    g.visitor = max(level, current_visitor(), key=lambda one: one.rank)


def keep_visitor_below(level: Visibility) -> None:
    """Let the visitor of this request see what a level allows, also where everybody may see more."""
    g.visitor = level


def visible_record(session: Session, document_id: str) -> CatalogueRecord:
    """Return a document with its talk and event.

    Raises:
        NotFound: there is no such document, or the visitor may not see it (the two cannot be told apart).
        Gone: the visitor could see it, but it was withdrawn.
    """
    if not records.was_visible(session, document_id, current_visitor().rank):
        raise NotFound("There is no such document.")
    record = records.record(session, document_id)
    if not may_see(current_visitor(), record.rank):
        raise NotFound("There is no such document.")
    return record


@contextmanager
def seen_as(level: Visibility) -> Iterator[None]:
    """Render what is inside as for a visitor of a level who has not signed in."""
    kept = {name: g.get(name) for name in ("visitor", "signed_in")}
    keep_visitor_below(level)
    g.signed_in, g.preview_of = None, level
    try:
        yield
    finally:
        g.visitor, g.signed_in, g.preview_of = kept["visitor"], kept["signed_in"], None


def preview_of() -> Visibility | None:
    """Return as whose eyes the page is rendered, None for a page that is no preview."""
    level: Visibility | None = g.get("preview_of")
    return level


def request_reference() -> str:
    """Return the reference of the request that is answered, for journal and log: the same each time."""
    if "request_reference" not in g:
        g.request_reference = secrets.token_hex(4)
    reference: str = g.request_reference
    return reference

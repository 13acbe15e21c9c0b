"""Atom feeds: the newest of what a question finds, and the newest events.

A feed of a person, a region, an event … is that of the question with this one filter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, render_template, url_for

from archive.catalogue.events import events
from archive.catalogue.listing.dates import events_given
from archive.index.schema import Facet
from archive.index.search import Sort
from archive.search.question import Question, View
from archive.search.results import ResultPage
from archive.web.http.context import current_archive, current_visitor
from archive.web.http.language import gettext
from archive.web.presenters.addresses import parameters, request_question
from archive.web.presenters.api.record_answers import whole_address
from archive.web.presenters.feeds.entries import Entry, document_entry, event_entry, updated
from archive.web.presenters.feeds.sending import feed_response, permanent_address
from archive.web.presenters.names import choice_name
from archive.web.views.api.contract import promises
from archive.web.views.api.search_query import FeedQuery

blueprint = Blueprint("feeds", __name__)

_ATOM = "application/atom+xml"
_EVENTS = 30


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `identifier` stays the same for ever; `page_url` is where people read the same."""

    identifier: str
    title: str
    self_url: str
    page_url: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> str:
        """Return when it changed."""
        return updated(self.entries)


def install(app: Flask) -> None:
    """Let the templates link to the feed of a question."""
    app.jinja_env.globals.update(feed_address=feed_address, feed_of=_feed_of)


def feed_address(question: Question) -> str:
    """Return the address of the feed of a question."""
    return url_for("feeds.search_feed") + _asked(question)


def _feed_of(facet: str, value: str) -> str:
    """Return the address of the feed of a record: of the question with this filter alone."""
    return feed_address(Question(filters={Facet(facet): (value,)}))


@blueprint.get("/search.atom")
@promises(None, "Feeds", media_type=_ATOM, asks=FeedQuery)
def search_feed() -> Response:
    """Answer with the newest talks and documents that a question finds; without one with those of all."""
    question = replace(request_question(), sort=Sort.NEWEST, page=1, view=View.CARDS)
    result = current_archive().search.search(question, current_visitor())
    asked = _asked(question)
    feed = Feed(
        identifier=permanent_address("feeds.search_feed") + asked,
        title=_title(result),
        self_url=whole_address("feeds.search_feed") + asked,
        page_url=whole_address("search.index") + asked,
        entries=[document_entry(group) for group in result.groups],
    )
    return _response(feed)


@blueprint.get("/e/feed.atom")
@promises(None, "Feeds", media_type=_ATOM, ignores=True)
def event_feed() -> Response:
    """Answer with the newest events."""
    rank = current_visitor().rank
    with current_archive().database.read() as session:
        latest = events.latest_events(session, rank, _EVENTS)
        given = events_given(session, [event.id for event in latest], rank)
    name = current_archive().settings.web.site_name
    feed = Feed(
        identifier=permanent_address("feeds.event_feed"),
        title=f"{name}: {gettext('Seminarier')}",
        self_url=whole_address("feeds.event_feed"),
        page_url=whole_address("events.index"),
        entries=[event_entry(event, given.get(event.id)) for event in latest],
    )
    return _response(feed)


def _response(feed: Feed) -> Response:
    return feed_response(render_template("feeds/feed.xml", feed=feed), _ATOM)


def _asked(question: Question) -> str:
    """Return the words and filters of a question as the query of an address."""
    pairs = parameters(replace(question, sort=Sort.RELEVANCE, page=1, view=View.CARDS))
    return f"?{urlencode(pairs)}" if pairs else ""


def _title(result: ResultPage) -> str:
    """Return the site's name with what is asked for."""
    chosen = [
        choice_name(facet, choice.value, choice.label)
        for facet, choices in result.facets.items()
        for choice in choices
        if choice.chosen
    ]
    asked = ", ".join(filter(None, (result.question.text, *chosen)))
    return f"{current_archive().settings.web.site_name}: {asked or gettext('Det nyaste')}"

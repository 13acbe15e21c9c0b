"""The sitemap for search engines, in parts where it is long; and the description of the search box.

Both tell what everybody may see, whoever asks.
"""

import math
from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, render_template, request, url_for

from archive.catalogue.database.sessions import Session
from archive.catalogue.events import directory, events
from archive.catalogue.events.directory import revision
from archive.catalogue.listing.dates import documents_given
from archive.errors import NotFound
from archive.model.visibility import Visibility
from archive.web.http.cache import kept_since
from archive.web.http.context import current_archive
from archive.web.presenters.api.document_answers import moment
from archive.web.presenters.api.record_answers import whole_address
from archive.web.presenters.feeds.sending import feed_response
from archive.web.views.api.contract import promises

blueprint = Blueprint("sitemap", __name__)

_XML = "application/xml"
_OPENSEARCH = "application/opensearchdescription+xml"
ADDRESSES_MAX = 50_000
"""How many addresses one file has, as sitemaps.org has it."""

_PAGES = ("search.index", "events.index", "directories.people", "directories.organisations")
_MORE_PAGES = ("directories.regions", "directories.focus_areas", "about.about", "search.guide")
_PLACEHOLDER = "0000000000"
Listed = tuple[str, str]
"""An address on the site, and when what it leads to last came in ("" where that is not known)."""


@blueprint.get("/sitemap.xml")
@promises(None, "Feeds", media_type=_XML, ignores=True)
def sitemap() -> Response:
    """Answer with the addresses of all pages, or with those of the parts of the sitemap."""
    listed = _listed()
    if len(listed) <= ADDRESSES_MAX:
        return _part(listed)
    count = math.ceil(len(listed) / ADDRESSES_MAX)
    parts = [whole_address("sitemap.sitemap_part", number=number) for number in range(1, count + 1)]
    return feed_response(render_template("feeds/sitemap_index.xml", parts=parts), _XML)


@blueprint.get("/sitemap-<int:number>.xml")
@promises(None, "Feeds", {"number": "The number of a part, from 1"}, media_type=_XML, ignores=True)
def sitemap_part(number: int) -> Response:
    """Answer with a part of the sitemap."""
    listed = _listed()
    first = (number - 1) * ADDRESSES_MAX
    if not 0 <= first < len(listed):
        raise NotFound("The sitemap has no such part.")
    return _part(listed[first : first + ADDRESSES_MAX])


@blueprint.get("/opensearch.xml")
@promises(None, "Feeds", media_type=_OPENSEARCH, ignores=True)
def opensearch() -> Response:
    """Describe the search box to browsers."""
    name = current_archive().settings.web.site_name
    return feed_response(render_template("feeds/opensearch.xml", name=name), _OPENSEARCH)


def _part(listed: Sequence[Listed]) -> Response:
    root = request.host_url.rstrip("/")
    return feed_response(render_template("feeds/sitemap.xml", listed=listed, root=root), _XML)


def _listed() -> Sequence[Listed]:
    with current_archive().database.read() as session:
        now = revision(session), request.script_root
        return kept_since(now, "sitemap", lambda: _addresses(session), Visibility.PUBLIC.rank)


def _addresses(session: Session) -> list[Listed]:
    rank = Visibility.PUBLIC.rank
    given: dict[str, datetime] = documents_given(session, rank)
    document = url_for("documents.document", document_id=_PLACEHOLDER)  # once, not for each of very many
    found: list[Listed] = [(url_for(endpoint), "") for endpoint in (*_PAGES, *_MORE_PAGES)]
    found += [(document.replace(_PLACEHOLDER, key), moment(at)) for key, at in given.items()]
    found += [(url_for("events.event", event_id=one.id), "") for one in events.events(session, rank)]
    found += [
        (url_for("events.focus_area", focus_area_id=one.id), "") for one in events.focus_areas(session, rank)
    ]
    found += [(url_for("events.person", person_id=one.id), "") for one in directory.people(session, rank)]
    found += [
        (url_for("events.organisation", organisation_id=one.id), "")
        for one in directory.organisations(session, rank)
    ]
    found += [
        (url_for("events.region", code=one.region.code), "")
        for one in directory.listed_regions(session, rank)
    ]
    return found

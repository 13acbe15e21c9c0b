"""Assembly of the web application."""

from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import StrictUndefined

from archive.web import routes
from archive.web.citing import asked, bibliography, negotiation
from archive.web.http import (
    authorship,
    cache,
    context,
    csrf,
    language,
    large_bodies,
    parameters,
    proxy,
    security,
    sending,
    signed_in,
    streaming,
    traffic,
)
from archive.web.http.api import rates, sharing
from archive.web.presenters import account_texts, addresses, edit_texts, hit_downloads, job_texts, names
from archive.web.presenters.bulk import plans, selections
from archive.web.presenters.feeds import json_ld, linked_data
from archive.web.presenters.feeds import sending as feed_sending
from archive.web.presenters.imports import texts as import_texts
from archive.web.presenters.records import field_texts
from archive.web.routes import Application
from archive.web.views import (
    about,
    account,
    accounts,
    directories,
    documents,
    errors,
    events,
    files,
    jobs,
    metrics,
    reuse,
    search,
    sign_in,
    staff,
    upload_forms,
)
from archive.web.views import downloads as downloads
from archive.web.views import erasing as erasing
from archive.web.views import journal as journal
from archive.web.views import queue as queue
from archive.web.views.api import documents as api_documents
from archive.web.views.api import happenings as api_happenings
from archive.web.views.api import names as api_names
from archive.web.views.api import reference as api_reference
from archive.web.views.api import search as api
from archive.web.views.authentication import oidc, passkeys
from archive.web.views.baskets import files as basket_files
from archive.web.views.baskets import page as basket_page
from archive.web.views.bulk import changes as bulk
from archive.web.views.bulk import tables as bulk_tables
from archive.web.views.citations import references, versions
from archive.web.views.feeds import atom, sitemap
from archive.web.views.imports import review as import_review
from archive.web.views.imports import start as imports_start
from archive.web.views.names import editing as name_editing
from archive.web.views.names import listing as name_listing
from archive.web.views.publishing import document as publishing
from archive.web.views.publishing import drafts
from archive.web.views.records import document_talk, withdrawing
from archive.web.views.records import editing as records
from archive.web.views.records import listing as record_lists
from archive.web.views.records import preview as record_previews
from archive.web.views.submitting import members as send_in
from archive.web.views.submitting import proposals, speakers

if TYPE_CHECKING:
    from archive.app import Archive


PARTS = (
    security,
    signed_in,
    csrf,
    rates,
    sharing,
    authorship,
    language,
    parameters,
    errors,
    sending,
    cache,
    addresses,
    names,
    hit_downloads,
    account_texts,
    job_texts,
    edit_texts,
    field_texts,
    asked,
    negotiation,
    bibliography,
    import_texts,
    plans,
    selections,
    feed_sending,
    json_ld,
    linked_data,
)
_VIEWS = (
    search,
    documents,
    files,
    events,
    directories,
    about,
    api,
    basket_page,
    basket_files,
    api_happenings,
    api_names,
    api_documents,
    api_reference,
    atom,
    sitemap,
    sign_in,
    account,
    accounts,
    staff,
    upload_forms,
    send_in,
    speakers,
    proposals,
    drafts,
    publishing,
    queue,
    record_lists,
    records,
    record_previews,
    imports_start,
    import_review,
    withdrawing,
    document_talk,
    passkeys,
    oidc,
    jobs,
    metrics,
    journal,
    name_listing,
    name_editing,
    reuse,
    bulk,
    bulk_tables,
    downloads,
    references,
    versions,
    erasing,
)


def create_app(archive: "Archive") -> Flask:
    """Return the web application that shows `archive`."""
    app = Application("archive.web")
    app.config.update(
        MAX_CONTENT_LENGTH=archive.settings.web.body_max_bytes,
        PROVIDE_AUTOMATIC_OPTIONS=False,
    )
    app.url_map.strict_slashes = False
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    routes.share_compiled_templates(app)
    proxy.install(app, archive.settings.web)
    context.install(app, archive)
    large_bodies.install(app, archive)
    streaming.install(app, archive.settings.downloads.at_once_max)
    traffic.install(app)
    sending.tag_and_compress(app)
    for part in PARTS:
        part.install(app)
    send_in.install(app)
    for view in _VIEWS:
        app.register_blueprint(view.blueprint)
    return app

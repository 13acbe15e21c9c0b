"""Who is answered what, for every route: the one table of the access matrix.

A cell says who gets the record; others are told that there is none (404), as for one that never was.

    all, members, staff   the visitors of at least this rank
    gone                  nobody any more: it was withdrawn, and whoever could see it is told (410)
    none                  nobody
    -                     the record has no such page
"""

from archive.downloads.formats import FORMATS

# To add a route, add a line. A view with `@for_role` needs none: it is answered for that role and above.
RECORD_ROUTES = """
                                 public  members  staff   hidden  notes   draft   withdrawn  replaced

GET documents.document           all     members  staff   all     all     staff   gone       all
GET documents.slide              all     members  staff   staff   all     staff   gone       none
GET files.small                  all     members  staff   staff   all     staff   gone       none
GET files.large                  all     members  staff   staff   all     staff   gone       none
GET files.zoom                   all     members  staff   staff   all     staff   gone       none
GET files.slide_pdf              all     members  staff   staff   all     staff   gone       none
GET files.document_pdf           all     members  staff   all     all     staff   gone       all
GET files.clean_copy             all     members  staff   all     all     staff   gone       all
GET files.original               all     members  staff   staff   staff   staff   gone       all
GET files.original_of_version    all     members  staff   staff   staff   staff   gone       staff

GET citations.document           all     members  staff   all     all     staff   gone       all
GET citations.document_file      all     members  staff   all     all     staff   gone       all
GET citations.newest_slide       all     members  staff   staff   all     staff   gone       none
GET citations.newest_slide_file  all     members  staff   staff   all     staff   gone       none
GET citations.slide              all     members  staff   staff   all     staff   gone       all
GET citations.slide_file         all     members  staff   staff   all     staff   gone       all
GET versions.slide               all     members  staff   staff   all     staff   gone       all
GET versions.picture             all     members  staff   staff   all     staff   gone       all
GET citations.talk               all     members  staff   -       -       -       -          -
GET citations.talk_file          all     members  staff   -       -       -       -          -
GET versions.talk                   all     members  staff   -       -       -       -          -

GET events.event                 all     members  staff   -       -       -       -          -
GET events.person                all     members  staff   -       -       -       -          -
GET events.organisation          all     members  staff   -       -       -       -          -
GET events.focus_area            all     members  staff   -       -       -       -          -
GET events.region                all     members  staff   -       -       -       -          -

GET api_documents.document       all     members  staff   all     all     staff   gone       all
GET api_documents.versions       all     members  staff   all     all     staff   gone       all
GET api_documents.version        all     members  staff   all     all     staff   gone       staff
GET api_documents.pages          all     members  staff   all     all     staff   gone       all
GET api_documents.page           all     members  staff   staff   all     staff   gone       none
GET api_happenings.event         all     members  staff   -       -       -       -          -
GET api_happenings.focus_area    all     members  staff   -       -       -       -          -
GET api_happenings.talk          all     members  staff   -       -       -       -          -
GET api_names.person             all     members  staff   -       -       -       -          -
GET api_names.organisation       all     members  staff   -       -       -       -          -
GET api_names.region             all     members  staff   -       -       -       -          -
GET feeds.event_calendar      all     members  staff   -       -       -       -          -
"""

# Pages that are not of one record. What they show of records is looked at by word and by number.
#     all    everybody gets the page
#     open   everybody may try: what is sent along decides (a password, a link's token), not what they see;
#            for figures it is the machine that asks
OTHER_ROUTES = """
GET static                       all
GET search.index                 all
GET search.guide                 all
GET search.suggest               all
GET directories.values           all
GET downloads.choose             all
GET downloads.hits               all
GET events.index                 all
GET directories.people           all
GET directories.organisations    all
GET directories.regions          all
GET directories.focus_areas      all
GET comparing.most_reused            all
GET comparing.compare            all
GET about.about                  all
GET about.accessibility          all
GET about.privacy                all
GET about.robots                 all
GET api.search                   all
GET api.healthz                  all
GET basket.page                  all
GET basket_files.pdf             open
GET basket_files.deck            open
GET basket_files.sources         open
GET citations.unapi                  all
GET api_documents.documents      all
GET api_documents.all_pages      all
GET api_happenings.events        all
GET api_happenings.focus_areas   all
GET api_happenings.talks         all
GET api_names.people             all
GET api_names.organisations      all
GET api_names.regions            all
GET api_reference.index          all
GET api_reference.openapi        all
GET feeds.search_feed            all
GET feeds.event_feed             all
GET feeds.calendar            all
GET sitemap.sitemap              all
GET sitemap.sitemap_part         all
GET sitemap.opensearch           all

GET sign_in.form                 open
POST sign_in.sign_in             open
POST sign_in.sign_out            open
GET sign_in.link                 open
POST sign_in.use_link            open
POST sign_in.ask              open
POST passkeys.ask_to_sign        open
POST passkeys.sign               open
POST passkeys.ask_to_set_up      open
POST passkeys.set_up             open
GET speakers.form                open
POST speakers.send               open
POST speakers.begin              open
PATCH speakers.take_piece        open
DELETE speakers.end              open
GET oidc.begin                   open
GET oidc.finish                  open
GET metrics.metrics              open
"""

VALUES: dict[str, tuple[str | int, ...]] = {
    "filename": ("base.css",),
    "name": ("kind", "speaker", "organisation", "region", "focus_area", "event", "year"),
    "token": ("x" * 43,),
    "kind": ("events", "talks", "focus-areas"),
    "names": ("people", "organisations"),
    "file_format": tuple(FORMATS),
}
"""What parameters that name no record are filled with; others with an identifier that nothing has."""

_BEGINNINGS = ("me", "pe", "do", "an", "ut", "bo", "er", "ki", "in")
_SEARCHES = ("gemensamt", "ordet*", "gemensamt&view=slides", "gemensant", "xyzzy")
QUERIES = {
    "GET search.index": ("", *(f"?q={words}" for words in _SEARCHES)),
    "GET search.suggest": tuple(f"?q={letters}" for letters in _BEGINNINGS),
    "GET directories.values": ("", "?q=gemensamt"),
    "GET downloads.choose": ("", "?q=gemensamt"),
    "GET downloads.hits": ("", "?q=gemensamt"),
    "GET api.search": ("", "?q=gemensamt"),
    "GET feeds.search_feed": ("", "?q=gemensamt"),
    "GET documents.document": ("", "?q=gemensamt"),
}
"""The query strings that a page is asked with, where it has some."""


def record_cells() -> dict[str, dict[str, str]]:
    """Return the expectation of each record by route ("GET files.small")."""
    head, *lines = (line.split() for line in RECORD_ROUTES.splitlines() if line.strip())
    return {f"{method} {endpoint}": dict(zip(head, cells, strict=True)) for method, endpoint, *cells in lines}


def other_cells() -> dict[str, str]:
    """Return the expectation of each other route."""
    lines = (line.split() for line in OTHER_ROUTES.splitlines() if line.strip())
    return {f"{method} {endpoint}": cell for method, endpoint, cell in lines}

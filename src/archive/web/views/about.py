"""Pages about the site itself: what it is, how accessible it is, what it knows of visitors; robots.txt."""

from datetime import date

from flask import Blueprint, Response, render_template, url_for

from archive.web.http.context import current_archive
from archive.web.http.language import current_language, gettext

blueprint = Blueprint("about", __name__)

# When the site was last judged against WCAG 2.2 by its authors; change it together with the statement's text.
ASSESSED_ON = date(2026, 11, 25)
# Pages that are endless by their parameters, and files that a page already shows the words of.
# Result pages may be looked at; links to ever narrower ones say "nofollow".
_NOT_FOR_ROBOTS = (
    "/filter/",
    "/en/filter/",
    "/api/",
    "/en/api/",
    "/suggest",
    "/en/suggest",
    "/*/original",
    "/*/slide.pdf",
)


@blueprint.get("/about")
def about() -> str:
    """Say what the archive is and how it works."""
    return _page("about", here=gettext("Om arkivet"))


@blueprint.get("/accessibility")
def accessibility() -> str:
    """Show the accessibility statement, after the model of the Swedish authority (Digg)."""
    return _page("accessibility", here=gettext("Tillgänglighet"), assessed_on=ASSESSED_ON)


@blueprint.get("/privacy")
def privacy() -> str:
    """Say what is kept about visitors and about those who spoke."""
    return _page("privacy", here=gettext("Integritet"))


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Tell search engines which pages lead nowhere new."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {url_for('search.index')[:-1]}{path}" for path in _NOT_FOR_ROBOTS),
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _page(name: str, **more: object) -> str:
    web = current_archive().settings.web
    return render_template(
        f"about/{name}.{current_language()}.html", publisher=web.publisher, contact=web.contact, **more
    )

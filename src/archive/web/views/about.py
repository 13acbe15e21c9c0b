"""Pages about the site: what it is, how accessible it is, what it stores about visitors; and robots.txt."""

from datetime import date

from flask import Blueprint, Response, render_template, url_for

from archive.web.http.context import current_archive
from archive.web.http.language import current_language, gettext

blueprint = Blueprint("about", __name__)

# When its authors last assessed the site against WCAG 2.2; change it together with the statement's text.
ASSESSED_ON = date(2026, 11, 25)
# Pages with endless parameters, and files whose words a page shows already.
# Result pages may be visited; links to narrower ones have rel="nofollow".
_NOT_FOR_ROBOTS = (
    "/filter/",
    "/en/filter/",
    "/api/",
    "/en/api/",
    "/download",
    "/en/download",
    "/suggest",
    "/en/suggest",
    "/compare",
    "/en/compare",
    "/*/original",
    "/*/clean",
    "/*/slide.pdf",
    "/basket",
    "/en/basket",
)


@blueprint.get("/about")
def about() -> str:
    """Show what the archive is and how it works."""
    return _page("about", here=gettext("Om arkivet"))


@blueprint.get("/accessibility")
def accessibility() -> str:
    """Show the accessibility statement, modelled on that of the Swedish authority (Digg)."""
    return _page("accessibility", here=gettext("Tillgänglighet"), assessed_on=ASSESSED_ON)


@blueprint.get("/privacy")
def privacy() -> str:
    """Show what is stored about visitors and about speakers."""
    counts_questions = current_archive().settings.web.count_questions
    return _page("privacy", here=gettext("Integritet"), counts_questions=counts_questions)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Name the pages that search engines should not follow."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {url_for('search.index')[:-1]}{path}" for path in _NOT_FOR_ROBOTS),
    ]
    lines.append(f"Sitemap: {url_for('sitemap.sitemap', _external=True)}")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _page(name: str, **more: object) -> str:
    web = current_archive().settings.web
    return render_template(
        f"about/{name}.{current_language()}.html", publisher=web.publisher, contact=web.contact, **more
    )

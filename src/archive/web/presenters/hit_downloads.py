"""What is offered of a question's hits to take along, under which names, and the feed of new ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Flask, request, url_for

from archive.downloads.downloading import is_offered
from archive.downloads.formats import FORMATS
from archive.index.schema import Facet
from archive.index.search import Sort
from archive.search.question import Question, View
from archive.web.http.context import current_archive
from archive.web.http.language import gettext, site_root
from archive.web.presenters.addresses import address_of, parameters, with_page
from archive.web.presenters.file_names import download_name

_NAME_MAX_CHARS = 60


@dataclass(frozen=True, slots=True)
class DownloadOffer:
    """A format: its name, what it is for, the address of the file, how it ends, whether it has all hits."""

    name: str
    use: str
    address: str
    suffix: str
    has_all_hits: bool


def install(app: Flask) -> None:
    """Let the templates link to the page that offers hits to take along, and to the feed of a question."""
    app.jinja_env.globals.update(
        download_address=download_address, feed_address=feed_address, feed_of=_feed_of
    )


def download_address(question: Question, path: str = "") -> str:
    """Return the address of the page that offers a question's hits, or of one of the files at `path`."""
    pairs = [pair for pair in parameters(with_page(question, 1)) if pair[0] != "view"]
    path = path or url_for("downloads.choose")
    return f"{path}?{urlencode(pairs)}" if pairs else path


def feed_address(question: Question) -> str:
    """Return the address of the feed of a question."""
    return url_for("feeds.search_feed") + feed_query(question)


def feed_query(question: Question) -> str:
    """Return the words and filters of a question as the query of an address."""
    pairs = parameters(replace(question, sort=Sort.RELEVANCE, page=1, view=View.CARDS))
    return f"?{urlencode(pairs)}" if pairs else ""


def _feed_of(facet: str, value: str) -> str:
    """Return the address of the feed of a record: of the question with this filter alone."""
    return feed_address(Question(filters={Facet(facet): (value,)}))


def offers(question: Question) -> Sequence[DownloadOffer]:
    """Return the formats that a question's hits can be had in."""
    texts = _texts()
    return [
        DownloadOffer(*texts[name], _file_address(question, name), one.suffix, one.has_all_hits)
        for name, one in FORMATS.items()
        if is_offered(one)
    ]


def _file_address(question: Question, name: str) -> str:
    return download_address(question, url_for("downloads.hits", file_format=name))


def whole_address(question: Question) -> str:
    """Return the whole address of a question's page of results."""
    return request.host_url.rstrip("/") + address_of(question)


def record_site() -> str:
    """Return what the whole addresses of records begin with, in whatever language."""
    return request.host_url.rstrip("/") + site_root()


def file_name(question: Question, suffix: str) -> str:
    """Return the name of a file of hits: who has it, what was asked, the day."""
    words = " ".join(question.text[:_NAME_MAX_CHARS].split()) or gettext("träffar")
    day = datetime.now(UTC).date().isoformat()
    return download_name(f"{current_archive().settings.web.site_name} {words} {day}") + suffix


def _texts() -> dict[str, tuple[str, str]]:
    """Return the name of each format and what it is for."""
    return {
        "csv": ("CSV", gettext("för program som läser tabeller: R, Python, OpenRefine")),
        "csv-excel": (
            gettext("CSV för Excel"),
            gettext("med semikolon, för kalkylprogram med svenska inställningar"),
        ),
        "xlsx": ("Excel", gettext("en arbetsbok, för Excel och LibreOffice")),
        "jsonl": ("JSON Lines", gettext("en rad per träff, med listor som listor")),
        "parquet": ("Parquet", gettext("liten och snabb, för pandas, R och DuckDB")),
        "bibtex": ("BibTeX", gettext("referenser, en per träff, för LaTeX")),
        "biblatex": ("biblatex", gettext("referenser med fler uppgifter, för LaTeX")),
        "ris": ("RIS", gettext("referenser för Zotero, EndNote och Mendeley")),
        "csl-json": ("CSL-JSON", gettext("referenser för Pandoc och Zotero")),
        "originals": (
            gettext("Originalfilerna"),
            gettext("de du får ha, i en zip-fil (BagIt) med en lista över alla dokument"),
        ),
    }

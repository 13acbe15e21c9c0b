"""A page that is read without a fault is read so in other mark-up, and with names that no list has."""

import copy
import json

import pytest

from archive.cli.imports.shown import as_object
from archive.ingest.extractors.webpage.decoding import decoded
from tests.imports.reading.truths import PAGES, differences, read
from tests.imports.reading.variants.markup import MARKUP
from tests.imports.reading.variants.wording import WORDING

_VARIANTS = MARKUP | WORDING
_READ_ALIKE = {
    "classes renamed": ("utbildningsnatverket", "fjarrvarme", "biblioteksdagen", "laslust"),
    "headings in bold": ("klimatforum", "webbinarieserie", "havsforvaltning", "webbtv"),
    "headings by class": ("gruvlunch", "klimatforum", "webbinarieserie", "havsforvaltning"),
    "headings a level lower": ("natverksdag", "arkiv_och_ai", "utbildningsnatverket", "bygg_hallbart"),
    "paragraphs as div": ("natverksdag", "arkiv_och_ai", "utbildningsnatverket", "fjarrvarme"),
    "lists as div": ("utbildningsnatverket", "biblioteksdagen", "klimatforum", "kustens_naringar"),
    "paragraphs as list": ("fjarrvarme", "klimatforum", "kustens_naringar", "webbinarieserie"),
    "tables as dl": ("fardagen", "vindkraftsforum", "brodag", "beredskap"),
    "tables as div": ("bergsprangning", "kartkvallar", "vindkraftsforum", "forskardagen"),
    "wrapped in div": ("natverksdag", "arkiv_och_ai", "utbildningsnatverket", "bygg_hallbart"),
    "unknown given names": ("natverksdag", "arkiv_och_ai", "fjarrvarme", "gruvlunch"),
    "unknown surnames": ("natverksdag", "arkiv_och_ai", "utbildningsnatverket", "bygg_hallbart"),
    "unknown names": ("arkiv_och_ai", "fjarrvarme", "gruvlunch", "biblioteksdagen"),
    "unknown organisations": ("arkiv_och_ai", "fjarrvarme", "gruvlunch", "hamnstad"),
    "name (role, organisation)": ("klimatforum", "havsforvaltning", "webbtv", "byggforum"),
    "name – role, organisation": ("klimatforum", "havsforvaltning", "webbtv", "byggforum"),
    "name, organisation, role": ("klimatforum", "havsforvaltning", "webbtv", "fjalldagarna"),
    "name | role | organisation": ("klimatforum", "havsforvaltning", "webbtv", "fordon"),
    "name (organisation)": ("klimatforum", "havsforvaltning", "fjalldagarna", "natverk_ensamhet"),
    "organisation, name, role": ("havsforvaltning", "webbtv", "fjalldagarna", "forskningpagar"),
}


@pytest.mark.parametrize(
    ("variant", "name"), [(variant, name) for variant, names in _READ_ALIKE.items() for name in names]
)
def test_page_written_otherwise_tells_the_same(variant: str, name: str) -> None:
    truth = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    header = truth.get("content_type", "text/html; charset=utf-8")
    text = decoded((PAGES / f"{name}.html").read_bytes(), header)
    made = _VARIANTS[variant](text, copy.deepcopy(truth))
    assert made is not None
    page = read(made[0].encode(), truth["address"], "text/html; charset=utf-8")
    assert differences(made[1], as_object(page)) == []

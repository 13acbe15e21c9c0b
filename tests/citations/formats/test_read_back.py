"""What is written is read by other programs, and comes back with the same title, names and date."""

import json
import re

import bibtexparser
import pytest
import rispy
from bibtexparser import middlewares
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from archive.citations.formats import FORMATS
from archive.citations.formats.one_line import one_line
from archive.citations.item import CitedItem, CitedName
from tests.citations.cited import HARD

BIBTEX = ("bibtex", "biblatex")
_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8}


@pytest.fixture(params=HARD, ids=lambda one: f"{one.kind}-{one.title[:20]}")
def item(request: pytest.FixtureRequest) -> CitedItem:
    found: CitedItem = request.param
    return found


def test_csl_json_says_it_in_its_own_terms(item: CitedItem) -> None:
    (read,) = json.loads(FORMATS["csl-json"].text([item]))
    assert read["title"] == one_line(item.full_title)
    assert [_csl_name(name) for name in read.get("author", [])] == list(item.names)
    dates = read.get("issued", {"date-parts": [[]]})["date-parts"]
    assert "-".join(f"{part:02}" for part in dates[0]) == item.issued
    assert read["URL"] == item.address


def test_ris_is_read_by_rispy(item: CitedItem) -> None:
    (read,) = rispy.loads(FORMATS["ris"].text([item]))
    assert read["title"] == one_line(item.full_title)
    names = [name.inverted if not name.literal else name.literal.replace(",", "") for name in item.names]
    assert read.get("authors", []) == names
    assert read.get("date", "").strip("/").replace("/", "-") == item.issued
    assert read.get("year", "") == item.issued[:4]
    assert read["urls"] == [item.address]


@pytest.mark.parametrize("name", BIBTEX)
def test_bibtex_is_read_by_bibtexparser(item: CitedItem, name: str) -> None:
    library = bibtexparser.parse_string(
        FORMATS[name].text([item]), append_middleware=[middlewares.SeparateCoAuthors()]
    )
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {key: field.value for key, field in entry.fields_dict.items()}
    assert entry.key == item.key
    assert _decoded(fields["title"]) == one_line(item.full_title)
    assert [_decoded(one) for one in fields.get("author", [])] == [_bibtex_name(one) for one in item.names]


@pytest.mark.parametrize("name", BIBTEX)
def test_bibtex_is_read_by_pybtex(item: CitedItem, name: str) -> None:
    entry = parse_string(FORMATS[name].text([item]), "bibtex").entries[item.key]
    assert _decoded(entry.fields["title"]) == one_line(item.full_title)
    people = entry.persons.get("author", [])
    assert len(people) == len(item.names)
    for person, wanted in zip(people, item.names, strict=True):
        assert _decoded(" ".join(person.last_names)) == (wanted.literal or wanted.family)
        assert _decoded(" ".join([*person.first_names, *person.middle_names])) == wanted.given
        assert _decoded(" ".join(person.prelast_names)) == wanted.particle
    assert _bibtex_date(dict(entry.fields)) == item.issued


@pytest.mark.parametrize("name", FORMATS)
def test_many_items_are_read_as_many_and_written_in_small_pieces(name: str) -> None:
    text = FORMATS[name].text(HARD)
    counts = {
        "csl-json": lambda: len(json.loads(text)),
        "ris": lambda: len(rispy.loads(text)),
        "bibtex": lambda: len(parse_string(text, "bibtex").entries),
        "biblatex": lambda: len(bibtexparser.parse_string(text).entries),
    }
    assert counts[name]() == len(HARD)
    assert max(map(len, FORMATS[name].pieces(HARD))) < 4000


@pytest.mark.parametrize("name", FORMATS)
def test_no_items_give_an_empty_file_that_is_read(name: str) -> None:
    text = FORMATS[name].text([])
    assert json.loads(text) == [] if name == "csl-json" else text == ""


def _decoded(latex: str) -> str:
    plain = re.sub(r"{\\textsubscript{(\d)}}", lambda found: chr(0x2080 + int(found[1])), latex)
    return str(LatexNodes2Text(latex_context=_KNOWN).latex_to_text(plain))


_KNOWN = (
    get_default_latex_context_db()
)  # which lacks two macros of LaTeX's own and has another sign for a third
_KNOWN.add_context_category(
    "more",
    prepend=True,
    macros=[
        MacroTextSpec("textbraceleft", "{"),
        MacroTextSpec("textbraceright", "}"),
        MacroTextSpec("textasciicircum", "^"),
    ],
)


def _csl_name(name: dict[str, str]) -> CitedName:
    keys = {"family": "family", "given": "given", "non-dropping-particle": "particle"}
    keys |= {"suffix": "suffix", "literal": "literal"}
    return CitedName(**{keys[key]: value for key, value in name.items()})


def _bibtex_name(name: CitedName) -> str:
    if name.literal:
        return name.literal
    family = " ".join(part for part in (name.particle, name.family) if part)
    return ", ".join(part for part in (family, name.suffix, name.given) if part)


def _bibtex_date(fields: dict[str, str]) -> str:
    if "date" in fields or "year" not in fields:
        return fields.get("date", "").split("/")[0]
    month = fields.get("month", "")
    number = f"{_MONTHS[month[:3].casefold()]:02}" if month else ""
    day = f"{int(fields['day']):02}" if "day" in fields else ""
    return "-".join(part for part in (fields["year"], number, day) if part)

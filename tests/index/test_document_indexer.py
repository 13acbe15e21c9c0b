"""Which words, facets and ranks a document has in the index."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.analysis.collation import swedish_sort_key
from archive.analysis.swedish import open_analyzer
from archive.catalogue.records import CatalogueRecord
from archive.index.document_indexer import ADDRESS_WEIGHT, DocumentIndexer, with_lighter_addresses
from archive.index.documents import IndexDocument, IndexPage
from archive.index.schema import Facet, TextField
from archive.index.validation import usable
from archive.model.documents import Document, DocumentKind, Original, Version
from archive.model.events import (
    Contribution,
    DatePrecision,
    Event,
    FocusArea,
    Organisation,
    Person,
    Region,
    Spelling,
    Talk,
)
from archive.model.pages import Block, BlockField, Page
from archive.settings.sections import TextSettings
from archive.settings.settings import load_settings
from tests.analysis.analyzers import ANALYZER
from tests.counting import assert_grows_linearly
from tests.filled_archive import block, numbered, slide

REGIONS = (
    Region("SE", "Sverige"),
    Region("SE31", "Norra Mellansverige", ("EU-programområde Norra Mellansverige",), "SE"),
    Region("SE312", "Dalarnas län", ("Dalarna",), "SE31"),
    Region("SE110", "Stockholms län", (), "SE"),
)
REGION_DALARNA, KTH = Organisation("o1", "Region Dalarna"), Organisation("o2", "KTH")
TALK = Talk(
    "t1",
    "Strategi för kommuner",
    "e1",
    region_codes=("SE312",),
    contributions=(
        Contribution(Person("p1", "Maja Ekström"), "", REGION_DALARNA),
        Contribution(Person("p2", "Åke Öberg"), "", REGION_DALARNA),
        Contribution(Person("p1", "Maja Ekström"), "", KTH),
    ),
)
EVENT = Event(
    "e1",
    "Hållbara dagar",
    starts_on=date(2021, 11, 24),
    place="Fagersta",
    focus_areas=(FocusArea("f1", "Industri"),),
)


def _record(
    talk: Talk | None = None,
    event: Event | None = None,
    rank: int = 0,
    *,
    title: str = "Titel",
    year: int | None = None,
    media_type: str = "application/pdf",
    language: str = "sv",
    publisher: str = "",
    file_date: str = "",
    filename: str = "a.pdf",
) -> CatalogueRecord:
    version = Version("v1", 1, filename, Original("0" * 64, 1, media_type), datetime(2026, 1, 1, tzinfo=UTC))
    document = Document(
        "d1",
        DocumentKind.REPORT,
        title,
        version,
        year=year,
        language=language,
        publisher=publisher,
        file_date=file_date,
    )
    return CatalogueRecord(document, rank, talk, event)


def _indexed(record: CatalogueRecord, *slides: Page | str) -> IndexDocument:
    document = DocumentIndexer(ANALYZER, REGIONS).index_document(record, numbered(slides))
    usable([document])
    return document


def _terms(page: IndexPage, field: TextField) -> list[str]:
    return [token.term for token in page.terms.get(field, ())]


def _page(*blocks: Block) -> IndexPage:
    return _indexed(_record(), Page(1, blocks, language="sv")).pages[0]


def test_title_body_and_surface_forms_have_fields_of_their_own() -> None:
    (page,) = _indexed(_record(), slide("Kommunerna", "växer snabbt", footer="sidfot")).pages
    assert _terms(page, TextField.TITLE) == ["kommun"]
    assert "kommun" not in _terms(page, TextField.TEXT)
    assert "sidfot" in _terms(page, TextField.TEXT)
    assert _terms(page, TextField.EXACT) == ["kommunerna", "växer", "snabbt", "sidfot"]


@pytest.mark.parametrize("field", [BlockField.NOTES, BlockField.COMMENT])
def test_staff_only_words_are_in_the_notes_fields_alone(field: BlockField) -> None:
    page = _page(block(BlockField.BODY, "öppet"), block(field, "hemligheter"))
    holding = {name for name in page.terms if "hemligheter" in _terms(page, name)}
    assert holding == {TextField.NOTES_EXACT}
    assert _terms(page, TextField.NOTES)
    assert {name for name in page.terms if _terms(page, TextField.NOTES)[0] in _terms(page, name)} == {
        TextField.NOTES
    }


def test_slide_number_is_no_word() -> None:
    page = _page(block(BlockField.BODY, "gruva"), block(BlockField.PAGE_NUMBER, "17"))
    assert not [name for name in page.terms if "17" in _terms(page, name)]


def test_words_of_pictures_and_of_every_slide_weigh_less_than_those_of_the_body() -> None:
    page = _page(
        block(BlockField.BODY, "gruva"), block(BlockField.OCR, "malm"), block(BlockField.FOOTER, "förbund")
    )
    weights = {token.term: token.boost for token in page.terms[TextField.TEXT]}
    assert weights["gruva"] == 1.0
    assert weights["gruva"] > weights["malm"] > weights["förbund"] > 0


def test_words_are_analysed_in_the_language_of_their_block() -> None:
    page = _page(block(BlockField.BODY, "cities", language="en"), block(BlockField.BODY, "kommuner"))
    assert _terms(page, TextField.TEXT) == ["city", "city@en", "kommun"]  # English as itself, too


def test_positions_leave_a_gap_between_blocks_but_not_between_paragraphs() -> None:
    page = _page(
        block(BlockField.BODY, "ett två", "tre"), block(BlockField.BOX, "fyra"), block(BlockField.BOX, "")
    )
    positions = {token.term: token.position for token in page.terms[TextField.EXACT]}
    assert (positions["två"], positions["tre"]) == (1, 2)
    assert positions["fyra"] > positions["tre"] + 1


def test_what_is_known_of_the_talk_is_on_every_page_and_leads_on_the_first_visible_one() -> None:
    hidden = slide("Gömd", hidden=True)
    pages = _indexed(_record(TALK, EVENT), hidden, "två", "tre").pages
    for page in pages:
        assert {"ekström", "kth", "industri", "kommun"} <= set(_terms(page, TextField.ABOUT))
    assert [page.number for page in pages if TextField.LEAD in page.terms] == [2]
    assert pages[1].terms[TextField.LEAD] == pages[1].terms[TextField.ABOUT]


def test_a_word_of_the_file_name_leads_only_where_no_public_page_has_it() -> None:
    hidden = slide("stål", hidden=True)
    pages = _indexed(_record(filename="01_gruva_stål.pptx"), "ett", "gruvorna", hidden).pages
    assert {"01", "gruva", "stål"} <= set(_terms(pages[2], TextField.ABOUT))
    lead = _terms(pages[0], TextField.LEAD)
    assert "gruva" not in lead
    assert {"01", "stål"} <= set(lead)
    named = [page.number for page in pages if "gruva stål" in _terms(page, TextField.FILE_NAME)]
    assert named == [1]


def test_first_page_leads_where_all_are_hidden() -> None:
    pages = _indexed(_record(), slide("Ett", hidden=True), slide("Två", hidden=True)).pages
    assert [page.number for page in pages if TextField.LEAD in page.terms] == [1]


def test_names_are_kept_as_they_stand_each_on_its_own() -> None:
    (page,) = _indexed(_record(TALK, EVENT, publisher="KTH"), "ett").pages
    assert _terms(page, TextField.SPEAKER) == ["maja", "ekström", "åke", "öberg", "maja", "ekström"]
    assert _terms(page, TextField.ORGANISATION) == ["region", "dalarna", "kth"]
    assert _terms(page, TextField.FOCUS_AREA) == ["industri"]
    assert _terms(page, TextField.EVENT) == ["hållbara", "dagar"]
    at = {token.term: token.position for token in page.terms[TextField.ORGANISATION]}
    assert at["kth"] > at["dalarna"] + 1  # no phrase reaches over


def test_broader_regions_are_found_too_by_all_their_names() -> None:
    document = _indexed(_record(TALK, EVENT), "ett")
    assert document.facets[Facet.REGION] == ["SE312", "SE31", "SE"]
    names = _terms(document.pages[0], TextField.REGION)
    assert {"dalarnas", "dalarna", "norra", "mellansverige", "sverige"} <= set(names)
    assert "stockholms" not in names


def test_unknown_region_and_a_circle_of_regions_do_no_harm() -> None:
    circle = (Region("A", "Aa", (), "B"), Region("B", "Bb", (), "A"))
    talk = Talk("t1", "Ämne", region_codes=("A", "XX"))
    document = DocumentIndexer(ANALYZER, circle).index_document(_record(talk), numbered(["ett"]))
    assert document.facets[Facet.REGION] == ["A", "B"]


def test_facets_of_a_talk() -> None:
    facets = _indexed(_record(TALK, EVENT), "ett").facets
    assert facets[Facet.SPEAKER] == ["p1", "p2"]
    assert facets[Facet.ORGANISATION] == ["o1", "o2"]
    assert facets[Facet.EVENT] == ["e1"]
    assert facets[Facet.FOCUS_AREA] == ["f1"]
    assert facets[Facet.YEAR] == ["2021"]
    assert facets[Facet.DOCUMENT] == ["d1"]
    assert facets[Facet.KIND] == ["report"]


def test_what_is_not_known_is_no_facet_value() -> None:
    facets = _indexed(_record(media_type="", language=""), "ett").facets
    assert set(facets) == {Facet.KIND, Facet.DOCUMENT}


@pytest.mark.parametrize(
    ("event", "year", "expected"),
    [
        (EVENT, 2019, "2021-11-24"),
        (None, 2019, "2019-12-31"),
        (Event("e2", "Utan dag"), 2019, "2019-12-31"),
        (None, 987, "0987-12-31"),
        (None, None, ""),
        (None, 0, ""),
        (None, -5, ""),
        (None, 20_210, ""),
        (
            Event("e", "E", starts_on=date(2022, 5, 1), starts_precision=DatePrecision.MONTH),
            None,
            "2022-05-31",
        ),
        (
            Event("e", "E", starts_on=date(2022, 1, 1), starts_precision=DatePrecision.YEAR),
            None,
            "2022-12-31",
        ),
    ],
)
def test_date_is_the_events_else_the_end_of_the_documents_year(
    event: Event | None, year: int | None, expected: str
) -> None:
    document = _indexed(_record(None, event, year=year), "ett")
    assert document.date == expected
    assert list(document.facets.get(Facet.YEAR, ())) == ([expected[:4]] if expected else [])


@pytest.mark.parametrize(
    ("file_date", "year", "date", "facet"),
    [
        ("2021-05-04", None, "2021-05-04", ["2021"]),
        ("2021-02", None, "2021-02-28", ["2021"]),
        ("2021", None, "2021-12-31", ["2021"]),
        ("2021-05-04", 2019, "2019-12-31", ["2019"]),
    ],
)
def test_date_of_the_file_counts_where_no_record_has_one(
    file_date: str, year: int | None, date: str, facet: list[str]
) -> None:
    document = _indexed(_record(file_date=file_date, year=year), "ett")
    assert document.date == date
    assert document.facets[Facet.YEAR] == facet


@pytest.mark.parametrize("rank", [0, 1, 2])
def test_hidden_slide_is_for_staff_and_others_have_the_documents_rank(rank: int) -> None:
    pages = _indexed(_record(rank=rank), "ett", slide("Två", hidden=True)).pages
    assert [page.rank for page in pages] == [rank, 2]


def test_document_of_a_talk_is_in_its_group_and_has_its_topic_as_title() -> None:
    document = _indexed(_record(TALK, EVENT), "ett")
    assert (document.id, document.group) == ("d1", "t1")
    assert document.sort_title == swedish_sort_key(TALK.topic)
    assert _indexed(_record(), "ett").group == "d1"


def test_document_without_pages_leaves_the_index() -> None:
    assert list(_indexed(_record(TALK, EVENT)).pages) == []


def test_the_files_name_and_properties_are_found_with_little_weight() -> None:
    record = _record(title="Export")
    version = replace(
        record.document.version, filename="SupplyChain_plan.pdf", properties={"keywords": "stål"}
    )
    record = replace(record, document=replace(record.document, version=version))
    first, second = DocumentIndexer(ANALYZER, ()).index_document(record, numbered(["ett", "två"])).pages
    for page, field in ((first, TextField.LEAD), (second, TextField.ABOUT)):
        weights = {token.term: token.boost for token in page.terms[field]}
        assert weights["export"] == 1.0
        assert all(0 < weights[term] < 0.5 for term in ("supplychain", "supply", "plan", "stål"))
    assert TextField.LEAD not in second.terms


def test_title_that_a_program_took_from_a_hidden_slide_is_found_on_no_page() -> None:
    record = _record()
    version = replace(record.document.version, properties={"title": "Sparkrav", "keywords": "stål"})
    record = replace(record, document=replace(record.document, version=version))
    pages = numbered([replace(slide("Sparkrav"), hidden=True), "två"])
    _, shown = DocumentIndexer(ANALYZER, ()).index_document(record, pages).pages
    assert "stål" in _terms(shown, TextField.ABOUT)
    assert "sparkrav" not in _terms(shown, TextField.ABOUT)


def test_descriptions_that_a_program_made_are_not_indexed() -> None:
    made = block(BlockField.ALT_TEXT, "En bild som visar gruva\n\nAutomatiskt genererad beskrivning")
    own = block(BlockField.ALT_TEXT, "Karta över hamnen")
    (page,) = DocumentIndexer(ANALYZER, ()).index_document(_record(), [Page(1, (made, own))]).pages
    forms = {token.term for token in page.terms[TextField.EXACT]}
    assert {"karta", "hamnen"} <= forms
    assert not forms & {"gruva", "beskrivning", "automatiskt"}


def test_descriptions_that_a_program_made_are_indexed_where_staff_ask_for_it(
    tmp_path: Path,
) -> None:
    """The setting decides, and an index made before is made anew."""
    (tmp_path / "archive.toml").write_text("[text]\nmachine_descriptions = true\n", "utf-8")
    analyzer = open_analyzer(load_settings(tmp_path).text)
    made = block(BlockField.ALT_TEXT, "En bild som visar gruva\n\nAutomatiskt genererad beskrivning")
    (page,) = DocumentIndexer(analyzer, ()).index_document(_record(), [Page(1, (made,))]).pages
    assert "gruva" in {token.term for token in page.terms[TextField.EXACT]}
    assert analyzer.fingerprint != open_analyzer(TextSettings()).fingerprint == ANALYZER.fingerprint


def test_day_that_the_file_gives_is_found_on_the_first_page() -> None:
    def lead(file_date: str) -> list[str]:
        return _terms(_indexed(_record(file_date=file_date), "ett", "två").pages[0], TextField.LEAD)

    days = {token.term for token in ANALYZER.main_terms("4 maj 2021", "sv")} & set(lead("2021-05-04"))
    assert "2021-05-04" in days
    assert days.isdisjoint(lead("2021") + lead(""))


def test_people_and_organisations_are_found_by_each_of_their_names() -> None:
    person = Person("p1", "Maja Ekström", (Spelling("M. Lind"), Spelling("Maja Lindd", is_shown=False)))
    region = Organisation("o1", "Region Dalarna", (Spelling("Landstinget Dalarna", "1999", "2014"),))
    talk = replace(TALK, contributions=(Contribution(person, "", region),))
    (page,) = _indexed(_record(talk), "text").pages
    assert _terms(page, TextField.SPEAKER) == ["maja", "ekström", "m", "lind", "maja", "lindd"]
    assert _terms(page, TextField.ORGANISATION) == ["region", "dalarna", "landstinget", "dalarna"]
    assert _terms(page, TextField.ABOUT).count("landsting") == 1


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("gruva http://malm.se/kol stål", {"http", "malm", "se", "kol"}),
        ("gruva www.malm.se stål", {"www", "malm", "se"}),
        ("gruva malm@kol.se, stål", {"malm", "kol", "se"}),
        ("gruva", set()),
        ("gruva och/eller stål", set()),
    ],
)
def test_words_of_an_address_weigh_less(text: str, light: set[str]) -> None:
    tokens = with_lighter_addresses(text, ANALYZER.exact_terms(text))
    assert {token.term for token in tokens if token.boost == ADDRESS_WEIGHT} == light
    assert {token.boost for token in tokens if token.term in ("gruva", "stål")} == {1.0}


@pytest.mark.parametrize("unit", ["a", "@", "a@", "http://", "www.", "a@b "])
def test_no_text_takes_more_than_linear_work(unit: str) -> None:
    assert_grows_linearly(lambda times: with_lighter_addresses("@ " + unit * times, ()), 300)

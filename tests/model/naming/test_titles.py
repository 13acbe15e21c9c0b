"""What documents are called that nobody named."""

import pytest

from archive.model.naming.titles import NamedFile, title_of
from archive.model.pages import Block, BlockField, Page, Paragraph


def _block(field: BlockField, *lines: str) -> Block:
    return Block(field, tuple(map(Paragraph, lines)))


def _page(title: str = "", *body: str, seen: str = "", number: int = 1) -> Page:
    blocks = [_block(BlockField.TITLE, title)] if title else []
    blocks += [_block(BlockField.BODY, line) for line in body]
    blocks += [_block(BlockField.OCR, *seen.splitlines())] if seen else []
    return Page(number, tuple(blocks))


def _title(*pages: Page, given: str = "", filename: str = "fil.pptx") -> str:
    return title_of(NamedFile(filename, pages, {"title": given}))


@pytest.mark.parametrize(
    "left",
    [
        "Instruktioner för presentationsmallen",
        "Kommunens mall och dess layouter – ta bort när du läst",
        "Startsida med bild",
        "Presentationens rubrik",
        "Klicka här för att lägga till rubrik",
        "PowerPoint Presentation",
        "Sheet1",
        "Blad 2",
        "Title of the presentation",
        "Förra årets föredrag",
    ],
)
def test_property_that_the_first_pages_do_not_say_does_not_count(left: str) -> None:
    assert _title(_page("Vätgas i glesbygd", "Kim Ek"), given=left) == "Vätgas i glesbygd"


def test_property_that_the_first_page_says_counts() -> None:
    cover = _page("SEMINARIUM I FALUN", "Vätgas i glesbygd", "Kim Ek")
    assert _title(cover, given="Vätgas i glesbygd") == "Vätgas i glesbygd"
    assert _title(_page("VÄTGAS I GLESBYGD"), given="Vätgas i glesbygd") == "Vätgas i glesbygd"


def test_property_that_is_the_heading_of_the_second_page_counts() -> None:
    assert _title(_page("OBS! Heltal"), _page("Räkna i C#", number=2), given="Räkna i C#") == "Räkna i C#"


def test_property_names_a_scan_that_has_no_words() -> None:
    assert _title(_page(), given="Årsredovisning 1987") == "Årsredovisning 1987"


def test_one_word_of_the_heading_is_no_better_than_the_heading() -> None:
    assert _title(_page("Policy för öppen data"), given="Policy") == "Policy för öppen data"


def test_stale_number_in_the_property_gives_way_to_the_page() -> None:
    assert (
        _title(_page("Modell 4.0 (2021-09-16)"), given="Modell 4.0 (2021-07-02)") == "Modell 4.0 (2021-09-16)"
    )


def test_first_words_name_a_cover_without_a_heading() -> None:
    assert _title(_page("", "Krav vid upphandling", "- Kim Ek")) == "Krav vid upphandling"
    assert (
        _title(_page("", "Myndigheten", "OSCC", "(Center för källkod)"))
        == "Myndigheten OSCC (Center för källkod)"
    )


@pytest.mark.parametrize(
    "passed_over", ["Kim Ek", "kim.ek@example.org", "4 maj 2021", "Sid 1", "https://example.org"]
)
def test_names_dates_and_addresses_are_no_title(passed_over: str) -> None:
    assert _title(_page("", passed_over, "Grön omställning i norr")) == "Grön omställning i norr"


def test_bookmark_says_where_a_title_ends() -> None:
    section = _block(BlockField.SECTION, "Vägval för e-arkiv")
    words = _block(BlockField.BODY, "Vägval för e-arkiv Arbetsförmedlingen 7 december 2021")
    assert _title(Page(1, (words, section))) == "Vägval för e-arkiv"


def test_kind_of_document_is_named_by_the_line_that_begins_with_it() -> None:
    assert _title(_page("Policy", "8 maj 2019", "Policy för utveckling av programvara")) == (
        "Policy för utveckling av programvara"
    )
    assert _title(_page("Rapport", "Vad gruvorna är värda")) == "Vad gruvorna är värda"


def test_slide_about_the_template_is_no_cover() -> None:
    about = _page("Instruktioner för ppt-mallen", "Radera denna bild")
    assert _title(about, _page("Vätgas i glesbygd", number=2)) == "Vätgas i glesbygd"


def test_cover_behind_a_logo_names_the_document() -> None:
    logo = _page(seen="MYNDIGHETEN FÖR\nDIGITAL FÖRVALTNING")
    cover = _page("Central tillgång", "Kim Ek, 3 nov 2020", number=2)
    assert _title(logo, cover) == "Central tillgång"


def test_title_in_a_picture_names_the_document() -> None:
    assert (
        _title(_page(seen="Policy för öppen programvara ..."), filename="x9.pdf")
        == "Policy för öppen programvara"
    )


def test_heading_that_any_deck_has_names_none() -> None:
    assert (
        _title(_page(), _page("Vem pratar?", number=2), filename="Natverk_Trafik_1.0.pdf") == "Natverk Trafik"
    )
    assert _title(_page("Agenda", "10.00 Inledning"), filename="Moln och makt v2.pptx") == "Moln och makt"


def test_year_in_a_title_makes_it_no_date() -> None:
    assert _title(_page("Kulturplan 2024–2027")) == "Kulturplan 2024–2027"


def test_later_heading_names_what_has_no_other_name() -> None:
    pages = (_page(), _page("Bakgrund", number=2), _page("Tre vägar till vätgas", number=3))
    assert _title(*pages, filename="a8f3.pdf") == "Tre vägar till vätgas"


def test_notes_and_comments_never_name_a_document() -> None:
    page = Page(
        1, (_block(BlockField.NOTES, "Säg inget om sparkravet"), _block(BlockField.COMMENT, "Kim: nej"))
    )
    assert _title(page, filename="Budget_2022.pptx") == "Budget 2022"


def test_file_name_in_the_property_is_made_readable() -> None:
    assert _title(_page(), given="Microsoft Word - Rapport_om_gruvor_v2.docx") == "Rapport om gruvor"
    assert _title(_page(), given="rapport_om_gruvor") == "Rapport om gruvor"


_SHARED = "Gemensam infrastruktur för utbyte"


def _shared(*pages: Page, given: str = "", others: int) -> str:
    named = NamedFile("Vatgas_i_norr.pptx", pages, {"title": given})
    return title_of(named, {"gemensam infrastruktur för utbyte": others})


def test_property_that_another_deck_begins_with_too_gives_way_to_the_cover() -> None:
    pages = _page("Vätgas i norr"), _page(_SHARED, number=2)
    assert _shared(*pages, given=_SHARED, others=0) == _SHARED
    assert _shared(*pages, given=_SHARED, others=1) == "Vätgas i norr"


def test_cover_that_two_decks_share_is_the_title_of_both_and_of_three_that_of_their_template() -> None:
    cover = _page(_SHARED, "Karin Ek, strateg", "Vätgas i norr och söder", "3 maj 2021")
    assert _shared(cover, others=1) == _SHARED
    assert _shared(cover, others=2) == "Vätgas i norr och söder"


def test_shared_cover_that_says_nothing_else_is_the_title_yet() -> None:
    cover = _page(_SHARED, "Karin Ek, strateg", "3 maj 2021")
    assert _shared(cover, _page("Läget i norr", number=2), others=5) == _SHARED

"""The slide's page without a browser: what is on it, how it narrows, how it helps."""

from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from archive.model.pages import Block, BlockField, Page, Paragraph, Picture
from archive.web.presenters.slide_text import contents
from archive.web.presenters.slide_views import NEAR_SLIDES, near_numbers, shape
from tests.web.page_tree import links, text, texts, tree
from tests.web.web_archive import Built


def picture(width_px: int, height_px: int) -> Picture:
    return Picture(1, 0, 0, width_px, height_px, "", "")


def test_strip_holds_only_slides_near_the_one_shown(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.report}/35")
    assert len(page.xpath("//ol[@data-strip]/li")) == 2 * NEAR_SLIDES + 1
    assert texts(page, "//ol[@data-strip]//a[@aria-current]/span[last()]") == ["35"]
    assert links(page, "//a[@data-scroll='-1']") == [f"/d/{built.report}/24"]
    assert links(page, "//a[@data-scroll='1']") == [f"/d/{built.report}/46"]


def test_strip_of_a_short_deck_holds_all_of_it(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/1?q=kompetens")
    assert [one.split()[0] for one in texts(page, "//ol[@data-strip]//a/span[last()]")] == list("123567")
    assert [one.split()[0] for one in texts(page, "//ol[@data-strip]//a/span[last()][span]")] == list("236")
    assert not page.xpath("//a[@data-scroll][@href]")


def test_window_stays_small_in_any_document() -> None:
    assert list(near_numbers(range(1, 301), 1)) == list(range(1, NEAR_SLIDES + 2))
    assert len(near_numbers(range(1, 301), 150)) == 2 * NEAR_SLIDES + 1
    assert list(near_numbers((2, 5), 5)) == [2, 5]


def test_marks_are_switched_off_by_address_and_stay_off(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/3?q=kompetens&marks=off")
    assert not page.xpath("//figure//svg")
    assert links(page, "//a[@data-step='next']") == [f"/d/{built.strategy}/5?q=kompetens&marks=off"]
    assert links(page, "//a[@data-marks]") == [f"/d/{built.strategy}/3?q=kompetens"]


def test_page_says_which_slide_of_how_many(client: FlaskClient, staff: FlaskClient, built: Built) -> None:
    page = tree(staff, f"/d/{built.strategy}/5")
    assert texts(page, "//h1") == ["Bild 5 av 7"]
    assert str(page.xpath("//figure//img/@alt")[0]).startswith("Bild 5 av 7: ")
    assert "Dolda bilder" not in text(tree(staff, f"/d/{built.strategy}"))


def test_slides_that_a_visitor_does_not_see_are_not_counted(client: FlaskClient, built: Built) -> None:
    assert texts(tree(client, f"/d/{built.strategy}/5"), "//h1") == ["Bild 5 (4 av 6 som visas)"]
    document = text(tree(client, f"/d/{built.strategy}"))
    assert "6 bilder" in document
    assert "Dolda bilder visas inte; numren är filens egna." in document
    assert "Dolda bilder" not in text(tree(client, f"/d/{built.report}"))


def test_headings_of_a_slide_leave_out_no_level(staff: FlaskClient, built: Built) -> None:
    for number in range(1, 8):
        headings = tree(staff, f"/d/{built.strategy}/{number}").xpath(
            "//main//*[self::h1 or self::h2 or self::h3 or self::h4]"
        )
        levels = [int(one.tag[1]) for one in headings]
        assert all(after <= before + 1 for before, after in pairwise(levels)), number


def test_description_of_a_picture_does_not_repeat_what_stands_beside_it(
    client: FlaskClient, built: Built
) -> None:
    for address in (
        "/?q=industrin",
        "/?q=industrin&view=slides",
        f"/d/{built.strategy}",
        f"/d/{built.strategy}?q=kompetens",
    ):
        for link in tree(client, address).xpath("//main//a[.//img][not(@aria-hidden)]"):
            beside = text(link)
            assert not any(alt.startswith(("Bild", "Sida")) for alt in link.xpath(".//img/@alt")), beside


def test_slide_without_a_picture_yet_asks_to_be_looked_at_again(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.steel}/1")
    assert page.xpath("//figure//*[@data-pending]")
    assert not tree(client, f"/d/{built.report}/1").xpath("//*[@data-pending]")


def test_slide_names_its_source_with_its_permanent_address(client: FlaskClient, built: Built) -> None:
    (source,) = texts(tree(client, f"/d/{built.strategy}/3?q=kompetens"), "//figcaption")
    assert "Maja Ekström" in source
    assert source.endswith(f"http://localhost/d/{built.strategy}/3")


@pytest.mark.parametrize("number", ["0", "4", "99999", "x", "%00", "-1", "9" * 400])
def test_number_that_is_not_there_leads_to_slides_that_are(
    client: FlaskClient, built: Built, number: str
) -> None:
    page = tree(client, f"/d/{built.strategy}/{number}?q=kompetens", 404)
    assert "6 bilder" in text(page)
    assert f"/d/{built.strategy}/7?q=kompetens" in links(page, "//main//a")


@pytest.mark.parametrize("asked", ["x" * 10_000, "%00", "%E2%80%AE", "%3Cb%3E", "%F0%9F%98%80"])
def test_any_question_gives_the_slide(client: FlaskClient, built: Built, asked: str) -> None:
    assert not tree(client, f"/d/{built.strategy}/3?q={asked}").xpath("//main//b")


def test_contents_list_every_slide_the_visitor_may_see(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    path = "//section[@aria-labelledby='titles']//ol//a"
    assert len(tree(client, f"/d/{built.report}?show=titles").xpath(path)) == 70
    assert len(tree(client, f"/d/{built.strategy}?show=titles").xpath(path)) == 6
    assert len(tree(staff, f"/d/{built.strategy}?show=titles").xpath(path)) == 7


def test_section_stands_once_where_it_begins() -> None:
    def page(number: int, section: str) -> Page:
        return Page(number, (Block(BlockField.SECTION, (Paragraph(section),)),))

    entries = contents([page(1, "Inledning"), page(2, "Inledning"), Page(3), page(4, "Slut")])
    assert [entry.section for entry in entries] == ["Inledning", "", "", "Slut"]


def test_properties_lead_to_event_focus_area_and_comparison(client: FlaskClient, built: Built) -> None:
    found = links(tree(client, f"/d/{built.strategy}"), "//section[@aria-labelledby='properties']//a")
    assert found == [f"/e/{built.autumn}", f"/f/{built.focus_area}", f"/compare?a={built.strategy}"]


def test_shape_follows_the_picture() -> None:
    sizes = [(1600, 900), (1024, 768), (595, 842), (200, 800)]
    assert [shape(picture(*size)) for size in sizes] == ["wide", "square", "portrait", "tall"]


def test_hit_without_a_mark_says_why(client: FlaskClient, built: Built) -> None:
    """A question that finds a slide by the place of its seminar, and words that stand on slides."""
    reason = "Orden står i uppgifterna om presentationen eller filen"
    asked = tree(client, f"/d/{built.railway}?q=karlstad")
    assert reason in text(asked)
    found = next(link for link in links(asked, "//ol//a") if "q=" in link)
    assert reason in text(tree(client, found))
    for address in (f"/d/{built.strategy}?q=ekstr%C3%B6m", f"/d/{built.strategy}/1", f"/d/{built.railway}"):
        assert reason not in text(tree(client, address))


def test_question_of_another_direction_of_writing_stands_by_itself(client: FlaskClient, built: Built) -> None:
    page = client.get("/?q=%D7%A9%D7%9C%D7%95%D7%9D").get_data(as_text=True)
    assert "<q><bdi>שלום</bdi></q>" in page

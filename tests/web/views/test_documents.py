from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.web.page_tree import links, text, texts, tree
from tests.web.web_archive import STRATEGY_NAME, Built


def test_document_page_says_what_it_is(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}")
    assert texts(page, "//h1") == ["Strategi för industriell omvandling i Norra Mellansverige"]
    assert texts(page, "//main//header//ul/li[a[starts-with(@href, '/p/')]]") == [
        "Maja Ekström, utvecklingsstrateg, Region Gävleborg"
    ]
    assert f"/e/{built.autumn}" in links(page, "//article/header//a")
    assert STRATEGY_NAME in text(page)


def test_report_shows_publisher_and_year(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.report}")
    assert "Handelskammaren Mitt, 2021" in text(page)
    assert texts(page, "//h2[@id='slides']") == ["70 sidor"]


def test_long_overview_is_divided(client: FlaskClient, built: Built) -> None:
    assert len(tree(client, f"/d/{built.report}").xpath("//section[@aria-labelledby='slides']/ol/li")) == 60
    assert (
        len(tree(client, f"/d/{built.report}?page=2").xpath("//section[@aria-labelledby='slides']/ol/li"))
        == 10
    )
    assert (
        len(tree(client, f"/d/{built.report}?page=77").xpath("//section[@aria-labelledby='slides']/ol/li"))
        == 10
    )


def test_matching_slides_are_shown_alone_or_among_all(client: FlaskClient, built: Built) -> None:
    alone = tree(client, f"/d/{built.strategy}?q=kompetens")
    assert texts(alone, "//h2[@id='slides']") == ["3 bilder med träff"]
    among = tree(client, f"/d/{built.strategy}?q=kompetens&show=all")
    assert texts(among, "//h2[@id='slides']") == ["6 bilder"]
    assert len(among.xpath("//section[@aria-labelledby='slides']//li/a[.//span[.='Träff']]")) == 3


def test_unread_document_says_why(client: FlaskClient, built: Built) -> None:
    assert "skyddad med lösenord" in text(tree(client, f"/d/{built.unread}"))


def test_slide_page_marks_words_in_picture_and_text(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/6?q=kompetens")
    assert len(page.xpath("//figure//svg/rect")) == 2 * 2  # a mark is a filled one with a line below
    assert texts(page, "//section[@aria-labelledby='text']//mark") == ["Kompetens", "kompetens"]
    assert not tree(client, f"/d/{built.strategy}/6").xpath("//figure//svg")


def test_mark_lies_over_the_word(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/3?q=samverkan")
    rect, _line = page.xpath("//figure//svg/rect")
    assert 70 < float(rect.get("x")) < 80
    assert 170 < float(rect.get("y")) < 190


def test_slide_text_is_structured(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/2")
    assert texts(page, "//section[@aria-labelledby='text']/div/h3") == ["Industrin i tre län"]
    assert texts(page, "//section[@aria-labelledby='text']//li/ul/li") == ["Stål, papper och skog"]
    table = tree(client, f"/d/{built.strategy}/5")
    assert texts(table, "//table/thead//th") == ["Län", "2019", "2021"]
    assert texts(table, "//table/tbody/tr[1]/td") == ["Gävleborg", "23 400", "22 900"]


def test_slide_leads_to_neighbours_over_hidden_ones(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/3")
    assert links(page, "//a[@rel='prev']") == [f"/d/{built.strategy}/2"]
    assert links(page, "//a[@rel='next']") == [f"/d/{built.strategy}/5"]
    last = tree(client, f"/d/{built.strategy}/7")
    assert not last.xpath("//a[@rel='next']")


def test_slide_leads_to_next_and_previous_match(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.strategy}/3?q=kompetens")
    steps = links(page, "//nav[@aria-label='Träffar']/a")
    assert steps == [f"/d/{built.strategy}/2?q=kompetens", f"/d/{built.strategy}/6?q=kompetens"]
    assert "Träff 2 av 3" in text(page)
    between = tree(client, f"/d/{built.strategy}/5?q=kompetens")
    assert links(between, "//nav[@aria-label='Träffar']/a")[0].endswith("/3?q=kompetens")


def test_texts_carry_their_language(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/d/{built.steel}/2")
    assert page.get("lang") == "sv"
    assert page.xpath("//section[@aria-labelledby='text']/div/@lang") == ["en", "en"]


@pytest.mark.parametrize("number", ["0", "8", "99999999999999999999", "x", "-1", "1.5"])
def test_unknown_slide_is_not_found(client: FlaskClient, built: Built, number: str) -> None:
    tree(client, f"/d/{built.strategy}/{number}", 404)


@pytest.mark.parametrize("question", ["industrin", "kompetens samverkan", "fossilfri kompetens+län"])
def test_as_many_slides_are_shown_as_the_card_of_the_talk_counts(
    client: FlaskClient, built: Built, question: str
) -> None:
    found = client.get("/api/search", query_string={"q": question}).get_json()
    counted = {group["url"].split("?")[0]: group["pages"] for group in found["groups"]}
    page = tree(client, f"/d/{built.strategy}?{urlencode({'q': question})}")
    assert len(page.xpath("//section[@aria-labelledby='slides']/ol/li")) == counted[f"/d/{built.strategy}"]


def test_words_of_the_notes_are_marked_for_staff(staff: FlaskClient, built: Built) -> None:
    assert "hemliga" in texts(tree(staff, f"/d/{built.strategy}/2?q=hemliga"), "//mark")


def test_report_has_pages_and_a_deck_has_slides(client: FlaskClient, built: Built) -> None:
    asked = f"/d/{built.report}?q=industrin"
    assert tree(client, asked).xpath("//h2[@id='slides']")[0].text_content().strip() == "70 sidor med träff"
    assert "Visa alla sidor" in text(tree(client, asked))
    assert "Visa bara sidor med träff" in text(tree(client, f"{asked}&show=all"))
    english = text(tree(client, f"/en{asked}"))
    assert "70 matching pages" in english
    assert "Show all pages" in english

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.page_tree import links, text, texts, tree
from tests.web.web_archive import Built


def test_start_page_shows_latest_documents_focus_areas_and_events(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/")
    assert texts(page, "//section[@aria-labelledby='latest']//h3")[0] == "Järnvägen som ryggrad"
    assert "Framtidens industri 2021–2022" in text(page)
    assert f"/e/{built.autumn}" in links(page, "//section[@aria-labelledby='events']//a")


def test_card_names_talk_speaker_event_date_and_counts(client: FlaskClient) -> None:
    card = tree(client, "/?q=kompetens").xpath("//main//li[article]")[0]
    words = text(card)
    for part in (
        "Strategi för industriell omvandling",
        "Maja Ekström, utvecklingsstrateg, Region Gävleborg",
        "2021-11-24",
        "Framtidens industri",
    ):
        assert part in words
    assert "4 träffar på 3 bilder" in words


def test_card_without_marked_words_says_where_they_are(client: FlaskClient) -> None:
    said = "rden står i uppgifterna om presentationen eller filen"
    for view in ("", "&view=list"):
        assert said in text(tree(client, f"/?q=mellersta{view}"))
        assert said not in text(tree(client, f"/?q=kompetens{view}"))
    assert said not in text(tree(client, "/?q=talare:Ekström"))
    assert "in what is known of the presentation" in text(tree(client, "/en/?q=mellersta"))


def test_best_slides_have_picture_marks_number_and_snippet(client: FlaskClient, built: Built) -> None:
    slides = tree(client, "/?q=kompetens&kind=deck").xpath("(//main//li[article])[1]//ul/li/a")
    assert len(slides) == 3
    for slide in slides:
        assert slide.xpath(".//img/@src")[0].startswith(f"/d/{built.strategy}/")
        assert slide.xpath(".//svg[@viewbox='0 0 960.0 540.0']/rect")
        assert slide.xpath(".//span[starts-with(., 'Bild ')]")
        assert "ompetens" in slide.xpath(".//mark")[0].text
        assert "?q=kompetens" in slide.get("href")


def test_slide_without_picture_is_a_text_card_that_says_why(client: FlaskClient) -> None:
    assert "Bilden tas fram just nu" in text(tree(client, "/?q=steel"))
    assert "Ingen bild kunde tas fram" in text(tree(client, "/?q=exporterar"))


@pytest.mark.parametrize(
    ("address", "totals"),
    [
        ("/?q=industrin", "78 bilder och sidor i 4 dokument"),
        ("/?q=industrin&kind=deck", "8 bilder i 3 presentationer"),
        ("/?q=industrin&kind=report", "70 sidor i 1 rapport"),
        ("/?q=signalteknik", "1 bild i 1 presentation"),
        ("/en/?q=industrin", "78 slides and pages in 4 documents"),
    ],
)
def test_totals_count_slides_and_pages_by_their_names(client: FlaskClient, address: str, totals: str) -> None:
    assert texts(tree(client, address), "//main//p[@role='status']") == [totals]


def test_card_never_counts_fewer_hits_than_slides(client: FlaskClient) -> None:
    for foot in texts(tree(client, "/?q=industrin"), "//article/p/span"):
        numbers = [int(number) for number in re.findall(r"[0-9]+", foot)]
        assert len(numbers) == 1 or numbers[0] >= numbers[1], foot


def test_all_matching_slides_are_a_link_away(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/?q=industrin")
    address = f"/d/{built.strategy}?q=industrin"
    assert address in links(page, "//article/p/a")
    assert len(tree(client, address).xpath("//section[@aria-labelledby='slides']/ol/li")) == 6


def test_facet_narrows_and_chip_takes_it_away(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/?q=industrin")
    assert f"/?q=industrin&event={built.spring}" in links(page, "//aside//a")
    narrowed = tree(client, f"/?q=industrin&event={built.spring}")
    assert texts(narrowed, "//main//p[@role='status']") == ["1 bild i 1 presentation"]
    assert links(narrowed, "//ul[@aria-label='Valda filter']//a") == ["/?q=industrin"]
    assert texts(narrowed, "//ul[@aria-label='Valda filter']//a") == [
        "Ta bort filtret Seminarium: Transporter och klimat"
    ]


def test_facet_values_are_named_in_the_visitors_language(client: FlaskClient) -> None:
    assert "Rapport" in " ".join(texts(tree(client, "/?q=industrin"), "//aside//a"))
    assert "Report" in " ".join(texts(tree(client, "/?q=industrin&lang=en"), "//aside//a"))


def test_new_words_keep_chosen_filters_and_order(client: FlaskClient) -> None:
    page = tree(client, "/?q=industrin&year=2021&sort=title")
    hidden = page.xpath("//form[@role='search']//input[@type='hidden']")
    assert [(one.get("name"), one.get("value")) for one in hidden] == [("year", "2021"), ("sort", "title")]


def test_order_by_date(client: FlaskClient) -> None:
    newest = texts(tree(client, "/?q=industrin&sort=newest"), "//main//li[article]//h2")
    oldest = texts(tree(client, "/?q=industrin&sort=oldest"), "//main//li[article]//h2")
    assert newest[0] == "Järnvägen som ryggrad"
    assert oldest[-1] == "Järnvägen som ryggrad"


def test_no_hits_page_helps(client: FlaskClient) -> None:
    page = tree(client, "/?q=xyzzy&year=2021")
    assert "Inga träffar" in text(page)
    assert "/?q=xyzzy" in links(page, "//div[h2[.='Inga träffar']]//a")


@pytest.mark.parametrize("query", ["page=abc", "page=-1", "page=0", "page=999999", "page=9" * 40, "page=²"])
def test_bad_page_is_brought_into_bounds(client: FlaskClient, query: str) -> None:
    page = tree(client, f"/?q=industrin&{query}")
    assert len(page.xpath("//main//li[article]")) == 4


@pytest.mark.parametrize("query", ["sort=best", "sort=", "event=", "year=" + "9" * 200, "region=%00&kind=x"])
def test_bad_order_or_filter_is_no_error(client: FlaskClient, query: str) -> None:
    tree(client, f"/?q=industrin&{query}")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_words_give_a_page(client: FlaskClient, words: str) -> None:
    address = f"/?q={quote(words, errors='replace')}"
    assert client.get(address).status_code == 200


def test_words_are_escaped(client: FlaskClient) -> None:
    body = client.get("/?q=<script>alert(1)</script>").get_data(as_text=True)
    assert "<script>" not in body
    assert "&lt;script&gt;" in body


def test_what_was_added_to_the_words_is_told_and_can_be_left_out(client: FlaskClient) -> None:
    page = tree(client, "/?q=jarnvagen")
    assert texts(page, "//p[starts-with(., 'Söker även')]/q") == ["järnvägen"]
    assert page.xpath("//main//li[article]")
    (only,) = links(page, "//a[.='Sök bara det jag skrev']")
    typed = tree(client, only)
    assert not typed.xpath("//main//li[article]")
    assert links(typed, "//a[starts-with(., 'Sök även')]") == ["/?q=jarnvagen"]


def test_where_no_slide_has_all_words_those_with_some_are_shown(client: FlaskClient) -> None:
    page = tree(client, "/?q=signalteknik+fossilfri")
    assert "Ingen bild har alla ord" in text(page)
    assert len(page.xpath("//main//li[article]")) == 2


def test_talks_with_all_words_come_first_and_are_counted(client: FlaskClient) -> None:
    page = tree(client, "/?q=signalteknik+kompetens")
    assert "I 1 presentation finns alla orden (1 bild)" in text(page)
    assert texts(page, "//main//li[article]//h2")[0] == "Järnvägen som ryggrad"


def test_a_line_parts_talks_with_some_of_the_words_and_their_slides_say_what_they_lack(
    client: FlaskClient,
) -> None:
    for address in ("/?q=signalteknik+kompetens", "/?q=signalteknik+kompetens&sort=title&view=slides"):
        page = tree(client, address)
        items = page.xpath("//main//ol[li//h2]/li")
        line = [text(item) for item in items].index("Med bara några av orden")
        assert line == 1
        assert "Saknar:" not in text(items[0])
        for item in items[2:]:
            assert set(texts(item, ".//s")) <= {"signalteknik", "kompetens"}
            assert "Saknar:" in text(item)


def test_typed_and_lets_no_word_go(client: FlaskClient) -> None:
    page = tree(client, "/?q=signalteknik+AND+kompetens")
    assert len(page.xpath("//main//li[article]")) == 1
    assert "Saknar:" not in text(page)


def test_grid_shows_the_slides_of_each_talk_without_their_texts(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/?q=industrin&view=slides&kind=deck")
    groups = page.xpath("//main//ol/li[h2]")
    assert [len(group.xpath("./ul/li/a")) for group in groups] == [6, 1, 1]
    assert groups[0].xpath(".//a//svg/rect")
    assert not page.xpath("//main//ol//mark")
    addresses = links(page, "//main//ol/li//ul/li/a")
    assert any(one.startswith(f"/d/{built.strategy}/2?q=industrin&") for one in addresses)


def test_list_has_one_row_for_each_talk(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/?q=industrin&view=list&kind=deck")
    rows = page.xpath("//main//ol/li[.//h2]")
    assert len(rows) == 3
    for row in rows:  # a picture, or the words that stand for one
        (picture,) = row.xpath("./a[@aria-hidden='true']")
        assert len(row.xpath(".//img")) == (0 if text(picture) else 1)
    assert "6 bilder med träff" in text(rows[0])
    assert rows[0].xpath(".//a//mark")


def test_question_that_is_cut_says_so(client: FlaskClient) -> None:
    notice = "Sökningen var längre än 200 tecken"
    assert notice in text(tree(client, "/?q=" + "industri+" * 30))
    assert notice not in text(tree(client, "/?q=" + "i" * 200))


def test_hits_come_before_the_filters_and_a_link_leads_to_them(client: FlaskClient) -> None:
    page = tree(client, "/?q=industrin")
    assert links(page, "//body/a")[:2] == ["#hits", "#filters"]
    hits, filters = page.xpath("//*[@id='hits']")[0], page.xpath("//*[@id='filters']")[0]
    order = list(page.iter())
    assert order.index(hits) < order.index(filters)
    assert tree(client, "/?q=finnsinte").xpath("//*[@id='hits']")


def test_view_is_kept_by_filters_orders_and_new_words(client: FlaskClient) -> None:
    page = tree(client, "/?q=industrin&view=slides&sort=title")
    assert all("view=slides" in link for link in links(page, "//aside//a"))
    hidden = page.xpath("//form[@role='search']//input[@type='hidden']")
    assert ("view", "slides") in [(one.get("name"), one.get("value")) for one in hidden]
    assert "/?q=industrin&sort=title" in links(page, "//*[@role='group'][@aria-label='Visning']//a")


def test_file_types_are_a_facet_with_names(client: FlaskClient) -> None:
    page = tree(client, "/?q=industrin")
    labels = texts(page, "//section[@aria-labelledby='facet-media_type']//a/span[not(@aria-hidden)][1]")
    assert labels == ["PowerPoint .pptx", "PDF .pdf"]


def test_narrower_regions_stand_below_the_broader_ones(client: FlaskClient) -> None:
    rows = tree(client, "/?q=industrin").xpath("//section[@aria-labelledby='facet-region']//a")
    depths = {
        text(row.xpath("./span[not(@aria-hidden)][1]")[0]): row.getparent().get("aria-level") for row in rows
    }
    assert list(depths.items()) == [("Sverige", None), ("Norra Mellansverige", "2"), ("Värmlands län", "3")]


def test_guide_in_both_languages(client: FlaskClient, built: Built) -> None:
    assert re.search(r"talare:[A-ZÅÄÖ]", text(tree(client, "/help")))
    assert re.search(r"speaker:[A-ZÅÄÖ]", text(tree(client, "/help?lang=en")))


def test_search_as_typed_goes_on_to_the_slides(client: FlaskClient, built: Built) -> None:
    asked = "q=jarnvagen+OR+godset"
    first, second = (f"/d/{built.railway}/{number}?{asked}" for number in (1, 2))
    assert set(links(tree(client, f"/?{asked}"), "//main//ol/li//ul/li/a")) >= {first, second}
    shown = links(tree(client, f"/?{asked}&only=typed"), "//main//ol/li//ul/li/a")
    assert shown == [f"{second}&only=typed"]

    wide, typed = tree(client, first), tree(client, f"{first}&only=typed")
    assert wide.xpath("//figure//svg//rect")
    assert not typed.xpath("//figure//svg//rect")
    assert texts(tree(client, second), "//*[@data-count]") == ["Träff 2 av 2"]
    exact = tree(client, shown[0])
    assert texts(exact, "//*[@data-count]") == ["Träff 1 av 1"]
    assert links(exact, "//a[@data-step='next']") == [f"/d/{built.railway}/3?{asked}&only=typed"]
    assert links(exact, "//a[.='Översikt']") == [f"/d/{built.railway}?{asked}&only=typed"]
    assert exact.xpath("//form//input[@name='only']/@value") == ["typed"]
    assert not wide.xpath("//form//input[@name='only']")


def test_document_searched_as_typed_shows_only_those_slides(client: FlaskClient, built: Built) -> None:
    address = f"/d/{built.railway}?q=jarnvagen+OR+godset"
    assert texts(tree(client, address), "//h2[@id='slides']") == ["2 bilder med träff"]
    typed = tree(client, f"{address}&only=typed")
    assert texts(typed, "//h2[@id='slides']") == ["1 bild med träff"]
    assert f"{address}&show=all&only=typed" in links(typed, "//section[@aria-labelledby='slides']//p/a")


def test_hits_for_machines_lead_to_slides_as_typed(client: FlaskClient) -> None:
    (hit,) = client.get("/api/search?q=jarnvagen+OR+godset&only=typed").get_json()["hits"]
    assert hit["url"].endswith("?q=jarnvagen+OR+godset&only=typed")


def test_where_only_some_words_are_found_nothing_but_the_typed_ones_can_be_asked(client: FlaskClient) -> None:
    page = tree(client, "/?q=kompetens+signalteknik")
    assert "finns alla orden" in text(page)
    assert [text(link) for link in page.xpath("//a[.='Sök bara det jag skrev']")] == [
        "Sök bara det jag skrev"
    ]

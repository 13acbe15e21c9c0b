"""The page of a basket, as everybody and as staff see it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from archive.baskets.refs import SLIDES_MAX
from archive.citations.formats.registry import FORMATS
from archive.citations.styles.registry import STYLES
from tests.web.page_tree import text, tree
from tests.web.web_archive import Built


def refs(client: FlaskClient, address: str) -> list[str]:
    """Return the slides that a page shows, in their order."""
    return [str(one) for one in tree(client, address).xpath("//li[@data-ref]/@data-ref")]


def listed(link: str) -> list[str]:
    """Return the slides that an address names."""
    return parse_qs(urlsplit(link).query).get("s", [""])[0].split(",")


def test_page_shows_the_slides_in_order_with_ways_to_move_and_take_out(
    client: FlaskClient, built: Built
) -> None:
    slides = [f"{built.strategy}.v1.3", f"{built.report}.v1.1", f"{built.strategy}.v1.2"]
    page = tree(client, f"/basket?s={','.join(slides)}")
    assert [str(one) for one in page.xpath("//li[@data-ref]/@data-ref")] == slides
    first, second, third = page.xpath("//li[@data-ref]")
    assert [link.text for link in first.xpath(".//a[@data-basket-edit]")] == ["Ned", "Ta bort"]
    assert [link.text for link in third.xpath(".//a[@data-basket-edit]")] == ["Upp", "Ta bort"]
    up, down, out = (str(link.get("href")) for link in second.xpath(".//a[@data-basket-edit]"))
    assert listed(up) == [slides[1], slides[0], slides[2]]
    assert listed(down) == [slides[0], slides[2], slides[1]]
    assert listed(out) == [slides[0], slides[2]]
    # Where a move leads to, its link (or the other one, at an end) is there to be focused.
    for link in (up, down):
        path, _, anchor = link.partition("#")
        assert tree(client, path).xpath(f"//a[@id='{anchor}']")


def test_slides_that_are_left_out_are_counted_and_not_named(client: FlaskClient, built: Built) -> None:
    address = f"/basket?s={built.board}.v1.1,{built.strategy}.v1.2,zzzzzzzzzz.v1.9,{built.withdrawn}.v1.1"
    page = tree(client, address)
    assert "3 bilder i adressen" in text(page)
    assert "Borttaget" not in text(page)
    assert page.xpath("//li[@data-ref]/@data-ref") == [f"{built.strategy}.v1.2"]


def test_sources_are_offered_in_every_format_and_every_style(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/basket?s={built.strategy}.v1.2")
    offered = [str(link) for link in page.xpath("//main//a/@href") if link.startswith("/basket/sources/")]
    names = [urlsplit(link).path.rsplit("/", 1)[1] for link in offered]
    assert names == [*FORMATS, *STYLES]
    assert {client.get(link).status_code for link in offered} == {200}


def test_moving_keeps_what_is_left_out_in_its_place(client: FlaskClient, built: Built) -> None:
    slides = [f"{built.strategy}.v1.2", "zzzzzzzzzz.v1.9", f"{built.strategy}.v1.3"]
    page = tree(client, f"/basket?s={','.join(slides)}")
    down = page.xpath("//li[@data-ref][1]//a[text()='Ned']/@href")[0]
    assert listed(str(down)) == slides[::-1]
    (without,) = page.xpath("//p[contains(., 'i adressen')]/a/@href")
    assert listed(str(without)) == [slides[0], slides[2]]


def test_hidden_slide_is_in_a_basket_for_staff_alone(
    client: FlaskClient, staff: FlaskClient, built: Built
) -> None:
    found = {
        one: [number for number in range(1, 12) if refs_at(one, built.strategy, number)]
        for one in (client, staff)
    }
    assert len(found[staff]) == len(found[client]) + 1


def refs_at(client: FlaskClient, document: str, number: int) -> bool:
    """Return whether a basket of one slide has it."""
    return client.get(f"/basket?s={document}.v1.{number}").status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("", 200, "Korgen är tom"),
        ("?s=", 200, "Korgen är tom"),
        ("?s=zzzzzzzzzz.v1.1", 404, "Ingen av bilderna i adressen går att visa"),
        ("?s=gruva", 400, "Adressen leder inte till någon bild"),
        ("?add=gruva", 400, "Adressen leder inte till någon bild"),
        ("?s=" + ",".join(f"zzzzzzzzzz.v1.{n}" for n in range(1, SLIDES_MAX + 2)), 400, "högst 40 bilder"),
        ("?s=" + "zzzzzzzzzz.v1.1," * 3000, 400, "högst 40 bilder"),
    ],
)
def test_answer_says_what_is_wrong(client: FlaskClient, query: str, status: int, said: str) -> None:
    answer = client.get(f"/basket{query}")
    assert answer.status_code == status
    assert said in answer.text


def test_slide_is_added_by_the_address_of_its_page(client: FlaskClient, built: Built) -> None:
    address = f"http://localhost/en/d/{built.strategy}/3?q=gruva"
    answer = client.get("/basket", query_string={"s": f"{built.strategy}.v1.2", "add": address})
    assert answer.status_code == 303
    assert refs(client, answer.headers["Location"]) == [f"{built.strategy}.v1.2", f"{built.strategy}.v1.3"]


def test_page_of_a_slide_leads_to_a_basket_with_it(client: FlaskClient, built: Built) -> None:
    (link,) = tree(client, f"/d/{built.strategy}/3").xpath("//a[@data-to-basket]/@href")
    assert refs(client, str(link)) == [f"{built.strategy}.v1.3"]


def test_lists_of_slides_say_of_which_version_they_are(client: FlaskClient, built: Built) -> None:
    for address in (
        f"/d/{built.strategy}",
        "/?q=industrin",
        "/?q=industrin&view=slides",
        "/?q=industrin&view=list",
    ):
        assert f"{built.strategy}.v1" in tree(client, address).xpath("//@data-slides-of")


def test_page_is_there_in_english_with_the_same_slides(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/en/basket?s={built.strategy}.v1.3")
    assert page.xpath("//h1")[0].text == "Slide basket"
    (link,) = page.xpath("//a[@hreflang='sv'][@lang='sv']/@href")
    assert refs(client, str(link)) == [f"{built.strategy}.v1.3"]


def test_file_is_offered_as_pictures_where_the_decks_are_several(client: FlaskClient, built: Built) -> None:
    several = text(tree(client, f"/basket?s={built.strategy}.v1.3,{built.railway}.v1.1"))
    one = text(tree(client, f"/basket?s={built.strategy}.v1.3,{built.strategy}.v1.2"))
    report = text(tree(client, f"/basket?s={built.report}.v1.1"))
    assert "Bilder ur flera presentationer" in several
    assert "Presentationen med bara de här bilderna" in one
    assert "ingen PowerPoint-fil" in report

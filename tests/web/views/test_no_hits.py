"""Pages without hits: each says why, and what to do."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web.page_tree import links, text, texts, tree
from tests.web.web_archive import Built

NONSENSE = [
    "xyzzy",
    "qwrtplk kompetens",
    "signaltknik",
    "kompetensdrake",
    "asdf ghjk qwer zxcv",
    '"fossilfri kompetensdrake"',
    "talare:xyzzy kompetens",
    "titel:xyzzy",
    "år:1712",
    "år:2021 xyzzy",
    "xyzzy*",
    "-kompetens xyzzy",
    "(xyzzy OR plugh) AND qwrtplk",
    "språk:xx xyzzy",
    "xyzzy@exempel.se",
    "https://exempel.se/xyzzy?a=b",
    "😀😀😀 xyzzy",
    "x" * 200,
    "%%%% §§§§ xyzzy",
    "\u202eyzzyx\u202c plugh",
]


@pytest.mark.parametrize("asked", NONSENSE)
def test_nonsense_gets_a_page_that_helps(client: FlaskClient, built: Built, asked: str) -> None:
    page = tree(client, f"/?q={quote(asked)}")
    words = text(page)
    assert "Inga träffar" in words or "Ingen bild har alla ord" in words
    if "Inga träffar" in words:
        assert "Finns inte i arkivet:" in words or page.xpath(
            "//div[h2[.='Inga träffar']]//span[contains(., 'bild')]"
        )
        assert "/help" in links(page, "//div[h2[.='Inga träffar']]//a")
    for offered in (
        *links(page, "//div[h2[.='Inga träffar']]/ul/li/a"),
        *links(page, "//p[starts-with(., 'Menade du')]//a"),
    ):
        assert "Inga träffar" not in text(tree(client, offered)), offered
    assert page.xpath("//input[@name='q']")


def test_the_word_that_is_nowhere_is_named_and_the_rest_is_offered(client: FlaskClient) -> None:
    page = tree(client, "/?q=signalteknik+talare:xyzzy")
    assert "/?q=signalteknik" in links(page, "//div[h2[.='Inga träffar']]//a")
    assert "Finns inte i arkivet: talare:xyzzy" in text(page)


def test_another_spelling_is_offered_with_what_it_finds(client: FlaskClient) -> None:
    page = tree(client, "/?q=signaltknik&year=2022")
    assert texts(page, "//p[starts-with(., 'Menade du')]//a") == ["signalteknik"]
    assert "1 bild" in texts(page, "//p[starts-with(., 'Menade du')]")[0]
    assert links(page, "//p[starts-with(., 'Menade du')]//a") == ["/?q=signalteknik&year=2022"]


def test_spelling_is_offered_in_english_too(client: FlaskClient) -> None:
    assert "Did you mean signalteknik" in text(tree(client, "/?q=signaltknik&lang=en"))


def test_no_word_that_only_staff_may_see_is_offered(client: FlaskClient, staff: FlaskClient) -> None:
    for asked in ("förtrolgit", "vasrlet"):
        assert not tree(client, f"/?q={quote(asked)}").xpath("//p[starts-with(., 'Menade du')]")
        assert tree(staff, f"/?q={quote(asked)}").xpath("//p[starts-with(., 'Menade du')]")


def test_phrase_is_never_respelt(client: FlaskClient) -> None:
    assert not tree(client, "/?q=%22signaltknik%22").xpath("//p[starts-with(., 'Menade du')]")


def test_a_quotation_is_not_quoted_twice(client: FlaskClient) -> None:
    page = tree(client, f"/?q={quote(chr(34) + 'fossilfri kompetensdrake' + chr(34))}")
    assert [one.text_content() for one in page.xpath("//h1/bdi")] == ['"fossilfri kompetensdrake"']
    assert page.xpath("//h1/q") == []
    assert [one.text_content() for one in tree(client, "/?q=xyzzy").xpath("//h1/q")] == ["xyzzy"]


def test_field_that_there_is_not_is_told_with_those_there_are(client: FlaskClient, built: Built) -> None:
    for asked in ("filtyp:pdf", "filtyp:pdf kompetens"):
        assert "filtyp: är inget fält, så det söktes som ord. Fälten är titel, talare," in text(
            tree(client, f"/?q={quote(asked)}")
        )
    english = text(tree(client, "/en/?q=filetype:pdf"))
    assert "filetype: is no field, so it was searched for as words. The fields are title," in english
    assert "är inget fält" not in text(tree(client, f"/?q={quote('titel:kompetens https://exempel.se')}"))


def test_value_that_a_field_does_not_have_is_told_with_those_it_has(
    client: FlaskClient, built: Built
) -> None:
    said = "typ: är presentation eller rapport, inte en filtyp, så pdf söktes som ord."
    for asked in ("typ:pdf", "typ:pdf kompetens"):
        assert said in text(tree(client, f"/?q={quote(asked)}"))
    assert "language: is Swedish or English, so" in text(tree(client, "/en/?q=language:french"))
    assert "söktes som ord" not in text(tree(client, f"/?q={quote('typ:rapport industrin')}"))

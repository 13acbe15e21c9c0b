"""References on a page, as files, by Accept and by unAPI: for each kind of record, in both languages."""

import json
from xml.etree import ElementTree as ET

import pytest
import rispy
from flask.testing import FlaskClient
from rdflib import Graph, Namespace
from rdflib.namespace import DC, FOAF, RDF

from archive.citations.formats import FORMATS
from archive.citations.styles import STYLES
from tests.web.page_tree import texts, tree
from tests.web.web_archive import Built

Z = Namespace("http://www.zotero.org/namespaces/export#")
_CSL = "application/vnd.citationstyles.csl+json"


def talk_of(client: FlaskClient, built: Built) -> str:
    """Return the identifier of a talk, as its place on the event's page has it."""
    places = tree(client, f"/e/{built.autumn}").xpath("//li[starts-with(@id, 't-')]/@id")
    return str(places[0]).removeprefix("t-")


def test_page_of_references_has_every_style_in_both_languages_and_every_format(
    client: FlaskClient, built: Built
) -> None:
    page = tree(client, f"/d/{built.strategy}/v1/3/cite")
    named = [one.title for one in STYLES.values()] + [one.title for one in FORMATS.values()]
    assert texts(page, "//section[@aria-labelledby='styles' or @aria-labelledby='files']//dt") == named
    references = [one.strip() for one in texts(page, "//p[@data-reference]")]
    assert len(references) == 2 * len(STYLES)
    assert all(f"/d/{built.strategy}/v1/3" in one for one in references)
    assert all("bild 3" in one for one in references[::2])
    assert all("slide 3" in one for one in references[1::2])
    for name in (*FORMATS, *STYLES):
        assert f"/d/{built.strategy}/v1/3/cite/{name}" in page.xpath("//a/@href")
    records = page.xpath("//pre[@data-reference]")
    assert [one.text_content().split() for one in records] == [
        client.get(f"/d/{built.strategy}/v1/3/cite/{name}").text.split() for name in FORMATS
    ]


def test_reference_in_a_style_is_a_file_in_the_language_of_its_address(
    client: FlaskClient, built: Built
) -> None:
    page = tree(client, f"/d/{built.strategy}/cite")
    addresses = [one for one in page.xpath("//a/@href") if one.endswith("/apa")]
    assert addresses == [f"/d/{built.strategy}/cite/apa", f"/en/d/{built.strategy}/cite/apa"]
    shown = [one.strip() for one in texts(page, "//p[@data-reference]")][:2]
    for address, text in zip(addresses, shown, strict=True):
        file = client.get(address)
        assert (file.mimetype, file.text) == ("text/plain", f"{text}\n")
        assert file.headers["Content-Disposition"].endswith("-apa.txt")


def test_page_of_references_in_english_has_english_ones_first(client: FlaskClient, built: Built) -> None:
    page = tree(client, f"/en/d/{built.strategy}/cite")
    first, second, *_ = texts(page, "//p[@data-reference]")
    assert f"http://localhost/d/{built.strategy}" in first
    assert first != second
    assert f"/en/d/{built.strategy}/cite/ris" in page.xpath("//a/@href")


@pytest.mark.parametrize("name", FORMATS)
def test_record_is_a_file_to_download(client: FlaskClient, built: Built, name: str) -> None:
    answer = client.get(f"/d/{built.strategy}/cite/{name}")
    assert answer.status_code == 200
    assert answer.mimetype == FORMATS[name].media_type
    assert answer.headers["Content-Disposition"].endswith(FORMATS[name].suffix)
    assert built.strategy in answer.text


def test_unknown_formats_versions_slides_and_records_are_not_found(client: FlaskClient, built: Built) -> None:
    for address in (
        f"/d/{built.strategy}/cite/word",
        f"/d/{built.strategy}/v9/1/cite",
        f"/d/{built.strategy}/v1/999/cite",
        f"/d/{built.strategy}/vx/1/cite",
        f"/d/{built.strategy}/v1/0/cite/ris",
        f"/d/{built.strategy}/v9/1",
        f"/d/{built.strategy}/v1/999",
        f"/d/{built.strategy}/v{'9' * 30}/1",
        f"/d/{built.strategy}/v1/999/picture.webp",
        "/d/unknown/cite",
        "/t/unknown",
        "/t/unknown/cite",
        "/t/unknown/cite/ris",
    ):
        assert client.get(address).status_code == 404, address


def test_unknown_format_says_which_there_are_in_both_languages(client: FlaskClient, built: Built) -> None:
    for address in (f"/d/{built.strategy}", f"/d/{built.strategy}/v1/3", f"/t/{built.talk}"):
        assert "Det finns: bibtex, biblatex, ris, csl-json, apa," in client.get(f"{address}/cite/word").text
    english = client.get(f"/en/t/{built.talk}/cite/word")
    assert english.status_code == 404
    assert "There are: bibtex, biblatex, ris, csl-json, apa," in english.text


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (_CSL, _CSL),
        ("application/x-bibtex", "application/x-bibtex"),
        (f"application/x-research-info-systems;q=0.9, {_CSL};q=0.8", "application/x-research-info-systems"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("application/pdf", "text/html"),
        (f"text/html;q=0.5, {_CSL}", _CSL),
        ("", "text/html"),
        ("application/x-bibtex; charset=utf-8", "application/x-bibtex"),
        ("text/html;level=1, application/x-bibtex;q=0.9", "text/html"),
        ("image/avif,image/webp,*/*", "text/html"),
        ("text/*", "text/html"),
        ("application/x-bibtex;q=0", "text/html"),
        ("application/x-bibtex;q=nan", "text/html"),
        ("a/b," * 1500 + "application/x-bibtex", "application/x-bibtex"),
        ("text/x-bibliography", "text/x-bibliography"),
    ],
)
def test_accept_chooses_between_the_page_and_the_record(
    client: FlaskClient, built: Built, accept: str, media_type: str
) -> None:
    for address in (f"/d/{built.strategy}", f"/d/{built.strategy}/3", f"/d/{built.strategy}/v1/3"):
        answer = client.get(address, headers={"Accept": accept})
        assert (answer.status_code, answer.mimetype) == (200, media_type), address
        assert "Accept" in answer.vary


def test_record_of_a_slide_by_accept_is_cited_with_its_version(client: FlaskClient, built: Built) -> None:
    (item,) = json.loads(client.get(f"/d/{built.strategy}/3", headers={"Accept": _CSL}).text)
    assert item["URL"] == f"http://localhost/d/{built.strategy}/v1/3"
    assert item["type"] == "speech"


def test_reference_is_given_as_text_in_the_style_and_language_that_are_asked_for(
    client: FlaskClient, built: Built
) -> None:
    page = tree(client, f"/d/{built.strategy}/v1/3/cite")
    shown = [one.strip() for one in texts(page, "//p[@data-reference]")]
    asked = {
        "text/x-bibliography": shown[0],
        "text/x-bibliography; style=apa; locale=en-GB": shown[1],
        "text/html;q=0.5, text/x-bibliography; locale=sv-SE; style=Vancouver": shown[6],
    }
    for accept, text in asked.items():
        answer = client.get(f"/d/{built.strategy}/3", headers={"Accept": accept})
        assert (answer.status_code, answer.text.strip()) == (200, text)
    unknown = client.get(f"/d/{built.strategy}", headers={"Accept": "text/x-bibliography; style=mla"})
    assert (unknown.status_code, unknown.mimetype) == (406, "text/plain")
    assert "vancouver" in unknown.text
    closed = client.get(f"/d/{built.board}", headers={"Accept": "text/x-bibliography"})
    assert closed.status_code == 404


def test_address_of_a_talk_shows_its_slides_or_gives_its_record(client: FlaskClient, built: Built) -> None:
    talk = talk_of(client, built)
    (canonical,) = tree(client, f"/t/{talk}").xpath("//link[@rel='canonical']/@href")
    assert canonical == f"http://localhost/d/{built.strategy}"
    (item,) = json.loads(client.get(f"/t/{talk}", headers={"Accept": _CSL}).text)
    assert item["URL"] == f"http://localhost/t/{talk}"
    assert rispy.loads(client.get(f"/t/{talk}/cite/ris").text)[0]["title"] == item["title"]


def test_pages_link_to_their_references(client: FlaskClient, built: Built) -> None:
    assert f"/d/{built.strategy}/cite" in tree(client, f"/d/{built.strategy}").xpath("//a/@href")
    assert f"/d/{built.strategy}/v1/3/cite" in tree(client, f"/d/{built.strategy}/3").xpath("//a/@href")
    assert f"/d/{built.report}/cite" in tree(client, f"/d/{built.report}").xpath("//a/@href")
    talk = talk_of(client, built)
    assert f"/t/{talk}/cite" in tree(client, f"/e/{built.autumn}").xpath("//a/@href")


def test_current_version_of_a_slide_is_its_own_page_and_says_where_that_is(
    client: FlaskClient, built: Built
) -> None:
    page = tree(client, f"/d/{built.strategy}/v1/3")
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    assert canonical == f"http://localhost/d/{built.strategy}/3"
    assert "Bild 3" in texts(page, "//h1")[0]


def test_withdrawn_document_answers_that_it_is_gone_with_what_it_was(
    client: FlaskClient, built: Built
) -> None:
    answer = client.get(f"/d/{built.withdrawn}/v1/1")
    assert answer.status_code == 410
    assert "har dragits tillbaka" in answer.text
    assert "Presentation" in answer.text
    for address in (f"/d/{built.withdrawn}/cite", f"/d/{built.withdrawn}/v1/1/cite/ris"):
        assert client.get(address).status_code == 410


class TestUnapi:
    def test_without_an_id_it_lists_its_formats(self, client: FlaskClient) -> None:
        answer = client.get("/unapi")
        names = [one.attrib["name"] for one in ET.fromstring(answer.text)]
        assert (answer.status_code, answer.mimetype, names[0]) == (200, "application/xml", "rdf_zotero")

    def test_with_an_id_it_lists_the_formats_of_that_record(self, client: FlaskClient, built: Built) -> None:
        answer = client.get(f"/unapi?id=d/{built.strategy}")
        assert answer.status_code == 300
        assert ET.fromstring(answer.text).attrib["id"] == f"d/{built.strategy}"

    def test_it_says_what_it_does_not_have(self, client: FlaskClient, built: Built) -> None:
        known = f"d/{built.strategy}"
        asked = {
            "id=d/unknown": 404,
            "id=d/unknown&format=ris": 404,
            "id=nothing&format=ris": 404,
            f"id={known}/v7/1&format=ris": 404,
            f"id={known}/v9/0&format=ris": 404,
            f"id={known}/v0/3&format=ris": 404,
            f"id={known}/v1/0&format=ris": 404,
            f"id={known}/v1/\u0663&format=ris": 404,
            f"id={known}&format=marc": 406,
            f"id=d/{built.withdrawn}&format=ris": 410,
            f"id=d/{built.board}&format=ris": 404,
            "format=ris": 400,
        }
        for query, status in asked.items():
            assert client.get(f"/unapi?{query}").status_code == status, query

    def test_each_format_is_served_for_each_kind(self, client: FlaskClient, built: Built) -> None:
        talk = f"t/{talk_of(client, built)}"
        names = [one.attrib["name"] for one in ET.fromstring(client.get("/unapi").text)]
        for identifier in (f"d/{built.strategy}", f"d/{built.strategy}/v1/3", f"d/{built.report}", talk):
            for name in names:
                assert client.get(f"/unapi?id={identifier}&format={name}").status_code == 200

    def test_zotero_gets_a_presentation_with_its_presenters(self, client: FlaskClient, built: Built) -> None:
        answer = client.get(f"/unapi?id=d/{built.strategy}/v1/3&format=rdf_zotero")
        graph = Graph().parse(data=answer.text, format="xml")
        (item,) = graph.subjects(Z.itemType, None)
        assert str(item) == f"http://localhost/d/{built.strategy}/v1/3"
        assert str(graph.value(item, Z.itemType)) == "presentation"
        assert str(graph.value(item, DC.title)).endswith(", bild 3")
        people = list(graph.subjects(RDF.type, FOAF.Person))
        assert people
        assert all(graph.value(one, FOAF.surname) for one in people)

    def test_result_page_names_each_document_once(self, client: FlaskClient, built: Built) -> None:
        for view in ("", "&view=list", "&view=slides"):
            page = tree(client, f"/?q=industrin{view}")
            (server,) = page.xpath("//link[@rel='unapi-server']/@href")
            assert server == "http://localhost/unapi"
            names = [str(one) for one in page.xpath("//abbr[@class='unapi-id']/@title")]
            assert len(names) == len(set(names)) >= 1
            for name in names:
                assert client.get(f"/unapi?id={name}&format=rdf_zotero").status_code == 200

    def test_page_of_a_record_names_itself_alone(self, client: FlaskClient, built: Built) -> None:
        for address, name in (
            (f"/d/{built.strategy}", f"d/{built.strategy}"),
            (f"/d/{built.strategy}/3", f"d/{built.strategy}/v1/3"),
        ):
            page = tree(client, address)
            assert page.xpath("//abbr[@class='unapi-id']/@title") == [name]


def test_only_reports_have_the_tags_that_make_a_paper_of_a_talk(client: FlaskClient, built: Built) -> None:
    deck, report = tree(client, f"/d/{built.strategy}/3"), tree(client, f"/d/{built.report}")
    names = {str(one) for one in deck.xpath("//meta/@name")}
    assert {"z:itemType", "eprints.creators_name", "eprints.event_title", "eprints.official_url"} <= names
    assert {name for name in names if name.startswith("citation_")} <= {"citation_pdf_url"}
    assert deck.xpath("//meta[@property='og:type']/@content") != ["website"]
    names = {str(one) for one in report.xpath("//meta/@name")}
    assert {"citation_title", "citation_technical_report_institution"} <= names
    assert not {name for name in names if name.startswith("eprints")}


@pytest.mark.parametrize("language", ["", "/en"])
def test_slide_without_a_version_leads_to_how_that_of_the_newest_is_cited(
    client: FlaskClient, built: Built, language: str
) -> None:
    for rest in ("cite", "cite/ris", "cite/word"):
        answer = client.get(f"{language}/d/{built.strategy}/3/{rest}")
        assert (answer.status_code, answer.location) == (302, f"{language}/d/{built.strategy}/v1/3/{rest}")
    for number in ("0", "999", "x", "9" * 40):
        assert client.get(f"{language}/d/{built.strategy}/{number}/cite").status_code == 404

"""What pages tell search engines, read as RDF: the same as the interface for programs tells."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.term import Node

from archive.web.factory import create_app
from tests.filled_archive import add, opened, slide
from tests.web.page_tree import tree
from tests.web.web_archive import Built

SCHEMA = Namespace("https://schema.org/")
HOME = "http://localhost"
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def graph(client: FlaskClient, path: str) -> Graph:
    """Return what a page tells; schema.org's context is fetched from nowhere."""
    (block,) = tree(client, path).xpath("//script[@type='application/ld+json']/text()")
    data: dict[str, Any] = json.loads(block)
    assert data["@context"] == "https://schema.org"
    data["@context"] = {"@vocab": str(SCHEMA)}
    return Graph().parse(data=json.dumps(data), format="json-ld")


def texts(found: Graph, subject: Node, name: str) -> list[str]:
    return sorted(str(one) for one in found.objects(subject, SCHEMA[name]))


def test_a_deck_tells_who_spoke_when_and_where(client: FlaskClient, built: Built) -> None:
    found = graph(client, f"/d/{built.strategy}")
    deck = URIRef(f"{HOME}/d/{built.strategy}")
    said = client.get(f"/api/documents/{built.strategy}").get_json()
    assert (deck, RDF.type, SCHEMA.PresentationDigitalDocument) in found
    assert texts(found, deck, "name") == [said["title"]]
    assert texts(found, deck, "datePublished") == [said["date"]]
    assert texts(found, deck, "author") == [f"{HOME}/p/{built.person}"]
    assert texts(found, URIRef(f"{HOME}/p/{built.person}"), "affiliation") == [
        f"{HOME}/o/{built.organisation}"
    ]
    assert texts(found, deck, "recordedAt") == [f"{HOME}/e/{built.autumn}"]
    assert texts(found, deck, "inLanguage") == [said["language"]]


def test_a_report_an_event_a_person_and_an_organisation_tell_what_they_are(
    client: FlaskClient, built: Built
) -> None:
    report = graph(client, f"/d/{built.report}")
    assert (URIRef(f"{HOME}/d/{built.report}"), RDF.type, SCHEMA.Report) in report
    event = URIRef(f"{HOME}/e/{built.autumn}")
    found = graph(client, f"/e/{built.autumn}")
    assert (event, RDF.type, SCHEMA.Event) in found
    assert texts(found, event, "startDate") == ["2021-11-24"]
    talks = client.get(f"/api/talks?event={built.autumn}").get_json()["items"]
    names = sorted(
        text for part in found.objects(event, SCHEMA.subEvent) for text in texts(found, part, "name")
    )
    assert names == sorted(talk["topic"] for talk in talks)
    of_talks = [
        str(part)
        for talk in found.objects(event, SCHEMA.subEvent)
        for part in found.objects(talk, SCHEMA.url)
    ]
    assert sorted(of_talks) == sorted(talk["url"] for talk in talks)
    person, organisation = f"/p/{built.person}", f"/o/{built.organisation}"
    assert (URIRef(HOME + person), RDF.type, SCHEMA.Person) in graph(client, person)
    assert (URIRef(HOME + organisation), RDF.type, SCHEMA.Organization) in graph(client, organisation)


def test_words_of_a_record_cannot_end_the_block(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        title = "</script><script>alert(1)</script><!-- & \u2028"
        document_id = add(archive, title, slide("Kol"))
        client = create_app(archive).test_client()
        found = graph(client, f"/d/{document_id}")
        assert texts(found, URIRef(f"{HOME}/d/{document_id}"), "name") == [title]
        assert "<script>alert" not in client.get(f"/d/{document_id}").text


def test_pages_lead_to_the_same_record_for_programs(client: FlaskClient, built: Built) -> None:
    for page in (f"/d/{built.strategy}", f"/e/{built.autumn}", f"/en/e/{built.autumn}"):
        (address,) = tree(client, page).xpath("//link[@type='application/json']/@href")
        assert client.get(address).get_json()["url"] == f"{HOME}{page}"


def test_a_document_and_a_slide_are_given_as_linked_data(client: FlaskClient, built: Built) -> None:
    asked = {"Accept": "application/ld+json"}
    answer = client.get(f"/d/{built.strategy}/3", headers=asked)
    assert (answer.status_code, answer.mimetype) == (200, "application/ld+json")
    slide_said = json.loads(answer.data)
    assert (slide_said["@type"], slide_said["position"]) == ("DigitalDocument", 3)
    deck = json.loads(client.get(f"/d/{built.strategy}", headers=asked).data)
    (on_page,) = tree(client, f"/d/{built.strategy}").xpath("//script[@type='application/ld+json']/text()")
    assert deck == json.loads(on_page)
    assert client.get(f"/d/{built.board}", headers=asked).status_code == 404


def test_a_talk_is_given_as_linked_data_with_its_event_and_its_papers(
    client: FlaskClient, built: Built
) -> None:
    asked = {"Accept": "application/ld+json"}
    answer = client.get(f"/t/{built.talk}", headers=asked)
    assert (answer.status_code, answer.mimetype) == (200, "application/ld+json")
    told = json.loads(answer.data)
    assert (told["@type"], told["@id"], told["url"]) == ("Event", *[f"{HOME}/t/{built.talk}"] * 2)
    assert told["superEvent"]["@id"] == f"{HOME}/e/{built.autumn}"
    assert [one["@id"] for one in told["workFeatured"]] == [f"{HOME}/d/{built.strategy}"]
    assert [one["@id"] for one in told["performer"]] == [f"{HOME}/p/{built.person}"]


def test_a_slide_of_a_replaced_version_says_nothing_of_the_newer_one(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        document_id = add(archive, "bilder", slide("Ett"), slide("Två"))
        add(archive, "bilder", slide("Annat"), data="nytt")
        client = create_app(archive).test_client()
        asked = {"Accept": "application/ld+json"}
        told = json.loads(client.get(f"/d/{document_id}/v1/2", headers=asked).data)
        assert told["@id"] == told["url"] == f"{HOME}/d/{document_id}/v1/2"
        assert (told["version"], told["position"]) == (1, 2)
        assert told["isPartOf"]["@id"] == f"{HOME}/d/{document_id}"
        assert not {"version", "dateModified", "encoding"} & set(told["isPartOf"])
        now = json.loads(client.get(f"/d/{document_id}/v2/1", headers=asked).data)
        assert (now["@id"], now["isPartOf"]["version"]) == (f"{HOME}/d/{document_id}/1", 2)

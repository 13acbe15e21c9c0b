"""What Zotero is given says of each record what is known of it: 25 of each of four kinds, read by rdflib."""

from dataclasses import replace
from itertools import islice, product

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import DC, DCTERMS, FOAF, RDF
from rdflib.term import Node

from archive.citations.formats.one_line import one_line
from archive.citations.formats.zotero_rdf import zotero_rdf
from archive.citations.item import CitedItem, CitedKind
from tests.citations.cited import HARD, item, organisation

BIB = Namespace("http://purl.org/net/biblio#")
VCARD = Namespace("http://nwalsh.com/rdf/vCard#")
Z = Namespace("http://www.zotero.org/namespaces/export#")

_NAMES = (
    ("Carina Åkerberg",),
    ("Carl von Essen", "Anna Al"),
    ("Anna Al", "Bo Björk", "Cia Cedergren", "Dag Död", "Eva Ek"),
    ("Cher",),
    (),
)
_DATES = ("2019-05-23", "2019-05", "2019", "", "2020-12-31")
_KINDS = ((CitedKind.TALK, 0), (CitedKind.DECK, 0), (CitedKind.SLIDE, 4), (CitedKind.REPORT, 0))


def golden() -> list[CitedItem]:
    """Return 25 records of each kind: one to five speakers, "von", an organisation, each kind of date."""
    made = []
    for kind, number in _KINDS:
        for nth, (people, day) in enumerate(islice(product(_NAMES, _DATES), 25)):
            names = {} if people else {"names": organisation("Region Norrbotten & Co")}
            whole = item(kind, f"Malm < {nth} & guld", *people, number=number, issued=day, **names)
            made.append(replace(whole, publisher="SGU", address=f"{whole.address}?{kind}{nth}"))
    return made


ALL = golden()


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(data=zotero_rdf([*ALL, *HARD]), format="xml")


def test_golden_set_is_a_hundred_records() -> None:
    assert len({one.address for one in ALL}) == len(ALL) == 100


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.address.rpartition("?")[2])
def test_record_comes_back_as_it_was(graph: Graph, one: CitedItem) -> None:
    node = URIRef(one.address)
    is_report = one.kind is CitedKind.REPORT
    assert _text(graph, node, Z.itemType) == ("report" if is_report else "presentation")
    assert _text(graph, node, DC.title) == one_line(one.full_title)
    assert _text(graph, node, DC.date) == one.issued
    assert _text(graph, node, DC.type) == one.genre
    assert _text(graph, node, DC.language) == one.language
    identifier = graph.value(node, DC.identifier)
    assert identifier is not None
    assert graph.value(identifier, RDF.type) == DCTERMS.URI
    assert _text(graph, identifier, RDF.value) == one.address
    assert _people(graph, node, BIB.authors if is_report else Z.presenters) == [
        (name.literal or " ".join(filter(None, (name.particle, name.family))), name.given)
        for name in one.names
    ]
    assert graph.value(node, DCTERMS.dateSubmitted) is None


@pytest.mark.parametrize("one", ALL[::25], ids=lambda one: one.kind)
def test_event_place_and_publisher_stand_where_zotero_reads_them(graph: Graph, one: CitedItem) -> None:
    node = URIRef(one.address)
    publisher = graph.value(node, DC.publisher)
    assert publisher is not None
    if one.kind is CitedKind.REPORT:
        assert _text(graph, publisher, FOAF.name) == one.publisher
        assert graph.value(node, BIB.presentedAt) is None
        return
    event, address = graph.value(node, BIB.presentedAt), graph.value(publisher, VCARD.adr)
    assert event is not None
    assert address is not None
    assert _text(graph, event, DC.title) == one.event_title
    assert _text(graph, address, VCARD.locality) == one.event_place


def _text(graph: Graph, node: Node, name: URIRef) -> str:
    found = graph.value(node, name)
    return "" if found is None else str(found)


def _people(graph: Graph, node: Node, name: URIRef) -> list[tuple[str, str]]:
    people = graph.value(node, name)
    assert people is not None
    assert graph.value(people, RDF.type) == RDF.Seq
    members = sorted(
        (int(str(key).rpartition("_")[2]), one)
        for key, one in graph.predicate_objects(people)
        if key != RDF.type
    )
    return [(_text(graph, one, FOAF.surname), _text(graph, one, FOAF.givenName)) for _, one in members]


def test_characters_that_xml_does_not_have_are_left_out() -> None:
    text = "Malm\ufffe i\uffff\ufdd0 \x00dagen\x1f\ud800"
    hard = item(CitedKind.DECK, text, text, event_title=text, event_place=text, abstract=text)
    graph = Graph().parse(data=zotero_rdf([hard]), format="xml")
    (told,) = graph.subjects(Z.itemType, None)
    assert str(graph.value(told, DC.title)) == "Malm i dagen"

"""Pages that tell where a slide is used again, and two documents side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient
from lxml import html

from archive.app import Archive
from archive.catalogue import documents, hidden_pages
from archive.model.visibility import Visibility
from archive.web.factory import create_app
from tests.filled_archive import add, opened, slide
from tests.reuse.decks import ENERGY, MARKET, NEXT_YEAR, PEOPLE, sign_all
from tests.web.conftest import Client
from tests.web.page_tree import links, text, texts, tree

AGENDA = slide(
    "Dagordning", "Mötets öppnande av ordföranden", "Val av justerare för mötet", "Stålets framtid i norr"
)


@dataclass(frozen=True)
class Ground:
    """An archive whose decks have slides in common, and who looks at it."""

    archive: Archive
    clients: dict[Visibility, FlaskClient]
    own: str
    newer: str
    members: str
    staff: str
    hidden: str
    withdrawn: str


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with opened(tmp_path_factory.mktemp("reuse")) as archive:
        own = add(archive, "Stål 2019", AGENDA, MARKET, ENERGY, year=2019)
        newer = add(archive, "Stål 2021", AGENDA, PEOPLE, NEXT_YEAR, ENERGY, year=2021)
        members = add(archive, "Medlemmars", MARKET, year=2022, visibility=Visibility.MEMBERS)
        staff = add(archive, "Personalens", MARKET, year=2023, visibility=Visibility.STAFF)
        hidden = add(archive, "Med dold bild", PEOPLE, MARKET, year=2024)
        withdrawn = add(archive, "Borttagen", MARKET, year=2025)
        add(archive, "Utbytt", MARKET, year=2026)
        add(
            archive,
            "Utbytt",
            slide("", "helt andra ord som ingen annan bild i arkivet har alls just nu"),
            data="2",
        )
        with archive.database.write() as session:
            hidden_pages.set_hidden(session, hidden, 2, True, "test")
            documents.withdraw(session, withdrawn, "test")
        sign_all(archive)
        clients = {level: _client(archive, level) for level in Visibility}
        yield Ground(archive, clients, own, newer, members, staff, hidden, withdrawn)


def _client(archive: Archive, level: Visibility) -> FlaskClient:
    web = archive.settings.web.model_copy(update={"visitor": level.value})
    settings = archive.settings.model_copy(update={"web": web})
    app = create_app(replace(archive, settings=settings))
    app.test_client_class = Client
    return app.test_client()


SEEN = {
    Visibility.PUBLIC: ("Samma bild i 1 annan presentation (2021)", {"newer"}),
    Visibility.MEMBERS: ("Samma bild i 2 andra presentationer (2021–2022)", {"newer", "members"}),
    Visibility.STAFF: (
        "Samma bild i 4 andra presentationer (2021–2024)",
        {"newer", "members", "staff", "hidden"},
    ),
}
SAME = "//section[@aria-labelledby='same-slides']"
SAME_PICTURE = f"{SAME}//li/a"
REUSED = "//section[@aria-labelledby='reused']"
IN_COMMON = "//h2[. = 'Har bilder gemensamt']/following-sibling::ul"
COUNTS = "//h1/following-sibling::ul/li"
SECRET = {
    Visibility.PUBLIC: ("Medlemmars", "Personalens", "dold bild"),
    Visibility.MEMBERS: ("Personalens", "dold bild"),
}


@pytest.mark.parametrize("visitor", list(Visibility))
def test_slide_tells_where_else_it_is(ground: Ground, visitor: Visibility) -> None:
    page = tree(ground.clients[visitor], f"/d/{ground.own}/2")
    heading, names = SEEN[visitor]
    assert texts(page, "//h2[@id='same-slides']") == [heading]
    found = {address.split("/")[2] for address in links(page, SAME_PICTURE)}
    assert found == {getattr(ground, name) for name in names}
    assert not [word for word in (*SECRET.get(visitor, ()), "Borttagen", "Utbytt") if word in text(page)]


def test_slide_tells_which_words_differ(ground: Ground) -> None:
    page = tree(ground.clients[Visibility.PUBLIC], f"/d/{ground.own}/2")
    assert texts(page, f"{SAME}//ins") == ["72 Priset föll"]
    assert texts(page, f"{SAME}//del") == ["60"]


def test_same_slide_is_not_among_the_similar_ones(ground: Ground) -> None:
    page = tree(ground.clients[Visibility.PUBLIC], f"/d/{ground.own}/2")
    assert f"/d/{ground.newer}/3" not in links(page, "//section[@aria-labelledby='similar']//a")


def test_slide_that_is_nowhere_else_says_nothing(ground: Ground) -> None:
    own = add(
        ground.archive,
        "För sig",
        slide("", "ord som inte finns på någon annan bild i hela detta arkiv av bilder"),
    )
    sign_all(ground.archive)
    page = tree(ground.clients[Visibility.STAFF], f"/d/{own}/1")
    assert not page.xpath("//*[@id='same-slides']")
    assert not tree(ground.clients[Visibility.STAFF], f"/d/{own}").xpath(REUSED)


def test_agenda_is_folded_away(ground: Ground) -> None:
    page = tree(ground.clients[Visibility.PUBLIC], f"/d/{ground.own}/1")
    assert texts(page, "//details//h2[@id='same-slides']") == ["Samma bild i 1 annan presentation (2021)"]


@pytest.mark.parametrize(
    ("visitor", "talks"),
    [
        (Visibility.PUBLIC, ["newer"]),
        (Visibility.MEMBERS, ["newer", "members"]),
        (Visibility.STAFF, ["newer", "members", "staff", "hidden"]),
    ],
)
def test_deck_tells_which_slides_are_elsewhere(ground: Ground, visitor: Visibility, talks: list[str]) -> None:
    page = tree(ground.clients[visitor], f"/d/{ground.own}")
    numbers = texts(page, f"{REUSED}/p[1]/a")
    assert numbers == ["2", "3"]
    found = links(page, f"{REUSED}/ul/li/a[1]")
    assert {address.split("/")[2] for address in found} == {getattr(ground, name) for name in talks}
    assert found[0] == f"/d/{ground.newer}"
    assert not [word for word in SECRET.get(visitor, ()) if word in text(page)]


@pytest.mark.parametrize(
    ("visitor", "most"), [(Visibility.PUBLIC, 2), (Visibility.MEMBERS, 3), (Visibility.STAFF, 5)]
)
def test_most_reused_slides_are_listed(ground: Ground, visitor: Visibility, most: int) -> None:
    page = tree(ground.clients[visitor], "/reuse")
    counts = texts(page, "//main/div/ul/li/a/span[contains(., ' föredrag')]")
    assert counts[0].startswith(f"{most} föredrag")
    assert not [
        word
        for word in ("Medlemmars", "Personalens")
        if word in text(page) and word in SECRET.get(visitor, ())
    ]
    assert not [word for word in ("Borttagen", "Utbytt") if word in text(page)]
    assert (f"/d/{ground.hidden}/2#same-slides" in links(page, "//main//a")) is (visitor is Visibility.STAFF)


def test_agenda_is_folded_away_among_the_most_reused(ground: Ground) -> None:
    page = tree(ground.clients[Visibility.PUBLIC], "/reuse")
    assert texts(page, "//details//li/a/span[2]") == ["Dagordning"]
    assert "Dagordning" not in " ".join(texts(page, "//main/div/ul//li"))


def test_two_documents_stand_side_by_side(ground: Ground) -> None:
    page = tree(ground.clients[Visibility.PUBLIC], f"/compare?a={ground.own}&b={ground.newer}")
    assert texts(page, "//h3") == ["Samma", "Bara i B", "Ändrad", "Samma"]
    assert texts(page, "//mark") == ["60", "72 Priset föll"]
    assert texts(page, COUNTS) == [
        "Samma: 2",
        "Ändrade: 1",
        "Bara i A: 0",
        "Bara i B: 1",
    ]
    changes = tree(
        ground.clients[Visibility.PUBLIC], f"/compare?a={ground.own}&b={ground.newer}&show=changes"
    )
    assert texts(changes, "//h3") == ["Bara i B", "Ändrad"]


def test_addresses_may_be_given_instead_of_identifiers(ground: Ground) -> None:
    given = f"/compare?a=http://localhost/d/{ground.own}/2&b=https://x.example/en/d/{ground.newer}%3Fq=malm"
    assert "Stål 2021" in texts(tree(ground.clients[Visibility.PUBLIC], given), "//h2/a")


def test_the_other_document_is_chosen_among_those_with_slides_in_common(ground: Ground) -> None:
    page = tree(ground.clients[Visibility.PUBLIC], f"/compare?a={ground.own}")
    assert links(page, f"{IN_COMMON}/li/span/a") == [f"/compare?a={ground.own}&b={ground.newer}"]
    assert links(
        tree(ground.clients[Visibility.PUBLIC], f"/d/{ground.own}"), "//dd/a[contains(., 'Jämför')]"
    ) == [f"/compare?a={ground.own}"]


@pytest.mark.parametrize("name", ["members", "staff", "unknown"])
@pytest.mark.parametrize("side", ["a", "b"])
def test_documents_above_the_visitor_are_as_unknown_as_none(ground: Ground, name: str, side: str) -> None:
    closed = getattr(ground, name, "aaaaaaaaaa")
    asked = {"a": ground.own, "b": ground.own} | {side: closed}
    client = ground.clients[Visibility.PUBLIC]
    assert client.get("/compare", query_string=asked).status_code == 404
    if name != "unknown":
        assert ground.clients[Visibility.STAFF].get("/compare", query_string=asked).status_code == 200


def test_hidden_slides_are_not_compared(ground: Ground) -> None:
    address = f"/compare?a={ground.own}&b={ground.hidden}"
    assert texts(tree(ground.clients[Visibility.PUBLIC], address), COUNTS)[-1] == "Bara i B: 1"
    assert "Ändrade: 0" in text(tree(ground.clients[Visibility.PUBLIC], address))
    assert texts(tree(ground.clients[Visibility.STAFF], address), "//h3").count("Samma") == 1


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("", 200),
        ("?b=x", 200),
        ("?a=%00", 404),
        ("?a=" + "x" * 900, 404),
        ("?a={own}&b={own}", 400),
        ("?a={gone}", 410),
    ],
)
def test_bad_input_is_answered(ground: Ground, asked: str, status: int) -> None:
    address = "/compare" + asked.format(own=ground.own, gone=ground.withdrawn)
    assert ground.clients[Visibility.PUBLIC].get(address).status_code == status


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?a={own}&b={own}", "Välj två olika dokument."),
        ("?a={own}&b=nowhere", "Det finns inget sådant dokument i arkivet."),
        ("?a=nowhere&b={own}", "Det finns inget sådant dokument i arkivet."),
        ("?a={own}&b={staff}", "Det finns inget sådant dokument i arkivet."),
    ],
)
def test_what_cannot_be_compared_is_said_beside_what_was_given(ground: Ground, asked: str, said: str) -> None:
    address = "/compare" + asked.format(own=ground.own, staff=ground.staff)
    answer = ground.clients[Visibility.PUBLIC].get(address)
    page = html.fromstring(answer.get_data(as_text=True))
    assert [one.text_content() for one in page.xpath("//*[@role='alert']")] == [said]
    given = {one.get("name"): one.get("value") for one in page.xpath("//main//form//input")}
    assert given == dict(parse_qsl(address.partition("?")[2]))


def test_all_of_many_copies_can_be_seen(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        made = [add(archive, f"Föredrag {number}", MARKET) for number in range(8)]
        sign_all(archive)
        client = _client(archive, Visibility.PUBLIC)
        page = tree(client, f"/d/{made[0]}/1")
        assert len(links(page, SAME_PICTURE)) == 5
        (more,) = links(page, f"{SAME}//a[contains(., '2 presentationer till')]")
        every = tree(client, more.partition("#")[0])
    found = links(every, SAME_PICTURE)
    assert {address.split("/")[2] for address in found} == set(made[1:])


def test_pages_are_in_english_too(ground: Ground) -> None:
    client = ground.clients[Visibility.PUBLIC]
    assert texts(tree(client, f"/en/d/{ground.own}/2"), "//h2[@id='same-slides']") == [
        "Same slide in 1 other presentation (2021)"
    ]
    assert "Only in B" in texts(tree(client, f"/en/compare?a={ground.own}&b={ground.newer}"), "//h3")

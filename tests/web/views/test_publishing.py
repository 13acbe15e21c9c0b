"""From a draft to a published document, through the pages for staff."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from archive.app import Archive
from archive.catalogue import records
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.pages import save_extraction
from archive.catalogue.publishing import drafts
from archive.model.accounts import Role
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Page
from archive.web.factory import create_app
from tests.filled_archive import PPTX, add, numbered, opened, slide, version_of
from tests.web.page_tree import form_with, text, tree
from tests.web.people import post, signed_in

DECK = (
    slide("Malmbanans framtid", "Eva Ström, Region Norrbotten", "2022-05-04", notes="Glöm inte kaffet"),
    slide("Kontakt", "Ring 070-123 45 67 eller eva@example.org"),
    slide("Person", "Personnummer 811228-9874"),
    slide("Om järnväg", "Kiruna och Gällivare på rälsen varje dag året om"),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        yield archive


@pytest.fixture
def staff(archive: Archive) -> FlaskClient:
    return signed_in(create_app(archive).test_client(), archive, Role.STAFF)


def add_unread(archive: Archive, name: str = "malm") -> str:
    """Take in a draft whose file is still to be read."""
    original = archive.originals.put_bytes(name.encode())
    new = NewDocument(
        DocumentKind.DECK,
        name,
        f"upload:{name}",
        f"{name}.pptx",
        Original(original.sha256, original.size_bytes, PPTX),
        draft=True,
    )
    with archive.database.write() as session:
        return accept(session, new, "eva@example.org").document.id


def read(archive: Archive, document: str, *slides: Page | str) -> None:
    """Do what the reader does once it has read a file."""
    version_id = version_of(archive, document)
    with archive.database.write() as session:
        extraction = Extraction(Outcome.OK, numbered(slides or DECK), "test")
        save_extraction(session, version_id, extraction, "sv", PPTX)
    archive.indexer.catch_up()


def add_draft(archive: Archive, *slides: Page | str, name: str = "malm") -> str:
    """Take in a draft that has been read."""
    document = add_unread(archive, name)
    read(archive, document, *slides)
    return document


def values(page: HtmlElement) -> dict[str, list[str]]:
    """Return what the form of a document would send, but for its buttons."""
    form = form_with(page, "Spara")
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found


def send(client: FlaskClient, document: str, do: str, **changed: str | list[str]) -> HtmlElement:
    """Press a button of the form as it is shown, with some fields changed; return the page that comes."""
    address = f"/staff/documents/{document}"
    fields = values(tree(client, address)) | changed | {"do": do}
    answer = client.post(address, data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    if answer.status_code == 303:
        return tree(client, answer.location)
    return html.fromstring(answer.text)


def posted(client: FlaskClient, address: str, fields: Mapping[str, str | list[str]]) -> TestResponse:
    return client.post(address, data=fields, headers={"Sec-Fetch-Site": "same-origin"})


def hits(archive: Archive, word: str) -> int:
    archive.indexer.catch_up()
    total: int = create_app(archive).test_client().get(f"/api/search?q={word}").get_json()["total"]
    return total


def test_draft_is_listed_prefilled_published_and_then_found_by_a_visitor(
    archive: Archive, staff: FlaskClient
) -> None:
    document = add_draft(archive)
    listed = text(tree(staff, "/staff/drafts"))
    assert "Malmbanans framtid" in listed
    assert "eva@example.org" in listed
    assert "saker att se över" in listed
    assert "Utkast (1)" in listed
    assert "Utkast (1)" in posted(staff, f"/staff/documents/{document}", {"do": "save", "title": ""}).text
    visitor = create_app(archive).test_client()
    assert visitor.get(f"/d/{document}").status_code == 404
    assert hits(archive, "malmbanans") == 0
    assert "Eva" not in visitor.get("/suggest?q=eva").text

    page = tree(staff, f"/staff/documents/{document}")
    form = values(page)
    assert form["title"] == ["Malmbanans framtid"]
    assert form["date"] == ["2022-05-04"]
    assert "Läst ur: första bilden" in text(page)
    send(staff, document, "save", event="new", new_event="Malmdagen")
    assert hits(archive, "malmbanans") == 0
    assert "Malmdagen" not in visitor.get("/e").text
    assert "Publicerat: alla ser det." in text(send(staff, document, "publish"))

    assert hits(archive, "malmbanans") == 1
    assert visitor.get(f"/d/{document}").status_code == 200
    assert "Malmdagen" in visitor.get("/?q=malmbanans").text
    assert "Malmdagen" in visitor.get("/e").text
    assert "Glöm inte kaffet" not in visitor.get(f"/d/{document}/1").text
    assert "Det finns inga utkast" in text(tree(staff, "/staff/drafts"))


def test_speakers_are_typed_and_members_alone_find_what_is_for_them(
    archive: Archive, staff: FlaskClient
) -> None:
    document = add_draft(archive)
    people = {
        "speaker_name": ["Eva Ström", ""],
        "speaker_role": ["chef", ""],
        "speaker_organisation": ["Region Norrbotten", ""],
    }
    send(staff, document, "publish", visibility="members", region=["SE332"], **people)
    with archive.database.read() as session:
        record = records.record(session, document)
    assert record.talk is not None
    assert [one.name for one in record.talk.contributions] == ["Eva Ström"]
    assert record.talk.region_codes == ("SE332",)
    assert hits(archive, "malmbanans") == 0
    member = signed_in(create_app(archive).test_client(), archive, Role.MEMBER)
    assert member.get(f"/d/{document}").status_code == 200


def test_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(
    archive: Archive, staff: FlaskClient
) -> None:
    document = add_draft(archive)
    page = send(staff, document, "publish", title="", date="den tolfte", organisation="Min utgivare")
    assert "Skriv en titel." in page.xpath("string(//*[@id='title-error'])")
    assert "2024-05-17" in page.xpath("string(//*[@id='date-error'])")
    assert page.xpath("//*[@id='title'][@aria-invalid='true']")
    assert values(page)["organisation"] == ["Min utgivare"]
    assert values(page)["date"] == ["den tolfte"]
    assert hits(archive, "malmbanans") == 0
    page = send(staff, document, "row", title="Halvskrivet")
    assert values(page)["title"] == ["Halvskrivet"]


def test_two_people_with_one_document_see_what_both_wrote_and_decide(
    archive: Archive, staff: FlaskClient
) -> None:
    document = add_draft(archive)
    address = f"/staff/documents/{document}"
    old = values(tree(staff, address))
    admin = signed_in(create_app(archive).test_client(), archive, Role.ADMIN)
    send(admin, document, "save", title="Andras titel", organisation="Andras utgivare")
    fields = old | {"title": ["Min titel"], "year": ["2021"], "do": ["publish"]}
    answer = staff.post(address, data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 409
    both = html.fromstring(answer.text)
    assert all(one in text(both) for one in ("Andras titel", "Min titel", "Andras utgivare"))
    assert [one.get("name") for one in both.cssselect("input[type=radio]")] == ["choice-title"] * 3
    form = form_with(both, "Spara")
    carried = dict(form.form_values())
    undecided = post(staff, address, **carried)
    assert (undecided.status_code, "Välj vad som ska gälla för" in undecided.text) == (409, True)
    with archive.database.read() as session:
        assert drafts.is_draft(session, document)
    saved = post(staff, address, **carried, **{"choice-title": "mine"})
    assert saved.status_code == 303
    now = values(tree(staff, address))
    assert (now["title"], now["organisation"]) == (["Min titel"], ["Andras utgivare"])
    assert now["year"] == ["2021"]
    with archive.database.read() as session:
        assert not drafts.is_draft(session, document)


def test_file_read_while_its_form_is_open_gives_what_nobody_has_typed(
    archive: Archive, staff: FlaskClient
) -> None:
    document = add_unread(archive)
    address = f"/staff/documents/{document}"
    form = values(tree(staff, address))
    assert (form["title"], form["date"]) == (["malm"], [""])
    read(archive, document)
    answer = posted(staff, address, form | {"organisation": "Region Norrbotten", "do": "publish"})
    assert (answer.status_code, answer.location) == (303, f"{address}?done=published")
    page = tree(staff, answer.location)
    assert "Publicerat" in text(page)
    shown = values(page)
    assert (shown["title"], shown["date"]) == (["Malmbanans framtid"], ["2022-05-04"])
    assert shown["organisation"] == ["Region Norrbotten"]
    assert hits(archive, "malmbanans") == 1


def test_what_was_typed_while_the_file_was_read_stays(archive: Archive, staff: FlaskClient) -> None:
    document = add_unread(archive)
    address = f"/staff/documents/{document}"
    form = values(tree(staff, address)) | {"title": "Malm på räls", "date": "2021"}
    read(archive, document)
    assert posted(staff, address, form | {"do": "save"}).status_code == 303
    shown = values(tree(staff, address))
    assert (shown["title"], shown["date"]) == (["Malm på räls"], ["2021"])


def test_somebody_elses_edit_is_told_though_the_file_was_read_too(
    archive: Archive, staff: FlaskClient
) -> None:
    document = add_unread(archive)
    address = f"/staff/documents/{document}"
    form = values(tree(staff, address))
    assert posted(staff, address, form | {"organisation": "Bo AB", "do": "save"}).status_code == 303
    read(archive, document)
    answer = posted(staff, address, form | {"organisation": "Eva AB", "do": "publish"})
    assert answer.status_code == 409
    assert "Bo AB" in answer.text


def test_form_of_the_queue_is_saved_though_the_file_was_read_meanwhile(
    archive: Archive, staff: FlaskClient
) -> None:
    document = add_unread(archive)
    queue = f"/staff/queue/{document}"
    posted(staff, f"{queue}/take", {})
    form = values(tree(staff, f"/staff/documents/{document}"))
    read(archive, document)
    answer = posted(staff, queue, form | {"do": "publish"})
    assert answer.status_code == 303, answer.text
    assert values(tree(staff, f"/staff/documents/{document}"))["title"] == ["Malmbanans framtid"]


def test_slide_is_hidden_and_shown_with_one_click_and_typed_words_stay(
    archive: Archive, staff: FlaskClient
) -> None:
    document = add_draft(archive)
    page = tree(staff, f"/staff/documents/{document}")
    (told,) = page.xpath("//*[@id='personal_number-3']/p[not(button)]")
    assert told.text_content().startswith("811228")
    assert "9874" not in told.text_content()
    assert "Anteckningar till 1 bild" in text(page)
    assert page.xpath("//button[@value='hide_slide:3']")
    page = send(staff, document, "hide_slide:3", title="Halvskriven titel")
    assert values(page)["title"] == ["Halvskriven titel"]
    assert page.xpath("//button[@value='show_slide:3']")
    assert not page.xpath("//button[@value='hide_slide:3']")
    send(staff, document, "publish")
    visitor = create_app(archive).test_client()
    assert visitor.get(f"/d/{document}/3").status_code == 404
    assert visitor.get(f"/d/{document}/2").status_code == 200
    page = send(staff, document, "show_slide:99")
    assert page.xpath("//*[@role='alert']")


def test_nearly_the_same_deck_is_told_and_becomes_a_version(archive: Archive, staff: FlaskClient) -> None:
    slides = [slide(f"Rubrik {at}", f"ord{at} handlar om sak{at} och plats{at} i norr") for at in range(6)]
    other = add(archive, "gammal", *slides)
    document = add_draft(archive, *slides[:5])
    page = tree(staff, f"/staff/documents/{document}")
    assert "5 av 5 bilder finns redan i" in " ".join(text(page).split())
    kept = send(staff, document, f"keep:{other}")
    assert "finns redan i" not in text(kept)
    second = add_draft(archive, *slides[:4], name="igen")
    send(staff, second, f"version_of:{other}")
    assert staff.get(f"/d/{second}").status_code == 410
    with archive.database.read() as session:
        assert records.record(session, other).document.id == other


def test_discarded_and_unpublished(archive: Archive, staff: FlaskClient) -> None:
    document = add_draft(archive)
    send(staff, document, "publish")
    assert hits(archive, "malmbanans") == 1
    assert "Redigera" in text(tree(staff, f"/d/{document}"))
    assert "Redigera" not in text(tree(create_app(archive).test_client(), f"/d/{document}"))
    send(staff, document, "save", title="Ny titel")
    assert [text(heading) for heading in tree(staff, f"/staff/documents/{document}").iter("h1")] == [
        "Ny titel"
    ]
    assert "Ny titel" in create_app(archive).test_client().get(f"/d/{document}").text
    send(staff, document, "unpublish")
    assert hits(archive, "malmbanans") == 0
    assert "slängt" in text(send(staff, document, "discard"))


@pytest.mark.parametrize(("role", "status"), [(None, 303), (Role.MEMBER, 403), (Role.STAFF, 200)])
def test_pages_are_for_staff(archive: Archive, role: Role | None, status: int) -> None:
    document = add_draft(archive)
    client = create_app(archive).test_client()
    if role:
        signed_in(client, archive, role)
    for path in ("/staff/drafts", f"/staff/documents/{document}"):
        assert client.get(path).status_code == status
    answer = post(client, f"/staff/documents/{document}", do="discard")
    assert (answer.status_code in (200, 303)) is (role is Role.STAFF)
    with archive.database.read() as session:
        assert drafts.count_drafts(session) == (0 if role is Role.STAFF else 1)


@pytest.mark.parametrize("do", ["save", "row", "publish"])
def test_what_is_typed_stays_where_another_has_removed_the_document(
    archive: Archive, staff: FlaskClient, do: str
) -> None:
    document = add_draft(archive)
    send(staff, document, "publish")
    address = f"/staff/documents/{document}"
    fields = values(tree(staff, address)) | {"title": "Skrivet medan det togs bort", "do": do}
    other = signed_in(create_app(archive).test_client(), archive, Role.ADMIN)
    assert post(other, f"{address}/withdraw").status_code == 303
    answer = posted(staff, address, fields)
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    assert "Admin@Example.Org tog bort dokumentet" in text(page)
    assert f"/staff/withdrawn?document={document}" in page.xpath("//*[@role='alert']//a/@href")
    assert post(staff, f"{address}/restore").status_code == 303
    saved = posted(staff, address, values(page) | {"do": "save"})
    assert (saved.status_code, saved.location) == (303, f"{address}?done=saved")
    assert values(tree(staff, address))["title"] == ["Skrivet medan det togs bort"]

"""The review queue on its page: take, save, publish, give back, next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html
from lxml.html import HtmlElement

from archive.app import Archive
from archive.catalogue import records
from archive.catalogue.journal.history import history
from archive.model.accounts import Role
from archive.web.factory import create_app
from tests.filled_archive import opened, slide
from tests.web.page_tree import text, tree
from tests.web.people import post, session_cookie
from tests.web.views.test_publishing import add_draft

# The document that somebody works on.
TAKEN = "//section[@aria-labelledby='work-head']"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as archive:
        yield archive


def one_of_staff(archive: Archive) -> FlaskClient:
    client = create_app(archive).test_client(use_cookies=False)
    client.environ_base["HTTP_COOKIE"] = session_cookie(archive, Role.STAFF)["Cookie"]
    return client


@pytest.fixture
def staff(archive: Archive) -> FlaskClient:
    return one_of_staff(archive)


@pytest.fixture
def drafts(archive: Archive) -> list[str]:
    return [
        add_draft(archive, slide("Järnet i marken"), slide("Kontakt", "Ring 070-123 45 67"), name="järn"),
        add_draft(archive, slide("Koppar och zink"), name="koppar"),
    ]


def after(client: FlaskClient, path: str, **fields: str) -> HtmlElement:
    """Send a form and return the page that it leads to."""
    answer = post(client, path, **fields)
    assert answer.status_code == 303
    return tree(client, answer.location)


def sent(page: HtmlElement, do: str, **changed: str) -> tuple[str, dict[str, str]]:
    """Return where the form of the taken document goes, and its fields with some of them changed."""
    (form,) = page.xpath(f"{TAKEN}//form")
    return form.get("action"), dict(form.form_values()) | changed | {"do": do}


def test_next_is_filled_in_published_and_gone_from_the_queue(
    archive: Archive, staff: FlaskClient, drafts: list[str]
) -> None:
    listed = tree(staff, "/staff/queue")
    assert "Alla (2)" in text(listed)
    assert "Personuppgifter (1)" in text(listed)
    page = after(staff, "/staff/queue/next", missing="draft")
    action, fields = sent(page, "publish")
    assert (action, fields["title"]) == (f"/staff/queue/{drafts[0]}?missing=draft", "Järnet i marken")
    fields |= {
        "date": "2022-05",
        "speakers": "Eva Ek; vd; Gruv AB\n\nBo By; ; ; moderator",
        "regions": "Dalarnas län",
        "visibility": "members",
    }
    page = after(staff, action, **fields)
    assert "Publicerat." in text(page)
    assert not page.xpath(TAKEN)
    (waiting,) = page.xpath("//section[@aria-labelledby='waiting-head']")
    assert drafts[0] not in html.tostring(waiting, encoding="unicode")
    with archive.database.read() as session:
        record = records.record(session, drafts[0])
        (edit,) = history(session, "document", drafts[0])
    assert record.talk is not None
    assert [(one.role, one.is_moderator) for one in record.talk.contributions] == [("vd", False), ("", True)]
    assert (record.document.file_date, record.talk.region_codes) == ("2022-05", ("SE312",))
    assert edit.author.actor.endswith("@example.org")


def test_mistakes_are_named_and_nothing_typed_is_lost(staff: FlaskClient, drafts: list[str]) -> None:
    page = after(staff, f"/staff/queue/{drafts[1]}/take")
    wrong = {"title": "", "date": "våren", "speakers": "; vd", "regions": "Mordor", "visibility": "x"}
    action, fields = sent(page, "save", **wrong)
    answer = post(staff, action, **fields)
    assert answer.status_code == 400
    page = html.fromstring(answer.text)
    errors = {f"{name}-error" for name in wrong}
    assert {str(one) for one in page.xpath("//*[contains(@id, '-error')]/@id")} == errors
    assert {one.split()[-1] for one in page.xpath("//*[@aria-invalid='true']/@aria-describedby")} == errors
    assert [one.get("id") for one in page.cssselect("[autofocus]")] == ["title"]
    answer = post(staff, action, **fields | {"title": "Rätt"})
    assert [one.get("id") for one in html.fromstring(answer.text).cssselect("[autofocus]")] == ["date"]
    assert sent(page, "save")[1]["regions"] == "Mordor"


def test_next_saves_what_was_typed_and_gives_back_the_rest(staff: FlaskClient, drafts: list[str]) -> None:
    action, fields = sent(after(staff, "/staff/queue/next"), "next", title="Omskriven")
    page = after(staff, action, **fields)
    assert sent(page, "save")[0] == f"/staff/queue/{drafts[1]}"
    action, fields = sent(page, "next")
    page = after(staff, action, **fields)
    assert sent(page, "save")[1]["title"] == "Omskriven"
    assert "Du har också tagit" not in text(page)


def test_others_cannot_take_or_save_what_somebody_works_on(
    archive: Archive, staff: FlaskClient, drafts: list[str]
) -> None:
    page = after(staff, f"/staff/queue/{drafts[0]}/take")
    other = one_of_staff(archive)
    assert "har tagit det" in text(tree(other, "/staff/queue"))
    refused = post(other, f"/staff/queue/{drafts[0]}/take")
    assert (refused.status_code, "Någon annan har tagit" in refused.text) == (409, True)
    action, fields = sent(page, "save", title="Min text")
    refused = post(other, action, **fields)
    assert (refused.status_code, "Min text" in refused.text) == (409, True)
    assert "Lämnat tillbaka" in text(after(staff, action, do="give_back"))
    after(other, f"/staff/queue/{drafts[0]}/take")


def test_form_made_of_what_is_old_is_refused(staff: FlaskClient, drafts: list[str]) -> None:
    page = after(staff, f"/staff/queue/{drafts[0]}/take")
    action, fields = sent(page, "save", title="Andras")
    assert "Sparat." in text(after(staff, action, **fields))
    answer = post(staff, action, **fields | {"title": "Mina ord"})
    assert (answer.status_code, "Mina ord" in answer.text) == (409, True)


def test_likely_duplicate_is_told_apart_on_the_row(archive: Archive, staff: FlaskClient) -> None:
    slides = [
        slide(f"Om malm {number}", f"Samma långa ord om gruvor och järnväg nummer {number}")
        for number in range(4)
    ]
    older = add_draft(archive, *slides, name="ett")
    newer = add_draft(archive, *slides, name="två")
    tree(staff, "/staff/queue")
    page = after(staff, "/staff/queue/next", missing="duplicate")
    action, fields = sent(page, f"apart:{older}")
    assert action.startswith(f"/staff/queue/{newer}")
    assert "eget dokument" in text(after(staff, action, **fields))
    assert "Liknar ett annat dokument (0)" in text(tree(staff, "/staff/queue"))


def test_empty_queue_says_so(staff: FlaskClient) -> None:
    assert "Inget väntar." in text(tree(staff, "/staff/queue"))
    assert "inget mer att ta" in text(after(staff, "/staff/queue/next"))


def test_what_is_typed_stays_where_another_has_removed_the_document(
    archive: Archive, staff: FlaskClient, drafts: list[str]
) -> None:
    action, fields = sent(after(staff, f"/staff/queue/{drafts[0]}/take"), "save", title="Skrivet under tiden")
    document = f"/staff/documents/{drafts[0]}"
    post(one_of_staff(archive), f"{document}/withdraw")
    answer = post(staff, action, **fields)
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    assert f"/staff/withdrawn?document={drafts[0]}" in page.xpath("//*[@role='alert']//a/@href")
    assert len(page.xpath("//*[@autofocus]")) == 1
    assert post(staff, f"/staff/queue/{drafts[0]}/take").status_code == 410
    assert post(staff, f"{document}/restore").status_code == 303
    action, fields = sent(page, "save")
    assert "Sparat." in text(after(staff, action, **fields))
    with archive.database.read() as session:
        assert records.record(session, drafts[0]).title == "Skrivet under tiden"

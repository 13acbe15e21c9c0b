import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive.app import Archive, open_archive
from archive.errors import SettingsError
from archive.model.accounts import Role
from archive.settings.sections import AccountSettings
from archive.settings.settings import Settings, load_settings
from archive.settings.sign_in import MailSettings
from archive.web.factory import create_app
from tests.accounts.test_mail_links import Mailbox, mail, mailbox
from tests.web.people import add_person, post

__all__ = ["mail", "mailbox"]


@pytest.fixture
def archive(tmp_path: Path, mail: MailSettings) -> Iterator[Archive]:
    settings = Settings(data=tmp_path / "data", mail=mail, accounts=AccountSettings(mail_link=True))
    with open_archive(settings) as opened:
        yield opened


@pytest.fixture
def client(archive: Archive) -> FlaskClient:
    return create_app(archive).test_client()


def test_from_the_mail_to_the_slide_in_two_clicks(
    archive: Archive, client: FlaskClient, mailbox: Mailbox
) -> None:
    add_person(archive, "anna@example.org", Role.MEMBER)
    post(client, "/en/sign-in/link", mail="anna@example.org", next="/e")
    archive.mail_links.wait()
    message = mailbox.messages[0]
    assert message["Subject"] == "Sign in to Arkivet"
    path = message.get_content().split("http://localhost")[1].split()[0]
    for _ in range(3):  # scanners of mail open it, too
        page = client.get(path).text
    assert "Press the button to sign in as anna@example.org" in page
    action = page.split('method="post" action="/en/link/')[1].split('"')[0]
    answer = post(client, f"/en/link/{action}", purpose="sign_in", next="/e")
    assert (answer.status_code, answer.location) == (303, "/e")
    assert 'value="/e"' in page
    assert client.get("/account").status_code == 200


def test_answer_is_the_same_whether_or_not_there_is_an_account(archive: Archive, client: FlaskClient) -> None:
    add_person(archive, "anna@example.org", Role.MEMBER)
    answers = [post(client, "/sign-in/link", mail=mail) for mail in ("anna@example.org", "eva@example.org")]
    texts = [_without_tokens(answer.text) for answer in answers]
    assert texts[0] == texts[1]
    assert "Om adressen hör till ett konto" in texts[0]
    heads = [[pair for pair in answer.headers if pair[0] not in ("ETag", "Date")] for answer in answers]
    assert heads[0] == heads[1]


def _without_tokens(page: str) -> str:
    return re.sub(r'name="csrf" value="[0-9a-f]+"', "", page)


def test_too_many_wishes_say_how_long_to_wait(archive: Archive, client: FlaskClient) -> None:
    for _ in range(5):
        assert post(client, "/sign-in/link", mail="anna@example.org").status_code == 200
    answer = post(client, "/sign-in/link", mail="anna@example.org")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 60


def test_links_by_mail_are_off_until_a_setting_says_so(tmp_path: Path) -> None:
    with open_archive(Settings(data=tmp_path / "off")) as archive:
        client = create_app(archive).test_client()
        assert "Skicka en länk" not in client.get("/sign-in").text
        assert "är avstängda" in post(client, "/sign-in/link", mail="anna@example.org").text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[accounts]\nmail_link = true\n", "mail_link needs mail.host and mail.sender"),
        ('[mail]\nuser = "arkiv"\n', "a user needs a password_file"),
    ],
)
def test_settings_that_could_mail_nothing_are_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "archive.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=says):
        load_settings(tmp_path)

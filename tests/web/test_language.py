"""The visitor's language, and that every text is translated."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

import archive.web

from .reading import links, text, tree

WEB = Path(archive.web.__file__).parent
MESSAGES = WEB / "translations" / "en" / "LC_MESSAGES"


def english() -> Catalog:
    with (MESSAGES / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def test_swedish_unless_asked_otherwise(client: FlaskClient) -> None:
    page = tree(client, "/")
    assert page.get("lang") == "sv"
    assert "Senaste dokumenten" in text(page)


def test_chosen_language_is_remembered(client: FlaskClient) -> None:
    response = client.get("/?lang=en")
    cookie = response.headers["Set-Cookie"]
    assert "SameSite=Lax" in cookie
    assert "HttpOnly" in cookie
    assert "Latest documents" in text(tree(client, "/"))
    assert "Senaste dokumenten" in text(tree(client, "/?lang=sv"))
    assert "Senaste dokumenten" in text(tree(client, "/"))


def test_unknown_language_changes_nothing(client: FlaskClient) -> None:
    response = client.get("/?lang=../../etc")
    assert "Set-Cookie" not in response.headers
    assert response.status_code == 200


def test_switch_keeps_the_address(client: FlaskClient) -> None:
    page = tree(client, "/?q=stål%26skog&year=2021&year=2022")
    assert "/?q=st%C3%A5l%26skog&year=2021&year=2022&lang=en" in links(page, "//nav//a[@hreflang='en']")


def test_numbers_are_written_the_swedish_way(client: FlaskClient) -> None:
    from archive.web.formats import file_size, number

    app = client.application
    with app.test_request_context("/"):
        assert number(12345) == "12\u202f345"
        assert file_size(3 * 1024 * 1024 + 600_000) == "3,6\u00a0MB"
    with app.test_request_context("/?lang=en"):
        assert number(12345) == "12,345"
        assert file_size(3 * 1024 * 1024 + 600_000) == "3.6\u00a0MB"


def test_every_text_has_a_translation_and_none_is_left_over() -> None:
    used = {
        message
        for _, _, message, _, _ in extract_from_dir(
            WEB,
            [("**.py", "python"), ("templates/**.html", "jinja2")],
            {"templates/**.html": {"silent": "false"}},
        )
    }
    translated = {
        message.id if isinstance(message.id, str) else tuple(message.id)
        for message in english()
        if message.id
    }
    assert translated == used


def test_no_translation_is_empty_or_loses_a_value() -> None:
    for message in english():
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert all(strings) or not message.id
        assert not list(message.check(english())), message.id


def test_compiled_catalogue_agrees_with_its_source() -> None:
    compiled = BytesIO()
    write_mo(compiled, english())
    compiled.seek(0)
    with (MESSAGES / "messages.mo").open("rb") as file:
        kept = texts_of(read_mo(file))
    assert kept == texts_of(read_mo(compiled))


def texts_of(catalogue: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue if message.id}

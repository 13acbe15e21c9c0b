"""The visitor's language, and that every text is translated."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from lxml import html

import archive.web
from tests.web.page_tree import links, text, tree
from tests.web.web_archive import Built

WEB = Path(archive.web.__file__).parent
MESSAGES = WEB / "translations" / "en" / "LC_MESSAGES"


def english() -> Catalog:
    with (MESSAGES / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def test_swedish_unless_asked_otherwise(client: FlaskClient) -> None:
    page = tree(client, "/")
    assert page.get("lang") == "sv"
    assert "Senaste dokumenten" in text(page)


def test_english_pages_lie_below_en_and_link_to_one_another(client: FlaskClient, built: Built) -> None:
    page = tree(client, "/en/")
    assert page.get("lang") == "en"
    addresses = [one for one in links(page, "//main//a") if one.startswith("/")]
    assert addresses
    assert all(one.startswith("/en/") for one in addresses)
    assert page.xpath("//form/@action") == ["/en/"]
    assert tree(client, "/en").get("lang") == "en"
    assert tree(client, f"/en/e/{built.autumn}").get("lang") == "en"
    assert tree(client, "/").get("lang") == "sv"


def test_both_languages_share_style_sheets(client: FlaskClient) -> None:
    sheets = "//link[@rel='stylesheet']"
    assert links(tree(client, "/en/"), sheets) == links(tree(client, "/"), sheets)


def test_nothing_is_kept_in_the_browser(client: FlaskClient, built: Built) -> None:
    for address in ("/", "/?lang=en", "/en/", "/?q=industrin", f"/d/{built.strategy}", "/missing"):
        assert "Set-Cookie" not in client.get(address).headers, address


def test_root_of_the_site_stands_before_the_language(client: FlaskClient) -> None:
    response = client.get("/en/help", environ_overrides={"SCRIPT_NAME": "/arkiv"})
    page = html.fromstring(response.get_data(as_text=True))
    assert links(page, "//a[@hreflang='sv']") == ["/arkiv/help"]
    assert "/arkiv/en/help" in links(page, "//footer//a")


@pytest.mark.parametrize("address", ["/xx/help", "/sv/help", "/english/help", "/en/en/help"])
def test_unknown_language_code_is_not_found(client: FlaskClient, address: str) -> None:
    assert tree(client, address, 404).xpath("//input[@type='search']")


def test_unknown_language_changes_nothing(client: FlaskClient) -> None:
    response = client.get("/?lang=../../etc")
    assert "Set-Cookie" not in response.headers
    assert response.status_code == 200


def test_switch_keeps_the_address(client: FlaskClient) -> None:
    page = tree(client, "/?q=stål%26skog&year=2021&year=2022")
    assert "/en/?q=st%C3%A5l%26skog&year=2021&year=2022" in links(page, "//nav//a[@hreflang='en']")


def test_numbers_are_written_the_swedish_way(client: FlaskClient) -> None:
    from archive.web.presenters.names import file_size, number

    app = client.application
    with app.test_request_context("/"):
        assert number(12345) == "12\u202f345"
        assert file_size(3 * 1024 * 1024 + 600_000) == "3,6\u00a0MB"
        assert file_size(512 * 1024 * 1024) == "512\u00a0MB"
    with app.test_request_context("/?lang=en"):
        assert number(12345) == "12,345"
        assert file_size(3 * 1024 * 1024 + 600_000) == "3.6\u00a0MB"


def test_every_text_has_a_translation_and_none_is_left_over() -> None:
    with (WEB / "translations" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # of Babel
    used = {message for _, _, message, _, _ in extract_from_dir(WEB, methods, options)}
    translated = {
        message.id if isinstance(message.id, str) else tuple(message.id)
        for message in english()
        if message.id
    }
    assert translated == used


def test_no_translation_is_empty_or_loses_a_value() -> None:
    catalogue = english()
    for message in catalogue:
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        assert all(strings) or not message.id
        assert not list(message.check(catalogue)), message.id


def test_compiled_catalogue_agrees_with_its_source() -> None:
    compiled = BytesIO()
    write_mo(compiled, english())
    compiled.seek(0)
    with (MESSAGES / "messages.mo").open("rb") as file:
        kept = texts_of(read_mo(file))
    assert kept == texts_of(read_mo(compiled))


def texts_of(catalogue: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def test_search_engines_get_the_full_address_of_each_language(client: FlaskClient) -> None:
    page = tree(client, "/en/?q=stål")
    assert links(page, "//link[@rel='alternate'][@hreflang]") == [
        "http://localhost/?q=st%C3%A5l",
        "http://localhost/en/?q=st%C3%A5l",
    ]


def test_texts_of_templates_hold_tags_and_escape_what_is_filled_in(client: FlaskClient) -> None:
    with client.application.test_request_context("/?lang=en"):
        render = client.application.jinja_env.from_string
        assert render("{{ _('Sida %(number)s', number='<4 & 5>') }}").render() == "Page &lt;4 &amp; 5&gt;"
        plural = "{{ ngettext('%(count)s bild', '%(count)s bilder', 2, count='<2>') }}"
        assert render(plural).render() == "&lt;2&gt; slides"
        assert render("{{ _('<b>100 %%</b>') }}").render() == "<b>100 %</b>"

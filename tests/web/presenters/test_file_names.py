"""Names of downloaded slides."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from archive.model.documents import DocumentKind
from archive.web.presenters.file_names import download_name, slide_file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Gruvnäring", "gruvnaring-bild-2"),
        ("  Å, Ä & Ö: (slutlig_v2).pptx ", "a-a-o-slutlig-v2-pptx-bild-2"),
        ("Smørrebrød / ../../etc", "smorrebrod-etc-bild-2"),
        ("電子", "bild-2"),
        ("", "bild-2"),
        ("ord " * 40, "-".join(["ord"] * 12) + "-bild-2"),
        ("o" * 90, "o" * 50 + "-bild-2"),
    ],
)
def test_slide_is_named_by_its_deck_in_plain_letters(client: FlaskClient, title: str, name: str) -> None:
    with client.application.test_request_context("/"):
        assert slide_file_name(title, DocumentKind.DECK, 2) == name


@given(st.text(max_size=300))
def test_any_name_is_safe_on_a_disk_and_in_a_header(title: str) -> None:
    name = download_name(title)
    assert name
    assert not any(sign in name for sign in "/\\\r\n\0")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a\r\nSet-Cookie: b.pptx", "a_Set-Cookie: b.pptx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("\u202egpj.exe", "_gpj.exe"),
        ("...", "original"),
    ],
)
def test_download_name_is_safe(name: str, safe: str) -> None:
    assert download_name(name) == safe

import pytest

from archive.ingest.extractors.flowing.mail import MailExtractor
from archive.model.extraction import Outcome
from tests.ingest.extractors.extraction import read
from tests.ingest.extractors.mails import mail


def words(data: bytes) -> str:
    pages, _ = read(MailExtractor(), data)
    return "\n".join(block.text for page in pages for block in page.blocks)


def test_mail_is_read_as_its_reader_sees_it_and_no_file_in_it_as_words() -> None:
    message = mail(text="Här är bilderna om gruvnäring.\n", files={"a.pptx": b"PK\x03\x04" * 500})
    pages, finish = read(MailExtractor(), message.as_bytes())
    assert pages[0].title == "Bilder från mötet"
    assert finish.properties == {"title": "Bilder från mötet", "author": "Åsa Berg"}
    assert finish.category is Outcome.OK
    text = words(message.as_bytes())
    assert "gruvnäring" in text
    assert "Åsa Berg" in text
    assert "Bo Ek" in text
    assert "UEsDB" not in text
    assert "hemlig" not in text


def test_page_of_a_mail_is_read_where_there_is_no_plain_text() -> None:
    message = mail(text="x")
    message.set_content("<html><body><p>Vatten<b>kraft</b></p></body></html>", subtype="html")
    assert "Vattenkraft" in words(message.as_bytes())
    message = mail(text="Bara text\n")
    message.add_alternative("<p>Samma i HTML</p>", subtype="html")
    assert "Samma i HTML" not in words(message.as_bytes())


def test_forwarded_mail_is_a_page_of_its_own() -> None:
    outer = mail("Vb: bilder", "Se nedan.\n")
    outer.add_attachment(mail("Bilder om torv", "Torvbrytning\n"))
    pages, _ = read(MailExtractor(), outer.as_bytes())
    assert [page.title for page in pages] == ["Vb: bilder", "Bilder om torv"]
    assert "Torvbrytning" in words(outer.as_bytes())


@pytest.mark.parametrize(
    "data",
    [
        b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/x; charset=no\n\nHej",
        b"From: =?none?q?=C5?= <\nTo: ,,,<\nDate: nej\nContent-Transfer-Encoding: base64\n\n!!!",
        b"Content-Type: text/plain; charset=\"\xff\"\nSubject: =?utf-8?b?!?=\n\n\xff\xfe",
        b"From: a\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\nContent-Type: message/rfc822\n\nx",
        b"",
    ],
)  # fmt: skip
def test_odd_mail_is_read_as_far_as_it_goes(data: bytes) -> None:
    pages, finish = read(MailExtractor(), data)
    assert pages
    assert finish.category in (Outcome.OK, Outcome.OK_PARTIAL, Outcome.EMPTY_NEEDS_OCR)

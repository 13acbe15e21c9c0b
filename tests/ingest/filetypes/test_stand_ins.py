from pathlib import Path

import pytest

from archive.ingest.extractors.registry import EXTRACTORS
from archive.ingest.filetypes.detect import detect
from archive.ingest.filetypes.media_types import DECKS, DOCUMENTS, MAIL, SUFFIXES, TEXT, ZIP
from archive.ingest.filetypes.stand_ins import UNKNOWN_TYPE, stand_in, why_refused

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "4d7a" * 16 + "\nsize 2485931\n"
NO_DOCUMENTS = {
    "Git LFS": LFS,
    "git-annex": "/annex/objects/SHA256E-s2485931--4d7a.pptx\n",
    "shortcut": "[InternetShortcut]\r\nURL=https://example.org/\r\n",
    "settings": "[Desktop Entry]\nType=Link\nURL=https://example.org/\nName=Bilder\n",
    "JSON": '{"url": "https://docs.example.org/open?id=1","doc_id": "1","email": "namn@example.org"}',
    "list in JSON": '[{"namn": "Anna"}, {"namn": "Bo"}]',
    "participants, ;": "Namn;Organisation;E-post\nAnna Berg;Region Dalarna;anna@example.org\n",
    "participants, comma": "Anna Berg, Region Dalarna\nBo Ek, Region Gävleborg\nCia Alm, Örebro\n",
    "participants, tab": "Namn\tOrganisation\tE-post\nAnna Berg\tRegion Dalarna\ta@example.org\n",
    "quoted cells": '"Berg, Anna";"Dalarna"\n"Ek, Bo";"Gävle"\n',
    "address card": "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Berg\nTEL:070-1234567\nEND:VCARD\n",
    "key": "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\n",
    "base64": "\n".join(["UEsDBBQABgAIAAAAIQDd" * 4 + "IQDdaaaaaaaa"[:-4]] * 20),
    "program": "#!/bin/sh\necho hej på dig du där\n",
    "mailbox": "From a@example.org Thu May 19 09:00:00 2022\nFrom: a\n\nHej\n",
}
TEXTS = (
    "Program\n\n09.00\tKaffe\n09.30\tInledning\n12.00\tLunch\n",
    "Hej, alla.\nVi ses, som sagt.\nTa med kaffe, tack.\n",
    "# Rubrik\n\n- Gruvor\n- Stål\n\n| a | b |\n|---|---|\n| c | d |\n\nMer text här.",
    "[1] Boverket om planering, 2021. [2] SKR om ledning, 2022.",
    "From: hur det började\n\nDet var en gång.",
    "Ett ord",
    "会议记录" * 40,
)


@pytest.mark.parametrize("name", NO_DOCUMENTS)
def test_text_that_is_no_document_is_of_no_known_type_and_said_to_be_what_it_is(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / "bilder.pptx"
    path.write_text(NO_DOCUMENTS[name], "utf-8")
    assert detect(path) == ""
    assert why_refused(path) == stand_in(NO_DOCUMENTS[name]) != ""


@pytest.mark.parametrize("text", TEXTS)
def test_text_for_people_is_a_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    assert detect(path) == TEXT


def test_pointer_and_empty_file_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.pptx").write_text(LFS)
    assert "Git LFS" in why_refused(tmp_path / "a.pptx")
    (tmp_path / "b.pptx").write_bytes(b"")
    assert "empty" in why_refused(tmp_path / "b.pptx")
    (tmp_path / "c.bin").write_bytes(b"\x00\x01\x02")
    assert ".pptx" in why_refused(tmp_path / "c.bin")


@pytest.mark.parametrize(
    "text",
    [
        "From: a@example.org\r\nTo: b@example.org\r\nSubject: Hej\r\n\r\nHej!",
        "Received: from x\n by y; Thu\nMIME-Version: 1.0\nSubject: Hej\nContent-Type: text/plain\n\nHej!",
        "Return-Path: <a@b.se>\nDate: Thu, 19 May 2022 09:00:00 +0200\nFrom: Bo <b@c.se>\n\n",
    ],
)
def test_mail_is_told_by_its_fields(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    assert detect(path) == MAIL


def test_refusal_names_every_type_that_is_read() -> None:
    read = {*EXTRACTORS, *DECKS, *DOCUMENTS, ZIP}
    assert read == SUFFIXES.keys()
    named = UNKNOWN_TYPE.replace(",", "").split()
    assert [suffix for suffix in SUFFIXES.values() if suffix not in named] == []

"""Originals are searched to the last byte, and one person is told from another of the same surname."""

import io
import random
import zipfile
from pathlib import Path

from archive.erasing.files import search_files
from archive.erasing.names import ErasedNames
from tests.filled_archive import add, opened


def test_files_are_found_by_their_bytes(tmp_path: Path) -> None:
    data = {
        "ren": "inget namn",
        "annan": '<a name="Erik Åkerbrandt"/>',
        "hennes": '<a name="V. Åkerbrandt"/>',
        "delad": "<b>Vilhelmina </b><b>ÅKERBRANDT</b>",
        "kodad": "Vilhelmina &#197;KERBRANDT",
    }
    with opened(tmp_path) as archive:
        digests = {}
        for name, text in data.items():
            add(archive, name, "en bild", data=text)
            digests[archive.originals.put_bytes(text.encode()).sha256] = name
        found = search_files(archive, ErasedNames(["Vilhelmina Åkerbrandt"]), _ignored)
    assert sorted(digests[one] for one in found.holding) == ["delad", "hennes", "kodad"]
    assert found.unsearched == ()


_NOISE = random.Random(18).randbytes(4_000_000)
"""As a picture has it: "Ek" is in it more than a hundred times."""


def test_short_names_do_not_come_about_by_chance(tmp_path: Path) -> None:
    assert _NOISE.count(b"Ek") > 40
    texts = {
        "brus": b"",
        "i brus": b"\0Anna Ek\0",
        "utf-16": "\0\u0008Ek, Anna".encode("utf-16-le"),
        "i text": b'<c author="Ek" initials="AE" id="1"/>',
        "annan": '<c author="Göran Ek" initials="GE" id="1"/>'.encode(),
    }
    assert _holding(tmp_path, "Anna Ek", {name: _NOISE + text + _NOISE for name, text in texts.items()}) == [
        "i brus",
        "i text",
        "utf-16",
    ]


def test_bytes_are_read_in_their_own_letters(tmp_path: Path) -> None:
    texts = {
        "hennes": "<a>Åsa Lindqvist</a>".encode(),
        "latin": "<a>Åsa Lindqvist</a>".encode("latin-1"),
        "annan": "<a>Göran Lindqvist</a>".encode(),
        "adress": b'<p userId="S::asa.lindqvist@example.org"/>',
        "efter annan": "Göran Lindqvist".encode() + b" " * 150 + "Åsa Lindqvist".encode(),
    }
    assert _holding(tmp_path, "Åsa Lindqvist", texts) == ["adress", "efter annan", "hennes", "latin"]


def test_other_spellings_are_found_in_bytes(tmp_path: Path) -> None:
    texts = {"ss": b"<a>Strauss</a>", "sz": "<a>Strauß</a>".encode(), "irish": "Kim O’Brien".encode()}
    assert _holding(tmp_path / "1", "Erik Strauß", texts) == ["ss", "sz"]
    assert _holding(tmp_path / "2", "Kim O'Brien", texts) == ["irish"]


def test_file_that_cannot_be_unpacked_is_named(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        package.writestr("a.xml", "hela ordet")
    with opened(tmp_path) as archive:
        broken = packed.getvalue().replace(b"hela ordet", b"halv ordet")
        add(archive, "trasig", "en bild", data=broken)
        digest = archive.originals.put_bytes(broken).sha256
        assert search_files(archive, ErasedNames(["Anna Ek"]), _ignored).unsearched == (digest,)


def _holding(folder: Path, name: str, data: dict[str, bytes]) -> list[str]:
    """Return in which of some files a person is found."""
    with opened(folder) as archive:
        digests = {}
        for title, content in data.items():
            add(archive, title, "en bild", data=content)
            digests[archive.originals.put_bytes(content).sha256] = title
        return sorted(digests[one] for one in search_files(archive, ErasedNames([name]), _ignored).holding)


def _ignored(what: str, count: int) -> None:
    del what, count

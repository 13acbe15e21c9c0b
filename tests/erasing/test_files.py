"""Originals are searched to the last byte, and one person is told from another of the same surname."""

from pathlib import Path

from archive.erasing.files import search_files
from archive.erasing.names import Names
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
        found = search_files(archive, Names(["Vilhelmina Åkerbrandt"]), _ignored)
    assert sorted(digests[one] for one in found.holding) == ["delad", "hennes", "kodad"]
    assert found.unsearched == ()


def _ignored(what: str, count: int) -> None:
    del what, count

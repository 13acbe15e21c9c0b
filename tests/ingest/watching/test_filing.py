from pathlib import Path

from archive.ingest.watching.filing import file_away


def test_what_was_taken_in_is_moved_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "2024" / "a.pptx"
    path.parent.mkdir()
    path.write_bytes(b"one")
    assert file_away(tmp_path, path, "") == tmp_path / "inlagt" / "2024" / "a.pptx"
    assert (tmp_path / "inlagt" / "2024" / "a.pptx").read_bytes() == b"one"
    assert not path.exists()


def test_reason_stands_beside_what_was_not_in_swedish_and_english(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(b"")
    moved = file_away(tmp_path, path, "There is no such account.")
    assert moved == tmp_path / "misslyckat" / "a.pptx"
    said = (tmp_path / "misslyckat" / "a.pptx.txt").read_text("utf-8")
    assert said == "Det finns inget sådant konto.\n\nThere is no such account.\n"


def test_nothing_is_replaced(tmp_path: Path) -> None:
    for data in (b"one", b"two", b"three"):
        (tmp_path / "a.b.pptx").write_bytes(data)
        file_away(tmp_path, tmp_path / "a.b.pptx", "")
    kept = {path.name: path.read_bytes() for path in (tmp_path / "inlagt").iterdir()}
    assert kept == {"a.b.pptx": b"one", "a.b (2).pptx": b"two", "a.b (3).pptx": b"three"}

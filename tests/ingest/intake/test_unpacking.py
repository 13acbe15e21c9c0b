import io
import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from archive.errors import PathError
from archive.ingest.extractors.archives import unpack
from archive.ingest.extractors.archives.frames import Chunk, End, Member, Record, encode
from archive.ingest.extractors.archives.unpack import Unpacker
from archive.ingest.extractors.base import Finish, ReadLimits
from archive.ingest.filetypes.media_types import MAIL
from archive.ingest.framing import PREFIX
from archive.ingest.intake.unpacking import UnpackBounds, Unpacked, unpacked
from archive.ingest.sandbox.base import Limits, Request
from archive.model.extraction import Outcome
from tests.ingest.extractors.decks import deck_of_titles
from tests.ingest.extractors.mails import mail
from tests.ingest.extractors.packages import zipped

BOUNDS = UnpackBounds()


def contents(content: Unpacked) -> dict[str, bytes]:
    return {
        path.relative_to(content.folder).as_posix(): path.read_bytes()
        for path in sorted(content.folder.rglob("*"))
        if path.is_file()
    }


def unpack_bytes(
    tmp_path: Path, data: bytes, bounds: UnpackBounds = BOUNDS
) -> tuple[dict[str, bytes], dict[str, Outcome]]:
    """Return the files by name, and the category of each that was not unpacked."""
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with unpacked(path, temporary, bounds) as content:
        found = contents(content), {problem.name: problem.category for problem in content.problems}
        assert content.file_count == len(found[0])
        assert all(problem.message for problem in content.problems)
    assert list(temporary.iterdir()) == []
    return found


class Saying:
    """A sandbox whose child says what a hostile one might."""

    name, reduced, protections = "saying", False, ()

    def __init__(self, frames: Sequence[bytes]) -> None:
        self._frames = frames

    @contextmanager
    def run(self, request: Request, file: Path, limits: Limits) -> Iterator[Iterator[bytes]]:
        yield iter(self._frames)

    def close(self) -> None:
        pass


def said(
    tmp_path: Path, frames: Sequence[bytes], bounds: UnpackBounds = BOUNDS
) -> tuple[dict[str, bytes], list[Outcome]]:
    with unpacked(tmp_path / "a.zip", tmp_path, bounds, Saying(frames)) as content:
        return contents(content), [problem.category for problem in content.problems]


def frame(record: Record) -> bytes:
    return encode(record, 0)[PREFIX.size :]


def test_files_come_out_under_their_names(tmp_path: Path) -> None:
    deck = deck_of_titles("Ett")
    data = zipped({"Bilder/möte.pptx": deck, "läs mig.txt": "hej", "tom.txt": ""})
    files, problems = unpack_bytes(tmp_path, data)
    assert files == {"Bilder/möte.pptx": deck, "läs mig.txt": b"hej", "tom.txt": b""}
    assert problems == {}


def test_what_file_managers_add_is_passed_by(tmp_path: Path) -> None:
    names = ("__MACOSX/._a.pptx", ".DS_Store", "~$a.pptx", ".git/b.pdf", "a.txt")
    files, _ = unpack_bytes(tmp_path, zipped(dict.fromkeys(names, "x")))
    assert list(files) == ["a.txt"]


def test_zip_in_the_zip_is_unpacked_but_none_in_that(tmp_path: Path) -> None:
    inner = zipped({"b.txt": "b", "c.zip": zipped({"d.txt": "d"})})
    files, problems = unpack_bytes(tmp_path, zipped({"a.txt": "a", "inre.zip": inner}))
    assert sorted(files) == ["a.txt", "inre.zip/b.txt", "inre.zip/c.zip"]
    assert problems == {}


def test_deck_in_the_zip_is_not_taken_apart(tmp_path: Path) -> None:
    files, _ = unpack_bytes(tmp_path, zipped({"a.zip": deck_of_titles("Ett")}))
    assert list(files) == ["a.zip"]


@pytest.mark.parametrize("name", ["../ut.txt", "a/../../ut.txt", "/etc/ut.txt", "C:/ut.txt", "..\\ut.txt"])
def test_no_name_leads_out(tmp_path: Path, name: str) -> None:
    files, problems = unpack_bytes(tmp_path, zipped({name: "x", "bra.txt": "y"}))
    assert files == {"bra.txt": b"y"}
    assert list(problems.values()) == [Outcome.DAMAGED]
    assert not (tmp_path / "ut.txt").exists()


def test_links_and_devices_are_passed_by(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, kind in (("länk", stat.S_IFLNK), ("enhet", stat.S_IFCHR), ("fil", stat.S_IFREG)):
            info = zipfile.ZipInfo(name)
            info.external_attr = (kind | 0o644) << 16
            package.writestr(info, "/etc/passwd")
    files, _ = unpack_bytes(tmp_path, buffer.getvalue())
    assert list(files) == ["fil"]


def test_same_name_twice_gives_two_files(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("a.txt", "ett")
        package.writestr("a.txt/b.txt", "tre")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("a.txt", "två")
    files, _ = unpack_bytes(tmp_path, buffer.getvalue())
    assert sorted(data.decode() for data in files.values()) == ["ett", "tre", "två"]


def test_locked_file_is_told_and_the_others_are_unpacked(tmp_path: Path) -> None:
    data = bytearray(zipped({"låst.txt": "x" * 50, "öppen.txt": "y"}))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(start) + (6 if start.endswith(b"\x03\x04") else 8)
        data[at] |= 1
    files, problems = unpack_bytes(tmp_path, bytes(data))
    assert list(files) == ["öppen.txt"]
    assert problems == {"låst.txt": Outcome.PASSWORD}


def test_damaged_file_is_told_and_the_others_are_unpacked(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        package.writestr("trasig.txt", "innehåll som ändras")
        package.writestr("hel.txt", "y")
    data = buffer.getvalue().replace("innehåll".encode(), "innehöll".encode(), 1)
    files, problems = unpack_bytes(tmp_path, data)
    assert list(files) == ["hel.txt"]
    assert problems == {"trasig.txt": Outcome.DAMAGED}


# Named, for a zip holds the time it was made at, and tests must be called the same in every process.
@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", zipped({"a.txt": "x" * 1000})[:60]],
    ids=["empty", "begun", "cut short"],
)
def test_zip_that_is_not_whole_is_damaged(tmp_path: Path, data: bytes) -> None:
    assert unpack_bytes(tmp_path, data) == ({}, {"": Outcome.DAMAGED})


def test_file_that_grows_out_of_proportion_is_stopped(tmp_path: Path) -> None:
    files, problems = unpack_bytes(tmp_path, zipped({"bomb": bytes(30 * 1024 * 1024), "bra.txt": "y"}))
    assert list(files) == ["bra.txt"]
    assert problems == {"bomb": Outcome.RESOURCE_LIMIT}


def test_all_files_together_are_bounded(tmp_path: Path) -> None:
    data = zipped({f"{number}.bin": os.urandom(400_000) for number in range(5)})
    files, problems = unpack_bytes(tmp_path, data, UnpackBounds(unpacked_max_bytes=1_000_000))
    assert list(files) == ["0.bin", "1.bin"]
    assert problems == {"2.bin": Outcome.RESOURCE_LIMIT, "": Outcome.RESOURCE_LIMIT}


def test_each_file_is_bounded(tmp_path: Path) -> None:
    data = zipped({"stor": os.urandom(200_000), "liten": b"x"})
    files, problems = unpack_bytes(tmp_path, data, UnpackBounds(file_max_bytes=100_000))
    assert list(files) == ["liten"]
    assert problems == {"stor": Outcome.RESOURCE_LIMIT}


def test_number_of_files_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "FILES_MAX", 3)
    records = list(Unpacker().extract(io.BytesIO(zipped(dict.fromkeys("abcde", "x"))), ReadLimits(100, 0)))
    assert [record.name for record in records if isinstance(record, Member)] == ["a", "b", "c"]
    assert records[-1] == Finish(Outcome.RESOURCE_LIMIT)


def test_name_in_utf8_that_does_not_say_so_is_read_as_such(tmp_path: Path) -> None:
    data = zipped({"måndag.txt": "x"})
    flag = (0x800).to_bytes(2, "little")
    assert data.count(flag) >= 2
    for start, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(start) + place
        data = data[:at] + b"\0\0" + data[at + 2 :]
    files, _ = unpack_bytes(tmp_path, data)
    assert list(files) == ["måndag.txt"]


def test_zip_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(PathError), unpacked(tmp_path / "borta.zip", tmp_path, BOUNDS):
        pass


MEMBER, OK = frame(Member("a.txt")), frame(End(Outcome.OK))


@pytest.mark.parametrize(
    ("frames", "files"),
    [
        ([MEMBER, frame(Chunk(b"x")), OK], {"a.txt": b"x"}),
        ([MEMBER, frame(Chunk(b"x"))], {}),
        ([MEMBER, MEMBER, frame(Chunk(b"x")), OK], {"a.txt": b"x"}),
        ([frame(Chunk(b"x")), OK, OK], {}),
        ([MEMBER, b"Qx"], {}),
        ([MEMBER, b""], {}),
        ([MEMBER, b"Eno-such-category"], {}),
        ([frame(Member("a/\x00b\x1b.txt")), OK], {"a/_b_.txt": b""}),
        ([frame(Member("")), OK], {}),
        ([frame(Member("/")), OK], {}),
        ([frame(Member("a/" * 500 + "b")), OK], {}),
        ([b"M\xff\xfe", OK], {"��": b""}),
    ],
)
def test_whatever_the_child_says_stays_in_the_folder(
    tmp_path: Path, frames: list[bytes], files: dict[str, Any]
) -> None:
    assert said(tmp_path, frames)[0] == files
    assert list(tmp_path.iterdir()) == []


def test_long_name_is_shortened_and_keeps_its_suffix(tmp_path: Path) -> None:
    (name,) = said(tmp_path, [frame(Member("å" * 900 + ".pptx")), OK])[0]
    assert len(name.encode()) <= 150
    assert name.endswith(".pptx")


def test_files_of_a_mail_come_out_with_their_names_and_pictures_in_its_text_do_not(tmp_path: Path) -> None:
    deck = deck_of_titles("Ett")
    message = mail(files={"möte.pptx": deck, "../flykt.txt": b"hej"})
    message.add_attachment(b"x" * 10, maintype="image", subtype="png", cid="<logo>", disposition="inline")
    forwarded = mail("Vidare")
    forwarded.add_attachment(message)
    path = tmp_path / "a.eml"
    path.write_bytes(forwarded.as_bytes())
    with unpacked(path, tmp_path, BOUNDS, media_type=MAIL) as content:
        assert contents(content) == {"möte.pptx": deck, "flykt.txt": b"hej"}
        assert content.problems == []


def test_mail_with_more_than_may_be_unpacked_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail(files={"a.txt": b"a" * 2000, "b.txt": b"b" * 2000}).as_bytes())
    with unpacked(path, tmp_path, UnpackBounds(unpacked_max_bytes=5000), media_type=MAIL) as content:
        assert contents(content) == {}
        (problem,) = content.problems
    assert problem.category is Outcome.RESOURCE_LIMIT
    assert "mail" in problem.message

"""An archive leaves with everything, and readers that know nothing of it find all of it again."""

import subprocess
import sys
from pathlib import Path

from archive.app import Archive
from archive.export import read_archive
from archive.export.exporting import export_archive
from archive.model.pages import BlockField
from tests.export.leaving import FORMULA, PASSWORD_HASH, Out, fill, ignored, read
from tests.export.second_reader import SecondReader
from tests.filled_archive import add, opened, slide
from tests.sample_archive import MEMBERS_ONLY, STAFF_ONLY
from tests.servers.versitygw.fixtures import s3_server
from tests.servers.versitygw.server import S3Server

__all__ = ["s3_server"]


def test_both_readers_and_the_library_of_congress_find_it_whole(out: Out) -> None:
    checked = read(out.folder, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "0 problems" in checked.stdout
    opened_files = out.reader.all_is_there()
    assert opened_files["original_file"] == out.exported.records["versions"] == 10
    assert opened_files["text_file"] == 10
    bag_checker = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(out.folder)]
    validated = subprocess.run(bag_checker, capture_output=True, text=True, check=False)
    assert validated.returncode == 0, validated.stderr


def test_reader_has_no_more_than_a_hundred_lines(out: Out) -> None:
    source = (out.folder / "read_archive.py").read_bytes()
    assert source == Path(read_archive.__file__).read_bytes()
    assert source.count(b"\n") <= 100


def test_description_is_the_one_of_the_docs(out: Out) -> None:
    docs = Path(__file__).parents[2] / "docs" / "format.md"
    assert (out.folder / "format.md").read_bytes() == docs.read_bytes()


def test_description_names_every_field_of_words(out: Out) -> None:
    assert [field.value for field in BlockField if f"`{field.value}`" not in out.reader.description] == []


def test_what_only_some_may_see_is_there_and_marked(out: Out) -> None:
    documents = {one["title"]: one for one in out.reader.records("documents")}
    assert documents["Lönelista"]["visibility"] == "staff"
    assert documents["vatten"]["effective_visibility"] == "members"  # its event is for members
    words = "".join(file.read_text("utf-8") for file in (out.folder / "data/texts").iterdir())
    records = "".join(file.read_text("utf-8") for file in (out.folder / "data/records").glob("*.jsonl"))
    assert [word for word in (*MEMBERS_ONLY, *STAFF_ONLY) if word not in words + records] == []
    hidden = [page for page in out.reader.records("pages") if page["is_hidden"]]
    assert hidden
    assert all(set(page["staff_fields"]) == set(page["text"]) for page in hidden)
    noted = [
        page for page in out.reader.records("pages") if "notes" in page["text"] and not page["is_hidden"]
    ]
    assert noted
    assert all(page["staff_fields"] == ["notes"] for page in noted)


def test_plain_words_are_those_of_the_pages(out: Out) -> None:
    told = {one["id"]: out.reader.plain_pages(one["text_file"]) for one in out.reader.records("versions")}
    pages: dict[str, list[tuple[int, bool, dict[str, str]]]] = {}
    for page in out.reader.records("pages"):
        pages.setdefault(page["version_id"], []).append((page["number"], page["is_hidden"], page["text"]))
    assert told == pages


def test_no_table_has_a_cell_that_a_spreadsheet_computes(out: Out) -> None:
    assert {kind: out.reader.unguarded_cells(kind) for kind in out.reader.fields} == {
        kind: [] for kind in out.reader.fields
    }
    assert FORMULA in {row["text.title"] for row in out.reader.table("pages")}


def test_no_secret_of_an_account_is_in_it(out: Out) -> None:
    for path in out.folder.rglob("*"):
        if path.is_file():
            assert b"argon2" not in path.read_bytes()
            assert PASSWORD_HASH.encode() not in path.read_bytes()


def test_withdrawn_document_is_a_tombstone(out: Out) -> None:
    (document,) = [one for one in out.reader.records("documents") if one["id"] == out.withdrawn]
    assert document["withdrawn_at"]
    assert document["withdrawn_reason"] == "staff"
    for kind in ("versions", "pages", "pictures"):
        assert [one for one in out.reader.records(kind) if one["document_id"] == out.withdrawn] == []
    assert not [
        path for path in out.folder.rglob("*") if path.is_file() and b"borttagetord" in path.read_bytes()
    ]
    assert out.reader.info()["Archive-Withdrawn"] == "tombstones"


def test_withdrawn_document_is_whole_where_asked_for(archive: tuple[Archive, str], tmp_path: Path) -> None:
    export_archive(archive[0], tmp_path / "out", with_withdrawn=True, told=ignored)
    reader = SecondReader(tmp_path / "out")
    assert reader.all_is_there()["original_file"] == 11
    (version,) = [one for one in reader.records("versions") if one["document_id"] == archive[1]]
    assert reader.file(version["original_file"]) == "Återkallad".encode()
    assert reader.info()["Archive-Withdrawn"] == "whole"


def test_file_that_is_gone_is_named_and_does_not_end_the_export(out: Out) -> None:
    # The sample's picture has no bytes in the store.
    (path,) = out.exported.missing
    assert path == f"data/pictures/aa/{'a' * 64}.webp"
    assert [one["path"] for one in out.reader.records("missing_files")] == [path]
    assert path in read(out.folder, "check").stdout


def test_damaged_original_is_named_and_not_taken_along(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "hel", slide("Hel"))
        add(archive, "trasig", slide("Trasig"))
        damaged = next(archive.originals.digests())
        path = archive.originals.path(damaged)
        path.chmod(0o600)
        path.write_bytes(b"x" + path.read_bytes()[1:])
        exported = export_archive(archive, tmp_path / "out", with_withdrawn=False, told=ignored)
    assert [damaged in path for path in exported.missing] == [True]
    assert SecondReader(tmp_path / "out").all_is_there() == {"original_file": 1, "text_file": 2}


def test_changed_added_and_removed_files_are_found_by_the_reader(
    archive: tuple[Archive, str], tmp_path: Path
) -> None:
    target = tmp_path / "out"
    export_archive(archive[0], target, with_withdrawn=False, told=ignored)
    changed, removed = sorted((target / "data" / "originals").rglob("*.pptx"))[:2]
    changed.write_bytes(changed.read_bytes() + b"!")
    removed.unlink()
    (target / "data" / "records" / "more.jsonl").write_text("{}\n")
    checked = read(target, "check")
    assert checked.returncode == 1
    assert f"{changed.name} does not have the bytes" in checked.stdout
    assert f"{removed.name} is missing" in checked.stdout
    assert "more.jsonl was not exported" in checked.stdout
    assert "3 problems" in checked.stdout


def test_reader_lists_and_shows(out: Out) -> None:
    listed = read(out.folder, "list").stdout
    (wages,) = [line for line in listed.splitlines() if "Lönelista" in line]
    shown = read(out.folder, "show", wages.split("\t")[0]).stdout
    assert "gemensam lön" in shown
    assert '"visibility": "staff"' in shown
    assert read(out.folder).returncode == 2


def test_archive_on_servers_leaves_with_the_same(
    s3_server: S3Server, postgres_url: str, out: Out, tmp_path: Path
) -> None:
    s3_server.make_bucket("leaving")
    store = s3_server.settings("leaving")
    with opened(tmp_path, database_url=postgres_url, store=store) as archive:
        fill(archive)
        exported = export_archive(archive, tmp_path / "out", with_withdrawn=False, told=ignored)
    assert exported.records == out.exported.records
    assert set(exported.missing) == set(out.exported.missing)
    assert SecondReader(tmp_path / "out").all_is_there() == out.reader.all_is_there()

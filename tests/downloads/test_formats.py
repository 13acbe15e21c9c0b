"""Each format is read back by a reader that is not ours, and has the same rows as the others."""

import csv
import io
import json
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
from pyarrow import parquet
from python_calamine import CalamineWorkbook

from archive.app import Archive
from archive.csv_text import plain
from archive.downloads import downloading
from archive.downloads.columns import COLUMNS, LIST_SEPARATOR, NAMES, ColumnKind
from archive.downloads.formats import FORMATS
from archive.downloads.provenance import Provenance
from archive.downloads.tables import workbook
from archive.errors import FormatMissing, FormatUnknown
from archive.ingest.libreoffice.finding import find_office
from archive.model.visibility import Visibility
from tests.downloads.taking import ADDRESS, rows, taken, wanted
from tests.filled_archive import add, opened, slide
from tests.ingest.libreoffice.samples_of_office import new_profile
from tests.sample_archive import Sample
from tests.waiting import HANG_S

COMMAND = "=cmd|' /C calc'!A0"
HALF = "half \ud83d sign"
_LATER = ("downloaded_at",)  # each file is made at another time


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive whose slides say what spreadsheets and parsers stumble over."""
    with opened(tmp_path_factory.mktemp("awkward")) as archive:
        add(archive, "formler", slide(COMMAND, "+46 70 ordet", "tab\there; \"citat\", 'så'"))
        add(archive, "åäö", slide("Ordet: 𝄞 ∑ x² & _ % { \\ }", "@ordet", "-ordet"))
        add(archive, "lång", slide("Ordet", "ord " * 20_000))
        archive.indexer.catch_up()
        yield archive


def _without_time(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name not in _LATER} for row in found]


def _from_table(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of text as one of values."""
    found: dict[str, Any] = {}
    for column in COLUMNS:
        text = plain(row[column.name])
        match column.kind:
            case ColumnKind.LIST:
                found[column.name] = text.split(LIST_SEPARATOR) if text else []
            case ColumnKind.NUMBER:
                found[column.name] = int(text)
            case ColumnKind.FLAG:
                found[column.name] = text == "true"
            case ColumnKind.TEXT:
                found[column.name] = text
    return found


@pytest.mark.parametrize(("file_format", "delimiter"), [("csv", ","), ("csv-excel", ";")])
def test_csv_has_the_same_rows_and_nothing_to_compute(
    awkward: Archive, file_format: str, delimiter: str
) -> None:
    file = taken(awkward, wanted("ordet", file_format=file_format))
    assert file.startswith(b"\xef\xbb\xbf") == (file_format == "csv-excel")
    csv.field_size_limit(10**6)
    table = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    assert not [cell for row in table for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert [tuple(row) for row in table] == [NAMES] * 3
    expected = rows(awkward, wanted("ordet"))
    assert _without_time([_from_table(row) for row in table]) == _without_time(expected)
    assert {row["page_title"] for row in expected} >= {COMMAND}


def test_parquet_has_the_same_rows_and_says_where_it_comes_from(awkward: Archive) -> None:
    file = parquet.ParquetFile(io.BytesIO(taken(awkward, wanted("ordet", file_format="parquet"))))
    assert _without_time(file.read().to_pylist()) == _without_time(rows(awkward, wanted("ordet")))
    metadata = file.schema_arrow.metadata
    about = json.loads(metadata[b"archive"])
    assert (about["question"], about["question_address"], about["hit_count"]) == ("ordet", ADDRESS, 3)
    assert metadata[b"PANDAS_ATTRS"] == metadata[b"archive"]


def test_workbook_has_the_same_rows_and_a_sheet_that_says_where_it_comes_from(awkward: Archive) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken(awkward, wanted("ordet", file_format="xlsx"))))
    head, *table = book.get_sheet_by_name("hits").to_python()
    expected = rows(awkward, wanted("ordet"))
    assert head == [column.name for column in COLUMNS if not column.is_constant]
    assert len(table) == 3
    for cells, row in zip(table, expected, strict=True):
        for name, cell in zip(map(str, head), cells, strict=True):
            value = LIST_SEPARATOR.join(row[name]) if isinstance(row[name], list) else row[name]
            assert cell == (value[:32_767] if isinstance(value, str) else value), name
    about = {str(name): value for name, value in book.get_sheet_by_name("about").to_python()}
    assert (about["question"], about["question_address"], about["hit_count"]) == ("ordet", ADDRESS, 3)
    assert about["licence"] == "https://rightsstatements.org/vocab/InC/1.0/"


def test_workbook_goes_on_in_another_sheet_where_one_is_full(tmp_path: Path, sample: Sample) -> None:
    row = rows(sample.archive, wanted())[0]
    provenance = Provenance("ordet", ADDRESS, datetime(2026, 11, 29, 8, 0, tzinfo=UTC), "CC0", 5, 1)
    file = b"".join(workbook(iter([[row] * 3, [row] * 2]), provenance, tmp_path, rows_max=3))
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    assert book.sheet_names == ["hits", "hits 2", "hits 3", "about"]
    assert [len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names[:3]] == [3, 3, 2]
    assert list(tmp_path.iterdir()) == []


def test_references_are_one_for_each_hit(sample: Sample) -> None:
    total = sample.pages[Visibility.MEMBERS]
    asked = {name: wanted("gemensam", Visibility.MEMBERS, name) for name in FORMATS}
    ris = rispy.loads(taken(sample.archive, asked["ris"]).decode())
    csl = json.loads(taken(sample.archive, asked["csl-json"]))
    bibtex = bibtexparser.parse_string(taken(sample.archive, asked["bibtex"]).decode())
    biblatex = bibtexparser.parse_string(taken(sample.archive, asked["biblatex"]).decode())
    assert not bibtex.failed_blocks
    assert not biblatex.failed_blocks
    assert [len(ris), len(csl), len(bibtex.entries), len(biblatex.entries)] == [total] * 4
    got = rows(sample.archive, wanted("gemensam", Visibility.MEMBERS))
    assert [item["URL"].rsplit("/", 1)[1] for item in csl] == [str(row["page"]) for row in got]
    assert all(row["document_id"] in item["URL"] for item, row in zip(csl, got, strict=True))


def test_libreoffice_opens_tables_and_computes_nothing(awkward: Archive, tmp_path: Path) -> None:
    office = find_office()
    if office is None or not list(Path("/usr/lib/libreoffice/program").glob("libsclo.so")):
        pytest.skip("needs libreoffice-calc-nogui, see system-packages.txt")
    for name in ("csv", "xlsx"):
        (tmp_path / f"{name}-hits.{name}").write_bytes(taken(awkward, wanted("ordet", file_format=name)))
    home = new_profile(tmp_path / "home")
    files = [str(tmp_path / f"{name}-hits.{name}") for name in ("csv", "xlsx")]
    command = [str(office), home, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=HANG_S)
    for name, guard in (("csv", "'"), ("xlsx", "")):
        book = CalamineWorkbook.from_path(tmp_path / f"{name}-hits.ods")
        head, *table = book.get_sheet_by_index(0).to_python()
        titles = [cells[head.index("page_title")] for cells in table]
        assert guard + COMMAND in titles
        assert len(table) == 3


def test_format_that_is_not_installed_is_neither_offered_nor_made(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "find_spec", lambda name: None)
    with pytest.raises(FormatMissing, match=r"archive\[export\]"):
        taken(sample.archive, wanted(file_format="parquet"))
    assert [name for name, one in FORMATS.items() if not downloading.is_offered(one)] == ["parquet"]


def test_unknown_format_says_which_there_are(sample: Sample) -> None:
    with pytest.raises(FormatUnknown, match="csv, csv-excel, xlsx, jsonl, parquet"):
        taken(sample.archive, wanted(file_format="docx"))


def test_half_a_sign_ends_no_file(tmp_path: Path) -> None:
    with opened(tmp_path) as archive:
        add(archive, "halv", slide("Ordet", f"ordet {HALF}"))
        archive.indexer.catch_up()
        files = {name: taken(archive, wanted("ordet", file_format=name)) for name in FORMATS}
    assert b"half ? sign" in files["csv"]
    assert parquet.ParquetFile(io.BytesIO(files["parquet"])).read().num_rows == 1
    assert all(files.values())


@pytest.mark.parametrize(
    "read",
    [
        "",
        'read_parquet("gruva.parquet")',
        'read_csv("gruva.csv", dtype=str, keep_default_na=False)',
    ],
)
def test_example_of_the_documentation_counts_hits_by_year(
    sample: Sample, read: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (Path(__file__).parents[2] / "docs" / "downloads.md").read_text("utf-8")
    assert read in text
    lines = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    start = lines.index("import pandas")
    importing, reading, counting = lines[start : start + 3]
    for name in ("jsonl", "parquet", "csv"):
        (tmp_path / f"gruva.{name}").write_bytes(taken(sample.archive, wanted(file_format=name)))
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec("\n".join((importing, f"hits = pandas.{read}" if read else reading)), names)
    counted = eval(counting, names).to_dict()
    assert counted == Counter(row["date"][:4] for row in rows(sample.archive, wanted()))
    assert set(counted) - {""}

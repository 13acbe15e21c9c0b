from pathlib import Path

from tests.cli.commands import run_apart

TEXT = "Gruvnäringen i Region Örebros industri- och exportfrågor"


def test_json_tells_terms_positions_and_characters(tmp_path: Path) -> None:
    told = run_apart(tmp_path, "analyze", "--json", TEXT)
    assert (told.code, told.err) == (0, "")
    assert told.json["language"] == "sv"
    rows = told.json["tokens"]
    assert all(row["written"] == TEXT[row["start"] : row["end"]] for row in rows)
    assert [(row["kind"], row["position"], row["written"]) for row in rows if row["position"] == 0] == [
        ("exact", 0, "Gruvnäringen"),
        ("main", 0, "Gruvnäringen"),
        ("part", 0, "Gruv"),
        ("part", 0, "näringen"),
    ]
    assert [row["written"] for row in rows if row["kind"] == "part"][2:] == ["industri-", "export", "frågor"]


def test_table_names_language_and_parts(tmp_path: Path) -> None:
    told = run_apart(tmp_path, "analyze", "--language", "en", "Mining industries")
    assert told.out.startswith("Language: en\n")
    assert "industri" in told.out


def test_own_terms_of_the_archive_are_read(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").write_text('[text]\nterms = ["norra|sken"]\n', "utf-8")
    rows = run_apart(tmp_path, "analyze", "--json", "--language", "sv", "Norraskenet").json["tokens"]
    assert [row["written"] for row in rows if row["kind"] == "part"] == ["Norra", "skenet"]

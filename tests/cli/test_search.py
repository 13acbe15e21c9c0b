from pathlib import Path

import pytest

from tests.cli.commands import Run


def test_json_has_exactly_these_fields(full: Run) -> None:
    told = full("search", "--json", "gruvnäringen")
    assert (told.code, told.err) == (0, "")
    found = told.json
    assert list(found) == ["total", "groups", "hits"]
    assert (found["total"], found["groups"]) == (1, 1)
    (hit,) = found["hits"]
    assert list(hit) == ["document", "filename", "page", "title", "snippet"]
    assert (hit["filename"], hit["page"], hit["title"]) == ("gruvor.pptx", 1, "Gruvnäringen i Bergslagen")
    assert "Gruvnäringen" in hit["snippet"]


def test_nothing_found_is_no_failure(full: Run) -> None:
    assert full("search", "--json", "kärnfysik").json == {"total": 0, "groups": 0, "hits": []}
    told = full("search", "kärnfysik")
    assert told.code == 0
    assert told.out.startswith("Nothing was found.")


def test_words_are_joined_and_may_be_left_out(full: Run) -> None:
    assert [hit["page"] for hit in full("search", "--json", "gruvor", "stål").json["hits"]] == [2]
    (left,) = full("search", "--json", "gruvor", "-stål").json["hits"]
    assert left["title"] == "Gruvnäringen i Bergslagen"  # a part of its first word
    assert full("search", "--json", "vindkraft", "-ohälsa").json["total"] == 1


def test_only_staff_see_what_is_hidden(full: Run, tmp_path: Path) -> None:
    text = '[event]\ntitle = "Internt"\nvisibility = "staff"\n[[talk]]\ntopic = "Inre"\ndeck = "i.pptx"\n'
    from tests.ingest.ingests import deck, write

    write(tmp_path / "inre" / "seminar.toml", text)
    deck(tmp_path / "inre" / "i.pptx", "Budgetläge")
    assert full("ingest", "--quiet", tmp_path / "inre").code == 0
    assert full("search", "--json", "budgetläge").json["total"] == 1
    assert full("search", "--json", "--as", "members", "budgetläge").json["total"] == 0


def test_pages_of_results(full: Run) -> None:
    first = full("search", "--json", "--limit", "1", "gruvnäringen OR vindkraft OR malm").json
    second = full("search", "--json", "--limit", "1", "--page", "2", "gruvnäringen OR vindkraft OR malm").json
    assert (first["groups"], second["groups"]) == (3, 3)
    assert len({first["hits"][0]["document"], second["hits"][0]["document"]}) == 2


@pytest.mark.parametrize("width", ["40", "80", "140"])
def test_listing_fits_the_terminal_and_cuts_nothing(
    full: Run, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    told = full("search", "vindkraft OR malm")
    assert max(map(len, told.out.splitlines())) <= int(width)
    words = " ".join(told.out.split())
    for text in ("Vindkraft i Gävleborg.pptx", "export.pdf · Smart industri", "Exporten av malm har vuxit."):
        assert text in words
    assert "…" not in told.out
    assert words.endswith("3 slides in 2 talks (page 1 of 1).")


def test_into_a_pipe_a_slide_and_its_words_are_one_line_each(full: Run) -> None:
    told = full("search", "gruvnäringen")
    identifier = full("search", "--json", "gruvnäringen").json["hits"][0]["document"]
    assert told.out.splitlines() == [
        "Gruvnäringens framtid",
        "  gruvor.pptx · Smart industri · 2022-05-19",
        f"  {identifier}/1  Gruvnäringen i Bergslagen",
        "      Gruvnäringen i Bergslagen",
        "",
        "1 slide in 1 talk (page 1 of 1).",
    ]

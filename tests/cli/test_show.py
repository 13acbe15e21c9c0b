import pytest

from tests.cli.commands import Run, assert_one_line


@pytest.fixture
def deck_id(full: Run) -> str:
    identifier = full("search", "--json", "gruvnäringen").json["hits"][0]["document"]
    assert isinstance(identifier, str)
    return identifier


def test_document_is_shown_with_its_slides(full: Run, deck_id: str) -> None:
    told = full("show", deck_id)
    assert (told.code, told.err) == (0, "")
    printed = told.out.splitlines()
    pairs = dict(line.split(maxsplit=1) for line in printed[: printed.index("")])
    assert pairs["document"] == deck_id
    assert pairs["title"] == "Gruvnäringens framtid"
    assert pairs["speakers"] == "Lisa Virén"
    assert (pairs["event"], pairs["date"]) == ("Smart industri", "2022-05-19")
    assert (pairs["filename"], pairs["category"], pairs["page_count"]) == ("gruvor.pptx", "ok", "3")
    assert len(pairs["sha256"]) == 64
    assert [line for line in printed if line.startswith("---")] == [
        "--- 1 Gruvnäringen i Bergslagen",
        "--- 2 Stål och gruvor",
        "--- 3 Tack – slut",
    ]


def test_slide_is_shown_with_its_words(full: Run, deck_id: str) -> None:
    told = full("show", f"{deck_id}/2")
    assert told.out.endswith("--- 2 Stål och gruvor\n[title] Stål och gruvor\n")


def test_json_of_a_document_and_a_slide(full: Run, deck_id: str) -> None:
    whole = full("show", "--json", deck_id).json
    assert [page["number"] for page in whole["pages"]] == [1, 2, 3]
    one = full("show", "--json", f"{deck_id}/2").json
    assert one["pages"] == [
        {
            "number": 2,
            "title": "Stål och gruvor",
            "hidden": False,
            "blocks": [{"field": "title", "text": "Stål och gruvor"}],
        }
    ]
    assert {key: value for key, value in one.items() if key != "pages"} == {
        key: value for key, value in whole.items() if key != "pages"
    }


@pytest.mark.parametrize("width", ["40", "80"])
def test_narrow_terminal_cuts_nothing(
    full: Run, deck_id: str, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    sha256 = full("show", "--json", deck_id).json["sha256"]
    monkeypatch.setenv("COLUMNS", width)
    joined = "".join(full("show", deck_id).out.split())
    assert sha256 in joined
    assert "…" not in joined


@pytest.mark.parametrize(
    ("identifier", "code", "word"),
    [
        ("finnsinte", 1, "no document 'finnsinte'"),
        ("ID/99", 1, "no page 99"),
        ("ID/0", 1, "no page 0"),
        ("ID/fyra", 2, "as in abc123/4"),
        ("ID/99999999999999999999", 2, "as in abc123/4"),
    ],
)
def test_what_is_not_there_is_told(full: Run, deck_id: str, identifier: str, code: int, word: str) -> None:
    told = full("show", identifier.replace("ID", deck_id))
    assert told.code == code
    assert_one_line(told, word)

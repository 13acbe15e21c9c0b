"""What a file's name and properties give to the index."""

import pytest

from archive.analysis.analyzer import Token
from archive.index.documents import IndexPage
from archive.index.file_words import Said, file_texts, name_terms
from archive.index.schema import TextField


@pytest.mark.parametrize(
    ("filename", "expected"),
    [
        ("07-filnamn.pptx", ["07 filnamn"]),
        ("SupplyChain_NOSAD.pdf", ["SupplyChain NOSAD", "Supply Chain"]),
        ("OSSProjekt plan2021.PPTX", ["OSSProjekt plan2021", "OSS Projekt plan 2021"]),
        ("0be7994f3020eaae9ac40d9e8aae8bb9_scbs_oss_projekt.pdf", ["scbs oss projekt"]),
        ("Årsmöte – hållbarhet.odp", ["Årsmöte hållbarhet"]),
        (".pptx", ["pptx"]),
    ],
)
def test_a_name_gives_its_words_also_cut_at_capitals(filename: str, expected: list[str]) -> None:
    assert [text for text in file_texts(filename, {}) if text] == expected


def test_properties_that_people_fill_in_are_words_too_but_not_whose_program_it_was() -> None:
    properties = {"title": "Plan", "creator_tool": "Writer", "keywords": "export, stål", "author": "Åsa Ek"}
    assert [text for text in file_texts("x.odp", properties) if text] == [
        "x",
        "Plan",
        "export, stål",
    ]


def _said(*texts: str) -> Said:
    pages = []
    for number, text in enumerate(texts, 1):
        tokens = [Token(word, at, 0, 0) for at, word in enumerate(text.split())]
        pages.append(
            IndexPage(number, 0, {TextField.EXACT: [token for token in tokens if token.term != "/"]})
        )
    return Said(pages)


def _whole_and_rows(filename: str, said: Said) -> tuple[list[str], list[str]]:
    """Return the whole names, and the words in a row with a bar for each gap."""
    whole: list[str] = []
    rows: list[str] = []
    last = -1
    for token in name_terms(filename, said):
        if " " in token.term:
            whole.append(token.term)
        else:
            rows += ["|"] * (token.position > last + 1) + [token.term]
            last = token.position
    return whole, " ".join(rows).split(" | ")


def test_a_whole_name_is_one_term_also_without_its_leading_numbers() -> None:
    whole, rows = _whole_and_rows("01-it_las.pptx", _said("annat"))
    assert whole == ["01 it las", "it las"]
    assert rows == ["01 it las"]


def test_a_name_is_found_with_and_without_the_key_in_it_and_cut_at_capitals() -> None:
    whole, rows = _whole_and_rows("0be7994f3020eaae9ac40d9e8aae8bb9_SupplyChain.pdf", _said())
    assert whole == ["0be7994f3020eaae9ac40d9e8aae8bb9 supplychain", "supply chain"]
    assert rows == ["0be7994f3020eaae9ac40d9e8aae8bb9 supplychain", "supplychain", "supply chain"]


def test_words_that_pages_have_in_a_row_are_found_there_and_not_by_the_name() -> None:
    whole, rows = _whole_and_rows("supply-chain-plan.pdf", _said("om", "en supply chain"))
    assert whole == ["supply chain plan"]
    assert rows == ["supply", "chain plan"]
    assert not _whole_and_rows("supply-chain.pdf", _said("en supply chain"))[0]
    assert not _whole_and_rows("open-source.pdf", _said("opensource"))[0]


@pytest.mark.parametrize("page", ["supply / chain", "chain supply", "ett supply"])
def test_words_that_stand_apart_on_pages_are_in_a_row_in_the_name(page: str) -> None:
    assert _whole_and_rows("supply-chain.pdf", _said(page, "chain")) == (["supply chain"], ["supply chain"])


def test_a_name_of_one_word_has_no_row() -> None:
    assert name_terms("plan.pdf", _said()) == []

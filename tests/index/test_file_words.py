"""What a file's name and properties give to the index."""

import pytest

from archive.index.file_words import file_texts


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


def test_properties_that_people_fill_in_are_words_too() -> None:
    properties = {"title": "Plan", "creator_tool": "Writer", "keywords": "export, stål", "author": "Åsa Ek"}
    assert [text for text in file_texts("x.odp", properties) if text] == [
        "x",
        "Plan",
        "export, stål",
        "Åsa Ek",
    ]

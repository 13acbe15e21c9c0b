import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.extractors.pdf.blocks import blocks_of_page
from archive.ingest.extractors.pdf.paragraphs import join_lines, paragraphs
from archive.ingest.extractors.pdf.pdfium.document_info import iso_date
from archive.ingest.extractors.pdf.unite import chosen
from archive.model.naming.phrases import real_title


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["industri-", "ell tillväxt"], "industriell tillväxt"),
        (["närings- ", "och fritid"], "närings- och fritid"),
        (["EU-", "Kommissionen"], "EU-Kommissionen"),
        (["år 2020-", "2024"], "år 2020- 2024"),
        (["två", "rader"], "två rader"),
        (["ett e-", "arkiv"], "ett e-arkiv"),
        (["om it-", "stöd"], "om it-stöd"),
        (["vid 1-", "metyl"], "vid 1-metyl"),
        (["industri\x02", "ell"], "industriell"),
    ],
)
def test_lines_are_joined(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


def test_soft_hyphen_inside_a_line_is_dropped() -> None:
    assert [p.text for p in paragraphs(["närings\u00adlivet och för\u00ad eningen"])] == [
        "näringslivet och föreningen"
    ]


def test_marks_for_unmapped_letters_are_dropped() -> None:
    assert [p.text for p in paragraphs(["(cid:3)Ord(cid:17)", "(cid:1)"])] == ["Ord"]


@given(st.text(max_size=300))
def test_plain_text_keeps_every_letter(text: str) -> None:
    got = "".join(block.text for block in blocks_of_page(chosen(None, text, 0.1).boxes, is_placed=False))
    lost = {c for c in text if c.isalpha()} - set(got) - set("(cid:)")
    assert not lost


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("D:20210303141537+01'00'", "2021-03-03T14:15:37+01:00"),
        ("D:20210303141537Z", "2021-03-03T14:15:37+00:00"),
        ("D:20210303", "2021-03-03"),
        ("D:20219903", ""),
        ("i går", ""),
    ],
)
def test_dates_become_iso_8601(text: str, expected: str) -> None:
    assert iso_date(text) == expected


@pytest.mark.parametrize("text", ["Regional utveckling", "Rubriker som bär", "PowerPoint för alla"])
def test_titles_by_people_are_kept(text: str) -> None:
    assert real_title(f" {text}\n") == text


@pytest.mark.parametrize("text", ["PowerPoint-presentation", "Namnlös", "Bild 1", "budget.xlsx", "—"])
def test_titles_by_programs_are_dropped(text: str) -> None:
    assert real_title(text) == ""

"""How titles are written."""

import pytest

from archive.model.tidying import mended, tidy


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("Data + Metadata \uf0e0 Information", "Data + Metadata → Information"),
        ("\uf0a7 Nuläge\uf020", "Nuläge"),
        ("DCAT-AP -Processor", "DCAT-AP-Processor"),
        ("Data från satelliter\n-för hållbar utveckling", "Data från satelliter - för hållbar utveckling"),
        ("Data från satelliter -för hållbar utveckling", "Data från satelliter - för hållbar utveckling"),
        ("Data för utvecklare\n-\nGreentech", "Data för utvecklare - Greentech"),
        ("Gävleborg– en översikt", "Gävleborg – en översikt"),
        ("e- arkiv", "e-arkiv"),
        ("Läget – i norr", "Läget – i norr"),
        ("hem- och konsumentkunskap", "hem- och konsumentkunskap"),
        ("barn och -ungdom", "barn och -ungdom"),
        ("2021-05-04", "2021-05-04"),
        (
            "Råd för delning och Råd för delning och användning av användning av",
            "Råd för delning och användning av",
        ),
        ("Duran Duran", "Duran Duran"),
        ("Öppen data ...", "Öppen data"),
        ("- Krav :", "Krav"),
        ("Vad är nytt ?", "Vad är nytt?"),
        ("…", "…"),
    ],
)
def test_tidied_title(written: str, tidied: str) -> None:
    assert tidy(written) == tidied


def test_long_title_ends_after_a_word() -> None:
    title = tidy(" ".join(f"ord{number}" for number in range(200)))
    assert len(title) <= 300
    assert title.endswith("…")
    assert title[:-1].split()[-1] in {f"ord{number}" for number in range(200)}


def test_title_of_a_page_keeps_its_edges() -> None:
    assert mended("\uf0a7 Data \uf0e0 nytta -för alla ...") == "Data → nytta - för alla ..."

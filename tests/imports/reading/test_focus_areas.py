"""Focus areas with their years, in whatever way a page writes them."""

import pytest

from tests.imports.reading.outlines import html
from tests.imports.reading.truths import read

_NAME = "Kompetens för Bergslagen"


@pytest.mark.parametrize(
    "told",
    [
        "Fokusområde 2025–2026: Kompetens för Bergslagen",
        "Fokusområde 2025-26: Kompetens för Bergslagen",
        "Fokusområde 2025/2026 – Kompetens för Bergslagen",
        "Seminariet hör till fokusområdet ”Kompetens för Bergslagen”, som pågår 2025 och 2026.",
        "Seminariet hör till fokusområdet ”Kompetens för Bergslagen” (2025–2026).",
        "Seminariet hör till fokusområdet ”Kompetens för Bergslagen” åren 2025–26.",
        "Seminariet hör till fokusområdet ”Kompetens för Bergslagen”, som löper från 2025 till 2026.",
        "Seminariet hör till fokusområdet ”Kompetens för Bergslagen” under åren 2025 och 2026.",
        "Seminariet hör till fokusområdet Kompetens för Bergslagen (2025 t.o.m. 2026).",
        "Vårt fokusområde för 2025–2026 är Kompetens för Bergslagen.",
        "Vårt fokusområde under åren 2025 & 2026 heter ”Kompetens för Bergslagen”.",
        "Dagen ingår i vårt fokusområde för 2025–2026, <em>Kompetens för Bergslagen</em>.",
        "Kompetens för Bergslagen – fokusområde 2025–2026",
        "Kompetens för Bergslagen är föreningens fokusområde för 2025 och 2026.",
        "Focus area 2025–2026: Kompetens för Bergslagen",
    ],
)
def test_a_focus_area_is_read_with_its_years(told: str) -> None:
    body = (
        f"<main><h1>Rätt jobb</h1><p>{told}</p><p>Den 16 oktober 2025 i Nora.</p><h3>Yrken som saknas</h3>"
        "<p>Ida Ek, utredare, SCB</p><p><a href='/a.pdf'>Bilder</a></p></main>"
    )
    areas = read(html(body)).focus_areas
    assert [(one.title.value, one.year_from.value, one.year_to.value) for one in areas] == [
        (_NAME, 2025, 2026)
    ]


@pytest.mark.parametrize(
    ("told", "years"),
    [
        ("fokusområdet ”Kompetens för Bergslagen”", (None, None)),
        ("fokusområde 2025: Kompetens för Bergslagen", (2025, None)),
    ],
)
def test_years_that_are_not_said_are_left_open(told: str, years: tuple[int | None, int | None]) -> None:
    body = (
        f"<main><h1>Rätt jobb</h1><p>Seminariet hör till {told}</p><p>Den 16 oktober 2025 i Nora.</p></main>"
    )
    areas = read(html(body)).focus_areas
    assert [(one.title.value, one.year_from.value, one.year_to.value) for one in areas] == [(_NAME, *years)]

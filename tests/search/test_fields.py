"""Fields of the query language and facets: who, where, when, of which event, in which language."""

from collections.abc import Iterator

import pytest

from archive.app import Archive
from archive.index.schema import Facet
from archive.model.visibility import Visibility
from tests.filled_archive import ask, choices, titles
from tests.sample_archive import EXPORT, STEEL, STRATEGY, WATER, opened_sample

_MEMBERS = Visibility.MEMBERS


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with opened_sample(tmp_path_factory.mktemp("sample")) as sample:
        yield sample.archive


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('region:"Norra Mellansverige"', [STRATEGY]),
        ("region:Dalarna", [STRATEGY]),
        ("län:dalarna", [STRATEGY]),
        ("region:Sverige", [STRATEGY]),
        ('region:"Östra Mellansverige"', []),
        ('region:"Mellansverige Norra"', []),
        ("region:Värmland", []),
        ("talare:Ekström", [STRATEGY]),
        ('speaker:"Maja Ekström"', [STRATEGY]),
        ('speaker:"Ekström Maja"', []),
        ("talare:lindq*", [STEEL]),
        ("talare:Dalarna", []),
        ('org:"Region Dalarna"', [STRATEGY]),
        ("organisation:steel", [STEEL]),
        ("org:handelskammaren", [EXPORT]),
        ("fokus:verkstäder", [STEEL, STRATEGY]),
        ('seminarium:"Hållbara dagar"', [STEEL, STRATEGY]),
        ("år:2021", [STEEL, STRATEGY]),
        ("år:2019", [EXPORT]),
        ("år:2019-2021", [EXPORT, STEEL, STRATEGY]),
        ("year:2021-2019", [EXPORT, STEEL, STRATEGY]),
        ("år:1990-2000", []),
        ("typ:rapport", [EXPORT]),
        ("kind:deck", [STEEL, STRATEGY]),
        ("språk:engelska", [STEEL]),
        ("language:sv", [EXPORT, STRATEGY]),
        ("år:2021 språk:sv", [STRATEGY]),
        ("gemensam -talare:ekström", [EXPORT, STEEL]),
        ("talare:ekström OR typ:rapport", [EXPORT, STRATEGY]),
    ],
)
def test_field_narrows_the_search(archive: Archive, text: str, expected: list[str]) -> None:
    assert sorted(titles(ask(archive, text))) == expected


@pytest.mark.parametrize("code", ["SE31", "SE312", "SE"])
def test_chosen_region_finds_what_lies_in_it(archive: Archive, code: str) -> None:
    result = ask(archive, "gemensam", filters={Facet.REGION: (code,)})
    assert titles(result) == [STRATEGY]
    assert result.total_slides == 5


def test_region_facet_counts_broader_regions_too(archive: Archive) -> None:
    assert choices(ask(archive, "gemensam", _MEMBERS), Facet.REGION) == {
        "Sverige": (2, 6),
        "Norra Mellansverige": (2, 6),
        "Dalarnas län": (1, 5),
        "Gävleborgs län": (1, 1),
    }


def test_facets_name_what_is_found(archive: Archive) -> None:
    result = ask(archive, "gemensam")
    assert choices(result, Facet.SPEAKER) == {"Maja Ekström": (1, 5), "Amy Lindqvist": (1, 2)}
    assert choices(result, Facet.ORGANISATION) == {"Region Dalarna": (1, 5), "Nordic Steel Institute": (1, 2)}
    assert choices(result, Facet.EVENT) == {"Hållbara dagar": (2, 7)}
    assert choices(result, Facet.FOCUS_AREA) == {"Framtidens verkstäder": (2, 7)}
    assert choices(result, Facet.YEAR) == {"2021": (2, 7), "2019": (1, 2)}
    assert choices(result, Facet.KIND) == {"deck": (2, 7), "report": (1, 2)}
    assert choices(result, Facet.LANGUAGE) == {"sv": (2, 7), "en": (1, 2)}


@pytest.mark.parametrize(
    "facet", [Facet.SPEAKER, Facet.EVENT, Facet.ORGANISATION, Facet.FOCUS_AREA, Facet.YEAR]
)
def test_every_counted_value_finds_as_much_as_it_says(archive: Archive, facet: Facet) -> None:
    for one in ask(archive, "gemensam", _MEMBERS).facets[facet]:
        result = ask(archive, "gemensam", _MEMBERS, {facet: (one.value,)})
        assert (result.total_groups, result.total_slides) == (one.groups, one.pages)
        assert [kept.value for kept in result.facets[facet] if kept.chosen] == [one.value]


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(archive: Archive) -> None:
    years = {Facet.YEAR: ("2019", "2021")}
    assert ask(archive, "gemensam", filters=years).total_groups == 3
    narrowed = ask(archive, "gemensam", filters={**years, Facet.KIND: ("report",)})
    assert titles(narrowed) == [EXPORT]
    # A facet's counts leave its own choice out, so that another value can be taken instead.
    assert choices(narrowed, Facet.KIND) == {"deck": (2, 7), "report": (1, 2)}
    assert choices(narrowed, Facet.YEAR) == {"2019": (1, 2), "2021": (0, 0)}


def test_members_find_their_own_by_every_field(archive: Archive) -> None:
    for text in ("talare:petra", "org:vattenrådet", "region:gävleborg", "fokus:vattnets", "år:2022"):
        assert titles(ask(archive, text, _MEMBERS)) == [WATER]
        assert titles(ask(archive, text)) == []

"""The controlled vocabulary of regions."""

import tomllib
from importlib import resources

import pytest
from sqlalchemy.orm import Session

from archive.catalogue.events import regions


def test_vocabulary_has_country_parts_and_counties(session: Session) -> None:
    found = regions.all_regions(session)
    by_length = [len([region for region in found if len(region.code) == length]) for length in (2, 4, 5)]
    assert by_length == [1, 8, 21]
    assert all(region.broader == region.code[:4] for region in found if len(region.code) == 5)
    assert all(region.broader == "SE" for region in found if len(region.code) == 4)


def test_vocabulary_is_that_of_the_data_file(session: Session) -> None:
    data = tomllib.loads(resources.files("archive.catalogue").joinpath("regions.toml").read_text("utf-8"))
    given = {entry["code"]: (entry["name"], tuple(entry["alternative_names"])) for entry in data["region"]}
    assert {r.code: (r.name, r.alternative_names) for r in regions.all_regions(session)} == given


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SE313", "SE313"),
        ("se313", "SE313"),
        ("Gävleborgs län", "SE313"),
        ("GÄVLEBORG", "SE313"),
        ("Region  Gävleborg", "SE313"),
        ("Ga\u0308vleborg", "SE313"),
        ("Norra Mellansverige", "SE31"),
        ("EU-programområde Norra Mellansverige", "SE31"),
        ("Stockholm", "SE110"),
        ("Sverige", "SE"),
        ("Gavleborg", None),
        ("", None),
    ],
)
def test_region_is_found_by_code_and_names(session: Session, name: str, code: str | None) -> None:
    region = regions.find(session, name)
    assert (region.code if region else None) == code


def test_broader_regions_come_along_once(session: Session) -> None:
    found = regions.with_broader(session, ["SE313", "SE312", "SE124", "unknown"])
    assert [region.code for region in found] == ["SE", "SE12", "SE124", "SE31", "SE312", "SE313"]

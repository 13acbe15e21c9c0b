"""What is read from the made files is as it was when a person last looked at it (see golden_cases.py)."""

import pytest

from tests.ingest.extractors.golden_cases import FOLDER, cases, golden, reading


@pytest.mark.parametrize("name", sorted(cases()))
def test_reading_is_as_it_was(name: str) -> None:
    expected = golden(name)
    assert expected is not None, f"there is no golden file: run `make golden`, and read {name}.json"
    assert reading(name) == expected


def test_every_golden_file_has_a_case() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.json")) == sorted(cases())

"""What is written into JSON columns is what every database takes."""

import json

import pytest

from archive.catalogue.database.connection import to_json


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (["å", {"a": 1.5}], ["å", {"a": 1.5}]),
        ("a\0b", "ab"),
        ({"n\0": ["\0", ("x\0",), None]}, {"n": ["", ["x"], None]}),
        ("C:\\u0000", "C:\\u0000"),
        ("half \ud83d", "half ?"),
    ],
)
def test_json_holds_what_every_database_takes(value: object, kept: object) -> None:
    assert json.loads(to_json(value)) == kept

import json

import pytest

from archive.printable import printable, printable_json

TITLE_OF_TERMINAL = "\x1b]0;ägd\x07"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Gruvor i å, ä, ö – 🙂\tmed\nrader", "Gruvor i å, ä, ö – 🙂\tmed\nrader"),
        (TITLE_OF_TERMINAL, "\\x1b]0;ägd\\x07"),
        ("a\rb\x9b31m\x7f", "a\\rb\\x9b31m\\x7f"),
        ("nigol\u202epptx.exe", "nigol\\u202epptx.exe"),
    ],
)
def test_control_characters_are_written_out(written: str, shown: str) -> None:
    assert printable(written) == shown


def test_json_says_the_same() -> None:
    value = {"fil": f"{TITLE_OF_TERMINAL}\x9b\u202e å"}
    written = printable_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(written) == value
    assert "\x9b" not in written
    assert "\u202e" not in written

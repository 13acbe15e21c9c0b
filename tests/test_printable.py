import json

import pytest

from archive.printable import printable, printable_json, typed_line, typed_text

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


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Gruvor\ti\n  Bergslagen 🙂 ", "Gruvor i Bergslagen 🙂"),
        ("Falun \u202e, Årsmötet", "Falun , Årsmötet"),
        ("\u2066Falun\u2069", "Falun"),
        ("\u200eاَلْعَرَبِيَّةُ\u200f", "\u200eاَلْعَرَبِيَّةُ\u200f"),
        ("a\x00b\x07c\x1b[31m\x9bd\x7f\ud800", "abc[31md"),
        ("A\u030asa", "Åsa"),
    ],
)
def test_what_is_typed_is_kept_without_what_nobody_sees(typed: str, kept: str) -> None:
    assert typed_line(typed) == kept


def test_typed_text_keeps_its_lines() -> None:
    assert typed_text("\r\n Ett\x00 stycke.\r\n\r\nEtt\u202e till. \n") == "Ett stycke.\n\nEtt till."

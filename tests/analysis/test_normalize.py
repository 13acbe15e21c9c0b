import unicodedata

import pytest
from hypothesis import given, settings

from archive.analysis.normalize import fold_accents, is_plain, normalize
from tests.analysis.strategies import any_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fo\u0308r a\u030at A\u0308n", "för åt Än"),
        ("\ufb01nans o\ufb03ce \ufb02\u00f6de", "finans office flöde"),
        ("kompetens\u00adf\u00f6rs\u00f6rjning", "kompetensförsörjning"),
        ("1\u00a0000\u202f000\u3000kr", "1 000 000 kr"),
        ("a\r\nb\rc\u2028d\u2029e\u0085f\x0bg", "a\nb\nc\nd\ne\nf\ng"),
        ("zero\u200bwidth\ufeff \u202ebidi", "zerowidth bidi"),
        ("bell\x07 null\x00 del\x7f", "bell null del"),
        ("smart\u2011grid", "smart-grid"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("tab\tstays\n", "tab\tstays\n"),
    ],
)
def test_odd_characters_get_their_plain_form(text: str, expected: str) -> None:
    assert normalize(text) == expected


@pytest.mark.parametrize("text", ["åäö ÅÄÖ", "idé café", "Æther ø ß ü", "20–30 “citat” …", "🙂 ½ m² 日本"])
def test_letters_and_signs_are_not_folded(text: str) -> None:
    assert normalize(text) == text


@given(any_text)
@settings(max_examples=300, deadline=None)
def test_twice_is_once_and_the_result_can_be_stored(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_plain_text_is_changed_by_neither_function_in_any_plane() -> None:
    """One character more in a pattern made it fifty times slower, so the planes have a pattern each."""
    codes = [*range(0x80, 0x2100), *range(0xFF00, 0x10100), *range(0x1D3F0, 0x1D810), 0x1F600]
    texts = [f"e{chr(code).lower()}" for code in codes]
    changed = [text for text in texts if normalize(text) != text or fold_accents(text) != text]
    assert [text for text in changed if is_plain(text)] == []
    assert {"eé", "e\U0001d7f9", "e²"} <= set(changed)


@pytest.mark.parametrize("text", ["östersjöns näringsliv", "17 300 konton", "слово", "\U0001f600"])
def test_text_that_is_as_it_should_be_is_plain(text: str) -> None:
    assert is_plain(text)

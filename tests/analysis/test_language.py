import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from archive.analysis.language import detect_language

SWEDISH = "Regional utveckling och kompetensförsörjning i Norra Mellansverige"
ENGLISH = "Smart specialisation strategies for the Nordic regions and their industries"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SWEDISH, "sv"),
        (ENGLISH, "en"),
        (SWEDISH.upper(), "sv"),
        ("Die Entwicklung der ländlichen Räume in Deutschland und Österreich", ""),
        ("Alueellinen kehittäminen ja osaavan työvoiman saatavuus Suomessa", ""),
        ("Dette er den regionale utviklingen i de nordlige fylkene, og hva som skjer videre", ""),
    ],
)
def test_language_of_a_sentence_is_told(text: str, expected: str) -> None:
    assert detect_language(text, "default") == expected


@pytest.mark.parametrize("text", ["", "Tack!", "1 2 3 " * 50, "Norden", "the"])
def test_short_text_takes_the_default(text: str) -> None:
    assert detect_language(text, "sv") == "sv"
    assert detect_language(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Frågor och svar", "sv"),
        ("Vad är nytt?", "sv"),
        ("Why is it so?", "en"),
        ("for the future", "en"),
        ("Diskussion med publiken", "sv"),
        ("En omreglering av spelmarknaden", "sv"),
    ],
)
def test_short_text_is_told_by_its_form_words(text: str, expected: str) -> None:
    assert detect_language(text) == expected


def test_short_text_that_looks_foreign_takes_the_default() -> None:
    assert detect_language("Ekonomiskt seminarium", "sv") == "sv"


def test_halves_of_surrogate_pairs_do_no_harm() -> None:
    assert detect_language(SWEDISH + " \ud83d") == "sv"


def test_threads_may_ask_at_the_same_time() -> None:
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(detect_language, [SWEDISH, ENGLISH] * 30)) == ["sv", "en"] * 30


def test_model_is_not_loaded_by_the_import() -> None:
    program = (
        "import sys, archive.analysis.language; print('numpy' in sys.modules, 'py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]

import subprocess
import sys
from pathlib import Path

import pytest

from archive.analysis.lexicon.lexicon import Lexicon
from archive.errors import LexiconMissing
from tests.analysis.analyzers import ANALYZER

LEXICON = ANALYZER.lexicon


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("gruvorna", "gruva"),
        ("städernas", "stad"),
        ("näringslivet", "näringsliv"),
        ("böcker", "bok"),
        ("xyzzy", ""),
    ],
)
def test_swedish_form_has_its_lemma(form: str, lemma: str) -> None:
    assert LEXICON.lemma(form) == lemma


def test_english_form_has_its_lemma() -> None:
    assert LEXICON.lemma("mice", "en") == "mouse"
    assert LEXICON.lemma("mice", "sv") == ""


def test_ambiguous_form_has_all_its_lemmas() -> None:
    assert {"banan", "bana"} <= set(LEXICON.lemmas("banan"))


def test_common_words_are_more_frequent_than_rare_ones() -> None:
    assert LEXICON.frequency("och") > 7
    assert 0 < LEXICON.frequency("gruvnäring") < LEXICON.frequency("gruva") < LEXICON.frequency("och")
    assert LEXICON.frequency("xyzzyq") == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("naringsliv", "näringsliv"),
        ("atervinning", "återvinning"),
        ("oppna", "öppna"),
        ("kompetensforsorjning", "kompetensförsörjning"),
        ("far", "får"),
    ],
)
def test_rings_and_dots_are_restored(typed: str, meant: str) -> None:
    assert LEXICON.restorations(typed)[0] == meant


def test_words_that_lack_nothing_have_no_restorations() -> None:
    assert LEXICON.restorations("näringsliv") == ()
    assert LEXICON.restorations("region") == ()


def test_words_are_translated_both_ways() -> None:
    assert "gruvdrift" in [one.word for one in LEXICON.translations("mining", "sv")]
    assert "mine" in [one.word for one in LEXICON.translations("gruvor", "en")]
    assert LEXICON.translations("xyzzy", "sv") == ()


def test_folder_without_a_lexicon_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LexiconMissing, match="archive lexicon build"):
        Lexicon(tmp_path)


def test_importing_the_command_line_does_not_load_the_lexicon() -> None:
    program = "import sys, archive.cli.main; print('marisa_trie' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_forms_that_do_not_begin_like_their_stem_are_listed() -> None:
    assert "städer" in LEXICON.irregular_forms("stad")
    assert "mice" in LEXICON.irregular_forms("mouse")
    assert LEXICON.irregular_forms("klimat") == ()
    assert LEXICON.irregular_forms("xyzzy") == ()

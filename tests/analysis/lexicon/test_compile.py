"""Lexicons of a few words, from sources of which some are not there."""

from pathlib import Path

import pytest

from archive.analysis.lexicon import build
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.sources import find_sources

_LEMMAS = {
    "sv": {"gruvorna": "gruva", "gruva": "gruva", "städer": "stad", "stad": "stad"},
    "en": {"mines": "mine", "mine": "mine"},
}


@pytest.fixture(autouse=True)
def _few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "archive.analysis.lexicon.compile.read_lemmas", lambda language: (_LEMMAS[language], set())
    )
    monkeypatch.setattr(
        "archive.analysis.lexicon.compile.read_frequencies",
        lambda language: dict.fromkeys(_LEMMAS[language], 4.0),
    )


def test_lexicon_without_dictionary_and_translations_is_whole(tmp_path: Path) -> None:
    sources = find_sources(hunspell=False, folkets=False)
    build.build_lexicon(tmp_path / "lexicon", sources)
    lexicon = Lexicon(tmp_path / "lexicon")
    assert lexicon.main_form("gruvorna") == lexicon.lemma("gruvorna") == "gruva"
    assert lexicon.lemma("mines", "en") == "mine"
    assert lexicon.frequency("stad") == 4.0
    assert list(lexicon.irregular_forms("stad")) == ["städer"]
    assert lexicon.translations("mine", "sv") == ()
    assert lexicon.sources.keys() == {"simplemma", "wordfreq"}


@pytest.mark.skipif(find_sources().folkets is None, reason="Folkets lexikon is not installed")
def test_translations_come_with_folkets_lexikon(tmp_path: Path) -> None:
    build.build_lexicon(tmp_path / "lexicon", find_sources(hunspell=False))
    assert "gruva" in [one.word for one in Lexicon(tmp_path / "lexicon").translations("mine", "sv")]

import json
import shutil
from pathlib import Path

import pytest

from archive.analysis.compounds.splitter import Splitter, read_exceptions
from archive.analysis.lexicon import layout
from archive.analysis.lexicon.build import lexicon_folder
from archive.analysis.lexicon.compile import write_words
from archive.analysis.lexicon.dictionaries import read_frequencies
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.sources import find_sources
from archive.analysis.swedish import SwedishAnalyzer
from bench.splitter.gold import GoldWord, evaluate, read_gold
from tests.analysis.analyzers import ANALYZER

pytestmark = pytest.mark.long

SPLITTER = ANALYZER.splitter
SHARED = Path(__file__).parents[4] / "shared" / "swedish" / "dev" / "compound_splits.tsv"


@pytest.mark.parametrize(
    "parts",
    [
        "gruv|näringen",
        "kompetens|försörjnings|strategi",
        "järn|malms|brytning",
        "kyrko|gård",
        "hälso|undersökningar",
        "skol|marknaden",
        "genus|forskning",
        "geo|energi",
        "döds|dom",
        "års|jubileet",
        "äldre|omsorg",
        "innovations|propositionen",
        "data|lagring",
        "lagrings|area",
        "nyckel|ringar",
    ],
)
def test_compounds_are_parted_where_their_parts_meet(parts: str) -> None:
    assert "|".join(SPLITTER.split(parts.replace("|", ""))) == parts


@pytest.mark.parametrize(
    "word",
    [
        *("matros", "propositionen", "alternativ", "banan", "kontor", "paradis", "minister", "regionen"),
        *("föreskrifter", "sammansättningen", "representerar", "förutsätta", "återbruk"),
        *("entreprenörskap", "biologisk", "ideologiska", "taxeringen", "skrivning"),
        *("lagring", "lagringen", "gallring", "fordringar", "stegring", "hundring"),
        *("hjulström", "wijkström", "nordstrand", "sandviken"),
    ],
)
def test_words_that_only_look_put_together_stay_whole(word: str) -> None:
    assert SPLITTER.split(word) == (word,)


def test_parts_joined_are_the_word() -> None:
    for gold in read_gold([Path("bench/splitter/words.tsv")])[::10]:
        assert "".join(SPLITTER.split(gold.word)) == gold.word


def test_halves_are_the_two_immediate_parts() -> None:
    assert SPLITTER.halves("miljödomstolarna") == ("miljö", "domstolarna")
    assert SPLITTER.halves("fjärrvärmenät") == ("fjärrvärme", "nät")
    assert SPLITTER.halves("regionen") == ("regionen", "")


def test_own_terms_win_in_all_their_forms() -> None:
    splitter = Splitter(ANALYZER.lexicon, read_exceptions(["Norra|sken", "gruvnäring"]))
    assert splitter.split("norraskenets") == ("norra", "skenets")
    assert splitter.split("gruvnäringens") == ("gruvnäringens",)
    assert SwedishAnalyzer(ANALYZER.lexicon, splitter).fingerprint != ANALYZER.fingerprint


def test_words_learnt_from_are_split_right() -> None:
    score = evaluate(SPLITTER.split, read_gold([Path("bench/splitter/words.tsv")]))
    assert score.f1 > 0.97
    assert score.wrongly_split < 0.02


@pytest.mark.skipif(not SHARED.exists(), reason="words by another hand are not on this machine")
def test_words_by_another_hand_are_split_right() -> None:
    score = evaluate(SPLITTER.split, read_gold([SHARED]))
    assert score.f1 > 0.965
    assert score.wrongly_split < 0.025


def test_compounds_are_split_without_the_dictionary(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon"
    shutil.copytree(lexicon_folder(), folder)
    words = write_words(find_sources(hunspell=False), folder, read_frequencies("sv"))
    (folder / layout.SWEDISH_RULES).write_text(words.rules.lines(), "utf-8")
    meta = json.loads((folder / layout.META).read_text("utf-8"))
    del meta["sources"]["hunspell-sv"]
    (folder / layout.META).write_text(json.dumps(meta), "utf-8")
    splitter = Splitter(Lexicon(folder), read_exceptions())
    assert splitter.split("gruvnäringen") == ("gruv", "näringen")
    score = evaluate(splitter.split, read_gold([Path("bench/splitter/words.tsv")]))
    assert score.f1 > 0.955
    assert score.wrongly_split < 0.025


def test_optional_boundaries_count_neither_for_nor_against() -> None:
    gold = [GoldWord("riksdag", frozenset(), frozenset({4})), GoldWord("regionen", frozenset(), frozenset())]
    for parts in (("riks", "dag"), ("riksdag",)):
        score = evaluate(lambda word, parts=parts: parts if word == "riksdag" else (word,), gold)  # type: ignore[misc]
        assert (score.accuracy, score.wrongly_split) == (1, 0)

import pytest

from tests.analysis.analyzers import ANALYZER


def _main(text: str, language: str = "sv") -> list[str]:
    return [token.term for token in ANALYZER.main_terms(text, language) if token.boost == 1]


def _parts(text: str) -> list[str]:
    return [text[token.start : token.end] for token in ANALYZER.main_terms(text, "sv") if token.boost < 1]


def _all(text: str, language: str = "sv") -> set[str]:
    return {token.term for token in ANALYZER.main_terms(text, language)}


def _term(word: str) -> str:
    return ANALYZER.word_terms(word, "sv")[0].term


@pytest.mark.parametrize(
    "forms",
    [
        "region regionen regioner regionernas",
        "kompetens kompetensen kompetenser",
        "konferens konferensen konferenserna",
        "klimat klimatet klimatets",
        "resurs resurser resursernas",
        "EU EU:s",
        "pdf pdf:er",
        "råvara råvaror råvarorna",
        "stad städer städernas",
        "bok böcker böckerna",
        "gruvnäring gruvnäringen gruvnäringarnas",
        "kompetensförsörjningsansvar kompetensförsörjningsansvaret",
    ],
)
def test_inflected_swedish_words_meet(forms: str) -> None:
    assert len(set(_main(forms))) == 1


def test_parts_stand_at_the_words_position_with_their_own_characters() -> None:
    found = ANALYZER.main_terms("Ny gruvnäring", "sv")
    assert [(one.position, one.start, one.end, one.boost) for one in found] == [
        (0, 0, 2, 1.0),
        (1, 3, 13, 1.0),
        (1, 3, 7, 0.6),
        (1, 7, 13, 0.6),
    ]
    assert {_term("gruva"), _term("näring")} <= {one.term for one in found}


def test_every_run_of_parts_is_found() -> None:
    found = _all("kompetensförsörjningsstrategin")
    for part in ("kompetens", "försörjning", "strategi", "kompetensförsörjning", "försörjningsstrategi"):
        assert _term(part) in found


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("GRUVNA\u0308RING", ["GRUV", "NA\u0308RING"]),
        ("gruv\u00adnäring", ["gruv\u00ad", "näring"]),
        ("Gruvnäringens", ["Gruv", "näringens"]),
    ],
)
def test_parts_are_marked_in_the_word_as_it_is_written(written: str, parts: list[str]) -> None:
    found = [written[one.start : one.end] for one in ANALYZER.word_terms(written, "sv") if one.boost < 1]
    assert [part.strip("\u00ad") for part in found] == [part.strip("\u00ad") for part in parts]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("industri- och exportfrågor", ["industrifrågor", "exportfrågor"]),
        ("export- och importvärde", ["exportvärde", "importvärde"]),
        ("mark- och miljödomstolar", ["markdomstolar", "miljödomstolar"]),
        ("väg-, järnvägs- och sjötransporter", ["vägtransporter", "järnvägstransporter", "sjötransporter"]),
        ("skogsägare och -brukare", ["skogsägare", "skogsbrukare"]),
        ("klimat-anpassning", ["klimatanpassning", "klimat", "anpassning"]),
    ],
)
def test_hyphens_mean_whole_compounds(text: str, meant: list[str]) -> None:
    assert {_term(word) for word in meant} <= _all(text)


@pytest.mark.parametrize(
    "text", ["industri- exportfrågor. Och", "Stockholm-Arlanda", "A- och B", "- och -", "export-"]
)
def test_other_hyphens_mean_no_compound(text: str) -> None:
    assert not any(" " in part or "-" in part for part in _parts(text) if part != "export-")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("SE31", ["se31"]),
        ("2030-målen", ["2030", "mål"]),
        ("5G", ["5g"]),
        ("CO2", ["co2"]),
        ("H2", ["h2"]),
        ("EU:s", ["eu"]),
        ("Region Örebros", ["region", "örebro"]),
    ],
)
def test_figures_and_names_have_terms_of_their_own(text: str, terms: list[str]) -> None:
    assert _main(text) == [_term(term) for term in terms]
    assert _parts(text) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("anna.svensson@region.se", "svensson"),
        ("https://www.rufs.se/rapport", "rufs"),
        ("kompetens_2019_slutlig.pptx", "kompetens"),
    ],
)
def test_addresses_and_file_names_are_found_by_their_words(text: str, asked: str) -> None:
    assert _term(asked) in _all(text)


def test_far_is_not_a_form_of_far_with_a_ring() -> None:
    assert _term("far") not in {one.term for one in ANALYZER.word_terms("får", "sv")}


@pytest.mark.parametrize(("one", "other"), [("år", "ar"), ("lån", "lan"), ("mål", "mal"), ("höst", "host")])
def test_swedish_letters_are_not_folded(one: str, other: str) -> None:
    assert _main(one) != _main(other)


@pytest.mark.parametrize(("one", "other"), [("idé", "ide"), ("Zürich", "Zurich"), ("Sørensen", "Sörensen")])
def test_foreign_accents_are_folded(one: str, other: str) -> None:
    assert _main(one) == _main(other)


@pytest.mark.parametrize("word", ["matroserna", "propositionens", "Kompetens", "regionen", "alternativet"])
def test_words_that_are_no_compounds_stay_whole(word: str) -> None:
    assert len(ANALYZER.word_terms(word, "sv")) == 1


def test_given_parts_hold_in_inflected_forms_too() -> None:
    assert _parts("Bergslagens") == ["Bergs", "lagens"]


def test_english_pronoun_weighs_little_where_the_acronym_may_be_meant() -> None:
    boosts = {text: ANALYZER.main_terms(text, "en")[0].boost for text in ("it", "It", "IT", "us", "WHO")}
    assert boosts["it"] == boosts["It"] == boosts["us"] < 0.5 < boosts["IT"] == boosts["WHO"]
    assert ANALYZER.main_terms("it-avdelning", "sv")[0].boost == 1.0

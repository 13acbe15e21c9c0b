import pytest
from hypothesis import given, settings

from archive.query.ast import (
    And,
    Everything,
    Not,
    Nothing,
    Or,
    ParsedQuery,
    Phrase,
    Prefix,
    SearchField,
    Values,
    Word,
)
from archive.query.parser import parse_query
from tests.analysis.strategies import any_text, questions
from tests.counting import steps
from tests.query.trees import check_tree, leaves, text_of

A, B, C, X = Word("a"), Word("b"), Word("c"), Word("x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kompetens", Word("kompetens")),
        ("a b", And((A, B))),
        ("a AND b", And((A, B), is_typed=True)),
        ("a OCH b", And((A, B), is_typed=True)),
        ("a and b", And((A, Word("and"), B))),
        ("a OR b", Or((A, B))),
        ("a ELLER b", Or((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a (b c)", And((A, B, C))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("a a A", And((A, Word("A")))),
        ('"smart specialisering"', Phrase(("smart", "specialisering"))),
        ("”Smart specialisering”", Phrase(("Smart", "specialisering"))),
        ("«a b»", Phrase(("a", "b"))),
        ('"a-b, c"', Phrase(("a", "b", "c"))),
        ("kompetens*", Prefix("kompetens")),
        ("(kompetens*)", Prefix("kompetens")),
        ("ab*", Word("ab")),
        ("smart-gr*", Word("smart-gr")),
        ("smart-grid", Word("smart-grid")),
        ("C++ R&D EU:s 1,5", And((Word("C++"), Word("R&D"), Word("EU:s"), Word("1,5")))),
        ("e\u0301 kompe\u00adtens", And((Word("é"), Word("kompetens")))),
    ],
)
def test_words_and_operators(text: str, expected: ParsedQuery) -> None:
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a -b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("a INTE b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)), is_typed=True)),
        ('a -"b c"', And((A, Not(Phrase(("b", "c")))))),
        ("a -(b c)", And((A, Not(And((B, C)))))),
        ("a -titel:b", And((A, Not(Word("b", SearchField.TITLE))))),
        ("a -b:c", And((A, Not(And((B, C)))))),
        ("-a", And((Everything(), Not(A)))),
        ("-a -b", And((Everything(), Not(A), Not(B)))),
        ("a OR -b", Or((A, And((Everything(), Not(B)))))),
        ("NOT NOT a", A),
        ("-(-a)", A),
        ("a-b", Word("a-b")),
        ("--a", And((Everything(), Not(A)))),
    ],
)
def test_negation(text: str, expected: ParsedQuery) -> None:
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("names", "field"),
    [
        ("titel title Titel TITLE", SearchField.TITLE),
        ("talare speaker", SearchField.SPEAKER),
        ("organisation org", SearchField.ORGANISATION),
        ("region län LÄN", SearchField.REGION),
        ("fokusområde focus", SearchField.FOCUS_AREA),
        ("seminarium event", SearchField.EVENT),
        ("anteckningar notes", SearchField.NOTES),
    ],
)
def test_fields_have_swedish_and_english_names(names: str, field: SearchField) -> None:
    for name in names.split():
        assert parse_query(f"{name}:Anna") == Word("Anna", field)
        assert parse_query(f'{name}:"Anna Ek"') == Phrase(("Anna", "Ek"), field)
        assert parse_query(f"{name}:ann*") == Prefix("ann", field)
        assert parse_query(f"{name}:EU:s") == Word("EU:s", field)


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("år:2021", SearchField.YEAR, ("2021",)),
        ("year:2019-2021", SearchField.YEAR, ("2019", "2020", "2021")),
        ("år:2021–2019", SearchField.YEAR, ("2019", "2020", "2021")),
        ('år:"2021"', SearchField.YEAR, ("2021",)),
        ("år:1000-1901", SearchField.YEAR, ("1900", "1901")),
        ("år:2099-9999", SearchField.YEAR, ("2099", "2100")),
        ("typ:rapport", SearchField.KIND, ("report",)),
        ("kind:Report", SearchField.KIND, ("report",)),
        ("typ:presentation", SearchField.KIND, ("deck",)),
        ("kind:deck", SearchField.KIND, ("deck",)),
        ("språk:sv", SearchField.LANGUAGE, ("sv",)),
        ("språk:Svenska", SearchField.LANGUAGE, ("sv",)),
        ("language:en", SearchField.LANGUAGE, ("en",)),
        ("språk:engelska", SearchField.LANGUAGE, ("en",)),
    ],
)
def test_fields_with_fixed_values(text: str, field: SearchField, values: tuple[str, ...]) -> None:
    assert parse_query(text) == Values(field, values)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smart specialisering: vad nu?", ["Smart", "specialisering", "vad", "nu"]),
        ("Seminarium: vägen framåt", ["Seminarium", "vägen", "framåt"]),
        ("nytt:läge", ["nytt", "läge"]),
        ("a:b:c", ["a", "b", "c"]),
        ("år:snart typ:pdf språk:tyska", ["snart", "pdf", "tyska"]),
        ('år:"nu då"', ["nu då"]),
        ("år:1500", ["1500"]),
        ("http://rufs.se", ["http", "rufs.se"]),
        ("titel:", ["titel"]),
        ('titel:"', ["titel"]),
        ("titel:(a b)", ["titel", "a", "b"]),
        ("*a* 'b' [c]", ["a", "b", "c"]),
    ],
)
def test_signs_without_meaning_are_left_out(text: str, expected: list[str]) -> None:
    assert [text_of(leaf) for leaf in leaves(parse_query(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a b', And((A, B))),
        ('a b"', And((A, B))),
        ("((a b", And((A, B))),
        ("a) b)", And((A, B))),
        (")a(", A),
        ("- a", A),
        ("* a", A),
        ("a -", A),
        ("a OR", A),
        ("OR a", A),
        ("AND a AND AND b AND", And((A, B), is_typed=True)),
        ("a NOT", A),
        ('a -"" b', And((A, B))),
        ("a -?? b", And((A, B))),
        ("a -() b", And((A, B))),
        ("OR", Word("OR")),
        ("NOT (OR)", And((Word("NOT"), Word("OR")))),
    ],
)
def test_slips_are_forgiven(text: str, expected: ParsedQuery) -> None:
    assert parse_query(text) == expected


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\x00"])
def test_empty_question_is_everything(text: str) -> None:
    assert parse_query(text) == Everything()


@pytest.mark.parametrize("text", ["-", "*", '"', "()", "?!", '""', "- - -", "\ud83d", "… –"])
def test_only_punctuation_is_nothing(text: str) -> None:
    assert parse_query(text) == Nothing()


def test_question_is_bounded() -> None:
    assert len(leaves(parse_query(" ".join(f"ord{number}" for number in range(30))))) == 12
    assert leaves(parse_query("å" * 300)) == [Word("å" * 64)]
    assert leaves(parse_query(f'"{" ".join("abcdefghijkl")}"')) == [Phrase(tuple("abcdefgh"))]
    assert parse_query("x" + " " * 199 + "beyond") == X
    assert parse_query("(((((a OR b))))) x") == And((Or((A, B)), X))


def test_deeper_parentheses_are_not_looked_at() -> None:
    assert parse_query("(((((" + "(a OR b) c" + ")))))") == Or((A, And((B, C))))


@given(any_text)
@settings(max_examples=500, deadline=None)
def test_any_text_gives_a_bounded_tree(text: str) -> None:
    check_tree(parse_query(text))


@given(questions)
@settings(max_examples=500, deadline=None)
def test_anything_like_a_question_gives_a_bounded_tree(text: str) -> None:
    check_tree(parse_query(text))


@pytest.mark.parametrize(
    "text",
    [
        *(unit * 200 for unit in "()-\"':*"),
        *(unit * 100 for unit in ("-(", '" ', "a:", "- ", "a'", "1,")),
        *("(a " * 66, "NOT " * 50, "a OR " * 40, "a,b" * 66, "titel:" * 33, "år:1900-2100 " * 15),
        "((((" * 20 + "a OR b" + "))))" * 20,
        *(unit * 10**6 for unit in ("(", "\u0301", "\u00ad")),
    ],
)
def test_nasty_question_is_read_in_a_bounded_number_of_steps(text: str) -> None:
    check_tree(parse_query(text))
    assert steps(lambda: parse_query(text)) < 40_000


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("titel: policy", "titel:policy"),
        ("Titel: policy", "titel:policy"),
        ('titel: "öppen data"', 'titel:"öppen data"'),
        ("år: 2022 skola", "år:2022 skola"),
        ("år:2019 - 2022", "år:2019-2022"),
        ("år: 2019 – 2022 skola", "år:2019-2022 skola"),
    ],
)
def test_spaces_beside_a_fields_colon_and_dash_do_not_matter(text: str, same: str) -> None:
    assert parse_query(text) == parse_query(same)


@pytest.mark.parametrize("text", ["typ: av", "talare: titel:x", "region:"])
def test_what_is_no_value_stays_a_word(text: str) -> None:
    assert text.partition(":")[0] in [
        leaf.text for leaf in leaves(parse_query(text)) if isinstance(leaf, Word)
    ]


def test_a_number_or_date_of_several_words_is_one() -> None:
    assert parse_query("17 300 konton") == And((Word("17 300"), Word("konton")))
    assert parse_query("möte 4 maj 2021") == And((Word("möte"), Word("4 maj 2021")))

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from archive.index.query import (
    AllOf,
    AnyOf,
    BestOf,
    FacetFilter,
    MatchAll,
    MatchNone,
    NoneOf,
    Query,
    Term,
    TermPhrase,
    TermPrefix,
)
from archive.index.schema import Facet, TextField
from archive.query.ast import And, Everything, Not, Nothing, Word
from archive.query.compile import CompiledQuery, SomeWords
from archive.query.query_expansion import Expander, Expansion, ExpansionKind
from tests.analysis.analyzers import ANALYZER
from tests.analysis.strategies import questions
from tests.query.compiling import compiled
from tests.query.vocabularies import Words

T = TextField


def _expand(text: str, notes: bool = False) -> Query:
    return compiled(text, notes).strict


def _nodes(tree: Query) -> Iterator[Query]:
    yield tree
    if isinstance(tree, AllOf | AnyOf | BestOf):
        for child in tree.children:
            yield from _nodes(child)
    if isinstance(tree, NoneOf):
        yield from _nodes(tree.child)


def _fields(tree: Query) -> set[TextField]:
    return {node.field for node in _nodes(tree) if isinstance(node, Term | TermPhrase | TermPrefix)}


def _branches(text: str, notes: bool = False) -> list[Query]:
    tree = _expand(text, notes)
    assert isinstance(tree, BestOf)
    return list(tree.children)


def test_word_is_looked_up_on_the_page_and_in_its_talk() -> None:
    main = BestOf(
        (
            Term(T.TITLE, "region", 2.0),
            Term(T.TEXT, "region", 1.0),
            Term(T.LEAD, "region", 0.5),
        )
    )
    assert _expand("Regionerna") == AnyOf((main, Term(T.EXACT, "regionerna", 0.4)))


def test_staff_search_the_notes_too() -> None:
    added = set(_nodes(_expand("region", notes=True))) - set(_nodes(_expand("region")))
    assert {node for node in added if isinstance(node, Term)} == {
        Term(T.NOTES, "region", 0.5),
        Term(T.NOTES_EXACT, "region", 0.15),
    }


def test_phrase_is_looked_up_in_surface_forms() -> None:
    forms = ("smarta", "regioner")
    page, *in_name = _branches('"Smarta regioner"')
    assert page == TermPhrase(T.EXACT, forms)
    assert in_name == [Term(T.FILE_NAME, "smarta regioner", 10.0), TermPhrase(T.FILE_NAME, forms, 0.5)]
    assert _branches('"Smarta regioner"', notes=True) == [
        BestOf((TermPhrase(T.EXACT, forms), TermPhrase(T.NOTES_EXACT, forms, 0.5))),
        *in_name,
    ]
    assert _expand('"Regioner"') == Term(T.EXACT, "regioner")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("plan_stål.pptx", "plan stål"),
        ("Plan stål", "plan stål"),
        ("plan för stål.pdf", "plan för stål"),
        ('"plan stål"', "plan stål"),
        ("plan.pptx", None),
        ("plan", None),
        ("den planen", None),
        ("plan AND stål", None),
        ("plan -stål", None),
        ("plan år:2019", None),
    ],
)
def test_several_words_may_be_the_whole_name_of_a_file(text: str, name: str | None) -> None:
    terms = [node for node in _nodes(_expand(text)) if isinstance(node, Term)]
    assert [term.term for term in terms if term.field is T.FILE_NAME] == ([name] if name else [])


def test_prefix_is_looked_up_in_surface_forms() -> None:
    assert _expand("Kompetens*") == BestOf(
        (
            TermPrefix(T.TITLE, "kompetens", 2.0),
            TermPrefix(T.EXACT, "kompetens", 1.0),
            TermPrefix(T.LEAD, "kompetens", 0.5),
        )
    )


def test_parts_of_a_hyphenated_word_stand_in_a_row_or_all_somewhere() -> None:
    in_a_row, both, one = _branches("smart-grid")
    assert in_a_row == _expand('"smart grid"')
    assert both == AllOf((_expand("smart"), _expand("grid")))
    assert one == _expand("smartgrid")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("talare:Anna", Term(T.SPEAKER, "anna")),
        ('talare:"Anna Ek"', TermPhrase(T.SPEAKER, ("anna", "ek"))),
        ("talare:Anna-Lena", AllOf((Term(T.SPEAKER, "anna"), Term(T.SPEAKER, "lena")))),
        ("org:Tillv*", TermPrefix(T.ORGANISATION, "tillv")),
        ("län:Dalarna", Term(T.REGION, "dalarna")),
        ("fokus:klimat", Term(T.FOCUS_AREA, "klimat")),
        ("seminarium:och", Term(T.EVENT, "och")),
        ("titel:klimatet", Term(T.TITLE, "klimat")),
        ("titel:klim*", TermPrefix(T.TITLE, "klim")),
        ("år:2019-2020", FacetFilter(Facet.YEAR, ("2019", "2020"))),
        ("typ:rapport", FacetFilter(Facet.KIND, ("report",))),
        ("språk:sv", FacetFilter(Facet.LANGUAGE, ("sv",))),
        ("", MatchAll()),
        ("??", MatchNone()),
    ],
)
def test_fields_values_and_bare_questions(text: str, expected: Query) -> None:
    assert _expand(text) == expected


def test_title_phrase_stands_on_the_page_with_all_its_words_in_the_title() -> None:
    tree = _expand('titel:"vägen framåt"')
    assert isinstance(tree, AllOf)
    assert tree.children[0] == TermPhrase(T.EXACT, ("vägen", "framåt"))
    assert _fields(AllOf(tree.children[1:])) == {T.TITLE}


@pytest.mark.parametrize("text", ["notes:budget", 'notes:"a b"', "notes:bud*", "notes:och"])
def test_notes_are_closed_to_visitors(text: str) -> None:
    assert _expand(text) == MatchNone()
    assert _fields(_expand(text, notes=True)) <= {T.NOTES, T.NOTES_EXACT}


def test_stop_word_beside_others_is_left_out() -> None:
    assert _expand("den regionen och") == _expand("regionen")
    assert _expand("(den) OR regionen") == AnyOf((Term(T.EXACT, "den"), _expand("regionen")))


def test_stop_words_alone_are_looked_up_in_surface_forms() -> None:
    assert _expand("den") == Term(T.EXACT, "den")
    assert _expand("den år:2019") == AllOf((Term(T.EXACT, "den"), FacetFilter(Facet.YEAR, ("2019",))))
    tree = _expand("vem är det")
    assert isinstance(tree, AllOf)
    assert tree.children[:3] == tuple(Term(T.EXACT, word) for word in ("vem", "är", "det"))


def test_excluded_stop_word_stays() -> None:
    assert _expand("region -den") == AllOf((_expand("region"), NoneOf(Term(T.EXACT, "den"))))


def test_excluded_word_is_excluded_with_its_whole_talk() -> None:
    tree = _expand("-region")
    assert isinstance(tree, AllOf)
    every, without = tree.children
    assert every == MatchAll()
    assert isinstance(without, NoneOf)
    assert T.ABOUT in _fields(without)


def test_words_of_a_talk_alone_need_its_first_page() -> None:
    tree, whole_name = _branches("anna klimat")
    assert whole_name == Term(T.FILE_NAME, "anna klimat", 10.0)
    assert isinstance(tree, AllOf)
    *words, condition = tree.children
    assert all(T.ABOUT in _fields(word) and T.LEAD not in _fields(word) for word in words)
    assert T.LEAD in _fields(condition)
    assert T.ABOUT not in _fields(condition)
    assert isinstance(condition, BestOf)
    assert all(term.boost < 0.01 for term in _nodes(condition) if isinstance(term, Term))


def test_word_beside_a_phrase_needs_no_condition() -> None:
    tree = _expand('anna "smart grid"')
    assert isinstance(tree, AllOf)
    assert len(tree.children) == 2
    assert T.LEAD not in _fields(tree)


def test_other_side_of_an_or_is_not_held_to_the_condition() -> None:
    tree = _expand("(klimat OR talare:anna) (region OR talare:bo)")
    assert isinstance(tree, AllOf)
    condition = tree.children[-1]
    assert Term(T.SPEAKER, "anna") in {
        Term(node.field, node.term) for node in _nodes(condition) if isinstance(node, Term)
    }


def test_hand_made_trees_are_taken() -> None:
    assert compiled(Not(Word("talet"))).strict == compiled(And((Everything(), Not(Word("talet"))))).strict
    assert compiled(Word("?")).strict == MatchNone()
    assert compiled(Nothing(), notes=True).strict == MatchNone()


@given(questions)
@settings(max_examples=300, deadline=None)
def test_any_question_gives_a_well_formed_tree_of_bounded_size(text: str) -> None:
    for notes in (False, True):
        tree = _expand(text, notes)
        nodes = list(_nodes(tree))
        assert len(nodes) < 1000
        assert not isinstance(tree, NoneOf)
        for node in nodes:
            _check(node)
        if not notes:
            assert not _fields(tree) & {T.NOTES, T.NOTES_EXACT}


def _check(node: Query) -> None:
    if isinstance(node, AllOf | AnyOf | BestOf):
        assert node.children
        assert not all(isinstance(child, NoneOf) for child in node.children)
    if isinstance(node, AnyOf | BestOf):
        assert not any(isinstance(child, NoneOf) for child in node.children)
    if isinstance(node, TermPhrase):
        assert len(node.terms) > 1
    if isinstance(node, Term):
        assert node.term


def _fully(text: str, *sentences: str) -> CompiledQuery:
    return compiled(text, expander=Expander(ANALYZER, ANALYZER.lexicon, Words(*sentences)))


def _terms(tree: Query) -> set[str]:
    return {node.term for node in _nodes(tree) if isinstance(node, Term)}


@pytest.mark.parametrize(
    ("compound", "written"),
    [
        ("tågtrafik", {("tåg", "trafik")}),
        ("näringslivet", {("närings", "livet"), ("näring", "livet"), ("närings", "liv"), ("näring", "liv")}),
    ],
)
def test_a_compound_that_must_be_there_is_it_or_its_parts_in_a_row(
    compound: str, written: set[tuple[str, str]]
) -> None:
    tree = _expand(compound)
    phrases = {node.terms for node in _nodes(tree) if isinstance(node, TermPhrase) and node.field is T.EXACT}
    assert phrases == written
    assert not any(isinstance(node, AllOf) for node in _nodes(tree))


def test_what_was_added_is_told() -> None:
    assert _fully("naringsliv", "näringsliv").widened == (
        Expansion("naringsliv", "näringsliv", ExpansionKind.RESTORED),
    )


def _some(words: SomeWords | None) -> Query:
    return words.query if words else MatchNone()


def test_two_words_or_the_compound_they_make() -> None:
    expansion = _fully("kompetens försörjning", "kompetensförsörjning")
    assert "kompetensförsörjning" in _terms(expansion.strict)
    assert [one.kind for one in expansion.widened] == [ExpansionKind.JOINED]


@pytest.mark.parametrize("text", ['"oppna data"', "talare:oppna", "-oppna", "år:2020"])
def test_phrases_names_and_what_is_excluded_are_not_widened(text: str) -> None:
    assert _fully(text, "öppna data talare").widened == ()


def test_some_of_the_words_keep_what_was_excluded_and_chosen() -> None:
    relaxed = _some(_fully("klimat region -skola år:2020").relaxed)
    assert isinstance(relaxed, AllOf)
    assert any(isinstance(child, NoneOf) for child in relaxed.children)
    assert FacetFilter(Facet.YEAR, ("2020",)) in relaxed.children


@pytest.mark.parametrize(
    "text",
    [
        "klimat",
        '"klimat region"',
        "klimat OR region",
        "talare:anna klimat",
        "klimat AND region",
        "klimat OCH (region skola)",
        "",
    ],
)
def test_where_every_word_is_needed_nothing_is_let_go(text: str) -> None:
    assert _fully(text).relaxed is None


@pytest.mark.parametrize(
    "text",
    [
        "arbetsmarknadsutvecklingspolitik " * 12,
        "(a* OR ord*) " * 20,
        " ".join(f"naringslivsutvecklingsprojekt{letter}" for letter in "abcdefghijklmno"),
        "public procurement climate education health research " * 3,
        '"ett två tre" ' * 20,
    ],
)
def test_the_worst_questions_stay_bounded(text: str) -> None:
    everything = Words("arbetsmarknad utveckling politik näringsliv projekt offentlig upphandling klimat")
    expansion = compiled(text, notes=True, expander=Expander(ANALYZER, ANALYZER.lexicon, everything))
    for tree in (expansion.strict, _some(expansion.relaxed), _some(expansion.loose)):
        leaves = [node for node in _nodes(tree) if isinstance(node, Term | TermPhrase | TermPrefix)]
        assert len(leaves) <= 1500


def test_words_that_need_not_be_there_are_found_by_relatives() -> None:
    expansion = _fully("granska upphandling", "granskning")
    assert "granskning" in _terms(_some(expansion.relaxed))
    assert "granskning" not in _terms(expansion.strict)


def test_each_word_that_may_be_lacking_is_asked_of_the_page_and_its_talk() -> None:
    relaxed = _fully("hamnen och skolan").relaxed
    assert relaxed is not None
    assert [word for word, _ in relaxed.words] == ["hamnen", "skolan"]
    assert all(TextField.ABOUT in _fields(query) for _, query in relaxed.words)


def test_without_widening_there_are_no_relatives() -> None:
    expansion = compiled("granska upphandling")
    assert "granskning" not in _terms(_some(expansion.relaxed))


def test_relatives_are_no_more_than_the_index_holds() -> None:
    assert "granskning" not in _terms(_some(_fully("granska upphandling").relaxed))


@pytest.mark.parametrize("text", ["”vi tar klimatet på allvar”", 'hamnen "grön omställning" malm'])
def test_a_quotation_can_be_taken_apart(text: str) -> None:
    loose = _some(_fully(text).loose)
    assert not any(isinstance(node, TermPhrase) for node in _nodes(loose))
    assert {"klimatet", "hamn"} & _terms(loose)


@pytest.mark.parametrize(
    "text", ['"grön omställning"', "grön omställning", 'talare:"anna maria lisa ek" hamn']
)
def test_a_short_phrase_or_a_name_is_never_taken_apart(text: str) -> None:
    assert _fully(text).loose is None


def test_a_quotation_taken_apart_keeps_what_was_excluded() -> None:
    loose = _some(_fully('hamnen "grön omställning" -skola').loose)
    assert isinstance(loose, AllOf)
    assert any(isinstance(child, NoneOf) for child in loose.children)


def test_what_two_words_mean_together_is_looked_up_where_nothing_else_is_asked() -> None:
    expander = Expander(ANALYZER, ANALYZER.lexicon, Words("kärnkraft i Sverige"))
    alone, beside = (compiled(text, expander=expander) for text in ("nuclear power", "nuclear power plant"))
    assert Term(T.TEXT, "kärnkraft", 0.7) in set(_nodes(alone.strict))
    assert Term(T.TEXT, "kärnkraft", 0.7) not in set(_nodes(beside.strict))
    assert beside.relaxed
    assert Term(T.TEXT, "kärnkraft", 0.7) in set(_nodes(beside.relaxed.query))


def test_a_word_that_is_there_in_translation_is_not_called_lacking() -> None:
    relaxed = _fully("italiensk upphandling", "italian", "procurement").relaxed
    assert relaxed is not None
    assert {"italian", "procurement"} <= {
        term.removesuffix("@en") for _, query in relaxed.words for term in _terms(query)
    }
    assert "procurement" not in _terms(_fully("italiensk upphandling", "italian", "procurement").strict)

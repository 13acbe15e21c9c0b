import pytest

from archive.app import Archive
from archive.index.schema import Facet
from archive.model.visibility import Visibility
from archive.search.no_hits import ZeroHitHelp, ZeroHits
from archive.search.question import Question
from archive.search.written_forms import WrittenForms
from tests.web.web_archive import Built


def help_for(archive: Archive, text: str, **filters: str) -> ZeroHits:
    chosen = {Facet(name): (value,) for name, value in filters.items()}
    helper = ZeroHitHelp(archive.search, archive.analyzer, WrittenForms(archive.database, archive.engine))
    return helper.look(Question(text, chosen), Visibility.PUBLIC)


def test_says_which_word_has_no_hits(archive: Archive, built: Built) -> None:
    assert help_for(archive, '"xyzzy" kompetens').unknown == ('"xyzzy"',)


def test_says_what_leaving_out_each_part_would_give(archive: Archive, built: Built) -> None:
    offers = help_for(archive, "signalteknik talare:xyzzy").without
    assert [(one.text, one.label, one.total_pages) for one in offers] == [("signalteknik", "talare:xyzzy", 1)]


def test_a_phrase_is_offered_without_its_quotation_marks(archive: Archive, built: Built) -> None:
    (offer,) = help_for(archive, '"högskola industri"').loose
    assert offer.text == "högskola industri"
    assert offer.total_pages >= 1


def test_words_of_a_phrase_are_offered_one_by_one_where_they_are_never_together(
    archive: Archive, built: Built
) -> None:
    offers = help_for(archive, '"kompetens xyzzy signalteknik"').loose
    assert [one.text for one in offers] == ["kompetens", "signalteknik"]


def test_alternatives_of_which_none_is_there_are_named(archive: Archive, built: Built) -> None:
    assert help_for(archive, "(xyzzy OR plugh) AND qwrtplk").unknown == ("xyzzy OR plugh", "qwrtplk")


def test_what_is_excluded_is_no_offer_by_itself(archive: Archive, built: Built) -> None:
    assert help_for(archive, "-kompetens xyzzy").without == ()


def test_words_that_say_nothing_are_no_offer_by_themselves(archive: Archive, built: Built) -> None:
    assert help_for(archive, "xyzzy för den").without == ()


def test_parts_of_a_compound_are_offered(archive: Archive, built: Built) -> None:
    offers = help_for(archive, "kompetensdrake").parts
    assert [one.text for one in offers] == ["kompetens"]


def test_parts_of_a_compound_are_offered_together_where_they_are_on_one_slide(
    archive: Archive, built: Built
) -> None:
    offers = help_for(archive, "kompetensstrategi").parts
    assert offers[0].text == "kompetens strategi"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("talare:signalteknik", "signalteknik"),
        ("organisation:signalteknik -xyzzy", "signalteknik -xyzzy"),
        ('region:"fossilfri"', '"fossilfri"'),
        ("talare:xyzzy", ""),
        ("xyzzy", ""),
    ],
)
def test_a_name_without_a_record_is_offered_as_words_of_the_slides(
    archive: Archive, built: Built, typed: str, offered: str
) -> None:
    found = help_for(archive, typed)
    assert "".join(one.text for one in found.plain) == offered
    for one in found.plain:
        assert one.total_pages == archive.search.total(Question(one.text), Visibility.PUBLIC)


def test_the_beginning_of_a_word_is_offered_with_the_words_that_begin_so(
    archive: Archive, built: Built
) -> None:
    (offer,) = help_for(archive, "signalt").beginnings
    assert (offer.text, offer.label, offer.total_pages) == ("signalt*", "signalteknik", 1)
    assert help_for(archive, "förtroli").beginnings == ()
    assert help_for(archive, "xyzzy").beginnings == ()


def test_says_what_is_found_without_filters(archive: Archive, built: Built) -> None:
    assert help_for(archive, "signalteknik", year="1999").unfiltered_pages == 1
    assert help_for(archive, "signalteknik").unfiltered_pages == 0


def test_nothing_that_only_staff_may_see_is_offered(archive: Archive, built: Built) -> None:
    found = help_for(archive, "förtroligt talare:xyzzy")
    assert found.without == ()
    assert "förtroligt" in found.unknown


def test_all_that_finds_nothing_is_left_out_together(archive: Archive, built: Built) -> None:
    found = help_for(archive, "signalteknik talare:xyzzy titel:kompetensdrake")
    assert found.unknown == ("talare:xyzzy", "titel:kompetensdrake")
    assert [one.text for one in found.without] == ["signalteknik"]


def test_parts_are_offered_only_of_what_finds_nothing(archive: Archive, built: Built) -> None:
    assert [one.text for one in help_for(archive, "signalteknik kompetensdrake talare:x").parts] == [
        "kompetens"
    ]


def test_a_word_that_only_the_filter_hides_is_not_called_unknown(archive: Archive, built: Built) -> None:
    told = help_for(archive, "signalteknik xyzzy", year="1999")
    assert told.unknown == ("xyzzy",)
    assert help_for(archive, "signalteknik", year="1999").unfiltered_pages == 1

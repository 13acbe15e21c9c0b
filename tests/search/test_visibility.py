"""What a visitor may not see leaves no trace: not in hits, totals, facets or labels, nor before the index
has followed.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from archive.app import Archive
from archive.catalogue import documents
from archive.catalogue.events.new_event import NewEvent, NewFocusArea, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.index.schema import Facet
from archive.model.visibility import Visibility
from archive.search.question import Question
from tests.filled_archive import add, ask, choices, found, matching_slides, opened, slide, titles
from tests.sample_archive import MEMBERS_ONLY, STAFF_ONLY, Sample, opened_sample

_QUESTIONS = (
    *("", "gemensam", "dold*", "doris", "speaker:doris", "talare:ines", "org:rådet", "event:slutet"),
    *('fokus:"dold plan"', "region:stockholm", "region:gävleborg", "anteckningar:viskning", "viskning"),
    *(
        "varslet",
        "reservbild",
        "krisplanen OR gemensam",
        "-kommun",
        "gemensam -steel",
        "år:2018-2023",
        "lönelista",
    ),
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with opened_sample(tmp_path_factory.mktemp("sample")) as built:
        yield built


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive for tests that change it: each asks for a word of its own."""
    with opened(tmp_path_factory.mktemp("changing")) as opened_archive:
        yield opened_archive


@pytest.mark.parametrize("visitor", Visibility)
def test_totals_are_those_of_the_visible_pages(sample: Sample, visitor: Visibility) -> None:
    for text in ("gemensam", ""):
        result = ask(sample.archive, text, visitor)
        assert (result.total_groups, result.total_slides) == (sample.groups[visitor], sample.pages[visitor])
        assert sum(group.slide_count for group in result.groups) == sample.pages[visitor]


@pytest.mark.parametrize("visitor", Visibility)
def test_facet_counts_are_those_of_the_visible_pages(sample: Sample, visitor: Visibility) -> None:
    kinds = choices(ask(sample.archive, "gemensam", visitor), Facet.KIND)
    assert sum(groups for groups, _ in kinds.values()) == sample.groups[visitor]
    assert sum(pages for _, pages in kinds.values()) == sample.pages[visitor]


@pytest.mark.parametrize("text", _QUESTIONS)
def test_no_part_of_a_result_tells_of_what_is_hidden(sample: Sample, text: str) -> None:
    public = repr(replace(ask(sample.archive, text), question=Question()))
    members = repr(replace(ask(sample.archive, text, Visibility.MEMBERS), question=Question()))
    assert [word for word in (*STAFF_ONLY, *MEMBERS_ONLY) if word in public] == []
    assert [word for word in STAFF_ONLY if word in members] == []


def test_staff_find_all_of_it(sample: Sample) -> None:
    shown = repr([ask(sample.archive, text, Visibility.STAFF) for text in _QUESTIONS])
    assert [word for word in (*STAFF_ONLY, *MEMBERS_ONLY) if word not in shown] == []


@pytest.mark.parametrize("facet", ["event", "focus_area", "speaker", "organisation"])
def test_chosen_value_of_something_hidden_has_no_name_and_finds_nothing(sample: Sample, facet: str) -> None:
    chosen = {Facet(facet): (sample.secrets[facet],)}
    for visitor in (Visibility.PUBLIC, Visibility.MEMBERS):
        result = ask(sample.archive, "gemensam", visitor, chosen)
        assert result.total_groups == 0
        assert not any(one.chosen for one in result.facets[Facet(facet)])
        assert [word for word in STAFF_ONLY if word in repr(result.facets)] == []
    assert ask(sample.archive, "gemensam", Visibility.STAFF, chosen).total_slides == 1
    uncounted = ask(sample.archive, "steel", Visibility.STAFF, chosen).facets[Facet(facet)]
    assert [one.groups for one in uncounted if one.chosen] == [0]


def test_notes_are_searched_and_shown_for_staff_only(sample: Sample) -> None:
    for visitor in (Visibility.PUBLIC, Visibility.MEMBERS):
        for text in ("viskning", "anteckningar:viskning", "visk*", '"viskning om"'):
            assert ask(sample.archive, text, visitor).total_slides == 0
            assert matching_slides(sample.archive, text, sample.strategy, visitor) == ()
        assert "viskning" not in repr(ask(sample.archive, "verkstad", visitor))
    assert ask(sample.archive, "viskning", Visibility.STAFF).total_slides == 1
    assert matching_slides(sample.archive, "viskning", sample.strategy, Visibility.STAFF) == (2,)


def test_hidden_slide_matches_for_staff_only(sample: Sample) -> None:
    archive, document = sample.archive, sample.strategy
    assert matching_slides(archive, "gemensam", document, Visibility.MEMBERS) == (1, 2, 3, 4, 5)
    assert matching_slides(archive, "gemensam", document, Visibility.STAFF) == (1, 2, 3, 4, 5, 6)
    (group,) = ask(sample.archive, "varslet", Visibility.STAFF).groups
    assert [(hit.number, hit.hidden) for hit in group.best] == [(6, True)]


def _two(archive: Archive, word: str) -> tuple[str, str]:
    """Add two documents that say a word on two slides each, and let the index follow."""
    first = add(archive, f"{word} ett", f"{word} a", f"{word} b")
    second = add(archive, f"{word} två", f"{word} c", f"{word} d")
    archive.indexer.catch_up()
    return first, second


def _totals(archive: Archive, text: str, visitor: Visibility = Visibility.PUBLIC) -> tuple[int, int]:
    result = ask(archive, text, visitor)
    kinds = choices(result, Facet.KIND)
    counted = (sum(groups for groups, _ in kinds.values()), sum(pages for _, pages in kinds.values()))
    assert counted == (result.total_groups, result.total_slides)
    assert len(result.groups) == result.total_groups
    return counted


def test_withdrawn_document_is_gone_at_once(archive: Archive) -> None:
    first, _ = _two(archive, "utdragen")
    with archive.database.write() as session:
        documents.withdraw(session, first, "test")
    assert archive.indexer.lag() == 1
    assert _totals(archive, "utdragen", Visibility.STAFF) == (1, 2)
    assert matching_slides(archive, "utdragen", first, Visibility.STAFF) == ()
    archive.indexer.catch_up()
    assert _totals(archive, "utdragen", Visibility.STAFF) == (1, 2)


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.STAFF])
def test_closed_document_is_gone_at_once(archive: Archive, visibility: Visibility) -> None:
    word = f"stängd{visibility.value}"
    first, _ = _two(archive, word)
    with archive.database.write() as session:
        documents.set_visibility(session, first, visibility, "test")
    assert _totals(archive, word) == (1, 2)
    assert matching_slides(archive, word, first, Visibility.PUBLIC) == ()
    archive.indexer.catch_up()
    assert _totals(archive, word) == (1, 2)
    assert _totals(archive, word, visibility) == (2, 4)


def test_opened_document_is_found_once_the_index_has_followed(archive: Archive) -> None:
    hidden = add(archive, "gömd", "uppslagen sida", visibility=Visibility.STAFF)
    archive.indexer.catch_up()
    with archive.database.write() as session:
        documents.set_visibility(session, hidden, Visibility.PUBLIC, "test")
    assert _totals(archive, "uppslagen") == (0, 0)
    assert _totals(archive, "uppslagen", Visibility.STAFF) == (1, 1)
    archive.indexer.catch_up()
    assert _totals(archive, "uppslagen") == (1, 1)


def test_new_version_is_masked_until_the_index_has_followed(archive: Archive) -> None:
    add(archive, "omgjord", "gammal omgjord", slide("hemlig sida", "omgjord", hidden=True))
    archive.indexer.catch_up()
    add(archive, "omgjord", "ny omgjord", "mer omgjord", "åter omgjord", data="andra")
    assert _totals(archive, "omgjord") == (0, 0)
    archive.indexer.catch_up()
    assert _totals(archive, "omgjord") == (1, 3)
    assert _totals(archive, "gammal") == (0, 0)


def _event(word: str, **values: Visibility) -> NewEvent:
    talk = NewTalk(f"Föredrag {word}", 1, speakers=(NewSpeaker(f"Talare {word}", "", f"Org {word}"),))
    areas = (NewFocusArea(f"Område {word}", 2020, None),)
    return NewEvent(
        f"Möte {word}",
        starts_on=date(2020, 1, 1),
        focus_areas=areas,
        talks=(replace(talk, visibility=values.get("talk", Visibility.PUBLIC)),),
        visibility=values.get("event", Visibility.PUBLIC),
    )


@pytest.mark.parametrize("part", ["talk", "event"])
def test_closed_talk_or_event_is_gone_at_once_with_all_its_labels(archive: Archive, part: str) -> None:
    word = f"uthängd{part}"
    with archive.database.write() as session:
        saved = save_event(session, _event(word), "test")
    add(archive, word, f"sidan {word}", talk=saved.talk_ids[0])
    archive.indexer.catch_up()
    assert _totals(archive, word) == (1, 1)
    with archive.database.write() as session:
        save_event(session, _event(word, **{part: Visibility.STAFF}), "test")
    for _ in range(2):
        assert _totals(archive, word) == (0, 0)
        everything = ask(archive, "")
        assert f"Talare {word}" not in repr(everything)
        assert f"Org {word}" not in repr(everything)
        assert (f"Möte {word}" in repr(everything)) is False
        assert titles(ask(archive, word, Visibility.STAFF)) in ([], [f"Föredrag {word}"])
        archive.indexer.catch_up()
    assert found(ask(archive, word, Visibility.STAFF)) == {(f"Föredrag {word}", 1)}

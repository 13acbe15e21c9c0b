"""Items are made of the catalogue's records: who, what, when, where, for one visitor."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from archive.app import Archive
from archive.catalogue.documents import document_ids
from archive.catalogue.events.new_event import NewEvent, NewSpeaker, NewTalk
from archive.catalogue.events.save_event import save_event
from archive.citations.item import CitedItem, CitedKind, Wording
from archive.citations.reading import CitedRef, Citing, cited_items, organisation_name, person_name
from archive.model.documents import DocumentKind
from archive.model.events import DatePrecision
from archive.model.visibility import Visibility
from tests.filled_archive import add, opened, slide
from tests.sample_archive import EXPORT, STRATEGY, Sample, opened_sample

SITE, TODAY = "https://arkiv.example.org", date(2026, 11, 29)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with opened_sample(tmp_path_factory.mktemp("cited")) as built:
        yield built


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with opened(tmp_path) as made:
        yield made


def cited(
    archive: Archive,
    *refs: CitedRef,
    visitor: Visibility = Visibility.PUBLIC,
    wording: Wording = Wording.SWEDISH,
) -> tuple[CitedItem, ...]:
    with archive.database.read() as session:
        return cited_items(session, refs, Citing(visitor, SITE, TODAY, wording))


def talk_with(archive: Archive, *speakers: NewSpeaker, **values: object) -> str:
    given: dict[str, object] = {"title": "Gruvor i norr", "starts_on": date(2019, 5, 23)} | values
    talks = (NewTalk("Gruvans framtid", 1, speakers=speakers),)
    with archive.database.write() as session:
        return save_event(session, NewEvent(talks=talks, **given), "test").talk_ids[0]  # type: ignore[arg-type]


def test_deck_is_cited_by_its_speakers_event_and_permanent_address(sample: Sample) -> None:
    (item,) = cited(sample.archive, CitedRef(sample.strategy))
    assert item.kind is CitedKind.DECK
    assert (item.title, item.issued, item.event_title, item.event_place) == (
        STRATEGY,
        "2021-11-24",
        "Hållbara dagar",
        "Fagersta",
    )
    assert [name.inverted for name in item.names] == ["Ekström, Maja"]
    assert item.address == f"{SITE}/d/{sample.strategy}"
    assert item.key == f"ekstrom2021-{sample.strategy}"
    assert (item.language, item.genre, item.part, item.accessed) == ("sv", "Presentation", "", TODAY)


def test_slide_is_a_part_with_an_address_that_names_its_version(sample: Sample) -> None:
    (item,) = cited(sample.archive, CitedRef(sample.strategy, 2))
    assert item.kind is CitedKind.SLIDE
    assert item.full_title == f"{STRATEGY}, bild 2"
    assert item.address == f"{SITE}/d/{sample.strategy}/v1/2"
    (english,) = cited(sample.archive, CitedRef(sample.strategy, 2, version=1), wording=Wording.ENGLISH)
    assert english.full_title == f"{STRATEGY}, slide 2"


def test_report_is_cited_by_its_publisher_and_a_page_of_it_as_such(sample: Sample) -> None:
    whole, page = cited(sample.archive, CitedRef(sample.export), CitedRef(sample.export, 2))
    assert (whole.kind, whole.title, whole.issued) == (CitedKind.REPORT, EXPORT, "2019")
    assert [name.literal for name in whole.names] == ["Handelskammaren Mitt"] == [whole.publisher]
    assert (page.kind, page.part) == (CitedKind.PAGE, "s. 2")


def test_talk_is_cited_with_an_address_of_its_own(archive: Archive) -> None:
    talk = talk_with(archive, NewSpeaker("Carl von Essen", "", "Handelskammaren"), place="Luleå")
    (item,) = cited(archive, CitedRef(talk_id=talk))
    assert (item.kind, item.genre) == (CitedKind.TALK, "Föredrag")
    assert item.address == f"{SITE}/t/{talk}"
    assert [name.inverted for name in item.names] == ["von Essen, Carl"]


def test_organisation_stands_for_speakers_that_nobody_knows(archive: Archive) -> None:
    talk = talk_with(archive, NewSpeaker("", "", "Region Norrbotten"), organiser="Föreningen")
    (item,) = cited(archive, CitedRef(talk_id=talk))
    assert [name.literal for name in item.names] == ["Region Norrbotten"]


def test_organiser_stands_for_a_talk_without_speakers_and_moderators_are_none(archive: Archive) -> None:
    leader = NewSpeaker("Mona Moderator", is_moderator=True)
    talk = talk_with(archive, leader, organiser="Föreningen")
    (item,) = cited(archive, CitedRef(talk_id=talk))
    assert [name.literal for name in item.names] == ["Föreningen"]


def test_five_speakers_stand_in_the_order_of_the_programme(archive: Archive) -> None:
    names = ["Eva Ek", "Dag Död", "Cia Cedergren", "Bo Björk", "Anna Al"]
    talk = talk_with(archive, *map(NewSpeaker, names))
    document = add(archive, "bilder", slide("Ett"), talk=talk)
    (item,) = cited(archive, CitedRef(document))
    assert [name.whole for name in item.names] == names


@pytest.mark.parametrize(
    ("precision", "issued"),
    [(DatePrecision.DAY, "2019-05-23"), (DatePrecision.MONTH, "2019-05"), (DatePrecision.YEAR, "2019")],
)
def test_date_is_as_exact_as_it_is_known(archive: Archive, precision: DatePrecision, issued: str) -> None:
    talk = talk_with(archive, starts_precision=precision)
    (item,) = cited(archive, CitedRef(talk_id=talk))
    assert item.issued == issued


def test_what_has_no_date_and_nobody_behind_it_is_cited_without(archive: Archive) -> None:
    document = add(archive, "Okänd rapport", slide("Ett"), kind=DocumentKind.REPORT)
    (item,) = cited(archive, CitedRef(document))
    assert (item.issued, item.names, item.event_title) == ("", (), "")
    assert item.key == document


def test_what_the_visitor_may_not_see_is_left_out_and_the_order_kept(sample: Sample) -> None:
    with sample.archive.database.read() as session:
        known = document_ids(session)
    refs = [CitedRef(one) for one in known]
    refs += [CitedRef("unknown"), CitedRef(sample.strategy, 999), CitedRef(sample.strategy, 1, version=9)]
    counts = {}
    for visitor in Visibility:
        found = cited(sample.archive, *refs, visitor=visitor)
        counts[visitor] = len(found)
        order = [item.address.rsplit("/", 1)[1] for item in found]
        assert order == [one for one in known if one in order]
    assert counts == sample.groups


def test_hundred_pages_take_no_more_queries_than_two(sample: Sample) -> None:
    def asked(count: int) -> int:
        refs = [CitedRef(sample.strategy, 1 + at % 2) for at in range(count)]
        statements: list[object] = []
        with sample.archive.database.read() as session:
            event.listen(
                session.connection(), "before_cursor_execute", lambda *given: statements.append(given[2])
            )
            assert len(cited_items(session, refs, Citing(Visibility.PUBLIC, SITE, TODAY))) == count
        return len(statements)

    assert 0 < asked(100) == asked(2)


@pytest.mark.parametrize(
    ("written", "inverted"),
    [
        ("Carina Åkerberg", "Åkerberg, Carina"),
        ("  Carina \t Åkerberg ", "Åkerberg, Carina"),
        ("Åkerberg, Carina", "Åkerberg, Carina"),
        ("Karl-Erik Gustav Öst", "Öst, Karl-Erik Gustav"),
        ("Carl von Essen", "von Essen, Carl"),
        ("von Essen, Carl", "von Essen, Carl"),
        ("von Essen", "von Essen"),
        ("Ludwig van der Rohe", "van der Rohe, Ludwig"),
        ("Gerard De Geer", "De Geer, Gerard"),
        ("Carl von Essen Berg", "von Essen Berg, Carl"),
        ("Per Ek Jr", "Ek, Per, Jr"),
        ("Ek, Per, Jr", "Ek, Per, Jr"),
        ("Per Ek, Jr", "Ek, Per, Jr"),
        ("Cher", "Cher"),
        ("Exempel Talare 3", "Exempel Talare 3"),
        ("Cher,", "Cher"),
        ("", ""),
    ],
)
def test_family_name_comes_first(written: str, inverted: str) -> None:
    assert person_name(written).inverted == inverted


def test_particle_is_kept_apart_so_that_styles_may_sort_without_it() -> None:
    name = person_name("Maria af Ekenstam")
    assert (name.given, name.particle, name.family) == ("Maria", "af", "Ekenstam")
    assert name.whole == "Maria af Ekenstam"


def test_name_of_one_word_and_an_organisation_have_no_parts() -> None:
    assert person_name("Cher").literal == "Cher"
    assert person_name("Exempel Talare 1").literal == "Exempel Talare 1"
    assert organisation_name(" Region  Norrbotten, norra delen ").literal == "Region Norrbotten, norra delen"

"""What a file proposes for its fields, where from, and how sure."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from archive.catalogue import documents, pages
from archive.model.events import Region
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.review.folding import joined
from archive.review.proposal import FieldProposal, ProposalSource
from archive.review.proposals import proposals_of, proposed_regions
from archive.review.speakers import KnownNames, SpeakerEvidence, SpeakerProposal, proposed_speakers
from archive.review.title_and_date import proposed_date, proposed_title
from tests.catalogue.conftest import database, put, save_event, session

__all__ = ["database", "session"]
TODAY = date(2026, 11, 28)
GAVLEBORG = Region("SE313", "Gävleborgs län", ("Gävleborg", "Region Gävleborg"), "SE31")
STOCKHOLM = Region("SE110", "Stockholms län", ("Stockholm", "Region Stockholm"), "SE11")
MIDDLE = Region("SE31", "Norra Mellansverige", (), "SE")
COUNTRY = Region("SE", "Sverige", ("Sweden",))


def slide(number: int, title: str = "", *lines: str, hidden: bool = False) -> Page:
    blocks = [Block(BlockField.TITLE, (Paragraph(title),))] if title else []
    blocks += [Block(BlockField.BODY, tuple(map(Paragraph, lines)))] if lines else []
    return Page(number, tuple(blocks), hidden=hidden, language="sv")


def _speakers(*shown: Page, filename: str = "a.pptx", **values: object) -> tuple[SpeakerProposal, ...]:
    known = values.pop("known", KnownNames())
    is_report = bool(values.pop("is_report", False))
    assert isinstance(known, KnownNames)
    properties = {name: str(value) for name, value in values.items()}
    return proposed_speakers(SpeakerEvidence(filename, shown, properties, known, is_report))


def _names(found: tuple[SpeakerProposal, ...], is_sure: bool) -> list[str]:
    return [one.person.value for one in found if one.person.is_sure is is_sure]


COVER = slide(1, "Vätgas i norr", "Anna Åkesson", "Utvecklingsledare", "Region Gävleborg")


def test_name_on_the_cover_alone_is_likely_and_never_sure() -> None:
    (found,) = _speakers(COVER)
    assert (found.person.value, found.person.source, found.person.is_sure) == (
        "Anna Åkesson",
        ProposalSource.FIRST_SLIDE,
        False,
    )
    assert found.role == "Utvecklingsledare"
    assert found.organisation is not None
    assert found.organisation.value == "Region Gävleborg"


@pytest.mark.parametrize("author", ["Anna Åkesson", "Åkesson Anna", "Åkesson, Anna", "Åkesson Anna IT/ARK-Ö"])
def test_author_in_the_properties_makes_the_name_on_the_cover_sure(author: str) -> None:
    found = _speakers(COVER, author=author)
    assert _names(found, True) == ["Anna Åkesson"]
    assert found[0].person.confirmed_by == (ProposalSource.PROPERTIES,)


def test_address_of_mail_the_name_of_the_file_and_the_catalogue_make_it_sure() -> None:
    mail = slide(1, "Vätgas", "Anna Åkesson anna.akesson@regiongavleborg.se")
    assert _names(_speakers(mail), True) == ["Anna Åkesson"]
    assert _names(_speakers(COVER, filename="2021-05-04_Anna_Akesson.pptx"), True) == ["Anna Åkesson"]
    known = KnownNames({joined("Anna Åkesson"): ("p1", "Anna Åkesson")})
    (found,) = _speakers(COVER, known=known)
    assert (found.person.id, found.person.is_sure) == ("p1", True)


def test_author_who_stands_nowhere_is_a_weak_proposal() -> None:
    (found,) = _speakers(slide(1, "Vätgas i norr"), author="Berg Nina")
    assert (found.person.value, found.person.source, found.person.certainty) == (
        "Nina Berg",
        ProposalSource.PROPERTIES,
        0.4,
    )


def test_nobody_in_a_programme_or_a_report_is_sure() -> None:
    programme = slide(
        1, "Program", "10.00 Inledning - Anna Åkesson (SCB)", "10.30 Vätgas – Per Ek (Tillväxtverket)"
    )
    found = _speakers(programme, author="Anna Åkesson")
    assert _names(found, True) == []
    assert [(one.person.value, one.organisation.value) for one in found if one.organisation] == [
        ("Anna Åkesson", "SCB"),
        ("Per Ek", "Tillväxtverket"),
    ]
    assert _names(_speakers(COVER, author="Anna Åkesson", is_report=True), True) == []


@pytest.mark.parametrize(
    "line",
    ["Foto: Anna Åkesson", "Anna Åkesson sade att vätgas lönar sig", "Öppen Källkod", "Lund University",
     "Introduktion Till NOSAD", "Region Gävleborg", "(Open Source Competence Center)"],
)  # fmt: skip
def test_other_lines_name_no_speaker(line: str) -> None:
    assert _speakers(slide(1, "Vätgas", line)) == ()


def test_address_of_mail_alone_names_somebody_with_the_letters_of_the_text() -> None:
    (found,) = _speakers(slide(1, "Björn om vätgas", "bjorn.lundell@his.se"))
    assert (found.person.value, found.person.source, found.person.is_sure) == (
        "Björn Lundell",
        ProposalSource.EMAIL_ADDRESS,
        False,
    )


def test_title_says_where_it_stands() -> None:
    def found(filename: str, shown: list[Page], **properties: str) -> tuple[str, ProposalSource, bool]:
        proposal = proposed_title(filename, shown, properties)
        assert proposal is not None
        return proposal.value, proposal.source, proposal.is_sure

    assert found("a.pptx", [COVER], title="Mall för presentation") == (
        "Vätgas i norr",
        ProposalSource.FIRST_SLIDE,
        True,
    )
    assert found("vatgas_i_norr_v2.pptx", []) == ("Vatgas i norr", ProposalSource.FILE_NAME, False)
    seen = Page(1, (Block(BlockField.OCR, (Paragraph("Vätgas i norra Sverige"),)),))
    assert found("a.pdf", [seen]) == ("Vätgas i norra Sverige", ProposalSource.PICTURE, False)


def test_date_says_where_it_stands_and_a_month_is_less_sure() -> None:
    def found(filename: str, shown: list[Page], **properties: str) -> tuple[str, ProposalSource, bool] | None:
        proposal = proposed_date(filename, shown, properties, TODAY)
        return None if proposal is None else (proposal.value, proposal.source, proposal.is_sure)

    assert found("2021-05-04 a.pptx", [COVER]) == ("2021-05-04", ProposalSource.FILE_NAME, True)
    assert found("a.pptx", [slide(1, "Vätgas", "4 maj 2021")]) == (
        "2021-05-04",
        ProposalSource.FIRST_SLIDE,
        True,
    )
    last = found("a.pptx", [COVER, slide(2, "Tack", "4 maj 2021")])
    assert last == ("2021-05-04", ProposalSource.LAST_SLIDE, False)
    saved = {"created": "2021-05-04T10:00:00Z", "modified": "2021-05-05T10:00:00Z"}
    assert found("a.pptx", [COVER], **saved) == ("2021-05", ProposalSource.PROPERTIES, False)
    assert found("a.pptx", [COVER]) is None


def test_regions_are_named_in_the_genitive_and_the_country_is_none() -> None:
    shown = [slide(1, "Vätgas i Gävleborgs industri"), slide(2, "Sverige", "Norra Mellansveriges hamnar")]
    found = proposed_regions(shown, [COUNTRY, MIDDLE, GAVLEBORG])
    assert [(one.id, one.is_sure, one.page_number) for one in found] == [
        ("SE313", True, 1),
        ("SE31", False, 2),
    ]


def test_town_of_the_same_name_is_no_sure_region() -> None:
    assert [one.is_sure for one in proposed_regions([slide(1, "Stockholm 4 maj")], [STOCKHOLM])] == [False]
    assert [one.is_sure for one in proposed_regions([slide(1, "Region Stockholm")], [STOCKHOLM])] == [True]
    assert proposed_regions([slide(1, "Stockholms universitet")], [STOCKHOLM]) == ()


def test_document_of_the_catalogue_proposes_known_people_and_nothing_hidden(session: Session) -> None:
    save_event(session)  # Carina Åkerberg of Region Gävleborg has spoken
    document_id = put(session, source="/in/2021-05-04_a.pptx")
    version_id = documents.versions(session, document_id)[0].id
    shown = (
        slide(1, "Sparkrav", "Per Ek", hidden=True),
        slide(2, "Vätgas i norr", "Carina Åkerberg, Region Gävleborg"),
    )
    pages.save_extraction(session, version_id, Extraction(Outcome.OK, shown, "test"), "sv", "")
    found = proposals_of(session, document_id)
    assert found.title == FieldProposal("Vätgas i norr", ProposalSource.FIRST_SLIDE, 0.95, 2)
    assert [(one.person.value, one.person.is_sure) for one in found.speakers] == [("Carina Åkerberg", True)]
    assert found.speakers[0].person.id
    assert [(one.value, bool(one.id)) for one in found.organisations] == [("Region Gävleborg", True)]
    assert found.regions[0].id == "SE313"
    assert found.language is not None
    assert (found.language.value, found.language.is_sure) == ("sv", True)

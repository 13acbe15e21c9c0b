"""Who is proposed as a document's speakers: names on its first slides, and what confirms them.

A name alone proves little: it may be that of somebody quoted, thanked, or listed in a programme. It is sure
where the file's author, an address of mail, the file's name or the catalogue says the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.model.naming.file_names import named_text
from archive.model.naming.phrases import is_section
from archive.model.pages import REPEATED_FIELDS, UNSEARCHED_FIELDS, BlockField, Page
from archive.review.folding import joined
from archive.review.organisation_names import is_organisation, organisation_of_mail
from archive.review.person_names import NamedPerson, people_in, role_of
from archive.review.personal_details import email_addresses
from archive.review.proposal import FieldProposal, ProposalSource
from archive.review.same_person import author_name, is_same_person, mail_of, name_of_mail

_EARLY_PAGES = 3
_PEOPLE_PRESENTED_MAX = 3
_PROPOSALS_MAX = 6
_SURE, _LIKELY, _UNSURE_MAX = 0.92, 0.8, 0.7
_NOT_OWN = REPEATED_FIELDS | UNSEARCHED_FIELDS | {
    BlockField.NOTES, BlockField.COMMENT, BlockField.ALT_TEXT, BlockField.EMBEDDED, BlockField.OCR,
    BlockField.SECTION,
}  # fmt: skip
_CLOCK = re.compile(r"\b(?:[01]?\d|2[0-3])[.:][0-5]\d\b")
_ABOUT_SPEAKERS = re.compile(
    r"\b(?:vem|vilka|who)\b.*\b(?:är|pratar|talar|am|are|is)\b|\bom (?:mig|oss)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SpeakerProposal:
    """A proposed speaker, with role and organisation where they stand beside the name; else "" and None."""

    person: FieldProposal
    role: str = ""
    organisation: FieldProposal | None = None


@dataclass(frozen=True, slots=True)
class KnownNames:
    """People and organisations of the catalogue: (identifier, name) by the name written together."""

    people: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    organisations: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpeakerEvidence:
    """What speakers are read from.

    `pages` are those that everybody may see, in order; `properties` the file's own. A report has authors:
    they are proposed, but never as sure.
    """

    filename: str
    pages: Sequence[Page]
    properties: Mapping[str, str]
    known: KnownNames = KnownNames()
    is_report: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """The evidence, read: texts of the first slides, of the last one, and what is in them."""

    evidence: SpeakerEvidence
    texts: tuple[str, ...]
    last: str
    author: str
    mails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """`is_presented`: the name stands on the first slide, or on one that says who speaks."""

    person: NamedPerson
    page_number: int
    is_presented: bool


def proposed_speakers(evidence: SpeakerEvidence) -> tuple[SpeakerProposal, ...]:
    """Return whom a document proposes as its speakers, the surest first."""
    pages = evidence.pages
    texts = tuple(own_words(page) for page in pages[:_EARLY_PAGES])
    last = own_words(pages[-1]) if len(pages) > _EARLY_PAGES else ""
    mails = tuple(dict.fromkeys(mail for text in (*texts, last) for mail in email_addresses(text)))
    read = _Read(evidence, texts, last, author_name(evidence.properties.get("author", "")), mails)
    candidates = list(_candidates(read))
    is_programme = len(candidates) > _PEOPLE_PRESENTED_MAX or any(
        len(_CLOCK.findall(text)) > 1 for text in texts[:1]
    )
    proposals = [_proposal(one, read, is_programme or evidence.is_report) for one in candidates]
    proposals += _of_mails(read, proposals)
    if read.author and not any(is_same_person(read.author, one.person.value) for one in proposals):
        proposals.append(_of_author(read))
    proposals.sort(key=lambda one: -one.person.certainty)
    return tuple(proposals[:_PROPOSALS_MAX])


def own_words(page: Page) -> str:
    """Return the words that stand on a page, a paragraph or a cell a line, without headings of any deck."""
    lines: list[str] = []
    for block in page.blocks:
        if block.field in _NOT_OWN or (block.field is BlockField.TITLE and is_section(block.text)):
            continue
        lines += [paragraph.text for paragraph in block.paragraphs]
        lines += [cell for row in block.rows for cell in row]
    return "\n".join(lines)


def _candidates(read: _Read) -> Iterator[_Candidate]:
    """Yield the people of the first slide, those of the next ones who are meant, the author on the last."""
    pages = read.evidence.pages
    seen: set[str] = set()
    places = list(zip(pages, read.texts, strict=False))
    places += [(pages[-1], read.last)] if read.last else []
    for at, (page, text) in enumerate(places):
        is_early = at < len(read.texts)
        is_presented = at == 0 or (is_early and _ABOUT_SPEAKERS.search(page.title) is not None)
        for person in people_in(text):
            is_author = is_same_person(read.author, person.name)
            has_mail = is_early and mail_of(person.name, read.mails) != ""
            is_name = person.has_known_given_name or is_author or has_mail or person.role != ""
            if joined(person.name) not in seen and is_name and (is_presented or is_author or has_mail):
                seen.add(joined(person.name))
                yield _Candidate(_with_next_lines(person, text), page.number, is_presented)


def _with_next_lines(person: NamedPerson, text: str) -> NamedPerson:
    """Take role and organisation from the two lines below a name that stands alone on its line."""
    lines = text.splitlines()
    at = next((at for at, line in enumerate(lines) if line.strip(" -–*") == person.name), None)
    if at is None or person.role or person.organisation:
        return person
    below = [line.strip() for line in lines[at + 1 : at + 3]]
    role = next((found for line in below[:1] if (found := role_of(line))), "")
    organisation = next((line for line in below if is_organisation(line) and line != role), "")
    return NamedPerson(person.name, role, organisation)


def _confirming(candidate: _Candidate, read: _Read) -> Iterator[ProposalSource]:
    name, evidence = candidate.person.name, read.evidence
    if is_same_person(read.author, name):
        yield ProposalSource.PROPERTIES
    if mail_of(name, read.mails):
        yield ProposalSource.EMAIL_ADDRESS
    if joined(name) in joined(named_text(evidence.filename)):
        yield ProposalSource.FILE_NAME
    if joined(name) in evidence.known.people:
        yield ProposalSource.CATALOGUE
    is_on_last = candidate.page_number != evidence.pages[-1].number
    if is_on_last and any(is_same_person(name, other.name) for other in people_in(read.last)):
        yield ProposalSource.LAST_SLIDE


def _certainty(candidate: _Candidate, confirming: Sequence[ProposalSource], is_doubtful: bool) -> float:
    """Return how sure a speaker is; in a programme or a report nobody is."""
    person = candidate.person
    certainty = 0.6 if person.has_known_given_name else 0.45
    certainty += 0.15 if person.role or person.organisation else 0
    certainty += 0.05 if ProposalSource.LAST_SLIDE in confirming else 0
    strong = [source for source in confirming if source is not ProposalSource.LAST_SLIDE]
    if strong == [ProposalSource.PROPERTIES] and not candidate.is_presented:
        certainty = _LIKELY  # who made a deck is named in it for other reasons, too
    elif strong:
        certainty = _SURE + 0.02 * (len(confirming) - 1)
    return round(min(certainty, _UNSURE_MAX) if is_doubtful else certainty, 2)


def _proposal(candidate: _Candidate, read: _Read, is_doubtful: bool) -> SpeakerProposal:
    person, pages = candidate.person, read.evidence.pages
    confirming = tuple(_confirming(candidate, read))
    source = (
        ProposalSource.FIRST_SLIDE if candidate.page_number == pages[0].number else ProposalSource.EARLY_SLIDE
    )
    if read.last and candidate.page_number == pages[-1].number:
        source = ProposalSource.LAST_SLIDE
    person_id, name = read.evidence.known.people.get(joined(person.name), ("", person.name))
    certainty = _certainty(candidate, confirming, is_doubtful)
    proposed = FieldProposal(name, source, certainty, candidate.page_number, person_id, confirming)
    return SpeakerProposal(proposed, person.role, _organisation(candidate, confirming, source, read))


def _organisation(
    candidate: _Candidate, confirming: Sequence[ProposalSource], source: ProposalSource, read: _Read
) -> FieldProposal | None:
    beside, page_number = candidate.person.organisation, candidate.page_number
    name, company = candidate.person.name, read.evidence.properties.get("company", "")
    of_mail = organisation_of_mail(mail_of(name, read.mails), read.texts)
    if beside:
        return known_organisation(FieldProposal(beside, source, 0.8, page_number), read.evidence.known)
    if of_mail and joined(of_mail) not in joined(name):
        return known_organisation(
            FieldProposal(of_mail, ProposalSource.EMAIL_ADDRESS, 0.8), read.evidence.known
        )
    if company and ProposalSource.PROPERTIES in confirming:
        return known_organisation(FieldProposal(company, ProposalSource.PROPERTIES, 0.5), read.evidence.known)
    return None


def known_organisation(found: FieldProposal, known: KnownNames) -> FieldProposal:
    """Return a proposed organisation as the catalogue has it, where it does."""
    if joined(found.value) not in known.organisations:
        return found
    known_id, name = known.organisations[joined(found.value)]
    certainty = max(found.certainty, 0.9)
    return FieldProposal(
        name, found.source, certainty, found.page_number, known_id, (ProposalSource.CATALOGUE,)
    )


def _of_mails(read: _Read, named: Sequence[SpeakerProposal]) -> Iterator[SpeakerProposal]:
    """Yield whom addresses of mail on the first and the last slide name, who are named nowhere else."""
    pages = read.evidence.pages
    words = "\n".join(block.text for page in pages[:1] for block in page.blocks)
    for mail in email_addresses("\n".join((*read.texts[:1], read.last))):
        name = name_of_mail(mail, words)
        if not name or any(is_same_person(name, one.person.value) for one in named):
            continue
        person_id, known = read.evidence.known.people.get(joined(name), ("", name))
        yield SpeakerProposal(FieldProposal(known, ProposalSource.EMAIL_ADDRESS, 0.65, id=person_id))


def _of_author(read: _Read) -> SpeakerProposal:
    """Return what the property alone proposes: whoever saved the file, or the one it was made from."""
    person_id, name = read.evidence.known.people.get(joined(read.author), ("", read.author))
    also = (ProposalSource.CATALOGUE,) if person_id else ()
    certainty = 0.5 if person_id else 0.4
    return SpeakerProposal(
        FieldProposal(name, ProposalSource.PROPERTIES, certainty, id=person_id, confirmed_by=also)
    )

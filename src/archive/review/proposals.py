"""What a document's own file proposes for the fields that staff fill in; nothing is filled in by itself.

Read from what everybody may see of the file: hidden slides, notes and comments propose nothing, since a
proposal that is accepted is shown to all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.documents import document as live_document
from archive.catalogue.events import known_names
from archive.catalogue.events.regions import all_regions
from archive.model.documents import DocumentKind
from archive.model.events import Region
from archive.model.pages import REPEATED_FIELDS, UNSEARCHED_FIELDS, BlockField, Page
from archive.model.visibility import Visibility
from archive.review.folding import joined
from archive.review.organisation_names import is_organisation
from archive.review.proposal import FieldProposal, ProposalSource
from archive.review.speakers import (
    KnownNames,
    SpeakerEvidence,
    SpeakerProposal,
    known_organisation,
    own_words,
    proposed_speakers,
)
from archive.review.title_and_date import proposed_date, proposed_title
from archive.visibility import open_properties, visible_pages

_ORGANISATIONS_MAX = 6
_LANGUAGE_CERTAINTY_MAX = 0.98

_NOT_READ = (
    REPEATED_FIELDS
    | UNSEARCHED_FIELDS
    | {BlockField.NOTES, BlockField.COMMENT, BlockField.LINK, BlockField.EMBEDDED}
)
_PAGES_FOR_SUBJECT = 3
_PROPOSALS_MAX = 8
_FOLLOWED_BY_OTHER = r"(?!\s+(?:universitet|högskola|stad|kommun|tingsrätt|flygplats|central|slott|fk)\w*)"
_ALSO_TOWNS = frozenset({"stockholm", "uppsala", "örebro", "jönköping", "kalmar"})
"""Names of counties that are towns, too, and rather those where nothing but the name is said."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed for each field, the surest first; None or nothing where the file says nothing."""

    title: FieldProposal | None
    date: FieldProposal | None
    language: FieldProposal | None
    speakers: tuple[SpeakerProposal, ...] = ()
    organisations: tuple[FieldProposal, ...] = ()
    regions: tuple[FieldProposal, ...] = ()


def proposals_of(session: Session, document_id: str, version_id: str = "") -> Proposals:
    """Return what the file of a document proposes.

    Args:
        session: A session that reads.
        document_id: The document.
        version_id: Which version; "" for the one that readers see.

    Raises:
        NotFound: There is no such document or version.
        Gone: The document was withdrawn.
    """
    document = live_document(session, document_id)
    version = pages.version(session, version_id)[0] if version_id else document.version
    known = KnownNames(
        known_names.all_people(session, joined), known_names.all_organisations(session, joined)
    )
    all_pages = pages.pages(session, version.id)
    evidence = SpeakerEvidence(
        version.filename,
        visible_pages(Visibility.PUBLIC, all_pages),
        open_properties(version.properties, all_pages),
        known,
        document.kind is DocumentKind.REPORT,
    )
    return proposals_from(evidence, all_regions(session), datetime.now(UTC).date())


def proposals_from(evidence: SpeakerEvidence, regions: Iterable[Region], today: date) -> Proposals:
    """Return what a file proposes, given what is read from it."""
    filename, shown, properties = evidence.filename, evidence.pages, evidence.properties
    speakers = proposed_speakers(evidence)
    return Proposals(
        title=proposed_title(filename, shown, properties),
        date=proposed_date(filename, shown, properties, today),
        language=_language(shown),
        speakers=speakers,
        organisations=tuple(_organisations(speakers, shown, properties, evidence.known)),
        regions=proposed_regions(shown, regions),
    )


def _language(shown: Sequence[Page]) -> FieldProposal | None:
    """Return the language of most pages; as sure as it is common among them."""
    counts = Counter(page.language for page in shown if page.language)
    if not counts:
        return None
    language, count = counts.most_common(1)[0]
    certainty = min(round(count / counts.total(), 2), _LANGUAGE_CERTAINTY_MAX)
    return FieldProposal(language, ProposalSource.SLIDES, certainty)


def _organisations(
    speakers: Sequence[SpeakerProposal],
    shown: Sequence[Page],
    properties: Mapping[str, str],
    known: KnownNames,
) -> Iterator[FieldProposal]:
    """Yield the speakers' organisations, those on lines of the first slide, and the property's."""
    found: dict[str, FieldProposal] = {}
    for speaker in speakers:
        if speaker.organisation is not None:
            found.setdefault(joined(speaker.organisation.value), speaker.organisation)
    for page in shown[:1]:
        for line in own_words(page).splitlines():
            name = " ".join(line.split()).strip(" -–,.")
            if is_organisation(name) or joined(name) in known.organisations:
                of_page = FieldProposal(name, ProposalSource.FIRST_SLIDE, 0.6, page.number)
                found.setdefault(joined(name), known_organisation(of_page, known))
    if company := properties.get("company", "").strip():
        found.setdefault(
            joined(company), known_organisation(FieldProposal(company, ProposalSource.PROPERTIES, 0.4), known)
        )
    yield from sorted(found.values(), key=lambda one: -one.certainty)[:_ORGANISATIONS_MAX]


def proposed_regions(pages: Sequence[Page], regions: Iterable[Region]) -> tuple[FieldProposal, ...]:
    """Return the regions that pages name, the surest first; `id` is the region's code.

    Not the whole country, which most decks name. A name that two places share means the narrower one.
    """
    by_name = _by_name(regions)
    if not by_name:
        return ()
    pattern = _pattern(by_name)
    found: defaultdict[str, dict[int, set[str]]] = defaultdict(dict)
    for page in pages:
        text = "\n".join(block.text for block in page.blocks if block.field not in _NOT_READ)
        for match in pattern.finditer(text):
            name = match["name"].casefold()
            found[by_name[name].code].setdefault(page.number, set()).add(name)
    codes = {region.code: region for region in by_name.values()}
    first = pages[0].number if pages else 0
    proposals = [_proposal(codes[code], numbers, first) for code, numbers in found.items()]
    proposals.sort(key=lambda one: (-one.certainty, one.page_number or 0, one.id))
    return tuple(proposals[:_PROPOSALS_MAX])


def _proposal(region: Region, numbers: dict[int, set[str]], first: int) -> FieldProposal:
    is_first = first in numbers
    certainty = 0.9 if is_first else min(0.5 + 0.15 * (len(numbers) - 1), 0.85)
    if set().union(*numbers.values()) <= _ALSO_TOWNS:
        certainty = min(certainty, 0.5 if is_first or len(numbers) >= _PAGES_FOR_SUBJECT else 0.3)
    source = ProposalSource.FIRST_SLIDE if is_first else ProposalSource.SLIDES
    return FieldProposal(region.name, source, round(certainty, 2), min(numbers), region.code)


def _by_name(regions: Iterable[Region]) -> dict[str, Region]:
    """Return regions by each of their names in small letters, the narrower one where two share a name."""
    named: dict[str, Region] = {}
    for region in sorted(regions, key=lambda one: len(one.code)):
        if region.broader is not None:
            named |= {name.casefold(): region for name in (region.name, *region.alternative_names)}
    return named


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole names, the longest first, with the Swedish genitive or without."""
    longest = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    return re.compile(
        rf"(?<![\w-])(?P<name>{either})(?:s|:s)?(?![\w-]|\.\w){_FOLLOWED_BY_OTHER}", re.IGNORECASE
    )

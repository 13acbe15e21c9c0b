"""From pages that were read to rows of a table."""

from collections.abc import Iterable, Mapping

from archive.catalogue import facet_labels
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import DocumentRecord
from archive.catalogue.visibility import level_of
from archive.downloads.all_hits import AllHits, ReadPage
from archive.downloads.columns import Row
from archive.downloads.provenance import Provenance
from archive.index.schema import Facet


def region_names(session: Session, pages: Iterable[ReadPage]) -> Mapping[str, str]:
    """Return the names of the regions that the talks of pages are about, by code."""
    codes = {code for page in pages if page.record.talk for code in page.record.talk.region_codes}
    return facet_labels.labels(session, {Facet.REGION.value: sorted(codes)})[Facet.REGION.value]


class RowMaker:
    """Makes the rows of one file."""

    def __init__(self, hits: AllHits, provenance: Provenance, site: str) -> None:
        """`site` is what whole addresses begin with, without a slash at its end."""
        self._hits = hits
        self._constants = provenance.values()
        self._site = site

    def row(self, page: ReadPage, regions: Mapping[str, str]) -> Row:
        """Return the row of a page. `regions`: names by code."""
        record = page.record
        document, talk, event = record.document, record.talk, record.event
        contributions = talk.contributions if talk else ()
        organisations = [one.organisation.name for one in contributions if one.organisation]
        return {
            "address": f"{self._site}/d/{document.id}/v{document.version.number}/{page.number}",
            "document_id": document.id,
            "version": document.version.number,
            "page": page.number,
            "page_title": page.texts.title,
            "title": record.title,
            "talk_id": talk.id if talk else "",
            "event": event.title if event else "",
            "event_id": event.id if event else "",
            "date": date_of(record),
            "speakers": [one.person.name for one in contributions if one.person and not one.is_moderator],
            "organisations": list(dict.fromkeys(organisations)),
            "regions": [regions.get(code, code) for code in talk.region_codes] if talk else [],
            "focus_areas": [area.title for area in event.focus_areas] if event else [],
            "publisher": document.publisher,
            "kind": document.kind.value,
            "language": page.texts.language or document.language,
            "visibility": level_of(page.rank).value,
            "has_all_words": page.has_all_words,
            "snippet": self._hits.snippet(page),
            "text": self._hits.text(page),
            **self._constants,
        }


def date_of(record: DocumentRecord) -> str:
    """Return when a talk was given or a document came out: YYYY-MM-DD, YYYY-MM, YYYY or ""."""
    if record.event and record.event.starts:
        return record.event.starts
    return str(record.document.year) if record.document.year else record.read_date

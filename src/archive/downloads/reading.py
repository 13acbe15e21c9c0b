"""Reads what a file is made of, portion by portion, each in a session that ends before it is used."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.catalogue import facet_labels
from archive.catalogue.database.database import Database
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord
from archive.catalogue.visibility import level_of
from archive.citations.item import CitedItem, Wording
from archive.citations.reading import CitedRef, Citing, cited_items
from archive.downloads.all_hits import AllHits, ReadPage
from archive.downloads.columns import Row
from archive.downloads.original_access import gets_original
from archive.downloads.provenance import Provenance
from archive.index.schema import Facet
from archive.model.visibility import OriginalsPolicy
from archive.store.store import Store

_PAGES_A_PORTION = 100
"""So many pages are read at once: with more of them a search waits longer, with fewer each takes longer."""
_DOCUMENTS_A_PORTION = 50


@dataclass(frozen=True, slots=True)
class DownloadSources:
    """What of an archive downloads read: its catalogue, its originals and who gets those by default."""

    database: Database
    originals: Store
    originals_policy: OriginalsPolicy


class DownloadInput:
    """What one file is made of. `provenance`, `site` and `temporary` are what formats need beside the hits.

    It steps aside for others between one page and the next. It serves one thread.
    """

    def __init__(
        self,
        sources: DownloadSources,
        hits: AllHits,
        provenance: Provenance,
        site: str,
        wording: Wording,
        temporary: Path,
        step_aside: Callable[[], None],
    ) -> None:
        """Take what was found.

        Args:
            sources: of the archive.
            hits: what was found.
            provenance: where the file comes from.
            site: what whole addresses begin with.
            wording: the language of the few words that references add.
            temporary: a folder for work in progress.
            step_aside: called often; waits where others wait for an answer.
        """
        self.provenance = provenance
        self.site = site
        self.temporary = temporary
        self.originals = sources.originals
        self.step_aside = step_aside
        self._sources = sources
        self._database = sources.database
        self._hits = hits
        self._citing = Citing(hits.visitor, site, provenance.at.date(), wording)

    def rows(self) -> Iterator[Sequence[Row]]:
        """Yield the rows of all hits."""
        maker = RowMaker(self._hits, self.provenance, self.site)
        for portion in self._hits.portions(_PAGES_A_PORTION):
            with self._database.read() as session:
                pages = self._hits.read(session, portion)
                regions = region_names(session, pages)
            rows = []
            for page in pages:
                rows.append(maker.row(page, regions))
                self.step_aside()
            yield rows

    def cited(self) -> Iterator[CitedItem]:
        """Yield each hit as a reference, to the page in the version that was found."""
        for portion in self._hits.portions(_PAGES_A_PORTION):
            with self._database.read() as session:
                pages = self._hits.read(session, portion)
                refs = [CitedRef(one.record.document.id, one.number) for one in pages]
                items = cited_items(session, refs, self._citing)
            for item in items:
                yield item
                self.step_aside()

    def documents(self) -> Iterator[Sequence[tuple[CatalogueRecord, bool]]]:
        """Yield the documents of all hits, each with whether the visitor may have its original."""
        all_ids = self._hits.documents()
        for start in range(0, len(all_ids), _DOCUMENTS_A_PORTION):
            ids = all_ids[start : start + _DOCUMENTS_A_PORTION]
            with self._database.read() as session:
                found = self._hits.still_seen(session, ids)
                policy, visitor = self._sources.originals_policy, self._hits.visitor
                told = [
                    (one, gets_original(session, one.document, one.document.version, visitor, policy))
                    for one in (found[key] for key in ids if key in found)
                ]
            yield told
            self.step_aside()


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


def date_of(record: CatalogueRecord) -> str:
    """Return when a talk was given or a document came out: YYYY-MM-DD, YYYY-MM, YYYY or ""."""
    if record.event and record.event.starts:
        return record.event.starts
    return str(record.document.year) if record.document.year else record.read_date

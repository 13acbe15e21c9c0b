"""What was found of somebody who is to be erased: kinds of places, and slides with the words marked."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from archive.catalogue import pages
from archive.catalogue.database.sessions import Session
from archive.catalogue.erasing import orders
from archive.catalogue.erasing.orders import ErasureRequest
from archive.catalogue.pages import PageTexts
from archive.catalogue.records import CatalogueRecord, records
from archive.erasing.names import ErasedNames
from archive.erasing.redacting import boxes_of
from archive.highlight.snippet import Fragment
from archive.model.pages import Page, Picture
from archive.web.http.context import current_archive
from archive.web.http.language import gettext, ngettext
from archive.web.presenters.names import field_name
from archive.web.presenters.slide_views import SlideView, page_view

SLIDES_MAX: Final = 500
"""So many slides are shown to be ticked; with more, all of them go or only those of the first."""
_AROUND_CHARS: Final = 40
_EXCERPTS_MAX: Final = 3


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words with what stands around them. `field` says where on the slide, "" for its text."""

    field: str
    parts: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class FoundSlide:
    """A slide that holds the words. `view` is None where only an older or a withdrawn document has it."""

    document_id: str
    number: int
    title: str
    view: SlideView | None
    excerpts: tuple[Excerpt, ...]
    is_ticked: bool

    @property
    def value(self) -> str:
        """Return what a form sends of it."""
        return f"{self.document_id}/{self.number}"


def found_slides(
    session: Session, found: Sequence[Sequence[Any]], names: ErasedNames, ticked: Collection[str] | None
) -> list[FoundSlide]:
    """Return the slides that were found, as far as they are shown.

    Args:
        session: A session to read in.
        found: Document, number, fields and version of each.
        names: The words.
        ticked: Those that are ticked, as a form sends them; None for all.
    """
    shown = found[:SLIDES_MAX]
    known = records(session, list(dict.fromkeys(str(one[0]) for one in shown)))
    refs = [(str(version_id), int(number)) for _, number, _, version_id in shown]
    read, texts = pages.pages_at(session, refs), pages.texts_at(session, refs)
    pictures = pages.pictures_at(session, refs)
    slides = []
    for (document_id, number, _, version_id), ref in zip(shown, refs, strict=True):
        record, page = known.get(document_id), read.get(ref)
        view = None
        if record is not None and record.document.version.id == version_id and ref in texts:
            view = _view(record, int(number), texts[ref], pictures.get(ref), names)
        title = record.title if record else str(document_id)
        excerpts = _excerpts(page, names) if page else ()
        is_ticked = ticked is None or f"{document_id}/{number}" in ticked
        slides.append(FoundSlide(document_id, number, title, view, excerpts, is_ticked))
    return slides


def _view(
    record: CatalogueRecord, number: int, texts: PageTexts, picture: Picture | None, names: ErasedNames
) -> SlideView:
    view = page_view(record, number, texts, picture, current_archive().search.nothing_to_mark())
    words = picture.words if picture else ()
    marked = sorted({index for group in boxes_of(words, names) for index in group})
    return replace(view, marks=tuple(words[index] for index in marked))


def _excerpts(page: Page, names: ErasedNames) -> tuple[Excerpt, ...]:
    found = []
    for block in page.blocks:
        text = " ".join(block.text.split())
        spans = names.spans(text)
        if spans:
            begin, end = spans[0]
            before, after = text[max(0, begin - _AROUND_CHARS) : begin], text[end : end + _AROUND_CHARS]
            parts = (Fragment(before, False), Fragment(text[begin:end], True), Fragment(after, False))
            found.append(Excerpt(field_name(block.field), parts))
    return tuple(found[:_EXCERPTS_MAX])


def step_text(asked: ErasureRequest | None) -> str:
    """Return what goes on: None for an erasure whose words are gone from the catalogue."""
    if asked is None:
        return gettext("Namnet är borta ur registret. Nu tas filernas byte bort och sökregistret skrivs om.")
    what, count = asked.step
    if what == "searched":
        return ngettext(
            "%(count)s original är genomsökt.", "%(count)s original är genomsökta.", count, count=count
        )
    if what == "files":
        return ngettext("%(count)s fil är gjord om.", "%(count)s filer är gjorda om.", count, count=count)
    if asked.state == orders.LOOKING:
        return gettext("Arkivet söker genom poster, bilder, filer, journal och frågor.")
    return gettext("Raderingen börjar strax.")


def counts_by_kind(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many places there are by what people call them; sums of tables alike."""
    called = _called()
    sums: Counter[str] = Counter()
    for table, count in counts.items():
        sums[called.get(table, gettext("Annat"))] += count
    return dict(sums)


def _called() -> dict[str, str]:
    groups = {
        gettext("Ord på bilder och sidor"): ("page", "page_finding"),
        gettext("Ord med en plats på en bild"): ("picture",),
        gettext("Personer och organisationer"): (
            *("person", "person_spelling", "former_person"),
            *("organisation", "organisation_spelling", "former_organisation"),
        ),
        gettext("Talare på föredrag"): ("contribution",),
        gettext("Föredrag, seminarier och filmer"): ("presentation", "event", "film"),
        gettext("Dokumentens titlar och uppgifter"): ("document", "opening_line"),
        gettext("Filnamn och filers egenskaper"): ("version", "watched_file", "upload", "uploaded_file"),
        gettext("Ändringsjournalen"): ("edit", "row_change"),
        gettext("Loggen över vad som gjorts"): ("audit_event",),
        gettext("Listor över frågor"): ("question_count",),
        gettext("Importer"): ("seminar_import", "import_link", "import_reading"),
        gettext("Insänt och föreslaget"): ("submission", "submitted_upload", "talk_link", "talk_proposal"),
    }
    return {table: text for text, tables in groups.items() for table in tables}

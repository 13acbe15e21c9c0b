"""What an address names becomes the slides that a visitor may see, with all that files are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.baskets.refs import SlideRef
from archive.catalogue import pages
from archive.catalogue.citing.old_versions import old_version, visible_numbers
from archive.catalogue.database.sessions import Session
from archive.catalogue.records import CatalogueRecord, records
from archive.errors import NotFound
from archive.model.documents import Version
from archive.model.pages import REPEATED_FIELDS, BlockField, Page, Picture
from archive.model.visibility import Visibility
from archive.visibility import may_see, may_see_page, readable_blocks

_TEXT_MAX_CHARS = 4_000
_NOT_SHOWN = REPEATED_FIELDS | {BlockField.EMBEDDED, BlockField.SECTION, BlockField.LINK}


@dataclass(frozen=True, slots=True)
class GatheredSlide:
    """A slide in a basket. `ref` names its version; `given` is how the address named it."""

    ref: SlideRef
    given: SlideRef
    record: CatalogueRecord
    version: Version
    page: Page
    picture: Picture | None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the words of the slide that everybody may read, but for its title."""
        blocks = readable_blocks(Visibility.PUBLIC, self.page.blocks)
        texts = [block.text for block in blocks if block.field not in _NOT_SHOWN | {BlockField.TITLE}]
        return tuple(line for text in texts for line in text[:_TEXT_MAX_CHARS].splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Basket:
    """The slides of a basket, in its order. `left_out`: what the visitor may not see, or what is gone."""

    slides: tuple[GatheredSlide, ...]
    left_out: tuple[SlideRef, ...] = ()

    @property
    def refs(self) -> tuple[SlideRef, ...]:
        """Return the slides, each with its version."""
        return tuple(slide.ref for slide in self.slides)

    @property
    def open_slides(self) -> tuple[GatheredSlide, ...]:
        """Return the slides that their author has not hidden: those that may be put into a deck."""
        return tuple(slide for slide in self.slides if may_see_page(Visibility.PUBLIC, slide.page))


def gathered(session: Session, refs: Sequence[SlideRef], visitor: Visibility) -> Basket:
    """Return the slides that the visitor may see, in the order of `refs`; the rest is left out.

    What is not there cannot be told from what is not for the visitor.
    """
    documents = {
        key: record
        for key, record in records(session, list(dict.fromkeys(ref.document_id for ref in refs))).items()
        if may_see(visitor, record.rank)
    }
    versions = {
        (ref.document_id, ref.version): _version(session, documents[ref.document_id], ref.version, visitor)
        for ref in refs
        if ref.document_id in documents
    }
    keys = {
        ref: (seen[0].id, ref.number)
        for ref in refs
        if (seen := versions.get((ref.document_id, ref.version))) and ref.number in seen[1]
    }
    wanted = list(dict.fromkeys(keys.values()))
    read, drawn = pages.pages_at(session, wanted), pages.pictures_at(session, wanted)
    slides: dict[SlideRef, GatheredSlide] = {}
    for ref, key in keys.items():
        seen = versions[ref.document_id, ref.version]
        if seen is not None and key in read:
            exact = SlideRef(ref.document_id, seen[0].number, ref.number)
            record = documents[ref.document_id]
            slides.setdefault(exact, GatheredSlide(exact, ref, record, seen[0], read[key], drawn.get(key)))
    shown = {slide.given for slide in slides.values()}
    same = {ref for ref, key in keys.items() if key in read}
    return Basket(tuple(slides.values()), tuple(ref for ref in refs if ref not in shown | same))


def _version(
    session: Session, record: CatalogueRecord, number: int, visitor: Visibility
) -> tuple[Version, frozenset[int]] | None:
    """Return a version with the numbers of its pages that the visitor may see; None if it is not theirs."""
    document = record.document
    try:
        version = old_version(session, document, number or document.version.number, visitor)
    except NotFound:
        return None
    return version, frozenset(visible_numbers(session, document, version, visitor))

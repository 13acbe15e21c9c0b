"""What kind of deck a basket can become: its slides' own deck cut down to them, or pictures, and why."""

from enum import StrEnum

from archive.baskets.basket import Basket
from archive.ingest.filetypes.media_types import PPTX
from archive.ingest.reading.clean_copy import CleanCopies
from archive.model.extraction import Outcome
from archive.model.visibility import OriginalsPolicy, Visibility
from archive.visibility import may_have_clean_copy, may_see_old_versions, policy_of

_TELLING = (Outcome.OK, Outcome.EMPTY_NEEDS_OCR)


class DeckForm(StrEnum):
    """The deck itself, or why its slides come as pictures."""

    CUT_DOWN = "cut_down"
    SEVERAL = "several"
    """The slides are of several decks."""
    OTHER_TYPE = "other_type"
    """They are of a file that is no .pptx."""
    NOT_ALLOWED = "not_allowed"
    """The visitor may not have what is made of the file itself."""
    FAILED = "failed"
    """No copy could be made that holds nothing but these slides."""


def deck_form(basket: Basket, visitor: Visibility, setting: OriginalsPolicy, copies: CleanCopies) -> DeckForm:
    """Return what deck a visitor gets of a basket's slides. `setting` is who gets originals by default."""
    slides = basket.open_slides
    if len({slide.version.id for slide in slides}) != 1:
        return DeckForm.SEVERAL
    document, version = slides[0].record.document, slides[0].version
    if version.original.media_type != PPTX or version.category not in _TELLING:
        return DeckForm.OTHER_TYPE
    if not may_have_clean_copy(visitor, policy_of(document.original_access, setting)):
        return DeckForm.NOT_ALLOWED
    if version.id != document.version.id and not may_see_old_versions(visitor):
        return DeckForm.NOT_ALLOWED
    numbers = [slide.page.number for slide in slides]
    return DeckForm.CUT_DOWN if copies.is_possible(version, numbers) else DeckForm.FAILED

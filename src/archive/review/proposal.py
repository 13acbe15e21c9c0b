"""One proposal: a value, where it was read, and how sure it is."""

from dataclasses import dataclass
from enum import StrEnum

SURE = 0.85
"""From this certainty on a proposal is stated as sure. Nothing is published by itself, however sure."""


class ProposalSource(StrEnum):
    """Where a proposal was read."""

    FIRST_SLIDE = "first_slide"
    EARLY_SLIDE = "early_slide"
    LAST_SLIDE = "last_slide"
    SLIDES = "slides"
    PICTURE = "picture"
    PROPERTIES = "properties"
    FILE_NAME = "file_name"
    EMAIL_ADDRESS = "email_address"
    CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class FieldProposal:
    """A value for a field. `id` is that of the known person or organisation, or the region's code, else "".

    `certainty` is between 0 and 1; `page_number` is where it stands, None where that is no page.
    `confirmed_by` are other sources that say the same.
    """

    value: str
    source: ProposalSource
    certainty: float
    page_number: int | None = None
    id: str = ""
    confirmed_by: tuple[ProposalSource, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Return whether it may be stated as sure."""
        return self.certainty >= SURE

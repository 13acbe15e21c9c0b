"""Where a proposed value was read, and how sure it is, in words."""

from dataclasses import dataclass

from archive.review.proposal import Proposal, Source
from archive.web.http.language import gettext


@dataclass(frozen=True, slots=True)
class Hint:
    """What stands beside a value that was filled in from the file."""

    text: str
    is_sure: bool


def hint(proposal: Proposal) -> Hint:
    """Return where a proposal was read."""
    text = source_name(proposal.source)
    if proposal.page_number and proposal.source in (Source.EARLY_SLIDE, Source.PICTURE):
        text = f"{text} ({proposal.page_number})"
    others = [source_name(one) for one in proposal.confirmed_by]
    if others:
        text = gettext("%(source)s; samma i: %(others)s", source=text, others=", ".join(others))
    return Hint(text, proposal.is_sure)


def source_name(source: Source) -> str:
    """Return what a source is called."""
    return {
        Source.FIRST_SLIDE: gettext("första bilden"),
        Source.EARLY_SLIDE: gettext("en av de första bilderna"),
        Source.LAST_SLIDE: gettext("sista bilden"),
        Source.SLIDES: gettext("bilderna"),
        Source.PICTURE: gettext("text läst ur bild"),
        Source.PROPERTIES: gettext("filens egenskaper"),
        Source.FILE_NAME: gettext("filens namn"),
        Source.EMAIL_ADDRESS: gettext("en e-postadress"),
        Source.CATALOGUE: gettext("arkivet"),
    }[source]

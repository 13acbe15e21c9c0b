"""What a file says of where its slides are from: a line for each slide, and what has been left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.citations.item import CitedItem, Wording

_WORDS = {
    Wording.SWEDISH: {
        "title": "Bilder ur arkivet",
        "sources": "Källor",
        "one_left_out": "En av bilderna i korgen är utelämnad: den finns inte i arkivet, eller visas inte "
        "för den som gjorde filen.",
        "left_out": "{count} av bilderna i korgen är utelämnade: de finns inte i arkivet, eller visas inte "
        "för den som gjorde filen.",
        "pictures": "Bilderna är avbildningar: presentationens egen fil kunde inte användas.",
    },
    Wording.ENGLISH: {
        "title": "Slides from the archive",
        "sources": "Sources",
        "one_left_out": "One of the slides in the basket is left out: it is not in the archive, or is "
        "not shown to whoever made the file.",
        "left_out": "{count} of the slides in the basket are left out: they are not in the archive, or are "
        "not shown to whoever made the file.",
        "pictures": "The slides are pictures: the file of the presentation itself could not be used.",
    },
}


@dataclass(frozen=True, slots=True)
class SlideSource:
    """Where a slide is from: the line below it, how it is cited, and its address, which both texts hold."""

    line: str
    citation: str
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class BasketSources:
    """All that a file says beside the slides. `sources` are those of its slides, in their order."""

    wording: Wording
    sources: tuple[SlideSource, ...]
    left_out: int = 0
    made_on: str = ""

    @property
    def title(self) -> str:
        """Return the title of the file."""
        return _WORDS[self.wording]["title"]

    @property
    def heading(self) -> str:
        """Return what stands above the list of sources."""
        return _WORDS[self.wording]["sources"]

    def remarks(self, left_out: int = 0, is_pictures_instead: bool = False) -> list[str]:
        """Return what is to be said of what the file lacks.

        Args:
            left_out: slides that this file leaves out beside those that the basket does.
            is_pictures_instead: whether there are pictures where the deck itself could be.
        """
        words = _WORDS[self.wording]
        count = left_out + self.left_out
        said = [words["one_left_out" if count == 1 else "left_out"].format(count=count)] if count else []
        return [*said, words["pictures"]] if is_pictures_instead else said


def source(item: CitedItem, citation: str = "") -> SlideSource:
    """Return where a slide is from. `citation` is how a style has it, "" for the line itself."""
    names = ", ".join(name.whole for name in item.names)
    days = " – ".join(dict.fromkeys(day for day in (item.issued, item.issued_end) if day))
    where = ", ".join(part for part in (item.event_title, item.event_place, days) if part)
    head = f"{names}: {item.full_title}" if names else item.full_title
    line = ". ".join(part.rstrip(".") for part in (head, where) if part)
    line = f"{line}. {item.address}"
    return SlideSource(line, citation or line, item.address, item.full_title)


def sources(
    items: Sequence[CitedItem], wording: Wording, left_out: int = 0, citations: Sequence[str] = ()
) -> BasketSources:
    """Return what a file says beside the slides of `items`, each with its citation in a style, if given."""
    made_on = items[0].accessed.isoformat() if items else ""
    cited = citations or [""] * len(items)
    found = tuple(source(item, citation) for item, citation in zip(items, cited, strict=True))
    return BasketSources(wording, found, left_out, made_on)

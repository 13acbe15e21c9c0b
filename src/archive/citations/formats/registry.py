"""The formats there are, by name."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType

from archive.citations.formats import biblatex, bibtex, csl_json, ris
from archive.citations.item import CitedItem
from archive.errors import FormatUnknown


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A format: its name in addresses, what it is called, media type, suffix of its files, who writes it.

    `pieces` yields the text of a file in parts, of which each is small however many items there are.
    """

    name: str
    title: str
    media_type: str
    suffix: str
    pieces: Callable[[Iterable[CitedItem]], Iterator[str]]

    def text(self, items: Iterable[CitedItem]) -> str:
        """Return the whole text of a file with these items."""
        return "".join(self.pieces(items))


FORMATS = MappingProxyType(
    {
        one.name: one
        for one in (
            CitationFormat("bibtex", "BibTeX", "application/x-bibtex", ".bib", bibtex.pieces),
            CitationFormat("biblatex", "biblatex", "application/x-bibtex", ".bib", biblatex.pieces),
            CitationFormat("ris", "RIS", "application/x-research-info-systems", ".ris", ris.pieces),
            CitationFormat(
                "csl-json",
                "CSL-JSON",
                "application/vnd.citationstyles.csl+json",
                ".json",
                csl_json.pieces,
            ),
        )
    }
)
"""The formats in the order in which they are offered; of two with a media type the first has it."""


def format_named(name: str) -> CitationFormat:
    """Return a format by name. Raises FormatUnknown, which says which there are."""
    if name not in FORMATS:
        raise FormatUnknown(f"There is no format of that name. There are: {', '.join(FORMATS)}.")
    return FORMATS[name]

"""The styles there are, by name: which of the Citation Style Language's each is, and in which English."""

from dataclasses import dataclass
from types import MappingProxyType

from archive.errors import FormatUnknown


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name in addresses, what it is called, its file at citationstyles.org.

    `english` is the English that it is used in. `has_full_names`: given names are not shortened, which the
    file says in a way that the processor does not know.
    """

    name: str
    title: str
    file: str
    english: str
    has_full_names: bool = False

    def locale(self, language: str) -> str:
        """Return the locale of its words and dates in a language ("sv", "en")."""
        return "sv-SE" if language == "sv" else self.english


STYLES = MappingProxyType(
    {
        one.name: one
        for one in (
            Style("apa", "APA", "apa", "en-US"),
            Style("harvard", "Harvard", "harvard-cite-them-right", "en-GB"),
            Style("oxford", "Oxford", "oxford-guide-to-style-notes", "en-GB"),
            Style("vancouver", "Vancouver", "nlm-citation-sequence", "en-US"),
            Style("ieee", "IEEE", "ieee", "en-US"),
            Style("chicago", "Chicago", "chicago-author-date", "en-US", has_full_names=True),
        )
    }
)
"""The styles in the order in which they are offered."""


def style_named(name: str) -> Style:
    """Return a style by name. Raises FormatUnknown, which says which there are."""
    if name not in STYLES:
        raise FormatUnknown(f"There is no style of that name. There are: {', '.join(STYLES)}.")
    return STYLES[name]

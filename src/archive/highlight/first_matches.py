"""The first matches of a text, without a look at the rest: a page at the bounds has 18,000 of them."""

from collections.abc import Iterator

from archive.highlight.matcher import Match, Matcher

# Some forty times what a slide has: only what hardly any page has is read in parts.
_PART_CHARS = 20_000


def first_matches(matcher: Matcher, text: str, language: str, matches_max: int) -> list[Match]:
    """Return at most `matches_max` of the first matches of a text; what follows them is not looked at.

    A long text is read in parts; a phrase that reaches from one into the next is not found.
    """
    matches: list[Match] = []
    for at, part in _parts(text):
        found = matcher.matches(part, language)
        matches += (
            [Match(match.start + at, match.end + at, match.targets) for match in found] if at else found
        )
        if len(matches) >= matches_max:
            break
    return matches[:matches_max]


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a text, each with where it begins: up to `_PART_CHARS`, ended by a space."""
    at = 0
    while len(text) - at > _PART_CHARS:
        space = text.rfind(" ", at, at + _PART_CHARS)
        end = at + _PART_CHARS if space <= at else space
        yield at, text[at:end]
        at = end
    yield at, text[at:]

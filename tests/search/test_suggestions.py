import pytest

from archive.app import Archive
from archive.model.visibility import Visibility
from archive.search.suggestions import SuggestionKind
from tests.web.web_archive import Built


def suggested(
    archive: Archive, typed: str, visitor: Visibility = Visibility.PUBLIC
) -> list[tuple[SuggestionKind, str]]:
    return [(one.kind, one.text) for one in archive.suggestions.suggest(typed, visitor)]


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("maj", SuggestionKind.SPEAKER, "Maja Ekström"),
        ("ekst", SuggestionKind.SPEAKER, "Maja Ekström"),
        ("region gäv", SuggestionKind.ORGANISATION, "Region Gävleborg"),
        ("norra m", SuggestionKind.REGION, "Norra Mellansverige"),
        ("framt", SuggestionKind.FOCUS_AREA, "Framtidens industri"),
        ("JÄRN", SuggestionKind.TITLE, "Järnvägen som ryggrad"),
        ("signal", SuggestionKind.TERM, "signalteknik"),
    ],
)
def test_what_begins_as_typed_is_suggested(
    archive: Archive, built: Built, typed: str, kind: SuggestionKind, text: str
) -> None:
    assert (kind, text) in suggested(archive, typed)


@pytest.mark.parametrize("typed", ["", "m", "xyzzy", "?", "\x00" * 9, "a" * 500])
def test_too_little_or_unknown_gives_nothing(archive: Archive, built: Built, typed: str) -> None:
    assert suggested(archive, typed) == []


def test_at_most_five(archive: Archive, built: Built) -> None:
    assert len(suggested(archive, "in")) <= 5


def test_names_and_words_of_hidden_talks_are_for_staff(archive: Archive, built: Built) -> None:
    for typed in ("ines", "förtrol", "styrels"):
        assert suggested(archive, typed) == []
        assert suggested(archive, typed, Visibility.STAFF)

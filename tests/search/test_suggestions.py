import pytest

from archive.app import Archive
from archive.model.visibility import Visibility
from archive.search.suggestions import Kind
from tests.web.building import Built


def suggested(
    archive: Archive, typed: str, visitor: Visibility = Visibility.PUBLIC
) -> list[tuple[Kind, str]]:
    return [(one.kind, one.text) for one in archive.suggestions.suggest(typed, visitor)]


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("maj", Kind.SPEAKER, "Maja Ekström"),
        ("ekst", Kind.SPEAKER, "Maja Ekström"),
        ("region gäv", Kind.ORGANISATION, "Region Gävleborg"),
        ("norra m", Kind.REGION, "Norra Mellansverige"),
        ("framt", Kind.FOCUS_AREA, "Framtidens industri"),
        ("JÄRN", Kind.TITLE, "Järnvägen som ryggrad"),
        ("signal", Kind.TERM, "signalteknik"),
    ],
)
def test_what_begins_as_typed_is_suggested(
    archive: Archive, built: Built, typed: str, kind: Kind, text: str
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

"""What every source must do: recognise its own and nothing else, keep to its bounds, show its passages."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from archive.errors import ArchiveError
from archive.imports.drafting import draft_of
from archive.imports.opening import SOURCES
from archive.imports.sources.base import GivenBytes, Source
from archive.model.seminar_pages.seminar_page import Passage, ReadField, SeminarPage

NOISE = (
    b"",
    b"{",
    b"[]",
    b'{"results": 5}',
    b'{"results": [[], 1, null, {"title": 3, "contributions": {"a": 1}}]}',
    b"\xff\xfe\x00",
    b"[[talk]]\ntopic = 3",
    b"topic;name\n" + b";" * 1000,
    b"[" * 100_000,
    b'"' * 10_000,
    'ämne,namn\n"x\n'.encode("cp1252"),
)


class SourceContract:
    """Subclass it, and give the source, what it is given, and what it fetches."""

    source: Source

    def given(self) -> GivenBytes:
        raise NotImplementedError

    def fetch(self, address: str) -> GivenBytes:
        raise AssertionError(f"nothing more is needed, and {address} was fetched")

    def page(self) -> SeminarPage:
        return self.source.read(self.given(), self.fetch)

    def test_it_recognises_its_own_before_the_others_do(self) -> None:
        first = next(source for source in SOURCES if source.recognises(self.given()))
        assert first.kind is self.source.kind

    def test_it_leaves_a_plain_page_to_the_reader_of_pages(self) -> None:
        page = GivenBytes(
            b"<!doctype html><html><p>Seminarium om indikatorer</p></html>",
            "https://forening.example/event/12",
            "sida.html",
            "text/html",
        )
        assert not self.source.recognises(page)

    def test_noise_is_refused_in_words_or_read_as_far_as_it_goes(self) -> None:
        for body in NOISE:
            own = self.given()
            noise = GivenBytes(body, own.address, own.filename, own.content_type)
            with suppress(ArchiveError):
                draft_of(self.source.read(noise, lambda _, body=body: GivenBytes(body)))  # type: ignore[misc]

    def test_each_field_is_seen_where_its_passage_says(self) -> None:
        page = self.page()
        fields = list(fields_of(page))
        assert len(fields) > 8
        for field in fields:
            for place in field.passages:
                shown = words_at(page, place)
                values = field.value if isinstance(field.value, tuple) else (field.value,)
                assert shown
                assert any(str(value) in shown or shown in str(value) for value in values)


def words_at(page: SeminarPage, place: Passage) -> str:
    return page.blocks[place.block].text[place.start : place.end]


def fields_of(record: object) -> Iterable[ReadField[object]]:
    """Return all fields with a value, whatever holds them."""
    for name in getattr(record, "__slots__", ()):
        value = getattr(record, name)
        if isinstance(value, ReadField):
            if value.value:
                yield value
        elif isinstance(value, tuple) and name != "blocks":
            for part in value:
                yield from fields_of(part)


def talks(page: SeminarPage) -> Sequence[tuple[str, Sequence[tuple[str, str]], Sequence[str], Sequence[str]]]:
    """Return topic, speakers (name, organisation), decks and films of each talk of the first event."""
    return [
        (talk.topic, [(one.name, one.organisation) for one in talk.speakers], talk.decks, talk.films)
        for talk in draft_of(page).events[0].talks
    ]

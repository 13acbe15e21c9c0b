"""Archives for tests, filled through the catalogue: nothing is parsed, nothing is drawn."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from archive.app import Archive, open_archive
from archive.catalogue import pages
from archive.catalogue.accept import NewDocument, accept
from archive.index.schema import Facet
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph, Picture, WordBox
from archive.model.visibility import Visibility
from archive.search.question import Question
from archive.search.results import ResultPage
from archive.settings.settings import Settings

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@contextmanager
def opened(folder: Path, thorough: bool = False, **settings: object) -> Iterator[Archive]:
    """Open the archive in a folder, with settings by section."""
    made = Settings.model_validate({"data": folder / "data", **settings})
    with open_archive(made, thorough) as archive:
        yield archive


def block(field: BlockField, *lines: str, language: str = "") -> Block:
    """Return a block with one paragraph a line."""
    return Block(field, tuple(Paragraph(line) for line in lines), language=language)


def slide(
    title: str = "",
    *lines: str,
    notes: str = "",
    footer: str = "",
    hidden: bool = False,
    language: str = "sv",
) -> Page:
    """Return a page whose number is still to be given."""
    parts = (
        (BlockField.TITLE, (title,) if title else ()),
        (BlockField.BODY, lines),
        (BlockField.FOOTER, (footer,) if footer else ()),
        (BlockField.NOTES, (notes,) if notes else ()),
    )
    blocks = tuple(block(field, *texts) for field, texts in parts if texts)
    return Page(0, blocks, hidden=hidden, language=language, reader="test")


def numbered(slides: Sequence[Page | str]) -> tuple[Page, ...]:
    """Return pages with their numbers; a string is the body of a page."""
    found = [slide("", one) if isinstance(one, str) else one for one in slides]
    return tuple(
        Page(number, one.blocks, one.hidden, one.language, one.reader) for number, one in enumerate(found, 1)
    )


def add(
    archive: Archive,
    name: str,
    *slides: Page | str,
    data: str | bytes = "",
    talk: str | None = None,
    event: str | None = None,
    kind: DocumentKind = DocumentKind.DECK,
    visibility: Visibility = Visibility.PUBLIC,
    language: str = "sv",
    publisher: str = "",
    year: int | None = None,
    draft: bool = False,
) -> str:
    """Take in a document that has been read, or its next version (other `data`); return its identifier."""
    content = data or name
    original = archive.originals.put_bytes(content.encode() if isinstance(content, str) else content)
    new = NewDocument(
        kind=kind,
        title=name,
        source=f"test:{name}",
        filename=f"{name}.pptx",
        original=Original(original.sha256, original.size_bytes, PPTX),
        title_is_given=True,
        visibility=visibility,
        talk_id=talk,
        event_id=event,
        publisher=publisher,
        year=year,
        draft=draft,
    )
    with archive.database.write() as session:
        accepted = accept(session, new, "test")
        extraction = Extraction(Outcome.OK, numbered(slides), "test")
        pages.save_extraction(session, accepted.newest.id, extraction, language, PPTX)
    return accepted.document.id


def save_picture(archive: Archive, document_id: str, number: int, *words: str) -> None:
    """Keep a picture with these words from left to right."""
    boxes = tuple(WordBox(word, 50.0 * nth, 20.0, 45.0, 12.0) for nth, word in enumerate(words))
    with archive.database.write() as session:
        version_id = version_of(archive, document_id)
        pages.save_picture(
            session, version_id, Picture(number, 960, 540, 1280, 720, "a" * 64, "b" * 64, boxes)
        )


def version_of(archive: Archive, document_id: str) -> str:
    """Return the identifier of the version that readers see."""
    from archive.catalogue.documents import document

    with archive.database.read() as session:
        return document(session, document_id).version.id


def ask(
    archive: Archive,
    text: str,
    visitor: Visibility = Visibility.PUBLIC,
    filters: Mapping[Facet, tuple[str, ...]] | None = None,
    page: int = 1,
) -> ResultPage:
    """Search with everything in one call."""
    return archive.search.search(Question(text, filters or {}, page=page), visitor)


def matching_slides(
    archive: Archive, text: str, document_id: str, visitor: Visibility = Visibility.PUBLIC
) -> tuple[int, ...]:
    """Return which slides of a document a question finds."""
    with archive.database.read() as session:
        return archive.search.understand(session, Question(text), visitor).in_document(document_id).pages


def found(result: ResultPage) -> set[tuple[str, int]]:
    """Return the slides that are shown, as (title of the group, number)."""
    return {(group.title, hit.number) for group in result.groups for hit in group.best}


def titles(result: ResultPage) -> list[str]:
    """Return the titles of the groups in their order."""
    return [group.title for group in result.groups]


def marked(result: ResultPage) -> list[str]:
    """Return all marked words of all snippets."""
    return [part.text for group in result.groups for hit in group.best for part in hit.snippet if part.marked]


def choices(result: ResultPage, facet: Facet) -> dict[str, tuple[int, int]]:
    """Return a facet's counts of groups and pages by label."""
    return {one.label: (one.groups, one.pages) for one in result.facets[facet]}

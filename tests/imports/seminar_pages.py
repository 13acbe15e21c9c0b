"""Seminar pages as the reader gives them, made by hand."""

from dataclasses import replace

from archive.model.seminar_pages.seminar_page import (
    BlockKind,
    PageLink,
    Passage,
    ReadEvent,
    ReadField,
    ReadFocusArea,
    ReadReport,
    ReadSpeaker,
    ReadTalk,
    SeminarPage,
    SourceBlock,
)

ADDRESS = "https://forening.example/seminarier/2022"
BLOCKS = (
    SourceBlock(BlockKind.HEADING, "Smart industri", 1),
    SourceBlock(BlockKind.PARAGRAPH, "Seminarium i Falun den 19 maj 2022 i samband med årsmötet."),
    SourceBlock(
        BlockKind.PARAGRAPH,
        "Carina Åkerberg, strateg, Region Gävleborg, berättade om Strategi för omvandling. Se PPT-bilder",
        links=(PageLink("https://forening.example/bilder/carina.pptx", 82, 97),),
    ),
    SourceBlock(
        BlockKind.PARAGRAPH, "Lisa Virén, Region Örebro län: Smart specialisering. Moderator: Eva Ek."
    ),
)


def read(value: object, *places: tuple[int, str], certainty: float = 1.0) -> ReadField:  # type: ignore[type-arg]
    """Return a field that was read where a block has these words."""
    passages = []
    for block, words in places:
        start = BLOCKS[block].text.index(words)
        passages.append(Passage(block, start, start + len(words)))
    return ReadField(value, certainty, tuple(passages))


STRATEGY = ReadTalk(
    topic=read("Strategi för omvandling", (2, "Strategi för omvandling")),
    speakers=(
        ReadSpeaker(
            read("Carina Åkerberg", (2, "Carina Åkerberg")),
            read("strateg", (2, "strateg")),
            read("Region Gävleborg", (2, "Region Gävleborg")),
        ),
    ),
    regions=read(("Gävleborgs län",), (2, "Gävleborg"), certainty=0.7),
    decks=read(("https://forening.example/bilder/carina.pptx",), (2, "Se PPT-bilder")),
    films=read(("https://film.example/1",)),
)
SMART = ReadTalk(
    topic=read("Smart specialisering", (3, "Smart specialisering")),
    speakers=(
        ReadSpeaker(
            read("Lisa Virén", (3, "Lisa Virén"), certainty=0.6),
            organisation=read("Region Örebro län", (3, "Region Örebro län")),
        ),
    ),
    moderators=(ReadSpeaker(read("Eva Ek", (3, "Eva Ek"))),),
)
EVENT = ReadEvent(
    title=read("Smart industri", (0, "Smart industri")),
    kind=read("seminar"),
    starts_on=read("2022-05-19", (1, "19 maj 2022")),
    place=read("Falun", (1, "Falun")),
    occasion=read("årsmötet", (1, "årsmötet")),
    talks=(STRATEGY, SMART),
)
PAGE = SeminarPage(
    address=ADDRESS,
    title="Smart industri",
    blocks=BLOCKS,
    focus_areas=(ReadFocusArea(read("Bergslagens industri"), read(2021), read(2022)),),
    events=(EVENT,),
    reports=(
        ReadReport(
            read("Exportvärden"),
            read("Handelskammaren"),
            read("https://forening.example/rapporter/export.pdf"),
        ),
    ),
)


def page_with(event: ReadEvent = EVENT) -> SeminarPage:
    """Return the page with another event."""
    return replace(PAGE, events=(event,))

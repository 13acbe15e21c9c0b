"""Synthetic decks as an engine gets them: documents with their tokens, many-valued facets and dates.

A deck has 5 to 39 slides of 60 to 150 words. Two runs of words in five come from the deck's own stretch of
the texts, so that decks have topics; three words in a hundred are compounds of two others that no text holds.
The same seed makes the same decks.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from random import Random

from archive.analysis.analyzer import Token
from archive.index.documents import IndexDocument, IndexPage
from archive.index.schema import Facet, TextField
from bench.synthetic.corpus import RunningText

_STRETCH_WORDS = 900
_REGIONS = tuple(f"SE{number:03}" for number in range(1, 22))
_ORGANISATION_COUNT = 300
_SPEAKER_COUNT = 2_000
_EVENTS_A_YEAR = 14
_FIRST_YEAR, _LAST_YEAR = 2004, 2026


class DeckMaker:
    """Makes decks by their number: any deck can be made again without those before it."""

    def __init__(self, text: RunningText, seed: int = 7) -> None:
        self._text = text
        self._seed = seed

    def decks(self, page_count: int) -> Iterator[IndexDocument]:
        """Yield decks until they have `page_count` slides; the last one is cut to fit."""
        number = page_total = 0
        while page_total < page_count:
            deck = self.deck(number, page_count - page_total)
            page_total += len(deck.pages)
            number += 1
            yield deck

    def chunks(self, page_count: int, chunk_decks: int = 100) -> Iterator[list[IndexDocument]]:
        """Yield the same decks, some at a time."""
        chunk: list[IndexDocument] = []
        for deck in self.decks(page_count):
            chunk.append(deck)
            if len(chunk) == chunk_decks:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def deck(self, number: int, max_pages: int = 39, extra_word: str = "") -> IndexDocument:
        """Return a deck; `extra_word` begins its first slide."""
        random = Random(self._seed * 1_000_003 + number)
        home = random.randrange(len(self._text.row))
        year = _FIRST_YEAR + int((_LAST_YEAR - _FIRST_YEAR + 1) * random.random() ** 0.7)
        facets = _facets(random, year)
        topic = self._text.run(home, random.randint(3, 8))
        names = [*facets[Facet.SPEAKER], *facets[Facet.ORGANISATION], *facets[Facet.EVENT]]
        about = _tokens([*topic, *(name.replace("-", "") for name in names)])
        pages = []
        for page in range(1, min(random.randint(5, 39), max_pages) + 1):
            words = ([extra_word] if extra_word and page == 1 else []) + self._body(random, home)
            title = self._text.run(home + random.randrange(_STRETCH_WORDS), random.randint(2, 6))
            fields = {TextField.TITLE: _tokens(title), TextField.EXACT: _tokens(words)}
            pages.append(IndexPage(page, 0, {**fields, TextField.ABOUT: about}))
        date = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        named = " ".join(topic)
        # A digest of the record and one of the file, as the archive has them.
        digests = [sha256(f"{kind} {number}".encode()).hexdigest() for kind in ("talk", "deck")]
        orders = [f"{named}\x01{digest}" for digest in digests]
        return IndexDocument(f"deck{number:06}", f"talk{number:06}", pages, facets, date, named, *orders)

    def _body(self, random: Random, home: int) -> list[str]:
        wanted = random.randint(60, 150)
        words: list[str] = []
        while len(words) < wanted:
            near = random.random() < 0.4
            start = home + random.randrange(_STRETCH_WORDS) if near else random.randrange(len(self._text.row))
            run = self._text.run(start, random.randint(5, 15))
            if random.random() < 0.3:
                run[-1] = (run[0] + run[-1])[:60]
            words += run
        return words[:wanted]


def _tokens(words: Sequence[str]) -> tuple[Token, ...]:
    return tuple(Token(word, position, 0, 0) for position, word in enumerate(words))


def _facets(random: Random, year: int) -> dict[Facet, Sequence[str]]:
    speakers = [
        f"talare-{int(_SPEAKER_COUNT * random.random() ** 2)}" for _ in range(random.choice((1, 1, 2)))
    ]
    return {
        Facet.YEAR: [str(year)],
        Facet.REGION: [_REGIONS[int(len(_REGIONS) * random.random() ** 2)]],
        Facet.ORGANISATION: [f"org-{int(_ORGANISATION_COUNT * random.random() ** 3)}"],
        Facet.EVENT: [f"event-{year}-{random.randrange(_EVENTS_A_YEAR)}"],
        Facet.LANGUAGE: ["sv" if random.random() < 0.82 else "en"],
        Facet.KIND: ["deck" if random.random() < 0.7 else "report"],
        Facet.SPEAKER: list(dict.fromkeys(speakers)),
    }

"""Indexes made by chance: what is written, batch by batch.

Everything is drawn from a `random.Random`, so that a seed makes an index again and hypothesis, through its
own `randoms()`, can draw and shrink it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from random import Random

from archive.analysis.analyzer import Token
from archive.index.documents import Batch, IndexDocument, IndexPage
from archive.index.engine import SearchEngine
from archive.index.schema import Facet, TextField
from tests.index.index_documents import mark

_STEMS = ("skog", "energi", "region", "klimat", "gruv", "åker", "ö", "vind", "stål", "tåg", "äng", "en")
_ENDINGS = ("", "en", "ar", "s", "bruk", "näring", "plan")
WORDS = tuple(stem + ending for ending, stem in product(_ENDINGS, _STEMS))
"""Words with common beginnings; the first are the most frequent."""
_WORD_WEIGHTS = tuple(1 / (rank + 2) for rank in range(len(WORDS)))

# Whoosh keeps a field's length in one byte and rounds most lengths above ten; these it keeps as they are, so
# that an engine with whole lengths must give the same scores.
_EXACT_LENGTHS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 16, 17, 18, 20, 21, 23, 25, 26, 28, 30)

_FIELD_CHANCES = {
    TextField.TITLE: 0.6,
    TextField.TEXT: 0.9,
    TextField.EXACT: 0.9,
    TextField.ABOUT: 0.4,
    TextField.LEAD: 0.2,
    TextField.SPEAKER: 0.3,
    TextField.ORGANISATION: 0.2,
    TextField.REGION: 0.2,
    TextField.FOCUS_AREA: 0.2,
    TextField.EVENT: 0.2,
    TextField.NOTES: 0.2,
    TextField.NOTES_EXACT: 0.2,
}
FACET_VALUES = {
    Facet.YEAR: ("2019", "2020", "2021", "2022"),
    Facet.REGION: ("SE11", "SE12", "SE31", "Åre, 'Öst' | 7"),
    Facet.SPEAKER: tuple(f"talare {number}" for number in range(12)),
    Facet.ORGANISATION: ("Ö", "o", "O", "org"),
    Facet.LANGUAGE: ("sv", "en", "fi"),
    Facet.KIND: ("deck", "report"),
}
_MANY_VALUED = (Facet.REGION, Facet.SPEAKER, Facet.ORGANISATION)
_DATES = ("", "2019-05-01", "2020-12-01", "2021-01-31", "2021-01-31", "2022-04-05")
_TITLES = ("", "alfa", "beta", "beta", "delta", "\U0001f332")
_ORDERS = ("", "", "alfa", "alfa\x01b", "ö", "\U0001f332")
_RANKS = (0, 0, 0, 0, 1, 2)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is written, in order. `removes`: whether a later batch replaces or removes what an earlier wrote.

    `starts_with_rebuild`: the first batch comes by a rebuild and not by a write.
    """

    batches: tuple[tuple[IndexDocument, ...], ...]
    removes: bool
    starts_with_rebuild: bool

    @property
    def documents(self) -> tuple[str, ...]:
        """Return all identifiers that occur, also removed ones."""
        return tuple(sorted({one.id for batch in self.batches for one in batch}))

    def fill(self, engine: SearchEngine) -> None:
        """Write everything into an empty engine."""
        batches = list(enumerate(self.batches, start=1))
        if self.starts_with_rebuild and batches:
            with engine.rebuild() as rebuild:
                rebuild.write(self.batches[0])
                rebuild.publish(mark(1))
            batches = batches[1:]
        for seq, documents in batches:
            engine.write(Batch(documents, mark(seq)))


def make_plan(random: Random, document_count: int, batch_count: int, *, removes: bool) -> Plan:
    """Return an index of several batches; with `removes` half as many follow that replace and remove."""
    names = [f"d{number:03}" for number in range(document_count)]
    batches = [
        tuple(make_document(random, name) for name in names[nth::batch_count]) for nth in range(batch_count)
    ]
    if removes and names:
        batches += [_replacing(random, names) for _ in range(max(1, batch_count // 2))]
    return Plan(tuple(batches), removes, starts_with_rebuild=random.random() < 0.3)


def _replacing(random: Random, names: Sequence[str]) -> tuple[IndexDocument, ...]:
    chosen = random.sample(list(names), k=max(1, len(names) // 6))
    # The same identifier may come twice in a batch; the last document holds.
    chosen.append(chosen[0])
    return tuple(
        IndexDocument(name, name) if random.random() < 0.4 else make_document(random, name) for name in chosen
    )


def make_document(random: Random, name: str) -> IndexDocument:
    """Return a document of up to eight pages, in a group of its own or one of five common ones."""
    numbers = random.sample(range(1, 40), k=random.randint(1, 8))
    group = f"talk{random.randint(0, 4)}" if random.random() < 0.4 else name
    return IndexDocument(
        id=name,
        group=group,
        pages=tuple(_page(random, number) for number in numbers),
        facets=_facets(random),
        date=random.choice(_DATES),
        sort_title=random.choice(_TITLES),
        group_order=random.choice(_ORDERS),
        order=random.choice(_ORDERS),
    )


def _page(random: Random, number: int) -> IndexPage:
    terms = {
        field: make_tokens(random) if random.random() < 0.95 else ()
        for field, chance in _FIELD_CHANCES.items()
        if random.random() < chance
    }
    language = random.choice(("", "", "", "sv", "en"))
    return IndexPage(number, random.choice(_RANKS), terms, language)


def make_tokens(random: Random) -> tuple[Token, ...]:
    """Return tokens with gaps, with several at one position and with fractional boosts."""
    words = random.choices(WORDS, weights=_WORD_WEIGHTS, k=random.choice(_EXACT_LENGTHS))
    found: list[Token] = []
    position = random.choice((0, 0, 0, 7, 300))
    for word in words:
        stands_with_the_last = bool(found) and random.random() < 0.2
        if found and not stands_with_the_last:
            position += random.choice((1, 1, 1, 1, 2, 5))
        boost = random.choice((0.6, 0.5, 0.36)) if stands_with_the_last else random.choice((1.0, 1.0, 0.7))
        found.append(Token(word, position, position * 9, position * 9 + len(word), boost))
    return tuple(found)


def _facets(random: Random) -> dict[Facet, Sequence[str]]:
    found: dict[Facet, Sequence[str]] = {}
    for facet, values in FACET_VALUES.items():
        most = 3 if facet in _MANY_VALUED else 1
        # Values may be missing, and one value may be given twice.
        found[facet] = random.choices(values, k=random.choice((0, *range(1, most + 1), most)))
    return found

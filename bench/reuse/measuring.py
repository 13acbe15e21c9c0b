"""Puts slides into a catalogue, has them signed, and looks whether each changed slide finds its original."""

import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

from archive.catalogue import pages, records
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.database.database import Database
from archive.catalogue.reuse import greys
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Picture
from archive.model.visibility import Visibility
from archive.reuse.same_slide import copies
from archive.reuse.signature import sign
from bench.report import percentile
from bench.reuse.slides import Deck, Slide, changed
from bench.reuse.truth import Truth

_SLIDES_A_DECK: Final = 40
_ANY_SLIDE: Final = ("crop", "logo", "numbers", "order")

Place = tuple[str, int]
"""A document and the number of a slide in it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A slide and what somebody made of it."""

    original: Slide
    made: Slide
    change: str


@dataclass
class Figures:
    """What was found. `found` and `asked` by change; `wrong` are slides taken for the same that are not."""

    asked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: int = 0
    wrong: list[tuple[Slide, Slide]] = field(default_factory=list)
    missed: list[Pair] = field(default_factory=list)
    lookups_ms: list[float] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return which share of the changed slides found their originals."""
        return self.found.total() / max(1, self.asked.total())

    @property
    def precision(self) -> float:
        """Return which share of what was found is the same slide."""
        return self.right / max(1, self.right + len(self.wrong))


def pairs_of(decks: Sequence[Deck], count: int, seed: int) -> list[Pair]:
    """Return pairs of slides of these decks; all kinds of change have the same chance, where they are."""
    numbers = random.Random(seed)
    possible = [
        (deck, at, change)
        for deck in decks
        for at, slide in enumerate(deck.slides)
        if not slide.is_blank
        for change in {*_ANY_SLIDE, *deck.changed}
    ]
    chosen = numbers.sample(
        sorted(possible, key=lambda one: (one[0].name, *one[1:])), min(count, len(possible))
    )
    return [_pair(deck, at, change, numbers) for deck, at, change in chosen]


def _pair(deck: Deck, at: int, change: str, numbers: random.Random) -> Pair:
    original = deck.slides[at]
    made = deck.changed[change][at] if change in deck.changed else changed(original, change, numbers)
    return Pair(original, made, change)


def dealt_out(slides: Sequence[Slide]) -> list[Sequence[Slide]]:
    """Return slides as decks of some forty."""
    return [slides[start : start + _SLIDES_A_DECK] for start in range(0, len(slides), _SLIDES_A_DECK)]


def fill(
    database: Database, slides_of: Sequence[Sequence[Slide]], name: str
) -> tuple[dict[Place, Slide], float]:
    """Add decks and sign them; return where each slide is, and the CPU time of signing in seconds."""
    where: dict[Place, Slide] = {}
    spent_s = 0.0
    for nth, some in enumerate(slides_of):
        document_id, version_id = _add(database, some, f"{name}{nth}")
        began = time.process_time()
        sign(database, version_id)
        spent_s += time.process_time() - began
        where |= {(document_id, number): slide for number, slide in enumerate(some, 1)}
    return where, spent_s


def _add(database: Database, slides: Sequence[Slide], name: str) -> tuple[str, str]:
    with database.write() as session:
        original = Original(sha256(name.encode()).hexdigest(), 1, "")
        new = NewDocument(DocumentKind.DECK, name, f"bench:{name}", f"{name}.pptx", original)
        document = accept(session, new, "bench").document
        version_id = document.version.id
        read = tuple(replace(slide.page, number=number) for number, slide in enumerate(slides, 1))
        pages.save_extraction(session, version_id, Extraction(Outcome.OK, read), "sv", "")
        for number, slide in enumerate(slides, 1):
            digest = sha256(slide.picture).hexdigest()
            pages.save_picture(session, version_id, Picture(number, 960, 540, 320, 180, digest, digest))
            session.flush()
            greys.save(session, version_id, number, slide.grey)
    return document.id, version_id


def look_up(
    database: Database, where: dict[Place, Slide], pairs: Sequence[Pair], made_at: dict[Place, Slide]
) -> Figures:
    """Ask for the same slides as each made one. `where`: all slides that may be found."""
    figures, truth = Figures(), Truth()
    by_made = {id(pair.made): pair for pair in pairs}
    for place, slide in made_at.items():
        pair = by_made[id(slide)]
        found, spent_ms = _found(database, place)
        figures.lookups_ms.append(spent_ms)
        others = [where[one] for one in found if one in where]
        figures.asked[pair.change] += 1
        if any(truth.is_same(pair.original, other) for other in others):
            figures.found[pair.change] += 1
        else:
            figures.missed.append(pair)
        for other in others:
            if truth.is_same(pair.original, other):
                figures.right += 1
            else:
                figures.wrong.append((pair.made, other))
    return figures


def _found(database: Database, place: Place) -> tuple[list[Place], float]:
    with database.read() as session:
        record = records.record(session, place[0])
        began = time.process_time()
        found = copies(session, record, place[1], Visibility.STAFF).copies
        spent_ms = 1000 * (time.process_time() - began)
    return [(copy.document_id, copy.number) for copy in found], spent_ms


def lines(name: str, figures: Figures) -> Iterator[str]:
    """Yield what is printed of figures."""
    changes = sorted(figures.asked)
    by_change = ", ".join(f"{one} {figures.found[one]}/{figures.asked[one]}" for one in changes)
    yield (
        f"{name}: {figures.asked.total()} pairs, recall {figures.recall:.3f} ({by_change}), "
        f"precision {figures.precision:.3f} ({figures.right} right, {len(figures.wrong)} wrong)"
    )
    spent = figures.lookups_ms
    yield (
        f"{name}: CPU of a question {statistics.median(spent):.2f} ms in the median, "
        f"{percentile(spent, 95):.2f} ms for 95 % of them, {max(spent):.1f} ms at most"
    )

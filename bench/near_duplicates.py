"""How well and how fast decks with the same slides are found.

`python -m bench.near_duplicates CORPUS` reads the decks and PDFs below a folder and makes half of 300 pairs:
the same slides in another order, one in ten slides exchanged, or what a PDF of them would say. The others are
pairs of different decks, the likest that there are; those that a person found to be the same (a deck and the
PDF that its lecturer made of it) count with the first. Then it asks a catalogue of 5,000 decks. datasketch,
which does the same with other hash functions, stands beside.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pypdfium2
from datasketch import MinHash
from sqlalchemy import text

from archive.analysis.normalize import normalize
from archive.catalogue import documents, pages
from archive.catalogue.accept import NewDocument, accept
from archive.catalogue.database.database import Database
from archive.catalogue.reuse import duplicates
from archive.ingest.extractors.base import ReadLimits
from archive.ingest.extractors.pptx.reader import PptxExtractor
from archive.model.documents import DocumentKind, Original
from archive.model.extraction import Extraction, Outcome
from archive.model.pages import Block, BlockField, Page, Paragraph
from archive.review.minhash import common_shares, deck_shingles, slide_shingles
from archive.review.near_duplicates import Overlap, near_duplicates_of, overlap, sketch_of_pages

_PAIRS = 300
_DECKS = 5_000
_PAGES_MAX = 150
_SLIDES_MIN = 5
_LIMITS = ReadLimits(pages_max=_PAGES_MAX, page_text_max_chars=100_000)
_CANDIDATE_SHARE_MIN = 0.3

# Looked at by hand: a deck and its PDF, or two states of one deck.
_SAME_BY_HAND = (
    ("Repetera_med_while-satsen.pptx", "1-9-repetera-med-while-satsen.pdf"),
    ("inmatning-och-formaterad-utmatning.pdf", "Inmatning_och_formaterad_utmatning.pptx"),
    ("3.1_Kodexempel.pptx", "1dv402-s3-examples.pptx"),
    ("1.5_Rakna_med_C_.pptx", "1-5-rakna-med-csharp.pdf"),
    ("2.4_Tarningarna_ska_kastas.pptx", "2-4-tarningarna-ska-kastas.pdf"),
    ("1.11_Hantera_fel_vid_inmatning.pptx", "erial_1-11-hantera-fel-vid-inmatning.pdf"),
    ("45541_Footer.pptx", "45545_Comment.pptx"),
    ("1-10-summera-med-while-satsen.pdf", "1.10_Summera_med_while-satsen.pptx"),
    ("1-4-variabler.pdf", "1.4_Variabler.pptx"),
    ("forsta-program-med-visual-studio.pdf", "forsta_program_med_Visual_Studio.pptx"),
    ("2-2-klasser-och-objekt-i-csharp.pdf", "2.2_Klasser_och_objekt_i_C_.pptx"),
    ("introduction_zoom.pptx", "introduction_onsite.pptx"),
)

_COPIED = {
    "document": ("id",),
    "version": ("id", "document_id"),
    "page": ("version_id",),
    "sketch": ("version_id",),
}
"""Tables that are copied, with the columns that become other identifiers."""

Deck = tuple[str, tuple[Page, ...]]
Pair = tuple[str, tuple[Page, ...], tuple[Page, ...]]


def main(folder: Path) -> None:
    """Print precision and recall on the pairs, and the time of a question about each deck."""
    numbers = random.Random(15)
    decks = [deck for deck in _decks(folder) if sum(map(bool, map(slide_shingles, deck[1]))) >= _SLIDES_MIN]
    print(f"decks with {_SLIDES_MIN} slides or more to compare: {len(decks)}")
    same = [_changed(decks, at, numbers) for at in range(_PAIRS // 2)]
    likest = _likest(decks)[: _PAIRS - len(same)]
    same += [pair for pair in likest if _is_same_by_hand(pair[0])]
    others = [pair for pair in likest if not _is_same_by_hand(pair[0])]
    missed = [name for name, one, other in same if not _is_found(one, other)]
    wrong = [name for name, one, other in others if _is_found(one, other)]
    for name in missed:
        print(f"  missed: {name}")
    for name in wrong:
        print(f"  taken for the same: {name}")
    right = len(same) - len(missed)
    print(f"pairs: {len(same)} of the same deck, {len(others)} of different ones")
    print(f"precision {right / (right + len(wrong)):.3f}, recall {right / len(same):.3f}")
    errors = [abs(_share(one, other) - _by_datasketch(one, other)) for _, one, other in same[::5]]
    print(f"estimated shares differ from those of datasketch by {statistics.mean(errors):.3f} in the mean")
    _timed(decks)


def _decks(folder: Path) -> Iterator[Deck]:
    seen: set[str] = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".pdf", ".pptx"):
            continue
        digest = sha256(path.read_bytes()).hexdigest()
        if digest not in seen:
            seen.add(digest)
            yield f"{path.parent.name}/{path.name[-40:]}", tuple(_read(path))


def _read(path: Path) -> Iterator[Page]:
    if path.suffix.lower() == ".pptx":
        with path.open("rb") as file:
            yield from (
                record for record in PptxExtractor().extract(file, _LIMITS) if isinstance(record, Page)
            )
        return
    try:
        with pypdfium2.PdfDocument(path) as document:
            for at in range(min(len(document), _PAGES_MAX)):
                words = normalize(document[at].get_textpage().get_text_range())
                yield Page(at + 1, (Block(BlockField.BODY, tuple(map(Paragraph, words.splitlines()))),))
    except pypdfium2.PdfiumError:
        return


def _is_same_by_hand(names: str) -> bool:
    return any(all(name in names for name in pair) for pair in _SAME_BY_HAND)


def _changed(decks: Sequence[Deck], at: int, numbers: random.Random) -> Pair:
    name, slides = decks[at % len(decks)]
    kind = ("reordered", "exchanged", "pdf")[at % 3]
    made = list(slides)
    if kind == "reordered":
        numbers.shuffle(made)
    elif kind == "exchanged":
        strange = decks[(at + 7) % len(decks)][1]
        for place in numbers.sample(range(len(made)), max(1, round(len(made) / 10))):
            made[place] = strange[place % len(strange)]
    else:
        made = [_as_pdf(page, numbers) for page in made]
    return f"{kind} {name}", slides, tuple(replace(page, number=n) for n, page in enumerate(made, 1))


def _as_pdf(page: Page, numbers: random.Random) -> Page:
    """Return what a PDF of a slide says: boxes in another order, lines broken, words joined or parted."""
    own = [block for block in page.blocks if block.field not in (BlockField.NOTES, BlockField.ALT_TEXT)]
    numbers.shuffle(own)
    words = " ".join(block.text for block in own).split()
    said: list[str] = []
    for word in words:
        if said and numbers.random() < 0.015:
            said[-1] += word
        elif len(word) > 9 and numbers.random() < 0.03:
            said += [word[:5] + "-", word[5:]]
        else:
            said.append(word)
    lines = [" ".join(said[start : start + 8]) for start in range(0, len(said), 8)]
    lines += ["Föreningens årsmöte", str(page.number)]
    return Page(page.number, (Block(BlockField.BODY, tuple(map(Paragraph, lines))),))


def _likest(decks: Sequence[Deck]) -> list[Pair]:
    """Return pairs of different decks, those with the most shingles in common first."""
    made = [sketch_of_pages(slides) for _, slides in decks]
    pairs: list[tuple[float, int, int]] = []
    for at, sketch in enumerate(made):
        shares = common_shares(sketch, made[at + 1 :])
        pairs += [(-float(share), at, at + 1 + other) for other, share in enumerate(shares)]
    return [(f"{decks[a][0]} | {decks[b][0]}", decks[a][1], decks[b][1]) for _, a, b in sorted(pairs)]


def _share(one: tuple[Page, ...], other: tuple[Page, ...]) -> float:
    return float(common_shares(sketch_of_pages(one), [sketch_of_pages(other)])[0])


def _overlap(one: tuple[Page, ...], other: tuple[Page, ...]) -> Overlap:
    slides = [{page.number: made for page in deck if (made := slide_shingles(page))} for deck in (one, other)]
    return overlap(slides[0], slides[1])


def _is_found(one: tuple[Page, ...], other: tuple[Page, ...]) -> bool:
    return _share(one, other) >= _CANDIDATE_SHARE_MIN and _overlap(one, other).is_near


def _by_datasketch(one: tuple[Page, ...], other: tuple[Page, ...]) -> float:
    sets = [deck_shingles(map(slide_shingles, deck)) for deck in (one, other)]
    made = [MinHash(num_perm=128) for _ in sets]
    for minhash, shingles in zip(made, sets, strict=True):
        minhash.update_batch(value.to_bytes(8, "big") for value in shingles)
    resemblance = made[0].jaccard(made[1])
    smaller = min(map(len, sets))
    return resemblance / (1 + resemblance) * sum(map(len, sets)) / smaller if smaller else 0.0


def _timed(decks: Sequence[Deck]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{Path(folder) / 'catalogue.db'}")
        try:
            _fill(database, decks)
            times = []
            with database.read() as session:
                for _, asked in decks:
                    started = time.process_time()
                    found = near_duplicates_of(session, asked)
                    times.append((time.process_time() - started) * 1000)
                    assert found or not any(map(slide_shingles, asked))
            print(
                f"CPU at {_DECKS:,} decks: median {statistics.median(times):.0f} ms, most {max(times):.0f} ms"
            )
        finally:
            database.close()


def _fill(database: Database, decks: Sequence[Deck]) -> None:
    """Take the decks in, then copy their rows until there are 5,000."""
    with database.write() as session:
        for at, (_, slides) in enumerate(decks):
            name = f"{at}.pptx"
            original = Original(sha256(name.encode()).hexdigest(), 1, "")
            new = NewDocument(DocumentKind.DECK, name, f"/in/{name}", name, original)
            document_id = accept(session, new, "bench").document.id
            version_id = documents.versions(session, document_id)[0].id
            read = tuple(replace(page, number=number) for number, page in enumerate(slides, 1))
            pages.save_extraction(session, version_id, Extraction(Outcome.OK, read), "", "")
            duplicates.save(session, version_id, sketch_of_pages(read))
        session.flush()
        for copy in range(_DECKS // len(decks)):
            for table, keys in _COPIED.items():
                columns = [row[1] for row in session.execute(text(f"PRAGMA table_info({table})"))]
                values = (f"{column} || '-{copy}'" if column in keys else column for column in columns)
                kept = f"SELECT {', '.join(values)} FROM {table} WHERE {keys[0]} NOT LIKE '%-%'"
                session.execute(text(f"INSERT INTO {table} {kept}"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

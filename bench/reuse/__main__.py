"""How well and how fast the same slide is found in other decks.

`python -m bench.reuse CORPUS [--work FOLDER] [--pairs N] [--others N] [--half tune|report]` makes pairs of
real slides: each as it is, and as its author changes it (another font, other numbers, bullets in another
order, all drawn anew by LibreOffice; PDF instead of .pptx; cropped; with a logo). It puts the originals among
others into a catalogue, the changed ones too, and asks for each changed one where else it is. Thresholds were
chosen on `--half tune` of the decks; `--half report` (the default) has not been looked at for that.
`--test-files` makes pairs of files that other projects test their readers with, too; these are among the
others in any case. `--work` keeps what LibreOffice makes. With `BENCH_SHOW` set, what was missed or wrong is
named. Ends with 1 where recall is below .95 or precision below .98.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from archive.catalogue.database.database import Database
from bench.reuse.measuring import dealt_out, fill, lines, look_up, pairs_of
from bench.reuse.others import made_slide
from bench.reuse.slides import Deck, decks
from bench.synthetic.corpus import load_text

_RECALL_MIN, _PRECISION_MIN = 0.95, 0.98
_TEST_FILES: Final = (
    *("pdfjs", "pdfminer", "pypdf-samples", "format-corpus"),
    *("python-pptx", "poi", "tika", "docling", "markitdown"),
)
"""Folders of files that test readers of files: nobody's slides, with the same filler in many of them."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.reuse", description=__doc__)
    parser.add_argument("corpus", type=Path, help="a folder with decks and PDF files")
    parser.add_argument("--work", type=Path, help="where what LibreOffice makes is kept")
    parser.add_argument("--pairs", type=int, default=2_000)
    parser.add_argument("--others", type=int, default=20_000)
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--test-files", action="store_true", help="of other projects' test files, too")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        known = list(decks(options.corpus, options.work or Path(folder) / "work"))
        database = Database.open(f"sqlite:///{folder}/catalogue.db")
        try:
            return _measure(database, known, options, Path(folder) / "catalogue.db")
        finally:
            database.close()


def _measure(database: Database, known: Sequence[Deck], options: argparse.Namespace, file: Path) -> int:
    left_out = () if options.test_files else _TEST_FILES
    wanted = [deck for deck in known if deck.name.split("/")[0] not in left_out]
    pairs = pairs_of([deck for deck in wanted if _half(deck) == options.half], options.pairs, 19)
    text = load_text()
    real = [[slide for slide in deck.slides if not slide.is_blank] for deck in known]
    real_count = sum(map(len, real))
    made = [made_slide(text, number) for number in range(options.others - real_count)]
    print(
        f"{len(pairs)} pairs; {real_count + len(made)} slides, {real_count} of them of the corpus", flush=True
    )
    where, spent_s = fill(database, [*filter(None, real), *dealt_out(made)], "other")
    size_kb = file.stat().st_size / 1000
    print(
        f"signing: CPU {1000 * spent_s / len(where):.2f} ms a slide; catalogue {size_kb / len(where):.2f} KB"
    )
    made_at, _ = fill(database, dealt_out([pair.made for pair in pairs]), "made")
    figures = look_up(database, where, pairs, made_at)
    for line in lines(options.half, figures):
        print(line)
    if "BENCH_SHOW" in os.environ:
        for pair in figures.missed[:40]:
            print(f"  missed: {pair.change} {pair.original.deck} {pair.original.page.number}")
        for one, other in figures.wrong[:40]:
            print(f"  wrong: {one.deck} {one.page.number} | {other.deck} {other.page.number}")
    return 0 if figures.recall >= _RECALL_MIN and figures.precision >= _PRECISION_MIN else 1


def _half(deck: Deck) -> str:
    return "report" if sha256(deck.name.encode()).digest()[-1] % 2 else "tune"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

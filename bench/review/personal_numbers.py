"""How many numbers in slides are wrongly taken for personal identity numbers.

`python -m bench.review.personal_numbers CORPUS` reads the text of all PDFs and decks below a folder, page by
page, and then 10,000 slides of figures made by chance: telephone, order, organisation and bank numbers,
dates, points in time and amounts. Every number found in them is a false one, but for those you recognise.
"""

import random
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdfium2

from archive.analysis.normalize import normalize
from archive.review.personal_details import personal_numbers

_SLIDES = 10_000
_FIGURES_A_SLIDE = 8
_SLIDE_NAME = re.compile(r"ppt/(?:slides|notesSlides)/\w+\.xml")
_PARAGRAPH, _RUN = re.compile(r"<a:p[ >].*?</a:p>", re.DOTALL), re.compile(r"<a:t>([^<]*)</a:t>")


def main(folder: Path) -> None:
    """Print what is found in the corpus and in slides of figures."""
    _told("pages of the corpus", _pages(folder))
    _told("slides of figures", _made(random.Random(15)))


def _told(name: str, pages: Iterator[tuple[str, str]]) -> None:
    count = found = 0
    for where, text in pages:
        count += 1
        for number in personal_numbers(normalize(text)):
            found += 1
            around = text[max(0, number.start - 20) : number.end + 20]
            print(f"  {where}: {' '.join(around.split())}")
    print(f"{name}: {count:,}, numbers found: {found}")


def _pages(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        try:
            if path.suffix.lower() == ".pdf":
                yield from _of_pdf(path)
            elif path.suffix.lower() in (".pptx", ".potx", ".ppsx"):
                yield from _of_deck(path)
        except (pypdfium2.PdfiumError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
            continue  # damaged on purpose


def _of_pdf(path: Path) -> Iterator[tuple[str, str]]:
    with pypdfium2.PdfDocument(path) as document:
        for at in range(min(len(document), 400)):
            yield f"{path.name} {at + 1}", document[at].get_textpage().get_text_range()


def _of_deck(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if _SLIDE_NAME.fullmatch(name):
                xml = package.read(name).decode("utf-8", "replace")
                yield (
                    f"{path.name} {name}",
                    "\n".join("".join(_RUN.findall(p)) for p in _PARAGRAPH.findall(xml)),
                )


def _made(numbers: random.Random) -> Iterator[tuple[str, str]]:
    for at in range(_SLIDES):
        yield f"made {at}", "\n".join(_figure(numbers) for _ in range(_FIGURES_A_SLIDE))


def _figure(numbers: random.Random) -> str:
    def digits(count: int) -> str:
        return "".join(numbers.choices("0123456789", k=count))

    day = date(1990, 1, 1) + timedelta(days=numbers.randrange(13_000))
    clock = f"{numbers.randrange(24):02}{numbers.randrange(60):02}"
    made = (
        f"Omsättning {numbers.randrange(10**9):,} kr".replace(",", " "),
        f"Tel 0{digits(1)}-{digits(3)} {digits(2)} {digits(2)}",
        f"07{numbers.choice('02369')}{digits(7)}",
        f"Org.nr {numbers.choice('5729')}{digits(1)}{numbers.randrange(2, 10)}{digits(3)}-{digits(4)}",
        f"Ordernummer {digits(10)}",
        f"Dnr {day:%Y}/{digits(5)}",
        f"bankgiro {digits(4)}-{digits(4)}",
        f"{day:%Y-%m-%d} {clock[:2]}:{clock[2:]}",
        f"2021{day:%m%d}-{clock}",
        f"{day:%Y%m%d}",
        f"{day:%Y}-{day.year + 3}",
        f"ISBN 978-91-{digits(3)}-{digits(4)}-{digits(1)}",
        f"{digits(6)} {digits(3)}",
        f"https://a.se/?id={digits(10)}",
        f"{numbers.randrange(10**6):,} {numbers.randrange(10**6):,}".replace(",", " "),
        f"0,{digits(10)}",
        f"{numbers.randrange(10**4)} {numbers.randrange(10**4)} {numbers.randrange(10**4)}",
        f"SE{digits(10)}01",
        f"EAN {digits(13)}",
        f"{digits(4)} {digits(4)} {digits(4)} {digits(4)}",
        f"#{digits(12)}",
        f"ORCID 0000-000{digits(1)}-{digits(4)}-{digits(4)}",
    )
    return numbers.choice(made)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

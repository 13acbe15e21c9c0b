"""Measures the pages that show a slide with 18,000 words: `python -m bench.bounds`. Printed is CPU time.

Every second word answers the question, no two of the others are alike: plain words, and words that cost more
to read, with hyphens, addresses or accented letters. Of each shape there is one slide, then a page of results
with ten talks of three.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from archive.app import Archive
from archive.catalogue import pages, records
from archive.model.pages import Picture, WordBox
from archive.web.factory import create_app
from tests.filled_archive import add, opened, slide

_LINES = 9000
_ROUNDS = 3
_TALKS, _SLIDES = 10, 3
SHAPES = {
    "words": "region{} kommun",
    "hyphens": "region-{}-kommun kommun",
    "addresses": "https://www.region{}.example.org/kommun kommun",
    "accents": "régiôn{} kommun",
}


def main() -> int:
    """Fill an archive with one slide of each shape, ask for each of its pages, print."""
    for name, line in SHAPES.items():
        print(f"{name}:")
        _measure(line)
    return 0


def _measure(line: str) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as archive:
        document_id = _filled(archive, line, 0, 1)
        _ask(archive, ("/", "/api/search", f"/d/{document_id}", f"/d/{document_id}/1"))
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as archive:
        for talk in range(_TALKS):
            _filled(archive, line, talk, _SLIDES)
        print(f"{_TALKS} talks of {_SLIDES} slides:")
        _ask(archive, ("/", "/api/search"))


def _ask(archive: Archive, addresses: Sequence[str]) -> None:
    client = create_app(archive).test_client()
    for address in addresses:
        cpu_ms = []
        for _ in range(_ROUNDS):
            began = time.process_time()
            answer = client.get(f"{address}?q=region+kommun")
            cpu_ms.append((time.process_time() - began) * 1000)
            assert answer.status_code == 200
        print(f"{min(cpu_ms):6.0f} ms  {len(answer.data):8} bytes  {address}?q=region+kommun")


def _filled(archive: Archive, line: str, talk: int, slide_count: int) -> str:
    lines = [line.format(number) for number in range(_LINES)]
    slides = [slide(f"Stor {talk} {number}", *lines) for number in range(slide_count)]
    document_id = add(archive, f"Stor {talk}", *slides)
    words = tuple(
        WordBox(word, number % 100 / 100, number // 100 / 200, 0.008, 0.004)
        for number, word in enumerate(" ".join(lines).split())
    )
    with archive.database.write() as session:
        version_id = records.record(session, document_id).document.version.id
        for number in range(1, slide_count + 1):
            picture = Picture(number, 960, 540, 1280, 720, "0" * 64, "0" * 64, words)
            pages.save_picture(session, version_id, picture)
    archive.indexer.catch_up()
    return document_id


if __name__ == "__main__":
    sys.exit(main())

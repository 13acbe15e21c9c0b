"""What it costs a slide's page to tell where else the slide is, in CPU time inside the server.

`python -m bench.reuse.slide_pages [--pages N] [--data FOLDER]` makes an archive of N synthetic slides with
pictures, some of them in two or in five other talks, too, and asks for the pages of those and of others with
and without the section, in turn. Then it asks where else each of some slides is, without any page.
`--data` keeps the archive, and uses one that exists.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from flask.testing import FlaskClient
from sqlalchemy import select

from archive.app import Archive, open_archive
from archive.catalogue import pages, records
from archive.catalogue.tables.documents import DocumentRow, PageRow, VersionRow
from archive.index.documents import IndexDocument, IndexPage
from archive.index.schema import TextField
from archive.model.pages import Picture
from archive.model.visibility import Visibility
from archive.reuse import signature
from archive.reuse.same_slide import NONE, copies
from archive.settings.settings import load_settings
from archive.web.factory import create_app
from archive.web.views import documents
from bench.report import percentile
from bench.synthetic.catalogue import add_decks, fill_catalogue
from bench.synthetic.corpus import load_text
from bench.synthetic.decks import DeckMaker

_SOURCES: Final = 20
_USED_AGAIN: Final = 5
_TALKS: Final = (0, 2, 5)
"""In so many other talks is a slide: those of the first decks in none, those of the next in two …"""
_ROUNDS: Final = 4
_VERSIONS_AT_ONCE: Final = 50
_COMMAND: Final = [sys.executable, "-m", "archive.cli.main"]


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.reuse.slide_pages", description=__doc__)
    parser.add_argument("--pages", type=int, default=3_000, help="how many slides (default 3000)")
    parser.add_argument("--data", type=Path, help="keep the archive here, and use one that is there")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        data = options.data or Path(temporary) / "data"
        maker = DeckMaker(load_text(), 7)
        if not data.exists():
            _fill(data, maker, options.pages)
        with open_archive(load_settings(data)) as archive:
            while waiting := signature.waiting(archive.database, _VERSIONS_AT_ONCE):
                for version_id in waiting:
                    signature.sign(archive.database, version_id)
            _measure(archive)
            _ask(archive)
    return 0


def _fill(data: Path, maker: DeckMaker, page_count: int) -> None:
    with open_archive(load_settings(data)) as archive:
        fill_catalogue(archive, maker, page_count)
        add_decks(archive, _using_again(maker))
        with archive.database.write() as session:
            for version_id, number in session.execute(select(PageRow.version_id, PageRow.number)).all():
                picture = Picture(number, 960, 540, 1280, 720, "a" * 64, "b" * 64)
                pages.save_picture(session, version_id, picture)
    subprocess.run([*_COMMAND, "--data", str(data), "rebuild", "--quiet"], check=True)


def _using_again(maker: DeckMaker) -> Iterator[IndexDocument]:
    """Yield decks that begin with slides of others, each with a word more."""
    number = 1_000_000 // _SOURCES
    for kind, talks in enumerate(_TALKS):
        for source in (maker.deck(kind * _SOURCES + nth) for nth in range(_SOURCES)):
            for _ in range(talks):
                number += 1
                deck = maker.deck(number)
                taken = [_changed(page) for page in source.pages[:_USED_AGAIN]]
                yield replace(deck, pages=[*taken, *deck.pages[_USED_AGAIN:]])


def _changed(page: IndexPage) -> IndexPage:
    words = page.terms[TextField.EXACT]
    return replace(page, terms={**page.terms, TextField.EXACT: [*words, words[0]]})


def _measure(archive: Archive) -> None:
    client = create_app(archive).test_client()
    for kind, talks in enumerate(_TALKS):
        addresses = _addresses(archive, kind)
        for address in addresses:
            client.get(address)
        spent_ms: dict[bool, list[float]] = {True: [], False: []}
        for nth in range(_ROUNDS):
            for address in addresses:
                for has_it in (True, False) if nth % 2 else (False, True):
                    spent_ms[has_it].append(_asked_ms(client, address, has_it, talks))
        with_ms, without_ms = (statistics.median(spent_ms[has_it]) for has_it in (True, False))
        print(
            f"in {talks} other talks: {len(addresses)} slides, page {without_ms:.2f} ms without, "
            f"{with_ms:.2f} ms with (p95 {percentile(spent_ms[True], 95):.2f}), "
            f"{100 * (with_ms / without_ms - 1):+.1f} %"
        )


def _ask(archive: Archive) -> None:
    """Print how long the question itself takes: where else is a slide?"""
    for kind, talks in enumerate(_TALKS):
        spent_ms = []
        for document_id, number in _slides(archive, kind):
            with archive.database.read() as session:
                record = records.record(session, document_id)
                began = time.process_time_ns()
                found = copies(session, record, number, Visibility.PUBLIC)
                spent_ms.append((time.process_time_ns() - began) / 1e6)
            if len(found.copies) != talks:
                raise RuntimeError(f"{document_id}/{number}: in {len(found.copies)} other talks")
        print(
            f"a slide in {talks} other talks: the question takes {statistics.median(spent_ms):.2f} ms CPU, "
            f"{percentile(spent_ms, 95):.2f} ms for 95 % of them"
        )


def _addresses(archive: Archive, kind: int) -> list[str]:
    return [f"/d/{document_id}/{number}" for document_id, number in _slides(archive, kind)]


def _slides(archive: Archive, kind: int) -> list[tuple[str, int]]:
    sources = [f"bench:deck{kind * _SOURCES + nth:06}" for nth in range(_SOURCES)]
    with archive.database.read() as session:
        rows = session.execute(
            select(DocumentRow.id, PageRow.number)
            .join(VersionRow, VersionRow.document_id == DocumentRow.id)
            .join(PageRow, PageRow.version_id == VersionRow.id)
            .where(DocumentRow.source.in_(sources), PageRow.number <= _USED_AGAIN)
        )
        return [(document_id, number) for document_id, number in rows]


def _asked_ms(client: FlaskClient, address: str, has_it: bool, talks: int) -> float:
    whole: Any = getattr(documents, "slide_copies")  # noqa: B009
    if not has_it:
        setattr(documents, "slide_copies", lambda *_: (None, NONE))  # noqa: B010
    try:
        began = time.process_time_ns()
        answer = client.get(address)
        spent_ms = (time.process_time_ns() - began) / 1e6
    finally:
        setattr(documents, "slide_copies", whole)  # noqa: B010
    shown = answer.get_data(as_text=True).count('class="same-slide"')
    if answer.status_code != 200 or shown != (talks if has_it else 0):
        raise RuntimeError(f"{address}: {answer.status_code}, {shown} slides")
    return spent_ms


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

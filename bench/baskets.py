"""Times what is made of a full basket: 40 slides of 12 decks as one PDF and as a deck, and a deck cut down.

`python -m bench.baskets [--data FOLDER] [--json]` takes in twelve decks, made of those of the sample seminar,
with everything that a file goes through (LibreOffice draws them), and asks for the files over the web
application, as a visitor does. `--data FOLDER` keeps the archive, and uses one that exists. `--floor-s S`
ends with 1 where one of the files takes longer.
"""

import argparse
import io
import json
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pptx import Presentation

from archive.app import Archive, open_archive
from archive.baskets.refs import SLIDES_MAX
from archive.catalogue import pages, records
from archive.ingest.progress import Silent
from archive.model.visibility import Visibility
from archive.settings.settings import Settings
from archive.web.factory import create_app
from bench.meter import Meter, peak_mib
from bench.report import Row, print_table, value_row
from samples.build import DECKS, FOLDER

_DECKS = 12
_MEGABYTE = 1_000_000


def make_decks(folder: Path) -> list[Path]:
    """Write twelve decks that are alike but not the same."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(_DECKS):
        name = list(DECKS)[number % len(DECKS)]
        presentation = Presentation(str(FOLDER / name))
        presentation.slides[0].shapes.title.text = f"Presentation {number + 1}"
        path = folder / f"{number + 1:02}-{name}"
        presentation.save(str(path))
        made.append(path)
    return made


@contextmanager
def filled(data: Path) -> Iterator[Archive]:
    """Open an archive with the decks in it."""
    with open_archive(Settings(data=data)) as archive:
        with archive.database.read() as session:
            is_filled = len(records.latest_ids(session, Visibility.PUBLIC.rank, _DECKS)) == _DECKS
        if not is_filled:
            with tempfile.TemporaryDirectory() as folder:
                archive.ingest(make_decks(Path(folder)), Silent(), "bench")
        yield archive


def chosen(archive: Archive) -> list[str]:
    """Return forty slides of the twelve decks, as addresses name them, from all decks in turn."""
    with archive.database.read() as session:
        found = records.records(session, records.latest_ids(session, Visibility.PUBLIC.rank, _DECKS))
        numbers = {
            record.document.id: pages.numbers(session, record.document.version.id, Visibility.PUBLIC)
            for record in found.values()
        }
    turns = max(len(some) for some in numbers.values())
    slides = [
        f"{key}.v1.{some[at]}" for at in range(turns) for key, some in numbers.items() if at < len(some)
    ]
    return slides[:SLIDES_MAX]


def measured(archive: Archive) -> list[Row]:
    """Return the rows of the report."""
    client = create_app(archive).test_client()
    slides = chosen(archive)
    of_one = [slide for slide in slides if slide.partition(".")[0] == slides[0].partition(".")[0]]
    asked = {
        f"PDF, {len(slides)} slides": f"/basket/slides.pdf?s={','.join(slides)}",
        f"deck of pictures, {len(slides)} slides": f"/basket/slides.pptx?s={','.join(slides)}",
        f"deck cut down to {len(of_one)} slides": f"/basket/slides.pptx?s={','.join(of_one)}",
        f"page, {len(slides)} slides": f"/basket?s={','.join(slides)}",
    }
    rows: list[Row] = []
    for work, address in asked.items():
        with Meter() as meter:
            answer = client.get(address)
            data = answer.get_data()
        if answer.status_code != 200:
            sys.exit(f"{work}: {answer.status}")
        rows.append(value_row(work, "measured", meter.wall_s, "s"))
        rows.append(value_row(f"{work}: processor", "measured", meter.cpu_s, "CPU s"))
        rows.append(value_row(f"{work}: size", "measured", len(data) / _MEGABYTE, "MB"))
        if "cut down" in work:
            assert len(Presentation(io.BytesIO(data)).slides) == len(of_one)
    rows.append(value_row("memory, largest child", "measured", peak_mib(resource.RUSAGE_CHILDREN), "MiB"))
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--floor-s", type=float, default=0.0)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, filled(given.data or Path(folder) / "data") as archive:
        rows = measured(archive)
    if given.json:
        print(json.dumps(rows))
    else:
        print_table(rows)
    seconds = [float(row["value"]) for row in rows if row["unit"] == "s"]
    if given.floor_s and max(seconds) > given.floor_s:
        sys.exit(1)


if __name__ == "__main__":
    main()

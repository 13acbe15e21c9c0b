"""Walk a whole generation and notice every missing, truncated or changed file."""

from collections.abc import Sequence
from pathlib import Path

from whoosh.codec.whoosh3 import W3Codec

from archive.index.whoosh.directory.errors import FilesVanished, damaged
from archive.index.whoosh.directory.storage import is_intact
from archive.index.whoosh.directory.toc import latest_toc, stored_segments
from archive.index.whoosh_stock.schema import make_schema
from archive.index.whoosh_stock.segments import NO_UNIT
from archive.index.whoosh_stock.snapshot import Leaf, open_snapshot


def check_generation(folder: Path) -> None:
    """Check digests first, then read every page's columns and every posting list to its end.

    Raises FilesVanished where a writer replaces files meanwhile, IndexUnusable or what Whoosh throws
    (`index_failures` translates it) where the generation is damaged.
    """
    toc = latest_toc(folder)
    for stored in stored_segments(folder, toc, make_schema(), W3Codec):
        try:
            if not is_intact(folder / stored.make_filename(stored.COMPOUND_EXT)):
                raise damaged("a segment is damaged")
        except FileNotFoundError as error:
            raise FilesVanished from error
    snapshot = open_snapshot(folder, toc)
    try:
        with snapshot.leaves() as leaves:
            _walk(leaves)
    finally:
        snapshot.retire(None)


def _walk(leaves: Sequence[Leaf]) -> None:
    for leaf in leaves:
        segment = leaf.view.segment
        for page, unit in enumerate(segment.unit_of):
            if unit != NO_UNIT and segment.numbers[page] < 0:
                raise damaged("a page has no number")
        for field, term in leaf.reader.all_terms():
            pages = list(leaf.reader.postings(field, term).all_ids())
            if not pages or pages[-1] >= segment.page_count:
                raise damaged("a list of postings is damaged")

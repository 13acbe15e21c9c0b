"""Walk a whole generation and notice every missing, truncated or changed file."""

from pathlib import Path

import numpy as np

from archive.index.whoosh.directory.errors import damaged
from archive.index.whoosh.directory.generations import latest_toc
from archive.index.whoosh.searcher.snapshot import open_snapshot
from archive.index.whoosh.segment.segment import Segment


def check_generation(folder: Path) -> None:
    """Check every array's CRC, then that arrays that belong together fit.

    Raises FilesVanished where a writer replaces files meanwhile, IndexUnusable where the generation is
    damaged.
    """
    for view in open_snapshot(folder, latest_toc(folder)).views:
        view.segment.file.verify()
        _check_fit(view.segment)


def _check_fit(segment: Segment) -> None:
    units = segment.units
    if not units.page_unit.size == units.page_number.size == units.page_rank.size == segment.page_count:
        raise damaged("the columns of pages differ in length")
    if units.page_unit.max(initial=0) > units.count:
        raise damaged("a page has no document")
    for field in segment.fields.values():
        total = int(field.starts[-1])
        if (
            field.pages.size != total
            or field.weights.size != total
            or len(field.terms) + 1 != field.starts.size
        ):
            raise damaged("a list of postings is damaged")
        if np.any(np.diff(field.starts.astype(np.int64)) <= 0) or field.pages.max() >= segment.page_count:
            raise damaged("a list of postings is damaged")

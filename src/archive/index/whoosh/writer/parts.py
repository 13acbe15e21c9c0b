"""Segments made apart from the index, in a folder of their own, and adopted by its one writer.

A part is a small index of the same kind: its table of contents says which segments it has. Until the writer's
own table of contents lists them, nothing of a part is in any index.
"""

from pathlib import Path
from typing import Any

from archive.index.whoosh.directory.storage import DurableStorage
from archive.index.whoosh.directory.toc import latest_toc, stored_segments


def adopt_part(part: Path, storage: DurableStorage, schema: Any, codec: type) -> list[Any]:
    """Move a part's files into a writer's storage and return its segments, as Whoosh keeps them.

    The files go with the writer's commit, or are removed with it where it comes to nothing. Raises
    FilesVanished and IndexUnusable where the part is not whole.
    """
    stored = stored_segments(part, latest_toc(part), schema, codec)
    for segment in stored:
        for path in sorted(part.glob(f"{segment.segment_id()}.*")):
            storage.take_in(path)
    return stored

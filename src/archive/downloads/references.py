"""Hits as references for programs that keep them: each page is one, in the version that was found."""

from collections.abc import Callable, Iterable, Iterator

from archive.citations.item import CitedItem

_PIECE_CHARS = 64 * 1024


def references(
    write: Callable[[Iterable[CitedItem]], Iterator[str]], items: Iterator[CitedItem]
) -> Iterator[bytes]:
    """Yield a file of references in pieces that are worth sending; `write` gives it in small ones."""
    parts: list[str] = []
    size = 0
    for part in write(items):
        parts.append(part)
        size += len(part)
        if size >= _PIECE_CHARS:
            yield "".join(parts).encode(errors="replace")
            parts, size = [], 0
    yield "".join(parts).encode(errors="replace")

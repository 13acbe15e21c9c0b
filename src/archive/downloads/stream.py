"""The bytes of a download, made while they are taken: in turn with others, as long as somebody wants them."""

from collections.abc import Callable, Iterator

from archive.downloads.turns import DownloadTurns


class Stream(Iterator[bytes]):
    """Pieces of a file. Whoever takes it calls `close`, also where not all was taken: its place is free then.

    A download that nobody waits for any more ends with ConnectionAbortedError before its next piece is made.
    """

    def __init__(
        self,
        pieces: Iterator[bytes],
        hit_count: int,
        turns: DownloadTurns,
        has_left: Callable[[], bool],
        give_back: Callable[[], None],
    ) -> None:
        """Take what makes the pieces.

        Args:
            pieces: a generator of them.
            hit_count: how many hits were listed.
            turns: in which they are made.
            has_left: tells whether the client has gone away.
            give_back: called once, at the end.
        """
        self.hit_count = hit_count
        self._pieces = pieces
        self._turns = turns
        self._has_left = has_left
        self._give_back = give_back
        self._is_open = True

    def __next__(self) -> bytes:
        if self._has_left():
            raise ConnectionAbortedError("The client has left.")
        with self._turns.turn():
            return next(self._pieces)

    def close(self) -> None:
        """End the work, whatever of it is left."""
        if not self._is_open:
            return
        self._is_open = False
        try:
            close = getattr(self._pieces, "close", None)
            if close is not None:
                close()
        finally:
            self._give_back()

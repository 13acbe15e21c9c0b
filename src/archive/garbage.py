"""When Python looks for garbage while very many objects are made at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_waits() -> Iterator[None]:
    """Look for garbage in cycles only when this ends; for the length of a batch, not longer.

    The analysis makes hundreds of thousands of tokens, none of which is in a cycle: looking through all of
    them, again and again while more are made, took a third of its time; with the rows of a change of ten
    thousand documents it took a quarter. Threads may overlap. It serves as a decorator, too.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

"""When Python looks for garbage while very many objects are made at once."""

import gc
import sys
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


@contextmanager
def imports_stay(module: str) -> Iterator[None]:
    """Look for no garbage while a part of the archive is imported, nor later in what that has made.

    It stays to the end of the process: to look through it takes a tenth of a second, at the start and each
    time that Python looks everywhere.

    Args:
        module: one of those that are imported; where it was before, nothing is taken out of later looks.
    """
    is_first = module not in sys.modules
    with garbage_waits():
        yield
        if is_first:
            gc.freeze()

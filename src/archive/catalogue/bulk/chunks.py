"""Identifiers a few hundred at a time: a statement takes so many, and not ten thousand."""

from collections.abc import Iterable, Iterator, Sequence

IDS_A_STATEMENT = 400


def chunks(identifiers: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yield identifiers without repetition, in their order, in sequences that a statement takes."""
    wanted = list(dict.fromkeys(identifiers))
    for start in range(0, len(wanted), IDS_A_STATEMENT):
        yield wanted[start : start + IDS_A_STATEMENT]

"""Where the characters of a word's surface form stand in the word as it is written."""

from collections.abc import Sequence

from archive.analysis.tokenizer import surface


def align(written: str) -> Sequence[int]:
    """Return, for each boundary in the surface form of a word, the boundary in the word as it is written.

    A surface form may be shorter (a soft hyphen inside, marks behind a letter) or longer (`ß` is `ss`): what
    cannot be told apart in the written word ends where the whole of it ends.
    """
    form = surface(written)
    if len(form) == len(written):
        return range(len(written) + 1)
    ends = [0] * (len(form) + 1)
    reached = 0
    for end in range(1, len(written) + 1):
        # Marks that are still to come may change the last letter but not the number of letters before it.
        length = min(len(surface(written[:end])), len(form))
        if length < reached:
            continue
        for at in range(reached + 1, length + 1):
            ends[at] = end
        ends[length] = end
        reached = length
    for at in range(reached + 1, len(form) + 1):
        ends[at] = len(written)
    ends[0], ends[len(form)] = 0, len(written)
    return ends

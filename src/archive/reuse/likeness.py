"""How alike slides are by what is kept of them, and which of them are the same.

Two slides are the same where most of their words and pairs of words are, and hardly any word stands in the
place of another: slides on one design, for other things each, differ in the words that matter. A first slide
names its talk, so that even less may differ there. Where there are few words, pictures tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from archive.catalogue.reuse.signatures import Signature
from archive.reuse.sketches import Sketches, is_current, read
from archive.reuse.words import WORDS_MIN

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_SHARE_MIN: Final = 0.6
_REPLACED_MAX, _REPLACED_ON_FIRST_MAX = 0.15, 0.02
_PICTURE_MIN, _WORDS_SHARE_MIN = 0.4, 0.5
_SAME_WORDS_PICTURE_MIN, _SAME_WORDS_SHARE_MIN = 0.25, 0.8
_TOLD_BY_WORDS_MIN: Final = 3
"""With fewer words than these, all of them and most of the picture have to be the same."""
_PICTURE_ALONE_MIN, _ALL = 0.6, 0.99
_PICTURE_WEIGHT: Final = 0.2
_LEAST: Final = 0.01


@dataclass(frozen=True, slots=True)
class _Common:
    """What one slide has in common with each of several others, a value for each of these.

    `share`: which share of the words and pairs of both together is on both; `words`: which of their words;
    `replaced`: how many words of one are not on the other, on the slide that has fewer such, as a share of
    the words of the slide that has fewer of all. `picture`: which share of the steps of both is in both, 0
    where one has no picture.
    """

    share: Floats
    words: Floats
    replaced: Floats
    picture: Floats


def alike(one: Signature, others: Sequence[Signature]) -> list[bool]:
    """Return, for each other signature, whether its slide is the same as that of the one."""
    return [share is not None for share in common_shares(one, others)]


def common_shares(one: Signature, others: Sequence[Signature]) -> list[float | None]:
    """Return how much each other slide that is the same has in common with the one; None for all others."""
    shares: list[float | None] = [None] * len(others)
    known = [at for at, other in enumerate(others) if is_current(other)]
    if known and is_current(one):
        found = _shares(read([one]), read([others[at] for at in known]))
        for at, share in zip(known, found.tolist(), strict=True):
            shares[at] = share or None
    return shares


def likeness(ours: Sequence[Signature | None], theirs: Sequence[Signature | None]) -> Floats:
    """Return how alike each of some slides (rows) is to each of others: 0 where they are other slides.

    For slides of two documents that are set side by side: one may have been changed further than one that is
    found among all slides of the archive, so that replaced words do not matter.
    """
    found = np.zeros((len(ours), len(theirs)))
    known = [(at, other) for at, other in enumerate(theirs) if other is not None and is_current(other)]
    if known:
        columns = [at for at, _ in known]
        others = read([other for _, other in known])
        for row, one in enumerate(ours):
            if one is not None and is_current(one):
                found[row, columns] = _shares(read([one]), others, replaced_matters=False)
    return found


def _shares(one: Sketches, others: Sketches, replaced_matters: bool = True) -> Floats:
    """Return how much each other slide has in common with the one, 0 where it is not the same.

    The picture decides between slides with the same words: steps of one that is built up.
    """
    common = _common(one, others)
    has_both = others.has_picture & one.has_picture[0]
    mixed = (1 - _PICTURE_WEIGHT) * common.share + _PICTURE_WEIGHT * common.picture
    shares = np.maximum(np.where(has_both, mixed, common.share), _LEAST)
    is_same = _is_alike(common, one, others)
    if replaced_matters:
        is_same &= _is_kept(common, one, others)
    return np.where(is_same, shares, 0.0)


def _is_kept(common: _Common, one: Sketches, others: Sketches) -> Bools:
    """Return where hardly any word stands in the place of another."""
    is_first = others.is_first | one.is_first[0]
    kept: Bools = common.replaced <= np.where(is_first, _REPLACED_ON_FIRST_MAX, _REPLACED_MAX)
    return kept


def _is_alike(common: _Common, one: Sketches, others: Sketches) -> Bools:
    """Return where most of the words are on both, or of few words most of the picture."""
    fewer = np.minimum(one.word_counts[0], others.word_counts)
    more = np.maximum(one.word_counts[0], others.word_counts)
    by_picture = (common.picture >= _PICTURE_MIN) & (common.words >= _WORDS_SHARE_MIN)
    by_both = (common.picture >= _SAME_WORDS_PICTURE_MIN) & (common.words >= _SAME_WORDS_SHARE_MIN)
    by_all = (common.picture >= _PICTURE_ALONE_MIN) & (common.words >= _ALL)
    of_few = np.where(fewer < _TOLD_BY_WORDS_MIN, by_all, by_picture | by_both) & (more < WORDS_MIN)
    alike: Bools = np.where(fewer >= WORDS_MIN, common.share >= _SHARE_MIN, of_few)
    return alike


def _common(one: Sketches, others: Sketches) -> _Common:
    bounds = np.minimum(one.bounds[0], others.bounds)
    is_read = others.hashes <= bounds[others.owner]
    is_ours = is_read & _is_among(others.hashes, one.hashes)

    def counted(which: Bools) -> NDArray[np.int64]:
        return np.bincount(others.owner[which], minlength=len(others))

    both, theirs = counted(is_ours), counted(is_read)
    words_of_both, words_theirs = counted(is_ours & others.is_word), counted(is_read & others.is_word)
    ours = np.searchsorted(one.hashes, bounds, side="right")
    words_ours = np.searchsorted(one.hashes[one.is_word], bounds, side="right")
    fewer = np.minimum(words_ours, words_theirs)
    return _Common(
        share=_divided(both, ours + theirs - both),
        words=_divided(words_of_both, words_ours + words_theirs - words_of_both),
        replaced=1.0 - _divided(words_of_both, fewer),
        picture=_picture_shares(one, others),
    )


def _is_among(hashes: NDArray[np.uint32], known: NDArray[np.uint32]) -> Bools:
    """Return which hashes are among others, which are ascending."""
    if not len(known):
        return np.zeros(len(hashes), np.bool_)
    at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    found: Bools = known[at] == hashes
    return found


def _picture_shares(one: Sketches, others: Sketches) -> Floats:
    both = (others.steps & one.steps[0]).sum(axis=1)
    either = (others.steps | one.steps[0]).sum(axis=1)
    return np.where(either > 0, both / np.maximum(either, 1), 0.0)


def _divided(some: NDArray[np.int64], of_all: NDArray[np.int64]) -> Floats:
    """Return shares; 1 where there is nothing at all, as nothing differs."""
    return np.where(of_all > 0, some / np.maximum(of_all, 1), 1.0)

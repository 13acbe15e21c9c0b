"""The form of a Swedish word as the first part of a compound, and what is never a part.

The linking letters and lost endings are those of Svenska Akademiens grammatik (1999), 2: Substantiv,
compounding stems: `näring` + s, `kyrka` → kyrko, `gata` → gatu, `skola` → skol, `pojke` → pojk, `museum` →
musei/musee.
"""

from collections.abc import Callable, Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words(
    """
    av an be bi för in ut upp ned ner om på till från fram åter över under efter genom mot med sam vid miss
    van sär hän kring ihop isär igen ur und inne ute intill emot o jäm fast samman före förut gen sönder inom
    bak lik all re pro de kon kom dis pre sub inter trans multi
    """
)
"""Prefixes and particles: a search for `ut` is not to find `utveckling`."""

COMBINING = _words(
    "geo bio eko tele cyber elektro hydro agro termo nano mega euro socio psyko justitie kommers lant"
)
"""First parts that are not words: `geoenergi`, `justitiedepartement`."""

NEVER_HEADS = _words(
    """
    het heten heter ning ningen skap skapet dom domen domar domarna ing lig isk sam bar are or ar er en et an
    na ens ets ad at ade era erad erar erat else elser nad nader ande ende ist ister ism ismen ium tion tioner
    tionen barhet logi login logisk logiska logiskt ologi ologisk ologiska grafi grafin grafisk grafiska
    grafiskt lateral laterala lateralt gent genta i a o u e å ä ö al as ut in av
    """
)
"""Endings that look like words: never the last part, nor the first."""

SHORT_HEADS = _words("el by ö bi is öl år ål ek ro bo tå tv it")
"""Words of one or two letters that are last parts: `solel`, `skärgårdsö`."""

SURNAME_ENDS = _words("ström gren kvist strand berg lund holm fors mark dal man blad hed stad sjö")
"""Last parts of common words and of surnames alike: `likström`, `hjulström`."""

RINGS = _words("ring ringen ringar ringarna rings ringens")
"""Last parts, and the end of nouns made of verbs in -ra: `vigselring`, `lagring`."""

_VOWELS = frozenset("aeiouyåäö")
_ENDINGS_ONLY = _words("liga ligt aktig aktiga aktigt samt samma")
_SKAP = _words("kap kapet kapen kaps kapets")
_DOM = _words("dom domen domar domarna doms domens")


def never_part(left: str, head: str) -> bool:
    """Return whether there is never a boundary here: one side is only a prefix or an ending."""
    if _VOWELS.isdisjoint(head) or (_VOWELS.isdisjoint(left) and left not in SHORT_HEADS):
        return True
    if left in NEVER_HEADS or left in PARTICLES or (left[-1] == "s" and left[:-1] in PARTICLES):
        return True
    if left[-1] == "s" and (head in _SKAP or head in _DOM):  # entreprenör + skap, but döds + dom
        return head in _SKAP
    if left[-1] == "e" and head in RINGS:  # sekvens + ering
        return True
    return head in NEVER_HEADS or head in _ENDINGS_ONLY


NO_LINK, LINK_S, LINK_LOST, LINK_CHANGED = range(4)
"""How a first part differs from its lemma: not at all, by an s, by a lost vowel, by another ending."""


def left_bases(
    left: str, is_lemma: Callable[[str], bool], lemma_of: Callable[[str], str]
) -> Iterator[tuple[str, int]]:
    """Yield the lemmas that a first part may derive from, each with its kind of link.

    Args:
        left: The first part as written.
        is_lemma: Tells whether a word is a lemma.
        lemma_of: Returns the lemma of a form, "" for an unknown one.
    """
    if len(left) < 2:
        return
    stem, last = left[:-1], left[-1]
    if is_lemma(left):
        yield left, NO_LINK
    if last == "s" and len(left) > 3:
        lemma = stem if is_lemma(stem) else lemma_of(stem)
        if lemma:
            yield lemma, LINK_S
    if len(left) < 3:
        return
    for ending in "ae":
        if is_lemma(left + ending):
            yield left + ending, LINK_LOST
    for letters, ending in (("oues", "a"), ("as", "e"), ("e", "um"), ("e", "")):
        if last in letters and is_lemma(stem + ending):
            yield stem + ending, LINK_CHANGED

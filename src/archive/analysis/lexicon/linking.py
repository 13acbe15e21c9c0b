"""Words as parts of compounds: their form as the first part, what is never one, and how often each is a part.

The linking letters and lost endings are those of Svenska Akademiens grammatik (1999), 2: Substantiv,
compounding stems: `näring` + s, `kyrka` → kyrko, `gata` → gatu, `skola` → skol, `pojke` → pojk, `museum` →
musei/musee. How often a part begins or ends a compound is learned from the lexicon's own lemmas.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

CONSISTENCY_MIN = 0.6
_COMPOUND_MIN_CHARS = 5
_ITERATIONS = 3


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


@dataclass(slots=True)
class Productivity:
    """What the lemmas show about word parts."""

    lefts: dict[str, float] = field(default_factory=dict)
    """How many compounds begin with a part, as written there (`närings`)."""
    heads: dict[str, float] = field(default_factory=dict)
    """How many compounds end with a lemma."""
    consistency: dict[str, dict[int, float]] = field(default_factory=dict)
    """By lemma and boundary (characters from its start): the share of its forms that agree, above 0, up to
    1."""
    candidates: dict[str, list[int]] = field(default_factory=dict)
    """By lemma: the boundaries at which it counts as a compound."""


def learn(lemmas_of: Mapping[str, Iterable[str]], names: set[str], begins: set[str]) -> Productivity:
    """Count how often parts begin and end compounds.

    Args:
        lemmas_of: The lemmas of each form.
        names: Lemmas that are names, which are not taken for compounds.
        begins: Forms that may begin compounds.
    """
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemmas in lemmas_of.items():
        for lemma in lemmas:
            forms[lemma].add(form)
    learned = Productivity()

    def has_base(left: str) -> bool:
        return any(left_bases(left, forms.__contains__, lambda form: next(iter(lemmas_of.get(form, ())), "")))

    for lemma in forms:
        agreeing = _consistency(lemma, forms)
        if not agreeing:
            continue
        learned.consistency[lemma] = agreeing
        if len(lemma) < _COMPOUND_MIN_CHARS or lemma in names:
            continue
        candidates = [
            at
            for at, share in agreeing.items()
            if share >= CONSISTENCY_MIN
            and _may_divide(lemma[:at], lemma[at:])
            and (lemma[:at] in begins or has_base(lemma[:at]))
        ]
        if candidates:
            learned.candidates[lemma] = candidates
    learned.lefts, learned.heads = _share(learned.candidates)
    return learned


def _consistency(lemma: str, forms: Mapping[str, set[str]]) -> dict[int, float]:
    own_forms = forms[lemma]
    shares: dict[int, float] = {}
    for at in range(2, len(lemma) - 1):
        others = forms.get(lemma[at:])
        if others:
            agreeing = sum(form.startswith(lemma[:at]) and form[at:] in others for form in own_forms)
            if agreeing:
                shares[at] = agreeing / len(own_forms)
    return shares


def _may_divide(left: str, head: str) -> bool:
    return not never_part(left, head) and (len(head) >= 3 or head in SHORT_HEADS)


def _share(candidates: Mapping[str, list[int]]) -> tuple[dict[str, float], dict[str, float]]:
    lefts: defaultdict[str, float] = defaultdict(float)
    heads: defaultdict[str, float] = defaultdict(float)
    for iteration in range(_ITERATIONS + 1):
        new_lefts: defaultdict[str, float] = defaultdict(float)
        new_heads: defaultdict[str, float] = defaultdict(float)
        for lemma, boundaries in candidates.items():
            scores = [lefts[lemma[:at]] * heads[lemma[at:]] if iteration else 1.0 for at in boundaries]
            total = sum(scores) or 1.0
            for at, score in zip(boundaries, scores, strict=True):
                new_lefts[lemma[:at]] += score / total
                new_heads[lemma[at:]] += score / total
        lefts, heads = new_lefts, new_heads
    return lefts, heads

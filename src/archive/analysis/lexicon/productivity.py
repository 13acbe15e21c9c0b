"""How often each word part begins or ends a compound, learnt from the lexicon's own lemmas.

A lemma is taken for a compound where its inflected forms are those of its last part as well: `gruvnäring`,
`gruvnäringen`, `gruvnäringar` end as `näring`, `näringen`, `näringar` do, but the forms of `banan` are not
those of `an`. How much of a lemma's inflection agrees is its consistency at that boundary. Where several
boundaries agree, expectation and maximisation share the count between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive.analysis.lexicon.linking import SHORT_HEADS, left_bases, never_part

CONSISTENCY_MIN = 0.6
_COMPOUND_MIN_CHARS = 5
_PASSES = 3


@dataclass(slots=True)
class Productivity:
    """What the lemmas say of word parts."""

    lefts: dict[str, float] = field(default_factory=dict)
    """How many compounds begin with this, as it is written there (`närings`)."""
    heads: dict[str, float] = field(default_factory=dict)
    """How many compounds end with this lemma."""
    consistency: dict[str, dict[int, float]] = field(default_factory=dict)
    """By lemma: the boundaries (characters from its start) that any of its inflection agrees with, 0 to 1."""
    candidates: dict[str, list[int]] = field(default_factory=dict)
    """By lemma: the boundaries where it is taken for a compound."""


def learn(lemmas_of: Mapping[str, Iterable[str]], names: set[str], begins: set[str]) -> Productivity:
    """Return what the lemmas say. `lemmas_of` gives the lemmas of each form; `begins` may begin compounds."""
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemmas in lemmas_of.items():
        for lemma in lemmas:
            forms[lemma].add(form)
    learnt = Productivity()

    def has_base(left: str) -> bool:
        return any(left_bases(left, forms.__contains__, lambda form: next(iter(lemmas_of.get(form, ())), "")))

    for lemma in forms:
        agreeing = _consistency(lemma, forms)
        if not agreeing:
            continue
        learnt.consistency[lemma] = agreeing
        if len(lemma) < _COMPOUND_MIN_CHARS or lemma in names:
            continue
        kept = [
            at
            for at, share in agreeing.items()
            if share >= CONSISTENCY_MIN
            and _may_part(lemma[:at], lemma[at:])
            and (lemma[:at] in begins or has_base(lemma[:at]))
        ]
        if kept:
            learnt.candidates[lemma] = kept
    learnt.lefts, learnt.heads = _share(learnt.candidates)
    return learnt


def _consistency(lemma: str, forms: Mapping[str, set[str]]) -> dict[int, float]:
    own = forms[lemma]
    found: dict[int, float] = {}
    for at in range(2, len(lemma) - 1):
        others = forms.get(lemma[at:])
        if others:
            agreeing = sum(form.startswith(lemma[:at]) and form[at:] in others for form in own)
            if agreeing:
                found[at] = agreeing / len(own)
    return found


def _may_part(left: str, head: str) -> bool:
    return not never_part(left, head) and (len(head) >= 3 or head in SHORT_HEADS)


def _share(candidates: Mapping[str, list[int]]) -> tuple[dict[str, float], dict[str, float]]:
    lefts: defaultdict[str, float] = defaultdict(float)
    heads: defaultdict[str, float] = defaultdict(float)
    for number in range(_PASSES + 1):
        new_lefts: defaultdict[str, float] = defaultdict(float)
        new_heads: defaultdict[str, float] = defaultdict(float)
        for lemma, boundaries in candidates.items():
            scores = [lefts[lemma[:at]] * heads[lemma[at:]] if number else 1.0 for at in boundaries]
            total = sum(scores) or 1.0
            for at, score in zip(boundaries, scores, strict=True):
                new_lefts[lemma[:at]] += score / total
                new_heads[lemma[at:]] += score / total
        lefts, heads = new_lefts, new_heads
    return lefts, heads

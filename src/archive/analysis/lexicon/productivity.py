"""How often each word part begins or ends a compound, learned from the lexicon's own lemmas.

A lemma counts as a compound where it is inflected like its last part: `gruvnäring`, `gruvnäringen`,
`gruvnäringar` end like `näring`, `näringen`, `näringar`, but the forms of `banan` do not end like those of
`an`. The share of a lemma's forms that agree is its consistency at that boundary. Where several boundaries
agree, expectation maximization divides the count between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from archive.analysis.lexicon.linking import SHORT_HEADS, left_bases, never_part

CONSISTENCY_MIN = 0.6
_COMPOUND_MIN_CHARS = 5
_ITERATIONS = 3


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

"""Chooses the main form of each Swedish form: a lemma that inflections of one word share, and no other's.

The sources disagree on 24,000 forms (`filmer`: film or filma), and some of simplemma's lemmas of short words
are nonsense (`it` → se). A form belongs to the lemma whose unambiguous forms are the most frequent.
Participles and deponents belong to their verb (`utvecklad`, `utvecklas` → utveckla), derivations to no other
word.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

_SHORT_CHARS = 3
# Of three letters simplemma alone is believed of the commonest words, of the same first letter: får, ser.
_SHORT_ZIPF_MIN = 5.3
_UNSEEN_ZIPF = 0.5
_ITERATIONS = 2
# simplemma has the likeliest lemma first; a word that the dictionary inflects is rarely another word's form.
_SIMPLEMMA_WEIGHT = 2.0
_OWN_WEIGHT = 2.0
_OTHER_WEIGHT = 1.0
# `bedöm` is hardly ever a noun beside `bedöma`, `film` always is beside `filma`.
_NOUN_SHARE_MIN = 0.01
_VERB_ENDINGS = (("ande", 3), ("ad", 1), ("as", 1))
_STEPS_MAX = 3


def is_believable(form: str, lemma: str, others: Iterable[str], zipf: Mapping[str, float]) -> bool:
    """Return whether simplemma's lemma of a form can be right.

    Args:
        form: The form.
        lemma: What simplemma has as its lemma.
        others: The lemmas that the dictionary has of it.
        zipf: The frequency of each word, on the Zipf scale.
    """
    if len(form) > _SHORT_CHARS or lemma == form:
        return True
    if _is_short_imperative(form, lemma):
        return False
    return lemma in others or (form[0] == lemma[0] and zipf.get(form, 0.0) >= _SHORT_ZIPF_MIN)


def _is_short_imperative(form: str, lemma: str) -> bool:
    """Return whether three letters can only be an imperative: `maj` is a month; `gör` is present tense."""
    return len(form) <= _SHORT_CHARS and lemma == form + "a" and not form.endswith("r")


def main_forms(
    preferred: Mapping[str, str], dictionary: Mapping[str, set[str]], zipf: Mapping[str, float]
) -> dict[str, str]:
    """Return the main form of each form.

    Args:
        preferred: simplemma's lemma of each form, where it is believable.
        dictionary: The lemmas that the Hunspell dictionary has of each form.
        zipf: The frequency of each word, on the Zipf scale.
    """
    chooser = _Chooser(preferred, dictionary, zipf)
    return {form: chooser.main_form(form) for form in preferred.keys() | dictionary.keys()}


class _Chooser:
    def __init__(
        self, preferred: Mapping[str, str], dictionary: Mapping[str, set[str]], zipf: Mapping[str, float]
    ) -> None:
        self._preferred = preferred
        self._dictionary = dictionary
        self._zipf = zipf
        doubtful: dict[str, frozenset[str]] = {}
        self._single: dict[str, str] = {}
        for form, lemma in preferred.items():
            if dictionary.get(form, {lemma}) == {lemma}:
                self._single[form] = lemma
        for form, lemmas in dictionary.items():
            if form not in self._single:
                likely = self._likely(form, lemmas)
                if len(likely) == 1:
                    (self._single[form],) = likely
                else:
                    doubtful[form] = likely
        self._inflected = self._mass_of_inflections()
        self._several: dict[str, dict[str, float]] = {}
        for form, likely in doubtful.items():
            weights = self._weights(form, likely)
            if len(weights) == 1:
                (self._single[form],) = weights
            else:
                self._several[form] = weights
        self._lemmas = {*self._single.values(), *(one for of in self._several.values() for one in of)}
        self._chosen = self._likeliest()

    def main_form(self, form: str) -> str:
        """Return the lemma, or the verb that it is a participle of, or what that in turn is a form of."""
        lemma = self._lemma(form)
        for _ in range(_STEPS_MAX):
            further = self._verb(lemma) or self._lemma(lemma)
            if further == lemma:
                break
            lemma = further
        return lemma

    def _lemma(self, form: str) -> str:
        return self._single.get(form) or self._chosen.get(form) or form

    def _frequency(self, form: str) -> float:
        return float(10 ** self._zipf.get(form, _UNSEEN_ZIPF))

    def _likely(self, form: str, lemmas: set[str]) -> frozenset[str]:
        """Return what both sources have as lemmas of a form, without a short word's nonsense."""
        preferred = self._preferred.get(form)
        likely = {lemma for lemma in lemmas if len(lemma) > 1}
        if len(form) <= _SHORT_CHARS:
            likely = {lemma for lemma in likely if not _is_short_imperative(form, lemma)}
            if form in likely and preferred in (None, form):
                return frozenset({form})
        if preferred:
            likely.add(preferred)
        return frozenset(likely or {form})

    def _mass_of_inflections(self) -> Mapping[str, float]:
        """Return how frequent the inflections of each lemma are that no other has, genitives aside."""
        mass: defaultdict[str, float] = defaultdict(float)
        for form, lemma in self._single.items():
            if form in self._zipf and form not in (lemma, lemma + "s"):
                mass[lemma] += self._frequency(form)
        return mass

    def _weights(self, form: str, likely: frozenset[str]) -> dict[str, float]:
        """Return the lemmas that a form may have, with their weights before anything is counted."""
        preferred, inflected = self._preferred.get(form), self._inflected
        weights: dict[str, float] = defaultdict(float)
        for lemma in sorted(likely):
            if lemma in self._dictionary.get(form, ()):
                weights[lemma] += _OWN_WEIGHT if lemma == form and inflected[form] > 0 else _OTHER_WEIGHT
            if lemma == preferred:
                weights[lemma] += _SIMPLEMMA_WEIGHT
        if form in weights:
            verb = form + "a"  # whose imperative the form may be
            if preferred not in (None, form) and (
                not inflected[form]
                or (verb in weights and inflected[form] < _NOUN_SHARE_MIN * inflected[verb])
            ):
                del weights[form]
            elif verb in weights:
                del weights[verb]
        if form + "e" in weights and form[:-1] in weights and form.endswith("ar"):
            del weights[form + "e"]  # `seglar` is no form of `seglare`
        return dict(weights)

    def _likeliest(self) -> dict[str, str]:
        """Return the lemma of each ambiguous form: the one whose other forms are the most frequent."""
        doubtful = {lemma for weights in self._several.values() for lemma in weights}
        certain: defaultdict[str, float] = defaultdict(float)
        for form, lemma in self._single.items():
            if lemma in doubtful:
                certain[lemma] += self._frequency(form)
        shares = {form: _normalised(weights) for form, weights in self._several.items()}
        for _ in range(_ITERATIONS):
            total = certain.copy()
            for form, parts in shares.items():
                for lemma, share in parts.items():
                    total[lemma] += share * self._frequency(form)
            for form, parts in shares.items():
                own, weights = self._frequency(form), self._several[form]
                shares[form] = _normalised(
                    {
                        lemma: weights[lemma] * float(max(total[lemma] - share * own, 0.0) + 1) ** 0.5
                        for lemma, share in parts.items()
                    }
                )
        return {
            form: max(parts, key=lambda lemma: (parts[lemma], lemma == form, lemma))
            for form, parts in shares.items()
        }

    def _verb(self, lemma: str) -> str:
        """Return the verb of which a lemma is a participle or the passive, "" where it is neither."""
        if len(lemma) <= _SHORT_CHARS:
            return ""
        for ending, added in _VERB_ENDINGS:
            if lemma.endswith(ending) and lemma[:-added] in self._lemmas:
                return lemma[:-added]
        if not lemma.endswith(("d", "t", "en")):
            return ""
        verbs = {self._preferred.get(lemma, ""), *self._dictionary.get(lemma, ())}
        likely = [
            verb
            for verb in verbs
            if verb.endswith("a") and verb not in (lemma, lemma + "a") and verb[:2] == lemma[:2]
        ]
        return max(likely, key=lambda verb: (self._inflected[verb], verb), default="")


def _normalised(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {lemma: weight / total for lemma, weight in weights.items()}

"""Reads Folkets lexikon: translations between Swedish and English, the best first."""

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_ARTICLE = re.compile(r"^(?:to|the|a|an)\s+")
_PLAIN_PHRASE = re.compile(r"[a-zåäö]+(?:[ '-][a-zåäö]+){0,3}")
_WEIGHT_MIN = 0.15
_TRANSLATIONS_MAX = 6

Translations = dict[str, list[tuple[str, float]]]


def read_folkets(
    path: Path, swedish: Mapping[str, float], english: Mapping[str, float]
) -> tuple[Translations, Translations]:
    """Return English → Swedish and Swedish → English, each the best first with weights from 1 down to 0.15.

    A translation weighs more the earlier it is in its entry and the more frequent it is.

    Args:
        path: The file of the package svlang: an entry, a tab, its translations per line.
        swedish: The frequency of each Swedish word, on the Zipf scale.
        english: The same of English words.
    """
    to_swedish: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    to_english: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for line in path.read_text("utf-8").splitlines():
        entry, tab, meanings = line.partition("\t")
        source = _phrase(entry.replace("|", ""))
        if not tab or not source or line.startswith("#"):
            continue
        for rank, meaning in enumerate(re.split("[,;]", _REMARK.sub("", meanings))):
            if target := _phrase(_ARTICLE.sub("", meaning.strip().lower())):
                to_swedish[target][source] += 1 / (1 + 0.3 * rank)
                to_english[source][target] += 1 / (1 + 0.3 * rank)
    return _best(to_swedish, swedish), _best(to_english, english)


def _phrase(text: str) -> str:
    words = text.strip().lower()
    return words if _PLAIN_PHRASE.fullmatch(words) else ""


def _best(found: Mapping[str, Mapping[str, float]], zipf: Mapping[str, float]) -> Translations:
    best: Translations = {}
    for word, targets in found.items():
        # log(1 + frequency per million words): dampens frequency against the order within the entry.
        scores = {
            target: score * (1 + math.log1p(10 ** (zipf.get(target, 0.0) - 3)))
            for target, score in targets.items()
        }
        top = max(scores.values())
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        best[word] = [(target, score / top) for target, score in ranked if score / top > _WEIGHT_MIN][
            :_TRANSLATIONS_MAX
        ]
    return best

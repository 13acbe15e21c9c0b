"""Trains the compound splitter: `python -m bench.splitter [WORDS.tsv …] [--folds N] [--write]`.

Reads hand-split words (`words.tsv` here, and any others named), learns the weights with the Hunspell
dictionary and without, and prints how words are split that were left out of the learning, fold by fold.
`--write` puts the weights, learnt from all words, into `archive/text/compounds/weights.json`.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from archive.analysis import compounds
from archive.analysis.compounds.splitter import Splitter, Weights, read_exceptions
from archive.analysis.lexicon.build import build_lexicon
from archive.analysis.lexicon.lexicon import Lexicon
from archive.analysis.lexicon.sources import find_sources
from bench.splitter.gold import GoldWord, Score, evaluate, read_gold
from bench.splitter.learn import learn_weights

_WORDS = Path(__file__).with_name("words.tsv")


def main(arguments: Sequence[str]) -> int:
    """Learn, print and, where asked, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.splitter", description=__doc__)
    parser.add_argument("words", type=Path, nargs="*", help="more files of hand-split words")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="keep the weights")
    options = parser.parse_args(arguments)
    words = read_gold([_WORDS, *options.words])
    learnt: dict[str, Weights] = {}
    for name, with_hunspell in (("with_hunspell", True), ("without_hunspell", False)):
        sources = find_sources(hunspell=with_hunspell)
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "lexicon"
            build_lexicon(folder, sources)
            lexicon = Lexicon(folder)
            _print(name, _left_out(lexicon, words, options.folds))
            learnt[name] = learn_weights(lexicon, words)
    if options.write:
        path = Path(compounds.__file__).with_name("weights.json")
        path.write_text(json.dumps(learnt, indent=1) + "\n", encoding="utf-8")
    return 0


def _left_out(lexicon: Lexicon, words: Sequence[GoldWord], folds: int) -> list[Score]:
    """Return the scores of each fold, by weights learned from the others."""
    scores = []
    for fold in range(folds):
        known = [word for at, word in enumerate(words) if at % folds != fold]
        unseen = [word for at, word in enumerate(words) if at % folds == fold]
        splitter = Splitter(lexicon, read_exceptions(), learn_weights(lexicon, known))
        scores.append(evaluate(splitter.split, unseen))
    return scores


def _print(name: str, scores: Sequence[Score]) -> None:
    f1 = sum(score.f1 for score in scores) / len(scores)
    wrong = sum(score.wrongly_split for score in scores) / len(scores)
    print(f"{name}: F1 {f1:.3f}, no compounds and yet split {wrong:.1%}, on words not learnt from")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
